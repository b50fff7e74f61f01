access_account
  id uuid not null
  login text not null
  name text not null
  password_hash text
  totp_sealed bytea
  totp_last_step bigint not null default 0
  created_at timestamp with time zone not null
  CHECK (((login = lower(login)) AND (login <> ''::text)))
  CHECK ((name <> ''::text))
  PRIMARY KEY (id)
  UNIQUE (login)
  CREATE UNIQUE INDEX access_account_login_key on access_account USING btree (login)
  CREATE UNIQUE INDEX access_account_pkey on access_account USING btree (id)

access_appointment
  id uuid not null
  account_id uuid not null
  role text not null
  union_id uuid not null
  valid_from date not null
  valid_to date
  CHECK ((valid_to >= valid_from))
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX access_appointment_by_account on access_appointment USING btree (account_id)
  CREATE INDEX access_appointment_by_union on access_appointment USING btree (union_id)
  CREATE UNIQUE INDEX access_appointment_now on access_appointment USING btree (account_id, role, union_id) WHERE (valid_to IS NULL)
  CREATE UNIQUE INDEX access_appointment_pkey on access_appointment USING btree (id)

access_attempt
  id uuid not null
  subject bytea not null
  at timestamp with time zone not null
  PRIMARY KEY (id)
  CREATE INDEX access_attempt_by_subject on access_attempt USING btree (subject, at)
  CREATE UNIQUE INDEX access_attempt_pkey on access_attempt USING btree (id)

access_invitation
  token_hash bytea not null
  account_id uuid
  totp_sealed bytea not null
  seal_row uuid not null
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  PRIMARY KEY (token_hash)
  CREATE UNIQUE INDEX access_invitation_pkey on access_invitation USING btree (token_hash)

access_session
  token_hash bytea not null
  account_id uuid not null
  second_factor boolean not null
  created_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  PRIMARY KEY (token_hash)
  CREATE INDEX access_session_by_account on access_session USING btree (account_id)
  CREATE UNIQUE INDEX access_session_pkey on access_session USING btree (token_hash)

audit_entry
  id uuid not null
  at timestamp with time zone not null
  account_id uuid
  actor text not null
  action text not null
  subject_id uuid
  union_path text
  facts jsonb not null
  PRIMARY KEY (id)
  CREATE INDEX audit_entry_by_subject on audit_entry USING btree (subject_id, id)
  CREATE INDEX audit_entry_by_time on audit_entry USING btree (at)
  CREATE UNIQUE INDEX audit_entry_pkey on audit_entry USING btree (id)

member
  id uuid not null
  name text not null
  pinyin text not null
  sex text not null
  birth_date date not null
  identity_sealed bytea not null
  identity_blind bytea not null
  phone_sealed bytea not null
  phone_blind bytea not null
  blind_key integer not null
  employment text not null
  CHECK ((name <> ''::text))
  CHECK ((sex = ANY (ARRAY['F'::text, 'M'::text])))
  FOREIGN KEY (employment) REFERENCES member_employment(code)
  PRIMARY KEY (id)
  CREATE UNIQUE INDEX member_by_identity on member USING btree (identity_blind)
  CREATE INDEX member_by_phone on member USING btree (phone_blind)
  CREATE UNIQUE INDEX member_pkey on member USING btree (id)

member_employment
  code text not null
  new_form boolean not null
  valid_from date not null
  valid_to date
  CHECK ((valid_to > valid_from))
  PRIMARY KEY (code)
  CREATE UNIQUE INDEX member_employment_pkey on member_employment USING btree (code)

member_membership
  id uuid not null
  member_id uuid not null
  union_id uuid not null
  began_on date not null
  began_by text not null
  employment_at_start text not null
  ended_on date
  ended_by text
  CHECK (((ended_on IS NULL) = (ended_by IS NULL)))
  CHECK ((began_by = ANY (ARRAY['opening'::text, 'joined'::text, 'rejoined'::text, 'transferred-in'::text])))
  CHECK ((ended_by = ANY (ARRAY['left'::text, 'retired'::text, 'died'::text, 'transferred-out'::text])))
  CHECK ((ended_on >= began_on))
  FOREIGN KEY (employment_at_start) REFERENCES member_employment(code)
  FOREIGN KEY (member_id) REFERENCES member(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX member_membership_by_member on member_membership USING btree (member_id, began_on)
  CREATE INDEX member_membership_by_union on member_membership USING btree (union_id, began_on)
  CREATE UNIQUE INDEX member_membership_live on member_membership USING btree (member_id) WHERE (ended_on IS NULL)
  CREATE UNIQUE INDEX member_membership_pkey on member_membership USING btree (id)

member_month
  month date not null
  union_id uuid not null
  opening integer not null default 0
  joined integer not null default 0
  joined_new_form integer not null default 0
  rejoined integer not null default 0
  transferred_in integer not null default 0
  transferred_out integer not null default 0
  left_union integer not null default 0
  retired integer not null default 0
  died integer not null default 0
  new_form_change integer not null default 0
  CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (month, union_id)
  CREATE UNIQUE INDEX member_month_pkey on member_month USING btree (month, union_id)

member_street_month
  month date not null
  union_id uuid not null
  opening integer not null default 0
  joined integer not null default 0
  joined_new_form integer not null default 0
  rejoined integer not null default 0
  transferred_in integer not null default 0
  transferred_out integer not null default 0
  left_union integer not null default 0
  retired integer not null default 0
  died integer not null default 0
  new_form_change integer not null default 0
  CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (month, union_id)
  CREATE UNIQUE INDEX member_street_month_pkey on member_street_month USING btree (month, union_id)

org_affiliation
  id uuid not null
  union_id uuid not null
  federation_id uuid not null
  valid_from date not null
  valid_to date
  CHECK ((valid_to > valid_from))
  FOREIGN KEY (federation_id) REFERENCES org_union(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE UNIQUE INDEX org_affiliation_now on org_affiliation USING btree (union_id, federation_id) WHERE (valid_to IS NULL)
  CREATE UNIQUE INDEX org_affiliation_pkey on org_affiliation USING btree (id)

org_body
  id uuid not null
  union_id uuid not null
  kind text not null
  name text not null
  valid_from date not null
  valid_to date
  CHECK ((name <> ''::text))
  CHECK ((valid_to > valid_from))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX org_body_by_union on org_body USING btree (union_id, valid_from)
  CREATE UNIQUE INDEX org_body_pkey on org_body USING btree (id)

org_place
  union_id uuid
  path text
  valid_from date
  valid_to date
  as  SELECT union_id, path, valid_from, valid_to FROM org_placement;

org_placement
  id uuid not null
  union_id uuid not null
  parent_id uuid
  path text not null
  valid_from date not null
  valid_to date
  CHECK ((path ~ '^[0-9]{5}(\.[0-9]{5}){0,7}$'::text))
  CHECK ((valid_to > valid_from))
  FOREIGN KEY (parent_id) REFERENCES org_union(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX org_placement_by_parent on org_placement USING btree (parent_id) WHERE (valid_to IS NULL)
  CREATE INDEX org_placement_by_path on org_placement USING btree (path, union_id)
  CREATE UNIQUE INDEX org_placement_from on org_placement USING btree (union_id, valid_from)
  CREATE UNIQUE INDEX org_placement_now on org_placement USING btree (union_id) WHERE (valid_to IS NULL)
  CREATE UNIQUE INDEX org_placement_path_now on org_placement USING btree (path) WHERE (valid_to IS NULL)
  CREATE UNIQUE INDEX org_placement_pkey on org_placement USING btree (id)

org_staff
  id uuid not null
  union_id uuid not null
  position text not null
  name text not null
  qualification text not null
  valid_from date not null
  valid_to date
  CHECK ((name <> ''::text))
  CHECK ((valid_to > valid_from))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX org_staff_by_union on org_staff USING btree (union_id, valid_from)
  CREATE UNIQUE INDEX org_staff_pkey on org_staff USING btree (id)

org_union
  id uuid not null
  code text not null
  kind text not null
  for_new_form boolean not null default false
  founded_on date not null
  dissolved_on date
  children_ever integer not null default 0
  CHECK ((dissolved_on >= founded_on))
  PRIMARY KEY (id)
  UNIQUE (code)
  CREATE UNIQUE INDEX org_union_code_key on org_union USING btree (code)
  CREATE UNIQUE INDEX org_union_pkey on org_union USING btree (id)

org_union_name
  id uuid not null
  union_id uuid not null
  name text not null
  short_name text not null
  pinyin text not null
  initials text not null
  valid_from date not null
  valid_to date
  CHECK ((name <> ''::text))
  CHECK ((valid_to > valid_from))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE UNIQUE INDEX org_union_name_from on org_union_name USING btree (union_id, valid_from)
  CREATE UNIQUE INDEX org_union_name_now on org_union_name USING btree (union_id) WHERE (valid_to IS NULL)
  CREATE UNIQUE INDEX org_union_name_pkey on org_union_name USING btree (id)

seal_check
  id integer not null
  sealed bytea not null
  blind bytea not null
  CHECK ((id = 1))
  PRIMARY KEY (id)
  CREATE UNIQUE INDEX seal_check_pkey on seal_check USING btree (id)


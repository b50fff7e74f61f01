access_account
  id uuid not null
  login text
  name text not null
  password_hash text
  totp_sealed bytea
  totp_last_step bigint not null default 0
  created_at timestamp with time zone not null
  closed_at timestamp with time zone
  CHECK (((login = lower(login)) AND (login <> ''::text)))
  CHECK (((login IS NULL) OR (name <> ''::text)))
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

access_invitation
  token_hash bytea not null
  account_id uuid
  totp_sealed bytea not null
  seal_row uuid not null
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  factor_only boolean not null default false
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  PRIMARY KEY (token_hash)
  CREATE UNIQUE INDEX access_invitation_pkey on access_invitation USING btree (token_hash)

access_session
  token_hash bytea not null
  account_id uuid not null
  complete boolean not null
  created_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  id uuid not null
  label text
  used_at timestamp with time zone
  scope_rights ARRAY
  scope_union_id uuid
  browser text not null default ''::text
  unused_seconds integer
  confirmed_at timestamp with time zone
  CHECK (((scope_rights IS NULL) OR ((label IS NOT NULL) AND (cardinality(scope_rights) > 0))))
  CHECK (((scope_union_id IS NULL) OR (scope_rights IS NOT NULL)))
  CHECK ((label <> ''::text))
  CHECK ((unused_seconds > 0))
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  FOREIGN KEY (scope_union_id) REFERENCES org_union(id)
  PRIMARY KEY (token_hash)
  CREATE INDEX access_session_by_account on access_session USING btree (account_id)
  CREATE INDEX access_session_by_expiry on access_session USING btree (expires_at)
  CREATE UNIQUE INDEX access_session_by_id on access_session USING btree (id)
  CREATE UNIQUE INDEX access_session_by_label on access_session USING btree (account_id, label)
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

audit_link
  number bigint not null
  entry_id uuid not null
  key_id integer not null
  digest bytea not null
  sealed_at timestamp with time zone not null
  CHECK ((length(digest) = 32))
  CHECK ((number > 0))
  PRIMARY KEY (number)
  UNIQUE (entry_id)
  CREATE UNIQUE INDEX audit_link_entry_id_key on audit_link USING btree (entry_id)
  CREATE UNIQUE INDEX audit_link_pkey on audit_link USING btree (number)

audit_tail
  entry_id uuid not null
  PRIMARY KEY (entry_id)
  CREATE UNIQUE INDEX audit_tail_pkey on audit_tail USING btree (entry_id)

canvass
  id uuid not null
  union_id uuid not null
  account_id uuid not null
  file_name text not null
  content_sealed bytea
  kept_at timestamp with time zone not null
  recorded integer
  changed integer
  CHECK ((((recorded IS NULL) = (changed IS NULL)) AND ((recorded IS NULL) = (content_sealed IS NOT NULL))))
  CHECK ((changed >= 0))
  CHECK ((recorded >= 0))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX canvass_by_age on canvass USING btree (kept_at)
  CREATE UNIQUE INDEX canvass_pkey on canvass USING btree (id)

duplicate_pair
  id uuid not null
  first_id uuid not null
  second_id uuid not null
  same_phone boolean not null
  same_name_and_birth_date boolean not null
  near_number boolean not null
  seen bytea not null
  found_at timestamp with time zone not null
  state text not null
  merge_id uuid
  decided_at timestamp with time zone
  decided_by uuid
  decided_name text not null default ''::text
  reason text not null default ''::text
  CHECK (((state = 'merged'::text) = (merge_id IS NOT NULL)))
  CHECK ((first_id < second_id))
  CHECK ((state = ANY (ARRAY['open'::text, 'dismissed'::text, 'merged'::text])))
  FOREIGN KEY (first_id) REFERENCES member(id) ON DELETE CASCADE
  FOREIGN KEY (second_id) REFERENCES member(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (first_id, second_id)
  CREATE INDEX duplicate_pair_by_merge on duplicate_pair USING btree (merge_id) WHERE (merge_id IS NOT NULL)
  CREATE INDEX duplicate_pair_by_second on duplicate_pair USING btree (second_id)
  CREATE INDEX duplicate_pair_by_state on duplicate_pair USING btree (state, found_at)
  CREATE UNIQUE INDEX duplicate_pair_first_id_second_id_key on duplicate_pair USING btree (first_id, second_id)
  CREATE UNIQUE INDEX duplicate_pair_pkey on duplicate_pair USING btree (id)

employer
  id uuid not null
  credit_code text
  name text not null
  haystack text not null
  street_id uuid not null
  address text not null
  trade text not null
  ownership text not null
  union_id uuid
  recorded_at timestamp with time zone not null
  closed_on date
  counted_on date
  workers integer
  women integer
  new_form integer
  CHECK ((((counted_on IS NULL) = (workers IS NULL)) AND ((workers IS NULL) = (new_form IS NULL))))
  CHECK (((new_form >= 0) AND (new_form <= workers)))
  CHECK (((women >= 0) AND (women <= workers)))
  CHECK ((credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'::text))
  CHECK ((name <> ''::text))
  CHECK ((workers >= 0))
  FOREIGN KEY (street_id) REFERENCES org_union(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE UNIQUE INDEX employer_by_credit_code on employer USING btree (credit_code)
  CREATE INDEX employer_by_name on employer USING btree (street_id, name)
  CREATE UNIQUE INDEX employer_by_name_alone on employer USING btree (street_id, name) WHERE ((credit_code IS NULL) AND (closed_on IS NULL))
  CREATE INDEX employer_by_street on employer USING btree (street_id, ((- COALESCE(workers, '-1'::integer))), id) WHERE (closed_on IS NULL)
  CREATE INDEX employer_by_union on employer USING btree (union_id) WHERE (union_id IS NOT NULL)
  CREATE INDEX employer_by_workers on employer USING btree (((- COALESCE(workers, '-1'::integer))), id) WHERE (closed_on IS NULL)
  CREATE UNIQUE INDEX employer_pkey on employer USING btree (id)
  CREATE INDEX employer_sums on employer USING btree (street_id) INCLUDE (workers, women, new_form, union_id, counted_on) WHERE (closed_on IS NULL)
  CREATE INDEX employer_without_union on employer USING btree (((- COALESCE(workers, '-1'::integer))), id) WHERE ((closed_on IS NULL) AND (union_id IS NULL))
  CREATE INDEX employer_without_union_by_street on employer USING btree (street_id, ((- COALESCE(workers, '-1'::integer))), id) WHERE ((closed_on IS NULL) AND (union_id IS NULL))

employer_contact
  id uuid not null
  employer_id uuid not null
  name text not null
  post text not null
  phone_sealed bytea
  ended_at timestamp with time zone
  CHECK ((name <> ''::text))
  FOREIGN KEY (employer_id) REFERENCES employer(id)
  PRIMARY KEY (id)
  CREATE INDEX employer_contact_by_employer on employer_contact USING btree (employer_id)
  CREATE UNIQUE INDEX employer_contact_pkey on employer_contact USING btree (id)

employer_headcount
  id uuid not null
  employer_id uuid not null
  counted_on date not null
  workers integer not null
  women integer
  recorded_at timestamp with time zone not null
  recorded_by text not null
  CHECK (((women >= 0) AND (women <= workers)))
  CHECK ((workers >= 0))
  FOREIGN KEY (employer_id) REFERENCES employer(id)
  PRIMARY KEY (id)
  UNIQUE (employer_id, counted_on)
  CREATE UNIQUE INDEX employer_headcount_employer_id_counted_on_key on employer_headcount USING btree (employer_id, counted_on)
  CREATE UNIQUE INDEX employer_headcount_pkey on employer_headcount USING btree (id)

employer_headcount_form
  headcount_id uuid not null
  employment text not null
  workers integer not null
  CHECK ((workers > 0))
  FOREIGN KEY (employment) REFERENCES member_employment(code)
  FOREIGN KEY (headcount_id) REFERENCES employer_headcount(id) ON DELETE CASCADE
  PRIMARY KEY (headcount_id, employment)
  CREATE UNIQUE INDEX employer_headcount_form_pkey on employer_headcount_form USING btree (headcount_id, employment)

employer_known
  id uuid
  credit_code text
  name text
  haystack text
  street_id uuid
  trade text
  ownership text
  union_id uuid
  closed_on date
  counted_on date
  workers integer
  new_form integer
  as  SELECT id, credit_code, name, haystack, street_id, trade, ownership, union_id, closed_on, counted_on, workers, new_form FROM employer;

employer_service
  id uuid not null
  employer_id uuid not null
  asked text not null
  asked_on date not null
  promised text not null default ''::text
  promised_by date
  done text not null default ''::text
  done_on date
  CHECK (((done = ''::text) = (done_on IS NULL)))
  CHECK (((promised = ''::text) = (promised_by IS NULL)))
  CHECK ((asked <> ''::text))
  CHECK ((done_on >= asked_on))
  FOREIGN KEY (employer_id) REFERENCES employer(id)
  PRIMARY KEY (id)
  CREATE INDEX employer_service_by_employer on employer_service USING btree (employer_id, asked_on)
  CREATE INDEX employer_service_open on employer_service USING btree (promised_by) WHERE (done_on IS NULL)
  CREATE UNIQUE INDEX employer_service_pkey on employer_service USING btree (id)

enrolment_choice
  union_id uuid not null
  headings bytea not null
  columns ARRAY not null
  places ARRAY not null
  chosen_by text not null
  chosen_at timestamp with time zone not null
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (union_id, headings)
  CREATE UNIQUE INDEX enrolment_choice_pkey on enrolment_choice USING btree (union_id, headings)

enrolment_fault
  id uuid not null
  list_id uuid not null
  row integer not null
  cells_sealed bytea not null
  faults text not null
  FOREIGN KEY (list_id) REFERENCES enrolment_list(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (list_id, "row")
  CREATE UNIQUE INDEX enrolment_fault_list_id_row_key on enrolment_fault USING btree (list_id, "row")
  CREATE UNIQUE INDEX enrolment_fault_pkey on enrolment_fault USING btree (id)

enrolment_first
  id uuid not null
  list_id uuid not null
  row integer not null
  cells_sealed bytea not null
  FOREIGN KEY (list_id) REFERENCES enrolment_list(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (list_id, "row")
  CREATE UNIQUE INDEX enrolment_first_list_id_row_key on enrolment_first USING btree (list_id, "row")
  CREATE UNIQUE INDEX enrolment_first_pkey on enrolment_first USING btree (id)

enrolment_list
  id uuid not null
  union_id uuid not null
  sent_by text not null
  sent_at timestamp with time zone not null
  file_name text not null
  people text not null
  state text not null
  rows_read integer not null default 0
  rows_good integer not null default 0
  rows_bad integer not null default 0
  unread ARRAY not null default '{}'::text[]
  broken text not null default ''::text
  broken_facts ARRAY not null default '{}'::text[]
  entered_on date
  entered_unions ARRAY not null default '{}'::uuid[]
  entered integer not null default 0
  entered_again integer not null default 0
  left_after integer not null default 0
  attempts integer not null default 0
  tried_at timestamp with time zone
  taken_back integer not null default 0
  head_row integer not null default 0
  chosen_by text not null default ''::text
  rows_hidden integer not null default 0
  CHECK ((people = ANY (ARRAY['OPENING'::text, 'JOINING'::text])))
  CHECK ((state = ANY (ARRAY['COMING'::text, 'SENT'::text, 'UNCLEAR'::text, 'READ'::text, 'BROKEN'::text, 'ENTERED'::text, 'TAKEN_BACK'::text, 'CANCELLED'::text])))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX enrolment_list_by_union on enrolment_list USING btree (union_id, sent_at)
  CREATE INDEX enrolment_list_open on enrolment_list USING btree (sent_at) WHERE (state = ANY (ARRAY['COMING'::text, 'SENT'::text, 'UNCLEAR'::text, 'READ'::text, 'BROKEN'::text]))
  CREATE UNIQUE INDEX enrolment_list_pkey on enrolment_list USING btree (id)

enrolment_part
  id uuid not null
  list_id uuid not null
  number integer not null
  sealed bytea not null
  FOREIGN KEY (list_id) REFERENCES enrolment_list(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (list_id, number)
  CREATE UNIQUE INDEX enrolment_part_list_id_number_key on enrolment_part USING btree (list_id, number)
  CREATE UNIQUE INDEX enrolment_part_pkey on enrolment_part USING btree (id)

founding
  id uuid not null
  street_id uuid not null
  joint boolean not null
  stage text not null
  stage_at timestamp with time zone not null
  begun_at timestamp with time zone not null
  superior_id uuid
  union_name text not null default ''::text
  short_name text not null default ''::text
  elected_on date
  grant_fen bigint
  union_id uuid
  approved_on date
  size_class text
  workers integer
  CHECK ((((union_id IS NULL) = (approved_on IS NULL)) AND ((union_id IS NULL) = (size_class IS NULL)) AND ((union_id IS NULL) = (workers IS NULL))))
  CHECK (((stage <> ALL (ARRAY['APPLIED'::text, 'APPROVED'::text])) OR ((superior_id IS NOT NULL) AND (union_name <> ''::text) AND (elected_on IS NOT NULL))))
  CHECK (((stage = 'APPROVED'::text) = (union_id IS NOT NULL)))
  CHECK ((grant_fen > 0))
  CHECK ((size_class = ANY (ARRAY['LARGE'::text, 'MEDIUM'::text, 'SMALL'::text, 'TINY'::text, 'JOINT'::text, 'PUBLIC'::text])))
  CHECK ((stage = ANY (ARRAY['VERIFIED'::text, 'CONTACTED'::text, 'PREPARING'::text, 'APPLIED'::text, 'APPROVED'::text, 'REJECTED'::text, 'GIVEN_UP'::text])))
  CHECK ((workers >= 0))
  FOREIGN KEY (street_id) REFERENCES org_union(id)
  FOREIGN KEY (superior_id) REFERENCES org_union(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX founding_approved on founding USING btree (approved_on, id) WHERE (approved_on IS NOT NULL)
  CREATE INDEX founding_by_stage on founding USING btree (stage, stage_at, id)
  CREATE INDEX founding_by_street on founding USING btree (street_id, stage)
  CREATE INDEX founding_by_superior on founding USING btree (superior_id) WHERE (superior_id IS NOT NULL)
  CREATE UNIQUE INDEX founding_by_union on founding USING btree (union_id) WHERE (union_id IS NOT NULL)
  CREATE UNIQUE INDEX founding_pkey on founding USING btree (id)

founding_employer
  founding_id uuid not null
  employer_id uuid not null
  is_open boolean not null
  FOREIGN KEY (employer_id) REFERENCES employer(id)
  FOREIGN KEY (founding_id) REFERENCES founding(id)
  PRIMARY KEY (founding_id, employer_id)
  CREATE INDEX founding_employer_by_employer on founding_employer USING btree (employer_id)
  CREATE UNIQUE INDEX founding_employer_open on founding_employer USING btree (employer_id) WHERE is_open
  CREATE UNIQUE INDEX founding_employer_pkey on founding_employer USING btree (founding_id, employer_id)

founding_month
  month date
  union_id uuid
  founded integer
  large integer
  medium integer
  small integer
  tiny integer
  joint integer
  public_unit integer
  workers integer
  as  SELECT (date_trunc('month'::text, (approved_on)::timestamp without time zone))::date AS month, union_id, 1 AS founded, CASE WHEN (size_class = 'LARGE'::text) THEN 1 ELSE 0 END AS large, CASE WHEN (size_class = 'MEDIUM'::text) THEN 1 ELSE 0 END AS medium, CASE WHEN (size_class = 'SMALL'::text) THEN 1 ELSE 0 END AS small, CASE WHEN (size_class = 'TINY'::text) THEN 1 ELSE 0 END AS tiny, CASE WHEN (size_class = 'JOINT'::text) THEN 1 ELSE 0 END AS joint, CASE WHEN (size_class = 'PUBLIC'::text) THEN 1 ELSE 0 END AS public_unit, workers FROM founding WHERE (approved_on IS NOT NULL);

founding_officer
  id uuid not null
  founding_id uuid not null
  line integer not null
  position text not null
  name text not null
  login text not null
  CHECK ((name <> ''::text))
  FOREIGN KEY (founding_id) REFERENCES founding(id)
  PRIMARY KEY (id)
  UNIQUE (founding_id, line)
  CREATE UNIQUE INDEX founding_officer_founding_id_line_key on founding_officer USING btree (founding_id, line)
  CREATE UNIQUE INDEX founding_officer_pkey on founding_officer USING btree (id)

founding_paper
  id uuid not null
  founding_id uuid not null
  kind text not null
  file_name text not null
  media_type text not null
  size integer not null
  content_sealed bytea not null
  sent_at timestamp with time zone not null
  sent_by text not null
  CHECK ((file_name <> ''::text))
  CHECK ((size > 0))
  FOREIGN KEY (founding_id) REFERENCES founding(id)
  PRIMARY KEY (id)
  CREATE INDEX founding_paper_by_founding on founding_paper USING btree (founding_id, sent_at)
  CREATE UNIQUE INDEX founding_paper_pkey on founding_paper USING btree (id)

founding_step
  id uuid not null
  founding_id uuid not null
  stage text not null
  at timestamp with time zone not null
  account_id uuid
  actor text not null
  note text not null
  FOREIGN KEY (founding_id) REFERENCES founding(id)
  PRIMARY KEY (id)
  CREATE INDEX founding_step_by_founding on founding_step USING btree (founding_id, at, id)
  CREATE INDEX founding_step_by_time on founding_step USING btree (at, stage)
  CREATE UNIQUE INDEX founding_step_pkey on founding_step USING btree (id)

founding_street_month
  month date
  union_id uuid
  founded integer
  large integer
  medium integer
  small integer
  tiny integer
  joint integer
  public_unit integer
  workers integer
  as  SELECT founding_month.month, street.union_id, (sum(founding_month.founded))::integer AS founded, (sum(founding_month.large))::integer AS large, (sum(founding_month.medium))::integer AS medium, (sum(founding_month.small))::integer AS small, (sum(founding_month.tiny))::integer AS tiny, (sum(founding_month.joint))::integer AS joint, (sum(founding_month.public_unit))::integer AS public_unit, (sum(founding_month.workers))::integer AS workers FROM ((founding_month JOIN org_place place ON (((place.union_id = founding_month.union_id) AND (place.valid_to IS NULL)))) JOIN org_place street ON (((street.path = "left"(place.path, 17)) AND (street.valid_to IS NULL) AND (NOT street.estate)))) GROUP BY founding_month.month, street.union_id;

grouping_grouping
  id uuid not null
  kind text not null
  owner_id uuid not null
  name text not null
  short_name text not null
  began_on date not null
  closed_on date
  CHECK ((closed_on >= began_on))
  CHECK ((kind = ANY (ARRAY['AREA'::text, 'REGIONAL'::text, 'INDUSTRY'::text])))
  CHECK ((name <> ''::text))
  FOREIGN KEY (owner_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX grouping_by_owner on grouping_grouping USING btree (owner_id)
  CREATE UNIQUE INDEX grouping_grouping_pkey on grouping_grouping USING btree (id)
  CREATE UNIQUE INDEX grouping_name_now on grouping_grouping USING btree (owner_id, name) WHERE (closed_on IS NULL)

grouping_union
  id uuid not null
  grouping_id uuid not null
  union_id uuid not null
  valid_from date not null
  valid_to date
  CHECK ((valid_to > valid_from))
  FOREIGN KEY (grouping_id) REFERENCES grouping_grouping(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX grouping_union_by_union on grouping_union USING btree (union_id) WHERE (valid_to IS NULL)
  CREATE UNIQUE INDEX grouping_union_now on grouping_union USING btree (grouping_id, union_id) WHERE (valid_to IS NULL)
  CREATE UNIQUE INDEX grouping_union_pkey on grouping_union USING btree (id)

handover
  id uuid not null
  appointment_id uuid not null
  successor_appointment_id uuid not null
  account_id uuid not null
  successor_id uuid not null
  union_id uuid not null
  role text not null
  from_name text not null
  to_name text not null
  effective_on date not null
  made_at timestamp with time zone not null
  made_by text not null
  work jsonb not null
  taken_at timestamp with time zone
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  FOREIGN KEY (appointment_id) REFERENCES access_appointment(id)
  FOREIGN KEY (successor_appointment_id) REFERENCES access_appointment(id)
  FOREIGN KEY (successor_id) REFERENCES access_account(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX handover_by_account on handover USING btree (account_id, made_at)
  CREATE INDEX handover_by_successor on handover USING btree (successor_id, made_at)
  CREATE INDEX handover_by_union on handover USING btree (union_id, made_at)
  CREATE UNIQUE INDEX handover_pkey on handover USING btree (id)

idempotency_reply
  account_id uuid not null
  route text not null
  key_hash bytea not null
  body_hash bytea not null
  begun_at timestamp with time zone not null
  seal_row uuid not null
  status integer
  reply_sealed bytea
  PRIMARY KEY (account_id, route, key_hash)
  CREATE INDEX idempotency_reply_begun on idempotency_reply USING btree (begun_at) WHERE (status IS NULL)
  CREATE INDEX idempotency_reply_by_time on idempotency_reply USING btree (begun_at)
  CREATE UNIQUE INDEX idempotency_reply_pkey on idempotency_reply USING btree (account_id, route, key_hash)

joining_application
  id uuid not null
  account_id uuid
  scanned text not null
  state text not null
  name text not null default ''::text
  identity_sealed bytea
  identity_blind bytea
  blind_key integer
  sex text
  birth_date date
  employment text
  employer text not null default ''::text
  union_id uuid
  deciding_union_id uuid
  begun_at timestamp with time zone not null
  sent_at timestamp with time zone
  member_id uuid
  membership_id uuid
  transfer_id uuid
  objection text not null default ''::text
  phone_sealed bytea
  taken_by_id uuid
  taken_by text not null default ''::text
  taken_elsewhere boolean not null default false
  CHECK ((((account_id IS NOT NULL) AND (taken_by = ''::text)) OR ((account_id IS NULL) AND (taken_by <> ''::text) AND (state <> 'draft'::text))))
  CHECK (((state = 'approved'::text) = (membership_id IS NOT NULL)))
  CHECK (((state = 'draft'::text) OR ((identity_sealed IS NOT NULL) AND (employment IS NOT NULL) AND (union_id IS NOT NULL) AND (deciding_union_id IS NOT NULL) AND (sent_at IS NOT NULL))))
  CHECK ((sex = ANY (ARRAY['F'::text, 'M'::text])))
  CHECK ((state = ANY (ARRAY['draft'::text, 'waiting'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text])))
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  FOREIGN KEY (deciding_union_id) REFERENCES org_union(id)
  FOREIGN KEY (employment) REFERENCES member_employment(code)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX joining_application_by_account on joining_application USING btree (account_id, begun_at)
  CREATE INDEX joining_application_by_code on joining_application USING btree (scanned) WHERE (state <> 'draft'::text)
  CREATE INDEX joining_application_by_identity on joining_application USING btree (identity_blind) WHERE (state = 'waiting'::text)
  CREATE INDEX joining_application_by_transfer on joining_application USING btree (transfer_id) WHERE (transfer_id IS NOT NULL)
  CREATE UNIQUE INDEX joining_application_open on joining_application USING btree (account_id) WHERE (state = ANY (ARRAY['draft'::text, 'waiting'::text]))
  CREATE UNIQUE INDEX joining_application_pkey on joining_application USING btree (id)
  CREATE INDEX joining_application_queue on joining_application USING btree (deciding_union_id, sent_at) WHERE (state = 'waiting'::text)
  CREATE INDEX joining_application_taken on joining_application USING btree (scanned, sent_at) WHERE (taken_by <> ''::text)

joining_code
  id uuid not null
  code text not null
  union_id uuid not null
  label text not null
  made_at timestamp with time zone not null
  ended_at timestamp with time zone
  CHECK ((code ~ '^[A-Z][A-Z0-9]{6}$'::text))
  CHECK ((ended_at >= made_at))
  CHECK ((label <> ''::text))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  UNIQUE (code)
  CREATE UNIQUE INDEX joining_code_by_union on joining_code USING btree (union_id, label) WHERE (ended_at IS NULL)
  CREATE UNIQUE INDEX joining_code_code_key on joining_code USING btree (code)
  CREATE UNIQUE INDEX joining_code_pkey on joining_code USING btree (id)

joining_decision
  id uuid not null
  application_id uuid not null
  decision text not null
  at timestamp with time zone not null
  account_id uuid
  actor text not null
  reason text not null default ''::text
  CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text, 'undone'::text, 'withdrawn'::text])))
  FOREIGN KEY (application_id) REFERENCES joining_application(id)
  PRIMARY KEY (id)
  CREATE INDEX joining_decision_by_application on joining_decision USING btree (application_id, at)
  CREATE INDEX joining_decision_by_time on joining_decision USING btree (at)
  CREATE UNIQUE INDEX joining_decision_pkey on joining_decision USING btree (id)

joining_entry
  membership_id uuid not null
  union_id uuid not null
  name text not null
  entered_at timestamp with time zone not null
  account_id uuid
  actor text not null
  undone_at timestamp with time zone
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (membership_id)
  CREATE INDEX joining_entry_entered on joining_entry USING btree (entered_at DESC)
  CREATE UNIQUE INDEX joining_entry_pkey on joining_entry USING btree (membership_id)

limit_attempt
  id uuid not null
  subject bytea not null
  at timestamp with time zone not null
  PRIMARY KEY (id)
  CREATE INDEX limit_attempt_by_subject on limit_attempt USING btree (subject, at)
  CREATE INDEX limit_attempt_by_time on limit_attempt USING btree (at)
  CREATE UNIQUE INDEX limit_attempt_pkey on limit_attempt USING btree (id)

measure_recount
  id uuid not null
  counters text not null
  counted_at timestamp with time zone not null
  asked_by text not null
  differences integer not null
  first_ones text not null
  CHECK ((differences >= 0))
  PRIMARY KEY (id)
  CREATE INDEX measure_recount_latest on measure_recount USING btree (counters, counted_at DESC)
  CREATE UNIQUE INDEX measure_recount_pkey on measure_recount USING btree (id)

member
  id uuid not null
  name text not null
  pinyin text not null
  sex text not null
  birth_date date not null
  identity_sealed bytea not null
  identity_blind bytea not null
  phone_sealed bytea
  phone_blind bytea
  blind_key integer not null
  number bigint not null default nextval('member_number'::regclass)
  account_id uuid
  merged_into uuid
  CHECK (((phone_sealed IS NULL) = (phone_blind IS NULL)))
  CHECK ((name <> ''::text))
  CHECK ((sex = ANY (ARRAY['F'::text, 'M'::text])))
  FOREIGN KEY (merged_into) REFERENCES member(id)
  PRIMARY KEY (id)
  CREATE UNIQUE INDEX member_by_account on member USING btree (account_id)
  CREATE UNIQUE INDEX member_by_identity on member USING btree (identity_blind)
  CREATE INDEX member_by_merged_into on member USING btree (merged_into) WHERE (merged_into IS NOT NULL)
  CREATE INDEX member_by_name on member USING btree (name, birth_date)
  CREATE UNIQUE INDEX member_by_number on member USING btree (number)
  CREATE INDEX member_by_phone on member USING btree (phone_blind)
  CREATE UNIQUE INDEX member_pkey on member USING btree (id)

member_before
  membership_id uuid not null
  begun_on date not null
  phone_sealed bytea
  phone_blind bytea
  account_id uuid
  untied_member_id uuid
  member_id uuid not null
  FOREIGN KEY (membership_id) REFERENCES member_membership(id) ON DELETE CASCADE
  FOREIGN KEY (untied_member_id) REFERENCES member(id) ON DELETE SET NULL
  PRIMARY KEY (membership_id)
  CREATE UNIQUE INDEX member_before_pkey on member_before USING btree (membership_id)
  CREATE INDEX member_before_untied on member_before USING btree (untied_member_id) WHERE (untied_member_id IS NOT NULL)

member_comparing
  member_id uuid not null

member_employment
  code text not null
  new_form boolean not null
  valid_from date not null
  valid_to date
  position integer not null default 50
  CHECK ((valid_to > valid_from))
  PRIMARY KEY (code)
  CREATE UNIQUE INDEX member_employment_pkey on member_employment USING btree (code)

member_employment_change
  id uuid not null
  membership_id uuid not null
  changed_on date not null
  before text not null
  after text not null
  FOREIGN KEY (after) REFERENCES member_employment(code)
  FOREIGN KEY (before) REFERENCES member_employment(code)
  FOREIGN KEY (membership_id) REFERENCES member_membership(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  CREATE INDEX member_employment_change_by_membership on member_employment_change USING btree (membership_id)
  CREATE UNIQUE INDEX member_employment_change_pkey on member_employment_change USING btree (id)

member_enlisted
  list_id uuid not null
  row integer not null
  id uuid not null
  membership_id uuid not null
  union_id uuid not null
  name text not null
  pinyin text not null
  sex text not null
  birth_date date not null
  identity_sealed bytea not null
  identity_blind bytea not null
  phone_sealed bytea
  phone_blind bytea
  blind_key integer not null
  employment text not null
  PRIMARY KEY (id)
  CREATE INDEX member_enlisted_by_list on member_enlisted USING btree (list_id, identity_blind, "row")
  CREATE UNIQUE INDEX member_enlisted_pkey on member_enlisted USING btree (id)

member_enlisted_outcome
  list_id uuid
  row integer
  outcome text
  identity_blind bytea
  as  SELECT enlisted.list_id, enlisted."row", CASE WHEN (row_number() OVER (PARTITION BY enlisted.list_id, enlisted.identity_blind ORDER BY enlisted."row") > 1) THEN 'TWICE'::text WHEN (member.id IS NULL) THEN 'NEW'::text WHEN ((enlisted.name <> found.name) AND (enlisted.name <> member.name)) THEN 'OTHER_NAME'::text WHEN ((found.merged_into IS NOT NULL) AND (EXISTS ( SELECT 1 FROM (member of JOIN member_enlisted other ON (((other.list_id = enlisted.list_id) AND (other.identity_blind = of.identity_blind)))) WHERE (((of.id = found.merged_into) OR (of.merged_into = found.merged_into)) AND (of.id <> found.id) AND ((of.merged_into IS NULL) OR (other."row" < enlisted."row")))))) THEN 'TWICE'::text WHEN (held.union_id = enlisted.union_id) THEN 'HERE'::text WHEN (held.id IS NOT NULL) THEN 'ELSEWHERE'::text WHEN (EXISTS ( SELECT 1 FROM member_membership died WHERE ((died.member_id = member.id) AND (died.ended_by = 'died'::text)))) THEN 'DIED'::text ELSE 'AGAIN'::text END AS outcome, enlisted.identity_blind FROM (((member_enlisted enlisted LEFT JOIN member found ON ((found.identity_blind = enlisted.identity_blind))) LEFT JOIN member ON ((member.id = COALESCE(found.merged_into, found.id)))) LEFT JOIN member_membership held ON (((held.member_id = member.id) AND (held.ended_on IS NULL))));

member_happening
  month date
  union_id uuid
  opening integer
  joined integer
  joined_new_form integer
  rejoined integer
  transferred_in integer
  transferred_out integer
  left_union integer
  retired integer
  died integer
  new_form_change integer
  merged_in integer
  merged_out integer
  doubled integer
  separated integer
  as  SELECT (date_trunc('month'::text, (member_membership.began_on)::timestamp with time zone))::date AS month, member_membership.union_id, CASE WHEN (member_membership.began_by = 'opening'::text) THEN 1 ELSE 0 END AS opening, CASE WHEN (member_membership.began_by = 'joined'::text) THEN 1 ELSE 0 END AS joined, CASE WHEN ((member_membership.began_by = 'joined'::text) AND at_start.new_form) THEN 1 ELSE 0 END AS joined_new_form, CASE WHEN (member_membership.began_by = 'rejoined'::text) THEN 1 ELSE 0 END AS rejoined, CASE WHEN (member_membership.began_by = 'transferred-in'::text) THEN 1 ELSE 0 END AS transferred_in, 0 AS transferred_out, 0 AS left_union, 0 AS retired, 0 AS died, CASE WHEN at_start.new_form THEN 1 ELSE 0 END AS new_form_change, CASE WHEN (member_membership.began_by = 'merged-in'::text) THEN 1 ELSE 0 END AS merged_in, 0 AS merged_out, 0 AS doubled, CASE WHEN (member_membership.began_by = 'separated'::text) THEN 1 ELSE 0 END AS separated FROM (member_membership JOIN member_employment at_start ON ((at_start.code = member_membership.employment_at_start))) UNION ALL SELECT (date_trunc('month'::text, (member_membership.ended_on)::timestamp with time zone))::date AS month, member_membership.union_id, 0 AS opening, 0 AS joined, 0 AS joined_new_form, 0 AS rejoined, 0 AS transferred_in, CASE WHEN (member_membership.ended_by = 'transferred-out'::text) THEN 1 ELSE 0 END AS transferred_out, CASE WHEN (member_membership.ended_by = 'left'::text) THEN 1 ELSE 0 END AS left_union, CASE WHEN (member_membership.ended_by = 'retired'::text) THEN 1 ELSE 0 END AS retired, CASE WHEN (member_membership.ended_by = 'died'::text) THEN 1 ELSE 0 END AS died, CASE WHEN at_end.new_form THEN '-1'::integer ELSE 0 END AS new_form_change, 0 AS merged_in, CASE WHEN (member_membership.ended_by = 'merged-out'::text) THEN 1 ELSE 0 END AS merged_out, CASE WHEN (member_membership.ended_by = 'doubled'::text) THEN 1 ELSE 0 END AS doubled, 0 AS separated FROM (member_membership JOIN member_employment at_end ON ((at_end.code = member_membership.employment))) WHERE (member_membership.ended_on IS NOT NULL) UNION ALL SELECT (date_trunc('month'::text, (member_employment_change.changed_on)::timestamp with time zone))::date AS month, member_membership.union_id, 0 AS opening, 0 AS joined, 0 AS joined_new_form, 0 AS rejoined, 0 AS transferred_in, 0 AS transferred_out, 0 AS left_union, 0 AS retired, 0 AS died, ( CASE WHEN now_at.new_form THEN 1 ELSE 0 END - CASE WHEN was.new_form THEN 1 ELSE 0 END) AS new_form_change, 0 AS merged_in, 0 AS merged_out, 0 AS doubled, 0 AS separated FROM (((member_employment_change JOIN member_membership ON ((member_membership.id = member_employment_change.membership_id))) JOIN member_employment was ON ((was.code = member_employment_change.before))) JOIN member_employment now_at ON ((now_at.code = member_employment_change.after)));

member_kept
  member_id uuid
  name text
  number bigint
  union_id uuid
  as  SELECT member.id AS member_id, member.name, member.number, kept.union_id FROM (member JOIN LATERAL ( SELECT held.union_id FROM member_membership held WHERE (held.member_id = member.id) ORDER BY held.ended_on DESC, (COALESCE(held.ended_by, ''::text) = 'doubled'::text), held.began_on DESC, held.id DESC LIMIT 1) kept ON (true)) WHERE (member.merged_into IS NULL);

member_membership
  id uuid not null
  member_id uuid not null
  union_id uuid not null
  began_on date not null
  began_by text not null
  employment_at_start text not null
  ended_on date
  ended_by text
  employment text not null
  ended_why text not null default ''::text
  district_id uuid
  street_id uuid
  spelling text not null
  number bigint not null
  sex text not null
  list_id uuid
  CHECK (((ended_on IS NULL) = (ended_by IS NULL)))
  CHECK ((began_by = ANY (ARRAY['opening'::text, 'joined'::text, 'rejoined'::text, 'transferred-in'::text, 'merged-in'::text, 'separated'::text])))
  CHECK ((ended_by = ANY (ARRAY['left'::text, 'retired'::text, 'died'::text, 'transferred-out'::text, 'merged-out'::text, 'doubled'::text])))
  CHECK ((ended_on >= began_on))
  CHECK ((sex = ANY (ARRAY['F'::text, 'M'::text])))
  FOREIGN KEY (district_id) REFERENCES org_union(id)
  FOREIGN KEY (employment) REFERENCES member_employment(code)
  FOREIGN KEY (employment_at_start) REFERENCES member_employment(code)
  FOREIGN KEY (member_id) REFERENCES member(id)
  FOREIGN KEY (street_id) REFERENCES org_union(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX member_membership_by_member on member_membership USING btree (member_id, began_on)
  CREATE INDEX member_membership_by_union on member_membership USING btree (union_id, began_on)
  CREATE INDEX member_membership_city_began on member_membership USING btree (began_on, id)
  CREATE INDEX member_membership_city_name on member_membership USING btree (spelling COLLATE "C", id) WHERE (ended_on IS NULL)
  CREATE INDEX member_membership_city_number on member_membership USING btree (number, id) WHERE (ended_on IS NULL)
  CREATE INDEX member_membership_city_written on member_membership USING btree (substr(spelling, (strpos(spelling, ' '::text) + 1)) COLLATE "C", id) WHERE (ended_on IS NULL)
  CREATE INDEX member_membership_district_began on member_membership USING btree (district_id, began_on, id)
  CREATE INDEX member_membership_district_name on member_membership USING btree (district_id, spelling COLLATE "C", id) WHERE (ended_on IS NULL)
  CREATE INDEX member_membership_district_number on member_membership USING btree (district_id, number, id) WHERE (ended_on IS NULL)
  CREATE INDEX member_membership_district_written on member_membership USING btree (district_id, substr(spelling, (strpos(spelling, ' '::text) + 1)) COLLATE "C", id) WHERE (ended_on IS NULL)
  CREATE INDEX member_membership_ended on member_membership USING btree (ended_on, id) WHERE (ended_on IS NOT NULL)
  CREATE UNIQUE INDEX member_membership_live on member_membership USING btree (member_id) WHERE (ended_on IS NULL)
  CREATE UNIQUE INDEX member_membership_pkey on member_membership USING btree (id)
  CREATE INDEX member_membership_street_began on member_membership USING btree (street_id, began_on, id)
  CREATE INDEX member_membership_street_name on member_membership USING btree (street_id, spelling COLLATE "C", id) WHERE (ended_on IS NULL)
  CREATE INDEX member_membership_street_number on member_membership USING btree (street_id, number, id) WHERE (ended_on IS NULL)

member_merge
  id uuid not null
  survivor_id uuid not null
  absorbed_id uuid not null
  merged_at timestamp with time zone not null
  merged_by uuid
  merged_name text not null
  name_kept text not null
  name_before text not null
  phone_taken boolean not null
  phone_sealed bytea
  phone_blind bytea
  doubled_membership_id uuid
  pointed ARRAY not null
  undone_at timestamp with time zone
  undone_by uuid
  undone_name text not null default ''::text
  CHECK ((survivor_id <> absorbed_id))
  PRIMARY KEY (id)
  CREATE INDEX member_merge_by_absorbed on member_merge USING btree (absorbed_id, merged_at)
  CREATE INDEX member_merge_by_survivor on member_merge USING btree (survivor_id, merged_at)
  CREATE UNIQUE INDEX member_merge_pkey on member_merge USING btree (id)
  CREATE UNIQUE INDEX member_merge_standing on member_merge USING btree (absorbed_id) WHERE (undone_at IS NULL)

member_merge_membership
  merge_id uuid not null
  membership_id uuid not null
  moved boolean not null
  lived boolean not null
  FOREIGN KEY (merge_id) REFERENCES member_merge(id)
  PRIMARY KEY (merge_id, membership_id)
  CREATE INDEX member_merge_membership_by_membership on member_merge_membership USING btree (membership_id)
  CREATE UNIQUE INDEX member_merge_membership_pkey on member_merge_membership USING btree (merge_id, membership_id)

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
  merged_in integer not null default 0
  merged_out integer not null default 0
  doubled integer not null default 0
  separated integer not null default 0
  CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (month, union_id)
  CREATE INDEX member_month_by_union on member_month USING btree (union_id, month)
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
  merged_in integer not null default 0
  merged_out integer not null default 0
  doubled integer not null default 0
  separated integer not null default 0
  CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (month, union_id)
  CREATE INDEX member_street_month_by_union on member_street_month USING btree (union_id, month)
  CREATE UNIQUE INDEX member_street_month_pkey on member_street_month USING btree (month, union_id)

message_outgoing
  id uuid not null
  about uuid not null
  account_id uuid not null
  way text not null
  subject text not null
  content text not null
  written_at timestamp with time zone not null
  due_at timestamp with time zone not null
  attempts integer not null default 0
  state text not null default 'WAITING'::text
  ended_at timestamp with time zone
  reason text not null default ''::text
  CHECK ((state = ANY (ARRAY['WAITING'::text, 'SENT'::text, 'GIVEN_UP'::text])))
  CHECK ((way = ANY (ARRAY['SMS'::text, 'WECHAT'::text, 'EMAIL'::text])))
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  PRIMARY KEY (id)
  UNIQUE (about, account_id, way)
  CREATE UNIQUE INDEX message_outgoing_about_account_id_way_key on message_outgoing USING btree (about, account_id, way)
  CREATE INDEX message_outgoing_due on message_outgoing USING btree (due_at, id) WHERE (state = 'WAITING'::text)
  CREATE INDEX message_outgoing_ended on message_outgoing USING btree (ended_at) WHERE (state <> 'WAITING'::text)
  CREATE UNIQUE INDEX message_outgoing_pkey on message_outgoing USING btree (id)

notice_circular
  id uuid not null
  union_id uuid not null
  audience text not null
  title text not null
  content text not null
  sent_at timestamp with time zone not null
  account_id uuid not null
  sender text not null
  withdrawn_at timestamp with time zone
  CHECK ((audience = ANY (ARRAY['STAFF'::text, 'MEMBERS'::text])))
  CHECK ((content <> ''::text))
  CHECK ((title <> ''::text))
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX notice_circular_by_union on notice_circular USING btree (union_id, sent_at, id)
  CREATE UNIQUE INDEX notice_circular_pkey on notice_circular USING btree (id)

notice_circular_read
  circular_id uuid not null
  account_id uuid not null
  read_at timestamp with time zone not null
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  FOREIGN KEY (circular_id) REFERENCES notice_circular(id)
  PRIMARY KEY (circular_id, account_id)
  CREATE UNIQUE INDEX notice_circular_read_pkey on notice_circular_read USING btree (circular_id, account_id)

notice_contact
  account_id uuid not null
  email_sealed bytea
  email_proved boolean not null default false
  code_hash bytea
  code_until timestamp with time zone
  guesses integer not null default 0
  by_phone text not null default 'SMS'::text
  by_email boolean not null default true
  quiet_from smallint not null default 22
  quiet_until smallint not null default 7
  language text not null default 'zh'::text
  CHECK (((quiet_from >= 0) AND (quiet_from <= 23)))
  CHECK (((quiet_until >= 0) AND (quiet_until <= 23)))
  CHECK ((by_phone = ANY (ARRAY['SMS'::text, 'WECHAT'::text, 'NONE'::text])))
  CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text])))
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX notice_contact_pkey on notice_contact USING btree (account_id)

notice_notice
  id uuid not null
  told text not null
  account_id uuid not null
  kind text not null
  facts ARRAY not null
  link text not null
  at timestamp with time zone not null
  read_at timestamp with time zone
  CHECK ((told <> ''::text))
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  PRIMARY KEY (id)
  UNIQUE (told)
  CREATE INDEX notice_notice_by_account on notice_notice USING btree (account_id, at, id)
  CREATE UNIQUE INDEX notice_notice_pkey on notice_notice USING btree (id)
  CREATE UNIQUE INDEX notice_notice_told_key on notice_notice USING btree (told)
  CREATE INDEX notice_notice_unread on notice_notice USING btree (account_id) WHERE (read_at IS NULL)

oidc_errand
  state_hash bytea not null
  nonce text not null
  verifier text not null
  goes_to text not null
  account_id uuid
  expires_at timestamp with time zone not null
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  PRIMARY KEY (state_hash)
  CREATE INDEX oidc_errand_by_expiry on oidc_errand USING btree (expires_at)
  CREATE UNIQUE INDEX oidc_errand_pkey on oidc_errand USING btree (state_hash)

oidc_proven
  account_id uuid not null
  issuer text not null
  subject bytea not null
  shown text not null
  expires_at timestamp with time zone not null
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX oidc_proven_pkey on oidc_proven USING btree (account_id)

oidc_tie
  account_id uuid not null
  issuer text not null
  subject bytea not null
  tied_at timestamp with time zone not null
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  PRIMARY KEY (account_id, issuer)
  CREATE UNIQUE INDEX oidc_tie_by_subject on oidc_tie USING btree (issuer, subject)
  CREATE UNIQUE INDEX oidc_tie_pkey on oidc_tie USING btree (account_id, issuer)

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

org_import
  id uuid not null
  union_id uuid not null
  account_id uuid not null
  file_name text not null
  content bytea not null
  kept_at timestamp with time zone not null
  founded integer
  CHECK ((founded > 0))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX org_import_by_age on org_import USING btree (kept_at)
  CREATE UNIQUE INDEX org_import_pkey on org_import USING btree (id)

org_place
  union_id uuid
  path text
  valid_from date
  valid_to date
  estate boolean
  as  SELECT union_id, path, valid_from, valid_to, estate FROM org_placement;

org_placement
  id uuid not null
  union_id uuid not null
  parent_id uuid
  path text not null
  valid_from date not null
  valid_to date
  estate boolean not null default false
  CHECK ((path ~ '^[0-9]{5}(\.[0-9]{5}){0,7}$'::text))
  CHECK ((valid_to > valid_from))
  FOREIGN KEY (parent_id) REFERENCES org_union(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX org_placement_at_street_level on org_placement USING btree (union_id) WHERE ((valid_to IS NULL) AND (length(path) <= 17))
  CREATE INDEX org_placement_by_parent on org_placement USING btree (parent_id) WHERE (valid_to IS NULL)
  CREATE INDEX org_placement_by_path on org_placement USING btree (path, union_id)
  CREATE INDEX org_placement_ended on org_placement USING btree (valid_to) WHERE (valid_to IS NOT NULL)
  CREATE UNIQUE INDEX org_placement_from on org_placement USING btree (union_id, valid_from)
  CREATE UNIQUE INDEX org_placement_now on org_placement USING btree (union_id) WHERE (valid_to IS NULL)
  CREATE UNIQUE INDEX org_placement_path_now on org_placement USING btree (path) WHERE ((valid_to IS NULL) AND (NOT estate))
  CREATE UNIQUE INDEX org_placement_pkey on org_placement USING btree (id)

org_reorganisation
  id uuid not null
  union_id uuid not null
  kind text not null
  target_id uuid
  effective_on date not null
  state text not null
  failure text not null default ''::text
  ordered_at timestamp with time zone not null
  account_id uuid
  actor text not null
  CHECK (((kind = 'dissolve'::text) = (target_id IS NULL)))
  CHECK (((state = 'failed'::text) = (failure <> ''::text)))
  CHECK ((kind = ANY (ARRAY['move'::text, 'merge'::text, 'dissolve'::text])))
  CHECK ((state = ANY (ARRAY['planned'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
  FOREIGN KEY (target_id) REFERENCES org_union(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX org_reorganisation_by_union on org_reorganisation USING btree (union_id, ordered_at)
  CREATE INDEX org_reorganisation_due on org_reorganisation USING btree (effective_on, ordered_at) WHERE (state = 'planned'::text)
  CREATE UNIQUE INDEX org_reorganisation_pkey on org_reorganisation USING btree (id)
  CREATE UNIQUE INDEX org_reorganisation_planned on org_reorganisation USING btree (union_id) WHERE (state = 'planned'::text)

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
  heir_id uuid
  CHECK (((dissolved_on IS NULL) = (heir_id IS NULL)))
  CHECK ((dissolved_on >= founded_on))
  FOREIGN KEY (heir_id) REFERENCES org_union(id)
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

outreach_day
  id uuid not null
  union_id uuid not null
  kind text not null
  level text not null
  title text not null
  place text not null
  weekday integer not null
  week integer not null
  begins_at time without time zone not null
  ends_at time without time zone not null
  first_on date not null
  ended_on date
  CHECK (((week >= 0) AND (week <= 5)))
  CHECK (((weekday >= 1) AND (weekday <= 7)))
  CHECK ((ends_at > begins_at))
  CHECK ((kind = ANY (ARRAY['ENTERPRISE'::text, 'WORKER'::text])))
  CHECK ((level = ANY (ARRAY['DISTRICT'::text, 'STREET'::text, 'SITE'::text])))
  CHECK ((place <> ''::text))
  CHECK ((title <> ''::text))
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX outreach_day_by_union on outreach_day USING btree (union_id) WHERE (ended_on IS NULL)
  CREATE UNIQUE INDEX outreach_day_pkey on outreach_day USING btree (id)

outreach_guest
  meeting_id uuid not null
  employer_id uuid not null
  people integer
  CHECK ((people >= 0))
  FOREIGN KEY (employer_id) REFERENCES employer(id)
  FOREIGN KEY (meeting_id) REFERENCES outreach_meeting(id)
  PRIMARY KEY (meeting_id, employer_id)
  CREATE INDEX outreach_guest_by_employer on outreach_guest USING btree (employer_id)
  CREATE UNIQUE INDEX outreach_guest_pkey on outreach_guest USING btree (meeting_id, employer_id)

outreach_meeting
  id uuid not null
  union_id uuid not null
  kind text not null
  level text not null
  title text not null
  place text not null
  employer_id uuid
  on_day date not null
  begins_at time without time zone not null
  ends_at time without time zone not null
  stage text not null
  code_id uuid
  code text
  people integer
  cost_fen bigint
  note text not null default ''::text
  day_id uuid
  due_on date
  CHECK (((code IS NULL) = (code_id IS NULL)))
  CHECK (((due_on IS NULL) = (day_id IS NULL)))
  CHECK (((people IS NULL) = (cost_fen IS NULL)))
  CHECK (((stage = ANY (ARRAY['HELD'::text, 'CLOSED'::text])) = (people IS NOT NULL)))
  CHECK ((cost_fen >= 0))
  CHECK ((ends_at > begins_at))
  CHECK ((kind = ANY (ARRAY['ENTERPRISE'::text, 'WORKER'::text])))
  CHECK ((level = ANY (ARRAY['DISTRICT'::text, 'STREET'::text, 'SITE'::text])))
  CHECK ((people >= 0))
  CHECK ((place <> ''::text))
  CHECK ((stage = ANY (ARRAY['PLANNED'::text, 'ANNOUNCED'::text, 'HELD'::text, 'CLOSED'::text, 'CANCELLED'::text])))
  CHECK ((title <> ''::text))
  FOREIGN KEY (day_id) REFERENCES outreach_day(id)
  FOREIGN KEY (employer_id) REFERENCES employer(id)
  FOREIGN KEY (union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE UNIQUE INDEX outreach_meeting_by_code on outreach_meeting USING btree (code) WHERE (code IS NOT NULL)
  CREATE INDEX outreach_meeting_by_employer on outreach_meeting USING btree (employer_id, on_day) WHERE (employer_id IS NOT NULL)
  CREATE INDEX outreach_meeting_held on outreach_meeting USING btree (on_day DESC, id DESC) WHERE (stage = ANY (ARRAY['HELD'::text, 'CLOSED'::text]))
  CREATE UNIQUE INDEX outreach_meeting_of_day on outreach_meeting USING btree (day_id, due_on) WHERE (day_id IS NOT NULL)
  CREATE UNIQUE INDEX outreach_meeting_once on outreach_meeting USING btree (union_id, on_day, begins_at, title) WHERE (stage <> 'CANCELLED'::text)
  CREATE UNIQUE INDEX outreach_meeting_pkey on outreach_meeting USING btree (id)
  CREATE INDEX outreach_meeting_to_come on outreach_meeting USING btree (on_day, id) WHERE (stage = ANY (ARRAY['PLANNED'::text, 'ANNOUNCED'::text]))

outreach_month
  month date
  union_id uuid
  meetings integer
  enterprise integer
  worker integer
  district_level integer
  street_level integer
  site_level integer
  people integer
  as  SELECT (date_trunc('month'::text, (on_day)::timestamp without time zone))::date AS month, union_id, 1 AS meetings, CASE WHEN (kind = 'ENTERPRISE'::text) THEN 1 ELSE 0 END AS enterprise, CASE WHEN (kind = 'WORKER'::text) THEN 1 ELSE 0 END AS worker, CASE WHEN (level = 'DISTRICT'::text) THEN 1 ELSE 0 END AS district_level, CASE WHEN (level = 'STREET'::text) THEN 1 ELSE 0 END AS street_level, CASE WHEN (level = 'SITE'::text) THEN 1 ELSE 0 END AS site_level, people FROM outreach_meeting WHERE (stage = ANY (ARRAY['HELD'::text, 'CLOSED'::text]));

outreach_question
  id uuid not null
  meeting_id uuid not null
  employer_id uuid
  asked text not null
  asked_at timestamp with time zone not null
  became text
  answer text not null default ''::text
  settled_at timestamp with time zone
  settled_by text not null default ''::text
  CHECK (((became IS DISTINCT FROM 'ANSWERED'::text) OR (answer <> ''::text)))
  CHECK (((became IS DISTINCT FROM 'NEED'::text) OR (employer_id IS NOT NULL)))
  CHECK (((became IS NULL) = (settled_at IS NULL)))
  CHECK ((asked <> ''::text))
  CHECK ((became = ANY (ARRAY['ANSWERED'::text, 'NEED'::text])))
  FOREIGN KEY (employer_id) REFERENCES employer(id)
  FOREIGN KEY (meeting_id) REFERENCES outreach_meeting(id)
  PRIMARY KEY (id)
  CREATE INDEX outreach_question_by_meeting on outreach_question USING btree (meeting_id, asked_at)
  CREATE INDEX outreach_question_open on outreach_question USING btree (meeting_id) WHERE (became IS NULL)
  CREATE UNIQUE INDEX outreach_question_pkey on outreach_question USING btree (id)

outreach_street_month
  month date
  union_id uuid
  meetings integer
  enterprise integer
  worker integer
  district_level integer
  street_level integer
  site_level integer
  people integer
  as  SELECT outreach_month.month, street.union_id, (sum(outreach_month.meetings))::integer AS meetings, (sum(outreach_month.enterprise))::integer AS enterprise, (sum(outreach_month.worker))::integer AS worker, (sum(outreach_month.district_level))::integer AS district_level, (sum(outreach_month.street_level))::integer AS street_level, (sum(outreach_month.site_level))::integer AS site_level, (sum(outreach_month.people))::integer AS people FROM ((outreach_month JOIN org_place place ON (((place.union_id = outreach_month.union_id) AND (place.valid_to IS NULL)))) JOIN org_place street ON (((street.path = "left"(place.path, 17)) AND (street.valid_to IS NULL) AND (NOT street.estate)))) GROUP BY outreach_month.month, street.union_id;

outreach_visit
  employer_id uuid
  on_day date
  held boolean
  as  SELECT outreach_meeting.employer_id, outreach_meeting.on_day, (outreach_meeting.stage = ANY (ARRAY['HELD'::text, 'CLOSED'::text])) AS held FROM outreach_meeting WHERE ((outreach_meeting.employer_id IS NOT NULL) AND (outreach_meeting.stage <> 'CANCELLED'::text)) UNION ALL SELECT guest.employer_id, meeting.on_day, true AS held FROM (outreach_guest guest JOIN outreach_meeting meeting ON ((meeting.id = guest.meeting_id))) WHERE ((meeting.stage = ANY (ARRAY['HELD'::text, 'CLOSED'::text])) AND (guest.people > 0));

phone_account
  account_id uuid not null
  phone_sealed bytea not null
  phone_blind bytea not null
  blind_key integer not null
  created_at timestamp with time zone not null
  FOREIGN KEY (account_id) REFERENCES access_account(id)
  PRIMARY KEY (account_id)
  UNIQUE (phone_blind)
  CREATE UNIQUE INDEX phone_account_phone_blind_key on phone_account USING btree (phone_blind)
  CREATE UNIQUE INDEX phone_account_pkey on phone_account USING btree (account_id)

phone_code
  phone_blind bytea not null
  code_hash bytea not null
  guesses integer not null
  expires_at timestamp with time zone not null
  PRIMARY KEY (phone_blind)
  CREATE UNIQUE INDEX phone_code_pkey on phone_code USING btree (phone_blind)

seal_check
  id integer not null
  sealed bytea not null
  blind bytea not null
  key_id integer not null default 1
  CHECK ((id = 1))
  PRIMARY KEY (id)
  CREATE UNIQUE INDEX seal_check_pkey on seal_check USING btree (id)

seal_node
  node uuid not null
  name text not null
  newest_key integer not null
  key_id integer not null
  since timestamp with time zone not null
  said_at timestamp with time zone not null
  PRIMARY KEY (node)
  CREATE UNIQUE INDEX seal_node_pkey on seal_node USING btree (node)

seal_rotation
  key_id integer not null
  begun_at timestamp with time zone not null
  resealed bigint not null default 0
  ended_at timestamp with time zone
  PRIMARY KEY (key_id)
  CREATE UNIQUE INDEX seal_rotation_pkey on seal_rotation USING btree (key_id)

stall_key
  id uuid not null
  code text not null
  public_key bytea not null
  private_sealed bytea not null
  made_at timestamp with time zone not null
  PRIMARY KEY (id)
  UNIQUE (code)
  CREATE UNIQUE INDEX stall_key_code_key on stall_key USING btree (code)
  CREATE UNIQUE INDEX stall_key_pkey on stall_key USING btree (id)

transfer_request
  id uuid not null
  member_id uuid not null
  membership_id uuid not null
  from_union_id uuid not null
  to_union_id uuid not null
  asked_by text not null
  name text not null
  employment text
  account_id uuid
  state text not null
  asked_at timestamp with time zone not null
  asked_name text not null
  answered_at timestamp with time zone
  answered_name text not null default ''::text
  reason text not null default ''::text
  arrived_membership_id uuid
  at_once boolean not null default false
  CHECK (((state = 'agreed'::text) = (arrived_membership_id IS NOT NULL)))
  CHECK (((state = 'waiting'::text) = (answered_at IS NULL)))
  CHECK ((asked_by = ANY (ARRAY['taking'::text, 'giving'::text])))
  CHECK ((from_union_id <> to_union_id))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'agreed'::text, 'objected'::text, 'withdrawn'::text])))
  FOREIGN KEY (employment) REFERENCES member_employment(code)
  FOREIGN KEY (from_union_id) REFERENCES org_union(id)
  FOREIGN KEY (to_union_id) REFERENCES org_union(id)
  PRIMARY KEY (id)
  CREATE INDEX transfer_request_answered on transfer_request USING btree (answered_at DESC) WHERE (state <> 'waiting'::text)
  CREATE INDEX transfer_request_from on transfer_request USING btree (from_union_id, asked_at)
  CREATE UNIQUE INDEX transfer_request_pkey on transfer_request USING btree (id)
  CREATE INDEX transfer_request_to on transfer_request USING btree (to_union_id, asked_at)
  CREATE UNIQUE INDEX transfer_request_waiting on transfer_request USING btree (member_id) WHERE (state = 'waiting'::text)


-- Who signs in. The password is hashed (Argon2id), the second factor's secret sealed.
create table access_account (
    id uuid primary key,
    login text not null unique check (login = lower(login) and login <> ''),
    name text not null check (name <> ''),
    password_hash text,
    totp_sealed bytea,
    totp_last_step bigint not null default 0,
    created_at timestamptz not null
);

-- A role over a union and everything below it, for a time.
create table access_appointment (
    id uuid primary key,
    account_id uuid not null references access_account (id),
    role text not null,
    union_id uuid not null references org_union (id),
    valid_from date not null,
    valid_to date check (valid_to >= valid_from)
);

create index access_appointment_by_account on access_appointment (account_id);
create index access_appointment_by_union on access_appointment (union_id);
create unique index access_appointment_now on access_appointment (account_id, role, union_id) where valid_to is null;

-- A signed-in browser or program: only the hash of its token is kept.
create table access_session (
    token_hash bytea primary key,
    account_id uuid not null references access_account (id),
    second_factor boolean not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);

create index access_session_by_account on access_session (account_id);

-- Failed sign-ins, counted per account and per address; the subject is a keyed hash.
create table access_attempt (
    id uuid primary key,
    subject bytea not null,
    at timestamptz not null
);

create index access_attempt_by_subject on access_attempt (subject, at);

-- A link, used once, by which its owner sets a password and a second factor.
create table access_invitation (
    token_hash bytea primary key,
    account_id uuid references access_account (id),
    totp_sealed bytea not null,
    seal_row uuid not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

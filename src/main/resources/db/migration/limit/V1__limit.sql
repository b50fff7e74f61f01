-- Attempts, counted per account, phone, device and address; the subject is a keyed hash.
create table limit_attempt (
    id uuid primary key,
    subject bytea not null,
    at timestamptz not null
);

create index limit_attempt_by_subject on limit_attempt (subject, at);
create index limit_attempt_by_time on limit_attempt (at);

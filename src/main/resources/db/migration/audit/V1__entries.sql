-- One row a command. Facts are names and counts, never personal data that is sealed elsewhere.
create table audit_entry (
    id uuid primary key,
    at timestamptz not null,
    account_id uuid,
    actor text not null,
    action text not null,
    subject_id uuid,
    union_path text collate "C",
    facts jsonb not null
);

create index audit_entry_by_subject on audit_entry (subject_id, id);
create index audit_entry_by_time on audit_entry (at);

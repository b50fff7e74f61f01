-- An appointment that went from one to another, with the list of what was open when it was handed over.
create table handover (
    id uuid primary key,
    appointment_id uuid not null references access_appointment (id),
    successor_appointment_id uuid not null references access_appointment (id),
    account_id uuid not null references access_account (id),
    successor_id uuid not null references access_account (id),
    union_id uuid not null references org_union (id),
    role text not null,
    from_name text not null,
    to_name text not null,
    effective_on date not null,
    made_at timestamptz not null,
    made_by text not null,
    work jsonb not null,
    taken_at timestamptz
);

create index handover_by_account on handover (account_id, made_at);
create index handover_by_successor on handover (successor_id, made_at);
create index handover_by_union on handover (union_id, made_at);

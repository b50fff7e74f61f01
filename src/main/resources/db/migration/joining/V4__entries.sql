-- Whom staff took in at the counter: for a day it stands beside what was decided, and can be undone.
create table joining_entry (
    membership_id uuid primary key,
    union_id uuid not null references org_union (id),
    name text not null,
    entered_at timestamptz not null,
    account_id uuid,
    actor text not null,
    undone_at timestamptz
);

create index joining_entry_entered on joining_entry (entered_at desc);

-- A wish that a member belong to another base union: asked by one side, answered by the other.
create table transfer_request (
    id uuid primary key,
    member_id uuid not null,
    membership_id uuid not null,
    from_union_id uuid not null references org_union (id),
    to_union_id uuid not null references org_union (id),
    asked_by text not null check (asked_by in ('taking', 'giving')),
    name text not null,
    employment text references member_employment (code),
    account_id uuid,
    state text not null check (state in ('waiting', 'agreed', 'objected', 'withdrawn')),
    asked_at timestamptz not null,
    asked_name text not null,
    answered_at timestamptz,
    answered_name text not null default '',
    reason text not null default '',
    arrived_membership_id uuid,
    check (from_union_id <> to_union_id),
    check ((state = 'waiting') = (answered_at is null)),
    check ((state = 'agreed') = (arrived_membership_id is not null))
);

-- One wish at a time about one person.
create unique index transfer_request_waiting on transfer_request (member_id) where state = 'waiting';
create index transfer_request_from on transfer_request (from_union_id, asked_at);
create index transfer_request_to on transfer_request (to_union_id, asked_at);

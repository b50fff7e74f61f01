-- Two records that may be one person's. Which of the two comes first says nothing.
create table duplicate_pair (
    id uuid primary key,
    first_id uuid not null references member (id) on delete cascade,
    second_id uuid not null references member (id) on delete cascade,
    same_phone boolean not null,
    same_name_and_birth_date boolean not null,
    near_number boolean not null,
    -- What the two records said when they were found alike: dismissed, they are not proposed again until that changes.
    seen bytea not null,
    found_at timestamptz not null,
    state text not null check (state in ('open', 'dismissed', 'merged')),
    merge_id uuid check ((state = 'merged') = (merge_id is not null)),
    decided_at timestamptz,
    decided_by uuid,
    decided_name text not null default '',
    reason text not null default '',
    check (first_id < second_id),
    unique (first_id, second_id)
);

create index duplicate_pair_by_second on duplicate_pair (second_id);
create index duplicate_pair_by_state on duplicate_pair (state, found_at);
create index duplicate_pair_by_merge on duplicate_pair (merge_id) where merge_id is not null;

-- Somebody who wants to become a member: typed step by step, sent, decided. The identity number is sealed from the first
-- step on; the phone stays with the account.
create table joining_application (
    id uuid primary key,
    account_id uuid not null references access_account (id),
    scanned text not null,
    state text not null check (state in ('draft', 'waiting', 'approved', 'refused', 'withdrawn')),
    name text not null default '',
    identity_sealed bytea,
    identity_blind bytea,
    blind_key integer,
    sex text check (sex in ('F', 'M')),
    birth_date date,
    employment text references member_employment (code),
    employer text not null default '',
    union_id uuid references org_union (id),
    deciding_union_id uuid references org_union (id),
    begun_at timestamptz not null,
    sent_at timestamptz,
    member_id uuid,
    membership_id uuid,
    check (state = 'draft' or (identity_sealed is not null and employment is not null
                               and union_id is not null and deciding_union_id is not null and sent_at is not null)),
    check ((state = 'approved') = (membership_id is not null))
);

-- One application at a time.
create unique index joining_application_open on joining_application (account_id) where state in ('draft', 'waiting');
create index joining_application_by_account on joining_application (account_id, begun_at);
create index joining_application_queue on joining_application (deciding_union_id, sent_at) where state = 'waiting';
create index joining_application_by_identity on joining_application (identity_blind) where state = 'waiting';

-- What was decided about an application, by whom and why; undoing is a decision too.
create table joining_decision (
    id uuid primary key,
    application_id uuid not null references joining_application (id),
    decision text not null check (decision in ('approved', 'refused', 'undone', 'withdrawn')),
    at timestamptz not null,
    account_id uuid,
    actor text not null,
    reason text not null default ''
);

create index joining_decision_by_application on joining_decision (application_id, at);
create index joining_decision_by_time on joining_decision (at);

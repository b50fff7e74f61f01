-- What the beginning of a membership overwrote on the person's record, as long as that beginning can be taken back.
create table member_before (
    membership_id uuid primary key references member_membership (id) on delete cascade,
    begun_on date not null,
    phone_sealed bytea,
    phone_blind bytea,
    account_id uuid,
    -- Whoever signed in by the account that the person was tied to.
    untied_member_id uuid references member (id) on delete set null
);

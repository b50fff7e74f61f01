-- The code that was sent to a phone last. Neither phone nor code can be read from it.
create table phone_code (
    phone_blind bytea primary key,
    code_hash bytea not null,
    guesses integer not null,
    expires_at timestamptz not null
);

-- Whoever signs in by phone: one phone, one account.
create table phone_account (
    account_id uuid primary key references access_account (id),
    phone_sealed bytea not null,
    phone_blind bytea not null unique,
    blind_key integer not null,
    created_at timestamptz not null
);

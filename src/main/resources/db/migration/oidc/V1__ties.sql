-- Whose account here is tied to which of a provider's. The subject is a keyed hash: it may be a number of the person's.
create table oidc_tie (
    account_id uuid not null references access_account (id),
    issuer text not null,
    subject bytea not null,
    tied_at timestamptz not null,
    primary key (account_id, issuer)
);

create unique index oidc_tie_by_subject on oidc_tie (issuer, subject);

-- Somebody on the way to the provider and back, for minutes; with an account, somebody signed in who wants to tie.
create table oidc_errand (
    state_hash bytea primary key,
    nonce text not null,
    verifier text not null,
    goes_to text not null,
    account_id uuid references access_account (id),
    expires_at timestamptz not null
);

create index oidc_errand_by_expiry on oidc_errand (expires_at);

-- Who came back and has not confirmed yet that the two belong together.
create table oidc_proven (
    account_id uuid primary key references access_account (id),
    issuer text not null,
    subject bytea not null,
    shown text not null,
    expires_at timestamptz not null
);

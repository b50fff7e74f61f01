-- What a person is told. told names the fact, so that nobody is told of it twice.
create table notice_notice (
    id uuid primary key,
    told text not null unique check (told <> ''),
    account_id uuid not null references access_account (id),
    kind text not null,
    facts text[] not null,
    link text not null,
    at timestamptz not null,
    read_at timestamptz
);

create index notice_notice_by_account on notice_notice (account_id, at, id);
create index notice_notice_unread on notice_notice (account_id) where read_at is null;

-- Written by staff to everyone who belongs to a union or to one below it: read where the reader stands, kept once.
create table notice_circular (
    id uuid primary key,
    union_id uuid not null references org_union (id),
    audience text not null check (audience in ('STAFF', 'MEMBERS')),
    title text not null check (title <> ''),
    content text not null check (content <> ''),
    sent_at timestamptz not null,
    account_id uuid not null references access_account (id),
    sender text not null,
    withdrawn_at timestamptz
);

create index notice_circular_by_union on notice_circular (union_id, sent_at, id);

create table notice_circular_read (
    circular_id uuid not null references notice_circular (id),
    account_id uuid not null references access_account (id),
    read_at timestamptz not null,
    primary key (circular_id, account_id)
);

-- How a person wants to be reached. The address is sealed; it counts once a code that went there has come back.
create table notice_contact (
    account_id uuid primary key references access_account (id),
    email_sealed bytea,
    email_proved boolean not null default false,
    code_hash bytea,
    code_until timestamptz,
    guesses int not null default 0,
    by_phone text not null default 'SMS' check (by_phone in ('SMS', 'WECHAT', 'NONE')),
    by_email boolean not null default true,
    quiet_from smallint not null default 22 check (quiet_from between 0 and 23),
    quiet_until smallint not null default 7 check (quiet_until between 0 and 23),
    language text not null default 'zh' check (language in ('zh', 'en'))
);

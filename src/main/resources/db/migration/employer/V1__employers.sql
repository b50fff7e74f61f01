-- Who employs people in the city: what is known of them, counted by whom and when.
create table employer (
    id uuid primary key,
    -- unified social credit code; null as long as nobody knows it
    credit_code text check (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
    name text not null check (name <> ''),
    -- name, pinyin, initials and code, as somebody looks for it
    haystack text not null,
    street_id uuid not null references org_union (id),
    address text not null,
    trade text not null,
    ownership text not null,
    -- the union that its workers belong to; null as long as there is none
    union_id uuid references org_union (id),
    recorded_at timestamptz not null,
    closed_on date,
    -- the latest headcount, written with it
    counted_on date,
    workers integer check (workers >= 0),
    women integer check (women between 0 and workers),
    new_form integer check (new_form between 0 and workers),
    check ((counted_on is null) = (workers is null) and (workers is null) = (new_form is null))
);

create unique index employer_by_credit_code on employer (credit_code);
create index employer_by_street on employer (street_id, (-coalesce(workers, -1)), id) where closed_on is null;
create index employer_by_workers on employer ((-coalesce(workers, -1)), id) where closed_on is null;
create index employer_by_union on employer (union_id) where union_id is not null;
create index employer_by_name on employer (street_id, name);
-- as long as nobody knows its code, it is known by its name
create unique index employer_by_name_alone on employer (street_id, name) where credit_code is null and closed_on is null;

-- How many worked there on a day, of whom so many women.
create table employer_headcount (
    id uuid primary key,
    employer_id uuid not null references employer (id),
    counted_on date not null,
    workers integer not null check (workers >= 0),
    -- null where nobody counted them
    women integer check (women between 0 and workers),
    recorded_at timestamptz not null,
    recorded_by text not null,
    unique (employer_id, counted_on)
);

-- Of these, so many in each form of employment; together they are all of them.
create table employer_headcount_form (
    headcount_id uuid not null references employer_headcount (id) on delete cascade,
    employment text not null references member_employment (code),
    workers integer not null check (workers > 0),
    primary key (headcount_id, employment)
);

-- Whom to speak with there.
create table employer_contact (
    id uuid primary key,
    employer_id uuid not null references employer (id),
    name text not null check (name <> ''),
    post text not null,
    phone_sealed bytea,
    ended_at timestamptz
);

create index employer_contact_by_employer on employer_contact (employer_id);

-- The service package of one employer: what it asked for, what was promised until when, what was done.
create table employer_service (
    id uuid primary key,
    employer_id uuid not null references employer (id),
    asked text not null check (asked <> ''),
    asked_on date not null,
    promised text not null default '',
    promised_by date,
    done text not null default '',
    done_on date check (done_on >= asked_on),
    check ((promised = '') = (promised_by is null)),
    check ((done = '') = (done_on is null))
);

create index employer_service_by_employer on employer_service (employer_id, asked_on);
create index employer_service_open on employer_service (promised_by) where done_on is null;

-- What other modules may read of employers.
create view employer_known as
select id, credit_code, name, haystack, street_id, trade, ownership, union_id, closed_on, counted_on, workers, new_form
  from employer;

-- Forms of employment are a dated table, not an enumeration: new forms appear.
create table member_employment (
    code text primary key,
    new_form boolean not null,
    valid_from date not null,
    valid_to date check (valid_to > valid_from)
);

insert into member_employment (code, new_form, valid_from) values
    ('regular', false, date '1949-10-01'),
    ('courier', true, date '2018-01-01'),
    ('food-delivery', true, date '2018-01-01'),
    ('ride-hailing', true, date '2018-01-01'),
    ('truck-driver', true, date '2018-01-01'),
    ('home-services', true, date '2018-01-01'),
    ('live-streaming', true, date '2018-01-01'),
    ('other-new-form', true, date '2018-01-01');

-- One row a person. Identity number and phone are sealed, found by their blind index only.
create table member (
    id uuid primary key,
    name text not null check (name <> ''),
    pinyin text not null,
    sex text not null check (sex in ('F', 'M')),
    birth_date date not null,
    identity_sealed bytea not null,
    identity_blind bytea not null,
    phone_sealed bytea not null,
    phone_blind bytea not null,
    blind_key integer not null,
    employment text not null references member_employment (code)
);

-- One row for each time somebody belonged to a base union, from a day to a day.
create table member_membership (
    id uuid primary key,
    member_id uuid not null references member (id),
    union_id uuid not null references org_union (id),
    began_on date not null,
    began_by text not null check (began_by in ('opening', 'joined', 'rejoined', 'transferred-in')),
    employment_at_start text not null references member_employment (code),
    ended_on date check (ended_on >= began_on),
    ended_by text check (ended_by in ('left', 'retired', 'died', 'transferred-out')),
    check ((ended_on is null) = (ended_by is null))
);

-- What happened in a month, per base union and per union at street level; changes only, so that a level is a sum.
create table member_month (
    month date not null check (extract(day from month) = 1),
    union_id uuid not null references org_union (id),
    opening integer not null default 0,
    joined integer not null default 0,
    joined_new_form integer not null default 0,
    rejoined integer not null default 0,
    transferred_in integer not null default 0,
    transferred_out integer not null default 0,
    left_union integer not null default 0,
    retired integer not null default 0,
    died integer not null default 0,
    new_form_change integer not null default 0,
    primary key (month, union_id)
);

create table member_street_month (
    month date not null check (extract(day from month) = 1),
    union_id uuid not null references org_union (id),
    opening integer not null default 0,
    joined integer not null default 0,
    joined_new_form integer not null default 0,
    rejoined integer not null default 0,
    transferred_in integer not null default 0,
    transferred_out integer not null default 0,
    left_union integer not null default 0,
    retired integer not null default 0,
    died integer not null default 0,
    new_form_change integer not null default 0,
    primary key (month, union_id)
);

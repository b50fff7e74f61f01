-- A union on its way: from an employer without one to the approval that puts it into the tree.
create table founding (
    id uuid primary key,
    -- the union that works towards it
    street_id uuid not null references org_union (id),
    joint boolean not null,
    stage text not null
        check (stage in ('VERIFIED', 'CONTACTED', 'PREPARING', 'APPLIED', 'APPROVED', 'REJECTED', 'GIVEN_UP')),
    stage_at timestamptz not null,
    begun_at timestamptz not null,
    -- what was applied for
    superior_id uuid references org_union (id),
    union_name text not null default '',
    short_name text not null default '',
    elected_on date,
    grant_fen bigint check (grant_fen > 0),
    -- what was approved
    union_id uuid references org_union (id),
    approved_on date,
    size_class text check (size_class in ('LARGE', 'MEDIUM', 'SMALL', 'TINY', 'JOINT', 'PUBLIC')),
    workers integer check (workers >= 0),
    check ((stage = 'APPROVED') = (union_id is not null)),
    check ((union_id is null) = (approved_on is null) and (union_id is null) = (size_class is null)
           and (union_id is null) = (workers is null)),
    check (stage not in ('APPLIED', 'APPROVED') or (superior_id is not null and union_name <> '' and elected_on is not null))
);

create index founding_by_stage on founding (stage, stage_at, id);
create index founding_by_street on founding (street_id, stage);
create index founding_by_superior on founding (superior_id) where superior_id is not null;
create index founding_approved on founding (approved_on, id) where approved_on is not null;
create unique index founding_by_union on founding (union_id) where union_id is not null;

-- For whose workers: one employer, or several small ones together.
create table founding_employer (
    founding_id uuid not null references founding (id),
    employer_id uuid not null references employer (id),
    -- false once it was given up: another may begin
    is_open boolean not null,
    primary key (founding_id, employer_id)
);

create unique index founding_employer_open on founding_employer (employer_id) where is_open;
create index founding_employer_by_employer on founding_employer (employer_id);

-- Every step: who, when, and what was said.
create table founding_step (
    id uuid primary key,
    founding_id uuid not null references founding (id),
    stage text not null,
    at timestamptz not null,
    account_id uuid,
    actor text not null,
    note text not null
);

create index founding_step_by_founding on founding_step (founding_id, at, id);
create index founding_step_by_time on founding_step (at, stage);

-- Who was elected, as the application says.
create table founding_officer (
    id uuid primary key,
    founding_id uuid not null references founding (id),
    line integer not null,
    position text not null,
    name text not null check (name <> ''),
    login text not null,
    unique (founding_id, line)
);

-- Papers that belong to it: sealed, of a kind and size that was checked.
create table founding_paper (
    id uuid primary key,
    founding_id uuid not null references founding (id),
    kind text not null,
    file_name text not null check (file_name <> ''),
    media_type text not null,
    size integer not null check (size > 0),
    content_sealed bytea not null,
    sent_at timestamptz not null,
    sent_by text not null
);

create index founding_paper_by_founding on founding_paper (founding_id, sent_at);

-- What is counted, by month and union: the records themselves, for a year has some thousands of them in the largest city.
create view founding_month as
select date_trunc('month', approved_on::timestamp)::date as month, union_id,
       1 as founded,
       case when size_class = 'LARGE' then 1 else 0 end as large,
       case when size_class = 'MEDIUM' then 1 else 0 end as medium,
       case when size_class = 'SMALL' then 1 else 0 end as small,
       case when size_class = 'TINY' then 1 else 0 end as tiny,
       case when size_class = 'JOINT' then 1 else 0 end as joint,
       case when size_class = 'PUBLIC' then 1 else 0 end as public_unit,
       workers
  from founding
 where approved_on is not null;

-- The same by the union at street level above it, as the tree stands now.
create view founding_street_month as
select month, street.union_id, sum(founded)::integer as founded, sum(large)::integer as large,
       sum(medium)::integer as medium, sum(small)::integer as small, sum(tiny)::integer as tiny,
       sum(joint)::integer as joint, sum(public_unit)::integer as public_unit, sum(workers)::integer as workers
  from founding_month
  join org_place place on place.union_id = founding_month.union_id and place.valid_to is null
  join org_place street on street.path = left(place.path, 17) and street.valid_to is null and not street.estate
 group by month, street.union_id;

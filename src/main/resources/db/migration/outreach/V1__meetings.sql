-- A meeting that comes again: every week, or on a weekday of each month.
create table outreach_day (
    id uuid primary key,
    union_id uuid not null references org_union (id),
    kind text not null check (kind in ('ENTERPRISE', 'WORKER')),
    level text not null check (level in ('DISTRICT', 'STREET', 'SITE')),
    title text not null check (title <> ''),
    place text not null check (place <> ''),
    weekday integer not null check (weekday between 1 and 7),
    -- 0 for every week, 1 to 4 for that one of the month, 5 for its last
    week integer not null check (week between 0 and 5),
    begins_at time not null,
    ends_at time not null check (ends_at > begins_at),
    first_on date not null,
    ended_on date
);

create index outreach_day_by_union on outreach_day (union_id) where ended_on is null;

-- A meeting with enterprises or with workers (双沟通).
create table outreach_meeting (
    id uuid primary key,
    -- who holds it
    union_id uuid not null references org_union (id),
    kind text not null check (kind in ('ENTERPRISE', 'WORKER')),
    level text not null check (level in ('DISTRICT', 'STREET', 'SITE')),
    title text not null check (title <> ''),
    place text not null check (place <> ''),
    -- at whose place; null for a stall or a hall
    employer_id uuid references employer (id),
    on_day date not null,
    begins_at time not null,
    ends_at time not null check (ends_at > begins_at),
    stage text not null check (stage in ('PLANNED', 'ANNOUNCED', 'HELD', 'CLOSED', 'CANCELLED')),
    -- by which people join who come to it: an id and a code of joining
    code_id uuid,
    code text,
    -- what was written down afterwards
    people integer check (people >= 0),
    cost_fen bigint check (cost_fen >= 0),
    note text not null default '',
    day_id uuid references outreach_day (id),
    check ((stage in ('HELD', 'CLOSED')) = (people is not null)),
    check ((people is null) = (cost_fen is null)),
    check ((code is null) = (code_id is null))
);

create unique index outreach_meeting_once on outreach_meeting (union_id, on_day, begins_at, title) where stage <> 'CANCELLED';
create unique index outreach_meeting_of_day on outreach_meeting (day_id, on_day) where day_id is not null;
create unique index outreach_meeting_by_code on outreach_meeting (code) where code is not null;
create index outreach_meeting_to_come on outreach_meeting (on_day, id) where stage in ('PLANNED', 'ANNOUNCED');
create index outreach_meeting_held on outreach_meeting (on_day desc, id desc) where stage in ('HELD', 'CLOSED');
create index outreach_meeting_by_employer on outreach_meeting (employer_id, on_day) where employer_id is not null;

-- The employers that are invited, and who came from them.
create table outreach_guest (
    meeting_id uuid not null references outreach_meeting (id),
    employer_id uuid not null references employer (id),
    -- null as long as nobody knows
    people integer check (people >= 0),
    primary key (meeting_id, employer_id)
);

create index outreach_guest_by_employer on outreach_guest (employer_id);

-- What was asked there, and what became of it.
create table outreach_question (
    id uuid primary key,
    meeting_id uuid not null references outreach_meeting (id),
    employer_id uuid references employer (id),
    asked text not null check (asked <> ''),
    asked_at timestamptz not null,
    -- ANSWERED by a text; NEED: written into the employer's service package
    became text check (became in ('ANSWERED', 'NEED')),
    answer text not null default '',
    settled_at timestamptz,
    settled_by text not null default '',
    check ((became is null) = (settled_at is null)),
    check (became is distinct from 'ANSWERED' or answer <> ''),
    check (became is distinct from 'NEED' or employer_id is not null)
);

create index outreach_question_by_meeting on outreach_question (meeting_id, asked_at);

-- What is counted, by month and union: the records themselves.
create view outreach_month as
select date_trunc('month', on_day::timestamp)::date as month, union_id,
       1 as meetings,
       case when kind = 'ENTERPRISE' then 1 else 0 end as enterprise,
       case when kind = 'WORKER' then 1 else 0 end as worker,
       case when level = 'DISTRICT' then 1 else 0 end as district_level,
       case when level = 'STREET' then 1 else 0 end as street_level,
       case when level = 'SITE' then 1 else 0 end as site_level,
       people
  from outreach_meeting
 where stage in ('HELD', 'CLOSED');

-- The same by the union at street level above it, or higher where a district held it, as the tree stands now.
create view outreach_street_month as
select month, street.union_id, sum(meetings)::integer as meetings, sum(enterprise)::integer as enterprise,
       sum(worker)::integer as worker, sum(district_level)::integer as district_level,
       sum(street_level)::integer as street_level, sum(site_level)::integer as site_level, sum(people)::integer as people
  from outreach_month
  join org_place place on place.union_id = outreach_month.union_id and place.valid_to is null
  join org_place street on street.path = left(place.path, 17) and street.valid_to is null and not street.estate
 group by month, street.union_id;

-- Where somebody was last, and will be next: an employer at whose place a meeting is held, or that somebody came from.
create view outreach_visit as
select employer_id, on_day, stage in ('HELD', 'CLOSED') as held
  from outreach_meeting
 where employer_id is not null and stage <> 'CANCELLED'
union all
select guest.employer_id, on_day, true
  from outreach_guest guest join outreach_meeting meeting on meeting.id = guest.meeting_id
 where stage in ('HELD', 'CLOSED') and guest.people > 0;

-- Two records turn out to be of one person: one stays, the other leads to it. What has an id or number of the other, or its
-- phone, finds the person by it.
alter table member add column merged_into uuid references member (id);
create index member_by_merged_into on member (merged_into) where merged_into is not null;

-- One merge, and what it needs to be undone.
create table member_merge (
    id uuid primary key,
    survivor_id uuid not null,
    absorbed_id uuid not null,
    merged_at timestamptz not null,
    merged_by uuid,
    merged_name text not null,
    name_kept text not null,
    name_before text not null,
    phone_taken boolean not null,
    -- The survivor's, as it was: bound to the survivor's row.
    phone_sealed bytea,
    phone_blind bytea,
    -- The membership that the merge ended, because both were members.
    doubled_membership_id uuid,
    -- Records that led to the absorbed one, and lead to the survivor now.
    pointed uuid[] not null,
    undone_at timestamptz,
    undone_by uuid,
    undone_name text not null default '',
    check (survivor_id <> absorbed_id)
);

create unique index member_merge_standing on member_merge (absorbed_id) where undone_at is null;
create index member_merge_by_survivor on member_merge (survivor_id, merged_at);
create index member_merge_by_absorbed on member_merge (absorbed_id, merged_at);

-- The memberships of both when they were merged: which of them went over, and which one lived after it.
create table member_merge_membership (
    merge_id uuid not null references member_merge (id),
    membership_id uuid not null,
    moved boolean not null,
    lived boolean not null,
    primary key (merge_id, membership_id)
);

create index member_merge_membership_by_membership on member_merge_membership (membership_id);

-- What was overwritten stays bound to the person for whom it was sealed, whoever has the membership now.
alter table member_before add column member_id uuid;
update member_before set member_id = (select held.member_id from member_membership held where held.id = membership_id);
alter table member_before alter column member_id set not null;

-- Somebody who was entered twice is one member less, from the day on which that came out: months that are closed stay as
-- they were. Whoever turns out to be two people after all, in a later month, is one more again.
alter table member_membership drop constraint member_membership_began_by_check;
alter table member_membership add constraint member_membership_began_by_check
    check (began_by in ('opening', 'joined', 'rejoined', 'transferred-in', 'merged-in', 'separated'));
alter table member_membership drop constraint member_membership_ended_by_check;
alter table member_membership add constraint member_membership_ended_by_check
    check (ended_by in ('left', 'retired', 'died', 'transferred-out', 'merged-out', 'doubled'));

alter table member_month add column doubled integer not null default 0;
alter table member_month add column separated integer not null default 0;
alter table member_street_month add column doubled integer not null default 0;
alter table member_street_month add column separated integer not null default 0;

create or replace view member_happening as
select cast(date_trunc('month', began_on) as date) as month, union_id,
       case when began_by = 'opening' then 1 else 0 end as opening,
       case when began_by = 'joined' then 1 else 0 end as joined,
       case when began_by = 'joined' and at_start.new_form then 1 else 0 end as joined_new_form,
       case when began_by = 'rejoined' then 1 else 0 end as rejoined,
       case when began_by = 'transferred-in' then 1 else 0 end as transferred_in,
       0 as transferred_out, 0 as left_union, 0 as retired, 0 as died,
       case when at_start.new_form then 1 else 0 end as new_form_change,
       case when began_by = 'merged-in' then 1 else 0 end as merged_in,
       0 as merged_out,
       0 as doubled,
       case when began_by = 'separated' then 1 else 0 end as separated
  from member_membership
  join member_employment at_start on at_start.code = employment_at_start
union all
select cast(date_trunc('month', ended_on) as date), union_id, 0, 0, 0, 0, 0,
       case when ended_by = 'transferred-out' then 1 else 0 end,
       case when ended_by = 'left' then 1 else 0 end,
       case when ended_by = 'retired' then 1 else 0 end,
       case when ended_by = 'died' then 1 else 0 end,
       case when at_end.new_form then -1 else 0 end,
       0,
       case when ended_by = 'merged-out' then 1 else 0 end,
       case when ended_by = 'doubled' then 1 else 0 end,
       0
  from member_membership
  join member_employment at_end on at_end.code = employment
 where ended_on is not null
union all
select cast(date_trunc('month', changed_on) as date), union_id, 0, 0, 0, 0, 0, 0, 0, 0, 0,
       case when now_at.new_form then 1 else 0 end - case when was.new_form then 1 else 0 end, 0, 0, 0, 0
  from member_employment_change
  join member_membership on member_membership.id = membership_id
  join member_employment was on was.code = before
  join member_employment now_at on now_at.code = after;

-- What each row of a list would come to today. A number that leads to another record is that record's person; whoever is
-- on the list by several of their numbers is on it twice. Of somebody who is on record under another name nothing is told.
create or replace view member_enlisted_outcome as
select enlisted.list_id, enlisted.row,
       case when row_number() over (partition by enlisted.list_id, enlisted.identity_blind order by enlisted.row) > 1
                then 'TWICE'
            when member.id is null then 'NEW'
            when enlisted.name not in (found.name, member.name) then 'OTHER_NAME'
            when found.merged_into is not null
                 and exists (select 1 from member of
                               join member_enlisted other on other.list_id = enlisted.list_id
                                                         and other.identity_blind = of.identity_blind
                              where (of.id = found.merged_into or of.merged_into = found.merged_into)
                                and of.id <> found.id and (of.merged_into is null or other.row < enlisted.row))
                then 'TWICE'
            when held.union_id = enlisted.union_id then 'HERE'
            when held.id is not null then 'ELSEWHERE'
            when exists (select 1 from member_membership died
                          where died.member_id = member.id and died.ended_by = 'died') then 'DIED'
            else 'AGAIN' end as outcome,
       enlisted.identity_blind
  from member_enlisted enlisted
  left join member found on found.identity_blind = enlisted.identity_blind
  left join member on member.id = coalesce(found.merged_into, found.id)
  left join member_membership held on held.member_id = member.id and held.ended_on is null;

-- Who became somebody on record, or was put right, and has not been compared with others yet. Without an index: it is only
-- ever added to at its end and taken from.
create table member_comparing (
    member_id uuid not null
);

insert into member_comparing (member_id) select id from member;

-- The union that keeps each record which leads to no other: where the person is a member, else where they were last.
create view member_kept as
select member.id as member_id, member.name, member.number, kept.union_id
  from member
  join lateral (select held.union_id from member_membership held
                 where held.member_id = member.id
                 order by held.ended_on desc nulls first, coalesce(held.ended_by, '') = 'doubled', held.began_on desc,
                          held.id desc
                 limit 1) kept on true
 where member.merged_into is null;

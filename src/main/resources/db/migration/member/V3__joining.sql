-- Not everybody has a phone; everybody has a number that people can read out.
alter table member alter column phone_sealed drop not null;
alter table member alter column phone_blind drop not null;
alter table member add constraint member_phone_whole check ((phone_sealed is null) = (phone_blind is null));
create sequence member_number start 10000001;
alter table member add column number bigint not null default nextval('member_number');
create unique index member_by_number on member (number);

-- The account by which the person signs in, once they have one.
alter table member add column account_id uuid;
create unique index member_by_account on member (account_id);

-- Suspected duplicates are looked for by name and birth date.
create index member_by_name on member (name, birth_date);

-- What someone works as belongs to the time of a membership: what they did later never rewrites what was counted.
alter table member_membership add column employment text references member_employment (code);
update member_membership set employment = (select employment from member where member.id = member_membership.member_id);
alter table member_membership alter column employment set not null;
alter table member drop column employment;

-- Why a membership ended, in the officer's words.
alter table member_membership add column ended_why text not null default '';

-- The order in which they are offered: the commonest first, what is left over last.
alter table member_employment add column position integer not null default 50;
update member_employment set position = 10 where code = 'courier';
update member_employment set position = 11 where code = 'food-delivery';
update member_employment set position = 12 where code = 'ride-hailing';
update member_employment set position = 13 where code = 'truck-driver';
update member_employment set position = 90 where code = 'other-new-form';

-- A change of employment within a membership.
create table member_employment_change (
    id uuid primary key,
    membership_id uuid not null references member_membership (id) on delete cascade,
    changed_on date not null,
    before text not null references member_employment (code),
    after text not null references member_employment (code)
);

create index member_employment_change_by_membership on member_employment_change (membership_id);

-- Everything that the month counters count, one row a fact: their sums by month and union are the counters.
create view member_happening as
select cast(date_trunc('month', began_on) as date) as month, union_id,
       case when began_by = 'opening' then 1 else 0 end as opening,
       case when began_by = 'joined' then 1 else 0 end as joined,
       case when began_by = 'joined' and at_start.new_form then 1 else 0 end as joined_new_form,
       case when began_by = 'rejoined' then 1 else 0 end as rejoined,
       case when began_by = 'transferred-in' then 1 else 0 end as transferred_in,
       0 as transferred_out, 0 as left_union, 0 as retired, 0 as died,
       case when at_start.new_form then 1 else 0 end as new_form_change
  from member_membership
  join member_employment at_start on at_start.code = employment_at_start
union all
select cast(date_trunc('month', ended_on) as date), union_id, 0, 0, 0, 0, 0,
       case when ended_by = 'transferred-out' then 1 else 0 end,
       case when ended_by = 'left' then 1 else 0 end,
       case when ended_by = 'retired' then 1 else 0 end,
       case when ended_by = 'died' then 1 else 0 end,
       case when at_end.new_form then -1 else 0 end
  from member_membership
  join member_employment at_end on at_end.code = employment
 where ended_on is not null
union all
select cast(date_trunc('month', changed_on) as date), union_id, 0, 0, 0, 0, 0, 0, 0, 0, 0,
       case when now_at.new_form then 1 else 0 end - case when was.new_form then 1 else 0 end
  from member_employment_change
  join member_membership on member_membership.id = membership_id
  join member_employment was on was.code = before
  join member_employment now_at on now_at.code = after;

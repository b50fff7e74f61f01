-- A union goes up in another one, and its members with it: no transfer that anybody asked for, so counted apart.
alter table member_membership drop constraint member_membership_began_by_check;
alter table member_membership add constraint member_membership_began_by_check
    check (began_by in ('opening', 'joined', 'rejoined', 'transferred-in', 'merged-in'));
alter table member_membership drop constraint member_membership_ended_by_check;
alter table member_membership add constraint member_membership_ended_by_check
    check (ended_by in ('left', 'retired', 'died', 'transferred-out', 'merged-out'));

alter table member_month add column merged_in integer not null default 0;
alter table member_month add column merged_out integer not null default 0;
alter table member_street_month add column merged_in integer not null default 0;
alter table member_street_month add column merged_out integer not null default 0;
create index member_month_by_union on member_month (union_id, month);

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
       0 as merged_out
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
       case when ended_by = 'merged-out' then 1 else 0 end
  from member_membership
  join member_employment at_end on at_end.code = employment
 where ended_on is not null
union all
select cast(date_trunc('month', changed_on) as date), union_id, 0, 0, 0, 0, 0, 0, 0, 0, 0,
       case when now_at.new_form then 1 else 0 end - case when was.new_form then 1 else 0 end, 0, 0
  from member_employment_change
  join member_membership on member_membership.id = membership_id
  join member_employment was on was.code = before
  join member_employment now_at on now_at.code = after;

-- By identity number too, so that what becomes of a few rows is asked without working out all of a long list.
create or replace view member_enlisted_outcome as
select enlisted.list_id, enlisted.row,
       case when row_number() over (partition by enlisted.list_id, enlisted.identity_blind order by enlisted.row) > 1
                then 'TWICE'
            when member.id is null then 'NEW'
            when member.name <> enlisted.name then 'OTHER_NAME'
            when held.union_id = enlisted.union_id then 'HERE'
            when held.id is not null then 'ELSEWHERE'
            when exists (select 1 from member_membership died
                          where died.member_id = member.id and died.ended_by = 'died') then 'DIED'
            else 'AGAIN' end as outcome,
       enlisted.identity_blind
  from member_enlisted enlisted
  left join member on member.identity_blind = enlisted.identity_blind
  left join member_membership held on held.member_id = member.id and held.ended_on is null;

-- Found by its id when it is sealed anew.
alter table member_enlisted add primary key (id);

-- What each row would come to today. Of somebody who is on record under another name nothing is told.
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
            else 'AGAIN' end as outcome
  from member_enlisted enlisted
  left join member on member.identity_blind = enlisted.identity_blind
  left join member_membership held on held.member_id = member.id and held.ended_on is null;

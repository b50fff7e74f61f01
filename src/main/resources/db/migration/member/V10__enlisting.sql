-- People of a list on their way to becoming members. Unlogged: what a crash takes away is read again from the list.
create unlogged table member_enlisted (
    list_id uuid not null,
    row integer not null,
    id uuid not null,
    membership_id uuid not null,
    union_id uuid not null,
    name text not null,
    pinyin text not null,
    sex text not null,
    birth_date date not null,
    identity_sealed bytea not null,
    identity_blind bytea not null,
    phone_sealed bytea,
    phone_blind bytea,
    blind_key integer not null,
    employment text not null
);

create index member_enlisted_by_list on member_enlisted (list_id, identity_blind, row);

-- What each row would come to today.
create view member_enlisted_outcome as
select enlisted.list_id, enlisted.row,
       case when row_number() over (partition by enlisted.list_id, enlisted.identity_blind order by enlisted.row) > 1
                then 'TWICE'
            when member.id is null then 'NEW'
            when held.union_id = enlisted.union_id then 'HERE'
            when held.id is not null then 'ELSEWHERE'
            when exists (select 1 from member_membership died
                          where died.member_id = member.id and died.ended_by = 'died') then 'DIED'
            else 'AGAIN' end as outcome
  from member_enlisted enlisted
  left join member on member.identity_blind = enlisted.identity_blind
  left join member_membership held on held.member_id = member.id and held.ended_on is null;

-- The list by which somebody became a member, so that all of them can be taken back together.
alter table member_membership add column list_id uuid;

create index member_before_untied on member_before (untied_member_id) where untied_member_id is not null;

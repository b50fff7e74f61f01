-- A membership carries what its lists are sorted and cut by: the places above its union at the two upper levels, and the
-- person's name as it is spelt and number. A page of any list is then one run of one index, at any size.
alter table member_membership add column district_id uuid references org_union (id);
alter table member_membership add column street_id uuid references org_union (id);
alter table member_membership add column spelling text;
alter table member_membership add column number bigint;

update member_membership held
   set district_id = (select upper.union_id from org_place place
                        join org_place upper on upper.path = left(place.path, 11) and upper.valid_to is null
                       where place.union_id = held.union_id and place.valid_to is null and length(place.path) >= 11),
       street_id = (select upper.union_id from org_place place
                      join org_place upper on upper.path = left(place.path, 17) and upper.valid_to is null
                     where place.union_id = held.union_id and place.valid_to is null and length(place.path) >= 17),
       spelling = (select member.pinyin || ' ' || member.name from member where member.id = held.member_id),
       number = (select member.number from member where member.id = held.member_id);

alter table member_membership alter column spelling set not null;
alter table member_membership alter column number set not null;

create index member_membership_city_name on member_membership (spelling collate "C", id) where ended_on is null;
create index member_membership_district_name on member_membership (district_id, spelling collate "C", id) where ended_on is null;
create index member_membership_street_name on member_membership (street_id, spelling collate "C", id) where ended_on is null;
create index member_membership_city_began on member_membership (began_on, id);
create index member_membership_district_began on member_membership (district_id, began_on, id);
create index member_membership_street_began on member_membership (street_id, began_on, id);
create index member_membership_city_number on member_membership (number, id) where ended_on is null;
create index member_membership_district_number on member_membership (district_id, number, id) where ended_on is null;
create index member_membership_street_number on member_membership (street_id, number, id) where ended_on is null;
create index member_membership_ended on member_membership (ended_on, id) where ended_on is not null;

-- A name in characters is looked for along the characters, whatever their spelling.
create index member_membership_city_written on member_membership
    (substr(spelling, strpos(spelling, ' ') + 1) collate "C", id) where ended_on is null;
create index member_membership_district_written on member_membership
    (district_id, substr(spelling, strpos(spelling, ' ') + 1) collate "C", id) where ended_on is null;

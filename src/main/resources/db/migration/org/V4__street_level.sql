-- The few unions at street level and above, among all that stand somewhere.
create index org_placement_at_street_level on org_placement (union_id) where valid_to is null and length(path) <= 17;

-- A district's figures are read again by themselves, by its streets.
create index member_street_month_by_union on member_street_month (union_id, month);

create unique index member_by_identity on member (identity_blind);
create index member_by_phone on member (phone_blind);
create index member_membership_by_member on member_membership (member_id, began_on);
create index member_membership_by_union on member_membership (union_id, began_on);
-- One person belongs to one base union at a time.
create unique index member_membership_live on member_membership (member_id) where ended_on is null;

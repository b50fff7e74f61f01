-- Whoever is signed in sees where, and ends any of it: each session has an id, the browser that it is for, and when it
-- was last used (to a few minutes).
alter table access_session drop constraint access_session_named;
update access_session set id = gen_random_uuid() where id is null;
alter table access_session alter column id set not null;
alter table access_session rename column used_on to used_at;
alter table access_session alter column used_at type timestamptz;
update access_session set used_at = created_at where label is null;
alter table access_session add column browser text not null default '';

-- What nobody has used for so long is over before its end; null for what lasts to its end.
alter table access_session add column unused_seconds integer check (unused_seconds > 0);

-- A link by which somebody who has a password sets a new second factor and nothing else.
alter table access_invitation add column factor_only boolean not null default false;

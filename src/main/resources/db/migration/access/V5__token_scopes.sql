-- What a program's token may do of what its owner may. Tokens that were made before carry everything: null.
alter table access_session add column scope_rights text[];
alter table access_session add column scope_union_id uuid references org_union (id);
alter table access_session add constraint access_session_scoped
    check (scope_rights is null or (label is not null and cardinality(scope_rights) > 0));
alter table access_session add constraint access_session_scoped_below
    check (scope_union_id is null or scope_rights is not null);

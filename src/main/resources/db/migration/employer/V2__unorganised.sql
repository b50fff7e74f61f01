-- Who has no union yet, the largest first: where to go next is asked of these.
create index employer_without_union on employer ((-coalesce(workers, -1)), id) where closed_on is null and union_id is null;
create index employer_without_union_by_street on employer (street_id, (-coalesce(workers, -1)), id)
    where closed_on is null and union_id is null;

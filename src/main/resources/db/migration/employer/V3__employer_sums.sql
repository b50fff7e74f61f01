-- What all employers of a part of the tree come to, read from the index alone: a city's officer asks for all of them.
create index employer_sums on employer (street_id) include (workers, women, new_form, union_id, counted_on)
 where closed_on is null;

package org.gonghui.database;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Loads tables that are empty, or as good as empty, several times faster: their secondary indexes and foreign keys are
 * taken away before and made again after, in the same transaction. A row that breaks one of them undoes the whole load.
 */
@Component
public class BulkLoad {

    private record Part(String table, String name, String definition) {}

    private final JdbcClient jdbc;

    BulkLoad(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Runs the load between taking away and making again; the tables' names are written by the caller, never by a user. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void into(List<String> tables, Runnable load) {
        List<Part> foreignKeys = foreignKeys(tables);
        List<Part> indexes = indexes(tables);
        foreignKeys.forEach(key -> run("alter table %s drop constraint %s".formatted(key.table(), key.name())));
        indexes.forEach(index -> run("drop index " + index.name()));
        load.run();
        run("set local maintenance_work_mem = '256MB'");
        indexes.forEach(index -> run(index.definition()));
        foreignKeys.forEach(
                key -> run("alter table %s add constraint %s %s".formatted(key.table(), key.name(), key.definition())));
        tables.forEach(table -> run("analyze " + table));
    }

    private List<Part> foreignKeys(List<String> tables) {
        return jdbc.sql("""
                        select loaded.relname as table, conname as name, pg_get_constraintdef(pg_constraint.oid) as definition
                          from pg_constraint join pg_class loaded on loaded.oid = conrelid
                         where contype = 'f' and loaded.relname in (:tables) and pg_table_is_visible(loaded.oid)
                         order by conname
                        """).param("tables", tables).query(Part.class).list();
    }

    /** Indexes that no constraint owns: primary keys stay. */
    private List<Part> indexes(List<String> tables) {
        return jdbc.sql("""
                        select loaded.relname as table, index.relname as name, pg_get_indexdef(index.oid) as definition
                          from pg_index
                          join pg_class loaded on loaded.oid = indrelid
                          join pg_class index on index.oid = indexrelid
                         where loaded.relname in (:tables) and pg_table_is_visible(loaded.oid)
                           and not exists (select 1 from pg_constraint where conindid = indexrelid)
                         order by index.relname
                        """).param("tables", tables).query(Part.class).list();
    }

    private void run(String statement) {
        jdbc.sql(statement).update();
    }
}

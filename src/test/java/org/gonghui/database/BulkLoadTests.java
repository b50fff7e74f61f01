package org.gonghui.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@CityTest
class BulkLoadTests {

    @Autowired
    private BulkLoad bulkLoad;

    @Autowired
    private Copy copy;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void indexesAndKeysAreTheSameAfterwards() {
        transaction.executeWithoutResult(status -> {
            makeTables();
            List<String> before = rules();
            bulkLoad.into(List.of("load_child"), () -> {
                assertThat(rules()).hasSize(1); // the primary key stays
                fill(1, "a\tb\\c\n\"d\"");
            });
            assertThat(rules()).isEqualTo(before).hasSize(3);
            assertThat(jdbc.sql("select name from load_child")
                            .query(String.class)
                            .single())
                    .isEqualTo("a\tb\\c\n\"d\"");
            status.setRollbackOnly();
        });
    }

    @Test
    void aRowThatBreaksARuleUndoesTheWholeLoad() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    makeTables();
                    bulkLoad.into(List.of("load_child"), () -> fill(2, "nobody's child"));
                }))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(jdbc.sql("select to_regclass('load_child') is null")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private void makeTables() {
        jdbc.sql("create table load_parent (id integer primary key)").update();
        jdbc.sql("insert into load_parent (id) values (1)").update();
        jdbc.sql(
                        "create table load_child (id integer primary key, parent_id integer references load_parent (id), name text)")
                .update();
        jdbc.sql("create unique index load_child_by_name on load_child (lower(name)) where name <> ''")
                .update();
    }

    private void fill(int parent, String name) {
        try (Copy.Rows rows = copy.into("load_child (id, parent_id, name)")) {
            rows.row(1, parent, name);
        }
    }

    private List<String> rules() {
        return jdbc.sql("""
                        select indexdef as rule from pg_indexes where tablename = 'load_child'
                         union all
                        select pg_get_constraintdef(pg_constraint.oid) from pg_constraint
                          join pg_class on pg_class.oid = conrelid where relname = 'load_child' and contype = 'f'
                         order by rule
                        """).query(String.class).list();
    }
}

package org.gonghui.house;

import java.io.IOException;
import java.util.List;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every table, column, constraint and index, in one reviewed file. */
@CityTest
class GoldenSchemaTests {

    @Autowired
    private JdbcClient jdbc;

    @Test
    void theWholeSchemaIsReviewed() throws IOException {
        List<String> tables = names("""
                select table_name from information_schema.tables
                 where table_schema = current_schema() and table_name not like 'flyway%' order by table_name
                """);
        var text = new StringBuilder();
        for (String table : tables) {
            text.append(table).append('\n');
            lines(text, """
                    select '  ' || column_name || ' ' || data_type || case is_nullable when 'NO' then ' not null' else '' end
                           || coalesce(' default ' || column_default, '')
                      from information_schema.columns where table_schema = current_schema() and table_name = :table
                     order by ordinal_position
                    """, table);
            lines(text, """
                    select '  ' || pg_get_constraintdef(pg_constraint.oid)
                      from pg_constraint join pg_class on pg_class.oid = conrelid
                     where relname = :table and contype <> 'n' order by 1
                    """, table);
            lines(text, """
                    select '  ' || replace(indexdef, ' ON ' || schemaname || '.', ' on ') from pg_indexes
                     where schemaname = current_schema() and tablename = :table order by indexname
                    """, table);
            lines(
                    text,
                    "select '  as ' || regexp_replace(definition, '\\s+', ' ', 'g') from pg_views where viewname = :table",
                    table);
            text.append('\n');
        }
        Golden.compare("schema.sql", text.toString());
    }

    private void lines(StringBuilder text, String sql, String table) {
        jdbc.sql(sql)
                .param("table", table)
                .query(String.class)
                .list()
                .forEach(line -> text.append(line).append('\n'));
    }

    private List<String> names(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }
}

package org.gonghui.member;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All that is recorded of members, row by row, so that two moments can be compared. The trail and the merges are left out. */
record Recorded(Map<String, List<String>> tables) {

    private static final List<String> WHOLE =
            List.of("member", "member_membership", "member_before", "member_employment_change");
    private static final List<String> COUNTERS = List.of("member_month", "member_street_month");

    static Recorded of(JdbcClient jdbc) {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        for (String table : WHOLE) {
            tables.put(table, rows(jdbc, "select cast(each as text) from %s each order by 1".formatted(table)));
        }
        for (String table : COUNTERS) { // a row of nothing but zeros says the same as none
            tables.put(table, rows(jdbc, """
                            select cast(each as text) from %s each
                             where opening <> 0 or joined <> 0 or rejoined <> 0 or transferred_in <> 0
                                or transferred_out <> 0 or left_union <> 0 or retired <> 0 or died <> 0
                                or merged_in <> 0 or merged_out <> 0 or doubled <> 0 or separated <> 0
                                or new_form_change <> 0
                             order by 1
                            """.formatted(table)));
        }
        return new Recorded(tables);
    }

    private static List<String> rows(JdbcClient jdbc, String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }
}

package org.gonghui.measure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;
import org.gonghui.database.Within;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionPath;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class CounterStore {

    /** One node's changes in one month; everything before the year is gathered in the month before its first. */
    record MonthRow(String path, YearMonth month, long[] values) {}

    private static final int PART = 6;
    private static final int STREET_LEVEL = 3;

    private final JdbcClient jdbc;

    CounterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<MonthRow> months(
            UnionPath path, int levelsDown, int year, LocalDate today, List<Measure> measures, Reach reach) {
        int depth = path.depth() + levelsDown;
        // Rows at street level add up to every node at or above it; below it only the base unions' own rows are exact.
        String table = measures.getFirst().counters() + (depth <= STREET_LEVEL ? "_street_month" : "_month");
        String sums = measures.stream()
                .map(measure -> "sum(" + measure.expression() + ")")
                .collect(Collectors.joining(", "));
        return jdbc.sql("""
                        select substring(place.path for :length) as node,
                               greatest(counted.month, :before) as from_month,
                               %s
                          from %s counted
                          join org_place place on place.union_id = counted.union_id
                                              and place.valid_from <= :today and (place.valid_to is null or place.valid_to > :today)
                         where place.path >= :low and place.path < :high
                           and length(place.path) >= :length
                           and counted.month < :end
                           and %s
                         group by 1, 2
                        """.formatted(sums, table, Within.reach("place.path")))
                .param("length", depth * PART - 1)
                .param("before", LocalDate.of(year - 1, 12, 1))
                .param("end", LocalDate.of(year + 1, 1, 1))
                .param("today", today)
                .param("low", path.low())
                .param("high", path.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> monthRow(row, measures.size()))
                .list();
    }

    private static MonthRow monthRow(ResultSet row, int measures) throws SQLException {
        long[] values = new long[measures];
        for (int i = 0; i < measures; i++) {
            values[i] = row.getLong(3 + i);
        }
        return new MonthRow(row.getString(1), YearMonth.from(row.getObject(2, LocalDate.class)), values);
    }
}

package org.gonghui.measure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gonghui.database.Within;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The sums of the month counters for any part of the tree. */
@Repository
class CounterStore {

    /** One node's changes in one month; everything before the year is gathered in the month before its first. */
    record MonthRow(String path, YearMonth month, long[] values) {}

    private static final int PART = 6;
    private static final int STREET_LEVEL = 3;

    /** Unions that stood below another street than now: where they stood, and where the rows of today's street were. */
    private static final String ELSEWHERE = """
            with elsewhere as (
                select was.union_id, was.path as there, street_then.path as not_here
                  from org_place was
                  join org_place now on now.union_id = was.union_id and now.valid_to is null
                  join org_place street on street.path = left(now.path, 17) and street.valid_to is null
                                       and not street.estate
                  left join org_place street_then on street_then.union_id = street.union_id and %s
                 where was.valid_from <= :tree and was.valid_to > :tree
                   and left(was.path, 17) is distinct from street_then.path)
            """.formatted(thatDay("street_then"));

    /** Says of a part what goes without saying of the city: only streets have such rows. The planner then begins with them. */
    private static final String STREETS = """
            join org_place street on street.union_id = counted.union_id and street.valid_to is null
                                  and length(street.path) <= 17
            """;

    private final JdbcClient jdbc;

    CounterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Changes by node and month, added up as the tree stood on a day. Rows of street level are kept as the tree stands now:
     * what was counted elsewhere on that day is taken from its base union's own rows and put where it belonged.
     */
    List<MonthRow> months(CounterAnswers.Question question) {
        List<Measure> measures = question.measures();
        boolean byStreet = question.depth() <= STREET_LEVEL;
        String counters = question.counters();
        String sums = IntStream.range(0, measures.size())
                .mapToObj(i -> "sum(value_" + i + ")")
                .collect(Collectors.joining(", "));
        return jdbc.sql("""
                        %s
                        select substring(path for :length) as node, greatest(month, :before) as from_month, %s
                          from (%s) counted
                         where path >= :low and path < :high and month < :end and %s
                         group by 1, 2
                        """.formatted(
                                byStreet ? ELSEWHERE : "",
                                sums,
                                byStreet ? streetRows(question) : rows(counters + "_month", measures, ""),
                                Within.reach("path")))
                .param("length", question.depth() * PART - 1)
                .param("before", LocalDate.of(question.year() - 1, 12, 1))
                .param("end", LocalDate.of(question.year() + 1, 1, 1))
                .param("tree", question.tree())
                .param("low", question.path().low())
                .param("high", question.path().high())
                .param("lows", question.reach().lows())
                .param("highs", question.reach().highs())
                .query((row, number) -> monthRow(row, measures.size()))
                .list();
    }

    /** A table's rows where their unions stood. */
    private static String rows(String table, List<Measure> measures, String more) {
        return "select place.path, month, %s from %s counted join org_place place on place.union_id = counted.union_id and %s %s"
                .formatted(values(measures, ""), table, thatDay("place"), more);
    }

    private static String streetRows(CounterAnswers.Question question) {
        String counters = question.counters();
        List<Measure> measures = question.measures();
        return """
                %1$s
                union all
                select there, month, %2$s from %4$s_month join elsewhere using (union_id)
                union all
                select not_here, month, %3$s from %4$s_month join elsewhere using (union_id) where not_here is not null
                """.formatted(
                rows(counters + "_street_month", measures, question.path().depth() == 1 ? "" : STREETS),
                values(measures, ""),
                values(measures, "-"),
                counters);
    }

    private static String values(List<Measure> measures, String sign) {
        return IntStream.range(0, measures.size())
                .mapToObj(i ->
                        "%s(%s) as value_%d".formatted(sign, measures.get(i).expression(), i))
                .collect(Collectors.joining(", "));
    }

    private static String thatDay(String place) {
        return "%1$s.valid_from <= :tree and (%1$s.valid_to is null or %1$s.valid_to > :tree)".formatted(place);
    }

    private static MonthRow monthRow(ResultSet row, int measures) throws SQLException {
        long[] values = new long[measures];
        for (int i = 0; i < measures; i++) {
            values[i] = row.getLong(3 + i);
        }
        return new MonthRow(row.getString(1), YearMonth.from(row.getObject(2, LocalDate.class)), values);
    }
}

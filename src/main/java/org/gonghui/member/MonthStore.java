package org.gonghui.member;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Recount;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The month counters of members: per base union, and per union at street level, changed with the facts they count. */
@Repository
class MonthStore implements Recount {

    /** The columns of the counters, by the names they have in SQL. */
    enum Column {
        OPENING,
        JOINED,
        JOINED_NEW_FORM,
        REJOINED,
        TRANSFERRED_IN,
        TRANSFERRED_OUT,
        LEFT_UNION,
        RETIRED,
        DIED,
        MERGED_IN,
        MERGED_OUT,
        DOUBLED,
        SEPARATED,
        NEW_FORM_CHANGE;

        private final String sql = name().toLowerCase(Locale.ROOT);
    }

    /** What one fact adds to a column of a union's month. */
    record Change(UnionId union, LocalDate month, Column column, int by) {

        Change undone() {
            return times(-1);
        }

        Change times(int count) {
            return new Change(union, month, column, by * count);
        }
    }

    private record Key(LocalDate month, UUID union) {}

    private record Street(UnionId id, UnionPath path) {}

    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::month).thenComparing(Key::union);
    private static final List<String> COLUMNS =
            Arrays.stream(Column.values()).map(column -> column.sql).toList();

    private static final String LIST = String.join(", ", COLUMNS);
    private static final String SUMS =
            COLUMNS.stream().map(column -> "sum(" + column + ")").collect(Collectors.joining(", "));
    private static final String STREETS = """
             from member_happening happened
             join org_place place on place.union_id = happened.union_id and place.valid_to is null
             join org_place street on street.path = left(place.path, 17) and street.valid_to is null
                                      and not street.estate
            group by month, street.union_id
            """;

    private final JdbcClient jdbc;
    private final Counters counters;

    MonthStore(JdbcClient jdbc, Counters counters) {
        this.jdbc = jdbc;
        this.counters = counters;
    }

    /** Adds to the counters. Rows are always locked in the order of their keys, base unions before streets. */
    void add(List<Change> changes) {
        var streets = new HashMap<UnionId, Street>();
        changes.forEach(change -> {
            Street street = streets.computeIfAbsent(change.union(), this::street);
            counters.changed(Members.COUNTERS, street.path(), change.month());
        });
        addTo("member_month", changes);
        addTo(
                "member_street_month",
                changes.stream()
                        .map(change -> new Change(
                                Objects.requireNonNull(streets.get(change.union()))
                                        .id(),
                                change.month(),
                                change.column(),
                                change.by()))
                        .toList());
    }

    /** Counts everything that was ever counted of a union at another union of street level than before. */
    void regroup(UnionId union, UnionId streetBefore, UnionId streetAfter) {
        String more = COLUMNS.stream()
                .map(column -> "%1$s = member_street_month.%1$s + excluded.%1$s".formatted(column))
                .collect(Collectors.joining(", "));
        String less = COLUMNS.stream()
                .map(column -> "%1$s = member_street_month.%1$s - moved.%1$s".formatted(column))
                .collect(Collectors.joining(", "));
        jdbc.sql("""
                        insert into member_street_month (month, union_id, %1$s)
                        select month, :after, %1$s from member_month where union_id = :union
                        on conflict (month, union_id) do update set %2$s
                        """.formatted(LIST, more))
                .param("union", union.value())
                .param("after", streetAfter.value())
                .update();
        jdbc.sql("""
                        update member_street_month set %s
                          from member_month moved
                         where moved.union_id = :union and moved.month = member_street_month.month
                           and member_street_month.union_id = :before
                        """.formatted(less))
                .param("union", union.value())
                .param("before", streetBefore.value())
                .update();
    }

    private void addTo(String table, List<Change> changes) {
        Map<Key, Map<Column, Integer>> rows = new TreeMap<>(ORDER);
        for (Change change : changes) {
            rows.computeIfAbsent(new Key(change.month(), change.union().value()), key -> new EnumMap<>(Column.class))
                    .merge(change.column(), change.by(), Integer::sum);
        }
        rows.forEach((key, columns) -> addTo(table, key, columns));
    }

    private void addTo(String table, Key key, Map<Column, Integer> columns) {
        List<Column> changed = columns.entrySet().stream()
                .filter(column -> column.getValue() != 0)
                .map(Map.Entry::getKey)
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        String names = changed.stream().map(column -> column.sql).collect(Collectors.joining(", "));
        String values = changed.stream().map(column -> ":" + column.sql).collect(Collectors.joining(", "));
        String sums = changed.stream()
                .map(column -> "%2$s = %1$s.%2$s + excluded.%2$s".formatted(table, column.sql))
                .collect(Collectors.joining(", "));
        var statement = jdbc.sql(
                        "insert into %s (month, union_id, %s) values (:month, :union, %s) on conflict (month, union_id) do update set %s"
                                .formatted(table, names, values, sums))
                .param("month", key.month())
                .param("union", key.union());
        changed.forEach(column -> statement.param(column.sql, columns.get(column)));
        statement.update();
    }

    /** The union at street level in whose figures a union is counted: itself, if it stands at or above that level. */
    private Street street(UnionId union) {
        return jdbc.sql("""
                        select street.union_id, street.path
                          from org_place place
                          join org_place street on street.path = left(place.path, 17) and street.valid_to is null
                                               and not street.estate
                         where place.union_id = :union and place.valid_to is null
                        """)
                .param("union", union.value())
                .query((row, number) -> new Street(
                        new UnionId(row.getObject("union_id", UUID.class)), new UnionPath(row.getString("path"))))
                .single();
    }

    /** Fills the counters of a city that has none from its records. */
    void countFromRecords() {
        counters.allChanged(Members.COUNTERS);
        jdbc.sql(
                        "insert into member_month (month, union_id, %s) select month, union_id, %s from member_happening group by month, union_id"
                                .formatted(LIST, SUMS))
                .update();
        jdbc.sql("insert into member_street_month (month, union_id, %s) select month, street.union_id, %s %s"
                        .formatted(LIST, SUMS, STREETS))
                .update();
    }

    @Override
    public String counters() {
        return Members.COUNTERS;
    }

    @Override
    public List<Recount.Difference> differences() {
        List<Recount.Difference> differences = new ArrayList<>(differences(
                "member_month",
                "select month, union_id, row(%s) from member_happening group by month, union_id".formatted(SUMS)));
        differences.addAll(differences(
                "member_street_month", "select month, street.union_id, row(%s) %s".formatted(SUMS, STREETS)));
        return differences;
    }

    private List<Recount.Difference> differences(String table, String recount) {
        String none = "0,".repeat(COLUMNS.size());
        String zero = "(" + none.substring(0, none.length() - 1) + ")";
        return jdbc.sql("""
                        select coalesce(counted.month, recounted.month) as month,
                               coalesce(counted.union_id, recounted.union_id) as union_id,
                               coalesce(cast(counted.sums as text), '%3$s') as counted,
                               coalesce(cast(recounted.sums as text), '%3$s') as on_record
                          from (select month, union_id, row(%1$s) as sums from %2$s) counted
                          full join (%4$s) recounted (month, union_id, sums)
                            on recounted.month = counted.month and recounted.union_id = counted.union_id
                         where coalesce(cast(counted.sums as text), '%3$s')
                               <> coalesce(cast(recounted.sums as text), '%3$s')
                        """.formatted(LIST, table, zero, recount))
                .query((row, number) -> new Recount.Difference(
                        row.getObject("month", LocalDate.class),
                        new UnionId(row.getObject("union_id", UUID.class)),
                        row.getString("counted"),
                        row.getString("on_record")))
                .list();
    }
}

package org.gonghui.measure;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionPath;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads the month counters that every feature keeps in the same form: one row for a month and a base union, and one for
 * a month and a union at street level. One computation stands behind every page, list and export.
 */
@Service
public class Counters {

    /**
     * The values of some measures for one node and one year.
     *
     * @param byMonth twelve values each, in the order of the measures asked for
     * @param before the stock at the end of the year before; 0 for a flow
     */
    public record Year(List<long[]> byMonth, long[] before) {

        /** The year's value up to and with this month (1 to 12): a sum for a flow, a level for a stock. */
        public long upTo(int measure, Measure.Kind kind, int month) {
            long[] months = byMonth.get(measure);
            if (kind == Measure.Kind.STOCK) {
                return months[month - 1];
            }
            long sum = 0;
            for (int i = 0; i < month; i++) {
                sum += months[i];
            }
            return sum;
        }
    }

    private final CounterStore store;

    Counters(CounterStore store) {
        this.store = store;
    }

    /**
     * The measures of the union at this path and everything below it; zero where the reach does not cover. All measures
     * must belong to the same counters. What came of unions that were dissolved stands with whoever has their records.
     *
     * @param tree the day on whose tree it is added up, not before the end of what is asked for; path and reach are those
     *     of that day
     */
    @Transactional(readOnly = true)
    public Year of(UnionPath path, int year, LocalDate tree, List<Measure> measures, Reach reach) {
        Map<String, Year> one = years(path, 0, year, tree, measures, reach);
        Year found = one.get(path.value());
        return found != null ? found : empty(measures.size());
    }

    /** The same for each node directly below this path, by its path; nodes without a count are left out. */
    @Transactional(readOnly = true)
    public Map<String, Year> below(UnionPath path, int year, LocalDate tree, List<Measure> measures, Reach reach) {
        return years(path, 1, year, tree, measures, reach);
    }

    /** A year in which nothing was counted. */
    public static Year empty(int measures) {
        return new Year(Stream.generate(() -> new long[12]).limit(measures).toList(), new long[measures]);
    }

    private Map<String, Year> years(
            UnionPath path, int levelsDown, int year, LocalDate tree, List<Measure> measures, Reach reach) {
        List<CounterStore.MonthRow> rows = store.months(path, levelsDown, year, tree, measures, reach);
        Map<String, Year> years = new TreeMap<>();
        for (CounterStore.MonthRow row : rows) {
            Year of = years.computeIfAbsent(row.path(), key -> empty(measures.size()));
            for (int i = 0; i < measures.size(); i++) {
                if (row.month().getYear() < year) {
                    of.before()[i] += row.values()[i];
                } else {
                    of.byMonth().get(i)[row.month().getMonthValue() - 1] += row.values()[i];
                }
            }
        }
        years.values().forEach(of -> raiseToLevels(of, measures));
        return years;
    }

    /** The store gives changes by month; a stock's level is what stood before plus the changes so far. */
    private static void raiseToLevels(Year of, List<Measure> measures) {
        for (int i = 0; i < measures.size(); i++) {
            if (measures.get(i).kind() == Measure.Kind.STOCK) {
                long level = of.before()[i];
                long[] months = of.byMonth().get(i);
                for (int m = 0; m < months.length; m++) {
                    level += months[m];
                    months[m] = level;
                }
            } else {
                of.before()[i] = 0;
            }
        }
    }
}

package org.gonghui.measure;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionPath;
import org.springframework.stereotype.Service;

/**
 * Reads the month counters that every feature keeps in the same form: one row for a month and a base union, and one for
 * a month and a union at street level. One computation stands behind every page, list and export.
 */
@Service
public class Counters {

    /**
     * The values of some measures for one node and one year; many may have the same in hand, so nobody changes it.
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

        private void add(Year other) {
            for (int i = 0; i < before.length; i++) {
                before[i] += other.before()[i];
                add(byMonth.get(i), other.byMonth().get(i));
            }
        }

        private static void add(long[] sums, long[] more) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += more[i];
            }
        }
    }

    /** The districts': what changes in one is read again for that one alone. */
    private static final int PART_DEPTH = 2;

    private final CounterStore store;
    private final CounterAnswers answers;

    Counters(CounterStore store, CounterAnswers answers) {
        this.store = store;
        this.answers = answers;
    }

    /**
     * The measures of the union at this path and everything below it; zero where the reach does not cover. All measures
     * must belong to the same counters. What came of unions that were dissolved stands with whoever has their records.
     *
     * @param tree the day on whose tree it is added up, not before the end of what is asked for; path and reach are those
     *     of that day
     */
    public Year of(UnionPath path, int year, LocalDate tree, List<Measure> measures, Reach reach) {
        int depth = Math.max(path.depth(), PART_DEPTH); // the city is added up from parts that the same answer has
        Year whole = empty(measures.size());
        years(path, depth, year, tree, measures, reach).values().forEach(whole::add);
        return whole;
    }

    /**
     * The same for each node directly below this path, by its path; nodes without a count are left out. What the node
     * counts itself stands under its own path.
     */
    public Map<String, Year> below(UnionPath path, int year, LocalDate tree, List<Measure> measures, Reach reach) {
        return below(path, 1, year, tree, measures, reach);
    }

    /** The same for each node so many levels below this path; what is counted higher up stands under its own path. */
    public Map<String, Year> below(
            UnionPath path, int levels, int year, LocalDate tree, List<Measure> measures, Reach reach) {
        return years(path, path.depth() + levels, year, tree, measures, reach);
    }

    /** A year in which nothing was counted. */
    public static Year empty(int measures) {
        return new Year(Stream.generate(() -> new long[12]).limit(measures).toList(), new long[measures]);
    }

    /**
     * Announces that the surrounding transaction changes these counters.
     *
     * @param union where the union stands that is counted
     * @param since the first month of which the figures may be others
     */
    public void changed(String counters, UnionPath union, LocalDate since) {
        answers.changed(counters, union.upTo(PART_DEPTH), since.getYear());
    }

    /** Announces that the surrounding transaction changes all of these counters, or where their unions stand. */
    public void allChanged(String counters) {
        answers.changed(counters, UnionPath.root(), 0);
    }

    /** Announces that the surrounding transaction changes where unions stand: what is counted below which is another matter now. */
    public void unionsMoved() {
        answers.changed(CounterAnswers.ALL, UnionPath.root(), 0);
    }

    private Map<String, Year> years(
            UnionPath path, int depth, int year, LocalDate tree, List<Measure> measures, Reach reach) {
        return answers.to(
                new CounterAnswers.Question(path, depth, year, tree, List.copyOf(measures), reach), this::read);
    }

    private Map<String, Year> read(CounterAnswers.Question question) {
        List<Measure> measures = question.measures();
        int year = question.year();
        Map<String, Year> years = new TreeMap<>();
        for (CounterStore.MonthRow row : store.months(question)) {
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

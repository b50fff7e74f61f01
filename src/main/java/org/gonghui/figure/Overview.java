package org.gonghui.figure;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.stereotype.Service;

/** How one part of the tree stands in a year: its members, who joined, who went, month by month and union by union. */
@Service
class Overview {

    /** The figures of the page, in this order everywhere. */
    static final List<Measure> MEASURES =
            List.of(Members.TOTAL, Members.JOINED, Members.JOINED_NEW_FORM, Members.NEW_FORM, Members.GONE);

    static final int TOTAL = 0;
    static final int JOINED = 1;
    static final int JOINED_NEW_FORM = 2;
    static final int NEW_FORM = 3;
    static final int GONE = 4;

    /**
     * One node's figures for the year up to the last month shown.
     *
     * @param values one a measure
     * @param before the stocks at the end of the year before; 0 for flows
     * @param byMonth twelve values a measure
     */
    record Figures(long[] values, long[] before, List<long[]> byMonth) {

        long of(Measure measure) {
            return values[MEASURES.indexOf(measure)];
        }

        long[] monthsOf(Measure measure) {
            return byMonth.get(MEASURES.indexOf(measure));
        }

        long total() {
            return values[TOTAL];
        }

        long growth() {
            return values[TOTAL] - before[TOTAL];
        }

        long joined() {
            return values[JOINED];
        }

        long joinedNewForm() {
            return values[JOINED_NEW_FORM];
        }

        long newForm() {
            return values[NEW_FORM];
        }

        long gone() {
            return values[GONE];
        }

        /** The total's growth since the end of last year, in hundredths of it; 0 where there was nothing to grow from. */
        double pace() {
            return before[TOTAL] == 0 ? 0 : 100.0 * growth() / before[TOTAL];
        }

        /** What else changed the total: people who came back, transfers, rosters taken over. */
        long otherwise() {
            return growth() - joined() + gone();
        }

        /** What is left of these figures when those of the parts are taken away. */
        Figures without(List<Row> parts) {
            return new Figures(
                    less(
                            values,
                            parts.stream().map(row -> row.figures().values()).toList()),
                    less(
                            before,
                            parts.stream().map(row -> row.figures().before()).toList()),
                    IntStream.range(0, MEASURES.size())
                            .mapToObj(measure -> less(
                                    byMonth.get(measure),
                                    parts.stream()
                                            .map(row -> row.figures().byMonth().get(measure))
                                            .toList()))
                            .toList());
        }

        boolean areZero() {
            return Stream.concat(Stream.of(values, before), byMonth.stream())
                    .flatMapToLong(Arrays::stream)
                    .allMatch(value -> value == 0);
        }

        private static long[] less(long[] whole, List<long[]> parts) {
            long[] rest = whole.clone();
            for (long[] part : parts) {
                for (int i = 0; i < rest.length; i++) {
                    rest[i] -= part[i];
                }
            }
            return rest;
        }
    }

    /** A union below with its figures. */
    record Row(UnionSummary union, Figures figures) {}

    /**
     * The whole answer.
     *
     * @param above the superiors as far up as the actor reaches, the highest first
     * @param tree the tree on which everything is added up
     * @param lastMonth the last month that has begun, 1 to 12; later ones are not due yet
     * @param running true while the year has not ended: its last month is not complete
     * @param lastYear the same months of the year before; nothing when they are not on record
     */
    record Answer(
            UnionSummary union,
            TreeView tree,
            List<UnionSummary> above,
            int year,
            int lastMonth,
            boolean running,
            LocalDate asOf,
            Figures figures,
            Optional<Figures> lastYear,
            List<Row> below) {}

    /** The first year whose months are on record; what came before is opening stock. */
    static final int FIRST_YEAR = 2022;

    /**
     * The months of a year that have begun.
     *
     * @param lastMonth the last of them, 1 to 12
     * @param running true while it is this year: its last month is not complete
     */
    record Span(int year, int lastMonth, boolean running, LocalDate asOf) {}

    private final Counters counters;
    private final Unions unions;
    private final Clock clock;

    Overview(Counters counters, Unions unions, Clock clock) {
        this.counters = counters;
        this.unions = unions;
        this.clock = clock;
    }

    /** The figures of a union that the actor may see, for a year that has begun, on one tree from its first month to its last. */
    Answer of(Actor actor, UnionId id, int year, LocalDate day) {
        TreeView tree = unions.asOf(actor, Right.FIGURE_READ, day);
        UnionSummary union = tree.get(id);
        Span span = span(year);
        int lastMonth = span.lastMonth();
        Figures whole = figures(counters.of(union.path(), year, tree.day(), MEASURES, tree.reach()), lastMonth);
        Optional<Figures> lastYear = year == FIRST_YEAR
                ? Optional.empty()
                : Optional.of(figures(
                                counters.of(union.path(), year - 1, tree.day(), MEASURES, tree.reach()), lastMonth))
                        .filter(figures -> figures.joined() + figures.gone() > 0);
        Map<String, Counters.Year> byPath = union.children() == 0
                ? Map.of()
                : counters.below(union.path(), year, tree.day(), MEASURES, tree.reach());
        List<Row> below = tree.children(union).stream()
                .map(child -> new Row(
                        child,
                        figures(byPath.getOrDefault(child.path().value(), Counters.empty(MEASURES.size())), lastMonth)))
                .toList();
        return new Answer(
                union, tree, tree.above(union), year, lastMonth, span.running(), span.asOf(), whole, lastYear, below);
    }

    /** The day on whose tree a year's figures are added up, as asked: at its end and up to today; without a wish, its end. */
    LocalDate tree(int year, String asked) {
        return unions.treeDay(asked, span(year).asOf());
    }

    /** What has begun of a year. */
    Span span(int year) {
        LocalDate today = LocalDate.now(clock);
        boolean running = year == today.getYear();
        return new Span(
                year,
                year < today.getYear() ? 12 : today.getMonthValue(),
                running,
                running ? today : LocalDate.of(year, 12, 31));
    }

    /** The years on record, the latest first. */
    List<Integer> years() {
        return IntStream.iterate(LocalDate.now(clock).getYear(), year -> year >= FIRST_YEAR, year -> year - 1)
                .boxed()
                .toList();
    }

    private static Figures figures(Counters.Year year, int lastMonth) {
        long[] values = new long[MEASURES.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = year.upTo(i, MEASURES.get(i).kind(), lastMonth);
        }
        return new Figures(values, year.before(), year.byMonth());
    }
}

package org.gonghui.figure;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;
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
    static final List<Measure> MEASURES = List.of(
            Members.TOTAL,
            Members.JOINED,
            Members.JOINED_NEW_FORM,
            Members.NEW_FORM,
            Members.GONE,
            Members.TRANSFERRED_IN,
            Members.TRANSFERRED_OUT);

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
     * @param hidden the measures whose values the reader may not know; they are 0 here
     * @param hiddenMonths the measures whose months the reader may not know
     * @param hidesBefore true when the reader may not know what stood before
     */
    record Figures(
            long[] values,
            long[] before,
            List<long[]> byMonth,
            Set<Measure> hidden,
            Set<Measure> hiddenMonths,
            boolean hidesBefore) {

        /** True when the reader may not read the people, and sees what does not point at few of them. */
        boolean areGuarded() {
            return !hidden.isEmpty();
        }

        boolean hides(Measure measure) {
            return hidden.contains(measure);
        }

        boolean hidesMonths(Measure measure) {
            return hiddenMonths.contains(measure);
        }

        boolean hidesGrowth() {
            return hidesBefore || hides(Members.TOTAL);
        }

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

        /** What is left of these figures when those of the parts are taken away; hidden as soon as one part's is. */
        Figures without(List<Row> parts) {
            Set<Measure> unknown = parts.stream()
                    .flatMap(row -> row.figures().hidden().stream())
                    .collect(Collectors.toCollection(() -> new HashSet<>(hidden)));
            Set<Measure> unknownMonths = parts.stream()
                    .flatMap(row -> row.figures().hiddenMonths().stream())
                    .collect(Collectors.toCollection(() -> new HashSet<>(hiddenMonths)));
            long[] left = less(
                    values, parts.stream().map(row -> row.figures().values()).toList());
            unknown.forEach(measure -> left[MEASURES.indexOf(measure)] = 0);
            return new Figures(
                    left,
                    less(
                            before,
                            parts.stream().map(row -> row.figures().before()).toList()),
                    MEASURES.stream()
                            .map(measure -> unknownMonths.contains(measure)
                                    ? new long[12]
                                    : less(
                                            monthsOf(measure),
                                            parts.stream()
                                                    .map(row -> row.figures().monthsOf(measure))
                                                    .toList()))
                            .toList(),
                    unknown,
                    unknownMonths,
                    hidesBefore);
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

    private final KnownFigures known;
    private final Unions unions;
    private final Clock clock;

    Overview(KnownFigures known, Unions unions, Clock clock) {
        this.known = known;
        this.unions = unions;
        this.clock = clock;
    }

    /** The figures of a union that the actor may see, for a year that has begun, on one tree from its first month to its last. */
    Answer of(Actor actor, UnionId id, int year, LocalDate day) {
        TreeView tree = known.tree(actor, id, day);
        UnionSummary union = tree.get(id);
        Span span = span(year);
        int lastMonth = span.lastMonth();
        Figures whole = figures(known.of(actor, tree, union, year, MEASURES), lastMonth);
        Optional<Figures> lastYear = year == FIRST_YEAR
                ? Optional.empty()
                : Optional.of(figures(known.of(actor, tree, union, year - 1, MEASURES), lastMonth))
                        .filter(figures -> figures.joined() + figures.gone() > 0);
        Map<String, KnownFigures.Counted> byPath =
                union.children() == 0 ? Map.of() : known.below(actor, tree, union, 1, year, MEASURES);
        Figures nothing = figures(known.nothing(year, MEASURES), lastMonth);
        List<Row> below = tree.children(union).stream()
                .map(child -> new Row(
                        child,
                        Optional.ofNullable(byPath.get(child.path().value()))
                                .map(counted -> figures(counted, lastMonth))
                                .orElse(nothing)))
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

    private static Figures figures(KnownFigures.Counted counted, int lastMonth) {
        return new Figures(
                MEASURES.stream()
                        .mapToLong(measure -> counted.upTo(measure, lastMonth))
                        .toArray(),
                counted.before(),
                counted.byMonth(),
                MEASURES.stream()
                        .filter(measure -> counted.hidesUpTo(measure, lastMonth))
                        .collect(Collectors.toSet()),
                MEASURES.stream().filter(counted.hiddenMonths()::contains).collect(Collectors.toSet()),
                counted.hidesBefore());
    }
}

package org.gonghui.figure;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
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

    /** What is told of the end of the year before. */
    private static final List<Measure> STOOD = List.of(Members.TOTAL);

    /**
     * One node's figures for the year up to the last month shown.
     *
     * @param counted what is counted of the measures of the page
     */
    record Figures(KnownFigures.Counted counted) {

        /** True when the reader may not read the people, and sees what does not point at few of them. */
        boolean areGuarded() {
            return !counted.hidden().isEmpty();
        }

        boolean hides(Measure measure) {
            return counted.hidden().contains(measure);
        }

        boolean hidesMonths(Measure measure) {
            return counted.hiddenMonths().contains(measure);
        }

        boolean hidesBefore() {
            return counted.hidesBefore();
        }

        boolean hidesGrowth() {
            return hidesBefore() || hides(Members.TOTAL);
        }

        long of(Measure measure) {
            return counted.value(measure);
        }

        long[] monthsOf(Measure measure) {
            return counted.months(measure);
        }

        long total() {
            return of(Members.TOTAL);
        }

        /** The total at the end of the year before. */
        long totalBefore() {
            return counted.before()[MEASURES.indexOf(Members.TOTAL)];
        }

        /** 0 where it is not to be known. */
        long growth() {
            return hidesGrowth() ? 0 : total() - totalBefore();
        }

        long joined() {
            return of(Members.JOINED);
        }

        long joinedNewForm() {
            return of(Members.JOINED_NEW_FORM);
        }

        long newForm() {
            return of(Members.NEW_FORM);
        }

        long gone() {
            return of(Members.GONE);
        }

        /** The total's growth since the end of last year, in hundredths of it; 0 where there was nothing to grow from. */
        double pace() {
            return totalBefore() == 0 ? 0 : 100.0 * growth() / totalBefore();
        }

        /** What else changed the total: people who came back, transfers, rosters taken over. */
        long otherwise() {
            return growth() - joined() + gone();
        }

        /** What is left of these figures when those of the parts are taken away; hidden as soon as one part's is. */
        Figures without(List<Row> parts) {
            return new Figures(counted.without(
                    parts.stream().map(row -> row.figures().counted()).toList()));
        }

        boolean areZero() {
            return counted.isZero();
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
        KnownFigures.Counted counted = known.of(actor, tree, union, year, MEASURES);
        // Whoever may not read the people knows of last year what its own page says, and grows by that.
        boolean beside = !counted.hidden().isEmpty() && year > Members.FIRST_YEAR;
        var whole = new Figures(beside ? counted.after(known.of(actor, tree, union, year - 1, STOOD)) : counted);
        Optional<Figures> lastYear = year == Members.FIRST_YEAR
                ? Optional.empty()
                : Optional.of(new Figures(
                                known.of(actor, tree, union, year - 1, MEASURES).until(lastMonth)))
                        .filter(figures -> figures.joined() + figures.gone() > 0);
        Map<String, KnownFigures.Counted> byPath =
                union.children() == 0 ? Map.of() : known.below(actor, tree, union, 1, year, MEASURES);
        Map<String, KnownFigures.Counted> before =
                union.children() > 0 && beside ? known.below(actor, tree, union, 1, year - 1, STOOD) : Map.of();
        KnownFigures.Counted nothing = known.nothing(year, MEASURES);
        List<Row> below = tree.children(union).stream()
                .map(child -> {
                    String path = child.path().value();
                    KnownFigures.Counted own = byPath.getOrDefault(path, nothing);
                    return new Row(
                            child,
                            new Figures(
                                    beside && own.hidesBefore() && before.containsKey(path)
                                            ? own.after(before.get(path))
                                            : own));
                })
                .toList();
        return new Answer(
                union, tree, tree.above(union), year, lastMonth, span.running(), span.asOf(), whole, lastYear, below);
    }

    /** The day on whose tree a year's figures are added up, as asked: at its end and up to today; without a wish, its end. */
    LocalDate tree(int year, String asked) {
        return unions.treeDay(asked, span(year).asOf());
    }

    /** A year on record as it was asked for; without a wish, this year. */
    int year(@Nullable String asked) {
        var input = new Input();
        int year = input.yearWithin(
                "year", asked, Members.FIRST_YEAR, LocalDate.now(clock).getYear());
        input.check();
        return year;
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
        return IntStream.iterate(LocalDate.now(clock).getYear(), year -> year >= Members.FIRST_YEAR, year -> year - 1)
                .boxed()
                .toList();
    }
}

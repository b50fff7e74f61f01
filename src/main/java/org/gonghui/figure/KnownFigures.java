package org.gonghui.figure;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The one door to what is counted, for every page, file and program. Whoever may read the people of a union reads its
 * figures as they are. For whoever may read figures only, what points at a few people is taken out here, so that nothing
 * behind this door can tell it any more. Why so: decision 14.
 */
@Service
class KnownFigures {

    /**
     * What is counted of a union in a year, as far as the reader may know it: what is hidden is 0.
     *
     * @param lastMonth the last month that has begun, 1 to 12
     * @param values of the year up to that month: sums of flows, levels of stocks
     * @param before the stocks at the end of the year before; 0 for flows
     * @param byMonth twelve values a measure
     * @param hidden the measures whose values are not shown
     * @param hiddenMonths the measures whose months are not shown
     * @param hidesBefore true when what stood before is not shown
     */
    record Counted(
            List<Measure> measures,
            int lastMonth,
            long[] values,
            long[] before,
            List<long[]> byMonth,
            Set<Measure> hidden,
            Set<Measure> hiddenMonths,
            boolean hidesBefore) {

        long value(Measure measure) {
            return values[measures.indexOf(measure)];
        }

        long[] months(Measure measure) {
            return byMonth.get(measures.indexOf(measure));
        }

        /** The value of the months up to this one; 0 when it is hidden. */
        long upTo(Measure measure, int month) {
            int at = measures.indexOf(measure);
            return month == lastMonth ? values[at] : new Counters.Year(byMonth, before).upTo(at, measure.kind(), month);
        }

        boolean hidesUpTo(Measure measure, int month) {
            return (month == lastMonth ? hidden : hiddenMonths).contains(measure);
        }

        /** The same year as it stood at the end of an earlier month. */
        Counted until(int month) {
            return month == lastMonth
                    ? this
                    : new Counted(
                            measures,
                            month,
                            measures.stream()
                                    .mapToLong(measure -> upTo(measure, month))
                                    .toArray(),
                            before,
                            byMonth,
                            hiddenMonths,
                            hiddenMonths,
                            hidesBefore);
        }

        /** The same with what stood at the end of the year before as that year's own figures tell it, or hide it. */
        Counted after(Counted earlier) {
            return new Counted(
                    measures,
                    lastMonth,
                    values,
                    measures.stream()
                            .mapToLong(measure -> earlier.measures().contains(measure) ? earlier.value(measure) : 0)
                            .toArray(),
                    byMonth,
                    hidden,
                    hiddenMonths,
                    earlier.measures().stream().anyMatch(earlier.hidden()::contains));
        }

        /** What is left of it when parts are taken away; hidden as soon as one part's is. */
        Counted without(List<Counted> parts) {
            Set<Measure> unknown = new HashSet<>(hidden);
            Set<Measure> unknownMonths = new HashSet<>(hiddenMonths);
            boolean unknownBefore = hidesBefore || parts.stream().anyMatch(Counted::hidesBefore);
            long[] left = values.clone();
            long[] leftBefore = before.clone();
            List<long[]> leftByMonth = byMonth.stream().map(long[]::clone).toList();
            for (Counted part : parts) {
                unknown.addAll(part.hidden());
                unknownMonths.addAll(part.hiddenMonths());
                take(left, part.values());
                take(leftBefore, part.before());
                for (int i = 0; i < leftByMonth.size(); i++) {
                    take(leftByMonth.get(i), part.byMonth().get(i));
                }
            }
            if (unknownBefore) {
                Arrays.fill(leftBefore, 0);
            }
            for (int i = 0; i < measures.size(); i++) {
                if (unknown.contains(measures.get(i))) {
                    left[i] = 0;
                }
                if (unknownMonths.contains(measures.get(i))) {
                    Arrays.fill(leftByMonth.get(i), 0);
                }
            }
            return new Counted(
                    measures, lastMonth, left, leftBefore, leftByMonth, unknown, unknownMonths, unknownBefore);
        }

        private static void take(long[] from, long[] part) {
            for (int i = 0; i < from.length; i++) {
                from[i] -= part[i];
            }
        }

        boolean isZero() {
            return Stream.concat(Stream.of(values, before), byMonth.stream())
                    .flatMapToLong(Arrays::stream)
                    .allMatch(value -> value == 0);
        }

        /** By value, numbers and all: what was written of figures may be shown again as long as they are the same. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Counted that
                    && lastMonth == that.lastMonth
                    && hidesBefore == that.hidesBefore
                    && Arrays.equals(values, that.values)
                    && Arrays.equals(before, that.before)
                    && Arrays.deepEquals(byMonth.toArray(), that.byMonth.toArray())
                    && hidden.equals(that.hidden)
                    && hiddenMonths.equals(that.hiddenMonths)
                    && measures.equals(that.measures);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    private static final List<Measure> ALL = Disclosure.ALL;
    private static final int STREET_LEVEL = 3;

    private final Counters counters;
    private final Unions unions;
    private final Clock clock;

    KnownFigures(Counters counters, Unions unions, Clock clock) {
        this.counters = counters;
        this.unions = unions;
        this.clock = clock;
    }

    /**
     * The tree of a day, to add up a union's figures on. For whoever may not read its people it is today's, for two trees
     * would tell what a union counts that has moved.
     */
    TreeView tree(Actor actor, UnionId union, LocalDate day) {
        LocalDate now = LocalDate.now(clock);
        TreeView today = unions.asOf(actor, Right.FIGURE_READ, now);
        TreeView then = unions.asOf(actor, Right.FIGURE_READ, day);
        boolean open = Stream.of(today, then)
                .filter(tree -> tree.find(union).isPresent()) // one that has ended is of the earlier tree alone
                .allMatch(tree -> unions.asOf(actor, Right.MEMBER_READ, tree.day())
                        .find(union)
                        .isPresent());
        return open ? then : today;
    }

    /** The measures of a union in a year. */
    Counted of(Actor actor, TreeView tree, UnionSummary union, int year, List<Measure> measures) {
        var reading = new Reading(tree, lists(actor, tree), year);
        return reading.lists.covers(union.path())
                ? open(reading.of(union, measures, tree.reach()), year, measures)
                : shown(reading.of(union, ALL, tree.reach()), year, measures, reading.hidden(union));
    }

    /** The same for each union so many levels below, by its path; an open union without a count is left out. */
    Map<String, Counted> below(
            Actor actor, TreeView tree, UnionSummary union, int levels, int year, List<Measure> measures) {
        var reading = new Reading(tree, lists(actor, tree), year);
        Map<String, Counted> below = new HashMap<>();
        if (reading.lists.covers(union.path())) {
            counters.below(union.path(), levels, year, tree.day(), measures, tree.reach())
                    .forEach((path, counted) -> below.put(path, open(counted, year, measures)));
            return below;
        }
        Map<String, Counters.Year> counted = counters.below(union.path(), levels, year, tree.day(), ALL, tree.reach());
        reading.hiddenBelow(union, levels)
                .forEach((path, hidden) -> below.put(
                        path, shown(counted.getOrDefault(path, Counters.empty(ALL.size())), year, measures, hidden)));
        return below;
    }

    /** The measures of a union in a year that count nobody whom a figure could point at: nothing of them is hidden. */
    Counted ofNobody(TreeView tree, UnionSummary union, int year, List<Measure> measures) {
        return open(counters.of(union.path(), year, tree.day(), measures, tree.reach()), year, measures);
    }

    /** What stands for an open union without a count. */
    Counted nothing(int year, List<Measure> measures) {
        return open(Counters.empty(measures.size()), year, measures);
    }

    /** The parts of a tree whose people the actor may read. */
    private Reach lists(Actor actor, TreeView tree) {
        return unions.asOf(actor, Right.MEMBER_READ, tree.day()).reach();
    }

    private Counted open(Counters.Year counted, int year, List<Measure> measures) {
        int lastMonth = lastMonth(year);
        long[] values = IntStream.range(0, measures.size())
                .mapToLong(i -> counted.upTo(i, measures.get(i).kind(), lastMonth))
                .toArray();
        return new Counted(measures, lastMonth, values, counted.before(), counted.byMonth(), Set.of(), Set.of(), false);
    }

    /** What is left of everything that is counted when the hidden is taken out. */
    private Counted shown(Counters.Year counted, int year, List<Measure> measures, Disclosure.Hidden hidden) {
        Counted all = open(counted, year, ALL);
        return new Counted(
                measures,
                all.lastMonth(),
                measures.stream()
                        .mapToLong(measure -> hidden.values().contains(measure) ? 0 : all.value(measure))
                        .toArray(),
                new long[measures.size()],
                measures.stream()
                        .map(measure -> hidden.months().contains(measure) ? new long[12] : all.months(measure))
                        .toList(),
                hidden.values(),
                hidden.months(),
                true);
    }

    private int lastMonth(int year) {
        LocalDate today = LocalDate.now(clock);
        return year < today.getYear() ? 12 : today.getMonthValue();
    }

    /** The figures of one tree since a year, read for somebody who may read the people of some parts only. */
    private final class Reading {

        private final TreeView tree;
        private final Reach lists;
        private final int year;
        private final Disclosure disclosure;
        private final List<Disclosure.Hidden> open;

        Reading(TreeView tree, Reach lists, int year) {
            this.tree = tree;
            this.lists = lists;
            this.year = year;
            LocalDate today = LocalDate.now(clock);
            disclosure = new Disclosure(today.getMonthValue());
            open = years(any -> Disclosure.Hidden.nothing());
        }

        private <T> List<T> years(IntFunction<T> of) {
            // The year before tells what follows from the year's own figures; later years tell what was before.
            return IntStream.rangeClosed(year - 1, LocalDate.now(clock).getYear())
                    .mapToObj(of)
                    .toList();
        }

        private Counters.Year of(UnionSummary union, List<Measure> measures, Reach reach) {
            return counters.of(union.path(), year, tree.day(), measures, reach);
        }

        /** What is hidden of a union in the year. */
        private Disclosure.Hidden hidden(UnionSummary union) {
            return way(union).get(1);
        }

        /** The same for each union so many levels below one, by its path. */
        private Map<String, Disclosure.Hidden> hiddenBelow(UnionSummary union, int levels) {
            Map<String, Disclosure.Hidden> hidden = new HashMap<>();
            below(union, way(union), levels).forEach((path, years) -> hidden.put(path, years.get(1)));
            return hidden;
        }

        /** What is hidden of a union year by year: decided from the highest that the reader sees down to it. */
        private List<Disclosure.Hidden> way(UnionSummary union) {
            List<UnionSummary> way = new ArrayList<>(tree.above(union));
            way.add(union);
            UnionSummary top = way.getFirst();
            List<Disclosure.Hidden> hidden = disclosure
                    .decide(List.of(closed(top)), 1, showsMonths(top) ? 1 : 0, open)
                    .getFirst();
            for (int i = 1; i < way.size(); i++) {
                hidden = Objects.requireNonNull(
                        below(way.get(i - 1), hidden, 1).get(way.get(i).path().value()));
            }
            return hidden;
        }

        private Map<String, List<Disclosure.Hidden>> below(
                UnionSummary union, List<Disclosure.Hidden> above, int levels) {
            List<UnionSummary> children = tree.children(union);
            List<UnionSummary> guarded = children.stream()
                    .filter(child -> !lists.covers(child.path()))
                    .sorted(Comparator.comparing(KnownFigures::showsMonths, Comparator.reverseOrder()))
                    .toList();
            int withMonths =
                    (int) guarded.stream().filter(KnownFigures::showsMonths).count();
            List<List<Disclosure.Hidden>> decided =
                    disclosure.decide(closedBelow(union, guarded), guarded.size(), withMonths, above);
            Map<String, List<Disclosure.Hidden>> hidden = new HashMap<>();
            children.forEach(child -> hidden.put(child.path().value(), open));
            IntStream.range(0, guarded.size())
                    .forEach(i -> hidden.put(guarded.get(i).path().value(), decided.get(i)));
            if (levels == 1) {
                return hidden;
            }
            Map<String, List<Disclosure.Hidden>> further = new HashMap<>();
            for (UnionSummary child : children) {
                further.putAll(below(
                        child, Objects.requireNonNull(hidden.get(child.path().value())), levels - 1));
            }
            return further;
        }

        /** What a union counts outside the parts whose people the reader may read: only that can be hidden. */
        private List<Counters.Year> closed(UnionSummary union) {
            return years(each -> less(
                    counters.of(union.path(), each, tree.day(), ALL, tree.reach()),
                    counters.of(union.path(), each, tree.day(), ALL, lists)));
        }

        /** The same for each union below, and last for what the union counts that none of them does. */
        private List<List<Counters.Year>> closedBelow(UnionSummary union, List<UnionSummary> children) {
            List<Map<String, Counters.Year>> all =
                    years(each -> counters.below(union.path(), each, tree.day(), ALL, tree.reach()));
            List<Map<String, Counters.Year>> known =
                    years(each -> counters.below(union.path(), each, tree.day(), ALL, lists));
            Counters.Year none = Counters.empty(ALL.size());
            List<List<Counters.Year>> closed = new ArrayList<>();
            List<Counters.Year> rest = closed(union);
            for (UnionSummary child : children) {
                String path = child.path().value();
                List<Counters.Year> own = IntStream.range(0, all.size())
                        .mapToObj(i -> less(
                                all.get(i).getOrDefault(path, none),
                                known.get(i).getOrDefault(path, none)))
                        .toList();
                List<Counters.Year> left = rest;
                rest = IntStream.range(0, own.size())
                        .mapToObj(i -> less(left.get(i), own.get(i)))
                        .toList();
                closed.add(own);
            }
            closed.add(rest);
            return closed;
        }
    }

    /** Months are shown of whole streets and what stands above them; below, one month is nearly always one person. */
    private static boolean showsMonths(UnionSummary union) {
        return union.path().depth() <= STREET_LEVEL && !union.kind().isBase();
    }

    private static Counters.Year less(Counters.Year whole, Counters.Year part) {
        return new Counters.Year(
                IntStream.range(0, ALL.size())
                        .mapToObj(
                                i -> less(whole.byMonth().get(i), part.byMonth().get(i)))
                        .toList(),
                less(whole.before(), part.before()));
    }

    private static long[] less(long[] whole, long[] part) {
        return IntStream.range(0, whole.length)
                .mapToLong(i -> whole[i] - part[i])
                .toArray();
    }
}

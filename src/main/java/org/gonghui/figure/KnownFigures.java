package org.gonghui.figure;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
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

    /** A kind of what another measure counts: those of the other kind are not pointed at either. */
    private record Kind(Measure measure, Measure of) {}

    /**
     * Measures that are shown or hidden together, by their size.
     *
     * @param kinds those by whose size they go too
     * @param without if present, the kinds matter only where this counts nobody
     */
    private record Together(List<Measure> measures, List<Kind> kinds, Optional<Measure> without) {

        private boolean isAmong(Set<Measure> hidden) {
            return measures.stream().anyMatch(hidden::contains)
                    || kinds.stream().map(Kind::of).anyMatch(hidden::contains);
        }

        /** Every number that decides. */
        private long[] cell(Function<Measure, long[]> numbers) {
            Stream<long[]> sizes = kinds.stream()
                    .flatMap(kind -> Stream.of(
                            numbers.apply(kind.measure()),
                            less(numbers.apply(kind.of()), numbers.apply(kind.measure()))))
                    .map(size -> without.map(numbers)
                            .map(nobody -> each(size, nobody, (number, gone) -> gone == 0 ? number : 0))
                            .orElse(size));
            return Stream.concat(measures.stream().map(numbers), sizes)
                    .flatMapToLong(Arrays::stream)
                    .toArray();
        }
    }

    /** The measures that are not shown of a union, and those whose months are not. */
    private record Hidden(Set<Measure> years, Set<Measure> months) {

        Hidden() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    private static final List<Measure> ALL = Members.MEASURES;

    private static final Kind NEW_FORM = new Kind(Members.NEW_FORM, Members.TOTAL);
    private static final Kind JOINED_NEW_FORM = new Kind(Members.JOINED_NEW_FORM, Members.JOINED);

    /**
     * Wholes before their kinds. The members before and after tell who joined less who left: one of the two is never shown
     * without the other, and where nobody left they tell each kind of who joined. What else is counted, causes and
     * transfers, is not shown at all.
     */
    private static final List<Together> SIZED = List.of(
            new Together(List.of(Members.TOTAL), List.of(), Optional.empty()),
            new Together(List.of(Members.NEW_FORM), List.of(NEW_FORM), Optional.empty()),
            new Together(List.of(Members.JOINED, Members.GONE), List.of(JOINED_NEW_FORM), Optional.of(Members.GONE)),
            new Together(List.of(Members.JOINED_NEW_FORM), List.of(JOINED_NEW_FORM), Optional.empty()));

    private static final List<Measure> NEVER = ALL.stream()
            .filter(measure ->
                    SIZED.stream().noneMatch(together -> together.measures().contains(measure)))
            .toList();

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
        TreeView today = unions.asOf(actor, Right.FIGURE_READ, LocalDate.now(clock));
        boolean open = today.find(union)
                .map(of -> actor.reach(Right.MEMBER_READ).covers(of.path()))
                // one that has ended is of the earlier tree alone
                .orElseGet(() ->
                        unions.asOf(actor, Right.MEMBER_READ, day).find(union).isPresent());
        return open ? unions.asOf(actor, Right.FIGURE_READ, day) : today;
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
        reading.hiddenBelow(union, reading.hidden(union), levels)
                .forEach((path, hidden) -> below.put(
                        path, shown(counted.getOrDefault(path, Counters.empty(ALL.size())), year, measures, hidden)));
        return below;
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
    private Counted shown(Counters.Year counted, int year, List<Measure> measures, Hidden hidden) {
        Counted all = open(counted, year, ALL);
        return new Counted(
                measures,
                all.lastMonth(),
                measures.stream()
                        .mapToLong(measure -> hidden.years().contains(measure) ? 0 : all.value(measure))
                        .toArray(),
                new long[measures.size()],
                measures.stream()
                        .map(measure -> hidden.months().contains(measure) ? new long[12] : all.months(measure))
                        .toList(),
                hidden.years(),
                hidden.months(),
                true);
    }

    private int lastMonth(int year) {
        LocalDate today = LocalDate.now(clock);
        return year < today.getYear() ? 12 : today.getMonthValue();
    }

    /** One year's figures on one tree, read for somebody who may read the people of some parts only. */
    private final class Reading {

        private final TreeView tree;
        private final Reach lists;
        private final int year;

        Reading(TreeView tree, Reach lists, int year) {
            this.tree = tree;
            this.lists = lists;
            this.year = year;
        }

        private Counters.Year of(UnionSummary union, List<Measure> measures, Reach reach) {
            return counters.of(union.path(), year, tree.day(), measures, reach);
        }

        /** What is hidden of a union: decided from the highest that the reader sees down to it. */
        private Hidden hidden(UnionSummary union) {
            List<UnionSummary> way = new ArrayList<>(tree.above(union));
            way.add(union);
            Hidden hidden = decide(List.of(closed(way.getFirst())), List.of(way.getFirst()), new Hidden())
                    .getFirst();
            for (int i = 1; i < way.size(); i++) {
                hidden = Objects.requireNonNull(hiddenBelow(way.get(i - 1), hidden, 1)
                        .get(way.get(i).path().value()));
            }
            return hidden;
        }

        /** What is hidden of each union so many levels below one, by its path. */
        private Map<String, Hidden> hiddenBelow(UnionSummary union, Hidden above, int levels) {
            List<UnionSummary> children = tree.children(union).stream()
                    .sorted(Comparator.comparing(KnownFigures::showsMonths, Comparator.reverseOrder()))
                    .toList();
            List<UnionSummary> guarded = children.stream()
                    .filter(child -> !lists.covers(child.path()))
                    .toList();
            List<Hidden> decided = decide(closedBelow(union, guarded), guarded, above);
            Map<String, Hidden> hidden = new HashMap<>();
            children.forEach(child -> hidden.put(child.path().value(), new Hidden()));
            IntStream.range(0, guarded.size())
                    .forEach(i -> hidden.put(guarded.get(i).path().value(), decided.get(i)));
            if (levels == 1) {
                return hidden;
            }
            Map<String, Hidden> further = new HashMap<>();
            for (UnionSummary child : children) {
                further.putAll(hiddenBelow(
                        child, Objects.requireNonNull(hidden.get(child.path().value())), levels - 1));
            }
            return further;
        }

        /** What a union counts outside the parts whose people the reader may read: only that can be hidden. */
        private Counters.Year closed(UnionSummary union) {
            return less(of(union, ALL, tree.reach()), of(union, ALL, lists));
        }

        /** The same for each union below, and last for what the union counts that none of them does. */
        private List<Counters.Year> closedBelow(UnionSummary union, List<UnionSummary> children) {
            Counters.Year none = Counters.empty(ALL.size());
            Map<String, Counters.Year> all = counters.below(union.path(), year, tree.day(), ALL, tree.reach());
            Map<String, Counters.Year> open = counters.below(union.path(), year, tree.day(), ALL, lists);
            List<Counters.Year> closed = new ArrayList<>();
            Counters.Year rest = closed(union);
            for (UnionSummary child : children) {
                String path = child.path().value();
                Counters.Year own = less(all.getOrDefault(path, none), open.getOrDefault(path, none));
                closed.add(own);
                rest = less(rest, own);
            }
            closed.add(rest);
            return closed;
        }

        /**
         * What is hidden of some unions that are shown together.
         *
         * @param cells what each counts; one more than unions for what none of them counts
         * @param of those that have months first
         * @param above what is hidden of the whole: of its parts it is hidden too
         */
        private List<Hidden> decide(List<Counters.Year> cells, List<UnionSummary> of, Hidden above) {
            int lastMonth = lastMonth(year);
            int withMonths = (int) of.stream().filter(KnownFigures::showsMonths).count();
            List<Counters.Year> monthly = new ArrayList<>(cells.subList(0, withMonths));
            cells.subList(withMonths, cells.size()).stream()
                    .reduce(KnownFigures::plus)
                    .ifPresent(monthly::add);
            List<Hidden> hidden = of.stream().map(union -> new Hidden()).toList();
            for (Together together : SIZED) {
                BitSet years = SmallCounts.hidden(
                        cells.stream()
                                .map(cell -> together.cell(each -> new long[] {upTo(cell, each, lastMonth)}))
                                .toList(),
                        of.size(),
                        where(
                                of,
                                i -> together.isAmong(above.years())
                                        || together.isAmong(hidden.get(i).years())));
                BitSet months = SmallCounts.hidden(
                        monthly.stream()
                                .map(cell -> together.cell(each -> Arrays.copyOf(months(cell, each), lastMonth)))
                                .toList(),
                        withMonths,
                        where(
                                of.subList(0, withMonths),
                                i -> years.get(i)
                                        || together.isAmong(above.months())
                                        || together.isAmong(hidden.get(i).months())));
                for (int i = 0; i < of.size(); i++) {
                    if (years.get(i)) {
                        hidden.get(i).years().addAll(together.measures());
                    }
                    if (i >= withMonths || months.get(i)) {
                        hidden.get(i).months().addAll(together.measures());
                    }
                }
            }
            hidden.forEach(each -> {
                each.years().addAll(NEVER);
                each.months().addAll(NEVER);
            });
            return hidden;
        }
    }

    private static BitSet where(List<?> cells, IntPredicate condition) {
        var where = new BitSet();
        IntStream.range(0, cells.size()).filter(condition).forEach(where::set);
        return where;
    }

    /** Months are shown of whole streets and what stands above them; below, one month is nearly always one person. */
    private static boolean showsMonths(UnionSummary union) {
        return union.path().depth() <= STREET_LEVEL && !union.kind().isBase();
    }

    private static long upTo(Counters.Year counted, Measure measure, int month) {
        return counted.upTo(ALL.indexOf(measure), measure.kind(), month);
    }

    private static long[] months(Counters.Year counted, Measure measure) {
        return counted.byMonth().get(ALL.indexOf(measure));
    }

    private static Counters.Year plus(Counters.Year one, Counters.Year other) {
        return each(one, other, Long::sum);
    }

    private static Counters.Year less(Counters.Year whole, Counters.Year part) {
        return each(whole, part, (of, less) -> of - less);
    }

    private static long[] less(long[] whole, long[] part) {
        return each(whole, part, (of, less) -> of - less);
    }

    private static Counters.Year each(Counters.Year one, Counters.Year other, LongBinaryOperator of) {
        return new Counters.Year(
                IntStream.range(0, ALL.size())
                        .mapToObj(
                                i -> each(one.byMonth().get(i), other.byMonth().get(i), of))
                        .toList(),
                each(one.before(), other.before(), of));
    }

    private static long[] each(long[] one, long[] other, LongBinaryOperator of) {
        return IntStream.range(0, one.length)
                .mapToLong(i -> of.applyAsLong(one[i], other[i]))
                .toArray();
    }
}

package org.gonghui.grouping;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.stereotype.Service;

/**
 * Counts what is counted about members for a grouping. A month is that of the unions which belonged at its end, with
 * everything below them, on the tree of that time; a union below another one of them is counted once.
 */
@Service
public class GroupingFigures {

    /** What is counted, in the order in which it is shown. */
    public static final List<Measure> MEASURES = Members.MEASURES;

    private static final int STREET_LEVEL = 3;
    private static final int AFTER_DECEMBER = 13;

    /**
     * A grouping's year.
     *
     * @param firstMonth the first month at whose end the grouping was there, 1 to 12; 13 when it was in none of the year
     * @param lastMonth the last month that has begun, 1 to 12
     * @param closedMonth the month in which it was closed: in it and after it nothing belonged; 13 while it is open
     * @param months twelve values a measure; those of months in which the grouping was not there mean nothing
     */
    public record Year(int year, int firstMonth, int lastMonth, int closedMonth, List<long[]> months) {

        /** True for a month, 1 to 12, at whose end the grouping was there: what is 0 in it was counted. */
        public boolean isCounted(int month) {
            return month >= firstMonth && month <= lastMonth && month < closedMonth;
        }

        /** True for a month before the grouping began. */
        boolean isBefore(int month) {
            return month < firstMonth;
        }

        /** A measure's value of the year so far: a sum for a flow, the last month's level for a stock. */
        public long value(int measure) {
            long[] values = months.get(measure);
            return MEASURES.get(measure).kind() == Measure.Kind.STOCK
                    ? values[lastMonth - 1]
                    : IntStream.range(0, lastMonth)
                            .mapToLong(month -> values[month])
                            .sum();
        }
    }

    /** What one union that belonged at the end of a month adds to the grouping's figure, with everything below it. */
    public record Part(UnionSummary union, long value) {}

    /** Months that follow each other, with the same unions on the same tree; the last one is included. */
    private record Run(int first, int last, Set<UnionId> unions) {}

    private final GroupingStore store;
    private final Unions unions;
    private final Counters counters;
    private final Clock clock;

    GroupingFigures(GroupingStore store, Unions unions, Counters counters, Clock clock) {
        this.store = store;
        this.unions = unions;
        this.counters = counters;
        this.clock = clock;
    }

    /** The years on record of a grouping, the last one first. */
    public List<Integer> years(Grouping grouping) {
        return IntStream.rangeClosed(
                        grouping.beganOn().getYear(), LocalDate.now(clock).getYear())
                .boxed()
                .sorted((a, b) -> b - a)
                .toList();
    }

    /**
     * The figures of a year up to today; nothing for whoever may not read the owner's people, because groupings that differ
     * by one small union would tell what it counts (decision 14).
     */
    public Optional<Year> of(Actor actor, GroupingId id, int year) {
        Optional<Grouping> found = store.find(id, actor.reach(Right.MEMBER_READ));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Grouping grouping = found.get();
        LocalDate today = LocalDate.now(clock);
        int lastMonth = year == today.getYear() ? today.getMonthValue() : 12;
        List<long[]> months = Counters.empty(MEASURES.size()).byMonth();
        TreeView now = unions.asOf(actor, Right.MEMBER_READ, today);
        for (Run run : runs(store.belongings(id), year, lastMonth, now)) {
            add(actor, year, run, months);
        }
        LocalDate closed = grouping.closedOn();
        return Optional.of(new Year(
                year,
                monthWithin(year, grouping.beganOn()),
                lastMonth,
                closed == null ? AFTER_DECEMBER : monthWithin(year, closed),
                months));
    }

    /**
     * A month's figure by union, the largest part first; they add up to what {@link #of} tells of the month. Nothing for
     * whoever may not read the owner's people.
     */
    public Optional<List<Part>> parts(Actor actor, GroupingId id, Measure measure, YearMonth month) {
        if (store.find(id, actor.reach(Right.MEMBER_READ)).isEmpty()) {
            return Optional.empty();
        }
        LocalDate day = end(month.getYear(), month.getMonthValue());
        TreeView tree = unions.asOf(actor, Right.MEMBER_READ, day);
        return Optional.of(tops(belonging(store.belongings(id), day), tree).stream()
                .map(union -> new Part(union, value(union.path(), measure, month, day)))
                .sorted(Comparator.comparingLong(Part::value)
                        .reversed()
                        .thenComparing(part -> part.union().path()))
                .toList());
    }

    private long value(UnionPath path, Measure measure, YearMonth month, LocalDate day) {
        Counters.Year counted = counters.of(path, month.getYear(), day, List.of(measure), new Reach(List.of(path)));
        return counted.byMonth().getFirst()[month.getMonthValue() - 1];
    }

    /** The month of a day in a year: 1 for earlier years, the one after December for later ones. */
    private static int monthWithin(int year, LocalDate day) {
        return day.getYear() < year ? 1 : day.getYear() > year ? AFTER_DECEMBER : day.getMonthValue();
    }

    private List<Run> runs(List<GroupingStore.Belonging> belongings, int year, int lastMonth, TreeView now) {
        List<Run> runs = new ArrayList<>();
        for (int month = 1; month <= lastMonth; month++) {
            LocalDate end = end(year, month);
            Set<UnionId> then = belonging(belongings, end);
            boolean goesOn =
                    month > 1 && runs.getLast().unions().equals(then) && now.hasStoodSince(end(year, month - 1));
            int first = goesOn ? runs.removeLast().first() : month;
            runs.add(new Run(first, month, then));
        }
        return runs;
    }

    private static Set<UnionId> belonging(List<GroupingStore.Belonging> belongings, LocalDate day) {
        return belongings.stream()
                .filter(each -> each.on(day))
                .map(GroupingStore.Belonging::union)
                .collect(Collectors.toSet());
    }

    /** Those of the unions that stand below no other one of them. */
    private static List<UnionSummary> tops(Set<UnionId> those, TreeView tree) {
        List<UnionSummary> every =
                those.stream().flatMap(union -> tree.find(union).stream()).toList();
        return every.stream()
                .filter(union -> every.stream()
                        .noneMatch(other ->
                                !other.id().equals(union.id()) && other.path().covers(union.path())))
                .toList();
    }

    /** The last day of a month, or today. */
    private LocalDate end(int year, int month) {
        LocalDate today = LocalDate.now(clock);
        LocalDate end = YearMonth.of(year, month).atEndOfMonth();
        return end.isAfter(today) ? today : end;
    }

    private void add(Actor actor, int year, Run run, List<long[]> months) {
        LocalDate day = end(year, run.last());
        TreeView tree = unions.asOf(actor, Right.MEMBER_READ, day);
        List<UnionPath> tops =
                tops(run.unions(), tree).stream().map(UnionSummary::path).toList();
        for (Counters.Year counted : counted(tops, year, day)) {
            for (int measure = 0; measure < MEASURES.size(); measure++) {
                for (int month = run.first(); month <= run.last(); month++) {
                    months.get(measure)[month - 1] += counted.byMonth().get(measure)[month - 1];
                }
            }
        }
    }

    /** Streets and above are counted together; what stands below a street, one by one at the level below it. */
    private List<Counters.Year> counted(List<UnionPath> tops, int year, LocalDate day) {
        var ofStreets = new Reach(
                tops.stream().filter(path -> path.depth() <= STREET_LEVEL).toList());
        var below = new Reach(
                tops.stream().filter(path -> path.depth() > STREET_LEVEL).toList());
        List<Counters.Year> counted = new ArrayList<>();
        counted.add(counters.of(UnionPath.root(), year, day, MEASURES, ofStreets));
        counted.addAll(counters.below(UnionPath.root(), STREET_LEVEL, year, day, MEASURES, below)
                .values());
        return counted;
    }
}

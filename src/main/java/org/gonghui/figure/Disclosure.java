package org.gonghui.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;

/**
 * What must not be shown of unions to whoever may not read their people, so that no count of a few follows from all that is
 * shown: of the years, of the months, of the unions above and beside them. Why so: decision 14.
 */
final class Disclosure {

    /** All that is counted, in the order in which this class takes the numbers. */
    static final List<Measure> ALL = Members.MEASURES;

    private static final List<Measure> FLOWS = List.of(Members.JOINED, Members.GONE);
    private static final List<Measure> MEMBERS = List.of(Members.TOTAL, Members.JOINED, Members.GONE);
    private static final Set<Measure> OF_A_KIND = Set.of(Members.NEW_FORM, Members.JOINED_NEW_FORM);
    private static final List<Measure> SIZED =
            List.of(Members.TOTAL, Members.NEW_FORM, Members.JOINED, Members.GONE, Members.JOINED_NEW_FORM);

    /** Causes and transfers: with them each cause would follow from the others. */
    private static final List<Measure> NEVER =
            ALL.stream().filter(measure -> !SIZED.contains(measure)).toList();

    /**
     * What is hidden of a union in one year.
     *
     * @param values measures whose value of the year is not shown
     * @param months measures whose months are not shown
     * @param bySize the measures that are hidden for this year's own numbers, and not for what a later year would tell
     */
    record Hidden(Set<Measure> values, Set<Measure> months, Set<Measure> bySize) {

        private Hidden() {
            this(new HashSet<>(), new HashSet<>(), new HashSet<>());
        }

        /** Nothing at all. */
        static Hidden nothing() {
            return new Hidden(Set.of(), Set.of(), Set.of());
        }
    }

    private final int lastMonth;

    /** @param lastMonth of the current year, 1 to 12 */
    Disclosure(int lastMonth) {
        this.lastMonth = lastMonth;
    }

    /**
     * What is hidden of some unions that are shown together, year by year.
     *
     * @param cells what each union counts in consecutive years, of which the last is the current one and the first is there
     *     for its stocks only; after the unions, as one more, what none of them counts; no more for the highest,
     *     which is part of nothing
     * @param parts how many of the cells are unions
     * @param withMonths how many of these have months; they stand first
     * @param above what is hidden of the whole: of its parts it is hidden too
     */
    List<List<Hidden>> decide(List<List<Counters.Year>> cells, int parts, int withMonths, List<Hidden> above) {
        int years = above.size();
        List<List<Hidden>> hidden = IntStream.range(0, parts)
                .mapToObj(part -> Stream.generate(Hidden::new).limit(years).toList())
                .toList();
        for (int at = 0; at < years; at++) {
            new Table(cells, parts, withMonths, hidden, above, at).hideBySize();
        }
        for (int at = 0; at < years; at++) {
            new Table(cells, parts, withMonths, hidden, above, at).hideWhatLaterYearsTell();
        }
        return hidden;
    }

    /** The unions in one year. */
    private final class Table {

        private final List<List<Counters.Year>> years;
        private final List<Counters.Year> cells;
        private final int parts;
        private final int withMonths;
        private final List<List<Hidden>> hidden;
        private final List<Hidden> above;
        private final int at;
        private final int until;

        Table(
                List<List<Counters.Year>> cells,
                int parts,
                int withMonths,
                List<List<Hidden>> hidden,
                List<Hidden> above,
                int at) {
            this.years = cells;
            this.cells = cells.stream().map(years -> years.get(at)).toList();
            this.parts = parts;
            this.withMonths = withMonths;
            this.hidden = hidden;
            this.above = above;
            this.at = at;
            this.until = at == above.size() - 1 ? lastMonth : 12;
        }

        private Hidden of(int part) {
            return hidden.get(part).get(at);
        }

        private boolean isHiddenBySize(int part, Measure measure) {
            return of(part).bySize().contains(measure)
                    || (at > 0 && hidden.get(part).get(at - 1).bySize().contains(measure));
        }

        /** Members before and after, and who joined and left between: each follows from the others, of a kind and all. */
        private void hideBySize() {
            hide(List.of(Members.TOTAL), List.of(values(Members.TOTAL)), part -> false);
            hide(
                    FLOWS,
                    List.of(values(Members.JOINED), values(Members.GONE)),
                    part -> at == 0 || isHiddenBySize(part, Members.TOTAL));
            do {
                hide(
                        List.of(Members.NEW_FORM),
                        List.of(values(Members.NEW_FORM), otherValues(Members.TOTAL, Members.NEW_FORM)),
                        part -> of(part).bySize().contains(Members.TOTAL) || tellsWhoJoined(part));
            } while (hide(
                    List.of(Members.JOINED_NEW_FORM),
                    List.of(values(Members.JOINED_NEW_FORM), otherValues(Members.JOINED, Members.JOINED_NEW_FORM)),
                    part -> of(part).bySize().contains(Members.JOINED) || isHiddenBySize(part, Members.NEW_FORM)));
        }

        /**
         * Where nobody has left since, none of a kind today tells that none of it joined. It is not asked whether today there
         * are none: that would tell it.
         */
        private boolean tellsWhoJoined(int part) {
            if (at < above.size() - 1) {
                return false; // of earlier years members of a kind are never shown
            }
            for (int year = at; year > 0 && nobodyIsKnownToHaveLeft(part, year); year--) {
                if (hidden.get(part).get(year).bySize().contains(Members.JOINED_NEW_FORM)) {
                    return true;
                }
            }
            return false;
        }

        /** It says so itself, or the whole does. */
        private boolean nobodyIsKnownToHaveLeft(int part, int year) {
            return (!hidden.get(part).get(year).bySize().contains(Members.GONE)
                            && left(List.of(years.get(part)), year) == 0)
                    || (!above.get(year).bySize().contains(Members.GONE) && left(years, year) == 0);
        }

        private long left(List<List<Counters.Year>> unions, int year) {
            return unions.stream()
                    .mapToLong(union ->
                            union.get(year).upTo(ALL.indexOf(Members.GONE), Measure.Kind.FLOW, year == at ? until : 12))
                    .sum();
        }

        /** True when more is hidden than before. */
        private boolean hide(List<Measure> measures, List<List<long[]>> numbers, IntPredicate anyway) {
            BitSet small = SmallCounts.hidden(
                    together(numbers),
                    parts,
                    where(parts, part -> above.get(at).bySize().contains(measures.getFirst()) || anyway.test(part)));
            boolean more = false;
            for (int part = small.nextSetBit(0); part >= 0 && part < parts; part = small.nextSetBit(part + 1)) {
                more |= of(part).bySize().addAll(measures);
            }
            return more;
        }

        /**
         * Earlier members are shown as far back as who joined and left since is, or is of nobody above: where it is hidden of
         * some, members before and after and what all count together would tell it. How many of a kind left is never shown, so members of a kind are shown of today only, and
         * nothing of a kind by months.
         */
        private void hideWhatLaterYearsTell() {
            for (int part = 0; part < parts; part++) {
                Set<Measure> values = of(part).values();
                values.addAll(NEVER);
                values.addAll(of(part).bySize());
                if (above.get(at).values().contains(Members.TOTAL) || wouldTell(part)) {
                    values.add(Members.TOTAL);
                }
                if (at < above.size() - 1) {
                    values.add(Members.NEW_FORM);
                }
                of(part).months().addAll(part < withMonths ? NEVER : ALL);
                of(part).months().addAll(OF_A_KIND);
            }
            BitSet small = SmallCounts.hidden(
                    together(MEMBERS.stream().map(this::months).toList()),
                    withMonths,
                    where(
                            withMonths,
                            part -> MEMBERS.stream()
                                    .anyMatch(measure -> above.get(at).months().contains(measure)
                                            || of(part).values().contains(measure))));
            small.stream()
                    .filter(part -> part < withMonths)
                    .forEach(part -> of(part).months().addAll(MEMBERS));
        }

        private boolean wouldTell(int part) {
            return IntStream.range(at + 1, above.size())
                    .anyMatch(later -> hidden.get(part).get(later).bySize().contains(Members.JOINED)
                            && !above.get(later).bySize().contains(Members.JOINED)
                            && cells.size() > parts); // the highest is part of nothing
        }

        private List<long[]> values(Measure measure) {
            return cells.stream()
                    .map(cell -> new long[] {cell.upTo(ALL.indexOf(measure), measure.kind(), until)})
                    .toList();
        }

        private List<long[]> otherValues(Measure whole, Measure kind) {
            return less(values(whole), values(kind));
        }

        /** Of the unions that have months; the last is what all others count together. */
        private List<long[]> months(Measure measure) {
            List<long[]> each = cells.stream()
                    .map(cell -> Arrays.copyOf(cell.byMonth().get(ALL.indexOf(measure)), until))
                    .toList();
            List<long[]> months = new ArrayList<>(each.subList(0, withMonths));
            each.subList(withMonths, each.size()).stream()
                    .reduce((one, other) -> IntStream.range(0, until)
                            .mapToLong(month -> one[month] + other[month])
                            .toArray())
                    .ifPresent(months::add);
            return months;
        }
    }

    private static List<long[]> less(List<long[]> wholes, List<long[]> kinds) {
        return IntStream.range(0, wholes.size())
                .mapToObj(cell -> IntStream.range(0, wholes.get(cell).length)
                        .mapToLong(i -> wholes.get(cell)[i] - kinds.get(cell)[i])
                        .toArray())
                .toList();
    }

    /** For each cell the numbers of all lists. */
    private static List<long[]> together(List<List<long[]>> numbers) {
        return IntStream.range(0, numbers.getFirst().size())
                .mapToObj(cell -> numbers.stream()
                        .flatMapToLong(each -> Arrays.stream(each.get(cell)))
                        .toArray())
                .toList();
    }

    private static BitSet where(int parts, IntPredicate condition) {
        var where = new BitSet();
        IntStream.range(0, parts).filter(condition).forEach(where::set);
        return where;
    }
}

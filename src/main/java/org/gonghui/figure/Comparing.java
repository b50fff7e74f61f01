package org.gonghui.figure;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.member.Roster;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionKind;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.stereotype.Service;

/** Answers "how many, where, and how does that compare with last year" about any measure. */
@Service
class Comparing {

    private static final int STREETS_BELOW_CITY = 2;

    private final KnownFigures known;
    private final Unions unions;
    private final Clock clock;

    Comparing(KnownFigures known, Unions unions, Clock clock) {
        this.known = known;
        this.unions = unions;
        this.clock = clock;
    }

    /**
     * Compares; what was left out of the question is the usual one: who joined this year, by the unions directly below.
     *
     * @param of a measure's key
     * @param text {@code 2023-03} or {@code 2023}, on record and begun; anything else is refused
     * @param wishedTree {@code today}, a day, or empty for the tree at the period's end
     */
    Comparison of(Actor actor, UnionId id, String of, String text, boolean streets, String wishedTree) {
        Measure measure = Members.MEASURES.stream()
                .filter(each -> each.key().equals(of))
                .findFirst()
                .orElse(Members.JOINED);
        Comparison.Period period = period(text);
        TreeView tree = known.tree(actor, id, unions.treeDay(wishedTree, period.asOf()));
        UnionSummary union = tree.get(id);
        boolean byStreet = streets && union.kind() == UnionKind.CITY_FEDERATION;
        int levels = byStreet ? STREETS_BELOW_CITY : 1;
        List<UnionSummary> below = below(tree, union, byStreet);
        List<Measure> one = List.of(measure);
        int year = period.year();
        Map<String, KnownFigures.Counted> now = known.below(actor, tree, union, levels, year, one);
        Optional<KnownFigures.Counted> wholeBefore = aYearEarlier(actor, union, tree, period, measure);
        Map<String, KnownFigures.Counted> before =
                wholeBefore.isPresent() ? known.below(actor, tree, union, levels, year - 1, one) : Map.of();
        KnownFigures.Counted nothing = known.nothing(year, one);
        KnownFigures.Counted nothingBefore = known.nothing(year - 1, one);
        List<Comparison.Row> rows = Comparison.ranked(below.stream()
                .map(each -> new Comparison.Row(
                        0,
                        each,
                        period.pair(
                                        now.getOrDefault(each.path().value(), nothing),
                                        wholeBefore.map(known ->
                                                before.getOrDefault(each.path().value(), nothingBefore)),
                                        measure)
                                .of(each, period.endAYearEarlier())))
                .toList());
        KnownFigures.Counted counted = known.of(actor, tree, union, year, one);
        Comparison.Pair whole = period.pair(counted, wholeBefore, measure).of(union, period.endAYearEarlier());
        return new Comparison(
                union,
                tree,
                measure,
                period,
                byStreet,
                whole,
                whole.without(rows),
                rows,
                ended(actor, tree, union, byStreet, period.endAYearEarlier()),
                !counted.hidden().isEmpty());
    }

    private static List<UnionSummary> below(TreeView tree, UnionSummary union, boolean byStreet) {
        int depth = union.path().depth() + STREETS_BELOW_CITY;
        return byStreet
                ? tree.subtree(union).stream()
                        .filter(each -> each.path().depth() == depth)
                        .toList()
                : tree.children(union);
    }

    /** Who stood among the rows a year earlier and stands nowhere any more. */
    private List<Comparison.Ended> ended(
            Actor actor, TreeView tree, UnionSummary union, boolean byStreet, LocalDate aYearEarlier) {
        if (tree.hasStoodSince(aYearEarlier)) {
            return List.of();
        }
        TreeView then = unions.asOf(actor, Right.FIGURE_READ, aYearEarlier);
        return then.find(union.id()).stream()
                .flatMap(before -> below(then, before, byStreet).stream())
                .filter(each ->
                        unions.named(each.id()).filter(UnionSummary::dissolved).isPresent())
                .filter(each -> tree.find(each.id()).isEmpty())
                .map(each -> new Comparison.Ended(each, unions.living(each.id())))
                .toList();
    }

    /**
     * What was counted a year earlier; empty when that time is not on record: no stock yet, or, for what happened, a year
     * in which nobody joined and nobody went.
     */
    private Optional<KnownFigures.Counted> aYearEarlier(
            Actor actor, UnionSummary union, TreeView tree, Comparison.Period period, Measure measure) {
        int year = period.year() - 1;
        if (year < Members.FIRST_YEAR) {
            return Optional.empty();
        }
        List<Measure> signs =
                measure.kind() == Measure.Kind.STOCK ? List.of(Members.TOTAL) : List.of(Members.JOINED, Members.GONE);
        List<Measure> withSigns =
                Stream.concat(Stream.of(measure), signs.stream()).distinct().toList();
        KnownFigures.Counted counted = known.of(actor, tree, union, year, withSigns);
        boolean onRecord = signs.stream()
                .anyMatch(sign -> counted.hidden().contains(sign)
                        || counted.upTo(sign, sign.kind() == Measure.Kind.STOCK ? period.lastMonth() : 12) > 0);
        return Optional.of(counted).filter(found -> onRecord);
    }

    /** The periods on record that have begun, the latest first: each year before its months. */
    List<String> periods() {
        LocalDate today = LocalDate.now(clock);
        return IntStream.iterate(today.getYear(), year -> year >= Members.FIRST_YEAR, year -> year - 1)
                .boxed()
                .flatMap(year -> Stream.concat(
                        Stream.of(year.toString()),
                        IntStream.iterate(
                                        year == today.getYear() ? today.getMonthValue() : 12,
                                        month -> month > 0,
                                        month -> month - 1)
                                .mapToObj(month -> YearMonth.of(year, month).toString())))
                .toList();
    }

    private Comparison.Period period(String text) {
        LocalDate today = LocalDate.now(clock);
        var input = new Input();
        Roster.Period asked = Roster.Period.read(input, "period", text, Members.FIRST_YEAR, today);
        input.check();
        int year = asked.from().getYear();
        boolean isMonth = asked.isMonth();
        int lastMonth = isMonth ? asked.from().getMonthValue() : year == today.getYear() ? today.getMonthValue() : 12;
        LocalDate end = asked.to().minusDays(1);
        return new Comparison.Period(
                year,
                isMonth ? OptionalInt.of(lastMonth) : OptionalInt.empty(),
                lastMonth,
                end.isAfter(today) ? today : end);
    }
}

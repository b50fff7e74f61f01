package org.gonghui.figure;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
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

    /** One node's figures for the year up to the last month shown; {@code before} is the total a year earlier. */
    record Figures(long[] values, long[] before, long[] joinedByMonth) {

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
    }

    /** A union below with its figures. */
    record Row(UnionSummary union, Figures figures) {}

    /**
     * The whole answer.
     *
     * @param lastMonth the last month that has begun, 1 to 12; later ones are not due yet
     */
    record Answer(UnionSummary union, int year, int lastMonth, LocalDate asOf, Figures figures, List<Row> below) {}

    private final Counters counters;
    private final Unions unions;
    private final Clock clock;

    Overview(Counters counters, Unions unions, Clock clock) {
        this.counters = counters;
        this.unions = unions;
        this.clock = clock;
    }

    /** The figures of a union that the actor may see, for a year that has begun. */
    Answer of(Actor actor, UnionId id, int year) {
        LocalDate today = LocalDate.now(clock);
        UnionSummary union = unions.get(actor, id, Right.FIGURE_READ);
        Reach reach = actor.reach(Right.FIGURE_READ);
        int lastMonth = year < today.getYear() ? 12 : today.getMonthValue();
        Figures whole = figures(counters.of(union.path(), year, MEASURES, reach), lastMonth);
        Map<String, Counters.Year> byPath =
                union.children() == 0 ? Map.of() : counters.below(union.path(), year, MEASURES, reach);
        List<Row> below = union.children() == 0
                ? List.of()
                : unions.children(actor, id).stream()
                        .map(child -> new Row(
                                child,
                                figures(
                                        byPath.getOrDefault(child.path().value(), Counters.empty(MEASURES.size())),
                                        lastMonth)))
                        .toList();
        LocalDate asOf = year < today.getYear() ? LocalDate.of(year, 12, 31) : today;
        return new Answer(union, year, lastMonth, asOf, whole, below);
    }

    private static Figures figures(Counters.Year year, int lastMonth) {
        long[] values = new long[MEASURES.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = year.upTo(i, MEASURES.get(i).kind(), lastMonth);
        }
        return new Figures(values, year.before(), year.byMonth().get(JOINED));
    }
}

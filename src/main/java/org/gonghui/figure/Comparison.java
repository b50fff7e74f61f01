package org.gonghui.figure;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.gonghui.measure.Measure;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;

/**
 * One measure in one period at a union and below it, beside the same period a year earlier; the unions below ranked.
 *
 * @param streets true when the rows are all streets of a city, not the unions directly below it
 * @param direct what the union counts that none of the rows does
 * @param ended the unions that stood there a year earlier and have gone up in another one or ended since
 * @param guarded true when the reader may not read the people, and sees what does not point at few of them
 */
record Comparison(
        UnionSummary union,
        TreeView tree,
        Measure measure,
        Period period,
        boolean streets,
        Pair whole,
        Pair direct,
        List<Row> rows,
        List<Ended> ended,
        boolean guarded) {

    /** A union that has ended, and whoever has its records: there they are counted in both years. */
    record Ended(UnionSummary union, UnionSummary keeper) {}

    /**
     * A month, or a year up to its last month that has begun.
     *
     * @param month 1 to 12; empty for a year
     * @param lastMonth the month itself, or the last of the year that has begun
     * @param asOf its last day, or today while it runs
     */
    record Period(int year, OptionalInt month, int lastMonth, LocalDate asOf) {

        /** As lists and addresses name it: {@code 2023-03} or {@code 2023}. */
        String text() {
            return text(year);
        }

        /** The same months a year earlier. */
        String aYearEarlier() {
            return text(year - 1);
        }

        private String text(int of) {
            return month.isPresent() ? YearMonth.of(of, month.getAsInt()).toString() : Integer.toString(of);
        }

        /** The last day of the same months a year earlier. */
        LocalDate endAYearEarlier() {
            return YearMonth.of(year - 1, lastMonth).atEndOfMonth();
        }

        /** True while it has not ended. */
        boolean isRunning() {
            return asOf.isBefore(YearMonth.of(year, month.orElse(12)).atEndOfMonth());
        }

        /** What this period and the same a year earlier count. */
        Pair pair(KnownFigures.Counted now, Optional<KnownFigures.Counted> before, Measure measure) {
            return new Pair(
                    value(now, measure),
                    before.map(counted -> OptionalLong.of(value(counted, measure)))
                            .orElse(OptionalLong.empty()),
                    isHidden(now, measure),
                    before.filter(counted -> isHidden(counted, measure)).isPresent());
        }

        private long value(KnownFigures.Counted counted, Measure measure) {
            return isOneMonth(measure) ? counted.months(measure)[lastMonth - 1] : counted.upTo(measure, lastMonth);
        }

        private boolean isHidden(KnownFigures.Counted counted, Measure measure) {
            return isOneMonth(measure)
                    ? counted.hiddenMonths().contains(measure)
                    : counted.hidesUpTo(measure, lastMonth);
        }

        private boolean isOneMonth(Measure measure) {
            return month.isPresent() && measure.kind() == Measure.Kind.FLOW;
        }
    }

    /**
     * Now and a year earlier.
     *
     * @param before empty when that year is not on record, or the union was not there yet
     * @param hidesNow true when the reader may not know the value of now, which then is 0
     * @param hidesBefore the same of the year earlier
     * @param notYetFounded true when the union was founded after the earlier period and has nobody's records from it
     */
    record Pair(long now, OptionalLong before, boolean hidesNow, boolean hidesBefore, boolean notYetFounded) {

        Pair(long now, OptionalLong before, boolean hidesNow, boolean hidesBefore) {
            this(now, before, hidesNow, hidesBefore, false);
        }

        /** The same of a union, which a year earlier may not have been there: what was not there did not count 0. */
        Pair of(UnionSummary union, LocalDate endAYearEarlier) {
            boolean nothing = !hidesBefore && before.orElse(0) == 0;
            return nothing && union.foundedOn().isAfter(endAYearEarlier)
                    ? new Pair(now, OptionalLong.empty(), hidesNow, false, true)
                    : this;
        }

        /** Empty when one of them is not on record or not to be known. */
        OptionalLong change() {
            return before.isEmpty() || hidesNow || hidesBefore
                    ? OptionalLong.empty()
                    : OptionalLong.of(now - before.getAsLong());
        }

        /** The change in hundredths of the earlier value; NaN where there was nothing to grow from. */
        double percent() {
            return change().isEmpty() || before.getAsLong() == 0
                    ? Double.NaN
                    : 100.0 * change().getAsLong() / before.getAsLong();
        }

        /** What is left when the parts are taken away; hidden as soon as one of them is. */
        Pair without(List<Row> parts) {
            boolean unknown =
                    hidesNow || parts.stream().anyMatch(row -> row.pair().hidesNow());
            boolean unknownBefore =
                    hidesBefore || parts.stream().anyMatch(row -> row.pair().hidesBefore());
            long partsNow = parts.stream().mapToLong(row -> row.pair().now()).sum();
            long partsBefore = parts.stream()
                    .mapToLong(row -> row.pair().before().orElse(0))
                    .sum();
            return new Pair(
                    unknown ? 0 : now - partsNow,
                    before.isEmpty() ? before : OptionalLong.of(unknownBefore ? 0 : before.getAsLong() - partsBefore),
                    unknown,
                    unknownBefore);
        }

        boolean isZero() {
            return now == 0 && before.orElse(0) == 0;
        }
    }

    /**
     * A union below.
     *
     * @param rank 1 for the greatest; equals share one
     */
    record Row(int rank, UnionSummary union, Pair pair) {}

    /** The share of a row in the whole. */
    Share share(Row row) {
        return new Share(row.pair().now(), row.pair().hidesNow() ? 0 : whole.now());
    }

    /** How many of the unions below count anything in the period. */
    long counting() {
        return rows.stream().filter(row -> row.pair().now() > 0).count();
    }

    /** The longest bar; the others are measured against it. */
    long greatest() {
        return rows.isEmpty() ? 1 : Math.max(1, rows.getFirst().pair().now());
    }

    /** Ranks unions by what they count now, those alike in the order of the tree. */
    static List<Row> ranked(List<Row> unranked) {
        List<Row> sorted = unranked.stream()
                .sorted(Comparator.comparingLong((Row row) -> row.pair().now()).reversed())
                .toList();
        var rows = new ArrayList<Row>(sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            Row row = sorted.get(i);
            boolean alike = i > 0 && rows.getLast().pair().now() == row.pair().now();
            rows.add(new Row(alike ? rows.getLast().rank() : i + 1, row.union(), row.pair()));
        }
        return rows;
    }
}

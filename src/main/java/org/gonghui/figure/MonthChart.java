package org.gonghui.figure;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The months of a year as bars beside those of the year before, measured on the server so that they need no script.
 *
 * @param months twelve values
 * @param lastYear twelve values of the year before, if they are on record
 * @param lastMonth the last month that has begun; later ones are not due
 * @param running true when that month is not over yet
 */
record MonthChart(long[] months, Optional<long[]> lastYear, int lastMonth, boolean running) {

    /** The room for a drawing, in units of its view box. */
    enum Size {
        /** For the desk. */
        WIDE(60, 26, 21, 18, 128),
        /** For a phone: the same bars, small enough to keep their labels readable. */
        NARROW(28, 13, 9, 18, 150),
        /** For a screen on the wall: high, its labels large. */
        WALL(60, 34, 24, 24, 220);

        /** Those between which a page of the desk chooses by its width. */
        static final List<Size> OF_PAGES = List.of(WIDE, NARROW);

        final int slot;
        final int bar;
        final int ghost;
        final int top;
        final int tallest;

        Size(int slot, int bar, int ghost, int top, int tallest) {
            this.slot = slot;
            this.bar = bar;
            this.ghost = ghost;
            this.top = top;
            this.tallest = tallest;
        }

        int width() {
            return 12 * slot;
        }

        int height() {
            return floor() + 22;
        }

        /** Its class in the style sheet. */
        String css() {
            return "bars-" + name().toLowerCase(Locale.ROOT);
        }

        /** Where the bars stand. */
        int floor() {
            return top + tallest;
        }
    }

    /** A bar's place and height. */
    record Bar(int x, int y, int width, int height) {}

    /** One month: its bar, and last year's bar behind it. A month that is not due has neither value nor bar. */
    record Month(int number, int centre, boolean due, boolean current, long value, Bar bar, Optional<Bar> lastYear) {}

    /** A month as lists are asked for it: {@code 2023-03}. */
    static String period(int year, int month) {
        return YearMonth.of(year, month).toString();
    }

    List<Month> months(Size size) {
        long greatest = Math.max(
                greatest(months, lastMonth), lastYear.map(MonthChart::greatest).orElse(0L));
        return IntStream.range(0, 12)
                .mapToObj(i -> month(i, size, Math.max(greatest, 1)))
                .toList();
    }

    /** The month with most, of those that are due. */
    int peak() {
        return IntStream.range(0, lastMonth)
                        .reduce((a, b) -> months[b] > months[a] ? b : a)
                        .orElse(0)
                + 1;
    }

    private Month month(int i, Size size, long greatest) {
        int left = i * size.slot;
        int centre = left + size.slot / 2;
        boolean due = i < lastMonth;
        Optional<Bar> ghost = lastYear.map(
                before -> bar(centre - size.bar / 2 - size.ghost / 2, size.ghost, before[i], size, greatest));
        int x = ghost.isPresent() ? centre - size.bar / 2 + size.ghost / 4 : centre - size.bar / 2;
        Bar bar = bar(x, size.bar, due ? months[i] : 0, size, greatest);
        return new Month(i + 1, centre, due, running && i == lastMonth - 1, due ? months[i] : 0, bar, ghost);
    }

    private static Bar bar(int x, int width, long value, Size size, long greatest) {
        long scaled = Math.round((double) value * size.tallest / greatest);
        int height = (int) Math.max(scaled, value > 0 ? 2 : 0); // something is never drawn as nothing
        return new Bar(x, size.floor() - height, width, height);
    }

    private static long greatest(long[] values) {
        return greatest(values, values.length);
    }

    private static long greatest(long[] values, int count) {
        return Arrays.stream(values, 0, count).max().orElse(0);
    }
}

package org.gonghui.outreach;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.kernel.UnionId;

/**
 * A meeting that comes again (沟通日): on a weekday of every week, or of each month.
 *
 * @param week 0 for every week, 1 to 4 for that one of the month, 5 for its last
 * @param first the first day on which it may fall
 */
record MeetingDay(UUID id, UnionId union, Occasion occasion, DayOfWeek weekday, int week, LocalDate first) {

    static final int EVERY_WEEK = 0;
    static final int LAST_WEEK = 5;

    /** True when both come again alike; since when does not matter. */
    boolean isLike(MeetingDay other) {
        return union.equals(other.union)
                && occasion.equals(other.occasion)
                && weekday == other.weekday
                && week == other.week;
    }

    /** Its days within {@code [from, to)}, in order. */
    List<LocalDate> days(LocalDate from, LocalDate to) {
        LocalDate begin = from.isBefore(first) ? first : from;
        if (!begin.isBefore(to)) {
            return List.of();
        }
        Stream<LocalDate> all = week == EVERY_WEEK
                ? Stream.iterate(
                        begin.with(TemporalAdjusters.nextOrSame(weekday)),
                        day -> day.isBefore(to),
                        day -> day.plusWeeks(1))
                : Stream.iterate(
                                YearMonth.from(begin),
                                month -> month.atDay(1).isBefore(to),
                                month -> month.plusMonths(1))
                        .map(month -> month.atDay(1).with(adjuster()));
        return all.filter(day -> !day.isBefore(begin) && day.isBefore(to)).toList();
    }

    private TemporalAdjuster adjuster() {
        return week == LAST_WEEK
                ? TemporalAdjusters.lastInMonth(weekday)
                : TemporalAdjusters.dayOfWeekInMonth(week, weekday);
    }
}

package org.gonghui.outreach;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.org.UnionSummary;
import org.jspecify.annotations.Nullable;

/**
 * What a single meeting and a meeting day have alike: for whom, on which level, what it is called, where, and from when to when.
 *
 * @param from in the city's time
 */
record Occasion(Meeting.Kind kind, Meeting.Level level, String title, String place, LocalTime from, LocalTime to) {

    /** Characters that a title may have at most. */
    static final int LONGEST_TITLE = 40;

    private static final int LONGEST_PLACE = 80;

    /** As it was typed: nothing checked yet. */
    record Typed(
            @Nullable String kind,
            @Nullable String level,
            @Nullable String title,
            @Nullable String place,
            @Nullable String from,
            @Nullable String to) {}

    /** Reads what was typed for a union; faults go to their fields. */
    static Occasion read(Input input, UnionSummary union, Typed typed) {
        Meeting.Kind kind = input.choice("kind", typed.kind(), Meeting.Kind.class);
        Meeting.Level level = input.choice("level", typed.level(), Meeting.Level.class);
        if (!Meeting.Level.of(union).contains(level) && !hasFault(input, "level")) {
            input.fault("level", "no-such-choice");
        }
        String title = input.name("title", typed.title(), LONGEST_TITLE);
        String place = input.name("place", typed.place(), LONGEST_PLACE);
        LocalTime from = time(input, "from", typed.from());
        LocalTime to = time(input, "to", typed.to());
        if (!to.isAfter(from) && !hasFault(input, "from") && !hasFault(input, "to")) {
            input.fault("to", "ends-before");
        }
        return new Occasion(kind, level, title, place, from, to);
    }

    private static boolean hasFault(Input input, String field) {
        return input.faults().stream().anyMatch(fault -> fault.field().equals(field));
    }

    private static LocalTime time(Input input, String field, @Nullable String typed) {
        String text = CleanText.line(typed);
        try {
            return LocalTime.parse(text).truncatedTo(ChronoUnit.MINUTES);
        } catch (DateTimeException notATime) {
            input.fault(field, text.isEmpty() ? "empty" : "no-time");
            return LocalTime.MIN;
        }
    }
}

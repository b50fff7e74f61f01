package org.gonghui.kernel;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what people type, field by field, and gathers the faults so that all are shown at once. A field that is wrong
 * reads as a harmless value; {@link #check()} then refuses the whole, so that no such value is ever used.
 */
public final class Input {

    private static final DateTimeFormatter ISO_DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern NUMBER = Pattern.compile("\\d{6,}|(\\d[ ./()_-]{0,3}){10,}");

    private final List<BadInput.Fault> faults = new ArrayList<>();

    /** A name that must be there: cleaned by {@link CleanText}, at most {@code longest} characters. */
    public String name(String field, @Nullable String typed, int longest) {
        String text = optionalName(field, typed, longest);
        if (text.isEmpty() && faults.stream().noneMatch(fault -> fault.field().equals(field))) {
            fault(field, "empty");
        }
        return text;
    }

    /** A name that may be left empty. */
    public String optionalName(String field, @Nullable String typed, int longest) {
        String text = CleanText.line(typed);
        if (CleanText.length(text) > longest) {
            fault(field, "too-long", longest);
            return "";
        }
        Optional<String> odd = CleanText.firstNotFitForName(text);
        if (odd.isPresent()) {
            fault(field, "odd-character", odd.get());
            return "";
        }
        return text;
    }

    /** Refuses a phone or an identity number in a text that many read and the trail keeps. */
    public void refuseNumbers(String field, String text) {
        if (NUMBER.matcher(text).find()) {
            fault(field, "no-numbers");
        }
    }

    /** A text of some lines that must be there. */
    public String text(String field, @Nullable String typed, int longest) {
        String text = CleanText.text(typed);
        if (text.isEmpty()) {
            fault(field, "empty");
        } else if (CleanText.length(text) > longest) {
            fault(field, "too-long", longest);
        }
        return text;
    }

    /** A day as {@code 2023-03-08}; a day that does not exist is a fault. */
    public LocalDate day(String field, @Nullable String typed) {
        String text = CleanText.line(typed);
        if (text.isEmpty()) {
            fault(field, "empty");
            return LocalDate.EPOCH;
        }
        try {
            LocalDate day = LocalDate.parse(text, ISO_DAY);
            if (day.getYear() >= 1900 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException notADay) {
            // falls through to the fault: the reason is the same for the reader
        }
        fault(field, "no-such-day");
        return LocalDate.EPOCH;
    }

    /** The same, within limits that include both days; what is no such day is told with what was typed and the limits. */
    public LocalDate dayWithin(String field, @Nullable String typed, LocalDate first, LocalDate last) {
        String text = CleanText.line(typed);
        try {
            LocalDate day = LocalDate.parse(text, ISO_DAY);
            if (!day.isBefore(first) && !day.isAfter(last)) {
                return day;
            }
        } catch (DateTimeException notADay) {
            // falls through to the fault: the limits say what is one
        }
        fault(field, "day-limits", text, first.toString(), last.toString());
        return last;
    }

    /** A year within limits that include both; nothing typed is the last one. */
    public int yearWithin(String field, @Nullable String typed, int first, int last) {
        String text = CleanText.line(typed);
        if (text.isEmpty()) {
            return last;
        }
        int year = text.matches("\\d{4}") ? Integer.parseInt(text) : 0;
        if (year >= first && year <= last) {
            return year;
        }
        fault(field, "year-limits", text, Integer.toString(first), Integer.toString(last));
        return last;
    }

    /** The constant of this name; anything else is a fault. */
    public <E extends Enum<E>> E choice(String field, @Nullable String typed, Class<E> type) {
        String text = CleanText.line(typed);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        fault(field, text.isEmpty() ? "empty" : "no-such-choice");
        return type.getEnumConstants()[0];
    }

    /** An id as it stands in addresses and in the API. */
    public UUID id(String field, @Nullable String typed) {
        String text = CleanText.line(typed);
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            fault(field, text.isEmpty() ? "empty" : "no-such-choice");
            return new UUID(0, 0);
        }
    }

    /** Notes a fault of a field; its sentence is {@code input.<key>}. */
    public void fault(String field, String key, Object... facts) {
        faults.add(new BadInput.Fault(field, key, facts));
    }

    /** The faults so far, for whoever shows them elsewhere than in a form. */
    public List<BadInput.Fault> faults() {
        return List.copyOf(faults);
    }

    /** Refuses with all faults, if there are any. */
    public void check() {
        if (!faults.isEmpty()) {
            throw new BadInput(faults);
        }
    }
}

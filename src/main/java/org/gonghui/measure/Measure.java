package org.gonghui.measure;

/**
 * One thing that is counted, declared by the module whose records it counts. Its name, meaning and denominator are the
 * messages {@code measure.<key>.name}, {@code .meaning} and so on.
 *
 * @param key {@code member.joined}
 * @param unit what one of it is
 * @param kind whether a period's value is a sum of the period or a level at its end
 * @param counters the feature whose counter tables hold it: {@code member} for {@code member_month} and
 *     {@code member_street_month}
 * @param expression SQL over the counters' columns, written by the module, never from a request
 * @param records SQL sentence shown on the definition card: how the same figure is counted from records
 */
public record Measure(String key, Unit unit, Kind kind, String counters, String expression, String records) {

    /** What one of it is; the word is the message {@code unit.<name>}. */
    public enum Unit {
        PERSON,
        UNION,
        MEETING,
        ATTENDANCE,
        HOUSEHOLD,
        YUAN
    }

    /** How months add up. */
    public enum Kind {
        /** Happened within a month; a year is the sum of its months. */
        FLOW,
        /** Stands at the end of a month; a year is its last month. */
        STOCK
    }

    /** {@code measure.member.joined.<part>}. */
    public String message(String part) {
        return "measure." + key + "." + part;
    }
}

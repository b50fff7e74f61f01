package org.gonghui.database;

/**
 * The condition by which a query returns nothing from outside a reach. It takes the parameters {@code lows} and
 * {@code highs}, as a {@code Reach} gives them; an empty reach matches no row.
 */
public final class Within {

    private Within() {}

    /** True for the rows whose path lies within the reach; the column is named by the store, never by a request. */
    public static String reach(String pathColumn) {
        return " exists (select 1 from unnest(:lows, :highs) as reach (low, high)"
                + " where %1$s >= reach.low collate \"C\" and %1$s < reach.high collate \"C\") ".formatted(pathColumn);
    }
}

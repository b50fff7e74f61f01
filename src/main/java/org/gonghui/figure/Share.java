package org.gonghui.figure;

import java.util.Locale;

/** A part of a whole, as staff write it. */
record Share(long part, long whole) {

    /** True when there is a whole to be a part of. */
    boolean known() {
        return whole > 0;
    }

    /** As a part of one; NaN where there is no whole. */
    double ratio() {
        return known() ? (double) part / whole : Double.NaN;
    }

    /** {@code 26.1 %}, or a dash. */
    String percent() {
        return known() ? String.format(Locale.ROOT, "%.1f %%", 100 * ratio()) : "—";
    }
}

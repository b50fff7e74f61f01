package org.gonghui.measure;

import java.time.LocalDate;
import java.util.List;
import org.gonghui.kernel.UnionId;

/** How a feature counts its records again, to see whether its month counters say the same. One bean for each that counts. */
public interface Recount {

    /** A counter that does not agree with the records that it counts; the values as the database writes a row of them. */
    record Difference(LocalDate month, UnionId union, String counted, String onRecord) {

        @Override
        public String toString() {
            return "%s %s: %s counted, %s on record".formatted(month, union, counted, onRecord);
        }
    }

    /** The feature, as its measures name it. */
    String counters();

    /** Where counters differ from the records; empty when all is well. */
    List<Difference> differences();
}

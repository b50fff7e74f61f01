package org.gonghui.grouping;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionKind;
import org.jspecify.annotations.Nullable;

/**
 * Unions that belong together across the tree.
 *
 * @param owner the union that looks after it; all its unions stand at or below that one
 * @param closedOn the first day on which there is no such grouping any more; null as long as there is
 */
public record Grouping(
        GroupingId id,
        Kind kind,
        UnionId owner,
        String name,
        String shortName,
        LocalDate beganOn,
        @Nullable LocalDate closedOn) {

    /** What joins them; the word is the message {@code grouping.kind.<name>}. */
    public enum Kind {
        /** 片区: streets and towns that work together. */
        AREA,
        /** 区域性工会联合会: unions of one place. */
        REGIONAL,
        /** 行业性工会联合会: unions of one trade. */
        INDUSTRY;

        /** The kinds of unions that may belong to it. */
        Set<UnionKind> members() {
            return this == AREA
                    ? EnumSet.of(UnionKind.STREET_FEDERATION, UnionKind.TOWN_FEDERATION)
                    : EnumSet.complementOf(EnumSet.of(UnionKind.CITY_FEDERATION));
        }
    }

    public boolean isOpen() {
        return closedOn == null;
    }
}

package org.gonghui.grouping;

import java.util.UUID;

/** Names a grouping of unions. */
public record GroupingId(UUID value) {

    /** The id written like this, as it stands in addresses. */
    public static GroupingId of(String text) {
        return new GroupingId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

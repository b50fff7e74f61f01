package org.gonghui.founding;

import java.util.UUID;

/** Names a founding. */
public record FoundingId(UUID value) {

    /** The id written like this, as it stands in addresses. */
    public static FoundingId of(String text) {
        return new FoundingId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

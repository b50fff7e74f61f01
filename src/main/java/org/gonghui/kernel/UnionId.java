package org.gonghui.kernel;

import java.util.UUID;

/** The id of a union, of whatever kind: a federation as well as a base union. */
public record UnionId(UUID value) {

    /** Reads the form shown in addresses; anything else is {@link IllegalArgumentException}. */
    public static UnionId of(String text) {
        return new UnionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

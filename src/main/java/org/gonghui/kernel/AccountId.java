package org.gonghui.kernel;

import java.util.UUID;

/** The id of an account that signs in. */
public record AccountId(UUID value) {

    /** Reads the form shown in addresses; anything else is {@link IllegalArgumentException}. */
    public static AccountId of(String text) {
        return new AccountId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

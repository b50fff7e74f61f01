package org.gonghui.employer;

import java.util.UUID;

/** Names an employer. */
public record EmployerId(UUID value) {

    /** The id written like this, as it stands in addresses. */
    public static EmployerId of(String text) {
        return new EmployerId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package org.gonghui.kernel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Where a page of what is told by time ends, and the next begins. */
public record Mark(Instant at, UUID id) {

    private static final int ID = 36;

    /** A mark as addresses carry it, {@code 1703725200000000-<id>}: microseconds since 1970; nothing when it is none. */
    public static Optional<Mark> of(String text) {
        int end = text.indexOf('-');
        if (end < 1 || text.length() != end + 1 + ID) {
            return Optional.empty();
        }
        try {
            long micros = Long.parseLong(text.substring(0, end));
            return Optional.of(
                    new Mark(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), UUID.fromString(text.substring(end + 1))));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /** The form that {@link #of} reads. */
    public String text() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "-" + id;
    }
}

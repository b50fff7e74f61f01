package org.gonghui.notice;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.UnionId;

/**
 * A notice that staff wrote to a union and everything below it.
 *
 * @param sender the name of who wrote it
 * @param readBy how many people but the sender have had it before their eyes
 */
record Circular(
        UUID id,
        UnionId union,
        Audience audience,
        String title,
        String content,
        Instant sentAt,
        String sender,
        int readBy,
        Optional<Instant> withdrawnAt) {

    /** For whom it is. */
    enum Audience {
        /** Who holds an office there. */
        STAFF,
        /** Every member there, and the staff as well. */
        MEMBERS
    }
}

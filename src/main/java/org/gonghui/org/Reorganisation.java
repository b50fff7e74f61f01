package org.gonghui.org;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.UnionId;

/**
 * Something ordered to be done to a union's place in the tree.
 *
 * @param target where it moves to, or what it merges into; empty when it is dissolved
 * @param effectiveOn the first day on which the tree is so
 * @param failure the code of the refusal by which it failed on its day; empty for none
 * @param orderedBy name of whoever ordered it
 */
record Reorganisation(
        UUID id,
        UnionId union,
        Kind kind,
        Optional<UnionId> target,
        LocalDate effectiveOn,
        State state,
        String failure,
        Instant orderedAt,
        String orderedBy) {

    /** What is done; the word is the message {@code org.reorganisation.<name>}. */
    enum Kind {
        /** It stands below another union from then on, with everything below it. */
        MOVE,
        /** It goes up in another union, which takes over its members and its records. */
        MERGE,
        /** It ends; its records stand with its superior. */
        DISSOLVE
    }

    /** What became of it. */
    enum State {
        PLANNED,
        DONE,
        CANCELLED,
        FAILED
    }
}

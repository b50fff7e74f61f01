package org.gonghui.duplicate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.member.MemberId;

/**
 * Two records that may be one person's.
 *
 * @param merge by which they became one; empty while they are two
 * @param decidedAt empty while nobody has decided
 */
record Pair(
        UUID id,
        MemberId one,
        MemberId other,
        boolean samePhone,
        boolean sameNameAndBirthDate,
        boolean nearNumber,
        Instant foundAt,
        State state,
        Optional<UUID> merge,
        Optional<Instant> decidedAt,
        String decidedBy,
        String reason) {

    /** What was decided about them. */
    enum State {
        OPEN,
        /** They are two people. */
        DISMISSED,
        MERGED
    }

    /** In what they are alike, the surest first; the words are {@code duplicate.alike.<name>}. */
    enum Likeness {
        NEAR_NUMBER,
        SAME_NAME_AND_BIRTH_DATE,
        SAME_PHONE
    }

    List<Likeness> alike() {
        List<Likeness> alike = new ArrayList<>();
        if (nearNumber) {
            alike.add(Likeness.NEAR_NUMBER);
        }
        if (sameNameAndBirthDate) {
            alike.add(Likeness.SAME_NAME_AND_BIRTH_DATE);
        }
        if (samePhone) {
            alike.add(Likeness.SAME_PHONE);
        }
        return alike;
    }
}

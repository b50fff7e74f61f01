package org.gonghui.joining;

import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.UnionId;

/**
 * An application for membership was decided, or its decision undone; heard within the same transaction.
 *
 * @param decision its id: no other decision has it
 * @param applicant the account of whoever applied; empty for somebody whom staff took down
 * @param scanned the code by which it came
 * @param application the same for all that is decided about it
 * @param at the union whose officers decided
 * @param reason why it was refused; empty when it was not
 */
public record ApplicationDecided(
        UUID decision,
        UUID application,
        Optional<AccountId> applicant,
        String scanned,
        UnionId at,
        Outcome outcome,
        String reason) {

    /** What was decided. */
    public enum Outcome {
        APPROVED,
        REFUSED,
        /** The decision was taken back: the application waits again. */
        UNDONE
    }
}

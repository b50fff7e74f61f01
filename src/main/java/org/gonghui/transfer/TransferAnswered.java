package org.gonghui.transfer;

import java.util.Optional;
import java.util.UUID;
import org.gonghui.member.MemberId;

/**
 * A wish for a transfer was answered, withdrawn, or its answer undone; heard within the same transaction.
 *
 * @param applied true when somebody's own application gave rise to the wish
 * @param arrived the membership that came of it; empty when nothing did
 * @param objection why the other union objected; empty when it did not
 */
public record TransferAnswered(
        UUID transfer, MemberId member, boolean applied, Outcome outcome, Optional<UUID> arrived, String objection) {

    /** What became of the wish. */
    public enum Outcome {
        AGREED,
        OBJECTED,
        WITHDRAWN,
        /** The answer was taken back: the wish waits again. */
        WAITING_AGAIN
    }
}

package org.gonghui.transfer;

import org.gonghui.kernel.Refusal;

/** Why a transfer is not asked for or not answered. */
enum TransferRefusal implements Refusal {
    /** There is no such transfer within the actor's part of the tree. */
    NO_SUCH_TRANSFER(404),
    /** Their membership has ended: there is nothing to transfer. */
    NO_MEMBER_ANY_MORE(409),
    /** Another wish for a transfer of the same person waits for its answer. */
    ANOTHER_WAITS(409),
    /** Somebody else has answered or withdrawn it in the meantime. */
    ANSWERED_ALREADY(409),
    /** The answer can be undone for a day only. */
    TOO_LATE_TO_UNDO(409);

    private final int status;

    TransferRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "transfer";
    }

    @Override
    public int status() {
        return status;
    }
}

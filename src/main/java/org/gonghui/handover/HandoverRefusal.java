package org.gonghui.handover;

import org.gonghui.kernel.Refusal;

/** Why a handover is refused. */
enum HandoverRefusal implements Refusal {
    /** There is no such handover, or it is neither the actor's nor of their part of the tree. */
    NO_SUCH_HANDOVER(404),
    /** Only the successor can say that the work has arrived. */
    NOT_THE_SUCCESSOR(403);

    private final int status;

    HandoverRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "handover";
    }

    @Override
    public int status() {
        return status;
    }
}

package org.gonghui.duplicate;

import org.gonghui.kernel.Refusal;

/** Why nothing is decided about two records. */
enum DuplicateRefusal implements Refusal {
    /** There is no such pair within the actor's part of the tree. */
    NO_SUCH_PAIR(404),
    /** One of the two is kept outside the actor's part of the tree: whoever answers for both decides. */
    ONE_IS_ELSEWHERE(403),
    /** Somebody has decided about the two in the meantime. */
    DECIDED_ALREADY(409);

    private final int status;

    DuplicateRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "duplicate";
    }

    @Override
    public int status() {
        return status;
    }
}

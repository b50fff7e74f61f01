package org.gonghui.idempotency;

import org.gonghui.kernel.Refusal;

/** Why a program's request is not carried out. */
enum IdempotencyRefusal implements Refusal {
    /** The header Idempotency-Key is missing, or longer than 100 characters. */
    KEY_MISSING(400),
    /** The same key was used for another request. */
    KEY_USED_OTHERWISE(422),
    /** The same request is being carried out at this moment. */
    STILL_RUNNING(409);

    private final int status;

    IdempotencyRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "idempotency";
    }

    @Override
    public int status() {
        return status;
    }
}

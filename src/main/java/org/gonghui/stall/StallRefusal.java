package org.gonghui.stall;

import org.gonghui.kernel.Refusal;

/** Why a page for where there is no network is not given. */
enum StallRefusal implements Refusal {
    /** Nobody joins at this place itself: a street or an employer's union must be chosen first, with a network. */
    CHOOSE_A_PLACE(409);

    private final int status;

    StallRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "stall";
    }

    @Override
    public int status() {
        return status;
    }
}

package org.gonghui.message;

import org.gonghui.kernel.Refusal;

/** Why it is not told how messages leave. */
enum MessageRefusal implements Refusal {
    /** Messages leave for the whole city: their state is for whoever reads the whole city's audit trail. */
    WHOLE_CITY_ONLY(403);

    private final int status;

    MessageRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "message";
    }

    @Override
    public int status() {
        return status;
    }
}

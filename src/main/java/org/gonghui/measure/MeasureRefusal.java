package org.gonghui.measure;

import org.gonghui.kernel.Refusal;

/** Why something about figures is refused. */
enum MeasureRefusal implements Refusal {
    /** Counting all records again is for whoever sees the whole city's figures. */
    WHOLE_CITY_ONLY(403);

    private final int status;

    MeasureRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "measure";
    }

    @Override
    public int status() {
        return status;
    }
}

package org.gonghui.canvass;

import org.gonghui.kernel.Refusal;

/** Why a table of employers is not taken or not entered. */
enum CanvassRefusal implements Refusal {
    /** The table is kept for a day and for whoever sent it: it has to be sent again. */
    NO_SUCH_CANVASS(410),
    /** Some rows have faults, and it was not said that they are to be left out. */
    HAS_FAULTS(409),
    /** No row would change anything. */
    NOTHING_TO_ENTER(409),
    /** What the page showed is not what it would come to any more. */
    OVERTAKEN(409),
    /** So many tables are enough for a day. */
    TOO_MANY_TABLES(429);

    private final int status;

    CanvassRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "canvass";
    }

    @Override
    public int status() {
        return status;
    }
}

package org.gonghui.outreach;

import org.gonghui.kernel.Refusal;

/** Why a meeting is not planned, or not changed. */
enum OutreachRefusal implements Refusal {
    /** There is no such meeting, meeting day or question within the actor's part of the tree. */
    NO_SUCH_MEETING(404),
    /** The union holds a meeting of this name at this time already. */
    PLANNED_ALREADY(409),
    /** The form was sent before with other words: it holds for what it was sent with. */
    FORM_USED_BEFORE(409),
    /** Not from where it stands: held, closed or cancelled meanwhile. */
    NOT_FROM_HERE(409),
    /** Its day has not come: nobody can have been there. */
    NOT_YET(409),
    /** So long after its day it is not written down any more: the month's figures have been reported. */
    TOO_LATE(409),
    /** Questions are open that were asked there: settle them first. */
    QUESTIONS_OPEN(409);

    private final int status;

    OutreachRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "outreach";
    }

    @Override
    public int status() {
        return status;
    }
}

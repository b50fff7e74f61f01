package org.gonghui.enrolment;

import org.gonghui.kernel.Refusal;

/** Why a list is not taken, not entered or not taken back. */
enum EnrolmentRefusal implements Refusal {
    /** There is none such, or its union lies outside the actor's part of the tree: the answer is the same. */
    NO_SUCH_LIST(404),
    /** So many lists in a day; says in how many hours there may be another. */
    TOO_MANY_LISTS(429),
    /** A part of a file that is too big, stands too far behind or is missing. */
    NOT_WHOLE(422),
    /** The row that is to have the headings is about somebody; says which row. */
    NO_HEADINGS(422),
    /** It is still being read, or entered just now. */
    BUSY(409),
    /** It has been entered, taken back or given up. */
    OVER(409),
    /** It has rows with faults, and nobody said to leave them out. */
    HAS_FAULTS(409),
    /** Nobody on it would become a member. */
    NOBODY_TO_ENTER(409),
    /** Too long ago, or the month is closed. */
    TOO_LATE(409);

    private final int status;

    EnrolmentRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "enrolment";
    }

    @Override
    public int status() {
        return status;
    }
}

package org.gonghui.joining;

import org.gonghui.kernel.Refusal;

/** Why an application is not taken or not decided. */
enum JoiningRefusal implements Refusal {
    /** No union, street or station has this code. */
    NO_SUCH_CODE(404),
    /** The code of a station or stall is in use no more. */
    CODE_ENDED(410),
    /** The union has a code of this label in use. */
    LABEL_TAKEN(409),
    /** Nobody can join at this place itself: a street or an employer's union must be chosen first. */
    CHOOSE_A_PLACE(409),
    /** The applicant is a member already. */
    MEMBER_ALREADY(409),
    /** The caller is no member, so there is no card. */
    NOT_A_MEMBER(404),
    /** An application has been sent and waits to be decided. */
    WAITING_ALREADY(409),
    /** There is no application that could be changed or sent: begin with the first step. */
    NOT_BEGUN(409),
    /** There is no such application within the actor's part of the tree. */
    NO_SUCH_APPLICATION(404),
    /** Somebody else has decided it in the meantime. */
    DECIDED_ALREADY(409),
    /** The applicant's own union is not known yet: one must be chosen to admit them to. */
    NO_UNION_CHOSEN(409),
    /** Another union is asked to let the applicant go: answer or take that back first. */
    IN_TRANSFER(409),
    /** The applicant came by a transfer, which is undone where it was answered. */
    CAME_BY_TRANSFER(409),
    /** The decision can be undone for a day only, and only within its month. */
    TOO_LATE_TO_UNDO(409);

    private final int status;

    JoiningRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "joining";
    }

    @Override
    public int status() {
        return status;
    }
}

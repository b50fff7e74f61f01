package org.gonghui.grouping;

import org.gonghui.kernel.Refusal;

/** Why a grouping of unions is left as it is. */
enum GroupingRefusal implements Refusal {
    /** There is none such, or who looks after it lies outside the actor's part of the tree: the answer is the same. */
    NO_SUCH_GROUPING(404),
    /** Another open grouping of the same union has this name. */
    NAME_TAKEN(409),
    /** The form was sent before, with other words: open it again. */
    FORM_USED_BEFORE(409),
    /** An area is made of streets and towns only. */
    KIND_DOES_NOT_FIT(409),
    /** The union belongs to it already, or did on the day asked for. */
    BELONGS_ALREADY(409),
    /** The union does not belong to it any more. */
    GONE_ALREADY(409),
    /** It is closed: nothing of it changes any more. */
    CLOSED(409);

    private final int status;

    GroupingRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "grouping";
    }

    @Override
    public int status() {
        return status;
    }
}

package org.gonghui.org;

import org.gonghui.kernel.Refusal;

/** Why the tree of unions says no. */
enum UnionRefusal implements Refusal {
    /** There is no such union, or it lies outside the actor's part of the tree: the answer is the same. */
    NO_SUCH_UNION(404),
    /** A union of this kind cannot stand below one of that kind. */
    KIND_DOES_NOT_FIT(409),
    /** Another union below the same superior has this name today. */
    NAME_TAKEN(409),
    /** The form was sent before, with other words: open it again. */
    FORM_USED_BEFORE(409),
    /** The tree cannot grow deeper than eight levels. */
    TOO_DEEP(409),
    /** The record to be ended is not there, or has ended already. */
    ALREADY_ENDED(409);

    private final int status;

    UnionRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "org";
    }

    @Override
    public int status() {
        return status;
    }
}

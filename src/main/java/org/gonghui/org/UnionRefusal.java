package org.gonghui.org;

import org.gonghui.kernel.Refusal;

/** Why the tree of unions says no. */
enum UnionRefusal implements Refusal {
    /** There is no such union, or it lies outside the actor's part of the tree: the answer is the same. */
    NO_SUCH_UNION(404),
    /** It was not there yet on that day, or no more. */
    NOT_THERE_THAT_DAY(404),
    /** A union of this kind cannot stand below one of that kind. */
    KIND_DOES_NOT_FIT(409),
    /** Another union below the same superior has this name today. */
    NAME_TAKEN(409),
    /** The form was sent before, with other words: open it again. */
    FORM_USED_BEFORE(409),
    /** The tree cannot grow deeper than eight levels. */
    TOO_DEEP(409),
    /** The record to be ended is not there, or has ended already. */
    ALREADY_ENDED(409),
    /** The city federation is not moved, merged or dissolved. */
    CITY_STAYS(409),
    /** Whether a union is moved, merged or dissolved is its superior's to say. */
    SUPERIOR_DECIDES(409),
    /** Codes on posters lead to a street's joint union; it goes where its street goes. */
    JOINT_UNION_STAYS(409),
    /** A union cannot stand below itself or go up in what stands below it. */
    INTO_ITSELF(409),
    /** It stands there already. */
    THERE_ALREADY(409),
    /** Unions below it have to be moved first. */
    UNIONS_BELOW(409),
    /** It, or what stood below it, was moved on a later day than the one asked for. */
    MOVED_LATER(409),
    /** Something else is planned for the union: that is done or cancelled first. */
    PLANNED_ALREADY(409),
    /** What should be cancelled is not planned any more. */
    NOT_PLANNED(409),
    /** The file that was read is kept for a day and for whoever sent it: it has to be sent again. */
    NO_SUCH_IMPORT(410),
    /** A heading of the file sounds like the superior and is not understood: unread, all would be founded elsewhere. */
    SUPERIOR_HEADING_UNKNOWN(422),
    /** Rows of the file have faults, and it was not asked to found the others alone. */
    IMPORT_HAS_FAULTS(409),
    /** No row of the file founds a union. */
    NOTHING_TO_FOUND(409),
    /** The tree has changed since the file was looked through: what it would found is no longer the same. */
    IMPORT_OVERTAKEN(409);

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

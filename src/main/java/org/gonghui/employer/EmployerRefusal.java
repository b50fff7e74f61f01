package org.gonghui.employer;

import org.gonghui.kernel.Refusal;

/** Why something about an employer is not done. */
enum EmployerRefusal implements Refusal {
    /** There is no such employer, or it lies outside the actor's part of the tree: the answer is the same. */
    NO_SUCH_EMPLOYER(404),
    /** There is no such line of its file any more. */
    NO_SUCH_LINE(404),
    /** Another employer on record has this credit code; it may lie in another street. */
    CODE_TAKEN(409),
    /** Another employer of the same street has this name: it may be the same one. */
    NAME_TAKEN(409),
    /** The form was sent before, with other words: open it again. */
    FORM_USED_BEFORE(409),
    /** It is not there any more. */
    CLOSED(409),
    /** Employers are kept by federations, not by base unions. */
    NOT_BY_BASE_UNIONS(409),
    /** Its workers belong to a union already. */
    HAS_UNION(409),
    /** Somebody works towards a union there: that is given up first. */
    UNION_UNDER_WAY(409),
    /** One of many that were to be entered has come to be on record meanwhile; none was entered. */
    ENTERED_MEANWHILE(409);

    private final int status;

    EmployerRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "employer";
    }

    @Override
    public int status() {
        return status;
    }
}

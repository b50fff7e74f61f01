package org.gonghui.founding;

import org.gonghui.kernel.Refusal;

/** Why a founding does not go on. */
enum FoundingRefusal implements Refusal {
    /** There is no such founding, or it lies outside the actor's part of the tree: the answer is the same. */
    NO_SUCH_FOUNDING(404),
    /** There is no such paper. */
    NO_SUCH_PAPER(404),
    /** It stands elsewhere by now: somebody else was quicker, or the page is an old one. */
    NOT_FROM_HERE(409),
    /** The employer's workers belong to a union already. */
    HAS_UNION(409),
    /** Somebody works towards a union there already. */
    BEGUN_ALREADY(409),
    /** A joint union is for employers of fewer than 25 workers, each counted. */
    NOT_SMALL(409),
    /** An employer of another street has a union of that street. */
    OTHER_STREET(409),
    /** A joint union is of two employers at least; the last one stays. */
    TOO_FEW_EMPLOYERS(409),
    /** An employer was never counted, and so has no size. */
    NOT_COUNTED(409),
    /** An employer's credit code is not on record. */
    NO_CREDIT_CODE(409),
    /** The letter of application or the report of the election is missing. */
    PAPERS_MISSING(409),
    /** Papers that went with an application stay with it. */
    PAPER_STAYS(409),
    /** So many papers are enough. */
    TOO_MANY_PAPERS(409),
    /** A paper is a PDF or a picture, of ten megabytes at most. */
    NO_PAPER(422),
    /** A union of this kind cannot stand below that one. */
    SUPERIOR_DOES_NOT_FIT(409);

    private final int status;

    FoundingRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "founding";
    }

    @Override
    public int status() {
        return status;
    }
}

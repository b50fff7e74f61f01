package org.gonghui.notice;

import org.gonghui.kernel.Refusal;

/** Why a notice is not sent, or an address not taken. */
enum NoticeRefusal implements Refusal {
    /** No mail server has been set up here. */
    NO_EMAIL(503),
    /** The mail with the code could not be sent just now. */
    NOT_SENT(503),
    /** Too many codes were asked for today, by this account or for this address. */
    TOO_MANY_CODES(429),
    /** The code is wrong, was used, or is too old. */
    WRONG_CODE(422),
    /** There is no such notice in the actor's part of the tree. */
    NO_SUCH_CIRCULAR(404),
    /** Too many notices were written today. */
    TOO_MANY_CIRCULARS(429);

    private final int status;

    NoticeRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "notice";
    }

    @Override
    public int status() {
        return status;
    }
}

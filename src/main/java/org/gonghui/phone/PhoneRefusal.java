package org.gonghui.phone;

import org.gonghui.kernel.Refusal;

/** Why a phone is not proved. */
enum PhoneRefusal implements Refusal {
    /** Too many codes were asked for with this phone, from this device or this address: wait, then try again. */
    TOO_MANY_CODES(429),
    /** A code went out within the last minute. */
    CODE_JUST_SENT(429),
    /** The code is wrong, was used, or is older than five minutes. */
    WRONG_CODE(422),
    /** No way of sending messages has been set up here. */
    NO_MESSAGES(503),
    /** The code could not be sent just now. */
    NOT_SENT(503),
    /** The account does not sign in by phone. */
    NO_PHONE_ACCOUNT(409),
    /** The phone belongs to another account. */
    PHONE_TAKEN(409);

    private final int status;

    PhoneRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "phone";
    }

    @Override
    public int status() {
        return status;
    }
}

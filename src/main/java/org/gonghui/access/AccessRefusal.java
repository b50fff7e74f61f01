package org.gonghui.access;

import org.gonghui.kernel.Refusal;

/** Why signing in or appointing is refused. */
enum AccessRefusal implements Refusal {
    /** Name or password is wrong; which of them is not said. */
    WRONG_PASSWORD(401),
    /** The present password, asked for before something dangerous, is wrong. */
    WRONG_PRESENT_PASSWORD(401),
    /** The second factor's code is wrong, or was used before. */
    WRONG_CODE(401),
    /** Somebody who is signed in has to show first that it is still they. */
    CONFIRM_FIRST(401),
    /** Too many failures for this account or from this address: wait a quarter of an hour. */
    TOO_MANY_ATTEMPTS(429),
    /** Too many people sign in at this moment: try again in a few seconds. */
    BUSY(503),
    /** The sign-in took too long between password and code: begin again. */
    SIGN_IN_EXPIRED(401),
    /** The link was used, has expired, or never was. */
    LINK_NOT_VALID(410),
    /** The sign-in name is somebody else's, or its owner has not taken it yet. */
    LOGIN_TAKEN(409),
    /** The actor may not give this role. */
    ROLE_NOT_YOURS_TO_GIVE(403),
    /** The person holds this role at this union already. */
    APPOINTED_ALREADY(409),
    /** There is no such appointment within the actor's part of the tree. */
    NO_SUCH_APPOINTMENT(404),
    /** Nobody appoints themselves, or ends the appointment by which they act. */
    NOT_YOUR_OWN(409),
    /** The account has no password: its owner signs in by phone. */
    NO_PASSWORD(409),
    /** There is no such session among the actor's own. */
    NO_SUCH_SESSION(404),
    /** There is no such token among the actor's own. */
    NO_SUCH_TOKEN(404),
    /** One token of this name is in force. */
    TOKEN_NAMED_ALREADY(409),
    /** The token was made without the right that this address needs, whatever its owner may. */
    TOKEN_LACKS_RIGHT(403),
    /** So many tokens nobody keeps apart. */
    TOO_MANY_TOKENS(409),
    /** The city has been set up already. */
    SET_UP_ALREADY(410);

    private final int status;

    AccessRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "access";
    }

    @Override
    public int status() {
        return status;
    }
}

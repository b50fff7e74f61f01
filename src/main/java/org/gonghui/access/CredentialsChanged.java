package org.gonghui.access;

import java.util.UUID;
import org.gonghui.kernel.AccountId;

/**
 * By what an account signs in was changed, or may be by a link that somebody gave out, or somebody else ended what was signed in
 * with it; heard within the same transaction.
 *
 * @param change of its own for each change
 * @param by who did it, as people are called
 */
public record CredentialsChanged(UUID change, AccountId account, What what, String by) {

    /** What there is to change. The words of what its owner changes are {@code access.credential.<name>}. */
    public enum What {
        /** The password alone. */
        PASSWORD,
        /** The second factor alone. */
        FACTOR,
        /** Both, by a link, as somebody does who lost one of them. */
        EVERYTHING,
        /** The account at an outside provider by which its owner comes in. */
        OUTSIDE,
        /** Nothing yet: somebody gave out a link by which both are set. */
        LINK,
        /** Nothing: whatever was signed in was ended by somebody who answers for the account. */
        SESSIONS,
        /** All of it is gone: the account is closed. */
        CLOSED
    }
}

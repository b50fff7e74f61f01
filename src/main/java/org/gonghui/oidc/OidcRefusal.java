package org.gonghui.oidc;

import org.gonghui.kernel.Refusal;

/** Why somebody is not signed in, or not tied, by the provider's word. */
enum OidcRefusal implements Refusal {
    /** No provider is set up: there is no such page. */
    NOT_OFFERED(404),
    /** The provider cannot be reached, or fails: the password still works. */
    PROVIDER_AWAY(503),
    /** The provider says no, or nothing that can be believed: who it is was not shown. */
    NOT_PROVEN(401),
    /** What comes back was not begun in this browser, was used, or took too long. */
    BEGIN_AGAIN(401),
    /** Nobody here has tied this account of the provider's to theirs. */
    NOT_TIED(401),
    /** The person's account is tied already. */
    TIED_ALREADY(409),
    /** The provider's account is tied to somebody else's. */
    TIED_ELSEWHERE(409),
    /** Begun too often from this address. */
    TOO_MANY(429);

    private final int status;

    OidcRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "oidc";
    }

    @Override
    public int status() {
        return status;
    }
}

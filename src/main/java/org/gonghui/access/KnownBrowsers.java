package org.gonghui.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.gonghui.seal.Sealer;
import org.springframework.stereotype.Component;

/**
 * Marks that browsers keep in which somebody has signed in. Failures there are counted apart from those everywhere else, so
 * that a stranger who guesses closes a sign-in name for strangers and not for its owner (OWASP: device cookies). A mark opens
 * nothing, and nothing is kept of it here: it is known again by a keyed hash.
 */
@Component
class KnownBrowsers {

    static final String COOKIE = "gonghui-known";

    private static final int NAME_LENGTH = Token.fresh().text().length();

    private final Sealer sealer;

    KnownBrowsers(Sealer sealer) {
        this.sealer = sealer;
    }

    /** A fresh mark for a sign-in name. */
    String mark(String login) {
        String name = Token.fresh().text();
        return name + HexFormat.of().formatHex(hash(name, login));
    }

    /** Which browser a mark names, if it was made here and for this sign-in name. */
    Optional<String> nameOf(String mark, String login) {
        if (mark.length() <= NAME_LENGTH) {
            return Optional.empty();
        }
        String name = mark.substring(0, NAME_LENGTH);
        byte[] made = HexFormat.of().formatHex(hash(name, login)).getBytes(StandardCharsets.US_ASCII);
        byte[] brought = mark.substring(NAME_LENGTH).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(made, brought) ? Optional.of(name) : Optional.empty();
    }

    private byte[] hash(String name, String login) {
        return sealer.blind("access.known-browser", name + "\n" + login);
    }
}

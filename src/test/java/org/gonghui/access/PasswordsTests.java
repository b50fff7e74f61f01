package org.gonghui.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** How passwords are kept and compared, and which are refused because everybody would try them. */
class PasswordsTests {

    private final Passwords passwords = new Passwords();

    @AfterEach
    void end() {
        passwords.destroy();
    }

    @Test
    void aHashCostsWhatIsAdvised() {
        assertThat(passwords.hash("correct horse battery")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.hash("correct horse battery")).isNotEqualTo(passwords.hash("correct horse battery"));
    }

    @Test
    void whoHasNoAccountIsComparedWithAHashOfTheSameCost() {
        assertThat(passwords.matches("correct horse battery", null)).isFalse();
        String real = passwords.hash("correct horse battery");
        assertThat(Passwords.NOBODYS_HASH)
                .hasSameSizeAs(real)
                .startsWith(real.substring(0, real.indexOf("$", "$argon2id$v=19$".length()) + 1));
        // What cannot be read would be answered at once, and tell who has no account.
        assertThat(new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2).upgradeEncoding(Passwords.NOBODYS_HASH))
                .isFalse();
    }

    @Test
    void everyCharacterCounts() {
        String longest = "一句话".repeat(42) + "ab";
        assertThat(longest).hasSize(Passwords.LONGEST);
        String hash = passwords.hash(longest);
        assertThat(passwords.matches(longest, hash)).isTrue();
        for (String other : new String[] {
            longest.substring(0, Passwords.LONGEST - 1), longest + " ", " " + longest, longest.replace('b', 'B')
        }) {
            assertThat(passwords.matches(other, hash)).as(other).isFalse();
        }
        assertThat(Passwords.LONGEST).isGreaterThanOrEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012",
                "aaaaaaaaaaaaaaaa",
                "121212121212",
                "abcdefghijklmnop",
                "qwertyuiop123",
                "Password1234",
                "gonghui-2026!!",
                "admin@gonghui2026",
                "lin.ruochuan1990",
                "林若川的密码1234",
                "示范市总工会20261122",
                "woaini5201314",
                "1qaz2wsx3edc",
                "            "
            })
    void whatEverybodyWouldTryIsRefused(String password) {
        assertThat(PasswordRules.isGuessable(password, Stream.of("lin.ruochuan", "林若川", "示范市总工会")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "a password of tests 1",
                "839201847562",
                "早上七点在老站台等车去上班",
                "ttfnbbklwqzm",
                "(╯°□°)╯ ┻━┻ breakfast",
                "ÀÉÎÕÜ-çñß-wandern"
            })
    void anySentenceIsTaken(String password) {
        assertThat(PasswordRules.isGuessable(password, Stream.of("lin.ruochuan", "林若川", "示范市总工会")))
                .isFalse();
    }
}

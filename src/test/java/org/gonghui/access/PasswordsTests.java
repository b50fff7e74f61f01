package org.gonghui.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.gosimple.nbvcxz.Nbvcxz;
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

    /** 3,000 at least that are long enough here, and not the word that is wanted around them. */
    @Test
    void whatHasLeakedElsewhereIsRefusedAloneDoubledJoinedOrWithADay() throws IOException {
        List<String> leaked;
        try (var list = new BufferedReader(new InputStreamReader(
                Nbvcxz.class.getResourceAsStream("/dictionaries/passwords.txt"), StandardCharsets.UTF_8))) {
            leaked = list.lines().toList();
        }
        assertThat(leaked).hasSizeGreaterThan(100_000);
        Stream<String> alone = leaked.stream().filter(each -> each.length() >= Passwords.SHORTEST);
        Stream<String> more = leaked.subList(0, 2_000).stream()
                .filter(each -> each.matches("(?=.*[a-z]).{6,}"))
                .flatMap(each -> Stream.of(each + each, each + "!" + leaked.get(5_000), each + "19900101"));
        Set<String> tried = Stream.concat(alone, more).collect(Collectors.toSet());
        assertThat(tried)
                .hasSizeGreaterThan(3_000)
                .allSatisfy(each -> assertThat(PasswordRules.isGuessable(each, Stream.empty()))
                        .as(each)
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Harry-Potter", "DragonMaster19900101", "letmein!sunshine", "1990christopher"})
    void aLeakedWordIsNoPasswordWhateverStandsAroundIt(String password) {
        assertThat(PasswordRules.isGuessable(password, Stream.empty())).isTrue();
        assertThat(PasswordRules.isGuessable(password + " 早上七点在老站台", Stream.empty()))
                .isFalse();
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

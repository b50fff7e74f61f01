package org.gonghui.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ciphers and hashes that docs/security.md names, and no others. */
class AlgorithmsTests {

    private static final Pattern ASKED_FOR =
            Pattern.compile("(?:Cipher|Mac|MessageDigest|KDF|Signature|KeyGenerator|KeyPairGenerator|SecretKeyFactory"
                    + "|KeyFactory|KeyAgreement|SSLContext)\\s*\\.getInstance\\(\\s*([^,)]*)");

    @Test
    void nothingElseIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                Matcher asked = ASKED_FOR.matcher(Files.readString(file));
                while (asked.find()) {
                    used.add(asked.group(1));
                }
            }
        }
        assertThat(used)
                .containsExactlyInAnyOrder(
                        "\"AES/GCM/NoPadding\"",
                        "\"EC\"",
                        "\"ECDH\"",
                        "\"HKDF-SHA256\"",
                        "\"HmacSHA256\"",
                        "\"SHA-256\"");
    }
}

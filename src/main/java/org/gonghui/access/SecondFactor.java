package org.gonghui.access;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.gonghui.kernel.CleanText;
import org.springframework.stereotype.Component;

/**
 * Time-based one-time codes (TOTP, RFC 6238): six digits, 30 seconds, as authenticator apps make them. Runs on the
 * machine's own time even where the city's clock stands in the demonstration's year, because phones do.
 */
@Component
class SecondFactor {

    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int SECRET_BYTES = 20;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator(STEP);
    private final InstantSource time;

    SecondFactor(InstantSource machineTime) {
        this.time = machineTime;
    }

    /** A fresh secret, in base 32 as authenticator apps take it. */
    String freshSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        var text = new StringBuilder();
        for (int bit = 0; bit < SECRET_BYTES * 8; bit += 5) {
            int value = 0;
            for (int i = bit; i < bit + 5; i++) {
                int one = (secret[i / 8] >> (7 - i % 8)) & 1;
                value = (value << 1) | one;
            }
            text.append(BASE32.charAt(value));
        }
        return text.toString();
    }

    /** The time step for which the typed code is right: the present one or a neighbour; empty when it is wrong. */
    OptionalLong stepOf(String secret, String typed) {
        String code = CleanText.line(typed).replace(" ", "");
        long now = step(time.instant());
        for (long step = now - 1; step <= now + 1; step++) {
            if (code.equals(code(secret, step))) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    /** A code that would be taken now after this step was used, for the development page; empty when one must wait. */
    String unusedCode(String secret, long lastUsed) {
        long now = step(time.instant());
        long step = Math.max(now, lastUsed + 1);
        return step <= now + 1 ? code(secret, step) : "";
    }

    /** What an authenticator app reads from the QR code. */
    String enrolmentAddress(String secret, String login) {
        String account = URLEncoder.encode(login, StandardCharsets.UTF_8);
        return "otpauth://totp/Gonghui:" + account + "?secret=" + secret + "&issuer=Gonghui";
    }

    private String code(String secret, long step) {
        try {
            return generator.generateOneTimePasswordString(
                    new SecretKeySpec(bytes(secret), generator.getAlgorithm()),
                    Instant.ofEpochSecond(step * STEP.toSeconds()));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("not a TOTP secret", e);
        }
    }

    private static long step(Instant now) {
        return now.getEpochSecond() / STEP.toSeconds();
    }

    private static byte[] bytes(String secret) {
        byte[] bytes = new byte[secret.length() * 5 / 8];
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            int value = BASE32.indexOf(secret.charAt(bit / 5));
            if (((value >> (4 - bit % 5)) & 1) == 1) {
                bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
            }
        }
        return bytes;
    }
}

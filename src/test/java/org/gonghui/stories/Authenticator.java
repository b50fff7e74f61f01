package org.gonghui.stories;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app on somebody's phone, to which they have added a secret. A code counts once, so none is shown twice. */
final class Authenticator {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
    private final byte[] key;
    private long shown;

    /** With the secret as a page shows it, in groups. */
    Authenticator(String secret) {
        String plain = secret.replaceAll("\\s", "");
        key = new byte[plain.length() * 5 / 8];
        for (int bit = 0; bit < key.length * 8; bit++) {
            int five = BASE32.indexOf(plain.charAt(bit / 5));
            int one = (five >> (4 - bit % 5)) & 1;
            key[bit / 8] = (byte) (key[bit / 8] | one << (7 - bit % 8));
        }
    }

    /** The next code that the platform takes; waits for it when the present one and the one after were shown. */
    String code() throws InvalidKeyException, InterruptedException {
        long step = Math.max(shown + 1, now());
        while (step > now() + 1) {
            Thread.sleep(200);
        }
        shown = step;
        return generator.generateOneTimePasswordString(
                new SecretKeySpec(key, generator.getAlgorithm()), Instant.ofEpochSecond(step * seconds()));
    }

    private long now() {
        return Instant.now().getEpochSecond() / seconds();
    }

    private long seconds() {
        Duration step = generator.getTimeStep();
        return step.toSeconds();
    }
}

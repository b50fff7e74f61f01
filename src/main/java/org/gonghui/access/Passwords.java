package org.gonghui.access;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with Argon2id. Each hash costs 16 MiB and tens of milliseconds on purpose, so only a few run at once:
 * a flood of sign-ins waits its turn or is refused, and never takes the machine.
 */
@Component
class Passwords {

    static final int SHORTEST = 12;
    static final int LONGEST = 128;
    private static final int AT_ONCE = 2;
    private static final int WAIT_SECONDS = 5;

    private final Argon2PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final String nobodysHash = encoder.encode("the password of no account");

    String hash(String password) {
        return inTurn(() -> encoder.encode(password));
    }

    /** Compares; without a hash it takes the same time and says no, so that nothing is learnt about who has an account. */
    boolean matches(String password, @Nullable String hash) {
        return inTurn(() -> encoder.matches(password, hash == null ? nobodysHash : hash) && hash != null);
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Refused(AccessRefusal.TOO_MANY_ATTEMPTS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(AccessRefusal.TOO_MANY_ATTEMPTS);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}

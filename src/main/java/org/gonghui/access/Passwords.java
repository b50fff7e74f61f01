package org.gonghui.access;

import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with Argon2id. Each hash costs 19 MiB and tens of milliseconds on purpose. It runs on threads of its
 * own, never more than half the cores, with a short queue: a flood of sign-ins is refused early and leaves the machine,
 * and the threads that serve everyone else, alone.
 */
@Component
class Passwords implements DisposableBean {

    static final int SHORTEST = 12;
    static final int LONGEST = 128;
    private static final int WAITING = 24;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;

    /** 19 MiB and two rounds: the least that is advised (OWASP ASVS 5.0, appendix C); older hashes name their own. */
    private static final int KIBIBYTES = 19 * 1024;

    private static final int ROUNDS = 2;

    /** The hash of no password, which costs as much to compare with: not reckoned, for that would hold up every start. */
    static final String NOBODYS_HASH = "$argon2id$v=19$m=" + KIBIBYTES + ",t=" + ROUNDS + ",p=" + LANES + "$"
            + unpadded(SALT_BYTES) + "$" + unpadded(HASH_BYTES);

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, ROUNDS);
    private final ThreadPoolExecutor hands;

    Passwords() {
        int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        hands = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("passwords-", 1).factory());
    }

    String hash(String password) {
        return inTurn(() -> encoder.encode(password));
    }

    /** Compares; without a hash it takes the same time and says no, so that nothing is learnt about who has an account. */
    boolean matches(String password, @Nullable String hash) {
        return inTurn(() -> encoder.matches(password, hash == null ? NOBODYS_HASH : hash) && hash != null);
    }

    private static String unpadded(int zeros) {
        return Base64.getEncoder().withoutPadding().encodeToString(new byte[zeros]);
    }

    private <T> T inTurn(Callable<T> work) {
        try {
            return hands.submit(work).get();
        } catch (RejectedExecutionException e) {
            throw new Refused(AccessRefusal.BUSY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(AccessRefusal.BUSY);
        } catch (ExecutionException e) {
            throw new IllegalStateException("hashing failed", e.getCause());
        }
    }

    @Override
    public void destroy() {
        hands.shutdown();
    }
}

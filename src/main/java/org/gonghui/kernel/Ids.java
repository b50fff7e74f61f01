package org.gonghui.kernel;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Makes UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits, so that rows made one after another lie side by
 * side in an index.
 */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new id whose leading 48 bits are the clock's milliseconds since 1970 UTC. */
    public static UUID next(Clock clock) {
        return of(clock.millis(), RANDOM.nextLong(), RANDOM.nextLong());
    }

    /** The id with these milliseconds and these random bits; a fixed seed gives fixed ids. */
    public static UUID of(long millis, long randomA, long randomB) {
        long high = (millis << 16) | 0x7000L | (randomA & 0x0fffL);
        long low = (randomB & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}

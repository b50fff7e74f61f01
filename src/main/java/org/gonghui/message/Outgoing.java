package org.gonghui.message;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.MessageGateway.Way;

/**
 * A message that waits in the outbox.
 *
 * @param attempts how often it was taken out to be sent, this time included
 */
record Outgoing(UUID id, AccountId account, Way way, String subject, String content, Instant writtenAt, int attempts) {

    /** What is older than this is no news any more; it stays in the inbox. */
    static final Duration NEWS = Duration.ofDays(2);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int STEEPEST = 10;

    boolean isNewsAt(Instant now) {
        return writtenAt.plus(NEWS).isAfter(now);
    }

    /** How long to wait after an attempt in vain: 1, 2, 4 … seconds, ten minutes at most. */
    Duration pause() {
        Duration pause = Duration.ofSeconds(1L << Math.min(attempts - 1, STEEPEST));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}

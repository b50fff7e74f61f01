package org.gonghui.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.MessageGateway.Way;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionPath;
import org.gonghui.kernel.Vitals;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages on their way out. One is put in with what it tells, in the same transaction; it leaves as soon as its way is
 * open, whatever happens to the process or to the other side meanwhile.
 */
@Service
public class Outbox implements Vitals {

    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration LOOKED_BACK = Duration.ofDays(7);
    private static final int FAILURES_SHOWN = 50;

    /** How one way stands: what waits, since when the oldest, and what came of the last week's. */
    public record WayState(Way way, long waiting, Optional<Instant> oldest, long sent, long givenUp) {}

    /**
     * A message that did not leave.
     *
     * @param reason in the words of the other side, without personal data
     * @param endedAt when it was given up; empty while it will be tried again
     */
    public record Failure(Way way, String reason, int attempts, Instant writtenAt, Optional<Instant> endedAt) {}

    private final OutboxStore store;
    private final Clock clock;

    Outbox(OutboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Puts a message in. The same person is told the same thing by the same way once, however often it is put in.
     *
     * @param about what it tells of
     * @param due when it may leave
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void put(UUID about, AccountId to, Way way, String subject, String content, Instant due) {
        store.insert(Ids.next(clock), about, to, way, subject, content, clock.instant(), due);
    }

    /** How the ways have stood for a week. */
    @Transactional(readOnly = true)
    List<WayState> states(Actor actor) {
        requireWholeCity(actor);
        return store.states(clock.instant().minus(LOOKED_BACK));
    }

    /** What did not leave in the last week, the newest first. */
    @Transactional(readOnly = true)
    List<Failure> failures(Actor actor) {
        requireWholeCity(actor);
        return store.failures(clock.instant().minus(LOOKED_BACK), FAILURES_SHOWN);
    }

    /** What waits, and how late the latest of it is: what may not leave yet is not late. */
    @Override
    @Transactional(readOnly = true)
    public List<Vital> vitals() {
        Instant now = clock.instant();
        return store.queues(now).stream()
                .flatMap(queue -> Stream.of(
                        new Vital("gonghui.outbox.waiting", queue.way().name(), queue.waiting()),
                        new Vital(
                                "gonghui.outbox.late.seconds",
                                queue.way().name(),
                                queue.oldest()
                                        .map(oldest ->
                                                Duration.between(oldest, now).toSeconds())
                                        .orElse(0L))))
                .toList();
    }

    private static void requireWholeCity(Actor actor) {
        if (!actor.reach(Right.AUDIT_READ).covers(UnionPath.root())) {
            throw new Refused(MessageRefusal.WHOLE_CITY_ONLY);
        }
    }

    /** What has gone is kept for a quarter of a year. */
    @Scheduled(cron = "0 10 4 * * *", zone = "Asia/Shanghai")
    @Transactional
    void forget() {
        store.deleteEndedBefore(clock.instant().minus(KEPT));
    }
}

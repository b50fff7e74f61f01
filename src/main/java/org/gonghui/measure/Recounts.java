package org.gonghui.measure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.database.TransactionLocks;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionPath;
import org.gonghui.kernel.Vitals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Proves that counters say what the records say: every night, and whenever somebody asks who sees the whole city's
 * figures. What is found is kept, shown beside the figures, told, and in the log; it changes nothing.
 */
@Service
public class Recounts implements Vitals {

    private static final Logger LOG = LoggerFactory.getLogger(Recounts.class);
    private static final String LOCK = "measure.recount";
    private static final UnionPath CITY = UnionPath.root();
    private static final int SHOWN = 10;
    /** So that of several nodes one counts, and a second press of the button does not count again. */
    private static final Duration NOT_AGAIN_WITHIN = Duration.ofMinutes(1);

    /**
     * What a recount found.
     *
     * @param askedBy a person's name; the platform's own at night
     * @param differences how many counters disagree; 0 when all is well
     * @param firstOnes the first of them, as sentences for those who look into it
     */
    public record Result(String counters, Instant at, String askedBy, int differences, List<String> firstOnes) {

        /** True when every counter says what the records say. */
        public boolean isWell() {
            return differences == 0;
        }
    }

    private final RecountStore store;
    private final List<Recount> recounts;
    private final TransactionLocks locks;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Recounts(
            RecountStore store,
            List<Recount> recounts,
            TransactionLocks locks,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.recounts = List.copyOf(recounts);
        this.locks = locks;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Half past three at night, when nobody joins. */
    @Scheduled(cron = "0 30 3 * * *", zone = "Asia/Shanghai")
    @Transactional
    public void everyNight() {
        count(Actor.platform("recount"));
    }

    /** Counts again now; refused to whoever does not see the whole city's figures. */
    @Transactional
    public void ask(Actor actor) {
        if (!mayAsk(actor)) {
            throw new Refused(MeasureRefusal.WHOLE_CITY_ONLY);
        }
        count(actor);
        audit.record(actor, "measure.recount", Ids.next(clock), CITY, Audit.facts());
    }

    /** True for whoever sees the whole city's figures. */
    public boolean mayAsk(Actor actor) {
        return actor.reach(Right.FIGURE_READ).covers(CITY);
    }

    private void count(Actor actor) {
        locks.alone(LOCK);
        Instant now = clock.instant();
        for (Recount recount : recounts) {
            if (latest(recount.counters())
                    .filter(last -> last.at().isAfter(now.minus(NOT_AGAIN_WITHIN)))
                    .isPresent()) {
                continue;
            }
            List<Recount.Difference> found = recount.differences();
            List<String> first = found.stream()
                    .limit(SHOWN)
                    .map(Recount.Difference::toString)
                    .toList();
            if (!found.isEmpty()) {
                LOG.error("{} counters of {} disagree with the records: {}", found.size(), recount.counters(), first);
            }
            UUID id = Ids.next(clock);
            store.insert(id, new Result(recount.counters(), now, actor.name(), found.size(), first));
            if (!found.isEmpty()) {
                events.publishEvent(new RecountDiffered(id, recount.counters(), found.size()));
            }
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<Vital> vitals() {
        Instant now = clock.instant();
        return store.latest().stream()
                .flatMap(last -> Stream.of(
                        new Vital("gonghui.recount.differences", last.counters(), last.differences()),
                        new Vital(
                                "gonghui.recount.age.seconds",
                                last.counters(),
                                Duration.between(last.at(), now).toSeconds())))
                .toList();
    }

    /** What the last recount of a feature's counters found; empty before the first. */
    public Optional<Result> latest(String counters) {
        return store.latest(counters);
    }
}

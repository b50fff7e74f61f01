package org.gonghui.audit;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.gonghui.database.TransactionLocks;
import org.gonghui.seal.Sealer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals what was committed: entries are written without a link, so that no command waits for another, and one node at a
 * time chains them, some times a second.
 */
@Component
class ChainSealing {

    private static final Logger LOG = LoggerFactory.getLogger(ChainSealing.class);
    private static final String LOCK = "audit.chain";
    private static final int BATCH = 5_000;

    private final ChainStore store;
    private final Sealer sealer;
    private final TransactionLocks locks;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ApplicationAvailability availability;

    ChainSealing(
            ChainStore store,
            Sealer sealer,
            TransactionLocks locks,
            TransactionTemplate transaction,
            Clock clock,
            ApplicationAvailability availability) {
        this.store = store;
        this.sealer = sealer;
        this.locks = locks;
        this.transaction = transaction;
        this.clock = clock;
        this.availability = availability;
    }

    /** Seals everything that waits, in batches; leaves it to whoever does so already. */
    @Scheduled(fixedDelay = 300)
    void seal() {
        boolean more = true;
        while (more) {
            // Each batch in a transaction of its own; of what is left when the platform stops, the next start seals the
            // rest.
            more = Boolean.TRUE.equals(transaction.execute(status -> sealBatch()))
                    && availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        }
    }

    private boolean sealBatch() {
        if (!locks.aloneIfFree(LOCK)) {
            return false;
        }
        List<Link.Said> waiting = store.unsealed(BATCH);
        if (waiting.isEmpty()) {
            return false;
        }
        Link head = store.head();
        List<Link> made = new ArrayList<>(waiting.size());
        for (Link.Said said : waiting) {
            head = head.next(said, sealer);
            made.add(head);
        }
        store.insert(made, clock.instant());
        return waiting.size() == BATCH;
    }

    /** Once an hour the head goes into the log as well: who keeps the log can tell that the chain's end was cut off. */
    @Scheduled(fixedDelay = 3_600_000, initialDelay = 10_000)
    void tellHead() {
        Link head = store.head();
        if (head.number() > 0) {
            LOG.info("The audit chain's head is {}", ChainCheck.named(head));
        }
    }
}

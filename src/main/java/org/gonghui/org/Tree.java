package org.gonghui.org;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.gonghui.database.Signals;
import org.gonghui.kernel.UnionId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps the tree of today in memory. Whoever changes it calls {@link #changed()} inside the transaction: this node forgets
 * it right after the commit, before the answer goes out, every other node on the signal; the next to ask reads it anew.
 */
@Component
class Tree {

    private static final String TOPIC = "org.tree";
    private static final int OTHER_DAYS = 8;

    private final UnionStore store;
    private final ReorganisationStore reorganisations;
    private final Signals signals;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicLong changes = new AtomicLong();
    private volatile Kept kept = new Kept(TreeSnapshot.empty(), LocalDate.MIN, -1);
    /** Trees of other days, those asked for last. */
    private final Map<LocalDate, Kept> others = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LocalDate, Kept> eldest) {
            return size() > OTHER_DAYS;
        }
    });

    /**
     * A snapshot, and how many changes were known when its reading began.
     *
     * @param lastMove the day from which every union has stood where it stands
     */
    private record Kept(TreeSnapshot snapshot, LocalDate lastMove, long changes) {}

    Tree(UnionStore store, ReorganisationStore reorganisations, Signals signals, Clock clock) {
        this.store = store;
        this.reorganisations = reorganisations;
        this.signals = signals;
        this.clock = clock;
        signals.listen(TOPIC, text -> changes.incrementAndGet());
    }

    /** The tree as it stands today; read anew when it has changed or the day has. Who asks meanwhile waits for it. */
    TreeSnapshot today() {
        LocalDate day = LocalDate.now(clock);
        if (TransactionSynchronizationManager.hasResource(this)
                && kept.snapshot().size() > 0) {
            return kept.snapshot(); // what this transaction would read nobody else may see, and may never come to be
        }
        if (!isFresh(day)) {
            reading.lock();
            try {
                if (!isFresh(day)) {
                    long known = changes.get(); // before reading: a change during the reading asks for another
                    kept = new Kept(
                            TreeSnapshot.of(day, store.everyUnion(day)),
                            store.lastMove().orElse(LocalDate.MIN),
                            known);
                }
            } finally {
                reading.unlock();
            }
        }
        return kept.snapshot();
    }

    /** The tree as it stood at the end of a day, or as it will stand when what is planned up to then has been done. */
    TreeSnapshot on(LocalDate day) {
        TreeSnapshot today = today();
        if (day.equals(today.day())) {
            return today;
        }
        long known = changes.get();
        Kept other = others.get(day);
        if (other == null || other.changes() != known) {
            other = new Kept(TreeSnapshot.of(day, everyUnion(day, today.day())), LocalDate.MIN, known);
            others.put(day, other);
        }
        return other.snapshot();
    }

    private List<UnionStore.Node> everyUnion(LocalDate day, LocalDate today) {
        return day.isBefore(today)
                ? store.everyUnion(day)
                : PlannedTree.after(store.everyUnion(today), reorganisations.plannedUntil(day));
    }

    /** The first day on which every union stood where it stands today, but for those founded since. */
    LocalDate lastMove() {
        today();
        return kept.lastMove();
    }

    private boolean isFresh(LocalDate day) {
        Kept now = kept;
        return now.changes() == changes.get() && now.snapshot().day().equals(day);
    }

    /**
     * The union of this id if the surrounding transaction has founded it: nobody else sees it yet, and what goes on within the
     * same transaction (its officers take office, somebody is told) has to.
     */
    Optional<UnionSummary> justFounded(UnionId id) {
        return TransactionSynchronizationManager.hasResource(this)
                ? store.union(id, LocalDate.now(clock)).map(TreeSnapshot::alone)
                : Optional.empty();
    }

    /** Announces that the surrounding transaction changes the tree, or what is planned for it. */
    void changed() {
        signals.send(TOPIC, "");
        if (!TransactionSynchronizationManager.hasResource(this)) {
            TransactionSynchronizationManager.bindResource(this, true);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                changes.incrementAndGet();
            }

            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResourceIfPossible(Tree.this);
            }
        });
    }
}

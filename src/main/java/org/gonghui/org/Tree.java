package org.gonghui.org;

import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.locks.ReentrantLock;
import org.gonghui.database.Signals;
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

    private final UnionStore store;
    private final Signals signals;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile TreeSnapshot snapshot = TreeSnapshot.empty();
    private volatile boolean stale = true;

    Tree(UnionStore store, Signals signals, Clock clock) {
        this.store = store;
        this.signals = signals;
        this.clock = clock;
        signals.listen(TOPIC, text -> stale = true);
    }

    /** The tree as it stands today; read anew when it has changed or the day has. */
    TreeSnapshot today() {
        LocalDate day = LocalDate.now(clock);
        TreeSnapshot current = snapshot;
        if (!stale && current.day().equals(day)) {
            return current;
        }
        reading.lock();
        try {
            if (stale || !snapshot.day().equals(day)) {
                stale = false; // before reading: a change during the reading makes it stale again
                try {
                    snapshot = TreeSnapshot.of(day, store.everyUnion(day));
                } catch (RuntimeException e) {
                    stale = true;
                    throw e;
                }
            }
            return snapshot;
        } finally {
            reading.unlock();
        }
    }

    /** Announces that the surrounding transaction changes the tree. */
    void changed() {
        signals.send(TOPIC, "");
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                stale = true;
            }
        });
    }
}

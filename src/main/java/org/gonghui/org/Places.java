package org.gonghui.org;

import org.gonghui.database.TransactionLocks;
import org.springframework.stereotype.Component;

/**
 * Keeps unions where they are while something is written that depends on it: the counters of a street, the place that a
 * record carries. To be held before the first such row is locked.
 */
@Component
public class Places {

    private static final String LOCK = "org.places";

    private final TransactionLocks locks;

    Places(TransactionLocks locks) {
        this.locks = locks;
    }

    /** Until the transaction ends no union changes its place. */
    public void hold() {
        locks.together(LOCK);
    }

    /** Until the transaction ends nobody else holds the places or changes them. */
    void change() {
        locks.alone(LOCK);
    }
}

package org.gonghui.support;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The machine's time as tests see it: it runs, and can be moved on. */
public final class TestTime implements InstantSource {

    private volatile Duration ahead = Duration.ZERO;

    /** Lets this much time pass at once. */
    public void pass(Duration time) {
        ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}

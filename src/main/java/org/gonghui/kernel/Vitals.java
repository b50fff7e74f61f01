package org.gonghui.kernel;

import java.util.List;

/** What a module tells of its state to whoever keeps the platform running. One bean for each that has something to tell. */
public interface Vitals {

    /**
     * A number as it stands now.
     *
     * @param name in words joined by dots: {@code gonghui.outbox.waiting}
     * @param of what it is of, where there are several: a way, a kind of counters; else empty. Never a person or a place.
     */
    record Vital(String name, String of, double value) {}

    /** The numbers, by one cheap query: they are asked for as long as the platform runs. */
    List<Vital> vitals();
}

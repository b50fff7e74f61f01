package org.gonghui.kernel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What waits to be done by whoever holds a right at a place: one bean for each kind of work. */
public interface OpenWork {

    /**
     * Some work of one kind.
     *
     * @param label key of the sentence that names it; its one fact is the count
     * @param count how much waits; never zero
     * @param oldest since when the oldest waits; empty where that says nothing
     * @param address the page where it is done
     */
    record Waiting(String label, long count, Optional<Instant> oldest, String address) {}

    /** What waits below a union for someone who holds these rights; empty when nothing does. */
    List<Waiting> waiting(Actor holder, UnionId union, UnionPath at);
}

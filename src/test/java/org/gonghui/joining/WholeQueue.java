package org.gonghui.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;

/** Everybody who waits somewhere, page by page: others may have left many waiting there. */
final class WholeQueue {

    private WholeQueue() {}

    static List<Approvals.Waiting> of(Approvals approvals, Actor officer, UnionId at) {
        List<Approvals.Waiting> all = new ArrayList<>();
        Optional<UUID> after = Optional.empty();
        List<Approvals.Waiting> page;
        do {
            page = approvals.queue(officer, at, after);
            all.addAll(page);
            after = page.isEmpty() ? after : Optional.of(page.getLast().id());
        } while (!page.isEmpty());
        return all;
    }
}

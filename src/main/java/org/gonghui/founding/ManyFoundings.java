package org.gonghui.founding;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gonghui.audit.Audit;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Ownership;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Foundings with all that has happened, for generated cities. */
@Service
public class ManyFoundings {

    /** A step of a founding that is loaded. */
    public record Happened(Stage stage, Instant at, String note) {}

    /**
     * A founding as it is loaded with a whole city.
     *
     * @param union the one that was founded; empty for one that is under way
     * @param chair who was elected
     * @param actor whoever worked towards it
     */
    public record Established(
            FoundingId id,
            UnionId street,
            EmployerId employer,
            Ownership ownership,
            int workers,
            String unionName,
            Optional<UnionId> union,
            String chair,
            String actor,
            List<Happened> steps) {}

    private final ManyFoundingsStore store;
    private final Audit audit;

    ManyFoundings(ManyFoundingsStore store, Audit audit) {
        this.store = store;
        this.audit = audit;
    }

    /** Loads foundings with all that has happened, for generated cities. */
    @Transactional
    public void establish(Actor platform, UnionSummary city, List<Established> all) {
        all.forEach(each -> store.load(each, FoundingClass.separate(each.ownership(), each.workers())));
        audit.record(
                platform,
                "founding.establish",
                city.id().value(),
                city.path(),
                Audit.facts("count", Integer.toString(all.size())));
    }
}

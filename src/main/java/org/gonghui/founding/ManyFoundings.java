package org.gonghui.founding;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gonghui.audit.Audit;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Ownership;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Foundings with all that has happened, for generated cities. */
@Service
public class ManyFoundings {

    /** A step of a founding that is loaded. */
    public record Happened(Stage stage, Instant at, String note) {}

    /** The content of a paper, a PDF. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Paper(byte[] content) {}

    /**
     * A founding as it is loaded with a whole city.
     *
     * @param union the one that was founded; empty for one that is under way
     * @param chair who was elected
     * @param actor whoever worked towards it
     * @param paper stands for each paper an application needs
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
            List<Happened> steps,
            Paper paper) {}

    private static final Duration PAPERS_BEFORE = Duration.ofHours(1);

    private final ManyFoundingsStore store;
    private final PaperStore papers;
    private final Audit audit;
    private final Clock clock;

    ManyFoundings(ManyFoundingsStore store, PaperStore papers, Audit audit, Clock clock) {
        this.store = store;
        this.papers = papers;
        this.audit = audit;
        this.clock = clock;
    }

    /** Loads foundings with all that has happened, for generated cities. */
    @Transactional
    public void establish(Actor platform, UnionSummary city, List<Established> all) {
        for (Established each : all) {
            store.load(each, FoundingClass.separate(each.ownership(), each.workers()));
            each.steps().stream()
                    .filter(step -> step.stage() == Stage.APPLIED)
                    .findFirst()
                    .ifPresent(applied -> attach(each, applied.at()));
        }
        audit.record(
                platform,
                "founding.establish",
                city.id().value(),
                city.path(),
                Audit.facts("count", Integer.toString(all.size())));
    }

    private void attach(Established founding, Instant at) {
        for (Founding.PaperKind kind : Founding.PaperKind.NEEDED) {
            papers.insert(
                    founding.id(),
                    new Founding.Paper(
                            Ids.next(clock),
                            kind,
                            founding.unionName(),
                            "application/pdf",
                            founding.paper().content().length,
                            at.minus(PAPERS_BEFORE),
                            founding.actor()),
                    founding.paper().content());
        }
    }
}

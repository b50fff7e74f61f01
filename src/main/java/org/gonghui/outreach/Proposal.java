package org.gonghui.outreach;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.SizeClass;
import org.gonghui.kernel.UnionId;

/**
 * A place where the next meeting might be held, and why: each reason has points, their sum is the place in the list.
 *
 * @param employer empty for a union by itself
 * @param union the one without members; empty for an employer without union
 * @param street where it stands
 * @param code credit code of the employer; empty when nobody knows it
 * @param workers -1 when nobody has counted them
 */
record Proposal(
        Optional<EmployerId> employer,
        Optional<UnionId> union,
        String name,
        UnionId street,
        String code,
        int workers,
        Meeting.Kind kind,
        List<Reason> reasons) {

    /** Why: a word, what it counts, and its points. */
    record Reason(Why why, long fact, int points) {}

    /** The reasons there are. */
    enum Why {
        /** An employer without union; the fact is unused. */
        NO_UNION,
        /** A union that nobody belongs to. */
        NO_MEMBERS,
        /** So many workers by the latest headcount. */
        WORKERS,
        /** Nobody has been there. */
        NEVER,
        /** The last meeting was so many days ago. */
        DAYS_AGO,
        /** So many meetings are planned in the same street within two weeks: it is on the way. */
        NEAR
    }

    /**
     * What is known of a candidate.
     *
     * @param workers -1 when nobody has counted them
     * @param last when a meeting was held there last
     * @param near meetings to come in its street within two weeks
     */
    record Candidate(
            Optional<EmployerId> employer,
            Optional<UnionId> union,
            String name,
            UnionId street,
            String code,
            int workers,
            Optional<LocalDate> last,
            int near) {}

    /** From so many workers on there must be a union (企业工会工作条例). */
    private static final int OBLIGED = 25;

    private static final int LONG_AGO_DAYS = 365;
    private static final int A_WHILE_AGO_DAYS = 180;
    private static final int JUST_NOW_DAYS = 30;

    int points() {
        return reasons.stream().mapToInt(Reason::points).sum();
    }

    /** Weighs a candidate as it stands on a day. */
    static Proposal weigh(Candidate candidate, LocalDate today) {
        var reasons = new ArrayList<Reason>();
        if (candidate.union().isPresent()) {
            reasons.add(new Reason(Why.NO_MEMBERS, 0, 40));
        } else {
            reasons.add(new Reason(Why.NO_UNION, 0, candidate.workers() >= OBLIGED ? 40 : 20));
        }
        if (candidate.workers() >= 0) {
            reasons.add(new Reason(Why.WORKERS, candidate.workers(), pointsOfWorkers(candidate.workers())));
        }
        if (candidate.last().isPresent()) {
            long days = ChronoUnit.DAYS.between(candidate.last().get(), today);
            reasons.add(new Reason(Why.DAYS_AGO, days, pointsOfDays(days)));
        } else if (candidate.employer().isPresent()) {
            reasons.add(new Reason(Why.NEVER, 0, 20)); // of a union by itself nobody knows where it was visited
        }
        if (candidate.near() > 0) {
            reasons.add(new Reason(Why.NEAR, candidate.near(), 10));
        }
        return new Proposal(
                candidate.employer(),
                candidate.union(),
                candidate.name(),
                candidate.street(),
                candidate.code(),
                candidate.workers(),
                candidate.union().isPresent() ? Meeting.Kind.WORKER : Meeting.Kind.ENTERPRISE,
                List.copyOf(reasons));
    }

    private static int pointsOfWorkers(int workers) {
        if (workers >= SizeClass.LARGE.from()) {
            return 30;
        }
        if (workers >= SizeClass.MEDIUM.from()) {
            return 20;
        }
        return workers >= OBLIGED ? 10 : 0;
    }

    private static int pointsOfDays(long days) {
        if (days > LONG_AGO_DAYS) {
            return 15;
        }
        if (days > A_WHILE_AGO_DAYS) {
            return 10;
        }
        return days <= JUST_NOW_DAYS ? -30 : 0;
    }
}

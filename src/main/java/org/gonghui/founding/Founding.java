package org.gonghui.founding;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.UnionId;

/**
 * A union on its way.
 *
 * @param street the union that works towards it
 * @param joint true for one union of several small employers
 * @param stageAt since when it stands there
 * @param application empty before the first one; a rejected one stays to be put right
 */
record Founding(
        FoundingId id,
        UnionId street,
        boolean joint,
        Stage stage,
        Instant stageAt,
        Optional<Application> application,
        Optional<Approval> approval) {

    private static final int LATE_AFTER = 30;

    /** How many days it has stood at its stage. */
    long daysBy(LocalDate today) {
        return ChronoUnit.DAYS.between(stageAt.atZone(CityClock.ZONE).toLocalDate(), today);
    }

    /** True when nothing has happened for so long that somebody should ask why. */
    boolean isLate(LocalDate today) {
        return daysBy(today) > LATE_AFTER;
    }

    /**
     * What is applied for.
     *
     * @param superior below which the union shall stand, and which decides
     * @param grant the start-up grant asked for with it
     */
    record Application(UnionId superior, String name, String shortName, LocalDate electedOn, Optional<Money> grant) {}

    /**
     * Somebody elected.
     *
     * @param position a word of {@code org.position}
     * @param login by which they sign in once it is approved; empty for somebody who does not work at the desk
     */
    record Officer(UUID id, String position, String name, String login) {}

    /**
     * What came of it.
     *
     * @param workers of the employers at the approval
     */
    record Approval(UnionId union, LocalDate on, FoundingClass foundingClass, int workers) {}

    /** A step on the way. */
    record Step(Stage stage, Instant at, String actor, String note) {}

    /** What a paper is; the word is {@code founding.paper.<name>}. */
    enum PaperKind {
        /** 建会申请. */
        APPLICATION,
        /** 选举结果报告. */
        ELECTION,
        /** 会员名册. */
        ROSTER,
        /** 营业执照. */
        LICENCE,
        OTHER;

        /** Without these nothing is applied for. */
        static final List<PaperKind> NEEDED = List.of(APPLICATION, ELECTION);
    }

    /** A paper, without its content. */
    record Paper(UUID id, PaperKind kind, String fileName, String mediaType, int size, Instant sentAt, String sentBy) {}
}

package org.gonghui.outreach;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.employer.EmployerId;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionKind;
import org.gonghui.org.UnionSummary;

/**
 * A meeting with enterprises or with workers.
 *
 * @param union who holds it
 * @param employer at whose place; empty for a stall or a hall
 * @param from in the city's time
 * @param code by which people join who come to it; empty where nobody joins at the union itself
 * @param outcome what was written down afterwards; empty before
 * @param note why it was cancelled, or how it went
 * @param day the meeting day of which it is one; empty for one by itself
 */
record Meeting(
        MeetingId id,
        UnionId union,
        Kind kind,
        Level level,
        String title,
        String place,
        Optional<EmployerId> employer,
        LocalDate on,
        LocalTime from,
        LocalTime to,
        Stage stage,
        Optional<Code> code,
        Optional<Outcome> outcome,
        String note,
        Optional<UUID> day) {

    /** Whom it is for. */
    enum Kind {
        /** With the enterprise's owners and managers (企业沟通会). */
        ENTERPRISE,
        /** With workers (职工沟通会). */
        WORKER
    }

    /** On which of the three levels it is held. */
    enum Level {
        DISTRICT,
        STREET,
        /** At one enterprise, or at a stall. */
        SITE;

        /** The levels on which a union holds meetings, its own first. */
        static List<Level> of(UnionSummary union) {
            if (union.kind().isBase()) {
                return List.of(SITE);
            }
            return union.kind() == UnionKind.STREET_FEDERATION || union.kind() == UnionKind.TOWN_FEDERATION
                    ? List.of(STREET, SITE)
                    : List.of(DISTRICT, SITE);
        }
    }

    /** How far it is. */
    enum Stage {
        PLANNED,
        ANNOUNCED,
        HELD,
        CLOSED,
        CANCELLED
    }

    /** Its own joining code. */
    record Code(UUID id, String text) {}

    /** How many people came, and what it cost. */
    record Outcome(int people, Money cost) {}

    Meeting at(Stage other) {
        return new Meeting(
                id, union, kind, level, title, place, employer, on, from, to, other, code, outcome, note, day);
    }

    Meeting with(Code given) {
        return new Meeting(
                id,
                union,
                kind,
                level,
                title,
                place,
                employer,
                on,
                from,
                to,
                stage,
                Optional.of(given),
                outcome,
                note,
                day);
    }

    Meeting with(Outcome written) {
        return new Meeting(
                id,
                union,
                kind,
                level,
                title,
                place,
                employer,
                on,
                from,
                to,
                stage,
                code,
                Optional.of(written),
                note,
                day);
    }

    Meeting with(String other) {
        return new Meeting(
                id, union, kind, level, title, place, employer, on, from, to, stage, code, outcome, other, day);
    }

    boolean isToCome() {
        return stage == Stage.PLANNED || stage == Stage.ANNOUNCED;
    }

    boolean wasHeld() {
        return stage == Stage.HELD || stage == Stage.CLOSED;
    }

    /** True when its day is over and nobody has written down what came of it. */
    boolean isOverdue(LocalDate today) {
        return isToCome() && on.isBefore(today);
    }

    /** An employer that is invited. People is empty as long as nobody knows how many came. */
    record Guest(EmployerId employer, String name, Optional<Integer> people) {}

    /**
     * What was asked there.
     *
     * @param employer whose question it is; empty for a worker's own
     * @param became empty as long as it is open
     */
    record Question(
            UUID id,
            String asked,
            Optional<EmployerId> employer,
            String employerName,
            Optional<Became> became,
            String answer,
            String settledBy) {}

    /** What became of a question. */
    enum Became {
        ANSWERED,
        /** A need of the employer's, in its service package. */
        NEED
    }
}

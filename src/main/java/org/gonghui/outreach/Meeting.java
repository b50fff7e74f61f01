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
 * @param code by which people join who come to it; empty where nobody joins at the union itself
 * @param outcome what was written down afterwards; empty before
 * @param note why it was cancelled, or how it went
 * @param occurrence empty for one by itself
 */
record Meeting(
        MeetingId id,
        UnionId union,
        Occasion occasion,
        Optional<EmployerId> employer,
        LocalDate on,
        Stage stage,
        Optional<Code> code,
        Optional<Outcome> outcome,
        String note,
        Optional<Occurrence> occurrence) {

    /** Of which meeting day it is one, and the date that the rule gave it: wherever it is moved, it is not planned again. */
    record Occurrence(UUID day, LocalDate due) {}

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

    /** One that is to come, of which nobody knows yet. */
    static Meeting planned(
            MeetingId id,
            UnionId union,
            Occasion occasion,
            Optional<EmployerId> employer,
            LocalDate on,
            Optional<Occurrence> occurrence) {
        return new Meeting(
                id, union, occasion, employer, on, Stage.PLANNED, Optional.empty(), Optional.empty(), "", occurrence);
    }

    Meeting at(Stage other) {
        return new Meeting(id, union, occasion, employer, on, other, code, outcome, note, occurrence);
    }

    Meeting with(Code given) {
        return new Meeting(id, union, occasion, employer, on, stage, Optional.of(given), outcome, note, occurrence);
    }

    Meeting with(Outcome written) {
        return new Meeting(id, union, occasion, employer, on, stage, code, Optional.of(written), note, occurrence);
    }

    Meeting with(String other) {
        return new Meeting(id, union, occasion, employer, on, stage, code, outcome, other, occurrence);
    }

    /** What is planned of it, as of another. */
    Meeting planned(Meeting other) {
        return new Meeting(id, union, other.occasion, other.employer, other.on, stage, code, outcome, note, occurrence);
    }

    /** True when both are planned alike: by the same union, of the same, on the same day. */
    boolean isPlannedLike(Meeting other) {
        return union.equals(other.union)
                && occasion.equals(other.occasion)
                && employer.equals(other.employer)
                && on.equals(other.on);
    }

    Kind kind() {
        return occasion.kind();
    }

    Level level() {
        return occasion.level();
    }

    String title() {
        return occasion.title();
    }

    String place() {
        return occasion.place();
    }

    /** In the city's time. */
    LocalTime from() {
        return occasion.from();
    }

    /** In the city's time. */
    LocalTime to() {
        return occasion.to();
    }

    boolean isToCome() {
        return stage == Stage.PLANNED || stage == Stage.ANNOUNCED;
    }

    boolean wasHeld() {
        return stage == Stage.HELD || stage == Stage.CLOSED;
    }

    /** An employer that is invited. People is empty as long as nobody knows how many came. */
    record Guest(EmployerId employer, String name, Optional<Integer> people) {}

    /**
     * A question that was asked there.
     *
     * @param employer whose question it is; empty for a worker's own
     * @param became empty as long as it is open
     */
    record Asked(
            UUID id,
            String text,
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

package org.gonghui.org;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.UnionId;
import org.jspecify.annotations.Nullable;

/**
 * Everything on record about one union: what it is today and what it was before.
 *
 * @param above its superiors, the city first
 */
record UnionFile(
        UnionSummary union,
        LocalDate foundedOn,
        boolean forNewForm,
        List<UnionSummary> above,
        List<Name> names,
        List<Place> places,
        List<Staff> staff,
        List<Body> bodies,
        List<UnionSummary> affiliations,
        List<Audit.Entry> history) {

    /** A name and the days on which it was in force. */
    record Name(
            String name,
            String shortName,
            LocalDate from,
            @Nullable LocalDate to) {}

    /** Where it stood, by its superior's name of today. */
    record Place(
            @Nullable UnionId superior,
            LocalDate from,
            @Nullable LocalDate to) {}

    /** One officer or social worker and the time served. */
    record Staff(
            UUID id,
            Position position,
            String name,
            String qualification,
            LocalDate from,
            @Nullable LocalDate to) {}

    /** A committee, branch or preparatory group. */
    record Body(
            UUID id,
            BodyKind kind,
            String name,
            LocalDate from,
            @Nullable LocalDate to) {}

    /** What a union's officers and staff are; the word is the message {@code org.position.<name>}. */
    enum Position {
        CHAIR,
        EXECUTIVE_VICE_CHAIR,
        FULL_TIME_VICE_CHAIR,
        VICE_CHAIR,
        HEAD_OF_SERVICE_STATION,
        SOCIAL_WORKER
    }

    /** The bodies within a union; the word is the message {@code org.body.<name>}. */
    enum BodyKind {
        WOMEN_WORKERS_COMMITTEE,
        FUNDS_REVIEW_COMMITTEE,
        LABOUR_PROTECTION_COMMITTEE,
        BRANCH,
        PREPARATORY_GROUP
    }
}

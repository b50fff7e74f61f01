package org.gonghui.canvass;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gonghui.employer.CreditCode;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Headcount;
import org.gonghui.employer.ManyEmployers;
import org.gonghui.org.UnionSummary;
import org.jspecify.annotations.Nullable;

/** A row of a table and what becomes of it. */
final class CanvassLine {

    /** What becomes of a row; the word is {@code canvass.outcome.<name>}. */
    enum Outcome {
        /** Comes to be on record. */
        NEW,
        /** Is on record, and something about it changes. */
        CHANGED,
        /** Is on record as it says. */
        SAME,
        /** Has faults. */
        BAD
    }

    /** A word in whatever language the reader has. */
    record Word(String key) {}

    /**
     * What is to be said of a cell.
     *
     * @param key of the whole message
     */
    record Note(String column, String key, List<Object> facts) {}

    private final List<Note> notes = new ArrayList<>();
    private final List<Note> changes = new ArrayList<>();

    final CanvassFile.Row row;
    Optional<CreditCode> code = Optional.empty();

    @Nullable
    UnionSummary street;

    ManyEmployers.@Nullable Known known;
    ManyEmployers.@Nullable Entry entry;

    CanvassLine(CanvassFile.Row row) {
        this.row = row;
    }

    CanvassFile.Row row() {
        return row;
    }

    /** Faults of a bad row, changes of one that is on record. */
    List<Note> notes() {
        return notes.isEmpty() ? changes : notes;
    }

    Outcome outcome() {
        if (!notes.isEmpty()) {
            return Outcome.BAD;
        }
        return known == null ? Outcome.NEW : changes.isEmpty() ? Outcome.SAME : Outcome.CHANGED;
    }

    /** The name as it will stand. */
    String name() {
        return entry == null ? row.text(CanvassFile.NAME) : entry.employer().name();
    }

    /** In whose streets it lies; empty where the row does not say it rightly. */
    Optional<UnionSummary> street() {
        return Optional.ofNullable(street);
    }

    /** The headcount that would be written. */
    Optional<Headcount> headcount() {
        return Optional.ofNullable(entry).flatMap(ManyEmployers.Entry::headcount);
    }

    /** The one on record. */
    Optional<EmployerId> known() {
        return Optional.ofNullable(known).map(each -> each.employer().id());
    }

    /** The headcount on record of a day. */
    Optional<Headcount> sameDay(LocalDate day) {
        return known == null
                ? Optional.empty()
                : known.headcounts().stream()
                        .filter(each -> each.countedOn().equals(day))
                        .findFirst();
    }

    /** Says what is wrong with a cell. */
    void fault(String column, String key, Object... facts) {
        fault(new Note(column, key, List.of(facts)));
    }

    void fault(Note note) {
        notes.add(note);
    }

    /** Says what would change. */
    void change(String column, String key, Object... facts) {
        changes.add(new Note(column, key, List.of(facts)));
    }
}

package org.gonghui.enrolment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Enlisting;

/**
 * A list that a union has brought.
 *
 * @param sentBy the name of whoever sent it
 * @param rowsRead as far as it has been read; of these {@code rowsGood} without fault and {@code rowsBad} with one
 * @param rowsHidden of the rows that were read those that the spreadsheet does not show
 * @param headRow the row that was held to have the headings; 0 before it is read
 * @param chosenBy who chose the columns by which it was read; empty when its headings were understood
 * @param unread headings whose columns were not read
 * @param broken why it could not be read, or its headings were not understood; empty otherwise
 * @param enteredOn the day on which it was entered
 * @param enteredUnions the unions for which people were entered
 * @param entered people who were entered by it, of whom {@code enteredAgain} had been members before
 * @param takenBack people who were no members any more when it was taken back
 * @param leftAfter memberships that stayed when it was taken back, because something had happened to them
 */
record EnrolmentList(
        UUID id,
        UnionId union,
        String sentBy,
        Instant sentAt,
        String fileName,
        Enlisting.As people,
        State state,
        int rowsRead,
        int rowsGood,
        int rowsBad,
        int rowsHidden,
        int headRow,
        String chosenBy,
        List<String> unread,
        String broken,
        List<String> brokenFacts,
        Optional<LocalDate> enteredOn,
        List<UnionId> enteredUnions,
        int entered,
        int enteredAgain,
        int takenBack,
        int leftAfter) {

    /** People who are members by it, or were until it was taken back. */
    int members() {
        return state == State.TAKEN_BACK ? takenBack : entered;
    }

    /** Where a list stands; the word is {@code enrolment.state.<name>}. */
    enum State {
        /** Its file is on its way, part by part. */
        COMING,
        /** Is being read, or will be. */
        SENT,
        /** Its headings were not understood: somebody has to say which column is which. */
        UNCLEAR,
        /** Read: nobody is entered yet. */
        READ,
        /** Cannot be read at all. */
        BROKEN,
        ENTERED,
        TAKEN_BACK,
        /** Given up before it was entered. */
        CANCELLED;

        /** True as long as somebody may still enter it. */
        boolean isOpen() {
            return this == COMING || this == SENT || this == UNCLEAR || this == READ;
        }
    }
}

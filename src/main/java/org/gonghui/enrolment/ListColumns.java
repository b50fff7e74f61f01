package org.gonghui.enrolment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.enrolment.EnrolmentList.State;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which column of a list's file is which, where its headings do not say it or say it wrongly: chosen by an officer, remembered
 * for the union, and used for every list of it that has the same headings.
 */
@Service
class ListColumns {

    private static final int ROWS_SHOWN = 3;
    private static final int HEADINGS_NAMED = 6;

    /**
     * A column of the file.
     *
     * @param place counted from 0
     * @param cells the first below the heading, so much of each as tells the column apart
     */
    record Column(int place, String heading, List<String> cells) {

        /** As spreadsheets name it. */
        String letters() {
            return FirstRows.letters(place);
        }
    }

    /**
     * What somebody chooses from.
     *
     * @param row the one whose headings these are
     * @param rows those that may have the headings, by number, and how each begins
     * @param places of our columns as they are read now; what is not among the file's columns is missing
     */
    record Looked(
            EnrolmentList list,
            int row,
            Map<Integer, List<String>> rows,
            List<Column> columns,
            Map<String, Integer> places) {}

    private final EnrolmentStore store;
    private final Enrolments enrolments;
    private final ListFile file;
    private final Unions unions;
    private final Audit audit;

    ListColumns(EnrolmentStore store, Enrolments enrolments, ListFile file, Unions unions, Audit audit) {
        this.store = store;
        this.enrolments = enrolments;
        this.file = file;
        this.unions = unions;
        this.audit = audit;
    }

    /**
     * The columns of a list that waits to be entered, or for somebody to tell them apart.
     *
     * @param asked the row that has the headings; null for the one that was found or is most like one
     */
    @Transactional(readOnly = true)
    public Looked look(Actor actor, UUID id, @Nullable Integer asked) {
        EnrolmentList list = enrolments.get(actor, id);
        require(list);
        FirstRows first = store.first(id);
        FirstRows.Row head = Optional.ofNullable(asked)
                .flatMap(first::row)
                .or(() -> first.row(list.headRow()))
                .orElseThrow(() -> new Refused(EnrolmentRefusal.NO_SUCH_LIST));
        Map<Integer, List<String>> rows = new LinkedHashMap<>();
        first.rows()
                .forEach(row -> rows.put(
                        row.number(),
                        row.cells().stream()
                                .filter(cell -> !cell.isEmpty())
                                .limit(HEADINGS_NAMED)
                                .map(Glimpse::of)
                                .toList()));
        List<FirstRows.Row> below =
                first.below(head.number()).stream().limit(ROWS_SHOWN).toList();
        List<Column> columns = first.places(head.number()).stream()
                .map(place -> new Column(
                        place,
                        Glimpse.withoutNumbers(head.cell(place)),
                        below.stream().map(row -> Glimpse.of(row.cell(place))).toList()))
                .toList();
        Map<String, Integer> places = store.choice(list.union(), head.hash())
                .map(EnrolmentStore.Choice::places)
                .orElseGet(() -> file.understood(head));
        return new Looked(list, head.number(), rows, columns, places);
    }

    /**
     * Has the list read by these columns, and remembers them for the union.
     *
     * @param number of the row that has the headings
     * @param typed by our column the place of theirs, empty for none
     */
    @Transactional
    public void choose(Actor actor, UUID id, int number, Map<String, String> typed) {
        EnrolmentList list = enrolments.locked(actor, id);
        FirstRows first = store.first(id);
        Optional<FirstRows.Row> head = first.row(number);
        Map<String, Integer> places = read(typed, first.places(number), head.isPresent());
        FirstRows.Row row = head.orElseThrow();
        if (row.isAboutSomebody()) {
            throw new Refused(EnrolmentRefusal.NO_HEADINGS, number);
        }
        if (list.state() == State.SENT && isChosen(list, row, places)) {
            return; // pressed twice
        }
        require(list);
        store.choose(list.union(), row.hash(), new EnrolmentStore.Choice(places, actor.name()));
        store.readAgain(id);
        UnionSummary union = unions.get(actor, list.union(), Right.MEMBER_APPROVE);
        audit.record(
                actor, "enrolment.columns", union.id().value(), union.path(), Audit.facts("file", list.fileName()));
    }

    private boolean isChosen(EnrolmentList list, FirstRows.Row row, Map<String, Integer> places) {
        return store.choice(list.union(), row.hash())
                .filter(choice -> choice.places().equals(places))
                .isPresent();
    }

    private static Map<String, Integer> read(Map<String, String> typed, List<Integer> theirs, boolean hasHeadings) {
        var input = new Input();
        if (!hasHeadings) {
            input.fault("row", "no-such-choice");
        }
        Map<String, Integer> places = new LinkedHashMap<>();
        for (String column : ListFile.COLUMNS) {
            String place = typed.getOrDefault(column, "");
            Optional<Integer> chosen = theirs.stream()
                    .filter(each -> Integer.toString(each).equals(place))
                    .findFirst();
            if (place.isEmpty() && ListFile.NEEDED.contains(column)) {
                input.fault(column, "empty");
            } else if (!place.isEmpty() && chosen.isEmpty()) {
                input.fault(column, "no-such-choice");
            } else if (chosen.filter(places::containsValue).isPresent()) {
                input.fault(column, "column-twice");
            }
            chosen.ifPresent(each -> places.put(column, each));
        }
        input.check();
        return places;
    }

    private static void require(EnrolmentList list) {
        switch (list.state()) {
            case UNCLEAR, READ -> {}
            case COMING, SENT -> throw new Refused(EnrolmentRefusal.BUSY);
            case BROKEN, ENTERED, TAKEN_BACK, CANCELLED -> throw new Refused(EnrolmentRefusal.OVER);
        }
    }
}

package org.gonghui.enrolment;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gonghui.database.Copy;
import org.gonghui.database.Within;
import org.gonghui.enrolment.EnrolmentList.State;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Enlisting;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.gonghui.seal.Sealer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists of members on their way: their files, sealed in parts, and what was found in them. */
@Repository
class EnrolmentStore implements SealedColumns {

    private static final SealedColumn PART = new SealedColumn("enrolment_part", "sealed", "id").ofFiles();
    private static final SealedColumn CELLS = new SealedColumn("enrolment_fault", "cells_sealed", "id");
    private static final SealedColumn FIRST = new SealedColumn("enrolment_first", "cells_sealed", "id");

    /** Bytes of a part of a file. */
    static final int PART_BYTES = 1 << 19;

    /** Between the cells of a row, and between the parts of a fault: a character that no cleaned text has. */
    static final String BETWEEN = "\u001f";

    /** How much longer nobody reads a list again with every attempt that has failed. */
    private static final String LATER = "interval '10 seconds'";

    private static final String LIST = """
            select list.id, list.union_id, sent_by, sent_at, file_name, people, state, rows_read, rows_good, rows_bad, unread,
                   rows_hidden, head_row, chosen_by, broken, broken_facts, entered_on, entered_unions, entered, entered_again, taken_back,
                   left_after
              from enrolment_list list
            """;

    private static final String REACHED =
            " join org_place place on place.union_id = list.union_id and place.valid_to is null ";
    private static final String WITHIN = Within.reach("place.path");

    private final JdbcClient jdbc;
    private final Copy copy;
    private final Sealer sealer;
    private final Clock clock;

    EnrolmentStore(JdbcClient jdbc, Copy copy, Sealer sealer, Clock clock) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** Keeps a list whose file is to come; false when the id was given before. */
    boolean insert(UUID id, UnionId union, String sentBy, String fileName, Enlisting.As people) {
        return jdbc.sql("""
                                insert into enrolment_list (id, union_id, sent_by, sent_at, file_name, people, state)
                                values (:id, :union, :by, :at, :name, :people, 'COMING') on conflict (id) do nothing
                                """)
                        .param("id", id)
                        .param("union", union.value())
                        .param("by", sentBy)
                        .param("at", now())
                        .param("name", fileName)
                        .param("people", people.name())
                        .update()
                == 1;
    }

    /** Another file is to come instead. Of a list that the caller has locked. */
    void beginAnew(UUID list, String fileName, Enlisting.As people) {
        jdbc.sql("update enrolment_list set file_name = :name, people = :people where id = :id")
                .param("id", list)
                .param("name", fileName)
                .param("people", people.name())
                .update();
    }

    /** Keeps a part of its file, by its number from 0; one that is kept stays. */
    void insertPart(UUID list, int number, byte[] bytes) {
        UUID part = Ids.next(clock);
        jdbc.sql("""
                        insert into enrolment_part (id, list_id, number, sealed) values (:id, :list, :number, :sealed)
                        on conflict (list_id, number) do nothing
                        """)
                .param("id", part)
                .param("list", list)
                .param("number", number)
                .param("sealed", sealer.seal(bytes, PART.of(part)))
                .update();
    }

    /** Its file is there: it waits to be read. Of a list that the caller has locked. */
    void markSent(UUID list) {
        jdbc.sql("update enrolment_list set state = 'SENT' where id = :id")
                .param("id", list)
                .update();
    }

    /** How many parts the file has; each has {@link #PART_BYTES}, the last perhaps fewer. */
    int parts(UUID list) {
        return jdbc.sql("select count(*) from enrolment_part where list_id = :list")
                .param("list", list)
                .query(Integer.class)
                .single();
    }

    /** A part of the file, by its number from 0. */
    byte[] part(UUID list, int number) {
        return jdbc.sql("select id, sealed from enrolment_part where list_id = :list and number = :number")
                .param("list", list)
                .param("number", number)
                .query((row, at) -> sealer.openBytes(row.getBytes("sealed"), PART.of(row.getObject("id", UUID.class))))
                .single();
    }

    void forgetFile(UUID list) {
        jdbc.sql("delete from enrolment_part where list_id = :list")
                .param("list", list)
                .update();
    }

    /** Keeps the first rows of its file instead of those that were kept, and which of them has its headings. */
    void keepFirst(UUID list, FirstRows first, int headRow) {
        forgetFirst(list);
        for (FirstRows.Row row : first.rows()) {
            UUID id = Ids.next(clock);
            jdbc.sql("insert into enrolment_first (id, list_id, row, cells_sealed) values (:id, :list, :row, :sealed)")
                    .param("id", id)
                    .param("list", list)
                    .param("row", row.number())
                    .param("sealed", sealer.seal(String.join(BETWEEN, row.cells()), FIRST.of(id)))
                    .update();
        }
        jdbc.sql("update enrolment_list set head_row = :row where id = :id")
                .param("id", list)
                .param("row", headRow)
                .update();
    }

    FirstRows first(UUID list) {
        return new FirstRows(jdbc.sql(
                        "select id, row, cells_sealed from enrolment_first where list_id = :list order by row")
                .param("list", list)
                .query((row, number) -> new FirstRows.Row(
                        row.getInt("row"),
                        List.of(sealer.open(row.getBytes("cells_sealed"), FIRST.of(row.getObject("id", UUID.class)))
                                .split(BETWEEN, -1))))
                .list());
    }

    void forgetFirst(UUID list) {
        jdbc.sql("delete from enrolment_first where list_id = :list")
                .param("list", list)
                .update();
    }

    /**
     * Which column is which below some headings, as somebody chose it.
     *
     * @param places of columns by name, counted from 0
     */
    record Choice(Map<String, Integer> places, String by) {}

    /** What was chosen for lists of this union with these headings. */
    Optional<Choice> choice(UnionId union, byte[] headings) {
        return jdbc.sql("""
                        select columns, places, chosen_by from enrolment_choice
                         where union_id = :union and headings = :headings
                        """)
                .param("union", union.value())
                .param("headings", headings)
                .query((row, number) -> {
                    String[] columns = array(row.getArray("columns"), String[].class);
                    Integer[] places = array(row.getArray("places"), Integer[].class);
                    Map<String, Integer> chosen = new LinkedHashMap<>();
                    for (int i = 0; i < columns.length; i++) {
                        chosen.put(columns[i], places[i]);
                    }
                    return new Choice(chosen, row.getString("chosen_by"));
                })
                .optional();
    }

    /** Remembers it in place of what was chosen before. */
    void choose(UnionId union, byte[] headings, Choice choice) {
        jdbc.sql("""
                        insert into enrolment_choice (union_id, headings, columns, places, chosen_by, chosen_at)
                        values (:union, :headings, :columns, :places, :by, :at)
                        on conflict (union_id, headings) do update
                           set columns = excluded.columns, places = excluded.places,
                               chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at
                        """)
                .param("union", union.value())
                .param("headings", headings)
                .param("columns", choice.places().keySet().toArray(String[]::new))
                .param("places", choice.places().values().toArray(Integer[]::new))
                .param("by", choice.by())
                .param("at", now())
                .update();
    }

    void forgetFaults(UUID list) {
        jdbc.sql("delete from enrolment_fault where list_id = :list")
                .param("list", list)
                .update();
    }

    Optional<EnrolmentList> find(UUID id, Reach reach) {
        return find(id, reach, "");
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<EnrolmentList> lock(UUID id, Reach reach) {
        return find(id, reach, " for update of list");
    }

    private Optional<EnrolmentList> find(UUID id, Reach reach, String lock) {
        return jdbc.sql(LIST + REACHED + " where list.id = :id and " + WITHIN + lock)
                .param("id", id)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(EnrolmentStore::list)
                .optional();
    }

    List<EnrolmentList> latest(UnionId union, Reach reach, int most) {
        return jdbc.sql(LIST + REACHED + " where list.union_id = :union and " + WITHIN
                        + " order by sent_at desc limit :most")
                .param("union", union.value())
                .param("most", most)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(EnrolmentStore::list)
                .list();
    }

    /** The lists that wait to be read, the first that came first; one that was tried in vain rests for a while. */
    List<UUID> waiting() {
        return jdbc.sql("select id from enrolment_list where state = 'SENT'"
                        + " and (tried_at is null or tried_at <= :now - greatest(attempts - 1, 0) * " + LATER + ")"
                        + " order by sent_at limit 100")
                .param("now", now())
                .query(UUID.class)
                .list();
    }

    /** Counts an attempt to read a list; how many there have been, empty when nobody wants it any more. */
    Optional<Integer> tried(UUID list) {
        return jdbc.sql("""
                        update enrolment_list set attempts = attempts + 1, tried_at = :now
                         where id = :id and state = 'SENT' returning attempts
                        """)
                .param("id", list)
                .param("now", now())
                .query(Integer.class)
                .optional();
    }

    /** Lists that were read and have rows that could be entered. */
    List<UUID> read() {
        return jdbc.sql("select id from enrolment_list where state = 'READ' and rows_good > 0")
                .query(UUID.class)
                .list();
    }

    /** Has a list wait to be read once more that was read, or whose headings were not understood. */
    void readAgain(UUID list) {
        int again = jdbc.sql("""
                        update enrolment_list
                           set state = 'SENT', rows_read = 0, attempts = 0, tried_at = null, broken = '', broken_facts = '{}'
                         where id = :id and state in ('READ', 'UNCLEAR')
                        """).param("id", list).update();
        if (again == 1) {
            forgetFaults(list);
        }
    }

    /** Gives up lists that were sent before and never entered; these. Lists that somebody holds are left for the next time. */
    List<UUID> giveUpOld(Duration after, Duration coming) {
        return jdbc.sql("""
                        update enrolment_list set state = 'CANCELLED'
                         where id in (select id from enrolment_list
                                       where (state in ('READ', 'UNCLEAR', 'BROKEN') and sent_at < :before)
                                          or (state = 'COMING' and sent_at < :coming)
                                       order by id for update skip locked)
                        returning id
                        """)
                .param("before", at(clock.instant().minus(after)))
                .param("coming", at(clock.instant().minus(coming)))
                .query(UUID.class)
                .list();
    }

    /** Notes how far it has been read; false when nobody wants it any more. */
    boolean readTo(UUID list, int rows) {
        return jdbc.sql("update enrolment_list set rows_read = :rows where id = :id and state = 'SENT'")
                        .param("id", list)
                        .param("rows", rows)
                        .update()
                == 1;
    }

    /** A row with faults, its cells as they were typed. */
    record Bad(int row, List<String> cells, List<BadInput.Fault> faults) {}

    void insertFaults(UUID list, List<Bad> rows) {
        try (Copy.Rows into = copy.into("enrolment_fault (id, list_id, row, cells_sealed, faults)")) {
            for (Bad bad : rows) {
                UUID id = Ids.next(clock);
                into.row(
                        id,
                        list,
                        bad.row(),
                        sealer.seal(String.join(BETWEEN, bad.cells()), CELLS.of(id)),
                        bad.faults().stream().map(EnrolmentStore::written).collect(Collectors.joining("\n")));
            }
        }
    }

    private static String written(BadInput.Fault fault) {
        return Stream.concat(
                        Stream.of(fault.field(), fault.key()),
                        fault.facts().stream().map(String::valueOf))
                .collect(Collectors.joining(BETWEEN));
    }

    private static BadInput.Fault fault(String written) {
        List<String> parts = List.of(written.split(BETWEEN, -1));
        return new BadInput.Fault(parts.get(0), parts.get(1), List.copyOf(parts.subList(2, parts.size())));
    }

    /** The next rows with faults after this one. */
    List<Bad> faults(UUID list, int after, int most) {
        return jdbc.sql("""
                        select id, row, cells_sealed, faults from enrolment_fault
                         where list_id = :list and row > :after order by row limit :most
                        """)
                .param("list", list)
                .param("after", after)
                .param("most", most)
                .query((row, number) -> new Bad(
                        row.getInt("row"),
                        List.of(sealer.open(row.getBytes("cells_sealed"), CELLS.of(row.getObject("id", UUID.class)))
                                .split(BETWEEN, -1)),
                        row.getString("faults")
                                .lines()
                                .map(EnrolmentStore::fault)
                                .toList()))
                .list();
    }

    /** Rows of a list that was read; the hidden ones are among the others. */
    record Counts(int good, int bad, int hidden) {}

    /**
     * False when nobody wants it any more.
     *
     * @param chosenBy who chose its columns; empty when its headings were understood
     */
    boolean markRead(UUID list, Counts rows, List<String> unread, String chosenBy) {
        return jdbc.sql("""
                        update enrolment_list
                           set state = 'READ', rows_read = :good + :bad, rows_good = :good, rows_bad = :bad,
                               rows_hidden = :hidden, unread = :unread, chosen_by = :by
                         where id = :id and state = 'SENT'
                        """)
                        .param("id", list)
                        .param("good", rows.good())
                        .param("bad", rows.bad())
                        .param("hidden", rows.hidden())
                        .param("by", chosenBy)
                        .param("unread", unread.toArray(String[]::new))
                        .update()
                == 1;
    }

    /** Cannot be read at all; false when nobody wants it any more. */
    boolean markBroken(UUID list, String why, List<String> facts) {
        return mark(list, State.BROKEN, why, facts);
    }

    /** Waits for somebody to say which column is which; false when nobody wants it any more. */
    boolean markUnclear(UUID list, String why, List<String> facts) {
        return mark(list, State.UNCLEAR, why, facts);
    }

    private boolean mark(UUID list, State state, String why, List<String> facts) {
        return jdbc.sql("""
                        update enrolment_list set state = :state, broken = :why, broken_facts = :facts
                         where id = :id and state = 'SENT'
                        """)
                        .param("id", list)
                        .param("state", state.name())
                        .param("why", why)
                        .param("facts", facts.toArray(String[]::new))
                        .update()
                == 1;
    }

    /** Of a list that the caller has locked. */
    void markCancelled(UUID list) {
        jdbc.sql("update enrolment_list set state = 'CANCELLED' where id = :id")
                .param("id", list)
                .update();
    }

    /** Of a list that the caller has locked. */
    void markEntered(UUID list, List<UnionId> unions, Enlisting.Admitted admitted) {
        jdbc.sql("""
                        update enrolment_list
                           set state = 'ENTERED', entered_on = :on, entered_unions = :unions,
                               entered = :entered, entered_again = :again
                         where id = :id
                        """)
                .param("id", list)
                .param("on", admitted.on())
                .param("unions", unions.stream().map(UnionId::value).toArray(UUID[]::new))
                .param("entered", admitted.fresh() + admitted.again())
                .param("again", admitted.again())
                .update();
    }

    /** Of a list that the caller has locked. */
    void markTakenBack(UUID list, Enlisting.TakenBack taken) {
        jdbc.sql(
                        "update enrolment_list set state = 'TAKEN_BACK', taken_back = :gone, left_after = :left where id = :id")
                .param("id", list)
                .param("gone", taken.gone())
                .param("left", taken.left())
                .update();
    }

    private static EnrolmentList list(ResultSet row, int number) throws SQLException {
        return new EnrolmentList(
                row.getObject("id", UUID.class),
                new UnionId(row.getObject("union_id", UUID.class)),
                row.getString("sent_by"),
                row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                row.getString("file_name"),
                Enlisting.As.valueOf(row.getString("people")),
                State.valueOf(row.getString("state")),
                row.getInt("rows_read"),
                row.getInt("rows_good"),
                row.getInt("rows_bad"),
                row.getInt("rows_hidden"),
                row.getInt("head_row"),
                row.getString("chosen_by"),
                List.of(array(row.getArray("unread"), String[].class)),
                row.getString("broken"),
                List.of(array(row.getArray("broken_facts"), String[].class)),
                Optional.ofNullable(row.getObject("entered_on", LocalDate.class)),
                Stream.of(array(row.getArray("entered_unions"), UUID[].class))
                        .map(UnionId::new)
                        .toList(),
                row.getInt("entered"),
                row.getInt("entered_again"),
                row.getInt("taken_back"),
                row.getInt("left_after"));
    }

    private static <T> T[] array(Array array, Class<T[]> type) throws SQLException {
        return type.cast(array.getArray());
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atZone(CityClock.ZONE).toOffsetDateTime();
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(PART, CELLS, FIRST);
    }
}

package org.gonghui.outreach;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.employer.EmployerId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Meetings, who came, and what was asked. */
@Repository
class MeetingStore {

    private static final String COLUMNS = """
            select meeting.id, meeting.union_id, kind, level, title, meeting.place as at_place, meeting.employer_id, on_day,
                   begins_at, ends_at, stage, code_id, code, people, cost_fen, note, day_id, due_on
              from outreach_meeting meeting
              join org_place place on place.union_id = meeting.union_id and place.valid_to is null
            """;

    private static final String WITHIN =
            " where place.path >= :low and place.path < :high and " + Within.reach("place.path");

    private final JdbcClient jdbc;

    MeetingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Plans one; false when its id was given before, or the union holds one like it then. */
    boolean insert(Meeting meeting) {
        return of(meeting, """
                        insert into outreach_meeting (id, union_id, kind, level, title, place, employer_id, on_day, begins_at,
                                                      ends_at, stage, code_id, code, people, cost_fen, note, day_id, due_on)
                        values (:id, :union, :kind, :level, :title, :place, :employer, :on, :from, :to, :stage, :codeId, :code,
                                :people, :cost, :note, :day, :due)
                        on conflict do nothing
                        """)
                        .param("union", meeting.union().value())
                        .param(
                                "day",
                                meeting.occurrence()
                                        .map(Meeting.Occurrence::day)
                                        .orElse(null))
                        .param(
                                "due",
                                meeting.occurrence()
                                        .map(Meeting.Occurrence::due)
                                        .orElse(null))
                        .update()
                == 1;
    }

    /** Writes what it is now; of a meeting that the caller has locked. */
    void update(Meeting meeting) {
        of(meeting, """
                update outreach_meeting
                   set kind = :kind, level = :level, title = :title, place = :place, employer_id = :employer, on_day = :on,
                       begins_at = :from, ends_at = :to, stage = :stage, code_id = :codeId, code = :code, people = :people,
                       cost_fen = :cost, note = :note
                 where id = :id
                """).update();
    }

    private JdbcClient.StatementSpec of(Meeting meeting, String sql) {
        return jdbc.sql(sql)
                .param("id", meeting.id().value())
                .param("kind", meeting.kind().name())
                .param("level", meeting.level().name())
                .param("title", meeting.title())
                .param("place", meeting.place())
                .param("employer", meeting.employer().map(EmployerId::value).orElse(null))
                .param("on", meeting.on())
                .param("from", meeting.from())
                .param("to", meeting.to())
                .param("stage", meeting.stage().name())
                .param("codeId", meeting.code().map(Meeting.Code::id).orElse(null))
                .param("code", meeting.code().map(Meeting.Code::text).orElse(null))
                .param("people", meeting.outcome().map(Meeting.Outcome::people).orElse(null))
                .param(
                        "cost",
                        meeting.outcome().map(outcome -> outcome.cost().fen()).orElse(null))
                .param("note", meeting.note());
    }

    /** True when another meeting of the union, not cancelled, has this name at this time. */
    boolean isHeldThen(Meeting meeting) {
        return jdbc.sql("""
                        select exists (select 1 from outreach_meeting
                                        where union_id = :union and on_day = :on and begins_at = :from and title = :title
                                          and stage <> 'CANCELLED' and id <> :id)
                        """)
                .param("union", meeting.union().value())
                .param("on", meeting.on())
                .param("from", meeting.from())
                .param("title", meeting.title())
                .param("id", meeting.id().value())
                .query(Boolean.class)
                .single();
    }

    Optional<Meeting> find(MeetingId id, Reach reach) {
        return one(id, reach, "");
    }

    Optional<Meeting> lock(MeetingId id, Reach reach) {
        return one(id, reach, " for update of meeting");
    }

    private Optional<Meeting> one(MeetingId id, Reach reach, String lock) {
        return jdbc.sql(COLUMNS + " where meeting.id = :id and " + Within.reach("place.path") + lock)
                .param("id", id.value())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(MeetingStore::meeting)
                .optional();
    }

    /** Those to come from a day on, the next first. */
    List<Meeting> toCome(UnionPath part, Reach reach, LocalDate from, int atMost) {
        return within(
                        COLUMNS + WITHIN
                                + " and stage in ('PLANNED', 'ANNOUNCED') and on_day >= :from order by on_day, begins_at, meeting.id limit :atMost",
                        part,
                        reach)
                .param("from", from)
                .param("atMost", atMost)
                .query(MeetingStore::meeting)
                .list();
    }

    /** Those whose day is over and that nobody has written down: what still can be first, then what cannot, the oldest first. */
    List<Meeting> overdue(UnionPath part, Reach reach, LocalDate earliest, LocalDate today, int atMost) {
        return within(
                        COLUMNS + WITHIN
                                + " and stage in ('PLANNED', 'ANNOUNCED') and on_day < :today order by on_day < :earliest, on_day, begins_at, meeting.id limit :atMost",
                        part,
                        reach)
                .param("earliest", earliest)
                .param("today", today)
                .param("atMost", atMost)
                .query(MeetingStore::meeting)
                .list();
    }

    /** What waits to be written down or settled: how much, and since when. */
    record Standing(long count, Optional<LocalDate> oldest) {}

    Standing overdue(UnionPath part, Reach reach, LocalDate today) {
        return within("""
                        select count(*), min(on_day) from outreach_meeting meeting
                          join org_place place on place.union_id = meeting.union_id and place.valid_to is null
                        """ + WITHIN + " and stage in ('PLANNED', 'ANNOUNCED') and on_day < :today", part, reach)
                .param("today", today)
                .query(MeetingStore::standing)
                .single();
    }

    Standing withOpenQuestions(UnionPath part, Reach reach) {
        return within("""
                        select count(*), min(on_day) from outreach_question question
                          join outreach_meeting meeting on meeting.id = question.meeting_id
                          join org_place place on place.union_id = meeting.union_id and place.valid_to is null
                        """ + WITHIN + " and became is null", part, reach)
                .query(MeetingStore::standing)
                .single();
    }

    private static Standing standing(ResultSet row, int number) throws SQLException {
        return new Standing(row.getLong(1), Optional.ofNullable(row.getObject(2, LocalDate.class)));
    }

    /** Announced ones from a day on, for everyone to see. */
    List<Meeting> announced(UnionPath part, LocalDate from, int atMost) {
        return jdbc.sql(COLUMNS + """
                         where place.path >= :low and place.path < :high and stage = 'ANNOUNCED' and on_day >= :from
                         order by on_day, begins_at, meeting.id limit :atMost
                        """)
                .param("low", part.low())
                .param("high", part.high())
                .param("from", from)
                .param("atMost", atMost)
                .query(MeetingStore::meeting)
                .list();
    }

    /** Those held within a time, the latest first, after one that was read before. */
    List<Meeting> held(MeetingLists.Question question, Reach reach, Optional<Mark> after, int atMost) {
        return within(COLUMNS + WITHIN + """
                         and stage in ('HELD', 'CLOSED') and on_day >= :from and on_day < :to
                         and (cast(:kind as text) is null or kind = :kind) and (cast(:level as text) is null or level = :level)
                         and (cast(:afterDay as date) is null or (on_day, meeting.id) < (:afterDay, :afterId))
                         order by on_day desc, meeting.id desc limit :atMost
                        """, question.union().path(), reach)
                .param("from", question.period().from())
                .param("to", question.period().to())
                .param("kind", question.kind().map(Enum::name).orElse(null))
                .param("level", question.level().map(Enum::name).orElse(null))
                .param(
                        "afterDay",
                        after.map(mark -> LocalDate.ofInstant(mark.at(), CityClock.ZONE))
                                .orElse(null))
                .param("afterId", after.map(Mark::id).orElse(null))
                .param("atMost", atMost)
                .query(MeetingStore::meeting)
                .list();
    }

    /** The codes of those held within a time: by them people joined. */
    List<String> codes(UnionPath part, Reach reach, LocalDate from, LocalDate to) {
        return within("""
                        select code from outreach_meeting meeting
                          join org_place place on place.union_id = meeting.union_id and place.valid_to is null
                        """ + WITHIN + " and code is not null and on_day >= :from and on_day < :to", part, reach)
                .param("from", from)
                .param("to", to)
                .query(String.class)
                .list();
    }

    /** What those held within a time have cost. */
    Money cost(UnionPath part, Reach reach, LocalDate from, LocalDate to) {
        return new Money(within(
                        """
                        select coalesce(sum(cost_fen), 0) from outreach_meeting meeting
                          join org_place place on place.union_id = meeting.union_id and place.valid_to is null
                        """ + WITHIN + " and stage in ('HELD', 'CLOSED') and on_day >= :from and on_day < :to",
                        part,
                        reach)
                .param("from", from)
                .param("to", to)
                .query(Long.class)
                .single());
    }

    private JdbcClient.StatementSpec within(String sql, UnionPath part, Reach reach) {
        return jdbc.sql(sql)
                .param("low", part.low())
                .param("high", part.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs());
    }

    List<Meeting.Guest> guests(MeetingId id) {
        return jdbc.sql("""
                        select employer_id, name, people from outreach_guest join employer_known on id = employer_id
                         where meeting_id = :id order by name, employer_id
                        """)
                .param("id", id.value())
                .query((row, number) -> new Meeting.Guest(
                        new EmployerId(row.getObject("employer_id", UUID.class)),
                        row.getString("name"),
                        Optional.ofNullable(row.getObject("people", Integer.class))))
                .list();
    }

    /** Invites an employer, or writes down how many came from it. */
    void putGuest(MeetingId id, EmployerId employer, Optional<Integer> people) {
        jdbc.sql("""
                        insert into outreach_guest (meeting_id, employer_id, people) values (:id, :employer, :people)
                        on conflict (meeting_id, employer_id) do update set people = :people
                        """)
                .param("id", id.value())
                .param("employer", employer.value())
                .param("people", people.orElse(null))
                .update();
    }

    boolean removeGuest(MeetingId id, EmployerId employer) {
        return jdbc.sql("delete from outreach_guest where meeting_id = :id and employer_id = :employer")
                        .param("id", id.value())
                        .param("employer", employer.value())
                        .update()
                == 1;
    }

    List<Meeting.Asked> questions(MeetingId id) {
        return jdbc.sql("""
                        select question.id, asked, question.employer_id, coalesce(name, '') as name, became, answer, settled_by
                          from outreach_question question left join employer_known known on known.id = question.employer_id
                         where meeting_id = :id order by asked_at, question.id
                        """)
                .param("id", id.value())
                .query((row, number) -> new Meeting.Asked(
                        row.getObject("id", UUID.class),
                        row.getString("asked"),
                        Optional.ofNullable(row.getObject("employer_id", UUID.class))
                                .map(EmployerId::new),
                        row.getString("name"),
                        Optional.ofNullable(row.getString("became")).map(Meeting.Became::valueOf),
                        row.getString("answer"),
                        row.getString("settled_by")))
                .list();
    }

    /** Writes a question down; false when its id was given before. */
    boolean insertQuestion(MeetingId meeting, UUID id, String asked, Optional<EmployerId> employer, Instant now) {
        return jdbc.sql("""
                        insert into outreach_question (id, meeting_id, employer_id, asked, asked_at)
                        values (:id, :meeting, :employer, :asked, :now) on conflict (id) do nothing
                        """)
                        .param("id", id)
                        .param("meeting", meeting.value())
                        .param("employer", employer.map(EmployerId::value).orElse(null))
                        .param("asked", asked)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** True when a question with this id has been written down at this meeting in these words. */
    boolean holdsQuestion(MeetingId meeting, UUID id, String asked) {
        return jdbc.sql("""
                        select exists (select 1 from outreach_question
                                        where id = :id and meeting_id = :meeting and asked = :asked)
                        """)
                .param("id", id)
                .param("meeting", meeting.value())
                .param("asked", asked)
                .query(Boolean.class)
                .single();
    }

    /** Settles an open question; false when it is none. */
    boolean settle(MeetingId meeting, UUID id, Meeting.Became became, String answer, Actor actor, Instant now) {
        return jdbc.sql("""
                        update outreach_question set became = :became, answer = :answer, settled_at = :now, settled_by = :by
                         where id = :id and meeting_id = :meeting and became is null
                        """)
                        .param("id", id)
                        .param("meeting", meeting.value())
                        .param("became", became.name())
                        .param("answer", answer)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("by", actor.name())
                        .update()
                == 1;
    }

    /** Takes back what was planned by a meeting day and nobody has announced, from a day on. */
    int removePlanned(UUID day, LocalDate from) {
        UUID[] planned = jdbc.sql("""
                        select id from outreach_meeting where day_id = :day and stage = 'PLANNED' and on_day >= :from
                         order by id for update
                        """)
                .param("day", day)
                .param("from", from)
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
        jdbc.sql("delete from outreach_guest where meeting_id = any(:planned)")
                .param("planned", planned)
                .update();
        return jdbc.sql("delete from outreach_meeting where id = any(:planned)")
                .param("planned", planned)
                .update();
    }

    private static Meeting meeting(ResultSet row, int number) throws SQLException {
        String code = row.getString("code");
        Integer people = row.getObject("people", Integer.class);
        LocalDate due = row.getObject("due_on", LocalDate.class);
        return new Meeting(
                new MeetingId(row.getObject("id", UUID.class)),
                new UnionId(row.getObject("union_id", UUID.class)),
                occasion(row),
                Optional.ofNullable(row.getObject("employer_id", UUID.class)).map(EmployerId::new),
                Objects.requireNonNull(row.getObject("on_day", LocalDate.class)),
                Meeting.Stage.valueOf(row.getString("stage")),
                code == null
                        ? Optional.empty()
                        : Optional.of(new Meeting.Code(row.getObject("code_id", UUID.class), code)),
                people == null
                        ? Optional.empty()
                        : Optional.of(new Meeting.Outcome(people, new Money(row.getLong("cost_fen")))),
                row.getString("note"),
                Optional.ofNullable(row.getObject("day_id", UUID.class)).map(day -> new Meeting.Occurrence(day, due)));
    }

    /** Reads it from a row of a meeting or of a meeting day. */
    static Occasion occasion(ResultSet row) throws SQLException {
        return new Occasion(
                Meeting.Kind.valueOf(row.getString("kind")),
                Meeting.Level.valueOf(row.getString("level")),
                row.getString("title"),
                row.getString("at_place"),
                Objects.requireNonNull(row.getObject("begins_at", LocalTime.class)),
                Objects.requireNonNull(row.getObject("ends_at", LocalTime.class)));
    }
}

package org.gonghui.outreach;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Meetings that come again. */
@Repository
class MeetingDayStore {

    private static final String COLUMNS = """
            select day.id, day.union_id, kind, level, title, day.place as at_place, weekday, week, begins_at, ends_at, first_on
              from outreach_day day
              join org_place place on place.union_id = day.union_id and place.valid_to is null
             where ended_on is null
            """;

    private final JdbcClient jdbc;

    MeetingDayStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when its id was given before. */
    boolean insert(MeetingDay day) {
        return jdbc.sql("""
                        insert into outreach_day (id, union_id, kind, level, title, place, weekday, week, begins_at, ends_at, first_on)
                        values (:id, :union, :kind, :level, :title, :place, :weekday, :week, :from, :to, :first)
                        on conflict (id) do nothing
                        """)
                        .param("id", day.id())
                        .param("union", day.union().value())
                        .param("kind", day.occasion().kind().name())
                        .param("level", day.occasion().level().name())
                        .param("title", day.occasion().title())
                        .param("place", day.occasion().place())
                        .param("weekday", day.weekday().getValue())
                        .param("week", day.week())
                        .param("from", day.occasion().from())
                        .param("to", day.occasion().to())
                        .param("first", day.first())
                        .update()
                == 1;
    }

    /** Every one that goes on, in the whole city; none of them ends before the transaction does. */
    List<MeetingDay> lockAll() {
        return jdbc.sql(COLUMNS + " order by day.id for share of day")
                .query(MeetingDayStore::day)
                .list();
    }

    List<MeetingDay> within(UnionPath part, Reach reach) {
        return jdbc.sql(COLUMNS + " and place.path >= :low and place.path < :high and " + Within.reach("place.path")
                        + " order by title, day.id")
                .param("low", part.low())
                .param("high", part.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(MeetingDayStore::day)
                .list();
    }

    Optional<MeetingDay> lock(UUID id, Reach reach) {
        return jdbc.sql(COLUMNS + " and day.id = :id and " + Within.reach("place.path") + " for update of day")
                .param("id", id)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(MeetingDayStore::day)
                .optional();
    }

    void end(UUID id, LocalDate on) {
        jdbc.sql("update outreach_day set ended_on = :on where id = :id")
                .param("id", id)
                .param("on", on)
                .update();
    }

    private static MeetingDay day(ResultSet row, int number) throws SQLException {
        return new MeetingDay(
                row.getObject("id", UUID.class),
                new UnionId(row.getObject("union_id", UUID.class)),
                MeetingStore.occasion(row),
                DayOfWeek.of(row.getInt("weekday")),
                row.getInt("week"),
                Objects.requireNonNull(row.getObject("first_on", LocalDate.class)));
    }
}

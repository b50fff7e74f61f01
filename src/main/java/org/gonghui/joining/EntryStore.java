package org.gonghui.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whom staff took in at the counter. */
@Repository
class EntryStore {

    /** Somebody taken in by this member of staff. */
    record Line(UUID membership, UnionId union, String name, Instant at, String actor, boolean undone) {}

    private static final String FROM = """
            select membership_id, entry.union_id, name, entered_at, actor, undone_at is not null as undone
              from joining_entry entry
              join org_place place on place.union_id = entry.union_id and place.valid_to is null
             where
            """ + Within.reach("place.path");

    private final JdbcClient jdbc;

    EntryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(UUID membership, UnionId union, String name, Instant now, Actor actor) {
        jdbc.sql("""
                        insert into joining_entry (membership_id, union_id, name, entered_at, account_id, actor)
                        values (:membership, :union, :name, :now, :account, :actor)
                        """)
                .param("membership", membership)
                .param("union", union.value())
                .param("name", name)
                .param("now", at(now))
                .param("account", actor.account().map(AccountId::value).orElse(null))
                .param("actor", actor.name())
                .update();
    }

    /** Who was taken in since an instant and still is, the latest first. */
    List<Line> since(Instant since, Reach reach, UnionPath at, int atMost) {
        return jdbc.sql(FROM + """
                         and entered_at > :since and undone_at is null and place.path >= :low and place.path < :high
                         order by entered_at desc, membership_id limit :atMost
                        """)
                .param("since", at(since))
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("low", at.low())
                .param("high", at.high())
                .param("atMost", atMost)
                .query(EntryStore::line)
                .list();
    }

    /** Somebody taken in where the actor decides, the row locked. */
    Optional<Line> lock(UUID membership, Reach reach) {
        return jdbc.sql(FROM + " and membership_id = :membership for update of entry")
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("membership", membership)
                .query(EntryStore::line)
                .optional();
    }

    void undo(UUID membership, Instant now) {
        jdbc.sql("update joining_entry set undone_at = :now where membership_id = :membership")
                .param("now", at(now))
                .param("membership", membership)
                .update();
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        return new Line(
                row.getObject("membership_id", UUID.class),
                new UnionId(row.getObject("union_id", UUID.class)),
                row.getString("name"),
                row.getObject("entered_at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getBoolean("undone"));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

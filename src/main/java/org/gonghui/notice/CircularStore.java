package org.gonghui.notice;

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

/** What staff wrote to many. */
@Repository
class CircularStore {

    private static final String CIRCULARS = """
            select circular.id, circular.union_id, audience, title, content, sent_at, sender, withdrawn_at,
                   (select count(*) from notice_circular_read seen
                     where seen.circular_id = circular.id and seen.account_id <> circular.account_id) as read_by
              from notice_circular circular
              join org_place place on place.union_id = circular.union_id and place.valid_to is null
             where\s""" + Within.reach("place.path");

    private final JdbcClient jdbc;

    CircularStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the id was given before. */
    boolean insert(
            UUID id, UnionId union, Circular.Audience audience, String title, String content, Actor actor, Instant at) {
        return jdbc.sql("""
                                insert into notice_circular (id, union_id, audience, title, content, sent_at, account_id,
                                       sender)
                                values (:id, :union, :audience, :title, :content, :at, :account, :sender)
                                on conflict (id) do nothing
                                """)
                        .param("id", id)
                        .param("union", union.value())
                        .param("audience", audience.name())
                        .param("title", title)
                        .param("content", content)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("account", actor.account().map(AccountId::value).orElseThrow())
                        .param("sender", actor.name())
                        .update()
                == 1;
    }

    /** When the sender's last notice but so many was sent, if that was since a moment. */
    Optional<Instant> sentBefore(AccountId sender, Instant since, int newer) {
        return jdbc.sql("""
                        select sent_at from notice_circular where account_id = :account and sent_at > :since
                         order by sent_at desc offset :newer limit 1
                        """)
                .param("account", sender.value())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("newer", newer)
                .query((row, number) ->
                        row.getObject("sent_at", OffsetDateTime.class).toInstant())
                .optional();
    }

    List<Circular> sent(Reach reach, UnionPath under, int most) {
        return jdbc.sql(CIRCULARS + """
                         and place.path >= :low and place.path < :high
                         order by sent_at desc, circular.id desc limit :most
                        """)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("low", under.low())
                .param("high", under.high())
                .param("most", most)
                .query(CircularStore::circular)
                .list();
    }

    Optional<Circular> lock(UUID id, Reach reach) {
        return jdbc.sql(CIRCULARS + " and circular.id = :id for update of circular")
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("id", id)
                .query(CircularStore::circular)
                .optional();
    }

    void withdraw(UUID id, Instant now) {
        jdbc.sql("update notice_circular set withdrawn_at = :now where id = :id")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    private static Circular circular(ResultSet row, int number) throws SQLException {
        return new Circular(
                row.getObject("id", UUID.class),
                new UnionId(row.getObject("union_id", UUID.class)),
                Circular.Audience.valueOf(row.getString("audience")),
                row.getString("title"),
                row.getString("content"),
                row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                row.getString("sender"),
                row.getInt("read_by"),
                Optional.ofNullable(row.getObject("withdrawn_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}

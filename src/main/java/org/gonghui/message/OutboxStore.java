package org.gonghui.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.MessageGateway.Way;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Messages to be sent, each once for a person, a way and what it tells. */
@Repository
class OutboxStore {

    private final JdbcClient jdbc;

    OutboxStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a message, unless the person is told of the same that way already. */
    void insert(UUID id, UUID about, AccountId to, Way way, String subject, String content, Instant now, Instant due) {
        jdbc.sql("""
                        insert into message_outgoing (id, about, account_id, way, subject, content, written_at, due_at)
                        values (:id, :about, :account, :way, :subject, :content, :now, :due)
                        on conflict (about, account_id, way) do nothing
                        """)
                .param("id", id)
                .param("about", about)
                .param("account", to.value())
                .param("way", way.name())
                .param("subject", subject)
                .param("content", content)
                .param("now", at(now))
                .param("due", at(due))
                .update();
    }

    /** Takes messages out that are due; nobody else takes them before {@code until}. */
    List<Outgoing> take(Collection<Way> ways, int most, Instant now, Instant until) {
        return jdbc.sql("""
                        update message_outgoing set due_at = :until, attempts = attempts + 1
                         where id in (select id from message_outgoing
                                       where state = 'WAITING' and due_at <= :now and way = any(:ways)
                                       order by due_at, id limit :most for update skip locked)
                        returning id, account_id, way, subject, content, written_at, attempts
                        """)
                .param("until", at(until))
                .param("now", at(now))
                .param("ways", ways.stream().map(Way::name).toArray(String[]::new))
                .param("most", most)
                .query(OutboxStore::outgoing)
                .list();
    }

    void setSent(UUID id, Instant now) {
        end(id, "SENT", "", now);
    }

    void giveUp(UUID id, String reason, Instant now) {
        end(id, "GIVEN_UP", reason, now);
    }

    private void end(UUID id, String state, String reason, Instant now) {
        jdbc.sql("""
                        update message_outgoing set state = :state, reason = :reason, ended_at = :now
                         where id = :id and state = 'WAITING'
                        """)
                .param("state", state)
                .param("reason", reason)
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    void setDue(UUID id, String reason, Instant due) {
        jdbc.sql("update message_outgoing set due_at = :due, reason = :reason where id = :id and state = 'WAITING'")
                .param("due", at(due))
                .param("reason", reason)
                .param("id", id)
                .update();
    }

    void deleteEndedBefore(Instant moment) {
        jdbc.sql("delete from message_outgoing where state <> 'WAITING' and ended_at < :moment")
                .param("moment", at(moment))
                .update();
    }

    List<Outbox.WayState> states(Instant since) {
        return jdbc.sql("""
                        select way,
                               count(*) filter (where state = 'WAITING') as waiting,
                               min(written_at) filter (where state = 'WAITING') as oldest,
                               count(*) filter (where state = 'SENT' and ended_at >= :since) as sent,
                               count(*) filter (where state = 'GIVEN_UP' and ended_at >= :since) as given_up
                          from message_outgoing
                         where state = 'WAITING' or ended_at >= :since
                         group by way
                        """).param("since", at(since)).query(OutboxStore::state).list();
    }

    /**
     * What waits on one way.
     *
     * @param oldest when the oldest was written of those that might have left
     */
    record Queue(Way way, long waiting, Optional<Instant> oldest) {}

    List<Queue> queues(Instant now) {
        return jdbc.sql("""
                        select way, count(*) as waiting,
                               min(written_at) filter (where attempts > 0 or due_at <= :now) as oldest
                          from message_outgoing where state = 'WAITING' group by way
                        """)
                .param("now", at(now))
                .query((row, number) ->
                        new Queue(Way.valueOf(row.getString("way")), row.getLong("waiting"), instant(row, "oldest")))
                .list();
    }

    List<Outbox.Failure> failures(Instant since, int most) {
        return jdbc.sql("""
                        select way, reason, attempts, written_at, ended_at from message_outgoing
                         where (state = 'GIVEN_UP' and ended_at >= :since) or (state = 'WAITING' and reason <> '')
                         order by coalesce(ended_at, written_at) desc, id limit :most
                        """)
                .param("since", at(since))
                .param("most", most)
                .query(OutboxStore::failure)
                .list();
    }

    private static Outgoing outgoing(ResultSet row, int number) throws SQLException {
        return new Outgoing(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                Way.valueOf(row.getString("way")),
                row.getString("subject"),
                row.getString("content"),
                row.getObject("written_at", OffsetDateTime.class).toInstant(),
                row.getInt("attempts"));
    }

    private static Outbox.WayState state(ResultSet row, int number) throws SQLException {
        return new Outbox.WayState(
                Way.valueOf(row.getString("way")),
                row.getLong("waiting"),
                instant(row, "oldest"),
                row.getLong("sent"),
                row.getLong("given_up"));
    }

    private static Outbox.Failure failure(ResultSet row, int number) throws SQLException {
        return new Outbox.Failure(
                Way.valueOf(row.getString("way")),
                row.getString("reason"),
                row.getInt("attempts"),
                row.getObject("written_at", OffsetDateTime.class).toInstant(),
                instant(row, "ended_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

package org.gonghui.limit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Attempts and their times, by the hash of who made them. */
@Repository
class LimitStore {

    private final JdbcClient jdbc;

    LimitStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** When the attempt was made before which, since a moment, so many newer ones were; empty if there were fewer. */
    Optional<Instant> before(byte[] subject, Instant since, int newer) {
        return jdbc.sql("""
                        select at from limit_attempt where subject = :subject and at > :since
                         order by at desc offset :newer limit 1
                        """)
                .param("subject", subject)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("newer", newer)
                .query((row, number) ->
                        row.getObject("at", OffsetDateTime.class).toInstant())
                .optional();
    }

    void insert(UUID id, byte[] subject, Instant at) {
        jdbc.sql("insert into limit_attempt (id, subject, at) values (:id, :subject, :at)")
                .param("id", id)
                .param("subject", subject)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    void delete(List<UUID> attempts) {
        jdbc.sql("delete from limit_attempt where id in (:ids)")
                .param("ids", attempts)
                .update();
    }

    void deleteOf(byte[] subject) {
        jdbc.sql("delete from limit_attempt where subject = :subject")
                .param("subject", subject)
                .update();
    }

    void deleteBefore(Instant before) {
        jdbc.sql("delete from limit_attempt where at < :before")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }
}

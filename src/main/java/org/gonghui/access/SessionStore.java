package org.gonghui.access;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SessionStore {

    /** A session that is not over; one that is not complete waits for the second step of signing in. */
    record Session(AccountId account, boolean complete, Instant createdAt, Instant expiresAt) {}

    private final JdbcClient jdbc;

    SessionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(byte[] tokenHash, AccountId account, boolean complete, Instant now, Instant expires) {
        jdbc.sql("""
                        insert into access_session (token_hash, account_id, complete, created_at, expires_at)
                        values (:hash, :account, :complete, :now, :expires)
                        """)
                .param("hash", tokenHash)
                .param("account", account.value())
                .param("complete", complete)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("expires", expires.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Session> find(byte[] tokenHash, Instant now) {
        return jdbc.sql("""
                        select account_id, complete, created_at, expires_at
                          from access_session where token_hash = :hash and expires_at > :now
                        """)
                .param("hash", tokenHash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Session(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getBoolean("complete"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    void delete(byte[] tokenHash) {
        jdbc.sql("delete from access_session where token_hash = :hash")
                .param("hash", tokenHash)
                .update();
    }

    void deleteOf(AccountId account) {
        jdbc.sql("delete from access_session where account_id = :account")
                .param("account", account.value())
                .update();
    }

    void deleteExpired(Instant now) {
        jdbc.sql("delete from access_session where expires_at < :now")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}

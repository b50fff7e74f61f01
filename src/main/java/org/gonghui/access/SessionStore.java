package org.gonghui.access;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SessionStore {

    /**
     * A session that is not over.
     *
     * @param complete false while it waits for the second step of signing in
     * @param named true for the token of a program
     * @param usedOn the last day on which a program used it
     * @param scope empty for what carries all the rights of its account
     */
    record Session(
            AccountId account,
            boolean complete,
            boolean named,
            Instant createdAt,
            Instant expiresAt,
            Optional<LocalDate> usedOn,
            Optional<TokenScope> scope) {}

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
                        select account_id, complete, label is not null as named, created_at, expires_at, used_on,
                               scope_rights, scope_union_id, place.path as scope_path
                          from access_session
                          left join org_place place on place.union_id = scope_union_id and place.valid_to is null
                               and not place.estate
                         where token_hash = :hash and expires_at > :now
                        """)
                .param("hash", tokenHash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Session(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getBoolean("complete"),
                        row.getBoolean("named"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("used_on", LocalDate.class)),
                        scope(row)))
                .optional();
    }

    private static Optional<TokenScope> scope(ResultSet row) throws SQLException {
        Array names = row.getArray("scope_rights");
        if (names == null) {
            return Optional.empty();
        }
        // A name that is no right any more gives none.
        List<String> kept = List.of((String[]) names.getArray());
        return Optional.of(new TokenScope(
                TokenScope.ALL.stream()
                        .filter(right -> kept.contains(right.name()))
                        .collect(Collectors.toSet()),
                Optional.ofNullable(row.getObject("scope_union_id", UUID.class)).map(UnionId::new),
                Optional.ofNullable(row.getString("scope_path")).map(UnionPath::new)));
    }

    /** False when the account has a token of this name. */
    boolean insertNamed(
            byte[] tokenHash,
            AccountId account,
            UUID id,
            String label,
            TokenScope scope,
            Instant now,
            Instant expires) {
        return jdbc.sql("""
                                insert into access_session
                                    (token_hash, account_id, complete, created_at, expires_at, id, label,
                                     scope_rights, scope_union_id)
                                values (:hash, :account, true, :now, :expires, :id, :label, :rights, :below)
                                on conflict (account_id, label) do nothing
                                """)
                        .param("hash", tokenHash)
                        .param("account", account.value())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("expires", expires.atOffset(ZoneOffset.UTC))
                        .param("id", id)
                        .param("label", label)
                        .param(
                                "rights",
                                scope.rights().stream()
                                        .map(Right::name)
                                        .sorted()
                                        .toArray(String[]::new))
                        .param("below", scope.below().map(UnionId::value).orElse(null))
                        .update()
                == 1;
    }

    List<Tokens.Named> named(AccountId account, Instant now) {
        return jdbc.sql("""
                        select id, label, created_at, expires_at, used_on,
                               scope_rights, scope_union_id, place.path as scope_path
                          from access_session
                          left join org_place place on place.union_id = scope_union_id and place.valid_to is null
                               and not place.estate
                         where account_id = :account and label is not null and expires_at > :now order by id desc
                        """)
                .param("account", account.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Tokens.Named(
                        row.getObject("id", UUID.class),
                        row.getString("label"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("used_on", LocalDate.class)),
                        scope(row)))
                .list();
    }

    /** Ends a token of the account's; its name comes back, empty when there is none such. */
    Optional<String> deleteNamed(AccountId account, UUID id) {
        return jdbc.sql("delete from access_session where id = :id and account_id = :account returning label")
                .param("id", id)
                .param("account", account.value())
                .query(String.class)
                .optional();
    }

    void setUsed(byte[] tokenHash, LocalDate on) {
        jdbc.sql("update access_session set used_on = :on where token_hash = :hash")
                .param("on", on)
                .param("hash", tokenHash)
                .update();
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

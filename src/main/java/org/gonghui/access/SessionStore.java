package org.gonghui.access;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
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

/** Sessions and programs' tokens, known by the hash of what their owner holds. */
@Repository
class SessionStore {

    /**
     * A session that is not over.
     *
     * @param complete false while it waits for the second step of signing in
     * @param named true for the token of a program
     * @param usedAt when it was last used, to a few minutes; empty for never
     * @param confirmedAt when its owner last showed in it who they are; empty for programs, and who came by another's word
     * @param scope empty for what carries all the rights of its account
     */
    record Session(
            AccountId account,
            boolean complete,
            boolean named,
            Optional<Instant> usedAt,
            Optional<Instant> confirmedAt,
            Optional<TokenScope> scope) {}

    private final JdbcClient jdbc;

    SessionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * False for an account that is closed: whoever closes one holds its row, and ends what was begun before.
     *
     * @param begun true for one whose sign-in is complete
     * @param confirmed true when its owner has just shown who they are
     */
    boolean insert(
            UUID id,
            byte[] tokenHash,
            AccountId account,
            boolean begun,
            boolean confirmed,
            Instant now,
            Lasting lasting) {
        Duration unused = lasting.unused();
        return jdbc.sql("""
                                insert into access_session
                                    (id, token_hash, account_id, complete, created_at, used_at, confirmed_at,
                                     expires_at, unused_seconds)
                                select :id, :hash, id, :complete, :now, :now,
                                       case when :confirmed then cast(:now as timestamptz) end, :expires, :unused
                                  from access_account where id = :account and closed_at is null for key share
                                """)
                        .param("id", id)
                        .param("hash", tokenHash)
                        .param("account", account.value())
                        .param("complete", begun)
                        .param("confirmed", confirmed)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("expires", now.plus(lasting.most()).atOffset(ZoneOffset.UTC))
                        .param("unused", unused == null ? null : Math.toIntExact(unused.toSeconds()), Types.INTEGER)
                        .update()
                == 1;
    }

    Optional<Session> find(byte[] tokenHash, Instant now) {
        return jdbc.sql("""
                        select account_id, complete, label is not null as named, used_at, confirmed_at,
                               scope_rights, scope_union_id, place.path as scope_path
                          from access_session
                          left join org_place place on place.union_id = scope_union_id and place.valid_to is null
                               and not place.estate
                         where token_hash = :hash and expires_at > :now
                           and (unused_seconds is null
                                or coalesce(used_at, created_at) > :now - make_interval(secs => unused_seconds))
                        """)
                .param("hash", tokenHash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Session(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getBoolean("complete"),
                        row.getBoolean("named"),
                        usedAt(row),
                        instant(row, "confirmed_at"),
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
            Lasting lasting) {
        Duration unused = lasting.unused();
        return jdbc.sql("""
                                insert into access_session
                                    (token_hash, account_id, complete, created_at, expires_at, unused_seconds, id,
                                     label, scope_rights, scope_union_id)
                                values (:hash, :account, true, :now, :expires, :unused, :id,
                                        :label, :rights, :below)
                                on conflict (account_id, label) do nothing
                                """)
                        .param("hash", tokenHash)
                        .param("account", account.value())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("expires", now.plus(lasting.most()).atOffset(ZoneOffset.UTC))
                        .param("unused", unused == null ? null : Math.toIntExact(unused.toSeconds()), Types.INTEGER)
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
                        select id, label, created_at, expires_at, used_at,
                               scope_rights, scope_union_id, place.path as scope_path
                          from access_session
                          left join org_place place on place.union_id = scope_union_id and place.valid_to is null
                               and not place.estate
                         where account_id = :account and label is not null and expires_at > :now
                           and (unused_seconds is null
                                or coalesce(used_at, created_at) > :now - make_interval(secs => unused_seconds))
                         order by id desc
                        """)
                .param("account", account.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Tokens.Named(
                        row.getObject("id", UUID.class),
                        row.getString("label"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        usedAt(row),
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

    void setUsed(byte[] tokenHash, Instant at) {
        jdbc.sql("update access_session set used_at = :at where token_hash = :hash")
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("hash", tokenHash)
                .update();
    }

    void setBrowser(byte[] tokenHash, String browser) {
        jdbc.sql("update access_session set browser = :browser where token_hash = :hash")
                .param("browser", browser)
                .param("hash", tokenHash)
                .update();
    }

    /** Where the account is signed in, last used first; {@code present} is the token that asks. */
    List<Sessions.Open> open(AccountId account, byte[] present, Instant now) {
        return jdbc.sql("""
                        select id, browser, created_at, used_at, token_hash = :present as present from access_session
                         where account_id = :account and label is null and complete and expires_at > :now
                           and (unused_seconds is null or used_at > :now - make_interval(secs => unused_seconds))
                         order by used_at desc, id desc
                        """)
                .param("account", account.value())
                .param("present", present)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Sessions.Open(
                        row.getObject("id", UUID.class),
                        row.getString("browser"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        usedAt(row).orElseThrow(),
                        row.getBoolean("present")))
                .list();
    }

    /** How many sessions, and how many tokens of programs. */
    record Count(int sessions, int tokens) {}

    Count count(AccountId account, Instant now) {
        return jdbc.sql("""
                        select count(*) filter (where label is null) as sessions,
                               count(*) filter (where label is not null) as tokens
                          from access_session
                         where account_id = :account and complete and expires_at > :now
                           and (unused_seconds is null
                                or coalesce(used_at, created_at) > :now - make_interval(secs => unused_seconds))
                        """)
                .param("account", account.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Count(row.getInt("sessions"), row.getInt("tokens")))
                .single();
    }

    /** Ends a session of the account's; false when there is none such. */
    boolean deleteOpen(AccountId account, UUID id) {
        return jdbc.sql("delete from access_session where id = :id and account_id = :account and label is null")
                        .param("id", id)
                        .param("account", account.value())
                        .update()
                == 1;
    }

    /** Ends the account's sessions but the one of this token; tokens of programs stay. */
    void deleteOthers(AccountId account, byte[] present) {
        jdbc.sql("""
                        delete from access_session
                         where account_id = :account and label is null and token_hash <> :present
                        """)
                .param("account", account.value())
                .param("present", present)
                .update();
    }

    void deleteBrowsersOf(AccountId account) {
        jdbc.sql("delete from access_session where account_id = :account and label is null")
                .param("account", account.value())
                .update();
    }

    /** Has a browser's session go on under another token, its owner known for sure as of now; the day on which it ends. */
    Optional<Instant> renew(byte[] tokenHash, byte[] newHash, Instant now) {
        return jdbc.sql("""
                        update access_session set token_hash = :new, confirmed_at = :now
                         where token_hash = :old and label is null and complete and expires_at > :now
                         returning expires_at
                        """)
                .param("new", newHash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("old", tokenHash)
                .query((row, number) -> instant(row, "expires_at"))
                .optional()
                .flatMap(ends -> ends);
    }

    private static Optional<Instant> usedAt(ResultSet row) throws SQLException {
        return instant(row, "used_at");
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
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

package org.gonghui.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.UnionId;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who signs in, by what, and the links by which that is set. */
@Repository
class AccountStore implements SealedColumns {

    static final SealedColumn ACCOUNT_TOTP = new SealedColumn("access_account", "totp_sealed", "id");
    static final SealedColumn INVITATION_TOTP = new SealedColumn("access_invitation", "totp_sealed", "seal_row");

    /** An account with its secrets, as signing in needs it; the login is empty for one that has none. */
    record Account(
            AccountId id,
            String login,
            String name,
            @Nullable String passwordHash,
            byte @Nullable [] totpSealed,
            long totpLastStep,
            boolean closed) {}

    /** An invitation that is neither used nor over; {@code factorOnly} for one that leaves the password as it is. */
    record Invitation(Optional<AccountId> account, byte[] totpSealed, UUID sealRow, boolean factorOnly) {}

    private final JdbcClient jdbc;

    AccountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean hasAccounts() {
        return jdbc.sql("select exists (select 1 from access_account where login is not null)")
                .query(Boolean.class)
                .single();
    }

    Optional<Account> account(String login) {
        return jdbc.sql("""
                        select id, coalesce(login, '') as login, name, password_hash, totp_sealed, totp_last_step,
                               closed_at is not null as closed
                          from access_account where login = :login
                        """).param("login", login).query(AccountStore::account).optional();
    }

    Optional<Account> account(AccountId id) {
        return jdbc.sql("""
                        select id, coalesce(login, '') as login, name, password_hash, totp_sealed, totp_last_step,
                               closed_at is not null as closed
                          from access_account where id = :id
                        """)
                .param("id", id.value())
                .query(AccountStore::account)
                .optional();
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                new AccountId(row.getObject("id", UUID.class)),
                row.getString("login"),
                row.getString("name"),
                row.getString("password_hash"),
                row.getBytes("totp_sealed"),
                row.getLong("totp_last_step"),
                row.getBoolean("closed"));
    }

    /** False when the sign-in name is taken. */
    boolean insertAccount(AccountId id, String login, String name, Instant now) {
        return jdbc.sql("""
                                insert into access_account (id, login, name, created_at)
                                values (:id, :login, :name, :now)
                                on conflict (login) do nothing
                                """)
                        .param("id", id.value())
                        .param("login", login)
                        .param("name", name)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    void insertAccountWithoutLogin(AccountId id, Instant now) {
        jdbc.sql("insert into access_account (id, name, created_at) values (:id, '', :now)")
                .param("id", id.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void setName(AccountId id, String name) {
        jdbc.sql("update access_account set name = :name where id = :id")
                .param("id", id.value())
                .param("name", name)
                .update();
    }

    /** Sets what an account signs in by, which opens a closed one; codes up to and with the step are used. */
    void setSecrets(AccountId id, String passwordHash, byte[] totpSealed, long step) {
        jdbc.sql("""
                        update access_account
                           set password_hash = :hash, totp_sealed = :totp, totp_last_step = :step, closed_at = null
                         where id = :id
                        """)
                .param("id", id.value())
                .param("hash", passwordHash)
                .param("totp", totpSealed)
                .param("step", step)
                .update();
    }

    /** Sets another password in place of the one that was shown; false when it is another by now. */
    boolean setPassword(AccountId id, String shownHash, String passwordHash) {
        return jdbc.sql("update access_account set password_hash = :hash where id = :id and password_hash = :shown")
                        .param("id", id.value())
                        .param("shown", shownHash)
                        .param("hash", passwordHash)
                        .update()
                == 1;
    }

    /** Sets the second factor alone; codes up to and with the step are used. */
    void setFactor(AccountId id, byte[] totpSealed, long step) {
        jdbc.sql("update access_account set totp_sealed = :totp, totp_last_step = :step where id = :id")
                .param("id", id.value())
                .param("totp", totpSealed)
                .param("step", step)
                .update();
    }

    /** Uses up a code's time step; false when it, or a later one, was used before, or the account is closed. */
    boolean useStep(AccountId id, long step) {
        return jdbc.sql("""
                                update access_account set totp_last_step = :step
                                 where id = :id and totp_last_step < :step and closed_at is null
                                """).param("id", id.value()).param("step", step).update() == 1;
    }

    /** Takes from an account what it signs in by, until a link sets it anew. */
    void close(AccountId id, Instant now) {
        jdbc.sql("""
                        update access_account set password_hash = null, totp_sealed = null, closed_at = :now
                         where id = :id
                        """)
                .param("id", id.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The account behind an appointment, its row locked; empty when there is no such appointment. */
    Optional<Account> lockAccountOf(UUID appointment) {
        return jdbc.sql("""
                        select id, coalesce(login, '') as login, name, password_hash, totp_sealed, totp_last_step,
                               closed_at is not null as closed
                          from access_account
                         where id = (select account_id from access_appointment where id = :appointment) for update
                        """)
                .param("appointment", appointment)
                .query(AccountStore::account)
                .optional();
    }

    /** The account of this sign-in name, its row locked. */
    Account lockAccount(String login) {
        return jdbc.sql("""
                        select id, coalesce(login, '') as login, name, password_hash, totp_sealed, totp_last_step,
                               closed_at is not null as closed
                          from access_account where login = :login for update
                        """).param("login", login).query(AccountStore::account).single();
    }

    /** Keeps whatever else is counted by this account waiting until the transaction ends; false for a closed one. */
    boolean lock(AccountId id) {
        return jdbc.sql("select 1 from access_account where id = :id and closed_at is null for update")
                .param("id", id.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    void insertInvitation(
            byte[] tokenHash,
            @Nullable AccountId account,
            byte[] totpSealed,
            UUID sealRow,
            boolean factorOnly,
            Instant expires) {
        jdbc.sql("""
                        insert into access_invitation
                            (token_hash, account_id, totp_sealed, seal_row, factor_only, expires_at)
                        values (:hash, :account, :totp, :sealRow, :factorOnly, :expires)
                        """)
                .param("hash", tokenHash)
                .param("account", account == null ? null : account.value())
                .param("totp", totpSealed)
                .param("sealRow", sealRow)
                .param("factorOnly", factorOnly)
                .param("expires", expires.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Invitation> invitation(byte[] tokenHash, Instant now) {
        return jdbc.sql("""
                        select account_id, totp_sealed, seal_row, factor_only from access_invitation
                         where token_hash = :hash and used_at is null and expires_at > :now
                        """)
                .param("hash", tokenHash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Invitation(
                        Optional.ofNullable(row.getObject("account_id", UUID.class))
                                .map(AccountId::new),
                        row.getBytes("totp_sealed"),
                        row.getObject("seal_row", UUID.class),
                        row.getBoolean("factor_only")))
                .optional();
    }

    /** Uses an invitation up; false when someone else was quicker. */
    boolean useInvitation(byte[] tokenHash, Instant now) {
        return jdbc.sql("""
                                update access_invitation set used_at = :now
                                 where token_hash = :hash and used_at is null and expires_at > :now
                                """)
                        .param("hash", tokenHash)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Ends every invitation that was not used: for an account, or, for null, to set the city up. */
    void endInvitations(@Nullable AccountId account, Instant now) {
        jdbc.sql("""
                        update access_invitation set used_at = :now
                         where account_id is not distinct from cast(:account as uuid) and used_at is null
                        """)
                .param("account", account == null ? null : account.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Ends the links of everybody who is or will be appointed at one of these unions. */
    void endInvitationsAt(Collection<UnionId> unions, Instant now) {
        jdbc.sql("""
                        update access_invitation set used_at = :now
                         where used_at is null
                           and account_id in (select account_id from access_appointment where union_id = any(:unions))
                        """)
                .param("unions", unions.stream().map(UnionId::value).toArray(UUID[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(ACCOUNT_TOTP, INVITATION_TOTP);
    }
}

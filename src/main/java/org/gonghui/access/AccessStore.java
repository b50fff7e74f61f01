package org.gonghui.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class AccessStore implements SealedColumns {

    static final SealedColumn ACCOUNT_TOTP = new SealedColumn("access_account", "totp_sealed", "id");
    static final SealedColumn INVITATION_TOTP = new SealedColumn("access_invitation", "totp_sealed", "seal_row");

    /** An account with its secrets, as signing in needs it; the login is empty for one that has none. */
    record Account(
            AccountId id,
            String login,
            String name,
            @Nullable String passwordHash,
            byte @Nullable [] totpSealed,
            long totpLastStep) {}

    /** A role at a place, in force on the day asked for. */
    record Held(Role role, UnionPath path) {}

    /** An invitation that is neither used nor over. */
    record Invitation(Optional<AccountId> account, byte[] totpSealed, UUID sealRow) {}

    private static final String WITHIN = Within.reach("place.path");

    private final JdbcClient jdbc;

    AccessStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean hasAccounts() {
        return jdbc.sql("select exists (select 1 from access_account where login is not null)")
                .query(Boolean.class)
                .single();
    }

    Optional<Account> account(String login) {
        return jdbc.sql("""
                        select id, coalesce(login, '') as login, name, password_hash, totp_sealed, totp_last_step
                          from access_account where login = :login
                        """).param("login", login).query(AccessStore::account).optional();
    }

    Optional<Account> account(AccountId id) {
        return jdbc.sql("""
                        select id, coalesce(login, '') as login, name, password_hash, totp_sealed, totp_last_step
                          from access_account where id = :id
                        """).param("id", id.value()).query(AccessStore::account).optional();
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                new AccountId(row.getObject("id", UUID.class)),
                row.getString("login"),
                row.getString("name"),
                row.getString("password_hash"),
                row.getBytes("totp_sealed"),
                row.getLong("totp_last_step"));
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

    /** Sets what an account signs in by; codes up to and with the step are used. */
    void setSecrets(AccountId id, String passwordHash, byte[] totpSealed, long step) {
        jdbc.sql("""
                        update access_account
                           set password_hash = :hash, totp_sealed = :totp, totp_last_step = :step
                         where id = :id
                        """)
                .param("id", id.value())
                .param("hash", passwordHash)
                .param("totp", totpSealed)
                .param("step", step)
                .update();
    }

    /** Uses up a code's time step; false when it, or a later one, was used before. */
    boolean useStep(AccountId id, long step) {
        return jdbc.sql("update access_account set totp_last_step = :step where id = :id and totp_last_step < :step")
                        .param("id", id.value())
                        .param("step", step)
                        .update()
                == 1;
    }

    /** What the account holds on a day, at the places of that day. */
    List<Held> held(AccountId account, LocalDate day) {
        return jdbc.sql("""
                        select role, path
                          from access_appointment appointment
                          join org_place place on place.union_id = appointment.union_id
                               and place.valid_from <= :day and (place.valid_to is null or place.valid_to > :day)
                               and not place.estate
                         where account_id = :account
                           and appointment.valid_from <= :day
                           and (appointment.valid_to is null or appointment.valid_to > :day)
                        """)
                .param("account", account.value())
                .param("day", day)
                .query((row, number) ->
                        new Held(Role.valueOf(row.getString("role")), new UnionPath(row.getString("path"))))
                .list();
    }

    /** The accounts that hold one of the roles over a place on a day. */
    List<AccountId> holders(List<Role> roles, UnionPath over, LocalDate day) {
        return jdbc
                .sql("""
                        select distinct account_id
                          from access_appointment appointment
                          join org_place place on place.union_id = appointment.union_id and place.valid_to is null
                               and not place.estate
                         where role = any(:roles) and place.path = any(:lineage)
                           and appointment.valid_from <= :day
                           and (appointment.valid_to is null or appointment.valid_to > :day)
                        """)
                .param("roles", roles.stream().map(Role::name).toArray(String[]::new))
                .param("lineage", over.lineage().stream().map(UnionPath::value).toArray(String[]::new))
                .param("day", day)
                .query(UUID.class)
                .list()
                .stream()
                .map(AccountId::new)
                .toList();
    }

    /** Everything the account holds, held, or will hold, at the places of today. */
    List<Held> everHeld(AccountId account) {
        return jdbc.sql("""
                        select role, path
                          from access_appointment appointment
                          join org_place place on place.union_id = appointment.union_id and place.valid_to is null
                               and not place.estate
                         where account_id = :account
                        """)
                .param("account", account.value())
                .query((row, number) ->
                        new Held(Role.valueOf(row.getString("role")), new UnionPath(row.getString("path"))))
                .list();
    }

    /** Everything the account holds, held, or will hold, as it stands on a day, the latest first. */
    List<Explanations.Holding> holdings(AccountId account, LocalDate day) {
        return jdbc.sql("""
                        select role, appointment.union_id, path, appointment.valid_from, appointment.valid_to,
                               case when estate then 'DISSOLVED'
                                    when appointment.valid_to <= :day then 'ENDED'
                                    when appointment.valid_from > :day then 'TO_COME'
                                    else 'NOW' end as state
                          from access_appointment appointment
                          join org_place place on place.union_id = appointment.union_id and place.valid_to is null
                         where account_id = :account
                         order by appointment.valid_from desc, appointment.id desc
                        """)
                .param("account", account.value())
                .param("day", day)
                .query((row, number) -> new Explanations.Holding(
                        Role.valueOf(row.getString("role")),
                        new UnionId(row.getObject("union_id", UUID.class)),
                        new UnionPath(row.getString("path")),
                        row.getObject("valid_from", LocalDate.class),
                        Optional.ofNullable(row.getObject("valid_to", LocalDate.class)),
                        Explanations.State.valueOf(row.getString("state"))))
                .list();
    }

    /** How many hold the roles over any of the places on a day, by role and union; names only of those within the reach. */
    List<Explanations.Watch> watching(List<Role> roles, List<UnionPath> places, Reach reach, LocalDate day) {
        return jdbc.sql("select role, appointment.union_id, place.path, count(*) as people,"
                        + " coalesce(array_agg(account.name order by account.name, account.id) filter (where " + WITHIN
                        + "), '{}') as names"
                        + " from access_appointment appointment"
                        + " join access_account account on account.id = appointment.account_id"
                        + " join org_place place on place.union_id = appointment.union_id and place.valid_to is null"
                        + " and not place.estate"
                        + " where role = any(:roles) and place.path = any(:lineage) and appointment.valid_from <= :day"
                        + " and (appointment.valid_to is null or appointment.valid_to > :day)"
                        + " group by role, appointment.union_id, place.path order by place.path, role")
                .param("roles", roles.stream().map(Role::name).toArray(String[]::new))
                .param(
                        "lineage",
                        places.stream()
                                .flatMap(place -> place.lineage().stream())
                                .map(UnionPath::value)
                                .distinct()
                                .toArray(String[]::new))
                .param("day", day)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> new Explanations.Watch(
                        Role.valueOf(row.getString("role")),
                        new UnionId(row.getObject("union_id", UUID.class)),
                        new UnionPath(row.getString("path")),
                        row.getInt("people"),
                        List.of((String[]) row.getArray("names").getArray())))
                .list();
    }

    /** The account of this sign-in name, its row locked. */
    Account lockAccount(String login) {
        return jdbc.sql("""
                        select id, coalesce(login, '') as login, name, password_hash, totp_sealed, totp_last_step
                          from access_account where login = :login for update
                        """).param("login", login).query(AccessStore::account).single();
    }

    /** True when the account holds the role at the union on any day of the time asked for. */
    boolean overlaps(AccountId account, Role role, UnionId union, LocalDate from, @Nullable LocalDate to) {
        return jdbc.sql("""
                        select exists (
                            select 1 from access_appointment
                             where account_id = :account and role = :role and union_id = :union
                               and (valid_to is null or valid_to > :from)
                               and (cast(:to as date) is null or valid_from < :to))
                        """)
                .param("account", account.value())
                .param("role", role.name())
                .param("union", union.value())
                .param("from", from)
                .param("to", to)
                .query(Boolean.class)
                .single();
    }

    /** True when the account holds anything on this day or later. */
    boolean holdsAnythingAfter(AccountId account, LocalDate day) {
        return jdbc.sql("""
                        select exists (
                            select 1 from access_appointment
                             where account_id = :account and (valid_to is null or valid_to > :day))
                        """)
                .param("account", account.value())
                .param("day", day)
                .query(Boolean.class)
                .single();
    }

    void insertAppointment(
            UUID id, AccountId account, Role role, UnionId union, LocalDate from, @Nullable LocalDate to) {
        jdbc.sql("""
                        insert into access_appointment (id, account_id, role, union_id, valid_from, valid_to)
                        values (:id, :account, :role, :union, :from, :to)
                        """)
                .param("id", id)
                .param("account", account.value())
                .param("role", role.name())
                .param("union", union.value())
                .param("from", from)
                .param("to", to)
                .update();
    }

    List<Accounts.Appointment> appointments(Reach reach, LocalDate day) {
        return jdbc.sql("select appointment.id, account_id, account.login, account.name, role, appointment.union_id,"
                        + " appointment.valid_from, appointment.valid_to, account.password_hash is not null as accepted"
                        + " from access_appointment appointment"
                        + " join access_account account on account.id = appointment.account_id"
                        + " join org_place place on place.union_id = appointment.union_id and place.valid_to is null"
                        + " where (appointment.valid_to is null or appointment.valid_to > :day) and " + WITHIN
                        + " order by place.path, account.name, appointment.id limit 500")
                .param("day", day)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(AccessStore::appointment)
                .list();
    }

    Optional<Accounts.Appointment> lockAppointment(UUID id, Reach reach, LocalDate day) {
        return jdbc.sql("select appointment.id, account_id, account.login, account.name, role, appointment.union_id,"
                        + " appointment.valid_from, appointment.valid_to, account.password_hash is not null as accepted"
                        + " from access_appointment appointment"
                        + " join access_account account on account.id = appointment.account_id"
                        + " join org_place place on place.union_id = appointment.union_id and place.valid_to is null"
                        + " where appointment.id = :id and (appointment.valid_to is null or appointment.valid_to > :day)"
                        + " and " + WITHIN + " for update of appointment")
                .param("id", id)
                .param("day", day)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(AccessStore::appointment)
                .optional();
    }

    private static Accounts.Appointment appointment(ResultSet row, int number) throws SQLException {
        return new Accounts.Appointment(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("login"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                new UnionId(row.getObject("union_id", UUID.class)),
                row.getObject("valid_from", LocalDate.class),
                Optional.ofNullable(row.getObject("valid_to", LocalDate.class)),
                row.getBoolean("accepted"));
    }

    void endAppointment(UUID id, LocalDate on) {
        jdbc.sql("update access_appointment set valid_to = :on where id = :id")
                .param("id", id)
                .param("on", on)
                .update();
    }

    void insertInvitation(
            byte[] tokenHash, @Nullable AccountId account, byte[] totpSealed, UUID sealRow, Instant expires) {
        jdbc.sql("""
                        insert into access_invitation (token_hash, account_id, totp_sealed, seal_row, expires_at)
                        values (:hash, :account, :totp, :sealRow, :expires)
                        """)
                .param("hash", tokenHash)
                .param("account", account == null ? null : account.value())
                .param("totp", totpSealed)
                .param("sealRow", sealRow)
                .param("expires", expires.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Invitation> invitation(byte[] tokenHash, Instant now) {
        return jdbc.sql("""
                        select account_id, totp_sealed, seal_row from access_invitation
                         where token_hash = :hash and used_at is null and expires_at > :now
                        """)
                .param("hash", tokenHash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Invitation(
                        Optional.ofNullable(row.getObject("account_id", UUID.class))
                                .map(AccountId::new),
                        row.getBytes("totp_sealed"),
                        row.getObject("seal_row", UUID.class)))
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

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(ACCOUNT_TOTP, INVITATION_TOTP);
    }
}

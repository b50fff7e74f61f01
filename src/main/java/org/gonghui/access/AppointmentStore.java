package org.gonghui.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who holds which role where, and from when until when. */
@Repository
class AppointmentStore {

    /** A role at a place, in force on the day asked for. */
    record Held(Role role, UnionId union, UnionPath path) {}

    private static final String WITHIN = Within.reach("place.path");

    private final JdbcClient jdbc;

    AppointmentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the account holds on a day, at the places of that day. */
    List<Held> held(AccountId account, LocalDate day) {
        return jdbc.sql("""
                        select role, appointment.union_id, path
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
                .query((row, number) -> new Held(
                        Role.valueOf(row.getString("role")),
                        new UnionId(row.getObject("union_id", UUID.class)),
                        new UnionPath(row.getString("path"))))
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

    /** Of these with an account that is open, the ones at the place itself or, without any, at the nearest above it. */
    List<AccountId> nearest(List<Role> roles, UnionPath at, LocalDate day) {
        return jdbc
                .sql("""
                        select distinct account_id from
                               (select account_id, rank() over (order by length(place.path) desc) as nearness
                                  from access_appointment appointment
                                  join access_account account on account.id = account_id and account.closed_at is null
                                  join org_place place on place.union_id = appointment.union_id and place.valid_to is null
                                       and not place.estate
                                 where role = any(:roles) and place.path = any(:lineage)
                                   and appointment.valid_from <= :day
                                   and (appointment.valid_to is null or appointment.valid_to > :day)) as held
                         where nearness = 1
                        """)
                .param("roles", roles.stream().map(Role::name).toArray(String[]::new))
                .param("lineage", at.lineage().stream().map(UnionPath::value).toArray(String[]::new))
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
                        select role, appointment.union_id, path
                          from access_appointment appointment
                          join org_place place on place.union_id = appointment.union_id and place.valid_to is null
                               and not place.estate
                         where account_id = :account
                        """)
                .param("account", account.value())
                .query((row, number) -> new Held(
                        Role.valueOf(row.getString("role")),
                        new UnionId(row.getObject("union_id", UUID.class)),
                        new UnionPath(row.getString("path"))))
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

    /** An appointment that is in force or to come, and where its union stands. */
    record Open(UUID id, Role role, UnionId union, UnionPath path, LocalDate from) {}

    /** Everything that the account holds or will hold, the rows locked. */
    List<Open> lockOpen(AccountId account, LocalDate day) {
        return jdbc.sql("""
                        select appointment.id, role, appointment.union_id, place.path, appointment.valid_from
                          from access_appointment appointment
                          join org_place place on place.union_id = appointment.union_id and place.valid_to is null
                         where account_id = :account and (appointment.valid_to is null or appointment.valid_to > :day)
                         order by appointment.id
                           for update of appointment
                        """)
                .param("account", account.value())
                .param("day", day)
                .query((row, number) -> new Open(
                        row.getObject("id", UUID.class),
                        Role.valueOf(row.getString("role")),
                        new UnionId(row.getObject("union_id", UUID.class)),
                        new UnionPath(row.getString("path")),
                        row.getObject("valid_from", LocalDate.class)))
                .list();
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

    /** Those in force or to come; an appointment is over with its union. */
    List<Appointments.Appointment> appointments(Reach reach, LocalDate day) {
        return jdbc.sql("select appointment.id, account_id, account.login, account.name, role, appointment.union_id,"
                        + " appointment.valid_from, appointment.valid_to, account.password_hash is not null as accepted"
                        + " from access_appointment appointment"
                        + " join access_account account on account.id = appointment.account_id"
                        + " join org_place place on place.union_id = appointment.union_id and place.valid_to is null"
                        + " and not place.estate"
                        + " where (appointment.valid_to is null or appointment.valid_to > :day) and " + WITHIN
                        + " order by place.path, account.name, appointment.id limit 500")
                .param("day", day)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(AppointmentStore::appointment)
                .list();
    }

    Optional<Appointments.Appointment> lockAppointment(UUID id, Reach reach, LocalDate day) {
        return jdbc.sql("select appointment.id, account_id, account.login, account.name, role, appointment.union_id,"
                        + " appointment.valid_from, appointment.valid_to, account.password_hash is not null as accepted"
                        + " from access_appointment appointment"
                        + " join access_account account on account.id = appointment.account_id"
                        + " join org_place place on place.union_id = appointment.union_id and place.valid_to is null"
                        + " and not place.estate"
                        + " where appointment.id = :id and (appointment.valid_to is null or appointment.valid_to > :day)"
                        + " and " + WITHIN + " for update of appointment")
                .param("id", id)
                .param("day", day)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(AppointmentStore::appointment)
                .optional();
    }

    private static Appointments.Appointment appointment(ResultSet row, int number) throws SQLException {
        return new Appointments.Appointment(
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
}

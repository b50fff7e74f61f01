package org.gonghui.handover;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Appointments;
import org.gonghui.access.Role;
import org.gonghui.database.Within;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Handovers from one officer to the next, with what stood open then. */
@Repository
class HandoverStore {

    private static final TypeReference<List<OpenWork.Waiting>> WORK = new TypeReference<>() {};
    private static final int MOST = 100;

    /** One's own, given or taken, and those of one's part of the tree. */
    private static final String VISIBLE = """
            select handover.* from handover
              join org_place place on place.union_id = handover.union_id and place.valid_to is null
             where (account_id = :account or successor_id = :account or
            """ + Within.reach("place.path") + ")";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    HandoverStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(
            UUID id,
            Appointments.Succession succession,
            LocalDate on,
            List<OpenWork.Waiting> work,
            Instant now,
            String actor) {
        Appointments.Appointment before = succession.before();
        jdbc.sql("""
                        insert into handover (id, appointment_id, successor_appointment_id, account_id, successor_id,
                               union_id, role, from_name, to_name, effective_on, made_at, made_by, work)
                        values (:id, :appointment, :successorAppointment, :account, :successor, :union, :role, :from,
                                :to, :on, :now, :actor, cast(:work as jsonb))
                        """)
                .param("id", id)
                .param("appointment", before.id())
                .param("successorAppointment", succession.appointment())
                .param("account", before.account().value())
                .param("successor", succession.successor().value())
                .param("union", before.union().value())
                .param("role", before.role().name())
                .param("from", before.name())
                .param("to", succession.name())
                .param("on", on)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("actor", actor)
                .param("work", json.writeValueAsString(work))
                .update();
    }

    Optional<Handover> find(UUID id, UUID account, Reach reach) {
        return jdbc.sql(VISIBLE + " and handover.id = :id")
                .param("id", id)
                .param("account", account)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(this::handover)
                .optional();
    }

    /** The latest first. */
    List<Handover> list(UUID account, Reach reach) {
        return jdbc.sql(VISIBLE + " order by made_at desc, handover.id desc limit " + MOST)
                .param("account", account)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(this::handover)
                .list();
    }

    /** False when that was said before. */
    boolean setTaken(UUID id, Instant now) {
        return jdbc.sql("update handover set taken_at = :now where id = :id and taken_at is null")
                        .param("id", id)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private Handover handover(ResultSet row, int number) throws SQLException {
        return new Handover(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("from_name"),
                new AccountId(row.getObject("successor_id", UUID.class)),
                row.getString("to_name"),
                Role.valueOf(row.getString("role")),
                new UnionId(row.getObject("union_id", UUID.class)),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getString("made_by"),
                json.readValue(row.getString("work"), WORK),
                Optional.ofNullable(row.getObject("taken_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}

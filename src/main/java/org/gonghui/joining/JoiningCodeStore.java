package org.gonghui.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Codes that unions gave to places of theirs, and who came by them. */
@Repository
class JoiningCodeStore {

    /** Where a code leads. */
    record Led(UnionId union, String label, boolean ended) {}

    private static final int MOST_SHOWN = 200;
    private static final String COLUMNS = """
            given.id, given.code, given.union_id, given.label, given.made_at, given.ended_at,
            (select count(*) from joining_application sent where sent.scanned = given.code and state <> 'draft') as sent,
            (select count(*) from joining_application sent where sent.scanned = given.code and state = 'approved') as joined
            """;

    private final JdbcClient jdbc;

    JoiningCodeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Led> find(String code) {
        return jdbc.sql("select union_id, label, ended_at is not null as ended from joining_code where code = :code")
                .param("code", code)
                .query((row, number) -> new Led(
                        new UnionId(row.getObject("union_id", UUID.class)),
                        row.getString("label"),
                        row.getBoolean("ended")))
                .optional();
    }

    Map<String, JoiningCodes.Came> came(Collection<String> codes) {
        Map<String, JoiningCodes.Came> came = new HashMap<>();
        jdbc.sql("""
                        select scanned, count(*) as sent, count(*) filter (where state = 'approved') as joined
                          from joining_application where scanned = any(:codes) and state <> 'draft' group by scanned
                        """).param("codes", codes.toArray(String[]::new)).query(row -> {
            came.put(row.getString("scanned"), new JoiningCodes.Came(row.getLong("sent"), row.getLong("joined")));
        });
        return came;
    }

    List<JoiningCodes.Brought> brought(String code, Reach reach) {
        return jdbc.sql("""
                        select name, state, application.union_id, sent_at, taken_by from joining_application application
                          join org_place place on place.union_id = deciding_union_id and place.valid_to is null
                         where scanned = :code and state <> 'draft' and
                        """ + Within.reach("place.path") + " order by sent_at, application.id limit " + MOST_SHOWN)
                .param("code", code)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> new JoiningCodes.Brought(
                        row.getString("name"),
                        row.getString("state"),
                        new UnionId(row.getObject("union_id", UUID.class)),
                        row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                        row.getString("taken_by")))
                .list();
    }

    List<JoiningCodes.Code> given(UnionId union) {
        return jdbc.sql("select " + COLUMNS
                        + " from joining_code given where union_id = :union"
                        + " order by ended_at is not null, made_at desc, id limit " + MOST_SHOWN)
                .param("union", union.value())
                .query(JoiningCodeStore::given)
                .list();
    }

    /** One within the reach. */
    Optional<JoiningCodes.Code> one(UUID id, Reach reach) {
        return jdbc.sql("select " + COLUMNS
                        + " from joining_code given"
                        + " join org_place place on place.union_id = given.union_id and place.valid_to is null"
                        + " where given.id = :id and " + Within.reach("place.path"))
                .param("id", id)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(JoiningCodeStore::given)
                .optional();
    }

    /** False when a code in use has this label at the union. */
    boolean insert(JoiningCodes.Code given) {
        return jdbc.sql("""
                                insert into joining_code (id, code, union_id, label, made_at)
                                values (:id, :code, :union, :label, :madeAt)
                                on conflict (union_id, label) where ended_at is null do nothing
                                """)
                        .param("id", given.id())
                        .param("code", given.code())
                        .param("union", given.union().value())
                        .param("label", given.label())
                        .param("madeAt", given.madeAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Calls a code otherwise; false when another in use is called so at the union. */
    boolean relabel(JoiningCodes.Code given, String label) {
        return jdbc.sql("""
                                update joining_code set label = :label
                                 where id = :id and not exists (select 1 from joining_code other
                                                                 where other.union_id = :union and other.label = :label
                                                                   and other.ended_at is null and other.id <> :id)
                                """)
                        .param("id", given.id())
                        .param("union", given.union().value())
                        .param("label", label)
                        .update()
                == 1;
    }

    /** Ends a code; false when it has ended already. */
    boolean end(UUID id, Instant at) {
        return jdbc.sql("update joining_code set ended_at = :at where id = :id and ended_at is null")
                        .param("id", id)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private static JoiningCodes.Code given(ResultSet row, int number) throws SQLException {
        return new JoiningCodes.Code(
                row.getObject("id", UUID.class),
                row.getString("code"),
                new UnionId(row.getObject("union_id", UUID.class)),
                row.getString("label"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getInt("sent"),
                row.getInt("joined"));
    }
}

package org.gonghui.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.gonghui.audit.Audit.Entry;
import org.gonghui.database.Within;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionPath;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The entries of the trail. */
@Repository
class AuditStore {

    private static final String ENTRIES = """
            select entry.id, at, actor, action, subject_id, union_path, facts::text as facts, number
              from audit_entry entry left join audit_link on entry_id = entry.id
             where\s""";
    private static final String WITHIN = Within.reach("union_path");
    private static final UUID LAST_ID = new UUID(-1, -1);

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    AuditStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(
            UUID id,
            Instant at,
            Actor actor,
            String action,
            UUID subject,
            @Nullable String path,
            Map<String, String> facts) {
        jdbc.sql("""
                        insert into audit_entry (id, at, account_id, actor, action, subject_id, union_path, facts)
                        values (:id, :at, :account, :actor, :action, :subject, :path, cast(:facts as jsonb));
                        insert into audit_tail (entry_id) values (:id)
                        """)
                .param("id", id)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param(
                        "account",
                        actor.account().map(account -> account.value()).orElse(null))
                .param("actor", actor.name())
                .param("action", action)
                .param("subject", subject)
                .param("path", path)
                .param("facts", json.writeValueAsString(facts))
                .update();
    }

    List<Entry> historyOf(UUID subject, Reach reach) {
        return jdbc.sql(ENTRIES + "subject_id = :subject and " + WITHIN + " order by entry.id desc limit 100")
                .param("subject", subject)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(this::entry)
                .list();
    }

    List<Entry> historyOf(UUID subject, String action) {
        return jdbc.sql(ENTRIES + "subject_id = :subject and action = :action order by entry.id desc limit 500")
                .param("subject", subject)
                .param("action", action)
                .query(this::entry)
                .list();
    }

    List<Entry> find(Audit.Search search, Reach reach, Optional<Mark> after, int most) {
        return jdbc.sql(ENTRIES + """
                         at >= :from and at < :to
                           and ((union_path >= :low and union_path < :high and %s) or (union_path is null and :whole))
                           and (:subject = '' or action like :subject || '.%%')
                           and (:actor = '' or actor = :actor)
                           and (at, entry.id) < (:beforeAt, :beforeId)
                         order by at desc, entry.id desc limit :most
                        """.formatted(WITHIN))
                .param("from", search.from().atOffset(ZoneOffset.UTC))
                .param("to", search.to().atOffset(ZoneOffset.UTC))
                .param("low", search.under().low())
                .param("high", search.under().high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("whole", search.under().equals(UnionPath.root()) && reach.covers(UnionPath.root()))
                .param("subject", search.subject())
                .param("actor", search.actor())
                .param("beforeAt", after.map(Mark::at).orElse(search.to()).atOffset(ZoneOffset.UTC))
                .param("beforeId", after.map(Mark::id).orElse(LAST_ID))
                .param("most", most)
                .query(this::entry)
                .list();
    }

    Optional<Instant> lastAt() {
        return jdbc.sql("select at from audit_entry order by at desc limit 1")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private Entry entry(ResultSet row, int number) throws SQLException {
        long sealed = row.getLong("number");
        return new Entry(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("action"),
                Optional.ofNullable(row.getObject("subject_id", UUID.class)),
                Optional.ofNullable(row.getString("union_path")).map(UnionPath::new),
                json.readValue(row.getString("facts"), new TypeReference<LinkedHashMap<String, String>>() {}),
                sealed == 0 ? OptionalLong.empty() : OptionalLong.of(sealed));
    }
}

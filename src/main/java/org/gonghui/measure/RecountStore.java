package org.gonghui.measure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What recounts of the counters found. */
@Repository
class RecountStore {

    private final JdbcClient jdbc;

    RecountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(UUID id, Recounts.Result result) {
        jdbc.sql("""
                        insert into measure_recount (id, counters, counted_at, asked_by, differences, first_ones)
                        values (:id, :counters, :at, :by, :differences, :first)
                        """)
                .param("id", id)
                .param("counters", result.counters())
                .param("at", Timestamp.from(result.at()))
                .param("by", result.askedBy())
                .param("differences", result.differences())
                .param("first", String.join("\n", result.firstOnes()))
                .update();
    }

    Optional<Recounts.Result> latest(String counters) {
        return jdbc.sql("""
                        select counters, counted_at, asked_by, differences, first_ones from measure_recount
                         where counters = :counters order by counted_at desc limit 1
                        """)
                .param("counters", counters)
                .query(RecountStore::result)
                .optional();
    }

    /** The last result of each kind of counters. */
    List<Recounts.Result> latest() {
        return jdbc.sql("""
                        select distinct on (counters) counters, counted_at, asked_by, differences, first_ones
                          from measure_recount order by counters, counted_at desc
                        """).query(RecountStore::result).list();
    }

    private static Recounts.Result result(ResultSet row, int number) throws SQLException {
        Instant at = row.getTimestamp("counted_at").toInstant();
        List<String> first = row.getString("first_ones").lines().toList();
        return new Recounts.Result(
                row.getString("counters"), at, row.getString("asked_by"), row.getInt("differences"), first);
    }
}

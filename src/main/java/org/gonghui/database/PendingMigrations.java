package org.gonghui.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.core.ApplicationModuleIdentifier;
import org.springframework.modulith.runtime.flyway.MigrationFilter;
import org.springframework.stereotype.Component;

/**
 * Leaves out the modules whose tables are just as their scripts make them. Flyway asks the same for each module by
 * itself, some 50 ms each, and a start waits for it; here one question serves all. Where anything differs, more, less or
 * otherwise, Flyway is asked and has the word.
 */
@Component
class PendingMigrations implements MigrationFilter {

    private final JdbcClient jdbc;
    private final ResourcePatternResolver resources;
    private @Nullable Map<String, Map<String, Integer>> applied;

    PendingMigrations(DataSource source, ResourcePatternResolver resources) {
        this.jdbc = JdbcClient.create(source); // the application's own client waits for the migrations
        this.resources = resources;
    }

    @Override
    public boolean shouldMigrate(ApplicationModuleIdentifier module, Flyway flyway) {
        String history = flyway.getConfiguration().getTable() + "_";
        if (applied == null) {
            applied = applied(history);
        }
        return !scripts(module).equals(applied.getOrDefault(history + module, Map.of()));
    }

    /** Each history's scripts with their checksums, as they were before this start. */
    private Map<String, Map<String, Integer>> applied(String prefix) {
        List<String> histories =
                jdbc.sql("""
                        select table_name from information_schema.tables
                         where table_schema = current_schema() and starts_with(table_name, :prefix)
                        """).param("prefix", prefix).query(String.class).list();
        var found = new HashMap<String, Map<String, Integer>>();
        if (!histories.isEmpty()) {
            jdbc.sql(histories.stream()
                            .map(history -> "select '" + history
                                    + "' as history, script, case when success then checksum end as checksum from \""
                                    + history + "\" where type <> 'BASELINE'")
                            .collect(joining(" union all ")))
                    .query(row -> {
                        found.computeIfAbsent(row.getString("history"), each -> new HashMap<>())
                                .put(row.getString("script"), row.getObject("checksum", Integer.class));
                    });
        }
        return found;
    }

    private Map<String, Integer> scripts(ApplicationModuleIdentifier module) {
        var found = new HashMap<String, Integer>();
        try {
            for (Resource script : resources.getResources("classpath*:db/migration/%s/*.sql".formatted(module))) {
                found.put(Objects.requireNonNull(script.getFilename()), checksum(script));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** As Flyway reckons it: of the lines without their ends. */
    private static int checksum(Resource script) throws IOException {
        var sum = new CRC32();
        script.getContentAsString(UTF_8).lines().forEach(line -> sum.update(line.getBytes(UTF_8)));
        return (int) sum.getValue();
    }
}

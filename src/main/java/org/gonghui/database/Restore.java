package org.gonghui.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.gonghui.kernel.CannotStart;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The command {@code bin/restore}: reads a backup into a database in which there is nothing yet, all of it or none. The
 * tables are made by the migrations that made them then; what has come since is done by the platform's next start.
 */
@Import(CommandDatabase.class)
public final class Restore {

    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

    private final DataSource source;
    private final JdbcClient jdbc;

    Restore(DataSource source, JdbcClient jdbc) {
        this.source = source;
        this.jdbc = jdbc;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Command.run(Restore.class, arguments, context -> {
            BackupFile.Manifest restored =
                    context.getBean(Restore.class).read(BackupFile.named(context.getEnvironment()));
            LOG.info(
                    "The city is there again as of {}; its key file is needed to open what is sealed",
                    restored.madeAt());
            return 0;
        });
    }

    /** Before there is a database: a file that is no backup makes none. */
    @Bean
    static BeanFactoryPostProcessor look(Environment environment) {
        Path file = BackupFile.named(environment);
        return beans -> {
            requireFile(file);
            try (var zip = new ZipFile(file.toFile())) {
                BackupFile.manifest(zip, file);
            } catch (ZipException e) {
                throw new CannotStart(file + " is no backup, or not a whole one", e);
            } catch (IOException e) {
                throw cannot(file, e);
            }
        };
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CannotStart("There is no file " + file);
        }
    }

    private static CannotStart cannot(Path file, Exception why) {
        return new CannotStart(file + " could not be restored: " + why.getMessage(), why);
    }

    /** Reads all of the file; whatever is wrong with it changes nothing. */
    BackupFile.Manifest read(Path file) {
        requireFile(file);
        try (var zip = new ZipFile(file.toFile())) {
            BackupFile.Manifest manifest = BackupFile.manifest(zip, file);
            Connection connection = source.getConnection();
            requireEmpty();
            connection.setAutoCommit(false);
            try {
                make(connection, manifest);
                new BulkLoad(jdbc).into(names(manifest), () -> load(connection, zip, manifest));
                for (BackupFile.Sequence sequence : manifest.sequences()) {
                    jdbc.sql("select setval(cast(:name as regclass), :last, :used)")
                            .param("name", sequence.name())
                            .param("last", sequence.last())
                            .param("used", sequence.used())
                            .query()
                            .singleRow();
                }
                connection.commit();
            } finally {
                connection.rollback(); // of nothing, once it was committed
                connection.setAutoCommit(true);
            }
            return manifest;
        } catch (DataIntegrityViolationException e) {
            throw new CannotStart("The backup is damaged: its rows do not fit together", e);
        } catch (IOException | SQLException e) {
            throw cannot(file, e);
        }
    }

    private void requireEmpty() {
        int tables = jdbc.sql("""
                        select count(*) from pg_class
                         where relkind = 'r' and relnamespace = cast(current_schema() as regnamespace)
                        """).query(Integer.class).single();
        if (tables > 0) {
            throw new CannotStart("There is a city in this database already: restore into an empty one");
        }
    }

    private static void make(Connection connection, BackupFile.Manifest manifest) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String script : manifest.scripts()) {
                var migration = new ClassPathResource("db/migration/" + script);
                if (!migration.exists()) {
                    throw new CannotStart("The backup is of a newer platform: this one does not know " + script);
                }
                statement.execute(migration.getContentAsString(StandardCharsets.UTF_8));
            }
            for (BackupFile.History history : manifest.histories()) {
                statement.execute(history.definition());
            }
            statement.execute("truncate " + String.join(", ", names(manifest))); // what migrations had filled in
        }
    }

    private static List<String> names(BackupFile.Manifest manifest) {
        return manifest.tables().stream().map(BackupFile.Table::name).toList();
    }

    private static void load(Connection connection, ZipFile zip, BackupFile.Manifest manifest) {
        for (BackupFile.Table table : manifest.tables()) {
            ZipEntry entry = zip.getEntry(BackupFile.entryOf(table.name()));
            if (entry == null) {
                throw damaged(table, null);
            }
            try (var rows = new DigestInputStream(zip.getInputStream(entry), BackupFile.sha256())) {
                long loaded = connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "copy %s (%s) from stdin".formatted(table.name(), String.join(", ", table.columns())),
                                rows);
                if (loaded != table.rows()
                        || !BackupFile.hex(rows.getMessageDigest()).equals(table.sha256())) {
                    throw damaged(table, null);
                }
            } catch (IOException | SQLException e) {
                throw damaged(table, e);
            }
        }
    }

    private static CannotStart damaged(BackupFile.Table table, @Nullable Exception cause) {
        return new CannotStart("The backup is damaged: the rows of " + table.name() + " are not those written", cause);
    }
}

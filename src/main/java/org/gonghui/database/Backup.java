package org.gonghui.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.gonghui.kernel.CannotStart;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The command {@code bin/backup}: writes a city's whole database into one file, as it stood at one moment, while the
 * platform goes on. What is sealed stays sealed: the keys are not in it, and belong elsewhere.
 */
@Import(CommandDatabase.class)
public final class Backup {

    private static final Logger LOG = LoggerFactory.getLogger(Backup.class);
    private static final String HISTORY = "flyway_schema_history_";

    private final DataSource source;
    private final JdbcClient jdbc;

    Backup(DataSource source, JdbcClient jdbc) {
        this.source = source;
        this.jdbc = jdbc;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Command.run(Backup.class, arguments, context -> {
            Path file = BackupFile.named(context.getEnvironment());
            BackupFile.Manifest made = context.getBean(Backup.class).write(file);
            long rows = made.tables().stream().mapToLong(BackupFile.Table::rows).sum();
            LOG.info(
                    "{} holds {} tables with {} rows, as of {}",
                    file,
                    made.tables().size(),
                    rows,
                    made.madeAt());
            return 0;
        });
    }

    /** Writes the file, which must not be there yet: it is there when it is whole. */
    BackupFile.Manifest write(Path file) {
        if (Files.exists(file)) {
            throw new CannotStart(file + " is there already: name another file");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            BackupFile.Manifest made = writeInto(part);
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (IOException | SQLException e) {
            throw new CannotStart("The backup could not be written: " + e.getMessage(), e);
        }
    }

    private BackupFile.Manifest writeInto(Path part) throws IOException, SQLException {
        Connection connection = source.getConnection();
        // One snapshot for every table: figures, records and the audit chain are of the same moment.
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (var zip = new ZipOutputStream(Files.newOutputStream(part))) {
            String madeAt = jdbc.sql("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
                    .query(String.class)
                    .single();
            List<String> names = tables();
            List<BackupFile.Table> tables = new ArrayList<>();
            for (String name : names) {
                tables.add(copy(connection, name, zip));
            }
            List<String> histories =
                    names.stream().filter(name -> name.startsWith(HISTORY)).toList();
            var manifest = new BackupFile.Manifest(
                    BackupFile.FORMAT,
                    madeAt,
                    scripts(histories),
                    histories.stream()
                            .map(name -> new BackupFile.History(name, definition(name)))
                            .toList(),
                    tables,
                    sequences());
            zip.putNextEntry(new ZipEntry(BackupFile.MANIFEST));
            zip.write(BackupFile.bytes(manifest));
            zip.closeEntry();
            return manifest;
        } finally {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setAutoCommit(true);
        }
    }

    private BackupFile.Table copy(Connection connection, String table, ZipOutputStream zip)
            throws IOException, SQLException {
        List<String> columns = columns(table);
        zip.putNextEntry(new ZipEntry(BackupFile.entryOf(table)));
        var out = new DigestOutputStream(zip, BackupFile.sha256());
        long rows = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy %s (%s) to stdout".formatted(table, String.join(", ", columns)), out);
        zip.closeEntry();
        return new BackupFile.Table(table, columns, rows, BackupFile.hex(out.getMessageDigest()));
    }

    private List<String> tables() {
        return jdbc.sql("""
                        select relname from pg_class
                         where relkind = 'r' and relnamespace = cast(current_schema() as regnamespace) order by relname
                        """).query(String.class).list();
    }

    private List<String> columns(String table) {
        return jdbc.sql("""
                        select quote_ident(attname) from pg_attribute
                         where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped
                           and attgenerated = '' order by attnum
                        """).param("table", table).query(String.class).list();
    }

    /** The migrations of all modules, in the order in which they ran. */
    private List<String> scripts(List<String> histories) {
        record Ran(String script, LocalDateTime at) {}
        return histories.stream()
                .flatMap(history -> jdbc
                        .sql("select script, installed_on as at from " + history
                                + " where type = 'SQL' and success order by installed_rank")
                        .query(Ran.class)
                        .list()
                        .stream()
                        .map(ran -> new Ran(history.substring(HISTORY.length()) + "/" + ran.script(), ran.at())))
                .sorted(Comparator.comparing(Ran::at))
                .map(Ran::script)
                .toList();
    }

    private String definition(String table) {
        String columns = jdbc.sql("""
                        select string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
                               || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
                               || case when attnotnull then ' not null' else '' end, ', ' order by attnum)
                          from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
                         where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped
                        """).param("table", table).query(String.class).single();
        return "create table %1$s (%2$s, constraint %1$s_pk primary key (installed_rank))".formatted(table, columns);
    }

    private List<BackupFile.Sequence> sequences() {
        return jdbc.sql("""
                        select sequencename as name, coalesce(last_value, start_value) as last,
                               last_value is not null as used
                          from pg_sequences where schemaname = current_schema() order by sequencename
                        """).query(BackupFile.Sequence.class).list();
    }
}

package org.gonghui.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.gonghui.kernel.CannotStart;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A backup holds the whole city of one moment; it comes back whole, or not at all. */
@CityTest
class BackupTests {

    @Autowired
    private DataSource city;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Members members;

    @Autowired
    private Given given;

    @TempDir
    private Path folder;

    private String name = "";
    private String url = "";

    @BeforeEach
    void anEmptyDatabase() throws SQLException {
        name = "restored_" + UUID.randomUUID().toString().replace("-", "");
        jdbc.sql("create database " + name).update();
        try (Connection connection = city.getConnection()) {
            url = connection.getMetaData().getURL().replaceAll("/postgres(\\?.*)?$", "/" + name);
        }
    }

    @AfterEach
    void dropIt() {
        jdbc.sql("drop database " + name + " with (force)").update();
    }

    @Test
    void whatComesBackIsWhatWasThereOfOneMomentThoughWorkGoesOn() throws Exception {
        Path file = folder.resolve("city.backup");
        var stop = new AtomicBoolean();
        Thread work = Thread.startVirtualThread(() -> {
            while (!stop.get()) {
                members.admit(
                        given.streetOfficer(),
                        given.joint().id(),
                        Given.freshPerson(new Employment("courier", true)),
                        java.util.Optional.empty());
            }
        });
        BackupFile.Manifest made = backup(file);
        stop.set(true);
        work.join();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.exists(folder.resolve("city.backup.part"))).isFalse();
        try (SingleConnectionDataSource restored = restored()) {
            new Restore(restored, JdbcClient.create(restored)).read(file);
            JdbcClient there = JdbcClient.create(restored);
            for (BackupFile.Table table : made.tables()) {
                assertThat(there.sql("select count(*) from " + table.name())
                                .query(Long.class)
                                .single())
                        .as(table.name())
                        .isEqualTo(table.rows());
            }
            assertThat(schema(there)).isEqualTo(schema(jdbc));
            assertThat(there.sql("select count(*) from member_membership where not exists (select 1 from audit_entry"
                                    + " where subject_id = member_id) and began_on >= (select max(began_on)"
                                    + " from member_membership) and ended_on is null and began_by = 'joined'"
                                    + " and union_id = cast(:joint as uuid)")
                            .param("joint", given.joint().id().toString())
                            .query(Long.class)
                            .single())
                    .as("who was admitted meanwhile is there with their entry, or not at all")
                    .isZero();
            long next = there.sql("select nextval('member_number')")
                    .query(Long.class)
                    .single();
            assertThat(next)
                    .isGreaterThan(there.sql("select max(number) from member")
                            .query(Long.class)
                            .single());
            assertThatThrownBy(() -> new Restore(restored, JdbcClient.create(restored)).read(file))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("There is a city in this database already");
        }
        assertThatThrownBy(() -> backup(file)).isInstanceOf(CannotStart.class).hasMessageContaining("is there already");
    }

    @Test
    void aDamagedBackupIsNotedAndLeavesNothingBehind() throws Exception {
        Path file = folder.resolve("whole");
        backup(file);
        byte[] whole = Files.readAllBytes(file);
        Map<String, Path> damaged = new TreeMap<>();
        damaged.put("cut short", write("cut", java.util.Arrays.copyOf(whole, whole.length / 2)));
        damaged.put(
                "no backup at all", write("text", "what is this?".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        damaged.put(
                "a row less",
                changed(
                        file,
                        (entry, text) -> entry.equals("member.copy") ? text.substring(text.indexOf('\n') + 1) : text));
        damaged.put(
                "a row altered",
                changed(file, (entry, text) -> entry.equals("member.copy") ? text.replaceFirst("[0-9]", "x") : text));
        damaged.put(
                "another name, as long",
                changed(
                        file,
                        (entry, text) -> entry.equals("org_union_name.copy") ? text.replaceFirst("总工会", "总工分") : text));
        damaged.put("a table gone", changed(file, (entry, text) -> entry.equals("audit_entry.copy") ? "" : text));
        damaged.put(
                "the list altered",
                changed(file, (entry, text) -> entry.equals(BackupFile.MANIFEST) ? text.substring(5) : text));
        damaged.put(
                "of another kind",
                changed(
                        file,
                        (entry, text) -> entry.equals(BackupFile.MANIFEST)
                                ? text.replace("\"format\" : 1", "\"format\" : 2")
                                : text));
        damaged.put(
                "of a newer platform",
                changed(
                        file,
                        (entry, text) -> entry.equals(BackupFile.MANIFEST)
                                ? text.replace("V1__unions.sql", "V99__unions.sql")
                                : text));
        try (SingleConnectionDataSource restored = restored()) {
            JdbcClient there = JdbcClient.create(restored);
            damaged.forEach((how, what) -> {
                assertThatThrownBy(() -> new Restore(restored, there).read(what))
                        .as(how)
                        .isInstanceOf(CannotStart.class)
                        .hasMessageNotContaining("Exception");
                assertThat(schema(there)).as(how).isEmpty();
            });
            new Restore(restored, there).read(file); // and the whole one goes in after all
        }
    }

    @Test
    void whatIsNoBackupMakesNoFolder() throws IOException {
        Path empty = folder.resolve("new-city");
        for (Path none : List.of(write("letter", new byte[] {1, 2, 3}), folder.resolve("nothing"))) {
            assertThatThrownBy(() -> new SpringApplicationBuilder(Restore.class)
                            .web(WebApplicationType.NONE)
                            .logStartupInfo(false)
                            .run(
                                    "--gonghui.data=" + empty,
                                    "--gonghui.db.url=",
                                    "--gonghui.backup.file=" + none,
                                    "--gonghui.command.new-city=true")
                            .close())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(none.toString());
            assertThat(Files.exists(empty)).isFalse();
        }
    }

    private BackupFile.Manifest backup(Path file) throws SQLException {
        try (var source = new SingleConnectionDataSource(city.getConnection(), true)) {
            return new Backup(source, JdbcClient.create(source)).write(file);
        }
    }

    private SingleConnectionDataSource restored() throws SQLException {
        return new SingleConnectionDataSource(DriverManager.getConnection(url, "postgres", ""), true);
    }

    private static List<String> schema(JdbcClient of) {
        return of.sql("""
                        select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
                          from information_schema.columns where table_schema = current_schema() and table_name <> 'pg_stat'
                        union all
                        select indexdef from pg_indexes
                         where schemaname = current_schema() and indexname not like 'flyway%_s_idx'
                        union all
                        select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
                         where connamespace = cast(current_schema() as regnamespace)
                         order by 1
                        """).query(String.class).list();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    /** The same backup with something in it changed; where nothing is left of an entry, it is gone. */
    private Path changed(Path file, BiFunction<String, String, String> change) {
        Path changed = folder.resolve(UUID.randomUUID().toString());
        try (var zip = new ZipFile(file.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(changed))) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            boolean any = false;
            while (entries.hasMoreElements()) {
                String entry = entries.nextElement().getName();
                byte[] before = bytes(zip, entry);
                byte[] after = entry.endsWith(".copy") && before.length > 3_000_000
                        ? before
                        : change.apply(entry, new String(before, java.nio.charset.StandardCharsets.UTF_8))
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
                any |= !java.util.Arrays.equals(before, after);
                if (after.length > 0 || before.length == 0) {
                    out.putNextEntry(new ZipEntry(entry));
                    write(out, after);
                    out.closeEntry();
                }
            }
            assertThat(any).as("something was changed").isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return changed;
    }

    private static byte[] bytes(ZipFile zip, String entry) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(entry))) {
            return in.readAllBytes();
        }
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
    }
}

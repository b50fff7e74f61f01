package org.gonghui.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipFile;
import org.gonghui.kernel.CannotStart;
import org.springframework.core.env.Environment;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup holds: a ZIP file with the rows of each table as COPY writes them ({@code <table>.copy}, UTF-8), and
 * {@code manifest.json}, which says what they are.
 */
final class BackupFile {

    static final String MANIFEST = "manifest.json";
    static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * The manifest.
     *
     * @param format {@value #FORMAT}
     * @param madeAt the moment as which the rows stood, ISO 8601
     * @param scripts the migrations that made the tables, in the order in which they ran: {@code org/V1__unions.sql}
     * @param histories what remembers them, which no migration makes
     */
    record Manifest(
            int format,
            String madeAt,
            List<String> scripts,
            List<History> histories,
            List<Table> tables,
            List<Sequence> sequences) {}

    /** A table that is made by its definition. */
    record History(String name, String definition) {}

    /**
     * A table's rows.
     *
     * @param sha256 of all that stands in the file of its rows, in hexadecimal digits
     */
    record Table(String name, List<String> columns, long rows, String sha256) {}

    /** A sequence and the number that it gave last; or will give first, as long as it is not used. */
    record Sequence(String name, long last, boolean used) {}

    private BackupFile() {}

    static byte[] bytes(Manifest manifest) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
    }

    /** The manifest of a backup; a file that is none, or of another format, cannot be read. */
    static Manifest manifest(ZipFile zip, Path file) throws IOException {
        var entry = zip.getEntry(MANIFEST);
        if (entry == null) {
            throw new CannotStart(file + " is no backup, or not a whole one");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            Manifest manifest = JSON.readValue(in, Manifest.class);
            if (manifest.format() != FORMAT) {
                throw new CannotStart(file + " was made by a platform of another kind, in format " + manifest.format());
            }
            return manifest;
        } catch (JacksonException e) {
            throw new CannotStart(file + " is damaged: its list of contents cannot be read", e);
        }
    }

    static String entryOf(String table) {
        return table + ".copy";
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The file that a command was given. */
    static Path named(Environment environment) {
        return Path.of(environment.getRequiredProperty("gonghui.backup.file"));
    }
}

package org.gonghui.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.gonghui.org.Spelling;
import org.postgresql.PGConnection;

/**
 * The same rows by the plainest SQL: COPY to a table on the way, then people and memberships, each by one insert. What is sealed
 * and hashed is noise of the same length, names are spelt as the platform spells them; the tables are copies of the city's, with its
 * rows and indexes, without foreign keys.
 */
final class RawImports implements AutoCloseable {

    /**
     * How long it took, in seconds.
     *
     * @param people to have them in the table of people alone: COPY and one insert
     * @param all with their memberships: the same rows as an import writes
     */
    record Taken(double people, double all) {}

    private static final String STAGED = "list_id, row, id, membership_id, union_id, name, pinyin, sex, birth_date,"
            + " identity_sealed, identity_blind, phone_sealed, phone_blind, blind_key, employment";

    private final Connection database;
    private final String union;
    private final String above;
    private final Random random = new Random(2023);

    RawImports(String url) throws IOException {
        try {
            database = DriverManager.getConnection(url);
            for (String table : new String[] {"member", "member_membership"}) {
                run("create table raw_" + table + " (like " + table + " including all)");
                run("insert into raw_" + table + " overriding system value select * from " + table);
            }
            run("create unlogged table raw_enlisted (like member_enlisted including all)");
            run("vacuum analyze raw_member, raw_member_membership");
            try (var statement = database.createStatement();
                    var row = statement.executeQuery("select union_id, district_id, street_id from member_membership"
                            + " where street_id is not null limit 1")) {
                row.next();
                union = row.getString(1);
                above = "'%s', '%s'".formatted(row.getString(2), row.getString(3));
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    Taken bring(PeopleFile people) throws IOException {
        Path file = Files.createTempFile("people", ".copy");
        try {
            write(people, file);
            run("truncate raw_enlisted");
            long begun = System.nanoTime();
            database.setAutoCommit(false);
            try (InputStream in = Files.newInputStream(file)) {
                database.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy raw_enlisted (" + STAGED + ") from stdin", in);
            }
            run("analyze raw_enlisted");
            run("""
                    insert into raw_member (id, name, pinyin, sex, birth_date, identity_sealed, identity_blind, phone_sealed,
                                            phone_blind, blind_key)
                    select distinct on (identity_blind) id, name, pinyin, sex, birth_date, identity_sealed, identity_blind,
                           phone_sealed, phone_blind, blind_key from raw_enlisted
                     order by identity_blind on conflict (identity_blind) do nothing
                    """);
            long inserted = System.nanoTime();
            run("""
                    insert into raw_member_membership (id, member_id, union_id, began_on, began_by, employment_at_start,
                           employment, district_id, street_id, spelling, number, sex, list_id)
                    select membership_id, id, union_id, current_date, 'opening', employment, employment, %s,
                           pinyin || ' ' || name, 20000000 + row, sex, list_id from raw_enlisted
                    """.formatted(above));
            long memberships = System.nanoTime();
            database.commit();
            long committed = System.nanoTime() - memberships;
            return new Taken((inserted - begun + committed) / 1e9, (memberships - begun + committed) / 1e9);
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            Files.delete(file);
            commitEach();
        }
    }

    private void write(PeopleFile people, Path file) throws IOException {
        UUID list = UUID.randomUUID();
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < people.rows(); i++) {
                out.write(String.join(
                        "\t",
                        list.toString(),
                        Integer.toString(i),
                        id(),
                        id(),
                        union,
                        PeopleFile.name(i),
                        Spelling.of(PeopleFile.name(i)).pinyin(),
                        "F",
                        "1970-01-01",
                        noise(51),
                        noise(32),
                        noise(44),
                        noise(32),
                        "1",
                        "regular"));
                out.write('\n');
            }
        }
    }

    private String id() {
        return new UUID(System.nanoTime(), random.nextLong()).toString();
    }

    private String noise(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return "\\\\x" + HexFormat.of().formatHex(noise);
    }

    private void run(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private void commitEach() throws IOException {
        try {
            database.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (database) {
            run("drop table raw_enlisted, raw_member, raw_member_membership");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}

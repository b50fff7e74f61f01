package org.gonghui.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The pages of employers, of foundings and of proposals where to go next, as a city's officer reads them, with as many employers as a large city has: one in
 * ten has a founding under way, and every base union of the city was founded by way of one.
 */
final class EmployerPages implements AutoCloseable {

    private static final Pattern UNION = Pattern.compile("/desk/employers/([0-9a-f-]{36})");
    private static final Pattern NEXT = Pattern.compile("href=\"([^\"]*[?&;]after=[^\"]+)\"");
    private static final Pattern FILE = Pattern.compile("/desk/employers/of/[0-9a-f-]{36}");
    private static final Pattern FOUNDING = Pattern.compile("/desk/foundings/of/[0-9a-f-]{36}");
    private static final String[] OWNERSHIPS = {"PRIVATE", "PRIVATE", "PRIVATE", "FOREIGN", "STATE"};
    private static final String[] STAGES = {
        "VERIFIED", "VERIFIED", "CONTACTED", "PREPARING", "APPLIED", "REJECTED", "GIVEN_UP"
    };
    private static final int[] SIZES = {8, 15, 30, 60, 12, 40, 150, 22, 9, 1_200};
    private static final int UNDER_WAY = 10;
    private static final String AT = "2023-%02d-15 09:00:00+08";

    private final Visitor officer;
    private final Map<String, String> pages = new LinkedHashMap<>();

    /** Fills the city's database by COPY. */
    EmployerPages(CityServer server, int employers) throws IOException, InterruptedException {
        fill(server.databaseUrl(), employers);
        officer = Visitor.signedIn(server.port(), Visitor.signIn(server.port()));
        String list = officer.ledTo("/desk/employers");
        Matcher union = UNION.matcher(list);
        if (!union.find()) {
            throw new IOException("there is no union whose employers could be read");
        }
        String board = "/desk/foundings/" + union.group(1);
        pages.put("list", list);
        pages.put("list, next", found(NEXT, list));
        pages.put("list, newest", list + "?sort=NEWEST");
        pages.put("list, without", list + "?organised=WITHOUT");
        pages.put("list, small", list + "?size=SMALL");
        pages.put("list, by name", list + "?q=" + Visitor.encoded("业务 7"));
        pages.put("file", found(FILE, list));
        pages.put("board", board);
        for (String stage : List.of("VERIFIED", "APPLIED", "APPROVED")) {
            pages.put("foundings, " + stage.toLowerCase(Locale.ROOT), board + "/list?of=" + stage);
        }
        pages.put("founding", found(FOUNDING, board + "/list?of=VERIFIED"));
        pages.put("outreach", "/desk/outreach/" + union.group(1));
        pages.put("proposals", "/desk/outreach/" + union.group(1) + "/proposals");
    }

    /** How long each page takes, in milliseconds from the request's first byte to the answer's last; every page in turn. */
    Map<String, List<Double>> times(int rounds) throws IOException, InterruptedException {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (var page : pages.entrySet()) {
                long begun = System.nanoTime();
                officer.get(page.getValue());
                times.computeIfAbsent(page.getKey(), name -> new ArrayList<>()).add((System.nanoTime() - begun) / 1e6);
            }
        }
        return times;
    }

    private String found(Pattern pattern, String address) throws IOException, InterruptedException {
        Matcher found = pattern.matcher(officer.get(address));
        if (!found.find()) {
            throw new IOException("not found on " + address + ": " + pattern);
        }
        return found.groupCount() == 0 ? found.group() : found.group(1).replace("&amp;", "&");
    }

    private static void fill(String url, int employers) throws IOException {
        try (Connection database = DriverManager.getConnection(url)) {
            database.setAutoCommit(false);
            List<String> streets = column(database, "select distinct street_id from employer");
            List<UUID> ids = new ArrayList<>();
            try (var rows = new Rows(database, """
                    employer (id, name, haystack, street_id, address, trade, ownership, recorded_at, counted_on, workers,
                              women, new_form)
                    """)) {
                for (int i = 0; i < employers; i++) {
                    UUID id = UUID.randomUUID();
                    ids.add(id);
                    int workers = SIZES[i % SIZES.length] + i % 7;
                    rows.row(
                            id,
                            "试验业务 " + i + " 公司",
                            "试验业务 " + i + " 公司 shiyanyewu" + i + "gongsi",
                            streets.get(i % streets.size()),
                            "试验路 " + i + " 号",
                            "MANUFACTURING",
                            OWNERSHIPS[i % OWNERSHIPS.length],
                            AT.formatted(1 + i % 11),
                            "2023-06-30",
                            workers,
                            workers / 2,
                            i % 3);
                }
            }
            foundings(database, streets, ids);
            approved(database);
            database.commit();
            database.setAutoCommit(true);
            run(database, "vacuum analyze employer, founding, founding_employer, founding_step");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void foundings(Connection database, List<String> streets, List<UUID> employers) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (var rows = new Rows(database, """
                founding (id, street_id, joint, stage, stage_at, begun_at, superior_id, union_name, elected_on)
                """)) {
            for (int i = 0; i < employers.size(); i += UNDER_WAY) {
                ids.add(UUID.randomUUID());
                String stage = STAGES[ids.size() % STAGES.length];
                String street = streets.get(i % streets.size());
                String at = AT.formatted(1 + i / UNDER_WAY % 11);
                rows.row(ids.getLast(), street, false, stage, at, at, street, "试验业务 " + i + " 工会", "2023-05-05");
            }
        }
        try (var rows = new Rows(database, "founding_employer (founding_id, employer_id, is_open)")) {
            for (int i = 0; i < ids.size(); i++) {
                rows.row(ids.get(i), employers.get(i * UNDER_WAY), !STAGES[(i + 1) % STAGES.length].equals("GIVEN_UP"));
            }
        }
        try (var rows = new Rows(database, "founding_step (id, founding_id, stage, at, actor, note)")) {
            for (int i = 0; i < ids.size(); i++) {
                for (String stage : List.of("VERIFIED", "CONTACTED", STAGES[(i + 1) % STAGES.length])) {
                    rows.row(UUID.randomUUID(), ids.get(i), stage, AT.formatted(1 + i % 11), "周以宁", "");
                }
            }
        }
    }

    /** Every base union that an employer of the city has, as if it had been founded this year. */
    private static void approved(Connection database) throws SQLException {
        run(database, """
                insert into founding (id, street_id, joint, stage, stage_at, begun_at, superior_id, union_name, elected_on,
                                      union_id, approved_on, size_class, workers)
                select distinct on (union_id) gen_random_uuid(), street_id, false, 'APPROVED',
                       timestamptz '2023-01-10 09:00:00+08' + workers % 350 * interval '1 day',
                       timestamptz '2023-01-02 09:00:00+08', street_id, name, date '2023-01-09',
                       union_id, date '2023-01-10' + workers % 350, 'SMALL', workers
                  from employer where union_id is not null
                   and not exists (select 1 from founding known where known.union_id = employer.union_id)
                """);
        run(database, """
                insert into founding_employer (founding_id, employer_id, is_open)
                select distinct on (founding.id) founding.id, employer.id, false
                  from founding join employer on employer.union_id = founding.union_id
                 where not exists (select 1 from founding_employer known where known.founding_id = founding.id)
                """);
        run(database, """
                insert into founding_step (id, founding_id, stage, at, actor, note)
                select gen_random_uuid(), id, 'APPROVED', stage_at, '周以宁', '' from founding
                 where stage = 'APPROVED'
                   and not exists (select 1 from founding_step known where known.founding_id = founding.id)
                """);
    }

    private static List<String> column(Connection database, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static void run(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        officer.close();
    }

    /** Rows on their way into a table by COPY; no value has a tab. */
    private static final class Rows implements AutoCloseable {

        private final CopyIn copy;

        Rows(Connection database, String target) throws SQLException {
            copy = database.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + target + " from stdin");
        }

        void row(Object... values) throws SQLException {
            String[] texts = Arrays.stream(values).map(String::valueOf).toArray(String[]::new);
            byte[] line = (String.join("\t", texts) + "\n").getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(line, 0, line.length);
        }

        @Override
        public void close() throws SQLException {
            copy.endCopy();
        }
    }
}

package org.gonghui.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Members of a union brought as a workbook: sent in parts, read, entered, as an officer does it. */
final class Imports implements AutoCloseable {

    private static final Pattern UNION = Pattern.compile("/desk/enrolments/([0-9a-f-]{36})");
    private static final Pattern PART = Pattern.compile("data-parts=\"(\\d+)\"");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /**
     * How long the stages of one import took, in seconds.
     *
     * @param bytes of the file
     * @param pssMb the most memory that the platform had meanwhile, without its database
     */
    record Taken(double sending, double reading, double entering, long bytes, double pssMb) {

        double all() {
            return sending + reading + entering;
        }
    }

    private final Visitor officer;
    private final CityServer server;
    private final String form;

    Imports(CityServer server) throws IOException, InterruptedException {
        this.server = server;
        officer = Visitor.signedIn(server.port(), Visitor.signIn(server.port(), "base@demo"));
        Matcher union = UNION.matcher(officer.ledTo("/desk/enrolments"));
        if (!union.find()) {
            throw new IOException("there is no union to bring members to");
        }
        form = "/desk/enrolments/" + union.group(1);
    }

    Taken bring(PeopleFile people) throws IOException, InterruptedException {
        Path written = people.write();
        byte[] file = Files.readAllBytes(written);
        Files.delete(written);
        String page = officer.get(form);
        int size = Integer.parseInt(found(PART, page));
        int count = (file.length + size - 1) / size;
        String list = "/desk/enrolments/lists/" + UUID.randomUUID();
        try (var memory = new Memory(server.pid())) {
            long begun = System.nanoTime();
            String token = officer.token(form);
            officer.send(
                    form + "/beginnings",
                    token,
                    Map.of("key", list.substring(list.lastIndexOf('/') + 1), "people", "OPENING", "name", "名单.xlsx"));
            for (int i = 0; i < count; i++) {
                byte[] part = Arrays.copyOfRange(file, i * size, Math.min(file.length, (i + 1) * size));
                officer.send(list + "/parts/" + i + "?of=" + count, token, part);
            }
            officer.send(list + "/parts", token, Map.of("count", Integer.toString(count)));
            long sent = System.nanoTime();
            awaitRead(list);
            long read = System.nanoTime();
            officer.send(list + "/members", token, Map.of());
            long entered = System.nanoTime();
            String said = officer.get(list);
            if (!said.contains("%,d".formatted(people.rows()))) {
                throw new IOException("not everybody was entered: " + said);
            }
            return new Taken(
                    (sent - begun) / 1e9, (read - sent) / 1e9, (entered - read) / 1e9, file.length, memory.mostMb());
        }
    }

    private void awaitRead(String list) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!officer.answers(list + "/progress", "HX-Refresh")) {
            if (System.nanoTime() > end) {
                throw new IOException("the list was not read within " + LIMIT);
            }
            Thread.sleep(100);
        }
    }

    private static String found(Pattern pattern, String page) throws IOException {
        Matcher found = pattern.matcher(page);
        if (!found.find()) {
            throw new IOException("not found: " + pattern);
        }
        return found.group(1);
    }

    @Override
    public void close() {
        officer.close();
    }

    /** Looks several times a second how much memory a process has. */
    private static final class Memory implements AutoCloseable {

        private final Thread looking;
        private volatile double most;

        Memory(long process) {
            looking = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        most = Math.max(most, Starts.pss(process));
                        Thread.sleep(100);
                    }
                } catch (InterruptedException | IOException ended) {
                    // as it should
                }
            });
        }

        double mostMb() {
            return most;
        }

        @Override
        public void close() {
            looking.interrupt();
        }
    }
}

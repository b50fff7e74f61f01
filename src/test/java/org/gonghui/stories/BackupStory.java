package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A backup is made while officers approve; it is read into an empty database elsewhere, and a platform started on it is
 * the same city as it stood at that moment: whoever was acknowledged before is there, the figures are those of its
 * records, last year's are the same to the letter, and its audit chain is the beginning of the other's.
 */
class BackupStory {

    private static final int WAITING = 60;

    /** Who is approved before the backup begins, and stays so. */
    private static final int KEPT = 30;

    private static final int HANDS = 3;
    private static final Pattern HEAD = Pattern.compile("--head next time: (\\d+:[0-9a-f]{64})");
    private static final String ENTRIES = "select count(*) from audit_entry";
    private static final String APPROVED = "select count(*) from joining_application where state = 'approved'";

    private static final DatabaseAlone DATABASE = new DatabaseAlone();
    private static final DatabaseAlone ELSEWHERE = new DatabaseAlone();
    private static final Platform CITY = Platform.node(DATABASE, WAITING);

    @AfterAll
    static void close() {
        CITY.close();
        ELSEWHERE.close();
        DATABASE.close();
    }

    @Test
    void whatIsReadBackIsTheCityOfOneMoment() throws Exception {
        Visitor officer = CITY.visitor("street@demo");
        JoiningQueue queue = JoiningQueue.of(officer);
        Visitor federation = CITY.visitor("city@demo");
        String overview = Visitor.location(federation.get("/desk/overview"));
        String figures = "/api/v1/figures/" + overview.replaceAll(".*/([0-9a-f-]{36}).*", "$1");
        long membersBefore = members(federation, overview);
        long approvedBefore = DATABASE.count(APPROVED);
        List<String> waiting = queue.applications(officer);
        List<String> before = waiting.subList(0, KEPT);
        before.forEach(each -> queue.approve(officer, each));
        long entriesBefore = DATABASE.count(ENTRIES);

        var stop = new AtomicBoolean();
        var decisions = new AtomicInteger();
        Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
        Path file = DATABASE.folder().resolve("city.backup");
        try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
            for (int i = 0; i < HANDS; i++) {
                Visitor hand = new Visitor(CITY.address()).goOnIn(officer.session());
                hand.get(queue.address());
                String own = waiting.get(KEPT + i);
                hands.execute(() -> {
                    for (boolean yes = true; !stop.get() && faults.isEmpty(); yes = !yes) {
                        try {
                            assertThat(queue.decide(hand, own, yes).statusCode())
                                    .isEqualTo(302);
                            decisions.incrementAndGet();
                        } catch (RuntimeException | AssertionError fault) {
                            faults.add(fault);
                        }
                    }
                });
            }
            try {
                DATABASE.command("org.gonghui.database.Backup", data(DATABASE), "--gonghui.backup.file=" + file);
            } finally {
                stop.set(true);
            }
        }
        assertThat(faults).isEmpty();

        ELSEWHERE.command(
                "org.gonghui.database.Restore",
                data(ELSEWHERE),
                "--gonghui.backup.file=" + file,
                "--gonghui.command.new-city=true");
        Files.copy(key(DATABASE), key(ELSEWHERE));
        long approved = ELSEWHERE.count(APPROVED) - approvedBefore;
        assertThat(approved).isBetween((long) KEPT, (long) KEPT + HANDS);
        assertThat(ELSEWHERE.count(ENTRIES))
                .as("of a moment while work went on")
                .isBetween(entriesBefore + 1, DATABASE.count(ENTRIES) - 1);
        for (String each : before) {
            assertThat(ELSEWHERE.count(APPROVED + " and id = '" + each + "'")).isOne();
        }
        String there = ELSEWHERE.command("org.gonghui.audit.AuditVerify", data(ELSEWHERE));
        assertThat(there).contains(" 0 findings");
        Matcher head = HEAD.matcher(there);
        assertThat(head.find()).isTrue();
        assertThat(DATABASE.command(
                        "org.gonghui.audit.AuditVerify", data(DATABASE), "--gonghui.audit.head=" + head.group(1)))
                .contains(" 0 findings");

        try (Platform again = Platform.node(ELSEWHERE, WAITING)) {
            Visitor reader = new Visitor(again.address()).goOnIn(federation.session());
            assertThat(members(reader, overview)).isEqualTo(membersBefore + approved);
            assertThat(reader.get(figures + "?year=2022").body())
                    .isEqualTo(federation.get(figures + "?year=2022").body())
                    .contains("\"values\"");
            reader.get(Visitor.location(reader.get("/desk/figures")));
            assertThat(reader.post("/desk/figures/recounts", Map.of()).statusCode())
                    .isEqualTo(302);
            assertThat(ELSEWHERE.count("select count(*) from measure_recount where differences = 0"))
                    .isPositive();
            assertThat(ELSEWHERE.count("select count(*) from measure_recount where differences > 0"))
                    .isZero();
            // And work goes on there: who still waited is approved now.
            Visitor hand = new Visitor(again.address()).goOnIn(officer.session());
            queue.approve(hand, queue.applications(hand).getLast());
            assertThat(members(reader, overview)).isEqualTo(membersBefore + approved + 1);
        }
        System.out.printf("%d decisions while the backup was made%n", decisions.get());
    }

    private static String data(DatabaseAlone database) {
        return "--gonghui.data=" + database.folder().resolve("data");
    }

    private static Path key(DatabaseAlone database) throws IOException {
        return database.folder().resolve("city.key");
    }

    private static long members(Visitor officer, String overview) {
        Matcher value = JoiningStory.VALUE.matcher(officer.get(overview).body());
        assertThat(value.find()).isTrue();
        return Long.parseLong(value.group(1).replace(",", ""));
    }
}

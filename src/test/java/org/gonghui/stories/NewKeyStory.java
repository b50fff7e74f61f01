package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The city's key is changed while two nodes are at work: applications are approved and taken back, people's numbers
 * are opened, someone signs in. Every number is read before, meanwhile and afterwards, and then without the old key.
 */
class NewKeyStory {

    private static final int WAITING = 40;

    /** Number, identity number and phone, whole. */
    private static final Pattern OPENED = Pattern.compile("\"(\\d{8})\",\"(\\d{17}[0-9X])\",\"(1\\d{10})\"");

    private static final String OLD_VALUES = """
            select (select count(*) from member where get_byte(identity_sealed, 4) = 1 or get_byte(phone_sealed, 4) = 1)
                 + (select count(*) from member_before where get_byte(phone_sealed, 4) = 1)
                 + (select count(*) from joining_application where get_byte(identity_sealed, 4) = 1)
                 + (select count(*) from access_account where get_byte(totp_sealed, 4) = 1)
                 + (select count(*) from access_invitation where get_byte(totp_sealed, 4) = 1)
                 + (select count(*) from phone_account where get_byte(phone_sealed, 4) = 1)
                 + (select count(*) from seal_check where get_byte(sealed, 4) = 1)
            """;

    private static final DatabaseAlone DATABASE = new DatabaseAlone();
    private static final Platform ONE = Platform.node(DATABASE, WAITING);
    private static final Platform OTHER = Platform.node(DATABASE, WAITING);

    @AfterAll
    static void close() {
        OTHER.close();
        ONE.close();
        DATABASE.close();
    }

    @Test
    void everyNumberIsReadableBeforeMeanwhileAndAfterwards() throws Exception {
        Visitor officer = ONE.visitor("street@demo");
        String session = officer.session();
        String street = Visitor.location(officer.get("/desk/members"));
        JoiningQueue queue = JoiningQueue.of(officer);
        Map<String, String> before = opened(officer, street);
        assertThat(before).hasSizeGreaterThan(20);
        assertThat(DATABASE.count(OLD_VALUES)).isGreaterThan(2_000);

        var stop = new AtomicBoolean();
        var readings = new AtomicInteger();
        var decisions = new AtomicInteger();
        Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
        String said;
        try (ExecutorService hands = Executors.newFixedThreadPool(5)) {
            for (Platform node : List.of(ONE, OTHER)) {
                Visitor reader = new Visitor(node.address()).goOnIn(session);
                during(hands, stop, faults, () -> {
                    assertThat(opened(reader, street)).containsAllEntriesOf(before);
                    readings.incrementAndGet();
                });
                Visitor decider = new Visitor(node.address()).goOnIn(session);
                List<String> own = queue.applications(decider);
                String application = node == ONE ? own.getFirst() : own.getLast();
                during(hands, stop, faults, () -> {
                    queue.approve(decider, application);
                    assertThat(queue.decide(decider, application, false).statusCode())
                            .isEqualTo(302);
                    decisions.addAndGet(2);
                });
            }
            Future<?> signingIn = hands.submit(() -> new Visitor(OTHER.address()).signIn("district@demo"));
            try {
                said = DATABASE.command(
                        "org.gonghui.seal.RotateKey",
                        "--gonghui.data=" + DATABASE.folder().resolve("data"));
            } finally {
                stop.set(true);
            }
            signingIn.get(1, TimeUnit.MINUTES);
        }
        assertThat(faults).isEmpty();
        assertThat(said).contains("Key 2 is in use", "Everything is sealed with key 2");
        assertThat(readings.get()).isGreaterThan(10);
        assertThat(decisions.get()).isGreaterThan(10);
        assertThat(DATABASE.count(OLD_VALUES)).as("sealed with the old key").isZero();
        assertThat(opened(officer, street)).containsAllEntriesOf(before);
        System.out.printf(
                "%s%d readings of %d people and %d decisions meanwhile%n",
                said, readings.get(), before.size(), decisions.get());

        assertThat(DATABASE.command(
                        "org.gonghui.audit.AuditVerify",
                        "--gonghui.data=" + DATABASE.folder().resolve("data")))
                .contains(" 0 findings");

        // The old key is of no use any more: a node that has only the new one reads everything.
        withoutTheOldKey();
        OTHER.kill();
        OTHER.startAgain();
        Visitor again = new Visitor(OTHER.address()).goOnIn(session);
        assertThat(opened(again, street)).containsAllEntriesOf(before);
        assertThat(new Visitor(OTHER.address())
                        .signIn("city@demo")
                        .get("/desk/overview")
                        .statusCode())
                .isEqualTo(302);
    }

    private static void during(ExecutorService hands, AtomicBoolean stop, Queue<Throwable> faults, Runnable work) {
        hands.execute(() -> {
            while (!stop.get() && faults.isEmpty()) {
                try {
                    work.run();
                } catch (RuntimeException | AssertionError fault) {
                    faults.add(fault);
                }
            }
        });
    }

    /** Everyone of the street, as the file for a purpose says it: identity number and phone by member's number. */
    private static Map<String, String> opened(Visitor officer, String street) {
        officer.get(street + "/export");
        var answer = officer.raw(
                street + "/export",
                "format=CSV&columns=NUMBER&columns=IDENTITY&columns=PHONE&open=true&purpose=CONTACT&note=story");
        assertThat(answer.statusCode()).isEqualTo(200);
        var people = new TreeMap<String, String>();
        OPENED.matcher(answer.body()).results().forEach(row -> people.put(row.group(1), row.group(2) + row.group(3)));
        return people;
    }

    private static void withoutTheOldKey() throws IOException {
        Path file = DATABASE.folder().resolve("city.key");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).anyMatch(line -> line.startsWith("seal 1 "));
        Files.write(
                file, lines.stream().filter(line -> !line.startsWith("seal 1 ")).toList());
    }
}

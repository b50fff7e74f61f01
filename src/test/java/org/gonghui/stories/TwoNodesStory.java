package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two nodes over one database: whoever asks one sees at once, or within a second, what was done at the other. */
class TwoNodesStory {

    private static final int WAITING = Boolean.getBoolean("gonghui.deep") ? 1_000 : 300;
    private static final int HANDS = 4;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Pattern APPOINTMENT = Pattern.compile("/desk/appointments/([0-9a-f-]{36})/end");
    private static final String APPROVED = "select count(*) from joining_application where state = 'approved'";

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
    void whatIsDoneAtOneIsTrueAtTheOther() {
        Visitor here = ONE.visitor("street@demo");
        Visitor there = new Visitor(OTHER.address()).goOnIn(here.session()); // nobody is tied to a node
        JoiningQueue queue = JoiningQueue.of(here);
        String overview = Visitor.location(there.get("/desk/overview"));
        long before = members(there, overview);
        queue.approve(here, queue.applications(here).getLast());
        soon("the figure", () -> members(there, overview) == before + 1);

        String founded = "/desk/unions/" + queue.union() + "/unions";
        String name = "两个节点之间的工会";
        assertThat(there.get("/api/v1/unions?q=" + name).body()).doesNotContain(name);
        var answer = here.post(
                founded,
                Map.of(
                        "key",
                        UUID.randomUUID().toString(),
                        "name",
                        name,
                        "kind",
                        "BASE_UNION",
                        "foundedOn",
                        "2023-12-01"));
        assertThat(answer.statusCode()).isEqualTo(302);
        soon("the tree", () -> there.get("/api/v1/unions?q=" + name).body().contains(name));

        Visitor city = new Visitor(OTHER.address()).signIn("city@demo");
        Visitor base = new Visitor(ONE.address()).signIn("base@demo");
        assertThat(Visitor.location(base.get("/desk/joining"))).startsWith("/desk/joining/");
        String row = city.get("/desk/appointments").body();
        assertThat(city.post("/desk/appointments/" + appointmentOf(row, "base@demo") + "/end", Map.of())
                        .statusCode())
                .isEqualTo(302);
        soon("the end of a right", () -> base.get("/desk/joining").statusCode() == 403);
    }

    @Test
    void nothingAcknowledgedIsLostWhenOneIsKilledAmongApprovals() throws InterruptedException {
        Visitor here = ONE.visitor("street@demo");
        String session = here.session();
        JoiningQueue queue = JoiningQueue.of(here);
        String overview = Visitor.location(here.get("/desk/overview"));
        Queue<String> waiting = new ConcurrentLinkedQueue<>(queue.applications(here));
        assertThat(waiting).hasSizeGreaterThan(WAITING - 10);
        long approvedBefore = DATABASE.count(APPROVED);
        long before = members(here, overview);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        var sent = new AtomicInteger();
        var broken = new AtomicInteger();
        Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
        try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
            for (int i = 0; i < HANDS; i++) {
                Visitor one = new Visitor(ONE.address()).goOnIn(session);
                Visitor other = new Visitor(OTHER.address()).goOnIn(session);
                one.get(queue.address());
                other.get(queue.address());
                hands.execute(() -> {
                    for (String each = waiting.poll(); each != null; each = waiting.poll()) {
                        Visitor node = sent.incrementAndGet() % 2 == 0 ? other : one;
                        try {
                            queue.approve(node, each);
                            acknowledged.add(each);
                        } catch (java.io.UncheckedIOException gone) {
                            broken.incrementAndGet(); // the node was killed: not acknowledged, and not tried again
                        } catch (RuntimeException | AssertionError fault) {
                            faults.add(fault);
                        }
                    }
                });
            }
            while (acknowledged.size() < WAITING / 4 && !waiting.isEmpty() && faults.isEmpty()) {
                Thread.sleep(20);
            }
            OTHER.kill();
        }
        OTHER.startAgain();
        assertThat(faults).isEmpty();
        assertThat(broken.get())
                .as("half of what came after the kill, and what was under way")
                .isPositive();
        assertThat(acknowledged).hasSizeGreaterThan(WAITING / 2);
        for (String each : acknowledged) {
            assertThat(DATABASE.count(APPROVED + " and id = '" + each + "'")).isOne();
        }
        long approved = DATABASE.count(APPROVED) - approvedBefore;
        assertThat(approved).isBetween((long) acknowledged.size(), (long) acknowledged.size() + HANDS);
        assertThat(DATABASE.count("select count(*) from joining_application application where state = 'approved'"
                        + " and 1 <> (select count(*) from member_membership held"
                        + " where held.member_id = application.member_id and held.ended_on is null)"))
                .as("everyone approved is a member once")
                .isZero();
        assertThat(members(here, overview)).isEqualTo(before + approved);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static String appointmentOf(String page, String login) {
        String rest = page.substring(page.indexOf(login));
        return found(APPOINTMENT, rest).getFirst();
    }

    private static long members(Visitor officer, String overview) {
        return Long.parseLong(found(JoiningStory.VALUE, officer.get(overview).body())
                .getFirst()
                .replace(",", ""));
    }

    private static void soon(String what, BooleanSupplier isSo) {
        long begun = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(what).isLessThan(SOON);
            Platform.pause();
        }
    }
}

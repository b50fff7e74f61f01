package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gonghui.sheet.SheetReader;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The process, and then the database, are killed while people work: what was acknowledged is there, once. */
class KillStory {

    private static final int HANDS = 4;

    private static final Platform CITY = Platform.small();

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void everythingAcknowledgedIsThereAfterKills() throws InterruptedException {
        int kills = Boolean.getBoolean("gonghui.deep") ? 20 : 2;
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<String> acknowledged = new CopyOnWriteArrayList<>();
        // Signed in once: the session, too, is there after every kill.
        Visitor officer = new Visitor(CITY.address()).signIn("street@demo");
        for (int kill = 0; kill < kills; kill++) {
            var stop = new AtomicBoolean();
            try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
                String street = streetOf(officer);
                for (int i = 0; i < HANDS; i++) {
                    hands.execute(() -> foundUntil(stop, officer, street, acknowledged));
                }
                int before = acknowledged.size();
                long begun = System.nanoTime();
                while (acknowledged.size() == before && isSoon(begun)) {
                    Thread.sleep(20); // killed in the middle of work, however slow the machine
                }
                Thread.sleep(random.nextInt(1500));
                CITY.kill();
                stop.set(true);
            }
            CITY.startAgain();
        }
        assertThat(acknowledged).as("seed %d", seed).isNotEmpty();
        String children =
                officer.get("/api/v1/unions/" + streetOf(officer) + "/children").body();
        for (String name : acknowledged) {
            assertThat(children.split(name, -1)).as("seed %d: %s", seed, name).hasSize(2);
        }
    }

    /** The process dies in the middle of a list: it is read again from its beginning, by itself, and nobody stands on it twice. */
    @Test
    void aListThatWasBeingReadIsReadToItsEndOnce() {
        int good = 30_000;
        int bad = 10_000;
        var rows = new StringBuilder("姓名,身份证号\n");
        for (int i = 0; i < good; i++) {
            rows.append("名单")
                    .append(i)
                    .append(',')
                    .append(Given.freshIdentity().text())
                    .append('\n');
            if (i % (good / bad) == 0) {
                rows.append("错的").append(i).append(",12\n");
            }
        }
        Visitor officer = new Visitor(CITY.address()).signIn("base@demo");
        String form = Visitor.location(officer.get("/desk/enrolments"));
        officer.get(form);
        String list = Visitor.location(officer.upload(
                form,
                Map.of("key", UUID.randomUUID().toString(), "people", "OPENING"),
                "名单.csv",
                rows.toString().getBytes(StandardCharsets.UTF_8)));
        long begun = System.nanoTime();
        String progress = "";
        while (!progress.contains("已核对") && isSoon(begun)) {
            HttpResponse<String> answer = officer.get(list + "/progress");
            assertThat(answer.headers().firstValue("HX-Refresh"))
                    .as("read before it could be killed")
                    .isEmpty();
            progress = answer.body();
        }
        assertThat(progress).contains("已核对");
        CITY.kill();
        CITY.startAgain();
        begun = System.nanoTime();
        while (officer.get(list + "/progress")
                        .headers()
                        .firstValue("HX-Refresh")
                        .isEmpty()
                && isSoon(begun)) {
            Platform.pause();
        }
        assertThat(officer.get(list).body())
                .as(CITY::log)
                .contains("登记 %,d 人".formatted(good), "下载有错误的 %,d 行".formatted(bad));
        SheetReader.read(officer.file(list + "/faults"), bad + 1); // headings and each row once, or it would be refused
        officer.get(list);
        assertThat(officer.post(list + "/members", Map.of("goodOnly", "true")).statusCode())
                .isEqualTo(302);
        assertThat(officer.get(list).body()).contains("已登记 %,d 人".formatted(good));
    }

    @Test
    void aDatabaseThatDiesIsStartedAgain() {
        Visitor officer = new Visitor(CITY.address()).signIn("street@demo");
        String page = Visitor.location(officer.get("/desk/members")); // asks each time: figures are known for a moment
        assertThat(officer.get(page).statusCode()).isEqualTo(200);
        long killed = CITY.killDatabase();
        Set<Integer> told = new HashSet<>();
        long begun = System.nanoTime();
        while (CITY.database().equals(Optional.of(killed)) && isSoon(begun)) {
            told.add(officer.get(page).statusCode());
        }
        int status = 0;
        while (status != 200 && isSoon(begun)) {
            status = officer.get(page).statusCode();
            told.add(status);
        }
        assertThat(status).as(CITY::log).isEqualTo(200);
        assertThat(told).isSubsetOf(200, 503);
        assertThat(CITY.database()).isPresent().isNotEqualTo(Optional.of(killed));
    }

    /** True for two minutes: the processor is shared with other stories. */
    private static boolean isSoon(long begun) {
        return System.nanoTime() - begun < Duration.ofMinutes(2).toNanos();
    }

    private static void foundUntil(AtomicBoolean stop, Visitor officer, String street, List<String> acknowledged) {
        while (!stop.get()) {
            String name = "试验" + UUID.randomUUID() + "工会";
            try {
                int status = officer.post(
                                "/desk/unions/" + street + "/unions",
                                Map.of(
                                        "key",
                                        UUID.randomUUID().toString(),
                                        "name",
                                        name,
                                        "kind",
                                        "BASE_UNION",
                                        "foundedOn",
                                        "2023-12-01"))
                        .statusCode();
                if (status == 302) {
                    acknowledged.add(name);
                }
            } catch (java.io.UncheckedIOException gone) {
                return; // the process was killed: this one was not acknowledged
            }
        }
    }

    private static String streetOf(Visitor officer) {
        String page = Visitor.location(officer.get("/desk/overview"));
        officer.get(page);
        return page.substring(page.lastIndexOf('/') + 1);
    }
}

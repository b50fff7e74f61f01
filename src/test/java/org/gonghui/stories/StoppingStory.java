package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.Test;

/** A node is told to stop in the middle of work, or loses its database: what containers and balancers see, and what is lost. */
class StoppingStory {

    private static final int HANDS = 4;

    @Test
    void aNodeThatIsToldToStopEndsWhatItHasBegunAndLosesNothing() throws Exception {
        try (Platform city = Platform.small(Map.of("GONGHUI_STOP_NOTICE", "3"))) {
            Visitor officer = new Visitor(city.address()).signIn("street@demo");
            String overview = Visitor.location(officer.get("/desk/overview"));
            String street = overview.replaceAll(".*/([0-9a-f-]{36}).*", "$1");
            List<String> acknowledged = new CopyOnWriteArrayList<>();
            String answer;
            try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
                    var slow = new Slow(city.address())) {
                for (int i = 0; i < HANDS; i++) {
                    hands.execute(() -> foundUntilNobodyAnswers(officer, street, acknowledged));
                }
                while (acknowledged.size() < 20) {
                    Thread.sleep(20);
                }
                slow.begin();
                int before = acknowledged.size();
                city.tellToStop();
                city.await("/site/ready", 503, Duration.ofSeconds(10));
                assertThat(city.status("/site/live")).isEqualTo(200);
                assertThat(officer.get(overview).statusCode())
                        .as("the doors are still open")
                        .isEqualTo(200);
                while (city.status("/site/live") == 200) {
                    Thread.sleep(50);
                }
                assertThat(acknowledged).hasSizeGreaterThan(before);
                answer = slow.end();
            }
            assertThat(answer).as("begun before the doors closed").startsWith("HTTP/1.1 202");
            assertThat(city.awaitEnd()).isEqualTo(143);
            assertThat(city.databaseIsClosed()).isTrue();
            assertThat(city.log()).doesNotContain("ERROR", "Exception");

            city.startAgain();
            String children =
                    officer.get("/api/v1/unions/" + street + "/children").body();
            for (String name : acknowledged) {
                assertThat(children.split(name, -1)).as(name).hasSize(2);
            }
        }
    }

    @Test
    void aNodeWithoutItsDatabaseLivesSaysSoAndRecoversByItself() {
        try (var database = new DatabaseAlone();
                Platform city = Platform.node(database, 0)) {
            assertThat(city.status("/site/ready")).isEqualTo(200);
            Visitor officer = city.visitor("street@demo");
            String members = Visitor.location(officer.get("/desk/members"));
            // Whose session nobody has in memory: it is looked for before any page is.
            Visitor stranger =
                    new Visitor(city.address()).goOnIn(UUID.randomUUID().toString());
            assertThat(officer.get(members).statusCode()).isEqualTo(200);

            database.stop();
            Duration noticed = city.await("/site/ready", 503, Duration.ofSeconds(20));
            System.out.printf("the database away was noticed after %d ms%n", noticed.toMillis());
            assertThat(city.status("/site/live")).isEqualTo(200);
            assertThat(List.of(officer.get(members), stranger.get("/sign-in"))).allSatisfy(page -> {
                assertThat(page.statusCode()).isEqualTo(503);
                assertThat(page.headers().firstValue("Retry-After")).isPresent();
                assertThat(page.body()).contains("<html").doesNotContain("Exception", "SQL");
            });

            database.startAgain();
            city.await("/site/ready", 200, Duration.ofMinutes(1));
            assertThat(officer.get(members).statusCode()).isEqualTo(200);
            assertThat(stranger.get("/sign-in").statusCode()).isEqualTo(200);
        }
    }

    private static void foundUntilNobodyAnswers(Visitor officer, String street, List<String> acknowledged) {
        try {
            while (true) {
                String name = "收工" + UUID.randomUUID() + "工会";
                var form = Map.of(
                        "key",
                        UUID.randomUUID().toString(),
                        "name",
                        name,
                        "kind",
                        "BASE_UNION",
                        "foundedOn",
                        "2023-12-01");
                if (officer.post("/desk/unions/" + street + "/unions", form).statusCode() == 302) {
                    acknowledged.add(name);
                }
            }
        } catch (UncheckedIOException closed) {
            // the doors are closed
        }
    }

    /** A request that is sent in two halves. */
    private static final class Slow implements AutoCloseable {

        private static final String BODY = "{\"phone\":\"10088776611\"}";

        private final Socket socket;

        Slow(String address) throws IOException {
            URI at = URI.create(address);
            socket = new Socket(at.getHost(), at.getPort());
        }

        void begin() throws IOException, InterruptedException {
            write("POST /api/v1/phone-codes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + BODY.length() + "\r\nConnection: close\r\n\r\n" + BODY.substring(0, 9));
            Thread.sleep(500); // until it is at work
        }

        String end() throws IOException {
            write(BODY.substring(9));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return String.valueOf(reader.readLine());
        }

        private void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

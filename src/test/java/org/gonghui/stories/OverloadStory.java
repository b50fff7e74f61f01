package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hundreds crowd in upon the public pages: they are told at once when to come again, and an officer works on as ever. */
class OverloadStory {

    private static final Duration LENGTH = Duration.ofSeconds(12);
    private static final int HURRIED = 240;
    private static final int SLOW_READERS = 100;
    private static final int SLOW_SENDERS = 60;

    private static final String SLOW_FORM = String.join(
            "\r\n",
            "POST /site/preferences HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: 1000",
            "\r\n");

    private static final int METRICS_PORT = Platform.freePort();
    private static final Platform CITY =
            Platform.small(Map.of("GONGHUI_METRICS_PORT", Integer.toString(METRICS_PORT), "GONGHUI_LOG", "json"));

    @AfterAll
    static void close() {
        CITY.close();
    }

    /** What came back: the whole answer, head first. */
    private record Answer(String text) {

        int status() {
            return Integer.parseInt(text.substring(9, 12));
        }

        int again() {
            Matcher matcher = Pattern.compile("(?m)^Retry-After: (\\d+)\r?$").matcher(text);
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        }
    }

    @Test
    void aCrowdIsRefusedEarlyWhileAnOfficerWorksOnAndAllRecovers() throws Exception {
        Visitor officer = CITY.visitor("street@demo");
        String page = Visitor.location(officer.get("/desk/members"));
        assertThat(officer.get(page).statusCode()).isEqualTo(200);
        assertThat(officer.get("/api/v1/unions?q=zgc").statusCode()).isEqualTo(200);

        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        Queue<Answer> programs = new ConcurrentLinkedQueue<>();
        List<Long> waits = new ArrayList<>();
        var over = new AtomicBoolean();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < HURRIED; i++) {
                boolean program = i % 10 == 0;
                String address = program ? "/api/v1/employments" : i % 2 == 0 ? "/" : "/sign-in/phone";
                Queue<Answer> into = program ? programs : answers;
                crowd.execute(() -> until(over, () -> into.add(get(address, Duration.ZERO))));
            }
            for (int i = 0; i < SLOW_READERS; i++) {
                crowd.execute(() -> until(over, () -> answers.add(get("/", Duration.ofMillis(40)))));
            }
            for (int i = 0; i < SLOW_SENDERS; i++) {
                crowd.execute(() -> until(over, () -> sendSlowly(over)));
            }
            try {
                awaitRefusals(answers);
                long end = System.nanoTime() + LENGTH.toNanos();
                while (System.nanoTime() < end) {
                    long begun = System.nanoTime();
                    HttpResponse<String> mine = officer.get(page);
                    waits.add((System.nanoTime() - begun) / 1_000_000);
                    assertThat(mine.statusCode()).as("the officer's page").isEqualTo(200);
                    assertThat(mine.body()).contains("中关村街道");
                    Thread.sleep(100);
                }
                assertThat(CITY.status("/site/live")).isEqualTo(200);
                assertThat(CITY.status("/site/ready")).isEqualTo(200);
                assertThat(CITY.status("/webjars/bootstrap/5.3.8/dist/css/bootstrap.min.css"))
                        .isEqualTo(200);
            } finally {
                over.set(true);
            }
        }
        Duration recovered = CITY.await("/", 200, Duration.ofSeconds(10));

        List<Answer> refused =
                answers.stream().filter(answer -> answer.status() != 200).toList();
        assertThat(answers.size() - refused.size())
                .as("others are served, whoever sends slowly")
                .isGreaterThan(100);
        assertThat(refused).isNotEmpty().allSatisfy(OverloadStory::isToldWhenToTryAgain);
        assertThat(refused).allSatisfy(answer -> assertThat(answer.text()).contains("text/html", "现在用的人太多"));
        assertThat(programs.stream().filter(answer -> answer.status() != 200))
                .isNotEmpty()
                .allSatisfy(OverloadStory::isToldWhenToTryAgain)
                .allSatisfy(answer ->
                        assertThat(answer.text()).contains("application/problem+json", "urn:gonghui:overload"));
        Collections.sort(waits);
        System.out.printf(
                "overload: %d answered, %d refused; the officer's %d pages: median %d ms, longest %d ms; recovered in %d ms%n",
                answers.size() - refused.size(),
                refused.size(),
                waits.size(),
                waits.get(waits.size() / 2),
                waits.getLast(),
                recovered.toMillis());
        assertThat(waits.get(waits.size() / 2)).as("median of the officer").isLessThan(5_000);
        assertThat(waits.getLast()).as("longest of the officer").isLessThan(15_000);

        assertThat(metrics())
                .containsPattern("gonghui_overload_total\\{share=\"PUBLIC\"} [1-9]")
                .doesNotContainPattern("gonghui_overload_total\\{share=\"STAFF\"}");
    }

    private static void isToldWhenToTryAgain(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.again()).isBetween(3, 10);
        assertThat(answer.text()).contains(answer.again() + " 秒");
    }

    @Test
    void metricsTellWhatIsToBeWatchedAndNothingOfPeople() {
        Visitor officer = CITY.visitor("street@demo");
        officer.get("/desk/members");
        officer.get("/desk/unions?q=zgc");
        new Visitor(CITY.address()).get("/j/12345678");
        Visitor guesser = new Visitor(CITY.address());
        guesser.get("/sign-in");
        guesser.post("/sign-in", Map.of("login", "somebody", "password", "wrong"));
        String told = metrics();
        assertThat(told)
                .contains(
                        "jvm_memory_used_bytes{",
                        "hikaricp_connections_active{pool=\"city\"}",
                        "gonghui_database_up 1.0",
                        "gonghui_audit_unsealed ",
                        "gonghui_audit_unsealed_seconds ",
                        "gonghui_requests_places_free{share=\"STAFF\"}",
                        "reason=\"access.wrong-password\",status=\"401\"")
                .containsPattern(
                        "http_server_requests_seconds_count\\{method=\"GET\",status=\"200\",uri=\"/desk/unions\"}")
                .contains("uri=\"/j/{code}\"")
                .doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}")
                .doesNotContain("12345678", "zgc", "somebody");
    }

    @Test
    void theLogIsOneJsonObjectALine() {
        new Visitor(CITY.address()).get("/j/87654321?q=secret");
        JsonMapper json = JsonMapper.builder().build();
        List<JsonNode> lines = CITY.log()
                .lines()
                .filter(line -> !line.startsWith("WARNING: ") && !line.startsWith("NOTE: "))
                .map(json::readTree)
                .toList();
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.at("/http/route").asString()).isEqualTo("/j/{code}");
            assertThat(line.at("/http/request/method").asString()).isEqualTo("GET");
            assertThat(line.at("/http/response/status_code").asInt()).isPositive();
            assertThat(line.at("/user/id").asString()).isEqualTo("none");
            assertThat(line.at("/request").asString()).hasSize(8);
        });
        assertThat(CITY.log()).doesNotContain("87654321", "secret");
    }

    private static String metrics() {
        return new Visitor("http://127.0.0.1:" + METRICS_PORT).get("/metrics").body();
    }

    private static void awaitRefusals(Queue<Answer> answers) throws InterruptedException {
        long begun = System.nanoTime();
        while (answers.stream().noneMatch(answer -> answer.status() == 503)) {
            assertThat(System.nanoTime() - begun)
                    .as("somebody is refused soon")
                    .isLessThan(Duration.ofSeconds(20).toNanos());
            Thread.sleep(50);
        }
    }

    private static void until(AtomicBoolean over, Runnable request) {
        while (!over.get()) {
            try {
                request.run();
            } catch (UncheckedIOException tooMany) {
                pause(Duration.ofMillis(200)); // connections are made one by one
            }
        }
    }

    /** Asks once, and reads a part of the answer now and then. */
    private static Answer get(String address, Duration pause) {
        try (Socket socket = socket(pause.isZero() ? 0 : 4_096)) {
            write(socket, "GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            var text = new StringBuilder();
            var part = new byte[4_096];
            InputStream in = socket.getInputStream();
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                text.append(new String(part, 0, read, StandardCharsets.UTF_8));
                pause(pause);
            }
            if (text.length() < 12) {
                throw new IOException("no answer");
            }
            var answer = new Answer(text.toString());
            pause(answer.status() == 503 ? Duration.ofMillis(100) : Duration.ZERO);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A form that comes byte by byte, and never to its end. */
    private static void sendSlowly(AtomicBoolean over) {
        try (Socket socket = socket(0)) {
            write(socket, SLOW_FORM);
            for (int i = 0; i < 900 && !over.get(); i++) {
                write(socket, "x");
                pause(Duration.ofMillis(200));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket socket(int window) throws IOException {
        URI at = URI.create(CITY.address());
        var socket = new Socket();
        if (window > 0) {
            socket.setReceiveBufferSize(window);
        }
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(at.getHost(), at.getPort()), 10_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

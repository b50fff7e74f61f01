package org.gonghui.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.gonghui.database.Ports;

/**
 * From the command to the first page, database included: the platform's own, and an empty application's with the same
 * libraries and database.
 */
final class Starts {

    private static final Path APP = Path.of("target", "app").toAbsolutePath();
    private static final Path WORK = Path.of("target", "bench").toAbsolutePath();
    private static final Path CACHE = APP.resolve("gonghui.aot");
    private static final Path EMPTY = WORK.resolve("empty.jar");
    private static final Path EMPTY_CACHE = WORK.resolve("empty.aot");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /**
     * One start.
     *
     * @param pssMb the JVM's share of memory after its first page, in MB; 0 where the system does not tell
     */
    record Start(double seconds, double pssMb) {}

    /** Something that can be started over a folder of its own. */
    private record Startable(List<String> command, Path home) {}

    private final Startable platform;
    private final Startable empty;

    private Starts(Startable platform, Startable empty) {
        this.platform = platform;
        this.empty = empty;
    }

    /**
     * Over this city.
     *
     * @param home a city's folder, not in use, whose database has been made
     * @param cached with start-up caches, that of the platform as {@code bin/aot} made it
     */
    static Starts of(Path home, CityServer.Scale scale, boolean cached) throws IOException, InterruptedException {
        packEmpty();
        Path emptyHome = Files.createDirectories(home.resolve("empty"));
        List<String> arguments = List.of(
                "-cp",
                EMPTY + ":" + APP.resolve("gonghui.jar") + ":" + libraries(),
                "empty.EmptyApplication",
                "--spring.modulith.runtime.flyway-enabled=false",
                "--spring.flyway.locations=classpath:db/none",
                "--gonghui.data=" + emptyHome);
        if (cached) {
            train(arguments);
        }
        var starts = new Starts(
                new Startable(command(cached, CACHE, CityServer.arguments(home, scale)), home),
                new Startable(command(cached, EMPTY_CACHE, arguments), emptyHome));
        starts.empty(); // makes its database
        starts.platform(); // brings a city that an older version made up to date
        return starts;
    }

    Start platform() throws IOException, InterruptedException {
        return start(platform);
    }

    Start empty() throws IOException, InterruptedException {
        return start(empty);
    }

    private static List<String> command(boolean cached, Path cache, List<String> arguments) {
        var command = new ArrayList<>(CityServer.java());
        if (cached) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(arguments);
        return command;
    }

    private static void packEmpty() throws IOException {
        Files.createDirectories(WORK);
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        int code = jar.run(
                System.out,
                System.err,
                "--create",
                "--file",
                EMPTY.toString(),
                "-C",
                Path.of("target", "test-classes").toString(),
                "empty");
        if (code != 0) {
            throw new IOException("the empty application cannot be packed");
        }
    }

    private static String libraries() throws IOException {
        try (var jars = Files.list(APP.resolve("lib"))) {
            return String.join(":", jars.map(Path::toString).sorted().toList());
        }
    }

    private static void train(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(CityServer.java());
        command.add("-XX:AOTCacheOutput=" + EMPTY_CACHE);
        command.add("-Dspring.context.exit=onRefresh");
        command.addAll(arguments);
        command.add("--server.port=0");
        Process training = process(command, WORK);
        if (!training.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || Files.notExists(EMPTY_CACHE)) {
            training.destroyForcibly();
            throw new IOException("no start-up cache was made: " + log());
        }
    }

    private static Start start(Startable what) throws IOException, InterruptedException {
        int port = Ports.free();
        var command = new ArrayList<>(what.command());
        command.add("--server.port=" + port);
        long begun = System.nanoTime();
        Process process = process(command, what.home());
        try {
            awaitPage(process, port);
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Start(seconds, pss(process.pid()));
        } finally {
            process.destroy();
            process.onExit().join();
        }
    }

    private static Process process(List<String> command, Path folder) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve("start.log").toFile())
                .start();
    }

    private static void awaitPage(Process process, int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        HttpRequest ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sign-in"))
                .timeout(Duration.ofSeconds(20))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (process.isAlive() && System.nanoTime() < end) {
                if (status(http, ask) == 200) {
                    return;
                }
                Thread.sleep(20);
            }
        }
        throw new IOException("no page came: " + log());
    }

    private static int status(HttpClient http, HttpRequest ask) throws InterruptedException {
        try {
            return http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notListening) {
            return 0;
        }
    }

    /** Proportional set size: memory that several processes share is divided among them. Linux only. */
    static double pss(long process) throws IOException {
        Path told = Path.of("/proc/" + process + "/smaps_rollup");
        if (!Files.isReadable(told)) {
            return 0;
        }
        Optional<String> line = Files.readAllLines(told).stream()
                .filter(each -> each.startsWith("Pss:"))
                .findFirst();
        return line.map(each -> Double.parseDouble(each.replaceAll("\\D", "")) / 1024)
                .orElse(0.0);
    }

    private static String log() throws IOException {
        return Files.readString(WORK.resolve("start.log"));
    }
}

package org.gonghui.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gonghui.database.Ports;

/**
 * The platform as it is delivered, in a process of its own, over a generated city. The city is made once and kept under
 * {@code bench-data/}; every run works on a copy.
 */
final class CityServer implements AutoCloseable {

    private static final Path JAR = Path.of("target", "app", "gonghui.jar");
    private static final List<String> AS_DELIVERED = List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-Dfile.encoding=UTF-8",
            "--enable-native-access=ALL-UNNAMED"); // as in bin/run
    private static final Path KEPT = Path.of("bench-data");
    private static final Path LOG = Path.of("target", "bench", "server.log");
    private static final Duration START_LIMIT = Duration.ofMinutes(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * How big a city is.
     *
     * @param unions at every level together
     */
    record Scale(int unions, int members) {

        @Override
        public String toString() {
            return unions + "-" + members;
        }
    }

    private final Path home;
    private final int port;
    private final Process process;
    private final Thread onExit = new Thread(this::stop);
    private Optional<ProcessHandle> database = Optional.empty();

    private CityServer(Path home, Scale scale) throws IOException, InterruptedException {
        this.home = home;
        this.port = Ports.free();
        var command = new ArrayList<>(java());
        command.addAll(options());
        command.addAll(arguments(home, scale));
        command.add("--server.port=" + port);
        Files.createDirectories(LOG.toAbsolutePath().getParent());
        process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            awaitReady();
            database = database();
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The JVM as {@code bin/run} starts it. */
    static List<String> java() {
        var java = new ArrayList<String>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(AS_DELIVERED);
        return java;
    }

    /** The platform over a city's folder; only its port is to be added. */
    static List<String> arguments(Path home, Scale scale) {
        return List.of(
                "-jar",
                JAR.toAbsolutePath().toString(),
                "--server.tomcat.max-keep-alive-requests=-1",
                "--gonghui.mode=demo",
                "--gonghui.data=" + home.resolve("data"),
                "--gonghui.key-file=" + home.resolve("gonghui.key"),
                "--gonghui.city.unions=" + scale.unions(),
                "--gonghui.city.members=" + scale.members());
    }

    /** A running platform over a copy of the city of this scale, which is made first if there is none. */
    static CityServer start(Scale scale) throws IOException, InterruptedException {
        Path copy = copy(scale);
        try {
            return new CityServer(copy, scale);
        } catch (IOException | InterruptedException | RuntimeException e) {
            delete(copy);
            throw e;
        }
    }

    /** A copy of the city of this scale, for the caller to delete. */
    static Path copy(Scale scale) throws IOException, InterruptedException {
        Path kept = KEPT.resolve(scale.toString()).toAbsolutePath();
        if (Files.notExists(kept)) {
            make(kept, scale);
        }
        Path copy = Files.createTempDirectory("gonghui-bench").toRealPath();
        copy(kept, copy);
        return copy;
    }

    private static void make(Path kept, Scale scale) throws IOException, InterruptedException {
        Path making = Files.createTempDirectory(Files.createDirectories(kept.getParent()), "making")
                .toRealPath();
        try {
            long start = System.nanoTime();
            var server = new CityServer(making, scale);
            try {
                System.out.printf("The city %s was made in %.1f s%n", scale, (System.nanoTime() - start) / 1e9);
            } finally {
                server.stop();
            }
            if (server.process.exitValue() != 143 && server.process.exitValue() != 0) {
                throw new IOException("the server did not end cleanly: " + server.process.exitValue() + tail());
            }
            if (Files.notExists(kept)) {
                Files.move(making, kept);
            }
        } finally {
            delete(making);
        }
    }

    int port() {
        return port;
    }

    /** The platform's process. */
    long pid() {
        return process.pid();
    }

    /** The processor time that the platform has used up to now, without its database. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Where the platform's own database is reached. */
    String databaseUrl() throws IOException {
        String port = Files.readAllLines(home.resolve("data/pg/postmaster.pid")).get(3);
        return "jdbc:postgresql://127.0.0.1:" + port.strip() + "/postgres?user=postgres";
    }

    /** The major version of the database; "unknown" when it does not say. */
    String databaseVersion() throws IOException {
        return databaseVersion(home);
    }

    /** The same of a city that need not be running. */
    static String databaseVersion(Path home) throws IOException {
        Path version = home.resolve("data/pg/PG_VERSION");
        return Files.exists(version) ? Files.readString(version).strip() : "unknown";
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/site/ready"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            while (System.nanoTime() < end) {
                if (!process.isAlive()) {
                    throw new IOException("the server ended: " + process.exitValue() + tail());
                }
                try {
                    int status = http.send(ask, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    if (status == 200) {
                        return;
                    }
                    if (status != 503) {
                        throw new IllegalStateException("/site/ready answers " + status + tail());
                    }
                } catch (IOException e) {
                    // Not listening yet; whether it lives is asked above.
                }
                Thread.sleep(POLL);
            }
        }
        throw new IOException("the city was not ready within " + START_LIMIT + tail());
    }

    @Override
    public void close() throws IOException {
        stop();
        if (!Thread.currentThread().equals(onExit)) {
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
        delete(home);
    }

    /** Ends the platform and makes sure that its database ended with it. */
    private void stop() {
        process.destroy();
        if (!ended(process.toHandle())) {
            process.destroyForcibly();
            ended(process.toHandle());
        }
        ProcessHandle left = database.or(this::database).orElse(null);
        if (left != null && left.isAlive() && !ended(left)) {
            System.err.println("The database had to be stopped: process " + left.pid());
            left.destroy();
            ended(left);
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return false;
        }
    }

    /** The database server of this very folder. */
    private Optional<ProcessHandle> database() {
        Path pidFile = home.resolve("data/pg/postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(pidFile);
            if (lines.size() > 1 && lines.get(1).equals(home.resolve("data/pg").toString())) {
                return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
            }
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Further options for the server's JVM, for profiling: {@code BENCH_JAVA_OPTIONS}, separated by blanks. */
    private static List<String> options() {
        String options = System.getenv().getOrDefault("BENCH_JAVA_OPTIONS", "").strip();
        return options.isEmpty() ? List.of() : List.of(options.split(" +"));
    }

    private static String tail() throws IOException {
        List<String> lines = Files.exists(LOG) ? Files.readAllLines(LOG) : List.of();
        return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(from)) {
                    put(folder);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                put(file);
                return FileVisitResult.CONTINUE;
            }

            private void put(Path path) throws IOException {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path)),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        });
    }

    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path visited, @org.jspecify.annotations.Nullable IOException fault) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

package org.gonghui.stories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gonghui.database.Ports;
import org.gonghui.support.Visitor;
import org.jspecify.annotations.Nullable;

/** The packaged platform, taken apart as {@code bin/run} does it: a process that can be killed and started again. */
final class Platform implements AutoCloseable {

    /**
     * Lock of the stories that share the demonstration city: held alone by those that change its figures, by the others
     * together.
     */
    static final String DEMONSTRATION = "the demonstration city";

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    /** For cities that live for seconds: a compiler that works on would work longer than what it compiles. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private static final Duration START_LIMIT = Duration.ofMinutes(15);
    static final Path APP = takeApart(Path.of(System.getProperty("gonghui.jar")));
    /** After the system's identifier, the file's version and the catalogue's; little endian. */
    private static final int STATE_IN_CONTROL_FILE = 16;

    private static final byte SHUT_DOWN = 1;
    private static @Nullable Platform demonstration;

    private final Path folder;
    private final int port;
    private final List<String> settings;
    private final Map<String, String> environment;
    private final Map<String, String> sessions = new HashMap<>();
    private Process process;

    private Platform(List<String> settings, Map<String, String> environment) {
        this(folder(), settings, environment);
    }

    private Platform(Path folder, List<String> settings, Map<String, String> environment) {
        this.folder = folder;
        this.port = freePort();
        this.settings = settings;
        this.environment = environment;
        this.process = launch();
    }

    /** The whole demonstration city, made once for all stories. */
    static synchronized Platform demonstration() {
        if (demonstration == null) {
            demonstration = new Platform(List.of(), Map.of("GONGHUI_MODE", "demo"));
            Runtime.getRuntime().addShutdownHook(new Thread(demonstration::close));
        }
        return demonstration;
    }

    /** A small demonstration city of its own, for stories that kill. */
    static Platform small() {
        return small(Map.of());
    }

    /** The same with these settings. */
    static Platform small(Map<String, String> further) {
        var environment = new HashMap<>(further);
        environment.put("GONGHUI_MODE", "demo");
        environment.put("JDK_JAVA_OPTIONS", SHORT_LIVED);
        return new Platform(List.of("--gonghui.city.unions=200", "--gonghui.city.members=2000"), environment);
    }

    /**
     * One of several nodes of a small demonstration city, over a database of its own that they share.
     *
     * @param waiting how many wait to be approved
     */
    static Platform node(DatabaseAlone database, int waiting) {
        return new Platform(
                database.folder(),
                List.of(
                        "--gonghui.city.unions=200",
                        "--gonghui.city.members=2000",
                        "--gonghui.city.waiting=" + waiting),
                Map.of("GONGHUI_MODE", "demo", "JDK_JAVA_OPTIONS", SHORT_LIVED, "GONGHUI_DB_URL", database.url()));
    }

    /** A small demonstration city, over a database of its own, with ways out for messages that the environment names. */
    static Platform telling(DatabaseAlone database, Map<String, String> ways) {
        var environment = new HashMap<>(ways);
        environment.put("GONGHUI_MODE", "demo");
        environment.put("JDK_JAVA_OPTIONS", SHORT_LIVED);
        environment.put("GONGHUI_DB_URL", database.url());
        return new Platform(
                database.folder(), List.of("--gonghui.city.unions=200", "--gonghui.city.members=2000"), environment);
    }

    /** A new city without anything, as {@code bin/run --empty} starts it. */
    static Platform empty() {
        return new Platform(List.of(), Map.of("GONGHUI_MODE", "production", "JDK_JAVA_OPTIONS", SHORT_LIVED));
    }

    /**
     * Somebody of the demonstration's people, signed in once for all stories: a second factor's code counts once, and
     * every story would wait for the next.
     */
    synchronized Visitor visitor(String login) {
        String session = sessions.computeIfAbsent(
                login, who -> new Visitor(address()).signIn(who).session());
        return new Visitor(address()).goOnIn(session);
    }

    String address() {
        return "http://localhost:" + port;
    }

    /** Everything the platform has said so far. */
    String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files under the city's folder, database and log, in which these bytes stand somewhere. */
    List<Path> filesThatContain(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, wanted))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean contains(Path file, byte[] wanted) {
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return content.contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}: no farewell, no flush. */
    void kill() {
        process.destroyForcibly();
        await(process);
    }

    void startAgain() {
        process = launch();
    }

    /** Kills the database's own first process, and nothing else; which one that was. */
    long killDatabase() {
        long postmaster = database().orElseThrow();
        ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
        return postmaster;
    }

    /** The database's first process, as it has written down itself; none while it is being started. */
    Optional<Long> database() {
        Path file = folder.resolve("data/pg/postmaster.pid");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().map(line -> Long.valueOf(line.strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM: it is asked to end, as a container or a system does it. */
    void tellToStop() {
        process.destroy();
    }

    /** Waits for the end; its exit code. */
    int awaitEnd() {
        await(process);
        return process.exitValue();
    }

    /** True when the database has written down that it was shut down in order: nothing is to be recovered. */
    boolean databaseIsClosed() {
        try {
            byte[] control = Files.readAllBytes(folder.resolve("data/pg/global/pg_control"));
            return control[STATE_IN_CONTROL_FILE] == SHUT_DOWN
                    && Files.notExists(folder.resolve("data/pg/postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tellToStop();
        awaitEnd();
    }

    /** Waits until a page's status is the one wanted; how long it took. */
    Duration await(String page, int status, Duration limit) {
        long begun = System.nanoTime();
        while (true) {
            if (status(page) == status) {
                return Duration.ofNanos(System.nanoTime() - begun);
            }
            if (!process.isAlive() || System.nanoTime() - begun > limit.toNanos()) {
                throw new IllegalStateException(page + " did not answer " + status + " within " + limit + "\n" + log());
            }
            pause();
        }
    }

    /** The status of a page now; -1 when nobody answers. */
    int status(String page) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address() + page))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path takeApart(Path jar) {
        Path app = jar.resolveSibling("story-app");
        try {
            Process extract = new ProcessBuilder(
                            JAVA,
                            "-Djarmode=tools",
                            "-jar",
                            jar.toString(),
                            "extract",
                            "--force",
                            "--destination",
                            app.toString())
                    .inheritIO()
                    .start();
            await(extract);
            if (extract.exitValue() != 0) {
                throw new IllegalStateException(jar + " cannot be taken apart");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return app;
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                APP.resolve("gonghui.jar").toString(),
                "--server.port=" + port,
                "--gonghui.data=" + folder.resolve("data"),
                "--gonghui.key-file=" + folder.resolve("city.key")));
        command.addAll(settings);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("GONGHUI_PUBLIC_URL", address());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("/site/ready", 200, START_LIMIT);
        return process;
    }

    private Path logFile() {
        return folder.resolve("log-" + port + ".txt");
    }

    static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "cities")), "story-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try {
            return Ports.free();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void await(Process process) {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the platform does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

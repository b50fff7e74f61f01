package org.gonghui.stories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The embedded database in a process of its own, as {@code bin/pg} starts it. */
final class DatabaseAlone implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Path folder = Platform.folder();
    private final int port = Platform.freePort();
    private Process process;

    DatabaseAlone() {
        process = start();
    }

    /** The same files and port, after it was stopped. */
    void startAgain() {
        process = start();
    }

    private Process start() {
        Process starting;
        try {
            starting = new ProcessBuilder(
                            Platform.JAVA,
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            Platform.APP.resolve("gonghui.jar").toString(),
                            "org.gonghui.database.DatabaseOnly",
                            "--gonghui.db.port=" + port,
                            "--gonghui.data=" + folder.resolve("data"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log-database.txt").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(starting::destroy)); // whatever becomes of the story
        long begun = System.nanoTime();
        while (!answers()) {
            if (System.nanoTime() - begun > START_LIMIT.toNanos()) {
                throw new IllegalStateException("the database does not answer on port " + port);
            }
            Platform.pause();
        }
        return starting;
    }

    /** Where its files are, and those of the nodes. */
    Path folder() {
        return folder;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** A number that the database itself counts. */
    long count(String query) {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command of {@code bin/} beside the platform, to its end; what it said. */
    String command(String main, String... settings) {
        List<String> command = new ArrayList<>(List.of(
                Platform.JAVA,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                Platform.APP.resolve("gonghui.jar").toString(),
                main));
        command.addAll(List.of(settings));
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("GONGHUI_DB_URL", url());
            builder.environment()
                    .put("GONGHUI_KEY_FILE", folder.resolve("city.key").toString());
            Process running = builder.start();
            String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Platform.await(running);
            if (running.exitValue() != 0) {
                throw new IllegalStateException(main + " ended with " + running.exitValue() + "\n" + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends it, whoever needs it. */
    void stop() {
        process.destroy();
        Platform.await(process);
    }

    @Override
    public void close() {
        stop();
    }
}

package org.gonghui.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gonghui.kernel.CannotStart;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own under the data folder: durable (fsync on), reached over loopback only, started again when it
 * dies while the platform runs. A server left behind by a platform that was killed is stopped first, so that each start
 * begins with the database's own recovery.
 */
final class EmbeddedServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    /** Of the server's own file about itself, counted from 0. */
    private static final int PORT_LINE = 3;

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration WATCH_EVERY = Duration.ofMillis(500);

    private final Path cluster;
    private final Path binaries;
    private final Path initialised;
    private final FileChannel inUse;
    private final int port;
    private volatile boolean closing;
    private EmbeddedPostgres server;

    /** @param wished the port to listen on; 0 for any that is free */
    EmbeddedServer(Path data, int wished) {
        try {
            Path folder = Files.createDirectories(data).toRealPath();
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            cluster = folder.resolve("pg");
            binaries = Files.createDirectories(folder.resolve("pg-binaries"));
            initialised = folder.resolve("pg-initialised");
            inUse = take(folder);
            stopServerLeftBehind();
            removeHalfMadeCluster();
            LOG.info(
                    Files.exists(initialised)
                            ? "Starting the database"
                            : "Making the database under {} (the first time only)",
                    folder);
            port = wished == 0 ? Ports.free() : wished;
            server = start(port);
            if (Files.notExists(initialised)) {
                Files.createFile(initialised);
            }
        } catch (IOException e) {
            throw new CannotStart("The database under " + data + " cannot be started: " + e.getMessage(), e);
        }
        Thread.ofVirtual().name("database-watch").start(this::watch);
    }

    String url() {
        return url(port);
    }

    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Held until this process ends, however it ends. */
    private static FileChannel take(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(folder.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return file;
            }
        } catch (OverlappingFileLockException thisProcess) {
            // the same answer as for another process
        }
        file.close();
        throw new IOException("Another platform is using it; stop that one first");
    }

    private EmbeddedPostgres start(int onPort) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setRegisterShutdownHook(false) // ours closes after the pool
                .setPort(onPort)
                .setPGStartupWait(START_LIMIT)
                .setLocaleConfig("locale", "C.UTF-8")
                .setLocaleConfig("encoding", "UTF8")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_connections", "100")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("jit", "off")
                .start();
    }

    /** A server's first process, and where it listens. */
    record Running(ProcessHandle postmaster, int port) {}

    /** The server that serves this very folder just now, whoever started it. */
    static Optional<Running> running(Path cluster) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
        if (lines.size() <= PORT_LINE || !Path.of(lines.get(1)).equals(cluster)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .map(process -> new Running(
                        process, Integer.parseInt(lines.get(PORT_LINE).strip())));
    }

    /** A postmaster that outlived its platform holds the cluster's lock; only one that serves this very folder is stopped. */
    private void stopServerLeftBehind() throws IOException {
        Optional<Running> left = running(cluster);
        if (left.isEmpty()) {
            return;
        }
        ProcessHandle process = left.get().postmaster();
        LOG.info("Stopping the database that an earlier platform left running (process {})", process.pid());
        process.destroy();
        try {
            process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the old database was stopping", e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IOException(
                    "Another platform is using " + cluster + " (process " + process.pid() + "); stop it first", e);
        }
    }

    /** A platform killed during the very first start leaves a cluster that no server can open, and nothing of worth. */
    private void removeHalfMadeCluster() throws IOException {
        if (Files.exists(initialised) || Files.notExists(cluster)) {
            return;
        }
        Files.walkFileTree(cluster, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException fault) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void watch() {
        while (!closing) {
            try {
                Thread.sleep(WATCH_EVERY);
            } catch (InterruptedException e) {
                return;
            }
            if (!closing && !answers()) {
                startAgain();
            }
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized void startAgain() {
        if (closing) {
            return;
        }
        LOG.warn("The database does not answer; starting it again");
        try {
            closeQuietly();
            stopServerLeftBehind();
            server = start(port);
            LOG.info("The database answers again");
        } catch (IOException e) {
            LOG.error("The database could not be started again; trying on", e);
        }
    }

    private void closeQuietly() {
        try {
            server.close();
        } catch (IOException | RuntimeException e) {
            LOG.info("The dead database's leavings: {}", e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        closing = true;
        closeQuietly();
        try {
            inUse.close();
        } catch (IOException e) {
            LOG.info("The folder's lock: {}", e.getMessage());
        }
    }
}

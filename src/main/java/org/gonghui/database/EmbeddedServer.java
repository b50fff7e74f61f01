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
import java.nio.file.NoSuchFileException;
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

    private static final int STATE_LINE = 7;
    private static final String READY = "ready";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration WATCH_EVERY = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Path cluster;
    private final Path binaries;
    private final Path initialised;
    private final FileChannel inUse;
    private final int port;
    private volatile boolean closing;
    private EmbeddedPostgres server;
    private String lastFault = "";

    /** @param wished the port to listen on; 0 for any that is free */
    EmbeddedServer(Path data, int wished) {
        try {
            Path folder = Files.createDirectories(data).toRealPath();
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            cluster = folder.resolve("pg");
            binaries = Files.createDirectories(folder.resolve("pg-binaries"));
            initialised = folder.resolve("pg-initialised");
            inUse = take(folder);
        } catch (IOException e) {
            throw cannot(data, e);
        }
        try {
            stopServerLeftBehind();
            removeHalfMadeCluster();
            LOG.info(
                    Files.exists(initialised)
                            ? "Starting the database"
                            : "Making the database under {} (the first time only)",
                    cluster.getParent());
            port = wished == 0 ? Ports.free() : wished;
            server = start();
            if (Files.notExists(initialised)) {
                Files.createFile(initialised);
            }
        } catch (IOException e) {
            leaveFolder();
            throw cannot(data, e);
        }
        Thread.ofVirtual().name("database-watch").start(this::watch);
    }

    private static CannotStart cannot(Path data, IOException why) {
        return new CannotStart("The database under " + data + " cannot be started: " + why.getMessage(), why);
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

    /** Starts it on its port, where nobody else may listen: whoever asks there must come to this city and to no other. */
    private EmbeddedPostgres start() throws IOException {
        if (!Ports.isFreeHere(port)) {
            throw new IOException("Port " + port + " is taken by another program");
        }
        EmbeddedPostgres started = launch();
        try {
            requireOurs();
            return started;
        } catch (IOException e) {
            started.close();
            throw e;
        }
    }

    /** Waits until the server of this folder is ready: what answers on the port may be one that took it meanwhile. */
    private void requireOurs() throws IOException {
        long begun = System.nanoTime();
        while (!isReady()) {
            if (running(cluster).isEmpty() || System.nanoTime() - begun > START_LIMIT.toNanos()) {
                throw new IOException("Another program has taken port " + port);
            }
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the database was starting", e);
            }
        }
    }

    private boolean isReady() throws IOException {
        return runsOnItsPort()
                && STATE_LINE < about(cluster).size()
                && about(cluster).get(STATE_LINE).strip().equals(READY);
    }

    private boolean runsOnItsPort() throws IOException {
        return running(cluster).filter(running -> running.port() == port).isPresent();
    }

    private EmbeddedPostgres launch() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setRegisterShutdownHook(false) // ours closes after the pool
                .setPort(port)
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
        List<String> lines = about(cluster);
        if (lines.size() <= PORT_LINE || !Path.of(lines.get(1)).equals(cluster)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .map(process -> new Running(
                        process, Integer.parseInt(lines.get(PORT_LINE).strip())));
    }

    /** What a server writes about itself while it runs; nothing when none does. */
    private static List<String> about(Path cluster) throws IOException {
        try {
            return Files.readAllLines(cluster.resolve("postmaster.pid"));
        } catch (NoSuchFileException none) {
            return List.of();
        }
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

    /** True when our own server does; somebody else's on the same port is none. */
    boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
            return runsOnItsPort();
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized void startAgain() {
        if (closing) {
            return;
        }
        if (lastFault.isEmpty()) {
            LOG.warn("The database does not answer; starting it again");
        }
        try {
            closeQuietly();
            stopServerLeftBehind();
            server = start();
            lastFault = "";
            LOG.info("The database answers again");
        } catch (IOException e) {
            String fault = String.valueOf(e.getMessage());
            if (!fault.equals(lastFault)) { // once, however often it is tried
                LOG.error("The database could not be started again; trying on: {}", fault);
            }
            lastFault = fault;
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
        leaveFolder();
    }

    private void leaveFolder() {
        try {
            inUse.close();
        } catch (IOException e) {
            LOG.info("The folder's lock: {}", e.getMessage());
        }
    }
}

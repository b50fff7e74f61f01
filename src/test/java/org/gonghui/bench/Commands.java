package org.gonghui.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Commands of many at once, each a transaction of its own that writes what the audit trail's store writes, and how long
 * they wait until the running platform has them in the chain.
 */
final class Commands {

    private static final int CLIENTS = 64;
    private static final String WRITE = """
            insert into audit_entry (id, at, account_id, actor, action, subject_id, union_path, facts)
            values (?, now(), null, 'bench', 'org.found', ?, '00001', '{"name": "a union of some length"}');
            insert into audit_tail (entry_id) values (?)
            """;
    private static final String OLDEST = """
            select coalesce(extract(epoch from clock_timestamp() - min(at)), 0)
              from audit_tail join audit_entry on id = entry_id and actor = 'bench'
            """;
    private static final Duration LOOKS_EVERY = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * What was seen. How long the oldest entry has waited is looked at all the time, by the database's clock.
     *
     * @param written commands a second
     * @param median seconds
     * @param longest seconds
     */
    record Lags(double written, double median, double longest) {}

    private final String database;

    Commands(String database) {
        this.database = database;
    }

    /** Writes at a steady pace, as far as the machine keeps it. */
    Lags run(int aSecond, Duration time) throws IOException, InterruptedException {
        long commands = aSecond * time.toSeconds();
        var next = new AtomicLong();
        long begun = System.nanoTime();
        double seconds;
        List<Double> lags;
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + 1)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> {
                    write(next, commands, begun, aSecond);
                    return null;
                }));
            }
            Future<List<Double>> looking = clients.submit(() -> look(running));
            for (Future<?> each : running) {
                each.get();
            }
            seconds = (System.nanoTime() - begun) / 1e9;
            lags = looking.get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
        return new Lags(
                commands / seconds, Statistics.median(lags), lags.stream().reduce(0.0, Math::max));
    }

    /** Until everything is written and sealed. */
    private List<Double> look(List<Future<?>> writing) throws SQLException, IOException, InterruptedException {
        List<Double> lags = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database);
                PreparedStatement statement = connection.prepareStatement(OLDEST)) {
            while (true) {
                boolean written = writing.stream().allMatch(Future::isDone);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    double lag = row.getDouble(1);
                    if (written && lag == 0) {
                        return lags;
                    }
                    if (lag > LIMIT.toSeconds()) {
                        throw new IOException("entries are not sealed");
                    }
                    lags.add(lag);
                }
                Thread.sleep(LOOKS_EVERY);
            }
        }
    }

    private void write(AtomicLong next, long commands, long begun, int aSecond) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database)) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
                for (long number = next.getAndIncrement(); number < commands; number = next.getAndIncrement()) {
                    LockSupport.parkNanos(begun + number * 1_000_000_000L / aSecond - System.nanoTime());
                    UUID entry = UUID.randomUUID();
                    statement.setObject(1, entry);
                    statement.setObject(2, UUID.randomUUID());
                    statement.setObject(3, entry);
                    statement.execute();
                    connection.commit();
                }
            }
        }
    }
}

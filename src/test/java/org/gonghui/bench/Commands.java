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
 * the running platform needs until each is in the chain.
 */
final class Commands {

    private static final int CLIENTS = 64;
    private static final String WRITE = """
            insert into audit_entry (id, at, account_id, actor, action, subject_id, union_path, facts)
            values (?, now(), null, 'bench', 'org.found', ?, '00001', '{"name": "a union of some length"}');
            insert into audit_tail (entry_id) values (?)
            """;
    private static final String LAGS = """
            select count(*), count(sealed_at), percentile_cont(0.5) within group (order by lag), max(lag)
              from (select sealed_at, extract(epoch from sealed_at - at) as lag
                      from audit_entry left join audit_link on entry_id = audit_entry.id
                     where actor = 'bench') written
            """;

    /**
     * What was seen.
     *
     * @param written commands a second
     * @param unsealed entries that were not in the chain ten seconds after the last
     * @param median seconds from writing to being sealed
     * @param longest seconds
     */
    record Lags(double written, long unsealed, double median, double longest) {}

    private final String database;

    Commands(String database) {
        this.database = database;
    }

    /** Writes at a steady pace, as far as the machine keeps it. */
    Lags run(int aSecond, Duration time) throws IOException, InterruptedException {
        long commands = aSecond * time.toSeconds();
        var next = new AtomicLong();
        long begun = System.nanoTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> {
                    write(next, commands, begun, aSecond);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Thread.sleep(Duration.ofSeconds(10));
        return lags(commands / seconds);
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

    private Lags lags(double written) throws IOException {
        try (Connection connection = DriverManager.getConnection(database);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LAGS)) {
            row.next();
            return new Lags(written, row.getLong(1) - row.getLong(2), row.getDouble(3), row.getDouble(4));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}

package org.gonghui.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells every node of the city that something it keeps in memory has changed (LISTEN / NOTIFY). A signal goes out when
 * the sender's transaction commits, and reaches the sender too. After a lost connection a listener is told that it may
 * have missed signals.
 */
@Component
public class Signals implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final String CHANNEL = "gonghui";
    private static final int WAIT_MILLIS = 1000;

    /** What a module does when something it keeps in memory may be stale. */
    @FunctionalInterface
    public interface Listener {
        /** A signal of this topic has come; the text is the sender's. */
        void changed(String text);

        /** Signals may have been lost: by default everything is taken to have changed. */
        default void mayHaveMissed() {
            changed("");
        }
    }

    private record Subscription(String topic, Listener listener) {}

    private final DataSource source;
    private final JdbcClient jdbc;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    Signals(DataSource source, JdbcClient jdbc) {
        this.source = source;
        this.jdbc = jdbc;
    }

    /** Sends a signal when the surrounding transaction commits. The topic has no colon; the text is short. */
    public void send(String topic, String text) {
        jdbc.sql("select pg_notify(:channel, :payload)")
                .param("channel", CHANNEL)
                .param("payload", topic + ":" + text)
                .query()
                .singleRow();
    }

    /** Calls the listener for each signal of this topic, on the signals' own thread: be quick. */
    public void listen(String topic, Listener listener) {
        subscriptions.add(new Subscription(topic, listener));
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("signals").start(this::follow);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the doors open, and until the last request has ended: what it shows must not be stale. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void follow() {
        boolean first = true;
        boolean away = false;
        while (running) {
            try (Connection connection = source.getConnection()) {
                try (var statement = connection.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                if (away) {
                    away = false;
                    LOG.info("The database is back");
                }
                if (!first) {
                    subscriptions.forEach(subscription -> safely(subscription.listener()::mayHaveMissed));
                }
                first = false;
                PGConnection channel = connection.unwrap(PGConnection.class);
                while (running) {
                    PGNotification[] received = channel.getNotifications(WAIT_MILLIS);
                    if (received != null) {
                        for (PGNotification notification : received) {
                            hand(notification.getParameter());
                        }
                    }
                }
            } catch (SQLException e) {
                if (running) {
                    if (!away) { // once, however long it takes
                        away = true;
                        LOG.warn("The database is away: {}", e.getMessage());
                    }
                    pause();
                }
            }
        }
    }

    private void hand(String payload) {
        int colon = payload.indexOf(':');
        if (colon < 0) {
            return;
        }
        String topic = payload.substring(0, colon);
        String text = payload.substring(colon + 1);
        for (Subscription subscription : subscriptions) {
            if (subscription.topic().equals(topic)) {
                safely(() -> subscription.listener().changed(text));
            }
        }
    }

    /** One listener's fault must not deafen the others. */
    private static void safely(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("A listener failed on a signal", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

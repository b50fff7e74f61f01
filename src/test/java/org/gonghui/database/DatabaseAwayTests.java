package org.gonghui.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.TransactionSystemException;

/** A database that is away is said to be away once, and back once; nothing that is tried again adds to it. */
@CityTest
@ExtendWith(OutputCaptureExtension.class)
class DatabaseAwayTests {

    @Autowired
    private DataSource city;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TaskScheduler scheduler;

    private static SQLException refused() {
        return new SQLException("refused", "08001");
    }

    @Test
    void thatItIsAwayAndBackIsSaidOnce(CapturedOutput log) throws Exception {
        var missing = new AtomicInteger(3);
        var signals = new Signals(
                new DelegatingDataSource(city) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        if (missing.getAndDecrement() > 0) {
                            throw refused();
                        }
                        return super.getConnection();
                    }
                },
                jdbc);
        signals.start();
        try {
            for (int i = 0; i < 100 && !log.getOut().contains("The database is back"); i++) {
                Thread.sleep(100);
            }
        } finally {
            signals.stop();
        }
        assertThat(log.getOut())
                .containsOnlyOnce("The database is away: refused")
                .containsOnlyOnce("The database is back");
    }

    @Test
    void scheduledWorkIsSilentMeanwhileAndAFaultKeepsItsTrace(CapturedOutput log) throws Exception {
        List<Future<?>> work = List.of(
                scheduler.schedule(
                        () -> {
                            throw new CannotGetJdbcConnectionException("gone for now", refused());
                        },
                        Instant.EPOCH),
                scheduler.schedule(
                        () -> {
                            throw new IllegalStateException("a fault of our own");
                        },
                        Instant.EPOCH));
        assertThat(work).doesNotContainNull();
        for (int i = 0; i < 50 && !log.getAll().contains("a fault of our own"); i++) {
            Thread.sleep(100);
        }
        assertThat(log.getAll())
                .contains("IllegalStateException: a fault of our own")
                .contains("at org.gonghui.database.DatabaseAwayTests")
                .doesNotContain("gone for now");
    }

    @Test
    void librariesSayNothingOfItAndEverythingOfAFault(CapturedOutput log) {
        var library = LoggerFactory.getLogger("org.springframework.transaction.support.TransactionTemplate");
        var filter = new AwayIsSaidOnce(); // another test's platform, begun later, has taken this one's away
        filter.afterPropertiesSet();
        try {
            library.error("overridden", new CannotGetJdbcConnectionException("gone for now", refused()));
            library.error("overridden", new IllegalStateException("a fault of theirs"));
        } finally {
            filter.destroy();
        }
        assertThat(log.getAll())
                .contains("IllegalStateException: a fault of theirs")
                .doesNotContain("gone for now");
    }

    @Test
    void whatCannotBeRolledBackEitherIsTheSame() {
        var twice = new TransactionSystemException("rollback", new SQLException("closed"));
        assertThat(DatabaseAway.isReasonOf(twice)).isFalse();
        twice.initApplicationException(new CannotGetJdbcConnectionException("gone", refused()));
        assertThat(DatabaseAway.isReasonOf(twice)).isTrue();
    }

    @Test
    void aPoolThatIsEmptyOrAWrongStatementIsAFault() {
        assertThat(DatabaseAway.isReasonOf(new SQLTransientConnectionException("no connection free")))
                .isFalse();
        assertThat(DatabaseAway.isReasonOf(new SQLException("no such table", "42P01")))
                .isFalse();
        assertThat(DatabaseAway.isReasonOf(new SQLException("shutting down", "57P01")))
                .isTrue();
    }
}

package org.gonghui.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@CityTest
class SignalsTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Autowired
    private Signals signals;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void aSignalArrivesWithTheCommitAndNeverWithoutIt() throws InterruptedException {
        BlockingQueue<String> heard = listen("test.commit");
        transaction.executeWithoutResult(status -> {
            signals.send("test.commit", "undone");
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> signals.send("test.commit", "done: with a colon"));
        assertThat(next(heard)).isEqualTo("done: with a colon");
        assertThat(heard).isEmpty();
    }

    @Test
    void afterALostConnectionListenersForgetWhatTheyKeep() throws InterruptedException {
        BlockingQueue<String> heard = listen("test.lost");
        jdbc.sql("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'")
                .query()
                .listOfRows();
        assertThat(next(heard)).isEmpty();
        signals.send("test.lost", "again");
        assertThat(next(heard)).isEqualTo("again");
    }

    @Test
    void oneListenersFaultDeafensNoOther() throws InterruptedException {
        signals.listen("test.fault", text -> {
            throw new IllegalStateException("a fault on purpose");
        });
        BlockingQueue<String> heard = listen("test.fault");
        signals.send("test.fault", "heard");
        assertThat(next(heard)).isEqualTo("heard");
    }

    private BlockingQueue<String> listen(String topic) {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        signals.listen(topic, heard::add);
        return heard;
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        String text = heard.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(text).as("a signal").isNotNull();
        return text == null ? "" : text;
    }
}

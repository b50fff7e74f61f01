package org.gonghui.support;

import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Waits for what happens beside a test. */
public final class Waiting {

    private Waiting() {}

    /** Until a transaction of the city waits for what another one holds. */
    public static void untilSomebodyWaits(JdbcClient jdbc) {
        for (int i = 0; i < 200; i++) {
            boolean waits = jdbc.sql("""
                            select exists (select 1 from pg_stat_activity
                                            where datname = current_database() and wait_event_type = 'Lock'
                                              and wait_event in ('transactionid', 'tuple'))
                            """).query(Boolean.class).single();
            if (waits) {
                return;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("nobody waited");
    }
}

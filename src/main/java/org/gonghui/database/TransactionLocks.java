package org.gonghui.database;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Locks with a name, on every node of the city: many hold one together, or one alone, until the transaction ends. Whoever
 * waits to hold it alone goes before those who come later.
 */
@Component
public class TransactionLocks {

    private final JdbcClient jdbc;

    TransactionLocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Holds it together with others who do the same. */
    public void together(String name) {
        lock("pg_advisory_xact_lock_shared", name);
    }

    /** Holds it alone. */
    public void alone(String name) {
        lock("pg_advisory_xact_lock", name);
    }

    /** Holds it alone if nobody holds it now; never waits. */
    public boolean aloneIfFree(String name) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    private void lock(String function, String name) {
        jdbc.sql("select " + function + "(hashtextextended(:name, 0))")
                .param("name", name)
                .query()
                .singleRow();
    }
}

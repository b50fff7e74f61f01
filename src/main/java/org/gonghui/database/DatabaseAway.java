package org.gonghui.database;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.TaskUtils;
import org.springframework.transaction.TransactionSystemException;

/**
 * Tells a database that is away from a fault. That it went and came back is said once, by {@link Signals}; whatever is tried
 * again by itself keeps silent meanwhile.
 */
public final class DatabaseAway {

    /** Connections that break or cannot be had, and servers that are stopping, crashing or starting. */
    private static final List<String> STATES = List.of("08", "57P");

    private DatabaseAway() {}

    /** True when something failed because the database is away. */
    public static boolean isReasonOf(Throwable fault) {
        for (Throwable each = fault; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql && isAway(sql.getSQLState())) {
                return true;
            }
            // A broken connection cannot be rolled back either: what broke it is told beside that.
            if (each instanceof TransactionSystemException twice) {
                Throwable first = twice.getApplicationException();
                if (first != null && isReasonOf(first)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAway(@Nullable String state) {
        return state != null && STATES.stream().anyMatch(state::startsWith);
    }

    /** What becomes of scheduled work that failed: a fault keeps its trace. It is tried again either way. */
    static void ofScheduled(Throwable fault) {
        if (!isReasonOf(fault)) {
            TaskUtils.LOG_AND_SUPPRESS_ERROR_HANDLER.handleError(fault);
        }
    }
}

package org.gonghui.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Whether the database answers. */
@Component
public class Pulse {

    private static final int LONGEST_SECONDS = 2;

    private final DataSource source;

    Pulse(DataSource source) {
        this.source = source;
    }

    /** True when it does just now; waits some seconds at most. */
    public boolean beats() {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(LONGEST_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}

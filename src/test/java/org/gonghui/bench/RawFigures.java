package org.gonghui.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;

/** The city page's three measures by district and month, asked of the memberships themselves. */
final class RawFigures {

    private static final String PLAINEST = """
            select left(path, 11) as district, month, sum(more) as total, sum(joined), sum(joined_new_form)
              from (select union_id, date_trunc('month', began_on) as month, 1 as more,
                           case when began_by = 'joined' then 1 else 0 end as joined,
                           case when began_by = 'joined' and new_form then 1 else 0 end as joined_new_form
                      from member_membership join member_employment on code = employment_at_start
                     union all
                    select union_id, date_trunc('month', ended_on), -1, 0, 0
                      from member_membership where ended_on is not null) happened
              join org_place using (union_id)
             where valid_to is null
             group by 1, 2
            """;

    private final String database;

    RawFigures(String database) {
        this.database = database;
    }

    /** How long it takes, in milliseconds: the median of so many times. */
    double millis(int times) throws IOException {
        var taken = new ArrayList<Double>();
        try (Connection connection = DriverManager.getConnection(database);
                var statement = connection.createStatement()) {
            for (int i = 0; i < times; i++) {
                long begun = System.nanoTime();
                try (ResultSet rows = statement.executeQuery(PLAINEST)) {
                    if (!rows.next()) {
                        throw new IOException("nobody is on record");
                    }
                }
                taken.add((System.nanoTime() - begun) / 1e6);
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return Statistics.median(taken);
    }
}

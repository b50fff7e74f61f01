package org.gonghui.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.gonghui.kernel.CannotStart;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a database that is not our own must be like. The platform refuses to start on any other, and says why. */
final class ExternalDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(ExternalDatabase.class);
    private static final int OLDEST = 15;
    private static final Set<String> CHECKED = Set.of("verify-ca", "verify-full");
    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

    private ExternalDatabase() {}

    /**
     * Looks whether what goes to the database could be read on the way.
     *
     * @param tls {@code none} where whoever runs the city says that it cannot, whatever the address says
     * @throws CannotStart for one on another machine that is not reached by TLS with its certificate checked
     */
    static void requireTls(String url, String tls) {
        Properties address = Driver.parseURL(url, new Properties());
        if (address == null || CHECKED.contains(address.getProperty("sslmode", ""))) {
            return; // what is no address at all is told when it is opened
        }
        String elsewhere = Arrays.stream(address.getProperty("PGHOST", "").split(","))
                .filter(host -> !THIS_MACHINE.matcher(host).matches())
                .collect(Collectors.joining(", "));
        if (elsewhere.isEmpty()) {
            return;
        }
        require(
                tls.equals("none"),
                "it is on another machine (" + elsewhere
                        + "), and what goes there can be read on the way. Let its address"
                        + " say sslmode=verify-full and sslrootcert=…, or set GONGHUI_DB_TLS=none where the network between is"
                        + " your own");
        LOG.warn("What goes to the database ({}) can be read on the way, because GONGHUI_DB_TLS is none", elsewhere);
    }

    /** @throws CannotStart for one that is away, too old, not in UTF-8, or takes Chinese for no letters */
    static HikariDataSource open(HikariConfig settings) {
        HikariDataSource source;
        try {
            source = new HikariDataSource(settings);
        } catch (HikariPool.PoolInitializationException e) {
            throw cannot(e.getMessage(), e);
        }
        try {
            check(source);
        } catch (CannotStart e) {
            source.close();
            throw e;
        }
        return source;
    }

    private static void check(DataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select current_setting('server_version_num')::int / 10000 as version,
                               pg_encoding_to_char(encoding) as encoding, datctype as ctype,
                               current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on' as durable
                          from pg_database where datname = current_database()
                        """)) {
            row.next();
            require(
                    row.getInt("version") >= OLDEST,
                    "PostgreSQL " + OLDEST + " or newer is needed, this is " + row.getInt("version"));
            require(
                    row.getString("encoding").equals("UTF8"),
                    "the database must be in UTF8, not " + row.getString("encoding"));
            require(
                    !row.getString("ctype").equals("C")
                            && !row.getString("ctype").equals("POSIX"),
                    "the database's LC_CTYPE must know Chinese letters (C.UTF-8 does), not " + row.getString("ctype"));
            require(row.getBoolean("durable"), "fsync and full_page_writes must be on");
        } catch (SQLException e) {
            throw cannot(e.getMessage(), e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw cannot(otherwise, null);
        }
    }

    private static CannotStart cannot(@Nullable String why, @Nullable Throwable cause) {
        return new CannotStart("The database that GONGHUI_DB_URL names cannot be used: " + why, cause);
    }
}

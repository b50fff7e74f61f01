package org.gonghui.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.gonghui.kernel.CannotStart;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The city's database for a command in {@code bin/}: the external one, the embedded one that a platform is running just
 * now, or the embedded one started for as long as the command takes. A command imports it; the platform does not know it.
 */
public final class CommandDatabase implements AutoCloseable {

    private final @Nullable EmbeddedServer server;
    private final SingleConnectionDataSource source;

    /**
     * @param data the city's data folder; of no meaning with an external database
     * @param url of an external database; empty for none
     * @param newCity true for a command that makes the folder
     */
    CommandDatabase(
            @Value("${gonghui.data}") Path data,
            @Value("${gonghui.db.url:}") String url,
            @Value("${gonghui.db.user:postgres}") String user,
            @Value("${gonghui.db.password:}") String password,
            @Value("${gonghui.db.tls:required}") String tls,
            @Value("${gonghui.command.new-city:false}") boolean newCity) {
        if (!url.isBlank()) {
            ExternalDatabase.requireTls(url, tls);
        }
        String running = url.isBlank() ? running(data) : url;
        if (running == null && !newCity && Files.notExists(data.resolve("pg"))) {
            throw new CannotStart("There is no city under " + data.toAbsolutePath());
        }
        server = running == null ? new EmbeddedServer(data, 0) : null;
        try {
            source = new SingleConnectionDataSource(
                    DriverManager.getConnection(server == null ? running : server.url(), user, password), true);
        } catch (SQLException e) {
            if (server != null) {
                server.close();
            }
            throw new CannotStart("The database cannot be reached: " + e.getMessage(), e);
        }
    }

    /** One connection, always the same. */
    @Bean
    DataSource source() {
        return source;
    }

    /** Over that connection. */
    @Bean
    JdbcClient client() {
        return JdbcClient.create(source);
    }

    /** The address of the embedded server that runs on this folder; null when none does. */
    private static @Nullable String running(Path data) {
        try {
            return Files.notExists(data)
                    ? null
                    : EmbeddedServer.running(data.toRealPath().resolve("pg"))
                            .map(server -> EmbeddedServer.url(server.port()))
                            .orElse(null);
        } catch (IOException e) {
            throw new CannotStart("The database under " + data + " cannot be found: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        source.destroy();
        if (server != null) {
            server.close();
        }
    }
}

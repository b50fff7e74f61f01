package org.gonghui.database;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/** The embedded database without the platform, on a port of its own: for several nodes of one city. {@code bin/pg}. */
public final class DatabaseOnly {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseOnly.class);

    DatabaseOnly() {}

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(DatabaseOnly.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("spring.main.keep-alive=true")
                .run(arguments);
    }

    @Bean(destroyMethod = "close")
    EmbeddedServer server(@Value("${gonghui.data}") Path data, @Value("${gonghui.db.port}") int port) {
        return new EmbeddedServer(data, port);
    }

    @Bean
    ApplicationRunner saying(EmbeddedServer server) {
        return arguments -> LOG.info("GONGHUI_DB_URL={}", server.url());
    }
}

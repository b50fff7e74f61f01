package org.gonghui.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** One pool over the city's one database: the embedded server, or an external one named by {@code GONGHUI_DB_URL}. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /** How long a request waits for a connection before it is told that the database is away. */
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(3);

    @Bean(destroyMethod = "close")
    @Conditional(NoExternalDatabase.class)
    EmbeddedServer embeddedServer(@Value("${gonghui.data}") Path data) {
        return new EmbeddedServer(data, 0);
    }

    /** In one place for everything that is scheduled. */
    @Bean
    SimpleAsyncTaskSchedulerCustomizer silentWhileAway() {
        return scheduler -> scheduler.setErrorHandler(DatabaseAway::ofScheduled);
    }

    /** An empty value is none. */
    static final class NoExternalDatabase implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getEnvironment().getProperty("gonghui.db.url", "").isBlank();
        }
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(DataSource.class)
    HikariDataSource dataSource(
            ObjectProvider<EmbeddedServer> embedded,
            @Value("${gonghui.db.url:}") String url,
            @Value("${gonghui.db.user:postgres}") String user,
            @Value("${gonghui.db.password:}") String password,
            @Value("${gonghui.db.tls:required}") String tls,
            @Value("${gonghui.db.pool}") int size,
            ObjectProvider<MeterRegistry> meters) {
        EmbeddedServer server = embedded.getIfAvailable();
        if (server == null) {
            ExternalDatabase.requireTls(url, tls);
        }
        var settings = new HikariConfig();
        settings.setPoolName("city");
        settings.setJdbcUrl(server == null ? url : server.url());
        settings.setUsername(user);
        settings.setPassword(password);
        settings.setMaximumPoolSize(size);
        settings.setMetricRegistry(meters.getIfAvailable());
        settings.setMinimumIdle(Math.min(4, size));
        settings.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        settings.setValidationTimeout(2_000);
        settings.setKeepaliveTime(60_000);
        // Statements are of fixed shapes: planned once, not for the values of each call, which costs more than most of
        // them; short ones, for which no machine code is worth compiling.
        settings.setConnectionInitSql("set plan_cache_mode = force_generic_plan; set jit = off");
        settings.addDataSourceProperty("ApplicationName", "gonghui");
        settings.addDataSourceProperty(
                "logServerErrorDetail", "false"); // it quotes what was written, and would be logged
        settings.addDataSourceProperty("connectTimeout", "3");
        settings.addDataSourceProperty("tcpKeepAlive", "true");
        return server == null ? ExternalDatabase.open(settings) : new HikariDataSource(settings);
    }
}

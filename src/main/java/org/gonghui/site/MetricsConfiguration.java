package org.gonghui.site;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.gonghui.kernel.Vitals;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is counted for whoever keeps the platform running, on a port of its own; without that port nothing is (decision 21). */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    private static final String WITH_PORT = "'${gonghui.metrics-port}' != ''";

    @Bean
    @ConditionalOnExpression(WITH_PORT)
    PrometheusMeterRegistry prometheus() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /** One that keeps nothing. */
    @Bean
    @ConditionalOnExpression("!(" + WITH_PORT + ")")
    MeterRegistry nowhere() {
        return new CompositeMeterRegistry();
    }

    @Bean
    @ConditionalOnExpression(WITH_PORT)
    MetricsPort metricsPort(
            PrometheusMeterRegistry registry,
            JvmGcMetrics collections,
            List<Vitals> told,
            @Value("${gonghui.metrics-address}") String address,
            @Value("${gonghui.metrics-port}") int port) {
        collections.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return new MetricsPort(registry, told, address, port);
    }

    /** Its own bean, because it listens to the JVM until it is closed. */
    @Bean
    @ConditionalOnExpression(WITH_PORT)
    JvmGcMetrics collections() {
        return new JvmGcMetrics();
    }
}

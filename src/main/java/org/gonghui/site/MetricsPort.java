package org.gonghui.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.gonghui.kernel.CannotStart;
import org.gonghui.kernel.Vitals;
import org.gonghui.kernel.Vitals.Vital;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * {@code GET /metrics} for Prometheus, on a port of its own: no balancer leads anybody there. What modules tell of themselves
 * is asked of the database when somebody looks, and then not again for a while.
 */
final class MetricsPort implements AutoCloseable {

    private static final Duration ASKED_EVERY = Duration.ofSeconds(10);
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final List<Vitals> told;
    private final Map<String, MultiGauge> gauges = new HashMap<>();
    private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private long askedAt = System.nanoTime() - ASKED_EVERY.toNanos();

    MetricsPort(PrometheusMeterRegistry registry, List<Vitals> told, String address, int port) {
        this.registry = registry;
        this.told = told;
        try {
            server = HttpServer.create(new InetSocketAddress(address, port), 0);
        } catch (IOException e) {
            throw new CannotStart(
                    "The metrics cannot be shown at %s:%d: %s".formatted(address, port, e.getMessage()), e);
        }
        server.setExecutor(hands);
        server.createContext("/metrics", this::show);
        server.start();
    }

    private void show(HttpExchange exchange) throws IOException {
        try (exchange) {
            ask();
            byte[] page = registry.scrape(CONTENT_TYPE).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    private synchronized void ask() {
        if (System.nanoTime() - askedAt < ASKED_EVERY.toNanos()) {
            return;
        }
        var rows = new HashMap<String, List<MultiGauge.Row<?>>>();
        gauges.keySet().forEach(name -> rows.put(name, List.of())); // what is not told any more must not stay as it was
        rows.put("gonghui.database.up", List.of(row("", 1)));
        try {
            told.stream()
                    .flatMap(each -> each.vitals().stream())
                    .collect(Collectors.groupingBy(Vital::name))
                    .forEach((name, vitals) -> rows.put(
                            name,
                            vitals.stream()
                                    .<MultiGauge.Row<?>>map(vital -> row(vital.of(), vital.value()))
                                    .toList()));
        } catch (DataAccessException | TransactionException away) {
            rows.put("gonghui.database.up", List.of(row("", 0)));
        }
        rows.forEach((name, values) -> gauges.computeIfAbsent(
                        name, key -> MultiGauge.builder(key).register(registry))
                .register(values, true));
        askedAt = System.nanoTime();
    }

    private static MultiGauge.Row<?> row(String of, double value) {
        return MultiGauge.Row.of(of.isEmpty() ? Tags.empty() : Tags.of("of", of), value);
    }

    @Override
    public void close() {
        server.stop(0);
        hands.close();
    }
}

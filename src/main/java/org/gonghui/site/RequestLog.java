package org.gonghui.site;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.gonghui.access.CurrentActor;
import org.gonghui.kernel.AccountId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Gives each request an id, which stands in every line of the log, in the answer and on the page that says that something
 * went wrong; and writes and counts what came of it. Neither ever holds anything that was sent: only the handler's address
 * with its places open, and the account.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestLog extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final String HEADER = "X-Request-Id";
    private static final String IN_LOG = "request";
    private static final String ID = RequestLog.class.getName() + ".id";
    private static final String BEGUN = RequestLog.class.getName() + ".begun";
    private static final String TOLD = RequestLog.class.getName() + ".told";

    /** None that is taken for another when it is read aloud (Crockford). */
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** Whoever invents methods must not fill the log or the counters with them. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

    private final Meter.MeterProvider<Timer> timers;

    RequestLog(MeterRegistry meters) {
        timers = Timer.builder("http.server.requests")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2))
                .withRegistry(meters);
    }

    /** The id of a request: eight letters and digits. */
    static String id(HttpServletRequest request) {
        if (request.getAttribute(ID) instanceof String known) {
            return known;
        }
        var id = new StringBuilder(8);
        for (int i = 0; i < 8; i++) {
            id.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
        }
        request.setAttribute(ID, id.toString());
        return id.toString();
    }

    /** What a filter threw is answered by a dispatch of its own. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(BEGUN) == null) {
            request.setAttribute(BEGUN, System.nanoTime());
        }
        response.setHeader(HEADER, id(request));
        MDC.put(IN_LOG, id(request));
        try {
            chain.doFilter(request, response);
            if (request.getAttribute(TOLD) == null) {
                request.setAttribute(TOLD, true);
                tell(request, response.getStatus());
            }
        } finally {
            MDC.remove(IN_LOG);
        }
    }

    private void tell(HttpServletRequest request, int status) {
        long begun = request.getAttribute(BEGUN) instanceof Long at ? at : System.nanoTime();
        long nanos = System.nanoTime() - begun;
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER";
        String route = pattern(request);
        timers.withTags("method", method, "uri", route, "status", Integer.toString(status))
                .record(Duration.ofNanos(nanos));
        String account =
                CurrentActor.of(request).account().map(AccountId::toString).orElse("none");
        LOG.atLevel(Overload.letsPass(request) ? Level.DEBUG : Level.INFO)
                .addKeyValue("http.request.method", method)
                .addKeyValue("http.route", route)
                .addKeyValue("http.response.status_code", status)
                .addKeyValue("event.duration", nanos)
                .addKeyValue("user.id", account)
                .log("{} {} {} in {} ms, account {}", method, route, status, nanos / 1_000_000, account);
    }

    /** The handler's address with its places open, so that nothing that was sent is written down. */
    static String pattern(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? "none" : pattern.toString();
    }
}

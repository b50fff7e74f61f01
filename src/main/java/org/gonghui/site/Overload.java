package org.gonghui.site;

import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.gonghui.access.CurrentActor;
import org.gonghui.layout.Language;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets so many requests be in work at once, a few more wait for a moment, and refuses the rest at once with the time at which
 * to try again: before a session is looked for. Each share has places of its own, which no other share can take.
 */
@Component
@Order(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 10)
class Overload extends OncePerRequestFilter {

    private static final int WAITING = 128;
    private static final long LONGEST_WAIT_MILLIS = 2_000;
    private static final int SOONEST_AGAIN = 3;
    private static final int SPREAD = 8;

    private static final Set<String> HEALTH = Set.of("/site/live", "/site/ready");
    private static final Set<String> SENDS_CODES =
            Set.of("/sign-in/phone", "/sign-in/phone/again", "/me/phone", "/me/notices/email", "/api/v1/phone-codes");
    private static final Set<String> ASKS_THE_PROVIDER = Set.of("/sign-in/outside", "/sign-in/outside/callback");

    /** Whose turn it is. What must never wait for anybody else, as the hotline, gets a share here and its condition below. */
    enum Share {
        /** Who has been seen as staff not long ago, wherever they go. */
        STAFF,
        /** Who comes to the desk and is not known yet: staff on their first request at this node, or somebody's invented token. */
        ARRIVING,
        /** Who has a code sent or comes by an outside provider: they wait for others without holding a connection. */
        OUTSIDE,
        /** Everyone else. */
        PUBLIC
    }

    /** The places of one share. */
    private record Places(Semaphore inWork, Semaphore waiting) {

        Places(int atOnce) {
            this(new Semaphore(atOnce, true), new Semaphore(WAITING));
        }

        boolean take() {
            if (inWork.tryAcquire()) {
                return true;
            }
            if (!waiting.tryAcquire()) {
                return false;
            }
            try {
                return inWork.tryAcquire(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                waiting.release();
            }
        }
    }

    /** What is told: of each kind, once. */
    private record Answer(boolean program, Language language, int again) {}

    private final CurrentActor currentActor;
    private final Pages pages;
    private final Texts texts;
    private final TemplateEngine templates;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final Map<Share, Places> shares = new EnumMap<>(Share.class);
    private final Map<Answer, byte[]> answers = new ConcurrentHashMap<>();

    /**
     * @param connections of the pool: half of them for the public, a quarter for who arrives; the rest is always there for
     *     staff and for the platform's own work
     */
    Overload(
            CurrentActor currentActor,
            Pages pages,
            Texts texts,
            TemplateEngine templates,
            JsonMapper json,
            MeterRegistry meters,
            @Value("${gonghui.db.pool}") int connections) {
        this.currentActor = currentActor;
        this.pages = pages;
        this.texts = texts;
        this.templates = templates;
        this.json = json;
        this.meters = meters;
        shares.put(Share.STAFF, new Places(connections));
        shares.put(Share.ARRIVING, new Places(Math.max(1, connections / 4)));
        shares.put(Share.OUTSIDE, new Places(connections));
        shares.put(Share.PUBLIC, new Places(Math.max(1, connections / 2)));
        shares.forEach((share, places) -> meters.gauge(
                "gonghui.requests.places.free",
                Tags.of("share", share.name()),
                places.inWork(),
                Semaphore::availablePermits));
    }

    /** Static files cost nothing worth refusing; health must be told in any weather. */
    static boolean letsPass(HttpServletRequest request) {
        String address = request.getRequestURI();
        return address.startsWith("/static/") || address.startsWith("/webjars/") || HEALTH.contains(address);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return letsPass(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (StringUtils.startsWithIgnoreCase(request.getContentType(), "application/x-www-form-urlencoded")) {
            request.getParameterMap(); // whoever sends it byte by byte takes nobody's place meanwhile
        }
        Share share = share(request);
        Places places = shares.get(share);
        if (places == null || !places.take()) {
            refuse(share, request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.inWork().release();
        }
    }

    private Share share(HttpServletRequest request) {
        String address = request.getRequestURI();
        if (currentActor.isKnownStaff(request)) {
            return Share.STAFF;
        }
        boolean sendsCode = "POST".equals(request.getMethod()) && SENDS_CODES.contains(address);
        if (sendsCode || ASKS_THE_PROVIDER.contains(address)) {
            return Share.OUTSIDE;
        }
        boolean signsIn = address.equals("/sign-in") || address.equals("/sign-in/code");
        boolean atDesk = address.startsWith("/desk") || address.startsWith("/api/");
        return signsIn || (atDesk && CurrentActor.bringsToken(request)) ? Share.ARRIVING : Share.PUBLIC;
    }

    /** Costs next to nothing: the answer was written before, and nothing behind this filter hears of it. */
    private void refuse(Share share, HttpServletRequest request, HttpServletResponse response) throws IOException {
        meters.counter("gonghui.overload", "share", share.name()).increment();
        int again = SOONEST_AGAIN + ThreadLocalRandom.current().nextInt(SPREAD); // not all at the same moment
        boolean program = request.getRequestURI().startsWith("/api/");
        byte[] answer = answers.computeIfAbsent(new Answer(program, Pages.language(request), again), this::write);
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        response.setHeader("Retry-After", Integer.toString(again));
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(program ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : "text/html;charset=UTF-8");
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }

    private byte[] write(Answer answer) {
        if (answer.program()) {
            ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                    HttpStatus.SERVICE_UNAVAILABLE, texts.say(answer.language(), "error.overload", answer.again()));
            problem.setType(URI.create("urn:gonghui:overload"));
            return json.writeValueAsBytes(problem);
        }
        var page = new Utf8ByteOutput();
        templates.render(
                "site/overload.jte",
                Map.of("pages", pages, "texts", texts, "language", answer.language(), "again", answer.again()),
                page);
        return page.toByteArray();
    }
}

package org.gonghui.idempotency;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.CurrentActor;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Refused;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Every POST of someone signed in to {@code /api/} carries an {@code Idempotency-Key}. The first is carried out and, if
 * it succeeds, its reply kept sealed for a day; the same request again gets the same reply. A refused one is forgotten:
 * it changed nothing.
 */
@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration implements WebMvcConfigurer {

    private static final String HEADER = "Idempotency-Key";
    private static final int LONGEST_KEY = 100;
    private static final int LONGEST_BODY = 256 * 1024;
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration CUT_OFF_AFTER = Duration.ofMinutes(1);
    private static final String BEGUN = IdempotencyConfiguration.class.getName();

    private record Begun(IdempotencyStore.Key key, UUID sealRow) {}

    private final IdempotencyStore store;
    private final Sealer sealer;
    private final Clock clock;

    IdempotencyConfiguration(IdempotencyStore store, Sealer sealer, Clock clock) {
        this.store = store;
        this.sealer = sealer;
        this.clock = clock;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Once()).order(1); // after the doorkeeper: whoever may not, does not get this far
    }

    @Bean
    FilterRegistrationBean<Keeping> keeping() {
        var registration = new FilterRegistrationBean<>(new Keeping());
        registration.addUrlPatterns("/api/*");
        return registration;
    }

    private static boolean creates(HttpServletRequest request) {
        return HttpMethod.POST.matches(request.getMethod());
    }

    private static Sealer.Place place(UUID row) {
        return IdempotencyStore.REPLY.of(row);
    }

    final class Once implements HandlerInterceptor {

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
                throws IOException {
            Optional<AccountId> account = CurrentActor.of(request).account();
            if (!creates(request)
                    || account.isEmpty()
                    || !request.getRequestURI().startsWith("/api/")) {
                return true;
            }
            String typed = request.getHeader(HEADER);
            if (typed == null || typed.isBlank() || typed.length() > LONGEST_KEY) {
                throw new Refused(IdempotencyRefusal.KEY_MISSING);
            }
            // A reply is kept for programs that may do the same: another token of its owner's may have reached more.
            String narrowing = CurrentActor.narrowing(request);
            String said = narrowing.isEmpty() ? typed : typed + "\n" + narrowing;
            var key = new IdempotencyStore.Key(
                    account.get(), request.getRequestURI(), hash(said.getBytes(StandardCharsets.UTF_8)));
            byte[] body = hash(request instanceof Kept kept ? kept.body : new byte[0]);
            UUID sealRow = Ids.next(clock);
            Instant now = clock.instant();
            if (store.begin(key, body, sealRow, now, now.minus(CUT_OFF_AFTER), now.minus(KEPT))) {
                request.setAttribute(BEGUN, new Begun(key, sealRow));
                return true;
            }
            IdempotencyStore.Reply reply =
                    store.reply(key).orElseThrow(() -> new Refused(IdempotencyRefusal.STILL_RUNNING));
            if (!MessageDigest.isEqual(reply.bodyHash(), body)) {
                throw new Refused(IdempotencyRefusal.KEY_USED_OTHERWISE);
            }
            @Nullable Integer status = reply.status();
            byte[] sealed = reply.sealed();
            if (status == null || sealed == null) {
                throw new Refused(IdempotencyRefusal.STILL_RUNNING);
            }
            response.setStatus(status);
            response.setContentType("application/json");
            response.setHeader("Idempotent-Replayed", "true");
            response.getOutputStream()
                    .write(sealer.open(sealed, place(reply.sealRow())).getBytes(StandardCharsets.UTF_8));
            return false;
        }
    }

    /** Reads the request whole, so that it can be compared, and keeps the reply of one that has succeeded. */
    final class Keeping extends OncePerRequestFilter {

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return !creates(request);
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
            if (body.length > LONGEST_BODY) {
                response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
                return;
            }
            var kept = new Kept(request, body);
            var reply = new ContentCachingResponseWrapper(response);
            boolean ended = false;
            try {
                chain.doFilter(kept, reply);
                ended = true;
            } finally {
                if (kept.getAttribute(BEGUN) instanceof Begun begun) {
                    if (ended && reply.getStatus() < 300) {
                        String text = new String(reply.getContentAsByteArray(), StandardCharsets.UTF_8);
                        store.keep(begun.key(), reply.getStatus(), sealer.seal(text, place(begun.sealRow())));
                    } else {
                        store.forget(begun.key());
                    }
                }
            }
            reply.copyBodyToResponse();
        }
    }

    /** A request whose body has been read and can be read again. */
    private static final class Kept extends HttpServletRequestWrapper {

        private final byte[] body;

        Kept(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            var in = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public boolean isFinished() {
                    return in.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("the body has been read already");
                }

                @Override
                public int read() {
                    return in.read();
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    return in.read(into, from, length);
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

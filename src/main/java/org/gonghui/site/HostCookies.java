package org.gonghui.site;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Where the city is reached by https, each cookie is the host's own: its name begins with {@code __Host-}, so browsers take it
 * from this very host and over https only, and no neighbour under the same domain can slip one in. Behind this filter cookies
 * have their short names.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2) // before anybody reads a cookie
class HostCookies extends OncePerRequestFilter {

    private static final String PREFIX = "__Host-";

    private final boolean https;

    HostCookies(@Value("${gonghui.public-url}") String publicUrl) {
        this.https = publicUrl.startsWith("https:");
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !https;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Received(request), new Sent(response));
    }

    /** A request with the host's own cookies only. */
    private static final class Received extends HttpServletRequestWrapper {

        Received(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Cookie @Nullable [] getCookies() {
            Cookie[] all = super.getCookies();
            return all == null
                    ? null
                    : Arrays.stream(all)
                            .filter(cookie -> cookie.getName().startsWith(PREFIX))
                            .map(cookie -> new Cookie(cookie.getName().substring(PREFIX.length()), cookie.getValue()))
                            .toArray(Cookie[]::new);
        }
    }

    /** An answer whose cookies are all the host's own. */
    private static final class Sent extends HttpServletResponseWrapper {

        Sent(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void addCookie(Cookie cookie) {
            var own = new Cookie(PREFIX + cookie.getName(), cookie.getValue());
            cookie.getAttributes().forEach(own::setAttribute);
            own.setSecure(true);
            super.addCookie(own);
        }

        @Override
        public void addHeader(String name, String value) {
            super.addHeader(name, own(name, value));
        }

        @Override
        public void setHeader(String name, String value) {
            super.setHeader(name, own(name, value));
        }

        private static String own(String name, String value) {
            if (!HttpHeaders.SET_COOKIE.equalsIgnoreCase(name)) {
                return value;
            }
            return PREFIX + value + (value.contains("; Secure") ? "" : "; Secure");
        }
    }
}

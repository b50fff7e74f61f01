package org.gonghui.site;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** What browsers are told with every answer, static files, refusals and faults too: what a page may load, and by which way. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // the log begins before
class StrictHeaders extends OncePerRequestFilter {

    /** No inline script or style, nothing from elsewhere; pictures may be data of our own. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                    + " connect-src 'self'; manifest-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private static final String A_YEAR = "max-age=31536000; includeSubDomains";

    private final boolean https;

    StrictHeaders(@Value("${gonghui.public-url}") String publicUrl) {
        this.https = publicUrl.startsWith("https:");
    }

    /** An answer that began and failed is begun anew, without its headers. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", CONTENT_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
        if (https) {
            response.setHeader("Strict-Transport-Security", A_YEAR);
        }
        chain.doFilter(request, response);
    }
}

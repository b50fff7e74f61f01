package org.gonghui.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who sends a request, by the cookie of a browser or the bearer token of a program, before anything else. */
public final class CurrentActor extends OncePerRequestFilter {

    static final String COOKIE = "gonghui";
    private static final String ATTRIBUTE = CurrentActor.class.getName();
    private static final String SCOPE = ATTRIBUTE + ".scope";
    private static final String CONFIRMED = ATTRIBUTE + ".confirmed";

    /** Whoever reads a page with a form on it shall have the time to fill it in. */
    private static final Duration FOR_A_FORM = Duration.ofMinutes(5);

    private static final String BEARER = "Bearer ";

    private final Sessions sessions;

    CurrentActor(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Who sent this request; nobody for someone who has not signed in. */
    public static Actor of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Actor actor ? actor : Actor.nobody();
    }

    /**
     * True when the token that a request brings was a member of staff's not long ago: known without the database, before the
     * session is looked for.
     */
    public boolean isKnownStaff(HttpServletRequest request) {
        return token(request).filter(sessions::wasStaffs).isPresent();
    }

    /** True when a request brings a token, whoever's and whether good or not. */
    public static boolean bringsToken(HttpServletRequest request) {
        return token(request).isPresent();
    }

    private static Optional<Token> token(HttpServletRequest request) {
        return request.getHeader("Authorization") == null ? cookie(request) : bearer(request);
    }

    /**
     * True for a program's request: it brings its token itself, or calls the API without any, and so carries nothing
     * that a browser would add to a forged form.
     */
    public static boolean isProgram(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header == null ? isApi(request) && Cookies.read(request, COOKIE).isEmpty() : header.startsWith(BEARER);
    }

    /** True when whoever sent this request has shown who they are a short time ago. */
    static boolean isConfirmed(HttpServletRequest request) {
        return confirmedFor(request).isPositive();
    }

    /** The same, with time left to fill in a form: asked before the form is shown. */
    public static boolean isConfirmedForAForm(HttpServletRequest request) {
        return confirmedFor(request).compareTo(FOR_A_FORM) > 0;
    }

    private static Duration confirmedFor(HttpServletRequest request) {
        return request.getAttribute(CONFIRMED) instanceof Duration left ? left : Duration.ZERO;
    }

    /** To what the program's token is narrowed, for the door to say so; the actor's grants are narrowed already. */
    static Optional<TokenScope> scope(HttpServletRequest request) {
        return request.getAttribute(SCOPE) instanceof TokenScope scope ? Optional.of(scope) : Optional.empty();
    }

    /** The same text for all requests of an account that are narrowed alike; empty when nothing is narrowed. */
    public static String narrowing(HttpServletRequest request) {
        return scope(request).map(TokenScope::text).orElse("");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Actor> actor;
        if (request.getHeader("Authorization") == null) {
            actor = cookie(request).flatMap(sessions::actorOf);
            cookie(request).map(sessions::confirmedFor).ifPresent(left -> request.setAttribute(CONFIRMED, left));
        } else {
            Optional<Token> token = bearer(request);
            actor = token.flatMap(sessions::actorOfProgram);
            token.flatMap(sessions::scopeOf).ifPresent(scope -> request.setAttribute(SCOPE, scope));
        }
        request.setAttribute(ATTRIBUTE, actor.orElse(Actor.nobody()));
        chain.doFilter(request, response);
    }

    /** The token of a browser's session. */
    static Optional<Token> cookie(HttpServletRequest request) {
        return Cookies.read(request, COOKIE).map(Token::new);
    }

    /** What a program brings: good for the API and nothing else. */
    private static Optional<Token> bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header.startsWith(BEARER) && isApi(request)
                ? Optional.of(new Token(header.substring(BEARER.length()).strip()))
                : Optional.empty();
    }

    private static boolean isApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/");
    }
}

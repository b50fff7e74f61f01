package org.gonghui.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** Cookies that no script reads and no other site's form brings along; over https where the city is reached by it. */
@Component
public class Cookies {

    private final SignIn signIn;
    private final Sessions sessions;
    private final boolean secure;

    Cookies(SignIn signIn, Sessions sessions, @Value("${gonghui.public-url}") String publicUrl) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.secure = publicUrl.startsWith("https:");
    }

    /** The value a browser sent, if any. */
    public static Optional<String> read(HttpServletRequest request, String name) {
        Cookie[] sent = request.getCookies();
        return sent == null
                ? Optional.empty()
                : Arrays.stream(sent)
                        .filter(cookie -> cookie.getName().equals(name)
                                && !cookie.getValue().isEmpty())
                        .map(Cookie::getValue)
                        .findFirst();
    }

    /** Has the browser keep a value for a time; none with {@link Duration#ZERO}. */
    public void set(HttpServletResponse response, String name, String value, Duration age) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite("Lax")
                        .path("/")
                        .maxAge(age)
                        .build()
                        .toString());
    }

    /** Has the browser send this session's token from now on; the session that it had before is over. */
    public void signIn(HttpServletRequest request, HttpServletResponse response, Token token, Lasting lasting) {
        CurrentActor.cookie(request).ifPresent(signIn::out);
        sessions.seenIn(token, Browser.of(request));
        set(response, CurrentActor.COOKIE, token.text(), lasting.most());
    }

    /** Has the browser go on in its session under another token: its owner has just shown once more who they are. */
    public void confirmed(HttpServletRequest request, HttpServletResponse response) {
        CurrentActor.cookie(request)
                .flatMap(signIn::confirmed)
                .ifPresent(renewed ->
                        set(response, CurrentActor.COOKIE, renewed.token().text(), renewed.left()));
    }

    /** Has the browser forget its session and whatever else it keeps of these pages but what its owner prefers. */
    void signOut(HttpServletResponse response) {
        set(response, CurrentActor.COOKIE, "", Duration.ZERO);
        // not "storage": people taken down at a stall wait there, sealed, until somebody sends them
        response.setHeader("Clear-Site-Data", "\"cache\"");
    }
}

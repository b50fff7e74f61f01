package org.gonghui.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.layout.Icons;
import org.gonghui.layout.Language;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.View;

/** The portal's front page, the desk's door, and what a person prefers: language and large type. */
@Controller
class HomePages {

    private static final Duration KEPT = Duration.ofDays(400);
    private static final int LARGEST = 1_000_000;

    /** The front page; the city's name is empty before the city is set up. */
    record HomePage(String city) {}

    /** The component kit: every part of every page at once. */
    record KitPage(List<String> icons) {}

    private final Unions unions;
    private final Pages pages;
    private final Cache<Integer, byte[]> large =
            Caffeine.newBuilder().maximumSize(1).build();

    HomePages(Unions unions, Pages pages) {
        this.unions = unions;
        this.pages = pages;
    }

    @GetMapping("/")
    @May(Right.PUBLIC)
    View home(Actor actor) {
        return pages.portal(
                actor,
                "site/home.jte",
                new HomePage(unions.city().map(UnionSummary::name).orElse("")));
    }

    /** The desk begins with the overview for whoever reads figures, else with the tree. */
    @GetMapping("/desk")
    @May(Right.UNION_READ)
    View desk(Actor actor) {
        return LocalAddress.redirect(actor.may(Right.FIGURE_READ) ? "/desk/overview" : "/desk/unions");
    }

    @PostMapping("/site/preferences")
    @May(Right.PUBLIC)
    View prefer(
            @RequestParam(required = false) java.util.Optional<String> language,
            @RequestParam(required = false) java.util.Optional<String> type,
            @RequestParam(defaultValue = "/") String back,
            HttpServletResponse response) {
        language.ifPresent(
                code -> keep(response, Language.COOKIE, Language.of(code).code()));
        type.ifPresent(size -> keep(response, Pages.TYPE_COOKIE, "large".equals(size) ? "large" : "plain"));
        return LocalAddress.redirect(LocalAddress.orElse(back, "/"));
    }

    @GetMapping("/site/kit")
    @May(Right.DEVELOPMENT)
    View kit(Actor actor) {
        return pages.portal(actor, "site/kit.jte", new KitPage(Icons.all()));
    }

    /** A fixed answer outside the security chain: what benchmarks compare with. */
    @GetMapping("/site/hello")
    @May(Right.PUBLIC)
    @ResponseBody
    String hello() {
        return "hello";
    }

    /** The same through the chain, for someone signed in. */
    @GetMapping("/site/hello-in")
    @May(Right.SIGNED_IN)
    @ResponseBody
    String helloIn() {
        return "hello";
    }

    /** An answer as large as a page, made once, through the chain. */
    @GetMapping("/site/hello-in/{bytes}")
    @May(Right.SIGNED_IN)
    ResponseEntity<byte[]> largeHello(@PathVariable int bytes) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_HTML)
                .body(large.get(
                        Math.clamp(bytes, 1, LARGEST),
                        length -> "h".repeat(length).getBytes(StandardCharsets.US_ASCII)));
    }

    private static void keep(HttpServletResponse response, String name, String value) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .httpOnly(true)
                        .sameSite("Lax")
                        .path("/")
                        .maxAge(KEPT)
                        .build()
                        .toString());
    }
}

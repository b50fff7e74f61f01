package org.gonghui.site;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Cookies belong to the host that set them, whoever sets them. */
@CityTest
class HostCookiesTests {

    @Autowired
    private Visitors visitors;

    @Test
    void everyCookieIsTheHostsAndSecure() throws ServletException, IOException {
        FilterChain setting = (request, response) -> {
            var answer = (HttpServletResponse) response;
            var form = new Cookie("XSRF-TOKEN", "a");
            form.setPath("/");
            form.setHttpOnly(true);
            form.setAttribute("SameSite", "Lax");
            answer.addCookie(form);
            answer.addHeader("Set-Cookie", "gonghui=b; Path=/; HttpOnly; SameSite=Lax");
            answer.addHeader("Set-Cookie", "type=c; Path=/; Secure; HttpOnly; SameSite=Lax");
            answer.addHeader("X-Other", "gonghui=d");
        };
        MockHttpServletResponse response = answer("https://union.example", new MockHttpServletRequest(), setting);
        assertThat(response.getHeaders("Set-Cookie"))
                .hasSize(3)
                .allSatisfy(cookie -> assertThat(cookie)
                        .startsWith("__Host-")
                        .contains("; Path=/", "; Secure", "; HttpOnly")
                        .doesNotContain("Domain", "Secure; Secure"));
        assertThat(Objects.requireNonNull(response.getCookie("__Host-XSRF-TOKEN"))
                        .getAttribute("SameSite"))
                .isEqualTo("Lax");
        assertThat(response.getHeader("X-Other")).isEqualTo("gonghui=d");
        assertThat(answer("http://localhost:8080", new MockHttpServletRequest(), setting)
                        .getHeaders("Set-Cookie"))
                .as("http knows no such cookies")
                .noneMatch(cookie -> cookie.startsWith("__Host-"));
    }

    @Test
    void onlyTheHostsOwnCookiesAreRead() throws ServletException, IOException {
        var request = new MockHttpServletRequest();
        request.setCookies(new Cookie("gonghui", "a neighbour's"), new Cookie("__Host-gonghui", "ours"));
        List<String> read = new ArrayList<>();
        answer("https://union.example", request, (asked, response) -> {
            for (Cookie cookie : ((HttpServletRequest) asked).getCookies()) {
                read.add(cookie.getName() + "=" + cookie.getValue());
            }
        });
        assertThat(read).containsExactly("gonghui=ours");
    }

    /** Each cookie that a visit brings, by whatever page. */
    @Test
    void everyCookieOfAVisitIsLaxAndHidden() {
        Visitor visitor = visitors.fresh();
        List<HttpResponse<String>> answers = new ArrayList<>();
        answers.add(visitor.get("/"));
        answers.add(visitor.get("/sign-in/phone"));
        answers.add(visitor.post("/site/preferences", Map.of("language", "en", "type", "large")));
        String phone = Given.freshPhone().text();
        answers.add(visitor.post("/sign-in/phone", Map.of("phone", phone)));
        answers.add(visitor.get("/sign-in/phone/code"));
        String code = visitor.get("/site/development/message?to=" + phone).body();
        answers.add(visitor.post("/sign-in/phone/code", Map.of("code", code)));
        List<String> cookies = answers.stream()
                .flatMap(answer -> answer.headers().allValues("Set-Cookie").stream())
                .toList();
        assertThat(cookies)
                .hasSizeGreaterThan(5)
                .allSatisfy(cookie -> assertThat(cookie)
                        .contains("Path=/", "HttpOnly", "SameSite=Lax")
                        .doesNotContain("Domain"));
    }

    private static MockHttpServletResponse answer(String publicUrl, MockHttpServletRequest request, FilterChain chain)
            throws ServletException, IOException {
        var response = new MockHttpServletResponse();
        new HostCookies(publicUrl).doFilter(request, response, chain);
        return response;
    }
}

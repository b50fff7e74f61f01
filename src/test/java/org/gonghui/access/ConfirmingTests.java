package org.gonghui.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Routes;
import org.gonghui.support.Routes.Route;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Before what a stolen session must not do, one is asked again who one is, unless one has just shown it. */
@CityTest
class ConfirmingTests {

    private static final String ASKED = "请先确认是您本人";

    @Autowired
    private Accounts accounts;

    @Autowired
    private AccountStore store;

    @Autowired
    private Sessions sessions;

    @Autowired
    private SecondFactor secondFactor;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JdbcClient jdbc;

    private String login = "";
    private Visitor officer = new Visitor("");

    @BeforeEach
    void aDistrictOfficer() {
        login = "f" + UUID.randomUUID().toString().substring(0, 12);
        accounts.establish(
                Actor.platform("test"),
                login,
                "周见山",
                "a password of tests 1",
                secondFactor.freshSecret(),
                Role.DISTRICT_OFFICER,
                given.district().id());
        officer = visitors.fresh().goOnIn(session());
    }

    @Test
    void everyRouteThatAStolenSessionMustNotUseAsksFirst() throws IOException {
        List<Route> asking = Routes.golden().stream().filter(Route::confirmed).toList();
        assertThat(asking.stream().map(Route::pattern))
                .contains(
                        "/me/phone",
                        "/me/phone/code",
                        "/me/notices/email",
                        "/me/notices/email/forget",
                        "/me/sign-in/sessions/end",
                        "/me/sign-in/sessions/{session}/end",
                        "/desk/outside-sign-in/end",
                        "/desk/tokens",
                        "/desk/tokens/{token}/end",
                        "/desk/appointments/{appointment}/account/end",
                        "/desk/appointments/{appointment}/account/sessions/end");
        for (Route route : asking) {
            officer.get("/sign-in/code"); // for the form's token
            String address = route.at(UUID.randomUUID());
            assertThat(officer.post(address, Map.of()).statusCode())
                    .as("just signed in: " + route)
                    .isNotEqualTo(401);
        }
        officer = visitors.fresh().goOnIn(aged(Duration.ofMinutes(16)));
        for (Route route : asking) {
            officer.get("/sign-in/code");
            HttpResponse<String> answer = officer.script(route.at(UUID.randomUUID()), "");
            assertThat(answer.statusCode()).as(route.toString()).isEqualTo(AccessRefusal.CONFIRM_FIRST.status());
            assertThat(answer.body()).as(route.toString()).contains(ASKED);
        }
        HttpResponse<String> page = officer.post("/me/sign-in/sessions/end", Map.of("shownAt", "/me/sign-in"));
        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body()).contains(ASKED, "/me/sign-in/confirmation?to=/me/sign-in");
    }

    @Test
    void whoShowsItOnceMoreGoesOnUnderAnotherTokenAndIsNotAskedAgain() {
        String before = aged(Duration.ofMinutes(16));
        UUID session = idOf(before);
        officer = visitors.fresh().goOnIn(before);
        assertThat(officer.get("/desk/tokens").body())
                .contains("/me/sign-in/confirmation?to=/desk/tokens")
                .doesNotContain("name=\"label\"");
        officer.get("/me/sign-in/confirmation?to=/desk/tokens");
        HttpResponse<String> confirmed =
                officer.post("/me/sign-in/confirmation", Map.of("code", code(), "to", "/desk/tokens"));
        assertThat(confirmed.statusCode()).isEqualTo(302);
        assertThat(Visitor.location(confirmed)).isEqualTo("/desk/tokens");
        assertThat(confirmed.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("gonghui=").contains("HttpOnly", "SameSite=Lax"));
        assertThat(officer.session()).isNotEqualTo(before);
        assertThat(idOf(officer.session())).as("the same session").isEqualTo(session);
        assertThat(sessions.actorOf(new Token(before))).as("the token before").isEmpty();
        assertThat(officer.get("/desk/tokens").body()).contains("name=\"label\"");
        assertThat(officer.post("/me/sign-in/sessions/end", Map.of()).statusCode())
                .isEqualTo(302);
    }

    @Test
    void aWrongCodeShowsNothing() {
        String before = aged(Duration.ofMinutes(16));
        officer = visitors.fresh().goOnIn(before);
        officer.get("/me/sign-in/confirmation");
        for (String wrong : List.of("not a code", "", "000000")) {
            assertThat(officer.post("/me/sign-in/confirmation", Map.of("code", wrong))
                            .statusCode())
                    .as(wrong)
                    .isIn(401, 422);
        }
        assertThat(officer.session()).isEqualTo(before);
        assertThat(officer.post("/me/sign-in/sessions/end", Map.of()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void anyFactorThatIsShownAgainMakesAnotherToken() {
        String before = officer.session();
        officer.get("/me/sign-in/password");
        String other = "quite another one of tests";
        assertThat(officer.post(
                                "/me/sign-in/password",
                                Map.of("present", "a password of tests 1", "password", other, "again", other))
                        .statusCode())
                .isEqualTo(302);
        String after = officer.session();
        assertThat(after).isNotEqualTo(before);
        assertThat(sessions.actorOf(new Token(before))).isEmpty();
        officer.get("/me/sign-in/factor");
        assertThat(officer.post("/me/sign-in/factor", Map.of("present", other, "code", code()))
                        .statusCode())
                .isEqualTo(302);
        assertThat(officer.session()).isNotEqualTo(after);
        assertThat(sessions.actorOf(new Token(after))).isEmpty();
    }

    @Test
    void aFormIsShownOnlyWithTimeLeftToFillItIn() {
        officer = visitors.fresh().goOnIn(aged(Duration.ofMinutes(11)));
        assertThat(officer.get("/desk/tokens").body()).doesNotContain("name=\"label\"");
        assertThat(officer.post("/me/sign-in/sessions/end", Map.of()).statusCode())
                .as("what was shown before is still taken")
                .isEqualTo(302);
    }

    @Test
    void whereSomebodyGoesAfterwardsIsOurs() {
        officer.get("/me/sign-in/confirmation");
        HttpResponse<String> confirmed =
                officer.post("/me/sign-in/confirmation", Map.of("code", code(), "to", "//evil.example/"));
        assertThat(Visitor.location(confirmed)).isEqualTo("/me/sign-in");
    }

    private String session() {
        return sessions.begin(account(), SignIn.SESSION).text();
    }

    /** A session whose owner showed so long ago who they are; nobody has used it yet. */
    private String aged(Duration by) {
        String session = session();
        jdbc.sql("update access_session set confirmed_at = confirmed_at - make_interval(secs => :by)"
                        + " where token_hash = :hash")
                .param("by", by.toSeconds())
                .param("hash", new Token(session).hash())
                .update();
        return session;
    }

    private UUID idOf(String session) {
        return jdbc.sql("select id from access_session where token_hash = :hash")
                .param("hash", new Token(session).hash())
                .query(UUID.class)
                .single();
    }

    private AccountId account() {
        return store.account(login).orElseThrow().id();
    }

    private String code() {
        return accounts.demonstrationCode(login).orElseThrow();
    }
}

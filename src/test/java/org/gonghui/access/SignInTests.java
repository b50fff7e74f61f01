package org.gonghui.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@CityTest
class SignInTests {

    private static final String PASSWORD = "a password of tests 1";

    @Autowired
    private SignIn signIn;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Sessions sessions;

    @Autowired
    private SecondFactor secondFactor;

    @Autowired
    private KnownBrowsers browsers;

    @Autowired
    private Given given;

    @Autowired
    private TestTime time;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    private String login = "";
    private String address = "";
    private String secret = "";

    @BeforeEach
    void someoneNew() {
        login = "t" + UUID.randomUUID().toString().substring(0, 12);
        address = "test-" + login;
        secret = secondFactor.freshSecret();
        UnionSummary street = given.street();
        accounts.establish(Actor.platform("test"), login, "周以宁", PASSWORD, secret, Role.STREET_OFFICER, street.id());
    }

    @Test
    void passwordAndCodeOpenASession() {
        Token first = signIn.withPassword(
                " " + login.toUpperCase(java.util.Locale.ROOT) + " ", PASSWORD, SignIn.Origin.unknown(address));
        assertThat(sessions.actorOf(first)).isEmpty();
        Token token = signIn.withCode(first, code(), SignIn.Origin.unknown(address));
        Actor actor = sessions.actorOf(token).orElseThrow();
        assertThat(actor.name()).isEqualTo("周以宁");
        assertThat(actor.reach(org.gonghui.kernel.Right.UNION_READ).parts())
                .containsExactly(given.street().path());
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreAnsweredAlike() {
        assertRefused(
                AccessRefusal.WRONG_PASSWORD,
                () -> signIn.withPassword(login, "wrong", SignIn.Origin.unknown(address)));
        assertRefused(
                AccessRefusal.WRONG_PASSWORD,
                () -> signIn.withPassword("nobody-at-all", PASSWORD, SignIn.Origin.unknown(address)));
    }

    @Test
    void aWrongCodeIsRefusedAndTheRightOneStillTaken() {
        Token first = signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address));
        String wrong = code().equals("000000") ? "000001" : "000000";
        assertRefused(AccessRefusal.WRONG_CODE, () -> signIn.withCode(first, wrong, SignIn.Origin.unknown(address)));
        assertThat(sessions.actorOf(signIn.withCode(first, code(), SignIn.Origin.unknown(address))))
                .isPresent();
    }

    @Test
    void aCodeWorksOnce() {
        String code = code();
        signIn.withCode(
                signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address)),
                code,
                SignIn.Origin.unknown(address));
        Token again = signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address));
        assertRefused(AccessRefusal.WRONG_CODE, () -> signIn.withCode(again, code, SignIn.Origin.unknown(address)));
    }

    @Test
    void theFirstStepsTokenEndsWithTheSecondStepAndByItself() {
        Token first = signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address));
        signIn.withCode(first, code(), SignIn.Origin.unknown(address));
        assertRefused(
                AccessRefusal.SIGN_IN_EXPIRED, () -> signIn.withCode(first, code(), SignIn.Origin.unknown(address)));
        Token late = signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address));
        time.pass(Duration.ofMinutes(6));
        assertRefused(
                AccessRefusal.SIGN_IN_EXPIRED, () -> signIn.withCode(late, code(), SignIn.Origin.unknown(address)));
    }

    @Test
    void fiveFailuresLockTheAccountForAQuarterOfAnHour() {
        closedByStrangers();
        assertRefused(
                AccessRefusal.TOO_MANY_ATTEMPTS,
                () -> signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown("elsewhere")));
        time.pass(Duration.ofMinutes(16));
        assertThat(signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address)))
                .isNotNull();
    }

    /** Else anybody could keep an officer from work by five wrong passwords every quarter of an hour. */
    @Test
    void strangersCloseANameForStrangersAndNotForItsOwner() {
        var known = new SignIn.Origin("at work", browsers.mark(login));
        closedByStrangers();
        Token first = signIn.withPassword(login, PASSWORD, known);
        assertThat(sessions.actorOf(signIn.withCode(first, code(), known))).isPresent();
        assertRefused(
                AccessRefusal.TOO_MANY_ATTEMPTS,
                () -> signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown("elsewhere")));
    }

    @Test
    void inAKnownBrowserGuessesAreCountedToo() {
        var known = new SignIn.Origin("at work", browsers.mark(login));
        for (int i = 0; i < 5; i++) {
            assertRefused(AccessRefusal.WRONG_PASSWORD, () -> signIn.withPassword(login, "wrong", known));
        }
        assertRefused(AccessRefusal.TOO_MANY_ATTEMPTS, () -> signIn.withPassword(login, PASSWORD, known));
        assertThat(signIn.withPassword(login, PASSWORD, new SignIn.Origin("at work", browsers.mark(login))))
                .isNotNull();
    }

    @Test
    void aMarkThatIsAnothersOrMadeUpIsNone() {
        closedByStrangers();
        String own = browsers.mark(login);
        for (String mark : new String[] {
            browsers.mark("somebody-else"),
            own.substring(1) + "0",
            own + "0",
            own.substring(0, 43),
            "x".repeat(200),
            "标"
        }) {
            assertRefused(
                    AccessRefusal.TOO_MANY_ATTEMPTS,
                    () -> signIn.withPassword(login, PASSWORD, new SignIn.Origin("elsewhere", mark)));
        }
    }

    private void closedByStrangers() {
        for (int i = 0; i < 5; i++) {
            String from = address + i;
            assertRefused(
                    AccessRefusal.WRONG_PASSWORD,
                    () -> signIn.withPassword(login, "wrong", SignIn.Origin.unknown(from)));
        }
    }

    @Test
    void guessingCodesLocksTheAccountToo() {
        Token first = signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address));
        for (int i = 0; i < 5; i++) {
            assertRefused(
                    AccessRefusal.WRONG_CODE,
                    () -> signIn.withCode(first, "not a code", SignIn.Origin.unknown(address)));
        }
        assertRefused(
                AccessRefusal.TOO_MANY_ATTEMPTS, () -> signIn.withCode(first, code(), SignIn.Origin.unknown(address)));
        assertRefused(
                AccessRefusal.TOO_MANY_ATTEMPTS,
                () -> signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address)));
    }

    @Test
    void oneAddressTriesFiftyTimesAtMost() {
        for (int i = 0; i < 50; i++) {
            String someone = "someone-" + i + login;
            assertRefused(
                    AccessRefusal.WRONG_PASSWORD,
                    () -> signIn.withPassword(someone, "wrong", SignIn.Origin.unknown(address)));
        }
        assertRefused(
                AccessRefusal.TOO_MANY_ATTEMPTS,
                () -> signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address)));
        assertThat(signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown("another " + address)))
                .isNotNull();
    }

    @Test
    void signingOutEndsTheSessionAtOnce() {
        Token token = signIn.withCode(
                signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address)),
                code(),
                SignIn.Origin.unknown(address));
        assertThat(sessions.actorOf(token)).isPresent();
        signIn.out(token);
        assertThat(sessions.actorOf(token)).isEmpty();
    }

    @Test
    void aSessionIsOverAfterTwelveHours() {
        Token token = signIn.withCode(
                signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address)),
                code(),
                SignIn.Origin.unknown(address));
        useUntilTheEnd(token);
        assertThat(sessions.actorOf(token)).isPresent();
        time.pass(Duration.ofHours(12).plusSeconds(1));
        sessions.forget();
        assertThat(sessions.actorOf(token)).isEmpty();
    }

    @Test
    void overHttpTheTokenIsHiddenFromScriptsAndANewOneAfterSigningIn() {
        var visitor = new Visitor("http://localhost:" + port);
        visitor.get("/sign-in");
        var first = visitor.post("/sign-in", Map.of("login", login, "password", PASSWORD));
        assertThat(first.statusCode()).isEqualTo(302);
        assertThat(first.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax"));
        visitor.get("/sign-in/code");
        var second = visitor.post("/sign-in/code", Map.of("code", code(), "to", "//evil.example/"));
        assertThat(second.statusCode()).isEqualTo(302);
        assertThat(Visitor.location(second)).isEqualTo("/sign-in");
        assertThat(second.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("gonghui-known=").contains("HttpOnly"));
        assertThat(visitor.get("/site/hello-in").body()).isEqualTo("hello");
    }

    /** Else a session that somebody else began in this browser would go on unseen. */
    @Test
    void theSessionThatABrowserHadEndsWithTheNextSignIn() {
        var visitor = new Visitor("http://localhost:" + port);
        String first = code();
        signInAgain(visitor, first);
        var before = new Token(visitor.session());
        assertThat(sessions.actorOf(before)).isPresent();
        long used = secondFactor.stepOf(secret, first).orElseThrow();
        signInAgain(visitor, secondFactor.unusedCode(secret, used));
        assertThat(visitor.session()).isNotEqualTo(before.text());
        assertThat(visitor.get("/site/hello-in").statusCode()).isEqualTo(200);
        assertThat(sessions.actorOf(before)).isEmpty();
    }

    private void signInAgain(Visitor visitor, String code) {
        visitor.get("/sign-in/code"); // for the token
        assertThat(visitor.post("/sign-in", Map.of("login", login, "password", PASSWORD))
                        .statusCode())
                .isEqualTo(302);
        assertThat(visitor.post("/sign-in/code", Map.of("code", code)).statusCode())
                .isEqualTo(302);
    }

    @Test
    void signingOutClearsTheBrowser() {
        Token token = signIn.withCode(
                signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(address)),
                code(),
                SignIn.Origin.unknown(address));
        var visitor = new Visitor("http://localhost:" + port).goOnIn(token.text());
        visitor.get("/me");
        var answer = visitor.post("/sign-out", Map.of());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Clear-Site-Data")).contains("\"cache\"");
        assertThat(sessions.actorOf(token)).isEmpty();
    }

    @Test
    void whatWasTypedStaysButNeverThePassword() {
        var visitor = new Visitor("http://localhost:" + port);
        visitor.get("/sign-in");
        var answer = visitor.post("/sign-in", Map.of("login", login, "password", "wrong-password-typed"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains(login).doesNotContain("wrong-password-typed");
    }

    @Test
    void aForgedFormIsRefused() {
        var visitor = new Visitor("http://localhost:" + port);
        visitor.get("/sign-in");
        assertThat(visitor.forge("/sign-in").statusCode()).isEqualTo(403);
    }

    /** As if it were used all day, so that it does not end for want of use. */
    private void useUntilTheEnd(Token token) {
        jdbc.sql("update access_session set used_at = expires_at where token_hash = :hash")
                .param("hash", token.hash())
                .update();
    }

    private String code() {
        return secondFactor.unusedCode(secret, 0);
    }
}

package org.gonghui.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.access.Accounts;
import org.gonghui.access.CredentialsChanged;
import org.gonghui.access.Role;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CannotStart;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Signing in by an outside provider: who has tied an account does, and nobody else, whatever comes back. */
@CityTest
@ExtendWith(OutputCaptureExtension.class)
class OutsideSignInTests {

    private static final String PASSWORD = "a password of tests 1";
    private static final PretendProvider PROVIDER = new PretendProvider();

    @Autowired
    private Accounts accounts;

    @Autowired
    private Given given;

    @Autowired
    private OutsideSignIn outside;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TestTime time;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Visitors visitors;

    private String login = "";
    private String person = "";
    private Visitor browser = new Visitor("");

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry settings) {
        settings.add("GONGHUI_OIDC_ISSUER", PROVIDER::issuer);
        settings.add("GONGHUI_OIDC_CLIENT_ID", () -> PretendProvider.CLIENT);
        settings.add("GONGHUI_OIDC_CLIENT_SECRET", () -> PretendProvider.SECRET);
        settings.add("GONGHUI_OIDC_NAME", () -> "政务统一认证");
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @BeforeEach
    void anOfficerWithAnAccountThere() {
        login = "t" + UUID.randomUUID().toString().substring(0, 12);
        person = "person-" + login;
        accounts.establish(
                Actor.platform("test"),
                login,
                "周以宁",
                PASSWORD,
                "JBSWY3DPEHPK3PXP",
                Role.STREET_OFFICER,
                given.street().id());
        browser = signedIn(login);
        PROVIDER.expect(person);
    }

    @Test
    void whoHasTiedTheirAccountSignsInByItAndGoesWhereTheyWanted() {
        assertThat(visitors.fresh().get("/sign-in?to=/desk/unions").body())
                .contains("用“政务统一认证”登录", "/sign-in/outside?to=");
        tie();
        assertThat(browser.get("/desk/outside-sign-in").body()).contains("已关联");
        Visitor elsewhere = visitors.fresh();
        HttpResponse<String> in = back(elsewhere, out(elsewhere, "/desk/unions?at=x"));
        assertThat(in.statusCode()).isEqualTo(302);
        assertThat(Visitor.location(in)).isEqualTo("/desk/unions?at=x");
        assertThat(in.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("gonghui=").contains("HttpOnly", "SameSite=Lax"));
        assertThat(elsewhere.session()).as("a session of its own").isNotEqualTo(browser.session());
        assertThat(elsewhere.get("/site/hello-in").body()).isEqualTo("hello");
        assertThat(elsewhere.get("/desk/trail").statusCode())
                .as("no right that the officer has not")
                .isEqualTo(403);
        elsewhere.get("/desk/unions");
        elsewhere.post("/sign-out", Map.of());
        assertThat(elsewhere.get("/site/hello-in").statusCode()).isEqualTo(302);
        assertThat(recorded("oidc.sign-in")).isEqualTo(1);
        assertThat(recorded("oidc.tie")).isEqualTo(1);
    }

    @Test
    void whoComesByTheProvidersWordShowsACodeBeforeWhatAStolenSessionMustNotDo() {
        tie();
        Visitor someone = visitors.fresh();
        back(someone, out(someone, ""));
        someone.get("/desk/outside-sign-in");
        assertThat(someone.post("/desk/outside-sign-in/end", Map.of()).statusCode())
                .isEqualTo(401);
        someone.get("/me/sign-in/confirmation");
        assertThat(someone.post("/me/sign-in/confirmation", Map.of("code", nextCode(login)))
                        .statusCode())
                .isEqualTo(302);
        assertThat(someone.post("/desk/outside-sign-in/end", Map.of()).statusCode())
                .isEqualTo(302);
    }

    @Test
    void withAClosedAccountItsTiesAreOver() {
        tie();
        jdbc.sql("update access_account set closed_at = now() where login = :login")
                .param("login", login)
                .update();
        Visitor someone = visitors.fresh();
        assertThat(back(someone, out(someone, "")).statusCode())
                .as("even before the tie is gone")
                .isEqualTo(401);
        var account = new AccountId(jdbc.sql("select id from access_account where login = :login")
                .param("login", login)
                .query(UUID.class)
                .single());
        changed(account, CredentialsChanged.What.CLOSED);
        assertThat(count("select count(*) from oidc_tie where account_id = '" + account + "'"))
                .isZero();
    }

    @Test
    void whoeverIsLedElsewhereAfterwardsStaysWithin() {
        tie();
        for (String to : List.of("https://evil.example/", "//evil.example/", "/\\evil.example", "/sign-in", "")) {
            Visitor someone = visitors.fresh();
            HttpResponse<String> in = back(someone, out(someone, to));
            assertThat(in.headers().firstValue("Location").orElse(""))
                    .as(to)
                    .endsWith("/desk")
                    .doesNotContain("evil");
        }
    }

    @Test
    void anAccountThatNobodyHasTiedIsNobodys() {
        int before = count("select count(*) from access_account");
        Visitor someone = visitors.fresh();
        HttpResponse<String> answer = back(someone, out(someone, ""));
        refused(someone, answer, OidcRefusal.NOT_TIED, "还没有关联");
        assertThat(count("select count(*) from access_account")).isEqualTo(before);
    }

    @Test
    void onceUntiedItOpensNothingAndThePasswordStill() {
        tie();
        browser.get("/desk/outside-sign-in");
        assertThat(browser.post("/desk/outside-sign-in/end", Map.of()).statusCode())
                .isEqualTo(302);
        assertThat(recorded("oidc.untie")).isEqualTo(1);
        Visitor someone = visitors.fresh();
        refused(someone, back(someone, out(someone, "")), OidcRefusal.NOT_TIED, "还没有关联");
        someone.get("/sign-in");
        assertThat(someone.post("/sign-in", Map.of("login", login, "password", PASSWORD))
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void aWordThatIsNotTheProvidersOrNotForThisErrandIsNotBelieved() {
        tie();
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> lies = Map.ofEntries(
                Map.entry("another audience", claims -> claims.audience("somebody else")),
                Map.entry("another issuer", claims -> claims.issuer("https://another.example")),
                Map.entry("another nonce", claims -> claims.claim("nonce", "of another errand")),
                Map.entry("no nonce", claims -> claims.claim("nonce", null)),
                Map.entry(
                        "expired",
                        claims -> claims.issueTime(Date.from(Instant.now().minus(Duration.ofMinutes(20))))
                                .expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(10))))),
                Map.entry("without an end", claims -> claims.expirationTime(null)),
                Map.entry(
                        "of tomorrow",
                        claims -> claims.issueTime(Date.from(Instant.now().plus(Duration.ofDays(1))))),
                Map.entry(
                        "not good yet",
                        claims -> claims.notBeforeTime(Date.from(Instant.now().plus(Duration.ofHours(1))))),
                Map.entry("without a subject", claims -> claims.subject(null)),
                Map.entry(
                        "for several, asked by another",
                        claims -> claims.audience(List.of(PretendProvider.CLIENT, "x"))
                                .claim("azp", "x")),
                Map.entry(
                        "for several, and not said who asked",
                        claims -> claims.audience(List.of(PretendProvider.CLIENT, "x"))));
        lies.forEach((what, lie) -> {
            PROVIDER.expect(person);
            PROVIDER.lie(lie);
            assertNotBelieved(what);
        });
        for (PretendProvider.Signing signing : PretendProvider.Signing.values()) {
            PROVIDER.expect(person);
            PROVIDER.sign(signing);
            if (signing != PretendProvider.Signing.RIGHT) {
                assertNotBelieved(signing.name());
            }
        }
        PROVIDER.expect(person);
        for (String garbage : List.of(
                "{\"error\":\"invalid_client\"}",
                "not json",
                "{}",
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"a.b.c\"}")) {
            PROVIDER.answer(garbage.contains("error") ? 400 : 200, garbage);
            assertNotBelieved(garbage);
        }
        PROVIDER.expect(person);
        Visitor someone = visitors.fresh();
        assertThat(back(someone, out(someone, "")).statusCode())
                .as("and the truth is")
                .isEqualTo(302);
    }

    @Test
    void whatComesBackWasBegunInThisBrowserAndCountsOnce() {
        tie();
        Visitor mine = visitors.fresh();
        URI back = out(mine, "");
        Visitor victim = visitors.fresh();
        refused(victim, back(victim, back), OidcRefusal.BEGIN_AGAIN, "请重新开始");
        out(victim, "");
        refused(victim, back(victim, back), OidcRefusal.BEGIN_AGAIN, "请重新开始"); // brings a state, of another errand
        assertThat(back(mine, back).statusCode()).isEqualTo(302);
        String state = back.getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
        Visitor again = visitors.fresh();
        again.keep("gonghui-outside", state);
        refused(again, back(again, back), OidcRefusal.BEGIN_AGAIN, "请重新开始");
        for (String odd : List.of("", "?state=", "?code=x", "?state=x&code=y", "?error=access_denied")) {
            refused(again, again.get("/sign-in/outside/callback" + odd), OidcRefusal.BEGIN_AGAIN, "请重新开始");
        }
    }

    @Test
    void aCodeOfAnotherErrandIsTheProvidersToRefuse() {
        tie();
        String stolen = out(visitors.fresh(), "").getRawQuery().replaceAll(".*code=([^&]+).*", "$1");
        Visitor thief = visitors.fresh();
        URI own = out(thief, "");
        URI mixed = URI.create(own.toString().replaceAll("code=[^&]+", "code=" + stolen));
        refused(thief, back(thief, mixed), OidcRefusal.NOT_PROVEN, "没有证实");
    }

    @Test
    void theProvidersOwnNoIsOne() {
        Visitor someone = visitors.fresh();
        URI back = out(someone, "");
        URI denied = URI.create(back.toString().replaceAll("code=[^&]+", "error=access_denied"));
        refused(someone, back(someone, denied), OidcRefusal.NOT_PROVEN, "没有证实");
        URI second = out(someone, "");
        refused(
                someone,
                back(someone, URI.create(second + "&iss=https://another.example")),
                OidcRefusal.NOT_PROVEN,
                "没有证实");
    }

    @Test
    void anErrandThatTookTooLongIsOver() {
        tie();
        Visitor someone = visitors.fresh();
        URI back = out(someone, "");
        time.pass(OutsideSignIn.WAY.plusSeconds(1));
        refused(someone, back(someone, back), OidcRefusal.BEGIN_AGAIN, "请重新开始");
    }

    @Test
    void aProviderThatIsAwayIsToldAndThePasswordWorks() {
        tie();
        Visitor someone = visitors.fresh();
        URI back = out(someone, "");
        PROVIDER.leave();
        try {
            HttpResponse<String> answer = back(someone, back);
            refused(someone, answer, OidcRefusal.PROVIDER_AWAY, "现在联系不上");
            assertThat(answer.body()).contains("name=\"password\"");
            someone.get("/sign-in");
            assertThat(someone.post("/sign-in", Map.of("login", login, "password", PASSWORD))
                            .statusCode())
                    .isEqualTo(302);
        } finally {
            PROVIDER.comeBack();
        }
        PROVIDER.answer(500, "oh no");
        Visitor other = visitors.fresh();
        refused(other, back(other, out(other, "")), OidcRefusal.PROVIDER_AWAY, "现在联系不上");
    }

    @Test
    void tyingAsksForTheSecondFactorAndIsOnesOwn() {
        URI back = out(browser, "/away");
        assertThat(Visitor.location(back(browser, back))).isEqualTo("/desk/outside-sign-in");
        String page = browser.get("/desk/outside-sign-in").body();
        assertThat(page).contains("user of " + person);
        HttpResponse<String> wrong = confirm(browser, shown(browser), "not a code");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(browser.forge("/desk/outside-sign-in").statusCode()).isEqualTo(403);
        Visitor someone = visitors.fresh();
        refused(someone, back(someone, out(someone, "")), OidcRefusal.NOT_TIED, "还没有关联");
        String other = somebodyElse();
        Visitor others = signedIn(other);
        others.get("/desk/outside-sign-in");
        HttpResponse<String> none = confirm(others, shown(others), nextCode(other));
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.body()).contains("请重新开始");
    }

    /** What is confirmed is what the page showed, not what came back in another window since. */
    @Test
    void whatIsTiedIsWhatWasShown() {
        back(browser, out(browser, "/away"));
        String own = shown(browser);
        PROVIDER.expect(person + "-another");
        back(browser, out(browser, "/away"));
        String another = shown(browser);
        assertThat(another).isNotEmpty().isNotEqualTo(own);
        HttpResponse<String> late = confirm(browser, own, nextCode(login));
        assertThat(late.statusCode()).isEqualTo(401);
        assertThat(late.body()).contains("请重新开始");
        assertThat(count(
                        "select count(*) from oidc_tie where account_id = (select id from access_account where login = '"
                                + login + "')"))
                .isZero();
        assertThat(confirm(browser, another, nextCode(login)).statusCode()).isEqualTo(302);
    }

    @Test
    void anAddressThatIsNoneOfOursIsForgotten() {
        for (String to : List.of("a%00b", "/desk%00", "//elsewhere", "/" + "x".repeat(3_000))) {
            assertThat(visitors.fresh().get("/sign-in/outside?to=" + to).statusCode())
                    .as(to)
                    .isEqualTo(302);
        }
        tie();
        Visitor back = visitors.fresh();
        assertThat(Visitor.location(back(back, out(back, "?to=/sign-out")))).isEqualTo("/desk");
    }

    @Test
    void anAnswerWithoutEndIsLetGo() {
        PROVIDER.answer(200, "{\"id_token\":\"" + "a".repeat(300 * 1024) + "\"}");
        Visitor someone = visitors.fresh();
        refused(someone, back(someone, out(someone, "")), OidcRefusal.PROVIDER_AWAY, "现在联系不上");
    }

    /** Ten wait for a provider that says a letter a second: they get their answer, and the public meanwhile its pages. */
    @Test
    void aProviderThatDripsKeepsNobodyElseWaiting() throws Exception {
        List<Visitor> people = Stream.generate(visitors::fresh).limit(10).toList();
        List<URI> backs = people.stream().map(visitor -> out(visitor, "")).toList();
        PROVIDER.drip();
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, people.size())
                    .mapToObj(i ->
                            hands.submit(() -> back(people.get(i), backs.get(i)).statusCode()))
                    .toList();
            assertThat(PROVIDER.awaitDripping(people.size())).isTrue();
            assertThat(visitors.fresh().get("/sign-in/phone").statusCode()).isEqualTo(200);
            for (Future<Integer> answer : answers) {
                assertThat(answer.get(15, TimeUnit.SECONDS)).isEqualTo(503);
            }
        }
    }

    @Test
    void whoWasSentToTieByAnotherTiesNothing() {
        URI mine = out(browser, "/away");
        String state = mine.getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
        String other = somebodyElse();
        Visitor victim = signedIn(other);
        victim.keep("gonghui-outside", state);
        HttpResponse<String> answer = back(victim, mine);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(count("select count(*) from oidc_proven where shown = 'user of " + person + "'"))
                .isZero();
    }

    @Test
    void oneAccountHereOneAccountThere() {
        tie();

        PROVIDER.expect(person + "-second");
        back(browser, out(browser, "/away"));
        assertThat(shown(browser)).as("whoever is tied is asked for nothing").isEmpty();
        HttpResponse<String> second = confirm(browser, waiting(), nextCode(login));
        assertThat(second.statusCode()).isEqualTo(OidcRefusal.TIED_ALREADY.status());
        assertThat(second.body()).contains("您已经关联了一个");

        PROVIDER.expect(person);
        String other = somebodyElse();
        Visitor others = signedIn(other);
        back(others, out(others, "/away"));
        HttpResponse<String> taken = confirm(others, shown(others), nextCode(other));
        assertThat(taken.statusCode()).isEqualTo(OidcRefusal.TIED_ELSEWHERE.status());
        assertThat(taken.body()).contains("已经关联到别人");
    }

    @Test
    void oneAddressDoesNotBeginWithoutEnd() {
        for (int i = 0; i < 300; i++) {
            outside.begin(Optional.empty(), "", "192.0.2.7");
        }
        assertRefused(OidcRefusal.TOO_MANY, () -> outside.begin(Optional.empty(), "", "192.0.2.7"));
        assertThat(outside.begin(Optional.empty(), "", "192.0.2.8")).isNotNull();
    }

    @Test
    void halfASettingOrNoProviderAtItsAddressDoesNotStart() {
        assertThatThrownBy(() -> OidcConfiguration.settings("https://id.example", "", "s", "", "", "http://x"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("all three or none");
        for (String odd : List.of("id.example", "http://id.example", "ftp://id.example", "https://", "::")) {
            assertThatThrownBy(() -> OidcConfiguration.settings(odd, "c", "s", "", "", "http://x"))
                    .as(odd)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("https://");
        }
        var elsewhere = new Provider(
                OidcConfiguration.settings(PROVIDER.issuer() + "/not-here", "c", "s", "", "", "http://x"),
                InstantSource.system());
        assertThatThrownBy(elsewhere::meet).isInstanceOf(CannotStart.class).hasMessageContaining("GONGHUI_OIDC_ISSUER");
        new Provider(
                        OidcConfiguration.settings("http://127.0.0.1:1", "c", "s", "", "", "http://x"),
                        InstantSource.system())
                .meet(); // away only
    }

    @Test
    void aProviderThatNamesOthersIsNone() {
        for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(
                said -> said.replaceFirst("\"issuer\":\"[^\"]+\"", "\"issuer\":\"https://another.example\""),
                said -> said.replaceFirst("http://127.0.0.1:[0-9]+/authorize", "http://evil.example/authorize"),
                said -> said.replaceFirst("http://127.0.0.1:[0-9]+/token", "http://evil.example/token"),
                said -> said.replaceFirst("http://127.0.0.1:[0-9]+/keys", "http://evil.example/keys"))) {
            try (var pretend = new PretendProvider()) {
                pretend.describe(change);
                assertThatThrownBy(provider(pretend)::meet).isInstanceOf(CannotStart.class);
            }
        }
    }

    @Test
    void itsKeysAreReadWhereItSaysAndNowhereElse() {
        try (var pretend = new PretendProvider()) {
            pretend.expect(person);
            Provider provider = provider(pretend);
            var errand = Provider.Errand.fresh();
            String code = pretend.visit(provider.away(errand)).getRawQuery().replaceAll(".*code=([^&]+).*", "$1");
            pretend.sendOnForKeys();
            assertRefused(OidcRefusal.PROVIDER_AWAY, () -> provider.prove(code, errand));
        }
    }

    /** The sign-in name of a colleague at the same union. */
    private String somebodyElse() {
        String other = "o" + login.substring(1);
        accounts.establish(
                Actor.platform("test"),
                other,
                "另一人",
                PASSWORD,
                "JBSWY3DPEHPK3PXP",
                Role.STREET_OFFICER,
                given.street().id());
        return other;
    }

    private static Provider provider(PretendProvider pretend) {
        return new Provider(
                OidcConfiguration.settings(
                        pretend.issuer(), PretendProvider.CLIENT, PretendProvider.SECRET, "", "", "http://x"),
                InstantSource.system());
    }

    @Test
    void whoBeginsAnewByALinkTiesAnew() {
        tie();
        var account = new AccountId(jdbc.sql("select id from access_account where login = :login")
                .param("login", login)
                .query(UUID.class)
                .single());
        assertThat(told(account)).containsExactly("CREDENTIALS_CHANGED");
        changed(account, CredentialsChanged.What.PASSWORD);
        Visitor still = visitors.fresh();
        assertThat(back(still, out(still, "")).statusCode()).isEqualTo(302);
        changed(account, CredentialsChanged.What.EVERYTHING);
        Visitor someone = visitors.fresh();
        refused(someone, back(someone, out(someone, "")), OidcRefusal.NOT_TIED, "还没有关联");
    }

    private void changed(AccountId account, CredentialsChanged.What what) {
        transaction.executeWithoutResult(
                status -> events.publishEvent(new CredentialsChanged(UUID.randomUUID(), account, what, "某人")));
    }

    private List<String> told(AccountId account) {
        return jdbc.sql("select kind from notice_notice where account_id = :account order by id")
                .param("account", account.value())
                .query(String.class)
                .list();
    }

    @Test
    void aNoOnTheWayIsInTheLogByItsReason(CapturedOutput output) {
        Visitor someone = visitors.fresh();
        refused(someone, back(someone, out(someone, "")), OidcRefusal.NOT_TIED, "还没有关联");
        assertThat(output).contains("Refused: oidc.not-tied");
    }

    private void assertNotBelieved(String what) {
        Visitor someone = visitors.fresh();
        HttpResponse<String> answer = back(someone, out(someone, ""));
        assertThat(answer.statusCode()).as(what).isEqualTo(401);
        assertThat(answer.body()).as(what).contains("没有证实");
        assertThat(someone.get("/site/hello-in").statusCode()).as(what).isEqualTo(302);
    }

    private static void refused(Visitor visitor, HttpResponse<String> answer, OidcRefusal no, String sentence) {
        assertThat(answer.statusCode()).isEqualTo(no.status());
        assertThat(answer.body()).contains(sentence);
        assertThat(visitor.get("/site/hello-in").statusCode()).as("is not in").isEqualTo(302);
    }

    /** Goes to the provider; where it leads back to. {@code /away} is the way of who wants to tie. */
    private static URI out(Visitor visitor, String to) {
        String begin = to.equals("/away")
                ? "/desk/outside-sign-in/away"
                : "/sign-in/outside?to=" + java.net.URLEncoder.encode(to, java.nio.charset.StandardCharsets.UTF_8);
        HttpResponse<String> away = visitor.get(begin);
        assertThat(away.statusCode()).isEqualTo(302);
        URI address = URI.create(away.headers().firstValue("Location").orElseThrow());
        assertThat(address.toString())
                .startsWith(PROVIDER.issuer() + "/authorize?")
                .doesNotContain("secret");
        return PROVIDER.visit(address);
    }

    private static HttpResponse<String> back(Visitor visitor, URI back) {
        return visitor.get(back.getRawPath() + "?" + back.getRawQuery());
    }

    /** Which account there the page shows, to be confirmed; empty when none waits. */
    private static String shown(Visitor visitor) {
        Matcher field = Pattern.compile("name=\"waiting\" value=\"([^\"]+)\"")
                .matcher(visitor.get("/desk/outside-sign-in").body());
        return field.find() ? field.group(1) : "";
    }

    /** The same, of whoever's page shows none. */
    private String waiting() {
        Instant end = jdbc.sql("""
                        select expires_at from oidc_proven
                         where account_id = (select id from access_account where login = :login)
                        """)
                .param("login", login)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        return new OidcStore.Proven("", new byte[0], "", end).id();
    }

    private static HttpResponse<String> confirm(Visitor visitor, String shown, String code) {
        return visitor.post("/desk/outside-sign-in", Map.of("waiting", shown, "code", code));
    }

    private void tie() {
        assertThat(Visitor.location(back(browser, out(browser, "/away")))).isEqualTo("/desk/outside-sign-in");
        browser.get("/desk/outside-sign-in");
        HttpResponse<String> tied = confirm(browser, shown(browser), nextCode(login));
        assertThat(tied.statusCode()).as(tied.body()).isEqualTo(302);
    }

    /** A code counts once, and a test does not wait for the next. */
    private String nextCode(String of) {
        jdbc.sql("update access_account set totp_last_step = 0 where login = :login")
                .param("login", of)
                .update();
        return accounts.demonstrationCode(of).orElseThrow();
    }

    private Visitor signedIn(String as) {
        Visitor visitor = visitors.fresh();
        visitor.get("/sign-in");
        HttpResponse<String> first = visitor.post("/sign-in", Map.of("login", as, "password", PASSWORD));
        visitor.get(Visitor.location(first));
        assertThat(visitor.post("/sign-in/code", Map.of("code", nextCode(as))).statusCode())
                .isEqualTo(302);
        return visitor;
    }

    private int recorded(String action) {
        return count("select count(*) from audit_entry where action = '" + action
                + "' and account_id = (select id from access_account where login = '" + login + "')");
    }

    private int count(String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }
}

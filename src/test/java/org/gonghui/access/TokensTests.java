package org.gonghui.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An officer's program calls the API with a token of its own: as the officer, nowhere else, and no longer than told. */
@CityTest
class TokensTests {

    private static final String PASSWORD = "a password of tests 1";
    private static final String SECRET = "JBSWY3DPEHPK3PXP";
    private static final Pattern SHOWN = Pattern.compile("id=\"token\" type=\"text\" readonly value=\"([^\"]{43})\"");

    @Autowired
    private Tokens tokens;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Appointments appointments;

    @Autowired
    private AccountStore store;

    @Autowired
    private Sessions sessions;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Visitors visitors;

    private Actor officer = Actor.nobody();
    private Visitor browser = new Visitor("");

    @BeforeEach
    void anOfficerAtABrowser() {
        officer = newOfficer(Role.STREET_OFFICER, given.street());
        Token session = transaction.execute(
                status -> sessions.begin(officer.account().orElseThrow(), new Lasting(Duration.ofHours(1), null)));
        browser = visitors.fresh().goOnIn(Objects.requireNonNull(session).text());
    }

    @Test
    void aTokenMadeOnThePageReadsWhatItsOwnerReads() {
        browser.get("/desk/tokens");
        HttpResponse<String> page =
                browser.post("/desk/tokens", Map.of("label", " 月报 表 ", "days", "30", "rights", "UNION_READ"));
        Matcher shown = SHOWN.matcher(page.body());
        assertThat(shown.find()).isTrue();
        String token = shown.group(1);
        assertThat(browser.get("/desk/tokens").body()).contains("月报 表").doesNotContain(token);
        assertThat(asked(token, "/api/v1/unions/" + given.street().id()).statusCode())
                .isEqualTo(200);
        assertThat(asked(token, "/api/v1/unions/" + given.otherDistrict().id()).statusCode())
                .isEqualTo(404);
        assertThat(tokens.list(officer).getFirst().usedAt()).isPresent();
    }

    @Test
    void itOpensNoPageNeitherAsBearerNorAsCookie() {
        String token = tokens.make(officer, reading("报表", "90")).text();
        HttpResponse<String> asBearer =
                visitors.fresh().program("GET", "/desk/tokens", "", "Authorization", "Bearer " + token);
        assertThat(asBearer.statusCode()).isEqualTo(302);
        assertThat(visitors.fresh().goOnIn(token).get("/desk/tokens").statusCode())
                .isEqualTo(302);
        assertThat(visitors.fresh()
                        .goOnIn(token)
                        .get("/api/v1/unions/" + given.street().id())
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> more =
                visitors.fresh().program("POST", "/desk/tokens", "", "Authorization", "Bearer " + token);
        assertThat(more.statusCode()).as("a token makes no tokens").isNotEqualTo(200);
        assertThat(tokens.list(officer)).hasSize(1);
    }

    @Test
    void oneThatNoProgramUsesForFourMonthsIsOver() {
        String address = "/api/v1/unions/" + given.street().id();
        String token = tokens.make(officer, reading("年报", "365")).text();
        unused(token, 119);
        assertThat(tokens.list(officer)).hasSize(1);
        assertThat(asked(token, address).statusCode()).isEqualTo(200);
        unused(token, 119);
        sessions.forget();
        assertThat(asked(token, address).statusCode()).as("used since").isEqualTo(200);
        unused(token, 121);
        sessions.forget();
        assertThat(asked(token, address).statusCode()).isEqualTo(401);
        assertThat(tokens.list(officer)).isEmpty();
        // Nor one that was never used.
        String forgotten = tokens.make(officer, reading("忘了", "365")).text();
        unused(forgotten, 121);
        assertThat(asked(forgotten, address).statusCode()).isEqualTo(401);
    }

    private void unused(String token, int days) {
        jdbc.sql("update access_session set used_at = used_at - make_interval(days => :days),"
                        + " created_at = created_at - make_interval(days => :days) where token_hash = :hash")
                .param("days", days)
                .param("hash", new Token(token).hash())
                .update();
    }

    @Test
    void endedOrWithItsOwnersRightsGoneItIsNobodysAtOnce() {
        String address = "/api/v1/unions/" + given.street().id();
        String ended = tokens.make(officer, reading("报表", "90")).text();
        String kept = tokens.make(officer, reading("大屏", "90")).text();
        assertThat(asked(ended, address).statusCode()).isEqualTo(200);
        assertThat(asked(kept, address).statusCode()).isEqualTo(200);
        UUID id = tokens.list(officer).getLast().id();
        Actor other = newOfficer(Role.STREET_OFFICER, given.street());
        assertRefused(AccessRefusal.NO_SUCH_TOKEN, () -> tokens.end(other, id));
        assertThat(asked(ended, address).statusCode()).isEqualTo(200);
        tokens.end(officer, id);
        assertRefused(AccessRefusal.NO_SUCH_TOKEN, () -> tokens.end(officer, id));
        assertThat(asked(ended, address).statusCode()).isEqualTo(401);
        assertThat(asked(kept, address).statusCode()).isEqualTo(200);
        Actor above = newOfficer(Role.DISTRICT_OFFICER, given.district());
        appointments.held(above).stream()
                .filter(each -> officer.account().equals(Optional.of(each.account())))
                .forEach(each -> appointments.end(above, each.id()));
        assertThat(asked(kept, address).statusCode()).isEqualTo(403);
    }

    @Test
    void itEndsWithItsTime() {
        Token token = tokens.make(officer, reading("报表", "30"));
        assertThat(sessions.actorOfProgram(token)).isPresent();
        jdbc.sql("update access_session set expires_at = created_at where label is not null and account_id = :account")
                .param("account", officer.account().orElseThrow().value())
                .update();
        sessions.forget();
        assertThat(sessions.actorOfProgram(token)).isEmpty();
        assertThat(tokens.list(officer)).isEmpty();
        tokens.make(officer, reading("报表", "30")); // the name is free again
    }

    @Test
    void badInputMakesNone() {
        tokens.make(officer, reading("报表", "30"));
        assertRefused(AccessRefusal.TOKEN_NAMED_ALREADY, () -> tokens.make(officer, reading("报表", "30")));
        for (String label : new String[] {"", "  ", "名".repeat(Tokens.LONGEST_LABEL + 1)}) {
            assertThatThrownBy(() -> tokens.make(officer, reading(label, "30"))).isInstanceOf(BadInput.class);
        }
        for (String days : new String[] {"", "0", "-1", "31", "3650000"}) {
            assertThatThrownBy(() -> tokens.make(officer, reading("别的", days))).isInstanceOf(BadInput.class);
        }
        for (int i = 1; i < Tokens.MOST; i++) {
            tokens.make(officer, reading("第" + i, "30"));
        }
        assertRefused(AccessRefusal.TOO_MANY_TOKENS, () -> tokens.make(officer, reading("再一个", "30")));
        assertThat(tokens.list(officer)).hasSize(Tokens.MOST);
    }

    @Test
    void manyMadeAtOnceStayWithinTheLimit() throws Exception {
        for (int i = 1; i < Tokens.MOST; i++) {
            tokens.make(officer, reading("第" + i, "30"));
        }
        try (ExecutorService hands = Executors.newFixedThreadPool(8)) {
            List<Future<Token>> made = IntStream.range(0, 8)
                    .mapToObj(i -> hands.submit(() -> tokens.make(officer, reading("同时" + i, "30"))))
                    .toList();
            for (Future<Token> each : made) {
                try {
                    each.get();
                } catch (ExecutionException refused) {
                    assertThat(refused.getCause()).hasMessage("refusal.access.too-many-tokens");
                }
            }
        }
        assertThat(tokens.list(officer)).hasSize(Tokens.MOST);
    }

    private Actor newOfficer(Role role, UnionSummary at) {
        String login = "t" + UUID.randomUUID().toString().substring(0, 12);
        accounts.establish(Actor.platform("test"), login, "周以宁", PASSWORD, SECRET, role, at.id());
        Optional<AccountId> account = store.account(login).map(AccountStore.Account::id);
        return new Actor(account, "周以宁", given.officer(role, at).grants());
    }

    private static Tokens.Making reading(String label, String days) {
        return new Tokens.Making(label, days, List.of("UNION_READ", "FIGURE_READ", "MEMBER_READ"), null);
    }

    private HttpResponse<String> asked(String token, String address) {
        return visitors.fresh().program("GET", address, "", "Authorization", "Bearer " + token);
    }
}

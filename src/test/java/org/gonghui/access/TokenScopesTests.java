package org.gonghui.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
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

/** A token does what its maker chose and its owner may at that moment, whichever is less. */
@CityTest
class TokenScopesTests {

    private static final String SECRET = "JBSWY3DPEHPK3PXP";

    @Autowired
    private Tokens tokens;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Appointments appointments;

    @Autowired
    private AccountStore store;

    @Autowired
    private AppointmentStore appointmentStore;

    @Autowired
    private Sessions sessions;

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Visitors visitors;

    @Autowired
    private Clock clock;

    private Actor officer = Actor.nobody();
    private int made;

    @BeforeEach
    void anOfficerOfADistrict() {
        officer = newOfficer(Role.DISTRICT_OFFICER, given.district());
    }

    @Test
    void whatAScopeLeavesIsWhatBothTheOwnerAndTheScopeAllow() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<Actor.Grant> grants = Stream.generate(() -> new Actor.Grant(someRights(random), somePath(random)))
                    .limit(random.nextInt(4))
                    .toList();
            boolean limited = random.nextBoolean();
            Optional<UnionPath> at =
                    limited && random.nextInt(8) > 0 ? Optional.of(somePath(random)) : Optional.empty();
            Optional<UnionId> below = limited ? Optional.of(new UnionId(UUID.randomUUID())) : Optional.empty();
            var scope = new TokenScope(someRights(random), below, at);
            var owner = new Actor(Optional.empty(), "", grants);
            var program = new Actor(Optional.empty(), "", scope.narrowed(grants));
            for (Right right : TokenScope.ALL) {
                UnionPath place = somePath(random);
                boolean allowed = scope.rights().contains(right)
                        && owner.reach(right).covers(place)
                        && (!limited || at.filter(path -> path.covers(place)).isPresent())
                        && !(right == Right.FIGURE_READ && scope.takesPartFromWhole(grants));
                assertThat(program.reach(right).covers(place))
                        .as("seed %d, round %d: %s at %s by %s of %s", seed, round, right, place, scope, grants)
                        .isEqualTo(allowed);
            }
        }
    }

    @Test
    void aTokenCarriesTheChosenRightAndNoOther() {
        for (Right right : Tokens.mayCarry(officer)) {
            Actor program = sessions.actorOfProgram(make(Set.of(right), "")).orElseThrow();
            assertThat(program.rights()).containsExactly(right);
            assertThat(program.reach(right)).isEqualTo(officer.reach(right));
        }
        assertThat(Tokens.mayCarry(officer)).doesNotContain(Right.SIGNED_IN, Right.AUDIT_READ);
    }

    @Test
    void aTokenWithoutARightIsRefusedWhereItIsNeededAndOneWithItIsAnswered() throws IOException {
        List<Route> routes = Routes.golden().stream()
                .filter(Route::isApi)
                .filter(route -> TokenScope.ALL.contains(route.may()))
                .toList();
        assertThat(routes).hasSizeGreaterThan(10);
        for (Right right : routes.stream().map(Route::may).collect(Collectors.toSet())) {
            Set<Right> others = Set.copyOf(Tokens.mayCarry(officer).stream()
                    .filter(each -> each != right)
                    .toList());
            String without = make(others, "").text();
            String with = make(Set.of(right), "").text();
            for (Route route : routes) {
                if (route.may() == right) {
                    HttpResponse<String> refused = send(without, route, given.street());
                    assertThat(refused.statusCode()).as(route.toString()).isEqualTo(403);
                    assertThat(refused.headers().firstValue("Content-Type").orElse(""))
                            .startsWith("application/problem+json");
                    assertThat(refused.body())
                            .as(route.toString())
                            .contains("urn:gonghui:refusal.access.token-lacks-right", right.name());
                    HttpResponse<String> answered = send(with, route, given.street());
                    assertThat(answered.statusCode())
                            .as(route + " " + answered.body())
                            .isNotIn(401, 403, 500);
                    if (route.namesAUnion()) {
                        assertThat(answered.statusCode()).as(route.toString()).isEqualTo(reached(route));
                    }
                }
            }
        }
    }

    /** Who gets as far as the handler: an answer, or that nothing was sent to put on record. */
    private static int reached(Route route) {
        return route.method().equals("GET") ? 200 : 422;
    }

    @Test
    void whatIsItsOwnersOwnIsNotForAProgram() {
        String token = make(Set.copyOf(Tokens.mayCarry(officer)), "").text();
        for (String own : List.of("/api/v1/notices", "/api/v1/me/card", "/api/v1/me/application")) {
            assertThat(asked(token, own).statusCode()).as(own).isEqualTo(403);
        }
        assertThat(asked(token, "/api/v1/employments").statusCode()).isEqualTo(200);
    }

    @Test
    void oneLimitedToAStreetReadsNothingOfAnother() throws IOException {
        UnionSummary other = unions.children(officer, given.district().id()).stream()
                .filter(street -> !street.id().equals(given.street().id()) && street.children() > 0)
                .findFirst()
                .orElseThrow();
        UnionSummary otherBase = unions.children(officer, other.id()).getFirst();
        Set<Right> all = Set.copyOf(Tokens.mayCarry(officer));
        String free = make(all, "").text();
        String limited = make(all, given.street().code()).text();
        for (Route route : Routes.golden()) {
            if (route.isApi() && route.namesAUnion()) {
                for (UnionSummary outside : List.of(other, otherBase, given.district(), given.city())) {
                    assertThat(send(limited, route, outside).statusCode())
                            .as(route + " of " + outside.name())
                            .isEqualTo(404);
                }
                assertThat(send(limited, route, given.street()).statusCode())
                        .as(route.toString())
                        .isEqualTo(reached(route));
                assertThat(send(free, route, other).statusCode())
                        .as(route.toString())
                        .isEqualTo(reached(route));
            }
        }
        String search = "/api/v1/unions?q=" + otherBase.code();
        assertThat(asked(free, search).body()).contains(otherBase.id().toString());
        assertThat(asked(limited, search).body()).doesNotContain(otherBase.id().toString());
        String above = "/api/v1/unions/" + given.street().id() + "/above";
        assertThat(asked(free, above).body()).contains(given.district().id().toString());
        assertThat(asked(limited, above).body())
                .doesNotContain(given.district().id().toString());
        assertThat(visitors.fresh()
                        .program(
                                "POST",
                                "/desk/members/" + given.street().id() + "/export",
                                "",
                                "Authorization",
                                "Bearer " + limited)
                        .statusCode())
                .as("a file")
                .isIn(302, 403);
        assertThat(visitors.fresh().goOnIn(limited).get("/desk/overview").statusCode())
                .isEqualTo(302);
    }

    @Test
    void aReplyIsRepeatedToNoTokenThatReachesLess() {
        String courier = visitors.fresh().token(Given.freshPhone().text());
        HttpResponse<String> sent = post(courier, "/api/v1/applications", UUID.randomUUID(), """
                {"code":"%s","name":"林若川","identity":"%s","employment":"courier","employer":"快跑速递"}
                """.formatted(
                        given.street().code(), Given.freshIdentity().text()));
        assertThat(sent.statusCode()).isEqualTo(201);
        String approval =
                "/api/v1/applications/" + sent.body().replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1") + "/approval";
        UnionSummary elsewhere = unions.children(officer, given.district().id()).stream()
                .filter(street -> !street.id().equals(given.street().id()))
                .findFirst()
                .orElseThrow();
        UUID key = UUID.randomUUID();
        Set<Right> rights = Set.of(Right.MEMBER_APPROVE, Right.MEMBER_READ, Right.UNION_READ);
        String everywhere = make(rights, "").text();
        assertThat(post(everywhere, approval, key, "{}").statusCode()).isEqualTo(200);
        assertThat(post(everywhere, approval, key, "{}").headers().firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(post(make(rights, elsewhere.code()).text(), approval, key, "{}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRightThatItsOwnerLosesIsLostAtTheNextRequest() {
        Set<Right> all = Set.copyOf(Tokens.mayCarry(officer));
        String token = make(all, "").text();
        String members = "/api/v1/unions/" + given.street().id() + "/members";
        String figures = "/api/v1/figures/" + given.street().id();
        assertThat(asked(token, members).statusCode()).isEqualTo(200);
        appoint(Role.AUDITOR, given.district());
        Actor above = newOfficer(Role.CITY_OFFICER, given.city());
        appointments.held(above).stream()
                .filter(each -> officer.account().equals(Optional.of(each.account())))
                .filter(each -> each.role() == Role.DISTRICT_OFFICER)
                .forEach(each -> appointments.end(above, each.id()));
        assertThat(asked(token, figures).statusCode()).isEqualTo(200);
        HttpResponse<String> lost = asked(token, members);
        assertThat(lost.statusCode()).isEqualTo(403);
        assertThat(lost.body()).doesNotContain("token-lacks-right"); // the token carries it, its owner does not
    }

    /** Of many tokens, each for one part, the figures that are hidden in the whole would follow. */
    @Test
    void figuresOfAPartAreForThoseWhoMayReadItsPeople() {
        String token = make(
                        Set.of(Right.UNION_READ, Right.FIGURE_READ),
                        given.street().code())
                .text();
        String figures = "/api/v1/figures/" + given.street().id();
        assertThat(asked(token, figures).statusCode()).isEqualTo(200);
        Actor above = newOfficer(Role.CITY_OFFICER, given.city());
        appoint(Role.AUDITOR, given.district());
        appointments.held(above).stream()
                .filter(each -> officer.account().equals(Optional.of(each.account())))
                .filter(each -> each.role() == Role.DISTRICT_OFFICER)
                .forEach(each -> appointments.end(above, each.id()));
        assertThat(asked(token, figures).statusCode()).isEqualTo(403);

        officer = newOfficer(Role.AUDITOR, given.district());
        assertThatThrownBy(() -> make(Set.of(Right.FIGURE_READ), given.street().code()))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .extracting(BadInput.Fault::key)
                                .containsExactly("figures-of-a-part"));
        make(Set.of(Right.UNION_READ), given.street().code());
        assertThat(asked(make(Set.of(Right.FIGURE_READ), "").text(), figures).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRightThatItsOwnerGainsLaterIsNotTheTokens() {
        Token token = make(Set.of(Right.FIGURE_READ), "");
        appoint(Role.AUDITOR, given.district());
        sessions.forget();
        assertThat(sessions.actorOfProgram(token).orElseThrow().rights()).containsExactly(Right.FIGURE_READ);
    }

    @Test
    void oneLimitedToAUnionThatIsNoMoreReachesNothing() {
        UnionSummary base = given.union(unions.found(
                Actor.platform("test"),
                given.street().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "BASE_UNION", "2023-03-01", "")));
        String token = make(Set.of(Right.UNION_READ), base.name()).text();
        assertThat(asked(token, "/api/v1/unions/" + base.id()).statusCode()).isEqualTo(200);
        Visitor city = visitors.signedIn("city@demo");
        String form = "/desk/unions/" + base.id() + "/reorganisations";
        city.get(form);
        String today = LocalDate.now(clock).toString();
        city.post(form, Map.of("key", UUID.randomUUID().toString(), "kind", "DISSOLVE", "code", "", "from", today));
        assertThat(unions.named(base.id()).orElseThrow().dissolved()).isTrue();
        sessions.forget(); // an order of the same second would be heard within a second
        for (UnionSummary each : List.of(base, given.street())) {
            assertThat(asked(token, "/api/v1/unions/" + each.id()).statusCode())
                    .as(each.name())
                    .isEqualTo(403);
        }
    }

    @Test
    void oneThatWasMadeBeforeThereWereScopesKeepsWhatItHad() {
        Token token = make(Set.of(Right.FIGURE_READ), given.street().code());
        jdbc.sql("update access_session set scope_rights = null, scope_union_id = null where token_hash = :hash")
                .param("hash", token.hash())
                .update();
        sessions.forget();
        assertThat(sessions.actorOfProgram(token).orElseThrow().grants()).isEqualTo(officer.grants());
        assertThat(asked(token.text(), "/api/v1/notices").statusCode()).isEqualTo(200);
        assertThat(tokens.list(officer).getFirst().rights()).isEmpty();
    }

    @Test
    void nobodyMakesATokenThatMayMoreThanThemselves() {
        for (List<String> rights : List.of(
                List.<String>of(),
                List.of(""),
                List.of("AUDIT_READ"),
                List.of("UNION_READ", "SIGNED_IN"),
                List.of("PUBLIC"),
                List.of("ROOT"))) {
            assertBad(rights, "");
        }
        assertBad(null, "");
        for (String below : List.of(given.otherDistrict().code(), given.city().name(), "没有这个工会", "%", "' or true --")) {
            assertBad(List.of("UNION_READ"), below);
        }
        assertThat(tokens.list(officer)).isEmpty();
        Token token = make(Set.of(Right.UNION_READ), "");
        assertRefused(AccessRefusal.NO_SUCH_TOKEN, () -> tokens.end(newOfficer(Role.CITY_OFFICER, given.city()), id()));
        assertThat(sessions.actorOfProgram(token)).isPresent();
    }

    @Test
    void theListAndTheTrailSayWhatEachMayDo() {
        make(Set.of(Right.UNION_READ, Right.MEMBER_APPROVE), given.street().code());
        Token session = Token.fresh();
        jdbc.sql("""
                        insert into access_session
                            (id, token_hash, account_id, complete, created_at, confirmed_at, expires_at)
                        select gen_random_uuid(), :hash, account_id, true, created_at, created_at, expires_at
                          from access_session
                         where account_id = :account limit 1
                        """)
                .param("hash", session.hash())
                .param("account", officer.account().orElseThrow().value())
                .update();
        Visitor browser = visitors.fresh().goOnIn(session.text());
        assertThat(browser.get("/desk/tokens").body())
                .contains("看组织体系和工会档案、审批入会和转会", "仅限" + given.street().name());
        HttpResponse<String> refused = browser.post("/desk/tokens", Map.of("label", "空的", "days", "30"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("请至少选择一项", "value=\"空的\"").doesNotContain("value=\"UNION_READ\" checked");
        assertThat(jdbc.sql("select facts::text from audit_entry where subject_id = :id")
                        .param("id", id())
                        .query(String.class)
                        .single())
                .contains("MEMBER_APPROVE", "UNION_READ", given.street().name());
    }

    private void assertBad(@org.jspecify.annotations.Nullable List<String> rights, String below) {
        assertThatThrownBy(() -> tokens.make(officer, new Tokens.Making("报表", "30", rights, below)))
                .as(rights + " " + below)
                .isInstanceOf(BadInput.class);
    }

    private UUID id() {
        return tokens.list(officer).getFirst().id();
    }

    private Token make(Set<Right> rights, String below) {
        List<String> names = rights.stream().map(Right::name).toList();
        return tokens.make(officer, new Tokens.Making("程序" + ++made, "30", names, below));
    }

    private void appoint(Role role, UnionSummary at) {
        appointmentStore.insertAppointment(
                UUID.randomUUID(), officer.account().orElseThrow(), role, at.id(), LocalDate.now(clock), null);
    }

    private Actor newOfficer(Role role, UnionSummary at) {
        String login = "t" + UUID.randomUUID().toString().substring(0, 12);
        accounts.establish(Actor.platform("test"), login, "周以宁", "a password of tests 1", SECRET, role, at.id());
        return new Actor(
                store.account(login).map(AccountStore.Account::id),
                "周以宁",
                given.officer(role, at).grants());
    }

    private HttpResponse<String> send(String token, Route route, UnionSummary union) {
        return visitors.fresh()
                .program(
                        route.method(),
                        route.at(union.id().value()),
                        route.method().equals("POST") ? "{\"reason\":\"试\"}" : "",
                        "Authorization",
                        "Bearer " + token,
                        "Idempotency-Key",
                        UUID.randomUUID().toString());
    }

    private HttpResponse<String> asked(String token, String address) {
        return visitors.fresh().program("GET", address, "", "Authorization", "Bearer " + token);
    }

    private HttpResponse<String> post(String token, String address, UUID key, String body) {
        return visitors.fresh()
                .program("POST", address, body, "Authorization", "Bearer " + token, "Idempotency-Key", key.toString());
    }

    private static Set<Right> someRights(Random random) {
        return TokenScope.ALL.stream().filter(right -> random.nextBoolean()).collect(Collectors.toSet());
    }

    private static UnionPath somePath(Random random) {
        var parts = new ArrayList<String>(List.of("00001"));
        while (parts.size() < 5 && random.nextInt(4) > 0) {
            parts.add("0000" + (1 + random.nextInt(2)));
        }
        return new UnionPath(String.join(".", parts));
    }
}

package org.gonghui.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.CannotStart;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;

/** Passwords, second factors and sessions: changed by their owner, opened anew by whoever could have given the roles. */
@CityTest
class CredentialsTests {

    private static final String PASSWORD = "a password of tests 1";
    private static final String OTHER = "quite another one of tests";

    @Autowired
    private Credentials credentials;

    @Autowired
    private Appointments appointments;

    @Autowired
    private Invitations invitations;

    @Autowired
    private Accounts accounts;

    @Autowired
    private SignIn signIn;

    @Autowired
    private Sessions sessions;

    @Autowired
    private Tokens tokens;

    @Autowired
    private SecondFactor secondFactor;

    @Autowired
    private Unions unions;

    @Autowired
    private Clock clock;

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    private Staff officer = new Staff("", "", Token.fresh(), Actor.nobody());

    /** Someone who has signed in. */
    private record Staff(String login, String secret, Token token, Actor actor) {}

    @BeforeEach
    void aStreetOfficer() {
        officer = signedIn(Role.STREET_OFFICER, given.street());
    }

    @Test
    void anotherPasswordTakesThePlaceOfTheOneBeforeAndEndsAllOtherSessions() {
        Token elsewhere = again(officer);
        change(officer, PASSWORD, OTHER, OTHER);
        assertThat(sessions.actorOf(officer.token())).isPresent();
        assertThat(sessions.actorOf(elsewhere)).isEmpty();
        assertRefused(
                AccessRefusal.WRONG_PASSWORD,
                () -> signIn.withPassword(officer.login(), PASSWORD, SignIn.Origin.unknown("here")));
        assertThat(signIn.withPassword(officer.login(), OTHER, SignIn.Origin.unknown("here")))
                .isNotNull();
        assertThat(told(officer)).containsExactly("CREDENTIALS_CHANGED");
    }

    @Test
    void withoutThePresentPasswordNothingChanges() {
        assertRefused(AccessRefusal.WRONG_PRESENT_PASSWORD, () -> change(officer, "not the present one", OTHER, OTHER));
        assertThatThrownBy(() -> change(officer, "", OTHER, OTHER)).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> change(officer, PASSWORD, OTHER, OTHER + "!")).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> change(officer, PASSWORD, "short", "short")).isInstanceOf(BadInput.class);
        String guessable = officer.login() + "-gonghui";
        assertThatThrownBy(() -> change(officer, PASSWORD, guessable, guessable))
                .isInstanceOf(BadInput.class);
        assertThat(signIn.withPassword(officer.login(), PASSWORD, SignIn.Origin.unknown("here")))
                .isNotNull();
        assertThat(told(officer)).isEmpty();
    }

    @Test
    void thePresentPasswordIsNotGuessedHereEither() {
        for (int i = 0; i < 5; i++) {
            String from = "somewhere-" + i + officer.login();
            assertRefused(
                    AccessRefusal.WRONG_PRESENT_PASSWORD,
                    () -> credentials.changePassword(
                            officer.actor(),
                            officer.token(),
                            new Credentials.PasswordChange("a wrong one", OTHER, OTHER),
                            from));
        }
        assertRefused(AccessRefusal.TOO_MANY_ATTEMPTS, () -> change(officer, PASSWORD, OTHER, OTHER));
    }

    @Test
    void anotherAuthenticatorTakesBothOfTheOldAndLeavesThePassword() {
        assertRefused(
                AccessRefusal.WRONG_CODE,
                () -> credentials.changeFactor(officer.actor(), PASSWORD, "not a code", "here"));
        assertRefused(
                AccessRefusal.WRONG_PRESENT_PASSWORD,
                () -> credentials.changeFactor(officer.actor(), "a wrong one", next(officer), "here"));
        Token program = tokens.make(officer.actor(), new Tokens.Making("报表", "30", List.of("UNION_READ"), ""));
        Token link = tokenOf(credentials.changeFactor(officer.actor(), PASSWORD, next(officer), "here"));
        Invitations.Enrolment enrolment = invitations.enrolment(link);
        assertThat(enrolment.factorOnly()).isTrue();
        assertThat(enrolment.secret()).isNotEqualTo(officer.secret());
        // Whatever else is sent along, the password stays.
        invitations.accept(link, new Invitations.Acceptance(new NewPassword(OTHER, OTHER), now(enrolment.secret())));
        assertThat(sessions.actorOf(officer.token())).isEmpty();
        assertThat(sessions.actorOfProgram(program))
                .as("its owner changed a phone")
                .isPresent();
        assertRefused(
                AccessRefusal.WRONG_PASSWORD,
                () -> signIn.withPassword(officer.login(), OTHER, SignIn.Origin.unknown("here")));
        Token first = signIn.withPassword(officer.login(), PASSWORD, SignIn.Origin.unknown("here"));
        assertRefused(
                AccessRefusal.WRONG_CODE,
                () -> signIn.withCode(
                        first, secondFactor.unusedCode(officer.secret(), 0), SignIn.Origin.unknown("here")));
        Token token = signIn.withCode(first, next(enrolment.secret()), SignIn.Origin.unknown("here"));
        assertThat(sessions.actorOf(token)).isPresent();
        assertThat(told(officer)).containsExactly("CREDENTIALS_CHANGED");
    }

    @Test
    void theLinkForAnotherAuthenticatorIsGoodForAQuarterOfAnHour() {
        Token link = tokenOf(credentials.changeFactor(officer.actor(), PASSWORD, next(officer), "here"));
        ageLinks(Duration.ofMinutes(16));
        assertRefused(AccessRefusal.LINK_NOT_VALID, () -> invitations.enrolment(link));
    }

    @Test
    void whoLostBothBeginsAnewByALinkAndEverythingBeforeIsOver() {
        Token program = tokens.make(officer.actor(), new Tokens.Making("报表", "30", List.of("UNION_READ"), ""));
        Staff above = signedIn(Role.DISTRICT_OFFICER, given.district());
        Token link = tokenOf(renewal(above, officer));
        // Until it is used, nothing has changed but that its owner knows.
        assertThat(sessions.actorOf(officer.token())).isPresent();
        assertThat(told(officer)).containsExactly("RENEWAL_LINK");
        Invitations.Enrolment enrolment = invitations.enrolment(link);
        assertThat(enrolment.known()).isTrue();
        invitations.accept(link, new Invitations.Acceptance(new NewPassword(OTHER, OTHER), now(enrolment.secret())));
        assertThat(sessions.actorOf(officer.token())).isEmpty();
        assertThat(sessions.actorOfProgram(program)).isEmpty();
        assertRefused(
                AccessRefusal.WRONG_PASSWORD,
                () -> signIn.withPassword(officer.login(), PASSWORD, SignIn.Origin.unknown("here")));
        Token first = signIn.withPassword(officer.login(), OTHER, SignIn.Origin.unknown("here"));
        assertThat(sessions.actorOf(signIn.withCode(first, next(enrolment.secret()), SignIn.Origin.unknown("here"))))
                .isPresent();
        assertRefused(AccessRefusal.LINK_NOT_VALID, () -> invitations.enrolment(link));
        assertThat(told(officer)).containsExactly("RENEWAL_LINK", "CREDENTIALS_CHANGED");
    }

    @Test
    void aLinkForSomebodyElseIsGivenByWhoeverCouldGiveAllTheirRolesAndByNobodyElse() {
        Staff above = signedIn(Role.DISTRICT_OFFICER, given.district());
        Staff beside = signedIn(Role.DISTRICT_OFFICER, given.otherDistrict());
        UUID appointment = appointmentOf(above, officer);
        assertRefused(AccessRefusal.NO_SUCH_APPOINTMENT, () -> renewal(beside, appointment));
        assertRefused(AccessRefusal.NOT_YOUR_OWN, () -> renewal(above, appointmentOf(above, above)));
        Staff equal = signedIn(Role.DISTRICT_OFFICER, given.district());
        assertRefused(AccessRefusal.ROLE_NOT_YOURS_TO_GIVE, () -> renewal(above, appointmentOf(above, equal)));
        // With a role elsewhere that is not theirs to give, the account is not theirs to open.
        Staff city = signedIn(Role.ADMINISTRATOR, given.city());
        appointments.appoint(
                city.actor(),
                given.otherDistrict().id(),
                new Appointments.Appointing(officer.login(), "林若川", "AUDITOR", "2023-12-28", ""));
        assertRefused(AccessRefusal.ROLE_NOT_YOURS_TO_GIVE, () -> renewal(above, appointment));
        assertThat(told(officer)).containsExactly("APPOINTED");
        assertThat(renewal(city, appointment)).startsWith("/invitations/");
    }

    @Test
    void aLinkEndsWhenItsUnionMoves() {
        Staff above = signedIn(Role.DISTRICT_OFFICER, given.district());
        UnionId street = unions.found(
                given.cityOfficer(),
                given.district().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "STREET_FEDERATION", "2022-02-01", ""));
        Staff there = signedIn(Role.STREET_OFFICER, given.union(street));
        Token link = tokenOf(renewal(above, there));
        Token beside = tokenOf(renewal(signedIn(Role.DISTRICT_OFFICER, given.district()), officer));
        Visitor city = new Visitor("http://localhost:" + port).signIn("city@demo");
        given.reorganise(city, street, "MOVE", given.otherDistrict(), LocalDate.now(clock));
        assertRefused(AccessRefusal.LINK_NOT_VALID, () -> invitations.enrolment(link));
        assertThat(invitations.enrolment(beside).known()).isTrue();
    }

    @Test
    void aLinkEndsWhenItsAccountGetsARoleThatItsGiverCouldNotHaveGiven() {
        Staff above = signedIn(Role.DISTRICT_OFFICER, given.district());
        Token link = tokenOf(renewal(above, officer));
        Staff city = signedIn(Role.ADMINISTRATOR, given.city());
        appointments.appoint(
                city.actor(),
                given.otherDistrict().id(),
                new Appointments.Appointing(officer.login(), "林若川", "DISTRICT_OFFICER", "2023-12-28", ""));
        assertRefused(AccessRefusal.LINK_NOT_VALID, () -> invitations.enrolment(link));
    }

    @Test
    void anotherPasswordEndsTheLinksThatWait() {
        Token own = tokenOf(credentials.changeFactor(officer.actor(), PASSWORD, next(officer), "here"));
        change(officer, PASSWORD, OTHER, OTHER);
        assertRefused(AccessRefusal.LINK_NOT_VALID, () -> invitations.enrolment(own));
        Token anothers = tokenOf(renewal(signedIn(Role.DISTRICT_OFFICER, given.district()), officer));
        change(officer, OTHER, PASSWORD, PASSWORD);
        assertRefused(AccessRefusal.LINK_NOT_VALID, () -> invitations.enrolment(anothers));
    }

    /** Or whoever knows the old password changes it once more, after its owner has. */
    @Test
    void ofTwoWhoShowTheSamePasswordAtOnceOneChangesIt() throws Exception {
        Staff thief = new Staff(officer.login(), officer.secret(), again(officer), officer.actor());
        try (ExecutorService hands = Executors.newFixedThreadPool(2)) {
            List<Future<?>> changes = List.of(
                    hands.submit(() -> change(officer, PASSWORD, OTHER, OTHER)),
                    hands.submit(() -> change(thief, PASSWORD, "what a thief would take", "what a thief would take")));
            int changed = 0;
            for (Future<?> change : changes) {
                try {
                    change.get();
                    changed++;
                } catch (ExecutionException refused) {
                    assertThat(refused.getCause()).hasMessage("refusal.access.wrong-present-password");
                }
            }
            assertThat(changed).isEqualTo(1);
        }
    }

    @Test
    void aStolenSessionGivesNoLinks() {
        Staff above = signedIn(Role.DISTRICT_OFFICER, given.district());
        UUID appointment = appointmentOf(above, officer);
        assertRefused(
                AccessRefusal.WRONG_CODE, () -> credentials.renewal(above.actor(), appointment, "not a code", "here"));
        assertThatThrownBy(() -> credentials.renewal(above.actor(), appointment, "", "here"))
                .isInstanceOf(BadInput.class);
        assertThat(told(officer)).isEmpty();
    }

    @Test
    void aLinkForSomebodyWhoLostTheirsIsGoodForADay() {
        Staff above = signedIn(Role.DISTRICT_OFFICER, given.district());
        Token link = tokenOf(renewal(above, officer));
        ageLinks(Duration.ofHours(23));
        assertThat(invitations.enrolment(link).login()).contains(officer.login());
        ageLinks(Duration.ofHours(2));
        assertRefused(AccessRefusal.LINK_NOT_VALID, () -> invitations.enrolment(link));
    }

    @Test
    void theOnlyAdministratorGetsALinkFromWhoeverRunsThePlatform() {
        Staff administrator = signedIn(Role.ADMINISTRATOR, given.city());
        Token link = tokenOf(invitations.renewalByOperator(" " + administrator.login() + " "));
        assertThat(invitations.enrolment(link).login()).contains(administrator.login());
        assertThat(told(administrator)).containsExactly("RENEWAL_LINK");
        assertThat(jdbc.sql("""
                        select count(*) from audit_entry
                         where action = 'access.renewal' and subject_id = :account and account_id is null
                        """)
                        .param(
                                "account",
                                administrator.actor().account().orElseThrow().value())
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThatThrownBy(() -> invitations.renewalByOperator("nobody-at-all"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("nobody-at-all");
    }

    @Test
    void anUnusedSessionEndsAndAUsedOneGoesOn() {
        for (int lunch = 1; lunch < 5; lunch++) {
            ageSession(Duration.ofMinutes(115));
            assertThat(sessions.actorOf(officer.token()))
                    .as("after lunch %d", lunch)
                    .isPresent();
        }
        ageSession(Duration.ofMinutes(121));
        assertThat(sessions.actorOf(officer.token())).isEmpty();
    }

    /** As if nobody had used it for so long: the clock itself stays where other tests need it. */
    private void ageSession(Duration by) {
        jdbc.sql("update access_session set used_at = used_at - make_interval(secs => :by) where token_hash = :hash")
                .param("by", by.toSeconds())
                .param("hash", officer.token().hash())
                .update();
        sessions.forget();
    }

    private void ageLinks(Duration by) {
        jdbc.sql("update access_invitation set expires_at = expires_at - make_interval(secs => :by)"
                        + " where account_id = :account")
                .param("by", by.toSeconds())
                .param("account", officer.actor().account().orElseThrow().value())
                .update();
    }

    @Test
    void onesOwnSessionsAreSeenAndEnded() {
        Visitor here = visitor(officer.token());
        here.get("/me/sign-in");
        Token elsewhere = again(officer);
        Token third = again(officer);
        assertThat(here.get("/me/sign-in").body()).contains("退出其他所有登录");
        UUID of = idOf(elsewhere);
        HttpResponse<String> ended = here.post("/me/sign-in/sessions/" + of + "/end", Map.of());
        assertThat(ended.statusCode()).isEqualTo(302);
        assertThat(sessions.actorOf(elsewhere)).isEmpty();
        assertThat(sessions.actorOf(third)).isPresent();
        here.post("/me/sign-in/sessions/end", Map.of());
        assertThat(sessions.actorOf(third)).isEmpty();
        assertThat(here.get("/me/sign-in").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyEndsAnothersSession() {
        Staff other = signedIn(Role.STREET_OFFICER, given.street());
        assertRefused(AccessRefusal.NO_SUCH_SESSION, () -> credentials.end(officer.actor(), idOf(other.token())));
        assertThat(sessions.actorOf(other.token())).isPresent();
        credentials.endOthers(officer.actor(), officer.token());
        assertThat(sessions.actorOf(other.token())).isPresent();
    }

    @Test
    void theBrowserIsNamedAndNothingMore() {
        assertThat(browserOf("Mozilla/5.0 (Linux; Android 10; JNY-LX2) AppleWebKit/537.36 Chrome/92.0 Mobile"
                        + " Safari/537.36 MicroMessenger/8.0.40"))
                .isEqualTo("WeChat · Android");
        assertThat(browserOf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0"))
                .isEqualTo("Edge · Windows");
        assertThat(browserOf("<script>alert(1)</script>")).isEmpty();
    }

    @Test
    void aMemberHasNoPasswordToChange() {
        Visitor member = new Visitor("http://localhost:" + port)
                .signInByPhone(Given.freshPhone().text());
        assertThat(member.get("/me/sign-in").body()).contains("登录在哪里").doesNotContain("/me/sign-in/password");
        HttpResponse<String> form = member.get("/me/sign-in/password");
        assertThat(form.statusCode()).isEqualTo(AccessRefusal.NO_PASSWORD.status());
    }

    private String browserOf(String agent) {
        var request = new MockHttpServletRequest();
        request.addHeader("User-Agent", agent);
        return Browser.of(request);
    }

    private void change(Staff who, String present, String password, String again) {
        credentials.changePassword(
                who.actor(),
                who.token(),
                new Credentials.PasswordChange(present, password, again),
                "here-" + who.login());
    }

    private String renewal(Staff by, Staff whom) {
        return renewal(by, appointmentOf(by, whom));
    }

    private String renewal(Staff by, UUID appointment) {
        return credentials.renewal(by.actor(), appointment, next(by), "here-" + by.login());
    }

    private UUID appointmentOf(Staff by, Staff whom) {
        return appointments.held(by.actor()).stream()
                .filter(each -> each.login().equals(whom.login()))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private List<String> told(Staff who) {
        return jdbc.sql("select kind from notice_notice where account_id = :account order by id")
                .param("account", who.actor().account().orElseThrow().value())
                .query(String.class)
                .list();
    }

    private UUID idOf(Token token) {
        return jdbc.sql("select id from access_session where token_hash = :hash")
                .param("hash", token.hash())
                .query(UUID.class)
                .single();
    }

    private Visitor visitor(Token token) {
        return new Visitor("http://localhost:" + port).goOnIn(token.text());
    }

    private Staff signedIn(Role role, UnionSummary at) {
        String login = "c" + UUID.randomUUID().toString().substring(0, 12);
        String secret = secondFactor.freshSecret();
        accounts.establish(Actor.platform("test"), login, "林若川", PASSWORD, secret, role, at.id());
        Token token = signIn.withCode(
                signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(login)),
                secondFactor.unusedCode(secret, 0),
                SignIn.Origin.unknown(login));
        return new Staff(login, secret, token, sessions.actorOf(token).orElseThrow());
    }

    /** Signs in once more, elsewhere. */
    private Token again(Staff who) {
        return sessions.begin(who.actor().account().orElseThrow(), SignIn.SESSION);
    }

    private static Token tokenOf(String link) {
        return new Token(link.substring(link.lastIndexOf('/') + 1));
    }

    private String next(Staff who) {
        return accounts.demonstrationCode(who.login()).orElseThrow();
    }

    private String now(String secret) {
        return secondFactor.unusedCode(secret, 0);
    }

    /** The code after the one that was used just now. */
    private String next(String secret) {
        return secondFactor.unusedCode(
                secret, secondFactor.stepOf(secret, now(secret)).orElseThrow());
    }
}

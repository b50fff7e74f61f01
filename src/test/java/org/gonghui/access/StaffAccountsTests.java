package org.gonghui.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
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

/** The account of somebody who lost a phone, or left: whoever could give all their roles ends its sessions, or closes it. */
@CityTest
class StaffAccountsTests {

    private static final String NAME = "许明岚";
    private static final String PASSWORD = "a password of tests 1";
    private static final String OTHER = "quite another one of tests";

    @Autowired
    private StaffAccounts staffAccounts;

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
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    /** Someone who has signed in. */
    private record Staff(String login, Token token, Actor actor) {

        AccountId account() {
            return actor.account().orElseThrow();
        }
    }

    private Staff officer = new Staff("", Token.fresh(), Actor.nobody());
    private Staff above = officer;

    @BeforeEach
    void aStreetOfficerAndOneAbove() {
        officer = signedIn(Role.STREET_OFFICER, given.street());
        above = signedIn(Role.DISTRICT_OFFICER, given.district());
    }

    @Test
    void allSessionsAndTokensOfSomebodyEndAtOnceAndTheySignInAgain() {
        Token program = tokens.make(officer.actor(), new Tokens.Making("报表", "30", List.of("UNION_READ"), ""));
        UUID appointment = appointmentOf(above, officer);
        StaffAccounts.Standing standing = staffAccounts.standing(above.actor(), appointment);
        assertThat(standing.sessions()).isOne();
        assertThat(standing.tokens()).isOne();
        staffAccounts.endSessions(above.actor(), appointment);
        assertThat(sessions.actorOf(officer.token())).isEmpty();
        assertThat(sessions.actorOfProgram(program)).isEmpty();
        assertThat(told(officer)).containsExactly("SESSIONS_ENDED");
        assertThat(recorded("access.sessions-ended", officer)).isOne();
        assertThat(sessions.actorOf(signIn(officer.login(), PASSWORD))
                        .orElseThrow()
                        .grants())
                .as("the roles stay")
                .isNotEmpty();
    }

    @Test
    void withAClosedAccountNobodySignsInAndAllThatItHeldIsOver() {
        Token program = tokens.make(officer.actor(), new Tokens.Making("报表", "30", List.of("UNION_READ"), ""));
        appoint(above, officer.login(), given.base(), "BASE_OFFICER");
        UUID appointment = appointmentOf(above, officer);
        Token link = tokenOf(appointments.renewal(above.actor(), appointment));
        assertThat(staffAccounts.standing(above.actor(), appointment).held()).hasSize(2);
        staffAccounts.close(above.actor(), appointment);
        assertThat(sessions.actorOf(officer.token())).isEmpty();
        assertThat(sessions.actorOfProgram(program)).isEmpty();
        assertRefused(AccessRefusal.LINK_NOT_VALID, () -> invitations.enrolment(link));
        assertRefused(
                AccessRefusal.WRONG_PASSWORD,
                () -> signIn.withPassword(officer.login(), PASSWORD, SignIn.Origin.unknown(officer.login())));
        assertThat(appointments.held(above.actor()))
                .noneMatch(held -> held.login().equals(officer.login()));
        assertRefused(
                AccessRefusal.SIGN_IN_EXPIRED,
                () -> tokens.make(officer.actor(), new Tokens.Making("又一个", "30", List.of("UNION_READ"), "")));
        assertThat(told(officer)).contains("ACCOUNT_CLOSED", "APPOINTMENT_ENDED");
        assertThat(recorded("access.close", officer)).isOne();
        assertThat(recorded("access.end", officer)).isEqualTo(2);
        assertThat(recorded("access.sign-in", officer)).as("what it did stays").isOne();
        assertRefused(AccessRefusal.NO_SUCH_APPOINTMENT, () -> staffAccounts.close(above.actor(), appointment));
    }

    @Test
    void aClosedAccountIsOpenedAgainByTheLinkOfANewAppointment() {
        staffAccounts.close(above.actor(), appointmentOf(above, officer));
        // Not by whoever could not have given the role that it had.
        Staff beside = signedIn(Role.DISTRICT_OFFICER, given.otherDistrict());
        assertRefused(
                AccessRefusal.LOGIN_TAKEN,
                () -> appointments.appoint(
                        beside.actor(),
                        given.otherDistrict().id(),
                        new Appointments.Appointing(officer.login(), NAME, "STREET_OFFICER", "2023-12-28", "")));
        Token link = tokenOf(
                appoint(above, officer.login(), given.street(), "BASE_OFFICER").orElseThrow());
        Invitations.Enrolment enrolment = invitations.enrolment(link);
        invitations.accept(
                link,
                new Invitations.Acceptance(
                        new NewPassword(OTHER, OTHER), secondFactor.unusedCode(enrolment.secret(), 0)));
        assertThat(recorded("access.reopen", officer)).isOne();
        jdbc.sql("update access_account set totp_last_step = 0 where login = :login")
                .param("login", officer.login())
                .update();
        Actor again = sessions.actorOf(signIn(officer.login(), OTHER)).orElseThrow();
        assertThat(again.account()).contains(officer.account());
        assertThat(again.grants()).hasSize(1);
    }

    @Test
    void thisIsForWhoeverCouldGiveAllTheirRolesAndForNobodyElse() {
        UUID appointment = appointmentOf(above, officer);
        Staff beside = signedIn(Role.DISTRICT_OFFICER, given.otherDistrict());
        refusedBoth(AccessRefusal.NO_SUCH_APPOINTMENT, beside, appointment);
        refusedBoth(AccessRefusal.NO_SUCH_APPOINTMENT, above, UUID.randomUUID());
        refusedBoth(AccessRefusal.NOT_YOUR_OWN, above, appointmentOf(above, above));
        Staff equal = signedIn(Role.DISTRICT_OFFICER, given.district());
        refusedBoth(AccessRefusal.ROLE_NOT_YOURS_TO_GIVE, above, appointmentOf(above, equal));
        // With a role elsewhere that is not theirs to give, the account is not theirs to close.
        Staff city = signedIn(Role.ADMINISTRATOR, given.city());
        appoint(city, officer.login(), given.otherDistrict(), "AUDITOR");
        refusedBoth(AccessRefusal.ROLE_NOT_YOURS_TO_GIVE, above, appointment);
        assertThat(sessions.actorOf(officer.token())).isPresent();
        assertThat(told(officer)).containsExactly("APPOINTED");
        staffAccounts.close(city.actor(), appointment);
        assertThat(sessions.actorOf(officer.token())).isEmpty();
    }

    /** Whoever signs in while an account is being closed waits for that, and stays out. */
    @Test
    void nobodyGetsInWhileAnAccountIsBeingClosed() throws Exception {
        UUID appointment = appointmentOf(above, officer);
        try (ExecutorService hands = Executors.newSingleThreadExecutor()) {
            Future<?> late = transaction.execute(status -> {
                staffAccounts.close(above.actor(), appointment);
                Future<?> begun = hands.submit(() -> sessions.begin(officer.account(), SignIn.SESSION));
                untilSomebodyWaits();
                return begun;
            });
            assertThatThrownBy(late::get).hasRootCauseMessage("refusal.access.sign-in-expired");
        }
        assertThat(jdbc.sql("select count(*) from access_session where account_id = :account")
                        .param("account", officer.account().value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void itIsDoneAtTheDeskWhereAppointmentsAreShown() {
        Visitor desk = visitors.fresh().goOnIn(above.token().text());
        UUID appointment = appointmentOf(above, officer);
        String page = "/desk/appointments/" + appointment + "/account";
        assertThat(desk.get("/desk/appointments").body()).contains(page);
        assertThat(desk.get(page).body()).contains(NAME, given.street().name(), "现在有 1 处登录，0 个接口令牌", "同时结束 1 项任职");
        assertThat(desk.post(page + "/sessions/end", Map.of()).statusCode()).isEqualTo(302);
        assertThat(desk.get(page).body()).contains("现在有 0 处登录");
        HttpResponse<String> closed = desk.post(page + "/end", Map.of());
        assertThat(Visitor.location(closed)).isEqualTo("/desk/appointments");
        assertThat(desk.get(page).statusCode()).isEqualTo(404);
    }

    /** The other hand has come to the account's row, which is being closed here. */
    private void untilSomebodyWaits() {
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < end) {
            if (jdbc.sql("select exists (select 1 from pg_locks where not granted)")
                    .query(Boolean.class)
                    .single()) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException("nobody waits");
    }

    private void refusedBoth(AccessRefusal why, Staff by, UUID appointment) {
        assertRefused(why, () -> staffAccounts.standing(by.actor(), appointment));
        assertRefused(why, () -> staffAccounts.endSessions(by.actor(), appointment));
        assertRefused(why, () -> staffAccounts.close(by.actor(), appointment));
    }

    private Optional<String> appoint(Staff by, String login, UnionSummary at, String role) {
        return appointments.appoint(
                by.actor(), at.id(), new Appointments.Appointing(login, NAME, role, "2023-12-28", ""));
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
                .param("account", who.account().value())
                .query(String.class)
                .list();
    }

    private int recorded(String action, Staff of) {
        return jdbc.sql("select count(*) from audit_entry where action = :action and subject_id = :account")
                .param("action", action)
                .param("account", of.account().value())
                .query(Integer.class)
                .single();
    }

    private Staff signedIn(Role role, UnionSummary at) {
        String login = "x" + UUID.randomUUID().toString().substring(0, 12);
        accounts.establish(Actor.platform("test"), login, NAME, PASSWORD, secondFactor.freshSecret(), role, at.id());
        Token token = signIn(login, PASSWORD);
        return new Staff(login, token, sessions.actorOf(token).orElseThrow());
    }

    private Token signIn(String login, String password) {
        Token first = signIn.withPassword(login, password, SignIn.Origin.unknown(login));
        return signIn.withCode(first, accounts.demonstrationCode(login).orElseThrow(), SignIn.Origin.unknown(login));
    }

    private static Token tokenOf(String link) {
        return new Token(link.substring(link.lastIndexOf('/') + 1));
    }
}

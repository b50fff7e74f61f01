package org.gonghui.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Right;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Inviting, appointing and ending: who may give what, where, and how soon it counts. */
@CityTest
class AppointmentsTests {

    private static final String PASSWORD = "a password of tests 1";

    @Autowired
    private Accounts accounts;

    @Autowired
    private Appointments appointments;

    @Autowired
    private Invitations invitations;

    @Autowired
    private SignIn signIn;

    @Autowired
    private Sessions sessions;

    @Autowired
    private SecondFactor secondFactor;

    @Autowired
    private Passwords passwords;

    @Autowired
    private Visitors visitors;

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    private Person district = new Person("", Token.fresh(), Actor.nobody());

    /** Someone who has signed in, with the actor that requests carry. */
    private record Person(String login, Token token, Actor actor) {}

    @BeforeEach
    void aDistrictOfficer() {
        district = signedIn(Role.DISTRICT_OFFICER, given.district());
    }

    /** At itself it would be an office over all its unions; an account of somebody else's officer is not a street's to add to. */
    @Test
    void aStreetGivesTheOfficeAtItsBaseUnionsAndNowhereElse() {
        Visitor street = visitors.signedIn("street@demo");
        String today = LocalDate.now(clock).toString();
        String login = "s" + UUID.randomUUID().toString().substring(0, 8);
        String form = "/desk/appointments/new";
        street.get(form + "?at=" + given.base().id());
        Map<String, String> typed =
                Map.of("login", login, "name", "许明远", "role", "BASE_OFFICER", "from", today, "to", "");
        Map<String, String> atItself = new HashMap<>(typed);
        atItself.put("at", given.street().id().toString());
        assertThat(street.post(form, atItself).statusCode()).isEqualTo(403);
        Map<String, String> atBase = new HashMap<>(typed);
        atBase.put("at", given.base().id().toString());
        Map<String, String> another = new HashMap<>(atBase);
        another.put("login", "district@demo");
        another.put("name", "林若川");
        assertThat(street.post(form, another).statusCode()).isEqualTo(409);
        street.get(form + "?at=" + given.base().id());
        HttpResponse<String> invited = street.post(form, atBase);
        assertThat(invited.statusCode()).as(invited.body()).isEqualTo(200);
        assertThat(invited.body()).contains("/invitations/");
    }

    @Test
    void someoneNewGetsALinkSetsASecretAndHasTheRightAtOnce() {
        String login = fresh();
        Token link = invited(district, given.street(), login, Role.STREET_OFFICER);
        Invitations.Enrolment enrolment = invitations.enrolment(link);
        assertThat(enrolment.login()).contains(login);
        invitations.accept(
                link, new Invitations.Acceptance(new NewPassword(PASSWORD, PASSWORD), code(enrolment.secret())));
        String used = code(enrolment.secret());
        Token first = signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(login));
        assertRefused(AccessRefusal.WRONG_CODE, () -> signIn.withCode(first, used, SignIn.Origin.unknown(login)));
        long step = secondFactor.stepOf(enrolment.secret(), used).orElseThrow();
        Token token =
                signIn.withCode(first, secondFactor.unusedCode(enrolment.secret(), step), SignIn.Origin.unknown(login));
        assertThat(sessions.actorOf(token)
                        .orElseThrow()
                        .reach(Right.UNION_FOUND)
                        .parts())
                .containsExactly(given.street().path());
        assertRefused(AccessRefusal.LINK_NOT_VALID, () -> invitations.enrolment(link));
    }

    @Test
    void anEndedAppointmentCountsAtTheNextRequest() {
        Person street = signedIn(Role.STREET_OFFICER, given.street());
        assertThat(sessions.actorOf(street.token()).orElseThrow().may(Right.UNION_FOUND))
                .isTrue();
        appointments.end(district.actor(), appointmentOf(street.login()));
        assertThat(sessions.actorOf(street.token()).orElseThrow().may(Right.UNION_FOUND))
                .isFalse();
        assertThatThrownBy(() -> appointmentOf(street.login())).isInstanceOf(java.util.NoSuchElementException.class);
    }

    @Test
    void nobodyGivesMoreThanTheirOwnRoleAllows() {
        for (Role role :
                new Role[] {Role.CITY_OFFICER, Role.DISTRICT_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR, Role.MEMBER}) {
            assertRefused(
                    AccessRefusal.ROLE_NOT_YOURS_TO_GIVE, () -> appoint(district, given.district(), fresh(), role));
        }
    }

    @Test
    void nobodyAppointsOutsideTheirPartOfTheTree() {
        assertThatThrownBy(() -> appoint(district, given.otherDistrict(), fresh(), Role.STREET_OFFICER))
                .hasMessage("refusal.org.no-such-union");
    }

    @Test
    void nobodyEndsWhatIsOutsideOrAboveThem() {
        Person elsewhere = signedIn(Role.STREET_OFFICER, given.otherDistrict());
        Person city = signedIn(Role.CITY_OFFICER, given.city());
        UUID foreign = appointments.held(city.actor()).stream()
                .filter(each -> each.login().equals(elsewhere.login()))
                .findFirst()
                .orElseThrow()
                .id();
        assertRefused(AccessRefusal.NO_SUCH_APPOINTMENT, () -> appointments.end(district.actor(), foreign));
        Person colleague = signedIn(Role.DISTRICT_OFFICER, given.district());
        assertRefused(
                AccessRefusal.ROLE_NOT_YOURS_TO_GIVE,
                () -> appointments.end(district.actor(), appointmentOf(colleague.login())));
    }

    @Test
    void nobodyEndsTheirOwnAppointment() {
        assertRefused(
                AccessRefusal.NOT_YOUR_OWN, () -> appointments.end(district.actor(), appointmentOf(district.login())));
    }

    @Test
    void theSameAppointmentTwiceIsRefused() {
        String login = fresh();
        appoint(district, given.street(), login, Role.STREET_OFFICER);
        assertRefused(
                AccessRefusal.APPOINTED_ALREADY, () -> appoint(district, given.street(), login, Role.STREET_OFFICER));
    }

    /** Else whoever may appoint a street officer could take over the account of an invited city officer. */
    @Test
    void anOpenInvitationIsNotTakenOverByALesserOfficer() {
        Person administrator = signedIn(Role.ADMINISTRATOR, given.city());
        String login = fresh();
        appoint(administrator, given.city(), login, Role.CITY_OFFICER);
        assertRefused(AccessRefusal.LOGIN_TAKEN, () -> appoint(district, given.street(), login, Role.STREET_OFFICER));
    }

    /** The race by which an invitation of less could become an account of more: the account's row decides. */
    @Test
    void twoAppointmentsOfOneNewPersonAtOnceLeaveOneLinkInTheRightHands() throws Exception {
        Person administrator = signedIn(Role.ADMINISTRATOR, given.city());
        for (int round = 0; round < 8; round++) {
            String login = fresh();
            appoint(district, given.street(), login, Role.BASE_OFFICER);
            try (ExecutorService hands = Executors.newFixedThreadPool(2)) {
                Future<Optional<String>> high =
                        hands.submit(() -> appoint(administrator, given.city(), login, Role.CITY_OFFICER));
                Future<Optional<String>> low =
                        hands.submit(() -> appoint(district, given.street(), login, Role.STREET_OFFICER));
                String link = high.get().orElseThrow();
                try {
                    low.get();
                } catch (ExecutionException refused) {
                    assertThat(refused.getCause()).hasMessage("refusal.access.login-taken");
                }
                assertThat(invitations
                                .enrolment(new Token(link.substring(link.lastIndexOf('/') + 1)))
                                .login())
                        .as("the link of whoever may give all that waits behind it")
                        .contains(login);
            }
        }
    }

    @Test
    void overlappingTimesOfOneRoleAreRefusedAndLaterOnesTaken() {
        String login = fresh();
        appoint(district, given.street(), login, Role.STREET_OFFICER, "2023-12-28", "2024-06-30");
        assertRefused(
                AccessRefusal.APPOINTED_ALREADY,
                () -> appoint(district, given.street(), login, Role.STREET_OFFICER, "2024-06-29", ""));
        assertThat(appoint(district, given.street(), login, Role.STREET_OFFICER, "2024-06-30", ""))
                .isPresent();
    }

    @Test
    void nobodyAppointsThemselves() {
        Person administrator = signedIn(Role.ADMINISTRATOR, given.city());
        assertRefused(
                AccessRefusal.NOT_YOUR_OWN,
                () -> appointments.appoint(
                        administrator.actor(),
                        given.city().id(),
                        new Appointments.Appointing(administrator.login(), "林若川", "CITY_OFFICER", "2023-12-28", "")));
    }

    @Test
    void aSignInNameIsNotLentToAnotherPersonsName() {
        Person known = signedIn(Role.BASE_OFFICER, given.base());
        assertRefused(
                AccessRefusal.LOGIN_TAKEN, () -> appoint(district, given.street(), known.login(), Role.STREET_OFFICER));
    }

    @Test
    void anInvitationEndsWithTheLastAppointmentBehindIt() {
        String login = fresh();
        Token link = invited(district, given.street(), login, Role.STREET_OFFICER);
        appointments.end(district.actor(), appointmentOf(login));
        assertRefused(AccessRefusal.LINK_NOT_VALID, () -> invitations.enrolment(link));
    }

    @Test
    void anInvitationIsOverAfterSevenDays() {
        Token link = invited(district, given.street(), fresh(), Role.STREET_OFFICER);
        assertThat(lasts(link)).isEqualTo(Duration.ofDays(7));
        jdbc.sql("update access_invitation set expires_at = :now where token_hash = :hash")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("hash", link.hash())
                .update();
        assertRefused(AccessRefusal.LINK_NOT_VALID, () -> invitations.enrolment(link));
        assertRefused(
                AccessRefusal.LINK_NOT_VALID,
                () -> invitations.accept(
                        link, new Invitations.Acceptance(new NewPassword(PASSWORD, PASSWORD), "000000")));
    }

    /** How long a link that was made just now is good, in whole hours. */
    private Duration lasts(Token link) {
        Instant end = jdbc.sql("select expires_at from access_invitation where token_hash = :hash")
                .param("hash", link.hash())
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        return Duration.ofHours(
                Duration.between(clock.instant(), end).plusMinutes(30).toHours());
    }

    @Test
    void passwordsThatEverybodyWouldTryAreRefusedAtTheirField() {
        String login = fresh();
        Token link = invited(district, given.street(), login, Role.STREET_OFFICER);
        String code = code(invitations.enrolment(link).secret());
        String obvious = login + "2026";
        assertThatThrownBy(() ->
                        invitations.accept(link, new Invitations.Acceptance(new NewPassword(obvious, obvious), code)))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .containsExactly(new BadInput.Fault("password", "password-guessable")));
        invitations.accept(link, new Invitations.Acceptance(new NewPassword(PASSWORD, PASSWORD), code));
    }

    @Test
    void tooManyHashesAtOnceAreRefusedEarlyAndTheOthersDone() throws Exception {
        int refused = 0;
        try (ExecutorService crowd = Executors.newFixedThreadPool(80)) {
            List<Future<Boolean>> signIns = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                signIns.add(crowd.submit(() -> passwords.matches("wrong", null)));
            }
            for (Future<Boolean> signIn : signIns) {
                try {
                    assertThat(signIn.get()).isFalse();
                } catch (ExecutionException e) {
                    assertRefused(AccessRefusal.BUSY, () -> {
                        throw e.getCause();
                    });
                    refused++;
                }
            }
        }
        assertThat(refused).isBetween(1, 79);
    }

    @Test
    void passwordsThatAreShortOrDifferAndWrongCodesChangeNothing() {
        String login = fresh();
        Token link = invited(district, given.street(), login, Role.STREET_OFFICER);
        String code = code(invitations.enrolment(link).secret());
        assertThatThrownBy(() ->
                        invitations.accept(link, new Invitations.Acceptance(new NewPassword("short", "short"), code)))
                .isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> invitations.accept(
                        link, new Invitations.Acceptance(new NewPassword(PASSWORD, PASSWORD + "2"), code)))
                .isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> invitations.accept(
                        link, new Invitations.Acceptance(new NewPassword(PASSWORD, PASSWORD), "no code")))
                .isInstanceOf(BadInput.class);
        assertRefused(
                AccessRefusal.WRONG_PASSWORD, () -> signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(login)));
        assertThat(invitations.enrolment(link).login()).contains(login);
    }

    @Test
    void aCityIsSetUpOnce() {
        assertRefused(AccessRefusal.SET_UP_ALREADY, invitations::setUpLink);
    }

    @Test
    void aSignInNameHasItsForm() {
        for (String odd : new String[] {"", "a", "周以宁", "<script>", "x".repeat(61)}) {
            assertThatThrownBy(() -> appoint(district, given.street(), odd, Role.STREET_OFFICER))
                    .isInstanceOf(BadInput.class);
        }
    }

    private Token invited(Person by, UnionSummary at, String login, Role role) {
        String link = appoint(by, at, login, role).orElseThrow();
        return new Token(link.substring(link.lastIndexOf('/') + 1));
    }

    private Optional<String> appoint(Person by, UnionSummary at, String login, Role role) {
        return appoint(by, at, login, role, "2023-12-28", "");
    }

    private Optional<String> appoint(Person by, UnionSummary at, String login, Role role, String from, String to) {
        return appointments.appoint(
                by.actor(), at.id(), new Appointments.Appointing(login, "陈嘉禾", role.name(), from, to));
    }

    private UUID appointmentOf(String login) {
        return appointments.held(district.actor()).stream()
                .filter(each -> each.login().equals(login))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private Person signedIn(Role role, UnionSummary at) {
        String login = fresh();
        String secret = secondFactor.freshSecret();
        accounts.establish(Actor.platform("test"), login, "林若川", PASSWORD, secret, role, at.id());
        Token token = signIn.withCode(
                signIn.withPassword(login, PASSWORD, SignIn.Origin.unknown(login)),
                code(secret),
                SignIn.Origin.unknown(login));
        Actor actor = sessions.actorOf(token).orElseThrow();
        assertThat(actor.account().map(AccountId::value)).isPresent();
        return new Person(login, token, actor);
    }

    private String code(String secret) {
        return secondFactor.unusedCode(secret, 0);
    }

    private static String fresh() {
        return "a" + UUID.randomUUID().toString().substring(0, 12);
    }
}

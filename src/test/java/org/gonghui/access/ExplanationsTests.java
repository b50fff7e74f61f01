package org.gonghui.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.gonghui.access.Explanations.Holding;
import org.gonghui.access.Explanations.Obstacle;
import org.gonghui.access.Explanations.State;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The answer is what every query goes by, and its reason is true. */
@CityTest
class ExplanationsTests {

    private static final Set<Right> WITHOUT_APPOINTMENT = Set.of(Right.PUBLIC, Right.SIGNED_IN, Right.DEVELOPMENT);

    @Autowired
    private Explanations explanations;

    @Autowired
    private AppointmentStore store;

    @Autowired
    private AccountStore accountStore;

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private Clock clock;

    @Test
    void theAnswerIsWhatEveryQueryGoesBy() {
        LocalDate today = LocalDate.now(clock);
        List<UnionSummary> tree =
                unions.asOf(Actor.platform("test"), Right.UNION_READ, today).subtree(given.city());
        assertThat(tree).hasSizeGreaterThan(200);
        var past = new AccountId(Ids.next(clock));
        accountStore.insertAccount(past, "p" + past, "从前的人", clock.instant());
        for (Role role : Role.values()) {
            UnionId street = given.street().id();
            UnionId other = given.otherDistrict().id();
            hold(past, role, street, today.minusDays(30), today.minusDays(1));
            hold(past, role, street, today.minusDays(40), today); // the last day was yesterday
            hold(past, role, street, today.plusDays(1), null);
            hold(past, role, other, today.minusDays(3), today.plusDays(1));
        }
        hold(past, Role.BASE_OFFICER, given.base().id(), today, null);
        List<AccountId> accounts = new ArrayList<>(List.of(past));
        for (String login : List.of("city@demo", "district@demo", "street@demo", "auditor@demo", "member@demo")) {
            accounts.add(accountStore.account(login).orElseThrow().id());
        }
        for (AccountId account : accounts) {
            List<Holding> holdings = explanations.holdings(account);
            var actor = new Actor(
                    Optional.of(account),
                    "",
                    store.held(account, today).stream() // as a session reads them
                            .map(held -> new Actor.Grant(held.role().rights(), held.path()))
                            .toList());
            for (UnionSummary union : tree) {
                for (Right right : Right.values()) {
                    if (!WITHOUT_APPOINTMENT.contains(right)) {
                        assertThat(Explanations.explain(holdings, right, List.of(union.path()))
                                        .may())
                                .as("%s %s %s", account, right, union.name())
                                .isEqualTo(actor.reach(right).covers(union.path()));
                    }
                }
            }
        }
    }

    private void hold(AccountId account, Role role, UnionId union, LocalDate from, @Nullable LocalDate to) {
        store.insertAppointment(Ids.next(clock), account, role, union, from, to);
    }

    @Test
    void theReasonIsTheNearestToAYes() {
        UnionPath here = new UnionPath("00001.00002.00003");
        Holding street = holding(Role.STREET_OFFICER, "00001.00002", State.NOW);
        assertThat(reason(here, Right.MEMBER_READ, street)).isEmpty();
        assertThat(reason(here, Right.MEMBER_READ)).contains(Obstacle.NONE);
        assertThat(reason(here, Right.AUDIT_READ, street)).contains(Obstacle.ROLE_LACKS);
        assertThat(reason(new UnionPath("00001.00009"), Right.MEMBER_READ, street))
                .contains(Obstacle.ELSEWHERE);
        assertThat(reason(here, Right.MEMBER_READ, holding(Role.STREET_OFFICER, "00001.00002", State.ENDED)))
                .contains(Obstacle.ENDED);
        assertThat(reason(
                        here,
                        Right.MEMBER_READ,
                        holding(Role.STREET_OFFICER, "00001.00002", State.ENDED),
                        holding(Role.STREET_OFFICER, "00001", State.TO_COME)))
                .contains(Obstacle.TO_COME);
        assertThat(reason(here, Right.MEMBER_READ, holding(Role.BASE_OFFICER, here.value(), State.DISSOLVED)))
                .contains(Obstacle.DISSOLVED);
        assertThat(reason(
                        here,
                        Right.MEMBER_READ,
                        holding(Role.BASE_OFFICER, here.value(), State.ENDED),
                        holding(Role.AUDITOR, "00001", State.NOW)))
                .as("an ended one says more than a role that does not do it")
                .contains(Obstacle.ENDED);
        assertThat(Explanations.explain(
                                List.of(street, holding(Role.BASE_OFFICER, here.value(), State.NOW)),
                                Right.MEMBER_READ,
                                List.of(here))
                        .by()
                        .orElseThrow()
                        .role())
                .as("the nearest of several")
                .isEqualTo(Role.BASE_OFFICER);
    }

    @Test
    void namesAreOfThoseWhoseAppointmentsOneKeeps() {
        UnionPath place = given.base().path();
        Actor district = given.districtOfficer();
        List<Explanations.Watch> seen = explanations.watching(district, Right.MEMBER_READ, List.of(place));
        assertThat(seen)
                .extracting(Explanations.Watch::role)
                .contains(Role.CITY_OFFICER, Role.DISTRICT_OFFICER, Role.STREET_OFFICER)
                .doesNotContain(Role.AUDITOR, Role.ADMINISTRATOR);
        assertThat(seen).allSatisfy(watch -> {
            assertThat(watch.people()).isPositive();
            assertThat(watch.names()).hasSize(district.reach(Right.APPOINT).covers(watch.place()) ? watch.people() : 0);
        });
        UnionPath street = given.street().path();
        assertThat(explanations.watching(given.streetOfficer(), Right.MEMBER_READ, List.of(place)))
                .anySatisfy(watch -> assertThat(watch.place()).isEqualTo(street))
                .allSatisfy(
                        watch -> assertThat(watch.names()).hasSize(street.covers(watch.place()) ? watch.people() : 0));
        assertThat(explanations.watching(
                        given.officer(Role.BASE_OFFICER, given.base()), Right.MEMBER_READ, List.of(place)))
                .allSatisfy(watch -> assertThat(watch.names()).isEmpty());
    }

    private static Optional<Obstacle> reason(UnionPath here, Right right, Holding... holdings) {
        return Explanations.explain(Arrays.asList(holdings), right, List.of(here))
                .obstacle();
    }

    private static Holding holding(Role role, String place, State state) {
        return new Holding(
                role,
                new UnionId(UUID.randomUUID()),
                new UnionPath(place),
                LocalDate.of(2023, 1, 1),
                Optional.empty(),
                state);
    }
}

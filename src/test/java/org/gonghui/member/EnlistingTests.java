package org.gonghui.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.member.Enlisting.As;
import org.gonghui.member.Enlisting.Outcome;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Waiting;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Members by the list: one person is one person, twice is once, and what is taken back has not been. */
@CityTest
class EnlistingTests {

    @Autowired
    private Enlisting enlisting;

    @Autowired
    private Members members;

    @Autowired
    private MemberStore store;

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private Clock clock;

    @Test
    void eachRowComesToWhatItsPersonIs() {
        Actor officer = given.streetOfficer();
        UnionSummary here = given.base();
        Person fresh = person();
        Person left = person();
        members.end(officer, admit(left, here), Membership.Ending.LEFT, "");
        Person member = person();
        admit(member, here);
        Person elsewhere = person();
        admit(elsewhere, given.otherBase());
        Person dead = person();
        members.end(officer, admit(dead, here), Membership.Ending.DIED, "");
        Person otherName = person();
        members.end(officer, admit(otherName, here), Membership.Ending.LEFT, "");
        Person mistyped = new Person("另一个人", otherName.identity(), otherName.phone(), otherName.employment());
        UUID list = put(here, fresh, left, member, elsewhere, dead, fresh, mistyped);

        Map<Outcome, Long> outcomes = enlisting.outcomes(list);
        assertThat(outcomes)
                .hasSize(7)
                .allSatisfy(
                        (outcome, rows) -> assertThat(rows).as(outcome.name()).isOne());
        assertThat(enlisting.rows(list, Outcome.ELSEWHERE, 9)).containsExactly(4);
        assertThat(enlisting.rows(list, Outcome.TWICE, 9)).containsExactly(6);

        assertThat(enlisting.admit(officer, list, here.id(), As.JOINING))
                .isEqualTo(new Enlisting.Admitted(today(), 1, 1));
        assertThat(membershipOf(fresh).beganBy()).isEqualTo(Membership.Beginning.JOINED);
        assertThat(membershipOf(left).beganBy()).isEqualTo(Membership.Beginning.REJOINED);
        assertThat(membershipOf(elsewhere).union()).isEqualTo(given.otherBase().id());
        assertThat(store.live(store.byIdentity(dead.identity()).orElseThrow())).isEmpty();
        assertThat(store.live(store.byIdentity(otherName.identity()).orElseThrow()))
                .as("nobody joins again by a number that somebody mistyped")
                .isEmpty();
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void aListTwiceIsAListOnce() {
        Actor officer = given.streetOfficer();
        Person[] people = Stream.generate(EnlistingTests::person).limit(30).toArray(Person[]::new);
        UUID list = put(given.base(), people);
        assertThat(enlisting.admit(officer, list, given.base().id(), As.OPENING))
                .isEqualTo(new Enlisting.Admitted(today(), 30, 0));
        List<String> after = everything();
        assertThat(enlisting.admit(officer, list, given.base().id(), As.OPENING))
                .isEqualTo(new Enlisting.Admitted(today(), 0, 0));
        assertThat(enlisting.admit(
                        officer, put(given.base(), people), given.base().id(), As.JOINING))
                .isEqualTo(new Enlisting.Admitted(today(), 0, 0));
        assertThat(everything()).isEqualTo(after);
        assertThat(membershipOf(people[0]).beganBy()).isEqualTo(Membership.Beginning.OPENING);
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void ofTwoListsAtOnceWithTheSamePeopleEachPersonIsEnteredOnce() throws Exception {
        Person[] people = Stream.generate(EnlistingTests::person).limit(200).toArray(Person[]::new);
        UUID one = put(given.base(), people);
        UUID other = put(given.otherBase(), people);
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Enlisting.Admitted> first = hands.submit(() ->
                    enlisting.admit(Actor.platform("test"), one, given.base().id(), As.JOINING));
            Future<Enlisting.Admitted> second = hands.submit(() -> enlisting.admit(
                    Actor.platform("test"), other, given.otherBase().id(), As.JOINING));
            assertThat(first.get().fresh() + second.get().fresh()).isEqualTo(people.length);
            assertThat(first.get().again() + second.get().again()).isZero();
        }
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void whatIsTakenBackHasNotBeen() {
        Actor officer = given.streetOfficer();
        UnionSummary here = given.base();
        Person left = person();
        members.end(officer, admit(left, here), Membership.Ending.LEFT, "");
        List<Person> people = new ArrayList<>(
                Stream.generate(EnlistingTests::person).limit(20).toList());
        people.add(left);
        List<String> before = everything();
        UUID list = put(here, people.toArray(Person[]::new));
        enlisting.admit(officer, list, here.id(), As.JOINING);
        assertThat(everything()).isNotEqualTo(before);
        assertThat(enlisting.takeBack(officer, list, here.id(), today(), List.of(here.id())))
                .isEqualTo(new Enlisting.TakenBack(21, 0));
        assertThat(everything()).isEqualTo(before);
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void whoHasBeenChangedSinceStays() {
        Actor officer = given.streetOfficer();
        UnionSummary here = given.base();
        Person gone = person();
        Person stays = person();
        UUID list = put(here, gone, stays);
        enlisting.admit(officer, list, here.id(), As.JOINING);
        members.end(officer, membershipOf(stays).id(), Membership.Ending.LEFT, "");
        assertThat(enlisting.takeBack(officer, list, here.id(), today(), List.of(here.id())))
                .isEqualTo(new Enlisting.TakenBack(1, 1));
        assertThat(store.byIdentity(gone.identity())).isEmpty();
        assertThat(store.byIdentity(stays.identity())).isPresent();
        assertThat(members.recount()).isEmpty();
    }

    /** Of the same number twice the first row counts, in what is told and in what is done. */
    @Test
    void aNumberThatStandsTwiceIsTheFirstRows() {
        Actor officer = given.streetOfficer();
        UnionSummary here = given.base();
        Person left = person();
        members.end(officer, admit(left, here), Membership.Ending.LEFT, "");
        Person mistyped = new Person("另一个人", left.identity(), left.phone(), left.employment());
        UUID list = put(here, mistyped, left);
        assertThat(enlisting.outcomes(list))
                .containsEntry(Outcome.OTHER_NAME, 1L)
                .containsEntry(Outcome.TWICE, 1L)
                .containsEntry(Outcome.AGAIN, 0L);
        assertThat(enlisting.admit(officer, list, here.id(), As.JOINING))
                .isEqualTo(new Enlisting.Admitted(today(), 0, 0));
    }

    /** Whatever changes a membership locks its person first: nobody waits for each other, and what was changed stays. */
    @Test
    void whoIsBeingChangedWhileTheListIsTakenBackStays() throws Exception {
        Actor officer = given.streetOfficer();
        UnionSummary here = given.base();
        Person stays = person();
        UUID list = put(here, person(), stays);
        enlisting.admit(officer, list, here.id(), As.JOINING);
        UUID membership = membershipOf(stays).id();
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Enlisting.TakenBack> taken = Objects.requireNonNull(transactions.execute(status -> {
                assertThat(store.lock(membership, Reach.everywhere())).isPresent();
                Future<Enlisting.TakenBack> begun =
                        hands.submit(() -> enlisting.takeBack(officer, list, here.id(), today(), List.of(here.id())));
                Waiting.untilSomebodyWaits(jdbc);
                members.end(officer, membership, Membership.Ending.LEFT, "");
                return begun;
            }));
            assertThat(taken.get()).isEqualTo(new Enlisting.TakenBack(1, 1));
        }
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void aListEndsAtTheUnionsItIsFor() {
        UUID beside = put(given.otherBase(), person());
        assertRefused(
                MemberRefusal.NOT_A_BASE_UNION,
                () -> enlisting.admit(
                        given.streetOfficer(), beside, given.street().id(), As.JOINING));
        assertRefused(
                MemberRefusal.NO_SUCH_UNION,
                () -> enlisting.admit(
                        given.streetOfficer(), beside, given.otherBase().id(), As.JOINING));
        assertRefused(
                MemberRefusal.NO_SUCH_UNION,
                () -> enlisting.takeBack(
                        given.streetOfficer(), beside, given.otherBase().id(), today(), List.of()));
        UUID street = put(given.street(), person());
        assertRefused(
                MemberRefusal.NOT_A_BASE_UNION,
                () -> enlisting.admit(
                        given.streetOfficer(), street, given.street().id(), As.JOINING));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private static Person person() {
        return Given.freshPerson(new Employment("courier", true));
    }

    private UUID admit(Person person, UnionSummary union) {
        return ((Members.Admission.Admitted)
                        members.admit(Actor.platform("test"), union.id(), person, Optional.empty()))
                .membership();
    }

    private Membership membershipOf(Person person) {
        return store.live(store.byIdentity(person.identity()).orElseThrow()).orElseThrow();
    }

    private UUID put(UnionSummary union, Person... people) {
        UUID list = UUID.randomUUID();
        enlisting.put(
                list,
                into -> IntStream.range(0, people.length)
                        .mapToObj(i -> new Enlisting.Candidate(
                                i + 1,
                                union.id(),
                                people[i].name(),
                                people[i].identity(),
                                people[i].phone(),
                                people[i].employment().code()))
                        .forEach(into));
        return list;
    }

    /** People, memberships and counters as they stand; a month of nothing is none. */
    private List<String> everything() {
        return jdbc.sql("""
                        select cast(row(member.*) as text) from member
                        union all
                        select cast(row(held.*) as text) from member_membership held
                        union all
                        select cast(row(months.*) as text) from member_month months where opening <> 0 or joined <> 0
                            or rejoined <> 0 or new_form_change <> 0 or left_union <> 0
                        union all
                        select cast(row(months.*) as text) from member_street_month months where opening <> 0 or joined <> 0
                            or rejoined <> 0 or new_form_change <> 0 or left_union <> 0
                        order by 1
                        """).query(String.class).list();
    }
}

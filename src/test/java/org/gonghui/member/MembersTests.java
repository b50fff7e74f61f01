package org.gonghui.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gonghui.access.Role;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Refused;
import org.gonghui.member.Members.Admission;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.gonghui.support.Waiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** One person once, in one union at a time; every change counted where it happened, and taken back whole. */
@CityTest
class MembersTests {

    private static final Employment COURIER = new Employment("courier", true);
    private static final Employment REGULAR = new Employment("regular", false);

    @Autowired
    private Members members;

    @Autowired
    private MonthStore months;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Given given;

    @Autowired
    private TestTime time;

    @Autowired
    private JdbcClient jdbc;

    private Actor street = Actor.nobody();
    private Actor elsewhere = Actor.nobody();
    private UnionSummary base;
    private UnionSummary otherBase;

    @BeforeEach
    void places() {
        street = given.streetOfficer();
        elsewhere = given.otherDistrictOfficer();
        base = given.base();
        otherBase = given.otherBase();
    }

    @Test
    void someoneNewIsAMemberFromTodayAndCounted() {
        var admitted = admit(street, base, Given.freshPerson(COURIER));
        assertThat(admitted.as()).isEqualTo(Membership.Beginning.JOINED);
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void aSecondAdmissionChangesNothing() {
        Person person = Given.freshPerson(COURIER);
        var admitted = admit(street, base, person);
        MemberId member = admitted.member();
        assertThat(members.admit(street, base.id(), person, Optional.empty()))
                .isEqualTo(new Admission.MemberHere(member));
        assertThat(members.admit(elsewhere, otherBase.id(), person, Optional.empty()))
                .isEqualTo(new Admission.MemberElsewhere(member, admitted.membership()));
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void ofTwoDistrictsThatAdmitTheSamePersonAtOnceOneDoes() throws Exception {
        for (int round = 0; round < 10; round++) {
            Person person = Given.freshPerson(REGULAR);
            List<Callable<Admission>> both = List.of(
                    () -> members.admit(street, base.id(), person, Optional.empty()),
                    () -> members.admit(elsewhere, otherBase.id(), person, Optional.empty()));
            try (ExecutorService hands = Executors.newFixedThreadPool(2)) {
                int admitted = 0;
                for (Future<Admission> one : hands.invokeAll(both)) {
                    admitted += one.get() instanceof Admission.Admitted ? 1 : 0;
                }
                assertThat(admitted).isEqualTo(1);
            }
        }
        assertThat(members.recount()).isEmpty();
    }

    /** Whoever was found and forgotten again before they could be held is written down anew. */
    @Test
    void whoIsForgottenWhileSomebodyAdmitsThemIsAMemberAllTheSame() throws Exception {
        Person person = Given.freshPerson(REGULAR);
        var before = admit(street, base, person);
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Admission> admitted = Objects.requireNonNull(transaction.execute(status -> {
                jdbc.sql("select id from member where id = :id for update")
                        .param("id", before.member().value())
                        .query(UUID.class)
                        .single();
                Future<Admission> begun =
                        hands.submit(() -> members.admit(elsewhere, otherBase.id(), person, Optional.empty()));
                Waiting.untilSomebodyWaits(jdbc);
                members.takeBack(street, before.membership());
                return begun;
            }));
            assertThat(admitted.get()).isInstanceOf(Admission.Admitted.class);
        }
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void nobodyComesBackFromTheDead() {
        Person person = Given.freshPerson(REGULAR);
        members.end(street, admit(street, base, person).membership(), Membership.Ending.DIED, "");
        assertRefused(MemberRefusal.DIED, () -> members.admit(elsewhere, otherBase.id(), person, Optional.empty()));
    }

    @Test
    void whoeverComesBackHasJoinedAgain() {
        Person person = Given.freshPerson(REGULAR);
        var first = admit(street, base, person);
        members.end(street, first.membership(), Membership.Ending.LEFT, "去外地工作");
        assertRefused(
                MemberRefusal.ENDED_ALREADY, () -> members.end(street, first.membership(), Membership.Ending.DIED, ""));
        var again = admit(elsewhere, otherBase, person);
        assertThat(again.member()).isEqualTo(first.member());
        assertThat(again.as()).isEqualTo(Membership.Beginning.REJOINED);
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void anAdmissionIsTakenBackWhole() {
        Person person = Given.freshPerson(COURIER);
        var admitted = admit(street, base, person);
        members.takeBack(street, admitted.membership());
        assertThat(members.recount()).isEmpty();
        assertThat(admit(elsewhere, otherBase, person).as())
                .as("as if it had never been")
                .isEqualTo(Membership.Beginning.JOINED);
    }

    @Test
    void anEndIsTakenBackAndAnOlderOneIsNot() {
        var admitted = admit(street, base, Given.freshPerson(REGULAR));
        members.end(street, admitted.membership(), Membership.Ending.RETIRED, "");
        members.takeBack(street, admitted.membership());
        assertRefused(
                MemberRefusal.NOT_A_BASE_UNION,
                () -> members.transfer(
                        street,
                        admitted.membership(),
                        Members.Arrival.at(given.street().id())));
        assertRefused(
                MemberRefusal.HERE_ALREADY,
                () -> members.transfer(street, admitted.membership(), Members.Arrival.at(base.id())));
        UUID next = members.transfer(street, admitted.membership(), Members.Arrival.at(otherBase.id()));
        assertRefused(MemberRefusal.CHANGED_SINCE, () -> members.takeBack(street, admitted.membership()));
        assertRefused(MemberRefusal.CHANGED_SINCE, () -> members.takeBack(elsewhere, next));
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void aTransferIsUndoneWhole() {
        var admitted = admit(street, base, Given.freshPerson(COURIER));
        var asRegular = new Members.Arrival(otherBase.id(), Optional.of(REGULAR), Optional.empty(), Optional.empty());
        UUID next = members.transfer(elsewhere, admitted.membership(), asRegular);
        assertThat(members.recount()).isEmpty();
        assertRefused(MemberRefusal.NO_SUCH_MEMBER, () -> members.undoTransfer(Actor.nobody(), next));
        assertRefused(MemberRefusal.CHANGED_SINCE, () -> members.undoTransfer(street, admitted.membership()));
        members.undoTransfer(street, next);
        assertThat(members.recount()).isEmpty();
        members.end(street, admitted.membership(), Membership.Ending.LEFT, "");
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void nothingIsTakenBackAfterADay() {
        var admitted = admit(street, base, Given.freshPerson(REGULAR));
        time.pass(Duration.ofHours(49));
        assertRefused(MemberRefusal.TOO_LATE_TO_TAKE_BACK, () -> members.takeBack(street, admitted.membership()));
    }

    @Test
    void aChangeOfEmploymentMovesTheStockAndNotWhatHasFlowed() {
        var admitted = admit(street, base, Given.freshPerson(COURIER));
        members.changeEmployment(street, admitted.membership(), "regular");
        members.changeEmployment(street, admitted.membership(), "truck-driver");
        members.end(street, admitted.membership(), Membership.Ending.LEFT, "");
        assertThat(members.recount()).isEmpty();
        assertThatThrownBy(() -> members.changeEmployment(street, admitted.membership(), "astronaut"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void theRecountFindsACounterThatIsWrong() {
        var change = new MonthStore.Change(base.id(), LocalDate.of(2023, 12, 1), MonthStore.Column.JOINED, 1);
        transaction.executeWithoutResult(status -> months.add(List.of(change)));
        assertThat(members.recount()).hasSize(2); // the base union's row and its street's
        transaction.executeWithoutResult(status -> months.add(List.of(change.undone())));
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void whatIsElsewhereDoesNotExist() {
        Person person = Given.freshPerson(REGULAR);
        assertRefused(
                MemberRefusal.NO_SUCH_UNION, () -> members.admit(street, otherBase.id(), person, Optional.empty()));
        assertRefused(
                MemberRefusal.NO_SUCH_UNION,
                () -> members.admit(given.cityOfficer(), base.id(), person, Optional.empty()));
        assertRefused(
                MemberRefusal.NOT_A_BASE_UNION,
                () -> members.admit(street, given.street().id(), person, Optional.empty()));
        var admitted = admit(street, base, person);
        for (Actor stranger :
                List.of(elsewhere, Actor.nobody(), given.officer(Role.AUDITOR, given.city()), given.cityOfficer())) {
            assertRefused(
                    MemberRefusal.NO_SUCH_MEMBER,
                    () -> members.end(stranger, admitted.membership(), Membership.Ending.LEFT, ""));
            assertRefused(
                    MemberRefusal.NO_SUCH_MEMBER,
                    () -> members.transfer(
                            stranger,
                            admitted.membership(),
                            Members.Arrival.at(given.joint().id())));
            assertRefused(MemberRefusal.NO_SUCH_MEMBER, () -> members.takeBack(stranger, admitted.membership()));
            assertRefused(
                    MemberRefusal.NO_SUCH_MEMBER,
                    () -> members.changeEmployment(stranger, admitted.membership(), "regular"));
        }
    }

    @Test
    void aTransferIsNotAWayToEndAMembership() {
        var admitted = admit(street, base, Given.freshPerson(REGULAR));
        assertThatThrownBy(() -> members.end(street, admitted.membership(), Membership.Ending.TRANSFERRED_OUT, ""))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void whoIsAlikeIsToldWithoutTellingWhere() {
        Person person = Given.freshPerson(REGULAR);
        admit(street, base, person);
        assertThat(members.alike(street, person))
                .containsExactly(new Members.Alike(Members.Likeness.SAME_IDENTITY, true, Optional.of(base.id())));
        assertThat(members.alike(elsewhere, person))
                .containsExactly(new Members.Alike(Members.Likeness.SAME_IDENTITY, true, Optional.empty()));
        var samePhone = new Person("别人", Given.freshIdentity(), person.phone(), REGULAR);
        assertThat(members.alike(elsewhere, samePhone))
                .containsExactly(new Members.Alike(Members.Likeness.SAME_PHONE, true, Optional.empty()));
        var sameName = new Person(person.name(), Given.freshIdentity(), Optional.empty(), REGULAR);
        assertThat(members.alike(street, sameName))
                .containsExactly(
                        new Members.Alike(Members.Likeness.SAME_NAME_AND_BIRTH_DATE, true, Optional.of(base.id())));
    }

    private Admission.Admitted admit(Actor actor, UnionSummary union, Person person) {
        Admission admission = members.admit(actor, union.id(), person, Optional.empty());
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        return (Admission.Admitted) admission;
    }
}

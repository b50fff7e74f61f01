package org.gonghui.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.gonghui.access.Accounts;
import org.gonghui.access.Role;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Refused;
import org.gonghui.member.Employment;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.Members;
import org.gonghui.member.Membership;
import org.gonghui.member.Person;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** From the code that was scanned to the decision: where an application goes, who decides, what can be undone. */
@CityTest
class JoiningTests {

    @Autowired
    private Joinings joinings;

    @Autowired
    private Approvals approvals;

    @Autowired
    private Members members;

    @Autowired
    private Accounts accounts;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Given given;

    @Autowired
    private TestTime time;

    private Actor worker = Actor.nobody();
    private Actor officer = Actor.nobody();

    @BeforeEach
    void people() {
        worker = someone();
        officer = given.streetOfficer();
    }

    @Test
    void aCourierWhoScansTheStreetGoesToItsJointUnionAndTheStreetDecides() {
        Application sent = send(worker, given.street(), "courier", "");
        assertThat(sent.union()).contains(given.joint().id());
        assertThat(sent.deciding()).contains(given.street().id());
        assertThat(WholeQueue.of(approvals, officer, given.street().id()))
                .extracting(Approvals.Waiting::id)
                .contains(sent.id());
        assertRefused(
                JoiningRefusal.NO_SUCH_APPLICATION,
                () -> approvals.approve(baseOfficer(given.joint()), sent.id(), Optional.empty()));
        approvals.approve(officer, sent.id(), Optional.empty());
        assertThat(members.cardOf(worker).flatMap(Members.Card::live).map(Membership::union))
                .contains(given.joint().id());
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void aCourierWhoScansAnEmployersUnionGoesToTheStreetAllTheSame() {
        Application sent = send(worker, given.base(), "food-delivery", "");
        assertThat(sent.union()).contains(given.joint().id());
        assertThat(sent.deciding()).contains(given.street().id());
    }

    @Test
    void anEmployeeGoesToTheUnionScannedOrChosen() {
        assertThat(send(worker, given.base(), "regular", "").deciding())
                .contains(given.base().id());
        Actor other = someone();
        assertThat(send(other, given.street(), "regular", given.base().id().toString())
                        .union())
                .contains(given.base().id());
    }

    @Test
    void anEmployeeWhoDoesNotKnowTheUnionIsGivenOneByTheStreet() {
        Application sent = send(worker, given.joint(), "regular", "");
        assertThat(sent.union()).contains(given.street().id());
        assertRefused(JoiningRefusal.NO_UNION_CHOSEN, () -> approvals.approve(officer, sent.id(), Optional.empty()));
        assertThatThrownBy(() -> approvals.approve(
                        officer, sent.id(), Optional.of(given.otherBase().id())))
                .isInstanceOf(Refused.class);
        approvals.approve(officer, sent.id(), Optional.of(given.base().id()));
        assertThat(members.isMember(worker)).isTrue();
    }

    @Test
    void nobodyJoinsAtADistrictItself() {
        joinings.tellWho(worker, given.district().code(), who());
        assertRefused(
                JoiningRefusal.CHOOSE_A_PLACE, () -> joinings.tellWork(worker, new Joinings.Work("courier", "", "")));
        assertRefused(JoiningRefusal.NO_SUCH_CODE, () -> joinings.tellWho(worker, "999999", who()));
    }

    @Test
    void whatIsSentTwiceGoesOnceAndIsChangedNoMore() {
        Application sent = send(worker, given.street(), "courier", "");
        joinings.send(worker);
        assertThat(joinings.open(worker).orElseThrow().sentAt()).isEqualTo(sent.sentAt());
        assertRefused(
                JoiningRefusal.WAITING_ALREADY,
                () -> joinings.tellWho(worker, given.street().code(), who()));
        assertRefused(
                JoiningRefusal.WAITING_ALREADY, () -> joinings.tellWork(worker, new Joinings.Work("courier", "", "")));
    }

    @Test
    void stepsAreTakenInOrder() {
        assertRefused(JoiningRefusal.NOT_BEGUN, () -> joinings.send(worker));
        assertRefused(JoiningRefusal.NOT_BEGUN, () -> joinings.tellWork(worker, new Joinings.Work("courier", "", "")));
        joinings.tellWho(worker, given.street().code(), who());
        assertRefused(JoiningRefusal.NOT_BEGUN, () -> joinings.send(worker));
        assertRefused(
                JoiningRefusal.NOT_BEGUN,
                () -> joinings.tellWho(Actor.nobody(), given.street().code(), who()));
    }

    @Test
    void whatWasTypedIsStillThereAndMasksNothingFromItsOwner() {
        Joinings.Who typed = who();
        joinings.tellWho(worker, given.street().code(), typed);
        Application draft = joinings.open(worker).orElseThrow();
        assertThat(joinings.identity(worker, draft).map(IdentityNumber::text)).contains(typed.identity());
        assertThat(joinings.identity(someone(), draft)).isEmpty();
        assertThat(draft.name()).isEqualTo(typed.name());
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "99000019900307128, identity-length",
        "99000019900307X286, identity-form",
        "990000199002301286, identity-birth-date",
        "990000199003071280, identity-check",
        "9900012080010112, identity-length",
    })
    void anIdentityNumberThatIsNoneIsRefusedAtItsField(String typed, String fault) {
        assertThatThrownBy(() -> joinings.tellWho(worker, given.street().code(), new Joinings.Who("林若川", typed)))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .extracting(BadInput.Fault::field, BadInput.Fault::key)
                                .containsExactly(Assertions.tuple("identity", fault)));
        assertThat(joinings.open(worker)).isEmpty();
    }

    @Test
    void nobodyJoinsBeforeTheyAreBornOrTooYoung() {
        for (String[] each : new String[][] {
            {"99000020800101123", "identity-future"},
            {"99000020150101123", "too-young"},
            {"99000018000101123", "identity-birth-date"}
        }) {
            String number = IdentityNumber.complete(each[0]).text();
            assertThatThrownBy(() -> joinings.tellWho(worker, given.street().code(), new Joinings.Who("林若川", number)))
                    .isInstanceOfSatisfying(
                            BadInput.class,
                            bad -> assertThat(bad.faults().getFirst().key()).isEqualTo(each[1]));
        }
    }

    @ParameterizedTest
    @CsvSource({"𠮷田䶮, true", "阿卜杜热合曼·买买提, true", "<script>, false", "小明😀, false", "'   ', false"})
    void namesAreTakenAsPeopleHaveThem(String name, boolean taken) {
        var typed = new Joinings.Who(name, Given.freshIdentity().text());
        if (taken) {
            joinings.tellWho(worker, given.street().code(), typed);
            assertThat(joinings.open(worker).orElseThrow().name()).isEqualTo(name);
        } else {
            assertThatThrownBy(() -> joinings.tellWho(worker, given.street().code(), typed))
                    .isInstanceOf(BadInput.class);
        }
    }

    @Test
    void anApplicationIsWithdrawnUntilItIsDecided() {
        Application withdrawn = send(worker, given.street(), "courier", "");
        approvals.refuse(officer, withdrawn.id(), "请先到站点登记");
        approvals.undo(officer, withdrawn.id());
        joinings.withdraw(worker);
        assertThat(joinings.open(worker)).isEmpty();
        assertRefused(JoiningRefusal.DECIDED_ALREADY, () -> approvals.undo(officer, withdrawn.id()));
        Application again = send(worker, given.street(), "courier", "");
        approvals.approve(officer, again.id(), Optional.empty());
        assertRefused(JoiningRefusal.NOT_BEGUN, () -> joinings.withdraw(worker));
        assertRefused(
                JoiningRefusal.MEMBER_ALREADY,
                () -> joinings.tellWho(worker, given.street().code(), who()));
    }

    @Test
    void aRefusalIsReadByTheApplicantWhoMayApplyAgain() {
        Application sent = send(worker, given.street(), "courier", "");
        assertThatThrownBy(() -> approvals.refuse(officer, sent.id(), " ")).isInstanceOf(BadInput.class);
        approvals.refuse(officer, sent.id(), "请先到站点登记");
        assertRefused(JoiningRefusal.DECIDED_ALREADY, () -> approvals.approve(officer, sent.id(), Optional.empty()));
        assertRefused(JoiningRefusal.DECIDED_ALREADY, () -> approvals.refuse(officer, sent.id(), "again"));
        Application refused = joinings.latest(worker).orElseThrow();
        assertThat(joinings.decision(worker, refused).orElseThrow().reason()).isEqualTo("请先到站点登记");
        assertThat(joinings.decision(someone(), refused)).isEmpty();
        send(worker, given.street(), "courier", "");
        assertRefused(JoiningRefusal.DECIDED_ALREADY, () -> approvals.undo(officer, sent.id()));
    }

    @Test
    void aDecisionIsUndoneForADay() {
        Application sent = send(worker, given.street(), "courier", "");
        approvals.approve(officer, sent.id(), Optional.empty());
        assertThat(approvals.decided(officer, given.street().id()))
                .extracting(Approvals.Decided::id)
                .contains(sent.id());
        approvals.undo(officer, sent.id());
        assertThat(members.isMember(worker)).isFalse();
        assertThat(members.recount()).isEmpty();
        approvals.undo(officer, sent.id()); // pressed twice
        approvals.approve(officer, sent.id(), Optional.empty());
        time.pass(Duration.ofHours(25));
        assertRefused(JoiningRefusal.TOO_LATE_TO_UNDO, () -> approvals.undo(officer, sent.id()));
    }

    @Test
    void anAdmissionIsNotUndoneOverWhatCameAfter() {
        Application sent = send(worker, given.street(), "courier", "");
        approvals.approve(officer, sent.id(), Optional.empty());
        UUID membership = joinings.latest(worker).orElseThrow().membership().orElseThrow();
        members.end(officer, membership, Membership.Ending.LEFT, "");
        assertThatThrownBy(() -> approvals.undo(officer, sent.id())).isInstanceOf(Refused.class);
        assertThat(members.liveOf(List.of(membership))).isEmpty();
        assertThat(joinings.latest(worker).orElseThrow().state()).isEqualTo(Application.State.APPROVED);
    }

    @Test
    void whoeverScansAnotherPlaceGoesThere() {
        joinings.tellWho(worker, given.street().code(), who());
        joinings.tellWork(worker, new Joinings.Work("courier", "", null));
        joinings.tellWho(worker, given.otherBase().code(), who());
        assertRefused(JoiningRefusal.NOT_BEGUN, () -> joinings.send(worker));
    }

    @Test
    void oneOfTwoOfficersDecides() throws Exception {
        for (int round = 0; round < 8; round++) {
            Actor applicant = someone();
            Application sent = send(applicant, given.street(), "courier", "");
            List<Callable<String>> both = List.of(
                    () -> {
                        approvals.approve(officer, sent.id(), Optional.empty());
                        return "approved";
                    },
                    () -> {
                        approvals.refuse(given.districtOfficer(), sent.id(), "重复申请");
                        return "refused";
                    });
            int done = 0;
            try (ExecutorService hands = Executors.newFixedThreadPool(2)) {
                for (Future<String> one : hands.invokeAll(both)) {
                    try {
                        one.get();
                        done++;
                    } catch (ExecutionException refused) {
                        assertThat(refused.getCause()).isInstanceOf(Refused.class);
                    }
                }
            }
            assertThat(done).isEqualTo(1);
        }
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void theSamePersonInTwoDistrictsIsAMemberOnce() {
        Joinings.Who typed = who();
        Application here = send(worker, given.street(), "courier", "", typed);
        Actor again = someone();
        Application there = send(again, given.otherBase(), "regular", "", typed);
        assertThat(WholeQueue.of(approvals, officer, given.street().id()).stream()
                        .filter(waiting -> waiting.id().equals(here.id()))
                        .map(Approvals.Waiting::twins))
                .containsExactly(1);
        approvals.approve(given.otherDistrictOfficer(), there.id(), Optional.empty());
        assertThat(approvals.approve(officer, here.id(), Optional.empty()))
                .isEqualTo(Approvals.Approved.TRANSFER_ASKED);
        assertThat(members.isMember(worker)).isFalse();
        Actor third = someone();
        Application twice = send(third, given.otherBase(), "regular", "", typed);
        assertRefused(
                JoiningRefusal.MEMBER_ALREADY,
                () -> approvals.approve(given.otherDistrictOfficer(), twice.id(), Optional.empty()));
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void whatIsElsewhereDoesNotExist() {
        Application sent = send(worker, given.street(), "courier", "");
        for (Actor stranger : List.of(given.otherDistrictOfficer(), given.cityOfficer(), Actor.nobody(), worker)) {
            assertRefused(
                    JoiningRefusal.NO_SUCH_APPLICATION, () -> approvals.approve(stranger, sent.id(), Optional.empty()));
            assertRefused(JoiningRefusal.NO_SUCH_APPLICATION, () -> approvals.refuse(stranger, sent.id(), "not mine"));
            assertRefused(JoiningRefusal.NO_SUCH_APPLICATION, () -> approvals.undo(stranger, sent.id()));
            assertRefused(JoiningRefusal.NO_SUCH_APPLICATION, () -> approvals.one(stranger, sent.id()));
        }
        assertThat(WholeQueue.of(
                        approvals,
                        given.otherDistrictOfficer(),
                        given.otherDistrict().id()))
                .extracting(Approvals.Waiting::id)
                .doesNotContain(sent.id());
    }

    @Test
    void whoeverIsNoMemberHasNoCard() {
        assertThat(members.cardOf(worker)).isEmpty();
    }

    private Application send(Actor who, UnionSummary at, String employment, String union) {
        return send(who, at, employment, union, who());
    }

    private Application send(Actor who, UnionSummary at, String employment, String union, Joinings.Who typed) {
        joinings.tellWho(who, at.code(), typed);
        joinings.tellWork(who, new Joinings.Work(employment, "快跑速递", union));
        joinings.send(who);
        return joinings.open(who).orElseThrow();
    }

    private static Joinings.Who who() {
        Person person = Given.freshPerson(new Employment("regular", false));
        return new Joinings.Who(person.name(), person.identity().text());
    }

    private Actor baseOfficer(UnionSummary union) {
        return given.officer(Role.BASE_OFFICER, union);
    }

    private Actor someone() {
        return new Actor(
                Optional.of(Objects.requireNonNull(transaction.execute(status -> accounts.open()))), "", List.of());
    }
}

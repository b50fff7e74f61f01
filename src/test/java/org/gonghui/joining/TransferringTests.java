package org.gonghui.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gonghui.access.Accounts;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Refused;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.member.Membership;
import org.gonghui.member.Person;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.transfer.Transfers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody applies who is a member elsewhere: the other union is asked, and the applicant learns nothing of it. */
@CityTest
class TransferringTests {

    private static final Employment COURIER = new Employment("courier", true);

    @Autowired
    private Joinings joinings;

    @Autowired
    private Approvals approvals;

    @Autowired
    private JoiningStore store;

    @Autowired
    private Transfers transfers;

    @Autowired
    private Members members;

    @Autowired
    private Accounts accounts;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Given given;

    private Actor worker = Actor.nobody();
    private Actor taking = Actor.nobody();
    private Actor giving = Actor.nobody();
    private UUID old = new UUID(0, 0);
    private UUID application = new UUID(0, 0);

    @BeforeEach
    void aMemberOfTheOtherDistrictAppliesHere() {
        taking = given.streetOfficer();
        giving = given.otherDistrictOfficer();
        worker = new Actor(
                Optional.of(Objects.requireNonNull(transaction.execute(status -> accounts.open()))), "", List.of());
        Person person = Given.freshPerson(new Employment("regular", false));
        old = ((Members.Admission.Admitted)
                        members.admit(giving, given.otherBase().id(), person, Optional.empty()))
                .membership();
        application = apply(worker, person);
        assertThat(approvals.approve(taking, application, Optional.empty()))
                .isEqualTo(Approvals.Approved.TRANSFER_ASKED);
    }

    @AfterEach
    void theCountersAreARecount() {
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void theApplicantGoesOnWaitingAndTheQueueIsRidOfThem() {
        Application seen = joinings.latest(worker).orElseThrow();
        assertThat(seen.state()).isEqualTo(Application.State.WAITING);
        assertThat(joinings.decision(worker, seen)).isEmpty();
        assertThat(members.cardOf(worker)).isEmpty();
        assertThat(queue()).doesNotContain(application);
        assertThat(approvals.approve(taking, application, Optional.empty()))
                .as("pressed twice")
                .isEqualTo(Approvals.Approved.TRANSFER_ASKED);
        assertRefused(JoiningRefusal.IN_TRANSFER, () -> approvals.refuse(taking, application, "等不及了"));
    }

    @Test
    void theOtherUnionAgrees() {
        transfers.agree(giving, transfer());
        transfers.agree(giving, transfer());
        assertThat(joinings.latest(worker).orElseThrow().state()).isEqualTo(Application.State.APPROVED);
        Membership now = members.cardOf(worker).flatMap(Members.Card::live).orElseThrow();
        assertThat(now.union()).isEqualTo(given.joint().id());
        assertThat(now.beganBy()).isEqualTo(Membership.Beginning.TRANSFERRED_IN);
        assertThat(now.employment()).isEqualTo(COURIER);
        assertRefused(JoiningRefusal.CAME_BY_TRANSFER, () -> approvals.undo(taking, application));
        assertThat(approvals.decided(taking, given.street().id()))
                .extracting(Approvals.Decided::id)
                .doesNotContain(application);
    }

    @Test
    void theOtherUnionTakesItsAgreementBack() {
        transfers.agree(giving, transfer());
        transfers.undo(giving, transfer());
        assertThat(members.cardOf(worker)).as("the account is let go of").isEmpty();
        assertThat(joinings.latest(worker).orElseThrow().isInTransfer()).isTrue();
        transfers.agree(giving, transfer());
        assertThat(members.isMember(worker)).isTrue();
    }

    @Test
    void theOtherUnionObjectsAndThisOneDecides() {
        transfers.object(giving, transfer(), "还有借款未清");
        assertThat(WholeQueue.of(approvals, taking, given.street().id()).stream()
                        .filter(waiting -> waiting.id().equals(application))
                        .map(Approvals.Waiting::objection))
                .containsExactly("还有借款未清");
        Application seen = joinings.latest(worker).orElseThrow();
        assertThat(joinings.decision(worker, seen))
                .as("the applicant reads nothing of it")
                .isEmpty();
        UUID first = transfer();
        approvals.refuse(taking, application, "请先与原单位办清手续");
        assertRefused(JoiningRefusal.DECIDED_ALREADY, () -> transfers.undo(giving, first));
    }

    @Test
    void anObjectionIsUndoneOrAskedAnew() {
        transfers.object(giving, transfer(), "弄错了");
        transfers.undo(giving, transfer());
        assertThat(queue()).doesNotContain(application);
        transfers.object(giving, transfer(), "又弄错了");
        UUID first = transfer();
        assertThat(approvals.approve(taking, application, Optional.empty()))
                .isEqualTo(Approvals.Approved.TRANSFER_ASKED);
        assertThat(transfer()).isNotEqualTo(first);
        assertThatThrownBy(() -> transfers.undo(giving, first)).isInstanceOf(Refused.class); // another one waits
        transfers.agree(giving, transfer());
        assertThat(members.isMember(worker)).isTrue();
    }

    @Test
    void anOldObjectionIsNotUndoneOnceTheApplicantHasGone() {
        UUID first = transfer();
        transfers.object(giving, first, "弄错了");
        approvals.approve(taking, application, Optional.empty());
        transfers.object(giving, transfer(), "又弄错了");
        joinings.withdraw(worker);
        assertRefused(JoiningRefusal.DECIDED_ALREADY, () -> transfers.undo(giving, first));
        assertThat(members.isMember(worker)).isFalse();
        assertThat(members.liveOf(List.of(old))).containsExactly(old);
    }

    @Test
    void whoeverAnswersForBothEndsAnOlderWish() {
        UUID first = transfer();
        transfers.object(giving, first, "弄错了");
        Actor both = Actor.platform("test");
        assertThat(approvals.approve(both, application, Optional.empty())).isEqualTo(Approvals.Approved.MEMBER);
        assertRefused(JoiningRefusal.DECIDED_ALREADY, () -> transfers.undo(giving, first));
        assertThat(joinings.latest(worker).orElseThrow().state()).isEqualTo(Application.State.APPROVED);
        approvals.undo(both, application);
        assertThat(members.isMember(worker)).isFalse();
        assertThat(members.liveOf(List.of(old))).containsExactly(old);
    }

    @Test
    void aWithdrawalThatKnewNothingOfTheTransferIsTooLate() {
        assertThat(store.withdraw(application, Optional.empty())).isFalse();
        assertThat(store.withdraw(application, Optional.of(transfer()))).isTrue();
    }

    @Test
    void theWishIsTakenBackByTheUnionOrByTheApplicant() {
        UUID transfer = transfer();
        transfers.withdraw(taking, transfer);
        assertThat(queue()).contains(application);
        approvals.approve(taking, application, Optional.empty());
        UUID second = transfer();
        joinings.withdraw(worker);
        assertThat(joinings.latest(worker).orElseThrow().state()).isEqualTo(Application.State.WITHDRAWN);
        assertThatThrownBy(() -> transfers.agree(giving, second)).isInstanceOf(Refused.class);
    }

    @Test
    void whoeverLeftMeanwhileJoinsAgain() {
        members.end(giving, old, Membership.Ending.LEFT, "");
        assertThatThrownBy(() -> transfers.agree(giving, transfer())).isInstanceOf(Refused.class);
        transfers.withdraw(taking, transfer());
        assertThat(approvals.approve(taking, application, Optional.empty())).isEqualTo(Approvals.Approved.MEMBER);
        assertThat(members.cardOf(worker)
                        .flatMap(Members.Card::live)
                        .orElseThrow()
                        .beganBy())
                .isEqualTo(Membership.Beginning.REJOINED);
    }

    @Test
    void agreeingObjectingAndWithdrawingAtOnceEndInOneOfThem() throws Exception {
        UUID transfer = transfer();
        List<Callable<Object>> all = List.of(
                () -> tried(() -> transfers.agree(giving, transfer)),
                () -> tried(() -> transfers.object(giving, transfer, "有异议")),
                () -> tried(() -> transfers.withdraw(taking, transfer)),
                () -> tried(() -> joinings.withdraw(worker)));
        try (ExecutorService hands = Executors.newFixedThreadPool(4)) {
            for (Future<Object> one : hands.invokeAll(all)) {
                one.get();
            }
        }
        Application.State state = joinings.latest(worker).orElseThrow().state();
        assertThat(state).isIn(Application.State.APPROVED, Application.State.WAITING, Application.State.WITHDRAWN);
        assertThat(members.isMember(worker)).isEqualTo(state == Application.State.APPROVED);
    }

    private static boolean tried(Runnable what) {
        try {
            what.run();
            return true;
        } catch (Refused no) {
            return false;
        }
    }

    private UUID apply(Actor who, Person person) {
        joinings.tellWho(
                who,
                given.street().code(),
                new Joinings.Who(person.name(), person.identity().text()));
        joinings.tellWork(who, new Joinings.Work(COURIER.code(), "", ""));
        joinings.send(who);
        return joinings.open(who).orElseThrow().id();
    }

    private UUID transfer() {
        return joinings.latest(worker).flatMap(Application::transfer).orElseThrow();
    }

    private List<UUID> queue() {
        return WholeQueue.of(approvals, taking, given.street().id()).stream()
                .map(Approvals.Waiting::id)
                .toList();
    }
}

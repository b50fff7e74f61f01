package org.gonghui.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gonghui.access.Role;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Refused;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.member.Membership;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two unions and a member between them: who sees what, who answers, what can be undone. */
@CityTest
class TransfersTests {

    private static final Employment REGULAR = new Employment("regular", false);

    @Autowired
    private Transfers transfers;

    @Autowired
    private Members members;

    @Autowired
    private Given given;

    @Autowired
    private TestTime time;

    private Actor ours = Actor.nobody();
    private Actor theirs = Actor.nobody();
    private UUID membership = new UUID(0, 0);

    @BeforeEach
    void aMemberOfOurs() {
        ours = given.streetOfficer();
        theirs = given.otherDistrictOfficer();
        membership = ((Members.Admission.Admitted)
                        members.admit(ours, given.base().id(), Given.freshPerson(REGULAR), Optional.empty()))
                .membership();
    }

    @AfterEach
    void theCountersAreARecount() {
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void aUnionSendsItsMemberOnAndTheOtherTakesThem() {
        UUID transfer = give();
        Transfers.Line seenByUs = only(board(ours).asked(), transfer);
        assertThat(seenByUs.to())
                .map(union -> union.id())
                .contains(given.otherBase().id());
        assertThat(seenByUs.file()).isPresent();
        Transfers.Line seenByThem = only(theirBoard().toAnswer(), transfer);
        assertThat(seenByThem.from()).as("they see their side only").isEmpty();
        assertThat(seenByThem.file()).isEmpty();
        refusedToOthers(transfer, () -> transfers.withdraw(theirs, transfer));
        refusedToOthers(transfer, () -> transfers.agree(ours, transfer));
        transfers.agree(theirs, transfer);
        assertThat(only(theirBoard().answered(), transfer).undoable()).isTrue();
        assertThat(only(board(ours).answered(), transfer).undoable()).isFalse();
        transfers.undo(theirs, transfer);
        assertThat(members.liveOf(List.of(membership))).containsExactly(membership);
        transfers.withdraw(ours, transfer);
        transfers.withdraw(ours, transfer);
        assertRefused(TransferRefusal.ANSWERED_ALREADY, () -> transfers.agree(theirs, transfer));
        assertRefused(TransferRefusal.ANSWERED_ALREADY, () -> transfers.undo(theirs, transfer));
    }

    @Test
    void aUnionAsksForSomeoneAndSeesNotWhereTheyAre() {
        Transfers.Asked asked =
                transfers.take(theirs, membership, given.otherBase().id(), "试验员", REGULAR, Optional.empty());
        UUID transfer = ((Transfers.Asked.Waits) asked).transfer();
        Transfers.Line seenByThem = only(theirBoard().asked(), transfer);
        assertThat(seenByThem.from()).isEmpty();
        assertThat(seenByThem.file()).isEmpty();
        Transfers.Line seenByUs = only(board(ours).toAnswer(), transfer);
        assertThat(seenByUs.to()).isEmpty();
        assertThat(seenByUs.file()).isPresent();
        assertRefused(TransferRefusal.ANOTHER_WAITS, this::give);
        transfers.object(ours, transfer, "本人不同意");
        assertThat(only(theirBoard().answered(), transfer).transfer().reason()).isEqualTo("本人不同意");
    }

    @Test
    void whoeverAnswersForBothDoesItAtOnce() {
        UUID arrived = ((Transfers.Asked.Done)
                        transfers.give(ours, membership, given.joint().code()))
                .membership();
        assertThat(members.liveOf(List.of(arrived, membership))).containsExactly(arrived);
        Transfers.Line line = board(ours).answered().stream()
                .filter(each -> each.transfer().membership().equals(membership))
                .findFirst()
                .orElseThrow();
        assertThat(line.undoable()).isTrue();
        transfers.undo(ours, line.transfer().id());
        assertThat(members.liveOf(List.of(arrived, membership))).containsExactly(membership);
        Transfers.Line undone = only(board(ours).answered(), line.transfer().id());
        assertThat(undone.transfer().state())
                .as("nobody was asked, so nothing waits again")
                .isEqualTo(Transfer.State.WITHDRAWN);
        assertThat(undone.undoable()).isFalse();
    }

    @Test
    void whoeverHasLeftIsNotTransferred() {
        members.end(ours, membership, Membership.Ending.LEFT, "");
        assertRefused(TransferRefusal.NO_MEMBER_ANY_MORE, this::give);
        assertRefused(
                TransferRefusal.NO_MEMBER_ANY_MORE,
                () -> transfers.take(theirs, membership, given.otherBase().id(), "试验员", REGULAR, Optional.empty()));
    }

    @Test
    void onlyWhoIsConcernedAsks() {
        assertRefused(
                TransferRefusal.NO_SUCH_TRANSFER,
                () -> transfers.give(theirs, membership, given.otherBase().code()));
        assertRefused(
                TransferRefusal.NO_SUCH_TRANSFER,
                () -> transfers.give(
                        Actor.nobody(), membership, given.otherBase().code()));
        assertThatThrownBy(() ->
                        transfers.take(ours, membership, given.otherBase().id(), "试验员", REGULAR, Optional.empty()))
                .isInstanceOf(Refused.class);
        assertRefused(
                TransferRefusal.NO_SUCH_TRANSFER,
                () -> transfers.give(
                        given.officer(Role.AUDITOR, given.city()),
                        membership,
                        given.otherBase().code()));
    }

    @Test
    void theCodeThatIsTypedIsABaseUnions() {
        for (String wrong :
                new String[] {"", "999999", "<script>", given.otherDistrict().code()}) {
            assertThatThrownBy(() -> transfers.give(ours, membership, wrong)).isInstanceOf(BadInput.class);
        }
        assertThatThrownBy(() -> transfers.give(ours, membership, null)).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> transfers.object(theirs, give(), " ")).isInstanceOf(BadInput.class);
    }

    @Test
    void anAnswerStandsAfterADay() {
        UUID transfer = give();
        transfers.agree(theirs, transfer);
        time.pass(Duration.ofHours(25));
        assertRefused(TransferRefusal.TOO_LATE_TO_UNDO, () -> transfers.undo(theirs, transfer));
    }

    @Test
    void aMembershipThatEndedMeanwhileIsSaidToBeGone() {
        UUID transfer = give();
        members.end(ours, membership, Membership.Ending.LEFT, "");
        assertThat(only(theirBoard().toAnswer(), transfer).gone()).isTrue();
        assertThatThrownBy(() -> transfers.agree(theirs, transfer)).isInstanceOf(Refused.class);
    }

    private UUID give() {
        return ((Transfers.Asked.Waits)
                        transfers.give(ours, membership, given.otherBase().code()))
                .transfer();
    }

    private Transfers.Board board(Actor who) {
        return transfers.board(who, given.street().id());
    }

    private Transfers.Board theirBoard() {
        return transfers.board(theirs, given.otherDistrict().id());
    }

    private static Transfers.Line only(List<Transfers.Line> lines, UUID transfer) {
        return lines.stream()
                .filter(line -> line.transfer().id().equals(transfer))
                .findFirst()
                .orElseThrow();
    }

    private void refusedToOthers(UUID transfer, ThrowingCallable otherSide) {
        assertRefused(TransferRefusal.NO_SUCH_TRANSFER, otherSide);
        for (Actor stranger : List.of(Actor.nobody(), given.cityOfficer(), given.officer(Role.AUDITOR, given.city()))) {
            assertRefused(TransferRefusal.NO_SUCH_TRANSFER, () -> transfers.agree(stranger, transfer));
            assertRefused(TransferRefusal.NO_SUCH_TRANSFER, () -> transfers.object(stranger, transfer, "不是我的"));
            assertRefused(TransferRefusal.NO_SUCH_TRANSFER, () -> transfers.withdraw(stranger, transfer));
            assertRefused(TransferRefusal.NO_SUCH_TRANSFER, () -> transfers.undo(stranger, transfer));
        }
    }
}

package org.gonghui.transfer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.Employment;
import org.gonghui.member.MemberId;
import org.gonghui.member.Members;
import org.gonghui.member.Membership;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.phone.Phones;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Members go from one base union to another: one side asks, the other agrees or objects. Each side sees the other union
 * only where it may see it anyway; an officer who answers for both does it at once.
 */
@Service
public class Transfers implements OpenWork {

    private static final Duration UNDONE_WITHIN = Duration.ofDays(1);
    private static final int LONGEST_REASON = 200;
    private static final int MOST_SHOWN = 50;

    /** What came of asking. */
    public sealed interface Asked {

        /** Done: the actor answers for both sides. */
        record Done(UUID membership) implements Asked {}

        /** The other side is asked. */
        record Waits(UUID transfer) implements Asked {}
    }

    /**
     * A transfer as one side sees it.
     *
     * @param file the person's file; empty where the reader may not see it
     * @param from empty where the reader may not know it
     * @param to empty where the reader may not know it
     * @param gone true when the membership has ended otherwise: nothing is left to transfer
     * @param undoable true when the reader's side answered within the last day
     */
    record Line(
            Transfer transfer,
            Optional<MemberId> file,
            Optional<UnionSummary> from,
            Optional<UnionSummary> to,
            boolean gone,
            boolean undoable) {}

    /** The transfers of a part of the tree: to be answered, waited for, answered. */
    record Board(List<Line> toAnswer, List<Line> asked, List<Line> answered) {}

    private final TransferStore store;
    private final Members members;
    private final Unions unions;
    private final Phones phones;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Transfers(
            TransferStore store,
            Members members,
            Unions unions,
            Phones phones,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.members = members;
        this.unions = unions;
        this.phones = phones;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** The transfers that concern the actor at a union and below it. */
    @Transactional(readOnly = true)
    Board board(Actor actor, UnionId at) {
        Reach reach = actor.reach(Right.MEMBER_APPROVE);
        UnionPath path = unions.get(actor, at, Right.MEMBER_APPROVE).path();
        return new Board(
                lines(reach, store.toAnswer(reach, path, MOST_SHOWN)),
                lines(reach, store.asked(reach, path, MOST_SHOWN)),
                lines(reach, store.answered(reach, path, MOST_SHOWN)));
    }

    /**
     * Asks that someone who turned out to be a member elsewhere come to a union of the actor's.
     *
     * @param name as the person told it here; the name on record is the other union's to tell
     */
    @Transactional
    public Asked take(
            Actor actor, UUID membership, UnionId to, String name, Employment employment, Optional<AccountId> account) {
        requireWithin(actor, to);
        Membership held = members.membership(Actor.platform("transfer"), membership, Right.MEMBER_READ)
                .orElseThrow(() -> new Refused(TransferRefusal.NO_SUCH_TRANSFER));
        return ask(actor, held, to, Transfer.Side.TAKING, name, Optional.of(employment), account);
    }

    /** What is wrong with the code of the union to go to, a key of the words; empty when nothing is. */
    Optional<String> faultOf(@Nullable String typed) {
        String code = CleanText.line(typed);
        if (code.isEmpty()) {
            return Optional.of("empty");
        }
        Optional<UnionSummary> union = unions.byCode(code);
        if (union.isEmpty()) {
            return Optional.of("no-such-union");
        }
        return union.get().kind().isBase() ? Optional.empty() : Optional.of("no-base-union");
    }

    /** Asks that a member of the actor's go to another base union. */
    @Transactional
    public Asked give(Actor actor, UUID membership, @Nullable String code) {
        Membership held = ours(actor, membership);
        var input = new Input();
        faultOf(code).ifPresent(fault -> input.fault("code", fault));
        input.check();
        UnionSummary to = unions.byCode(CleanText.line(code)).orElseThrow();
        return ask(
                actor,
                held,
                to.id(),
                Transfer.Side.GIVING,
                members.nameOf(held.member()),
                Optional.empty(),
                Optional.empty());
    }

    /** A member of the actor's. */
    @Transactional(readOnly = true)
    Membership ours(Actor actor, UUID membership) {
        return members.membership(actor, membership, Right.MEMBER_APPROVE)
                .orElseThrow(() -> new Refused(TransferRefusal.NO_SUCH_TRANSFER));
    }

    private Asked ask(
            Actor actor,
            Membership held,
            UnionId to,
            Transfer.Side by,
            String name,
            Optional<Employment> employment,
            Optional<AccountId> account) {
        if (!held.isLive()) {
            throw new Refused(TransferRefusal.NO_MEMBER_ANY_MORE);
        }
        var transfer = new Transfer(
                Ids.next(clock),
                held.member(),
                held.id(),
                held.union(),
                to,
                by,
                name,
                employment.map(Employment::code),
                account,
                Transfer.State.WAITING,
                clock.instant(),
                actor.name(),
                Optional.empty(),
                "",
                "",
                Optional.empty(),
                false);
        Reach reach = actor.reach(Right.MEMBER_APPROVE);
        if (Stream.of(held.union(), to).allMatch(union -> reach.covers(place(union)))) {
            UUID arrived = members.transfer(actor, held.id(), arrival(transfer));
            if (account.isEmpty()) { // what came of an application is undone with its decision
                store.insert(transfer.agreedAtOnce(arrived));
            }
            return new Asked.Done(arrived);
        }
        if (!store.insert(transfer)) {
            throw new Refused(TransferRefusal.ANOTHER_WAITS);
        }
        record(actor, "transfer.ask", transfer, by);
        return new Asked.Waits(transfer.id());
    }

    /** Says yes for the side that was asked: the member belongs to the other union from today. */
    @Transactional
    public void agree(Actor actor, UUID id) {
        Transfer transfer = toAnswer(actor, id);
        if (transfer.state() == Transfer.State.AGREED) {
            return; // the same button, pressed twice
        }
        requireWaiting(transfer);
        UUID arrived = members.transfer(actor, transfer.membership(), arrival(transfer));
        store.answer(id, Transfer.State.AGREED, clock.instant(), actor.name(), "", arrived);
        record(actor, "transfer.agree", transfer, transfer.answeredBy());
        tell(transfer, TransferAnswered.Outcome.AGREED, Optional.of(arrived), "");
    }

    /** Says no for the side that was asked, with a reason that the other side reads. */
    @Transactional
    public void object(Actor actor, UUID id, @Nullable String typedReason) {
        var input = new Input();
        String reason = input.name("reason", typedReason, LONGEST_REASON);
        input.check();
        Transfer transfer = toAnswer(actor, id);
        requireWaiting(transfer);
        store.answer(id, Transfer.State.OBJECTED, clock.instant(), actor.name(), reason, null);
        record(actor, "transfer.object", transfer, transfer.answeredBy());
        tell(transfer, TransferAnswered.Outcome.OBJECTED, Optional.empty(), reason);
    }

    /** Takes a wish of one's own side back before it is answered. */
    @Transactional
    public void withdraw(Actor actor, UUID id) {
        Transfer transfer = store.lockAsked(id, actor.reach(Right.MEMBER_APPROVE))
                .orElseThrow(() -> new Refused(TransferRefusal.NO_SUCH_TRANSFER));
        if (transfer.state() == Transfer.State.WITHDRAWN) {
            return; // the same button, pressed twice
        }
        requireWaiting(transfer);
        withdraw(actor, transfer);
    }

    /** The person takes back what gave rise to the wish; answered already, it stands. */
    @Transactional
    public void withdrawFor(Actor person, UUID id) {
        store.lock(id)
                .filter(transfer -> transfer.state() == Transfer.State.WAITING)
                .filter(transfer -> transfer.account().equals(person.account()))
                .ifPresent(transfer -> withdraw(person, transfer));
    }

    private void withdraw(Actor actor, Transfer transfer) {
        store.answer(transfer.id(), Transfer.State.WITHDRAWN, clock.instant(), actor.name(), "", null);
        record(actor, "transfer.withdraw", transfer, transfer.askedBy());
        tell(transfer, TransferAnswered.Outcome.WITHDRAWN, Optional.empty(), "");
    }

    /**
     * Undoes the actor's own side's answer of the last day: the wish waits again, the counters stand as before. What was
     * done at once is withdrawn.
     */
    @Transactional
    public void undo(Actor actor, UUID id) {
        Transfer transfer = toAnswer(actor, id);
        if (transfer.state() == Transfer.State.WAITING) {
            return; // undone already
        }
        if (transfer.state() == Transfer.State.WITHDRAWN) {
            throw new Refused(TransferRefusal.ANSWERED_ALREADY);
        }
        if (!isRecent(transfer)) {
            throw new Refused(TransferRefusal.TOO_LATE_TO_UNDO);
        }
        transfer.arrived().ifPresent(arrived -> members.undoTransfer(actor, arrived));
        if (transfer.atOnce()) { // nobody was asked, so nothing waits again
            withdraw(actor, transfer);
            return;
        }
        if (!store.reopen(transfer)) {
            throw new Refused(TransferRefusal.ANOTHER_WAITS);
        }
        record(actor, "transfer.undo", transfer, transfer.answeredBy());
        tell(transfer, TransferAnswered.Outcome.WAITING_AGAIN, Optional.empty(), "");
    }

    private List<Line> lines(Reach reach, List<Transfer> transfers) {
        Set<UUID> live =
                members.liveOf(transfers.stream().map(Transfer::membership).toList());
        return transfers.stream().map(transfer -> line(reach, transfer, live)).toList();
    }

    private Line line(Reach reach, Transfer transfer, Set<UUID> live) {
        boolean waiting = transfer.state() == Transfer.State.WAITING;
        Optional<UnionSummary> from = known(reach, transfer.from());
        Optional<UnionSummary> to = transfer.askedBy() == Transfer.Side.GIVING && from.isPresent()
                ? unions.named(transfer.to()) // whoever asked knows where to
                : known(reach, transfer.to());
        boolean answered = known(reach, transfer.answeredBy() == Transfer.Side.GIVING ? transfer.from() : transfer.to())
                .isPresent();
        boolean file = from.isPresent()
                || (transfer.state() == Transfer.State.AGREED
                        && known(reach, transfer.to()).isPresent());
        return new Line(
                transfer,
                file ? Optional.of(transfer.member()) : Optional.empty(),
                from,
                to,
                waiting && !live.contains(transfer.membership()),
                answered && !waiting && transfer.state() != Transfer.State.WITHDRAWN && isRecent(transfer));
    }

    private Optional<UnionSummary> known(Reach reach, UnionId union) {
        return unions.named(union).filter(of -> reach.covers(of.path()));
    }

    private boolean isRecent(Transfer transfer) {
        Instant answeredAt = transfer.answeredAt().orElse(Instant.EPOCH);
        return answeredAt.isAfter(clock.instant().minus(UNDONE_WITHIN))
                && (transfer.state() != Transfer.State.AGREED
                        || members.canBeTakenBack(LocalDate.ofInstant(answeredAt, clock.getZone())));
    }

    private Transfer toAnswer(Actor actor, UUID id) {
        return store.lockToAnswer(id, actor.reach(Right.MEMBER_APPROVE))
                .orElseThrow(() -> new Refused(TransferRefusal.NO_SUCH_TRANSFER));
    }

    private static void requireWaiting(Transfer transfer) {
        if (transfer.state() != Transfer.State.WAITING) {
            throw new Refused(TransferRefusal.ANSWERED_ALREADY);
        }
    }

    private void requireWithin(Actor actor, UnionId union) {
        unions.get(actor, union, Right.MEMBER_APPROVE);
    }

    private Members.Arrival arrival(Transfer transfer) {
        return new Members.Arrival(
                transfer.to(),
                transfer.employment().map(members::employmentOf),
                transfer.account().flatMap(phones::of),
                transfer.account());
    }

    private UnionPath place(UnionId union) {
        return unions.named(union).map(UnionSummary::path).orElseThrow();
    }

    /** Recorded at the place of the side that acts: the history of one side tells nothing of the other. */
    private void record(Actor actor, String action, Transfer transfer, Transfer.Side side) {
        UnionId acting = side == Transfer.Side.TAKING ? transfer.to() : transfer.from();
        audit.record(actor, action, transfer.member().value(), place(acting), Audit.facts("name", transfer.name()));
    }

    private void tell(Transfer transfer, TransferAnswered.Outcome outcome, Optional<UUID> arrived, String objection) {
        events.publishEvent(new TransferAnswered(
                transfer.id(), transfer.member(), transfer.account().isPresent(), outcome, arrived, objection));
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenWork.Waiting> waiting(Actor holder, UnionId union, UnionPath at) {
        return store
                .waiting(holder.reach(Right.MEMBER_APPROVE), at, "transfer.open-work", "/desk/transfers/" + union)
                .stream()
                .toList();
    }
}

package org.gonghui.joining;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Employment;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.MemberId;
import org.gonghui.member.Members;
import org.gonghui.member.Members.Admission;
import org.gonghui.member.Person;
import org.gonghui.member.PhoneNumber;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.transfer.Transfers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Staff take somebody in at the counter: someone without a phone, or with papers in their hand. */
@Service
class StaffEntry {

    /** Who stands at the counter, as typed. */
    record Typed(
            @Nullable String name,
            @Nullable String identity,
            @Nullable String phone,
            @Nullable String employment,
            @Nullable String union) {}

    /** What came of it. */
    sealed interface Entered {

        /** A member now, or was one already: here is the file. */
        record Member(MemberId member, boolean already) implements Entered {}

        /** A member of another union, which has been asked to let them go. */
        record TransferAsked(UUID transfer) implements Entered {}
    }

    /** Somebody taken in within the last day, whom it can still be undone for. */
    record Recent(UUID membership, String name, UnionSummary union, Instant at, String actor) {}

    private final EntryStore store;
    private final Joinings joinings;
    private final Members members;
    private final Transfers transfers;
    private final Unions unions;
    private final Clock clock;

    StaffEntry(EntryStore store, Joinings joinings, Members members, Transfers transfers, Unions unions, Clock clock) {
        this.store = store;
        this.joinings = joinings;
        this.members = members;
        this.transfers = transfers;
        this.unions = unions;
        this.clock = clock;
    }

    /** The base unions that somebody can be taken into at a place: itself, or those below it. */
    List<UnionSummary> choices(Actor actor, UnionId at) {
        UnionSummary place = unions.get(actor, at, Right.MEMBER_APPROVE);
        return place.kind().isBase() ? List.of(place) : joinings.baseUnions(place);
    }

    /** Takes somebody in, from today. One person is one person here as everywhere. */
    @Transactional
    Entered enter(Actor actor, UnionId at, Typed typed) {
        List<UnionSummary> choices = choices(actor, at);
        var input = new Input();
        String name = input.name("name", typed.name(), Members.LONGEST_NAME);
        Optional<IdentityNumber> identity = IdentityNumber.ofWorker(input, typed.identity(), LocalDate.now(clock));
        String number = CleanText.line(typed.phone());
        Optional<PhoneNumber> phone = PhoneNumber.read(number);
        if (!number.isEmpty() && phone.isEmpty()) {
            input.fault("phone", "phone");
        }
        Employment employment = members.employment(input, typed.employment());
        String chosen = CleanText.line(typed.union());
        Optional<UnionSummary> union = choices.size() == 1
                ? Optional.of(choices.getFirst())
                : choices.stream()
                        .filter(each -> each.id().toString().equals(chosen))
                        .findFirst();
        if (union.isEmpty()) {
            input.fault("union", chosen.isEmpty() ? "empty" : "no-such-choice");
        }
        input.check();
        UnionId to = union.orElseThrow().id();
        var person = new Person(name, identity.orElseThrow(), phone, employment);
        return switch (members.admit(actor, to, person, Optional.empty())) {
            case Admission.Admitted admitted -> {
                store.insert(admitted.membership(), to, name, clock.instant(), actor);
                yield new Entered.Member(admitted.member(), false);
            }
            case Admission.MemberHere here -> new Entered.Member(here.member(), true);
            case Admission.MemberElsewhere elsewhere ->
                switch (transfers.take(actor, elsewhere.membership(), to, name, employment, Optional.empty())) {
                    case Transfers.Asked.Done done -> new Entered.Member(elsewhere.member(), false);
                    case Transfers.Asked.Waits waits -> new Entered.TransferAsked(waits.transfer());
                };
        };
    }

    /** Who was taken in there and can still be sent out again; who came over from another union stands with the transfers. */
    @Transactional(readOnly = true)
    List<Recent> recent(Actor actor, UnionId at) {
        return store
                .since(
                        clock.instant().minus(Members.TAKEN_BACK_WITHIN),
                        actor.reach(Right.MEMBER_APPROVE),
                        unions.get(actor, at, Right.MEMBER_APPROVE).path(),
                        Approvals.MOST_SHOWN)
                .stream()
                .filter(line -> canBeUndone(line.at()))
                .map(line -> new Recent(
                        line.membership(),
                        line.name(),
                        unions.named(line.union()).orElseThrow(),
                        line.at(),
                        line.actor()))
                .toList();
    }

    /** Undoes what was typed wrongly within the last day: there never was such a membership, the counters stand as before. */
    @Transactional
    void undo(Actor actor, UUID membership) {
        EntryStore.Line line = store.lock(membership, actor.reach(Right.MEMBER_APPROVE))
                .orElseThrow(() -> new Refused(JoiningRefusal.NO_SUCH_APPLICATION));
        if (line.undone()) {
            return; // the same button, pressed twice
        }
        if (!canBeUndone(line.at())) {
            throw new Refused(JoiningRefusal.TOO_LATE_TO_UNDO);
        }
        members.takeBackAdmission(actor, membership);
        store.undo(membership, clock.instant());
    }

    private boolean canBeUndone(Instant at) {
        return at.plus(Members.TAKEN_BACK_WITHIN).isAfter(clock.instant())
                && members.canBeTakenBack(LocalDate.ofInstant(at, clock.getZone()));
    }
}

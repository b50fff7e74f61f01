package org.gonghui.joining;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
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

    private final Joinings joinings;
    private final Members members;
    private final Transfers transfers;
    private final Unions unions;
    private final Clock clock;

    StaffEntry(Joinings joinings, Members members, Transfers transfers, Unions unions, Clock clock) {
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
            case Admission.Admitted admitted -> new Entered.Member(admitted.member(), false);
            case Admission.MemberHere here -> new Entered.Member(here.member(), true);
            case Admission.MemberElsewhere elsewhere ->
                switch (transfers.take(actor, elsewhere.membership(), to, name, employment, Optional.empty())) {
                    case Transfers.Asked.Done done -> new Entered.Member(elsewhere.member(), false);
                    case Transfers.Asked.Waits waits -> new Entered.TransferAsked(waits.transfer());
                };
        };
    }
}

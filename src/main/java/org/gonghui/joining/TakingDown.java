package org.gonghui.joining;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.member.Employment;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.Members;
import org.gonghui.member.Person;
import org.gonghui.member.PhoneNumber;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Staff take down at a stall who wants to join: an application like those that come from phones, in the same queue, without an
 * account behind it. Sent again it is there once.
 */
@Service
public class TakingDown {

    /** Somebody at the stall, as typed. */
    public record Typed(
            @Nullable String name,
            @Nullable String identity,
            @Nullable String phone,
            @Nullable String employment,
            @Nullable String employer,
            @Nullable String union) {}

    /** What came of it. */
    public enum Taken {
        /** It waits to be approved. */
        WAITS,
        /** It waits; the person belongs to another union, which will be asked to let them go. */
        WAITS_MEMBER_ELSEWHERE,
        /** Somebody with this identity number waits already: nothing was added. */
        TWICE,
        /** A member of this very union already: nothing was added. */
        MEMBER_HERE
    }

    private final JoiningStore store;
    private final JoiningCodes codes;
    private final Joinings joinings;
    private final Members members;
    private final Unions unions;
    private final Audit audit;
    private final Clock clock;

    TakingDown(
            JoiningStore store,
            JoiningCodes codes,
            Joinings joinings,
            Members members,
            Unions unions,
            Audit audit,
            Clock clock) {
        this.store = store;
        this.codes = codes;
        this.joinings = joinings;
        this.members = members;
        this.unions = unions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Takes somebody down for the stall of a code, which may have ended since.
     *
     * @param id what the application is called from now on, chosen where it was typed
     * @throws BadInput for what nobody can read
     */
    @Transactional
    public Taken takeDown(Actor actor, String code, UUID id, Typed typed) {
        JoiningCodes.Scanned scanned = codes.find(code);
        UnionSummary stall = unions.get(actor, scanned.union().id(), Right.MEMBER_APPROVE);
        var input = new Input();
        String name = input.name("name", typed.name(), Members.LONGEST_NAME);
        Optional<IdentityNumber> identity = IdentityNumber.ofWorker(input, typed.identity(), LocalDate.now(clock));
        String number = CleanText.line(typed.phone());
        Optional<PhoneNumber> phone = PhoneNumber.read(number);
        if (!number.isEmpty() && phone.isEmpty()) {
            input.fault("phone", "phone");
        }
        Employment employment = members.employment(input, typed.employment());
        String employer = input.optionalName("employer", typed.employer(), Joinings.LONGEST_EMPLOYER);
        Optional<UnionSummary> chosen = joinings.chosen(input, stall, typed.union());
        input.check();
        Joinings.Destination to = joinings.destination(stall, employment, chosen);
        var person = new Person(name, identity.orElseThrow(), phone, employment);
        Optional<Members.Alike> known = members.alike(actor, person).stream()
                .filter(alike -> alike.live() && alike.how() == Members.Likeness.SAME_IDENTITY)
                .findFirst();
        if (known.flatMap(Members.Alike::union).filter(to.union().id()::equals).isPresent()) {
            return Taken.MEMBER_HERE;
        }
        Taken waits = known.isPresent() ? Taken.WAITS_MEMBER_ELSEWHERE : Taken.WAITS;
        if (isSentAgain(actor, scanned, id)) {
            return waits;
        }
        if (store.isWaiting(person.identity())) {
            return Taken.TWICE;
        }
        if (!store.insertTaken(id, actor, scanned.code(), person, employer, clock.instant(), to)) {
            isSentAgain(actor, scanned, id); // at the same moment
            return waits;
        }
        audit.record(
                actor,
                "joining.take-down",
                id,
                to.deciding().path(),
                Audit.facts("name", name, "scanned", scanned.code()));
        return waits;
    }

    /** True for the same once more, after an answer that was lost; another's application is none of the actor's. */
    private boolean isSentAgain(Actor actor, JoiningCodes.Scanned scanned, UUID id) {
        Optional<JoiningStore.TakenBefore> before = store.taken(id);
        if (before.filter(other ->
                        !other.by().equals(actor.account()) || !other.scanned().equals(scanned.code()))
                .isPresent()) {
            throw new Refused(JoiningRefusal.NO_SUCH_APPLICATION);
        }
        return before.isPresent();
    }
}

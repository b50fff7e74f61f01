package org.gonghui.joining;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Objects;
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
     * Takes somebody down for the stall of a code, which may have ended since. Sent again, by whoever may, it has the same
     * answer: also after what was asked then is no longer so.
     *
     * @param id what the application is called from now on, chosen where it was typed
     * @throws BadInput for what nobody can read
     */
    @Transactional
    public Taken takeDown(Actor actor, String code, UUID id, Typed typed) {
        JoiningCodes.Scanned scanned = codes.find(code);
        UnionSummary stall = unions.get(actor, scanned.union().id(), Right.MEMBER_APPROVE);
        Optional<Taken> before = IdentityNumber.read(Objects.requireNonNullElse(typed.identity(), ""))
                .flatMap(identity -> before(scanned, id, identity));
        if (before.isPresent()) {
            return before.get();
        }
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
        Optional<UnionSummary> chosen = joinings.chosenThen(input, stall, typed.union());
        input.check();
        var person = new Person(name, identity.orElseThrow(), phone, employment);
        return take(actor, scanned, id, person, employer, joinings.destination(stall, employment, chosen));
    }

    private Taken take(
            Actor actor,
            JoiningCodes.Scanned scanned,
            UUID id,
            Person person,
            String employer,
            Joinings.Destination to) {
        Optional<Members.Alike> known = members.alike(actor, person).stream()
                .filter(alike -> alike.live() && alike.how() == Members.Likeness.SAME_IDENTITY)
                .findFirst();
        boolean here = known.flatMap(Members.Alike::union)
                .filter(to.union().id()::equals)
                .isPresent();
        Taken taken = here
                ? Taken.MEMBER_HERE
                : store.isWaiting(person.identity())
                        ? Taken.TWICE
                        : known.isPresent() ? Taken.WAITS_MEMBER_ELSEWHERE : Taken.WAITS;
        boolean waits = taken == Taken.WAITS || taken == Taken.WAITS_MEMBER_ELSEWHERE;
        if (waits
                && !store.insertTaken(
                        id, actor, scanned.code(), person, known.isPresent(), employer, clock.instant(), to)) {
            throw new Refused(JoiningRefusal.NO_SUCH_APPLICATION); // somebody else's id
        }
        audit.record(
                actor,
                switch (taken) { // who tries numbers out leaves a trail as well
                    case WAITS, WAITS_MEMBER_ELSEWHERE -> "joining.take-down";
                    case TWICE -> "joining.take-down-twice";
                    case MEMBER_HERE -> "joining.take-down-member";
                },
                id,
                to.deciding().path(),
                Audit.facts("name", person.name(), "scanned", scanned.code()));
        return taken;
    }

    /**
     * The answer to the same once more, after an answer that was lost; another's application is none of the actor's. Whoever comes
     * with the same identity number at the same moment waits here for the other.
     */
    private Optional<Taken> before(JoiningCodes.Scanned scanned, UUID id, IdentityNumber identity) {
        store.takeTurns(identity);
        Optional<JoiningStore.TakenBefore> before = store.taken(id, identity);
        if (before.filter(other -> !other.samePerson() || !other.scanned().equals(scanned.code()))
                .isPresent()) {
            throw new Refused(JoiningRefusal.NO_SUCH_APPLICATION);
        }
        return before.map(other -> other.elsewhere() ? Taken.WAITS_MEMBER_ELSEWHERE : Taken.WAITS);
    }
}

package org.gonghui.joining;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.Employment;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.MemberId;
import org.gonghui.member.Members;
import org.gonghui.member.Members.Admission;
import org.gonghui.member.Person;
import org.gonghui.member.PhoneNumber;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.phone.Phones;
import org.gonghui.seal.Sealer;
import org.gonghui.transfer.TransferAnswered;
import org.gonghui.transfer.Transfers;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A union decides who becomes a member: approve, refuse with a reason, undo for a day. */
@Service
public class Approvals implements OpenWork {

    private static final String APPROVED = "approved";
    private static final Duration UNDONE_WITHIN = Duration.ofDays(1);
    private static final int LONGEST_REASON = 200;
    static final int MOST_SHOWN = 50;

    /**
     * Somebody who waits to be decided about.
     *
     * @param identity masked
     * @param phone masked; empty when the account has none any more
     * @param union where they would go: a base union, or a street, for which one must be chosen
     * @param alike people on record who may be the same person
     * @param twins other applications that wait with the same identity number, anywhere in the city
     * @param objection why another union does not let them go; empty for nothing
     * @param takenBy who took them down at a stall; empty for who applied by a phone of their own
     */
    record Waiting(
            UUID id,
            String name,
            String sex,
            int age,
            String identity,
            String phone,
            String employment,
            String employer,
            UnionSummary union,
            Instant sentAt,
            List<Members.Alike> alike,
            int twins,
            String objection,
            String takenBy) {

        boolean isSuspect() {
            return twins > 0 || !alike.isEmpty() || !objection.isEmpty();
        }

        /** True when the officer must choose the union first. */
        boolean lacksUnion() {
            return !union.kind().isBase();
        }
    }

    /** What came of an approval. */
    enum Approved {
        /** A member now. */
        MEMBER,
        /** A member of another union, which has been asked to let them go. */
        TRANSFER_ASKED
    }

    /** A decision of the last day that can still be undone. */
    record Decided(UUID id, String name, UnionSummary union, Application.Decision decision) {}

    private final JoiningStore store;
    private final Members members;
    private final Unions unions;
    private final Phones phones;
    private final Transfers transfers;
    private final Sealer sealer;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Approvals(
            JoiningStore store,
            Members members,
            Unions unions,
            Phones phones,
            Transfers transfers,
            Sealer sealer,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.members = members;
        this.unions = unions;
        this.phones = phones;
        this.transfers = transfers;
        this.sealer = sealer;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Who waits at a union and below it for the actor's decision, the first to come first, fifty at a time. */
    @Transactional(readOnly = true)
    List<Waiting> queue(Actor actor, UnionId at, Optional<UUID> after) {
        UnionPath path = unions.get(actor, at, Right.MEMBER_APPROVE).path();
        return store.queue(actor.reach(Right.MEMBER_APPROVE), path, after, MOST_SHOWN).stream()
                .map(line -> waiting(actor, line))
                .toList();
    }

    /** One who waits for the actor's decision. */
    @Transactional(readOnly = true)
    Waiting one(Actor actor, UUID id) {
        JoiningStore.Line line = store.one(id, actor.reach(Right.MEMBER_APPROVE))
                .orElseThrow(() -> new Refused(JoiningRefusal.NO_SUCH_APPLICATION));
        if (line.application().state() != Application.State.WAITING) {
            throw new Refused(JoiningRefusal.DECIDED_ALREADY);
        }
        return waiting(actor, line);
    }

    /** How many wait there. */
    @Transactional(readOnly = true)
    int waiting(Actor actor, UnionId at) {
        return store.waiting(
                actor.reach(Right.MEMBER_APPROVE),
                unions.get(actor, at, Right.MEMBER_APPROVE).path());
    }

    /** What was decided there and can still be undone. */
    @Transactional(readOnly = true)
    List<Decided> decided(Actor actor, UnionId at) {
        return store
                .decidedSince(
                        clock.instant().minus(UNDONE_WITHIN),
                        actor.reach(Right.MEMBER_APPROVE),
                        unions.get(actor, at, Right.MEMBER_APPROVE).path(),
                        MOST_SHOWN)
                .stream()
                .filter(line -> isUndoable(line.decision().orElseThrow()))
                .map(line -> new Decided(
                        line.application().id(),
                        line.application().name(),
                        union(line.application()),
                        line.decision().orElseThrow()))
                .toList();
    }

    /**
     * Makes the applicant a member, from today; for someone who is a member elsewhere the other union is asked first.
     *
     * @param into the base union, for an applicant who did not know their own; else empty
     */
    @Transactional
    Approved approve(Actor actor, UUID id, Optional<UnionId> into) {
        Application application = locked(actor, id);
        if (application.state() == Application.State.APPROVED) {
            return Approved.MEMBER; // two officers, or one button pressed twice: it is done
        }
        if (application.isInTransfer()) {
            return Approved.TRANSFER_ASKED; // likewise
        }
        if (application.state() != Application.State.WAITING) {
            throw new Refused(JoiningRefusal.DECIDED_ALREADY);
        }
        UnionSummary union = union(application);
        UnionId to = union.kind().isBase()
                ? union.id()
                : into.orElseThrow(() -> new Refused(JoiningRefusal.NO_UNION_CHOSEN));
        Person person = person(application);
        return switch (members.admit(actor, to, person, application.account())) {
            case Admission.Admitted admitted -> approved(actor, application, admitted.member(), admitted.membership());
            case Admission.MemberHere here -> throw new Refused(JoiningRefusal.MEMBER_ALREADY);
            case Admission.MemberElsewhere elsewhere -> askFor(actor, application, to, person, elsewhere);
        };
    }

    private Approved approved(Actor actor, Application application, MemberId member, UUID membership) {
        store.approve(application.id(), member, membership);
        decide(actor, application, APPROVED, "");
        return Approved.MEMBER;
    }

    private Approved askFor(
            Actor actor, Application application, UnionId to, Person person, Admission.MemberElsewhere elsewhere) {
        Transfers.Asked asked = transfers.take(
                actor, elsewhere.membership(), to, application.name(), person.employment(), application.account());
        return switch (asked) {
            case Transfers.Asked.Done done -> {
                store.clearTransfer(application.id()); // an earlier wish that was objected to has no say any more
                yield approved(actor, application, elsewhere.member(), done.membership());
            }
            case Transfers.Asked.Waits waits -> {
                store.setTransfer(application.id(), waits.transfer());
                yield Approved.TRANSFER_ASKED;
            }
        };
    }

    /** The union that was asked to let an applicant go has answered, within the same transaction. */
    @EventListener
    @Transactional
    public void answered(TransferAnswered answer) {
        Optional<Application> of = store.lockByTransfer(answer.transfer());
        if (of.isEmpty()) {
            boolean goesOn = answer.outcome() == TransferAnswered.Outcome.AGREED
                    || answer.outcome() == TransferAnswered.Outcome.WAITING_AGAIN;
            if (answer.applied() && goesOn) {
                throw new Refused(JoiningRefusal.DECIDED_ALREADY); // whoever applied has gone another way since
            }
            return; // nobody applied: a union sent its member on
        }
        Application application = of.get();
        switch (answer.outcome()) {
            case AGREED -> {
                if (application.state() != Application.State.WAITING) {
                    throw new Refused(JoiningRefusal.DECIDED_ALREADY);
                }
                approved(
                        Actor.platform("transfer"),
                        application,
                        answer.member(),
                        answer.arrived().orElseThrow());
            }
            case OBJECTED -> store.setObjection(application.id(), answer.objection());
            case WITHDRAWN -> store.clearTransfer(application.id());
            case WAITING_AGAIN -> {
                boolean open = switch (application.state()) {
                    case WAITING -> true;
                    case APPROVED -> store.reopen(application.id(), application.account());
                    case DRAFT, REFUSED, WITHDRAWN -> false;
                };
                if (!open) {
                    throw new Refused(JoiningRefusal.DECIDED_ALREADY);
                }
                store.setObjection(application.id(), "");
            }
        }
    }

    /** Says no, with a reason that the applicant reads. */
    @Transactional
    void refuse(Actor actor, UUID id, @Nullable String typedReason) {
        var input = new Input();
        String reason = input.name("reason", typedReason, LONGEST_REASON);
        input.check();
        Application application = locked(actor, id);
        if (application.state() != Application.State.WAITING) {
            throw new Refused(JoiningRefusal.DECIDED_ALREADY);
        }
        if (application.isInTransfer()) {
            throw new Refused(JoiningRefusal.IN_TRANSFER);
        }
        store.refuse(id);
        decide(actor, application, "refused", reason);
    }

    /** Undoes a decision of the last day: the applicant waits again, the counters stand as before. */
    @Transactional
    void undo(Actor actor, UUID id) {
        Application application = locked(actor, id);
        if (application.state() == Application.State.WAITING) {
            return; // undone already
        }
        Application.Decision last =
                store.lastDecision(id).orElseThrow(() -> new Refused(JoiningRefusal.NO_SUCH_APPLICATION));
        if (application.transfer().isPresent() && application.state() == Application.State.APPROVED) {
            throw new Refused(JoiningRefusal.CAME_BY_TRANSFER);
        }
        if (!isUndoable(last)) {
            throw new Refused(JoiningRefusal.TOO_LATE_TO_UNDO);
        }
        if (!store.reopen(id, application.account())) {
            throw new Refused(JoiningRefusal.DECIDED_ALREADY);
        }
        application.membership().ifPresent(membership -> members.takeBackAdmission(actor, membership));
        decide(actor, application, "undone", "");
    }

    /** For a day; what made a member, within its month only. */
    private boolean isUndoable(Application.Decision decision) {
        return decision.at().plus(UNDONE_WITHIN).isAfter(clock.instant())
                && (!decision.decision().equals(APPROVED)
                        || members.canBeTakenBack(LocalDate.ofInstant(decision.at(), clock.getZone())));
    }

    private void decide(Actor actor, Application application, String decision, String reason) {
        UUID id = Ids.next(clock);
        store.insertDecision(id, application.id(), decision, clock.instant(), actor, reason);
        audit.record(
                actor,
                "joining." + decision,
                application.id(),
                union(application).path(),
                Audit.facts("name", application.name()));
        events.publishEvent(new ApplicationDecided(
                id,
                application.id(),
                application.account(),
                application.scanned(),
                union(application).id(),
                ApplicationDecided.Outcome.valueOf(decision.toUpperCase(Locale.ROOT)),
                reason));
    }

    private Application locked(Actor actor, UUID id) {
        return store.lock(id, actor.reach(Right.MEMBER_APPROVE))
                .orElseThrow(() -> new Refused(JoiningRefusal.NO_SUCH_APPLICATION));
    }

    private Waiting waiting(Actor actor, JoiningStore.Line line) {
        Application application = line.application();
        Person person = person(application);
        LocalDate birth = person.identity().birthDate();
        return new Waiting(
                application.id(),
                application.name(),
                person.identity().sex(),
                birth.until(LocalDate.now(clock)).getYears(),
                person.identity().masked(),
                person.phone().map(PhoneNumber::masked).orElse(""),
                application.employment(),
                application.employer(),
                union(application),
                application.sentAt().orElseThrow(),
                members.alike(actor, person),
                line.sameIdentityWaiting(),
                application.objection(),
                application.takenBy());
    }

    private Person person(Application application) {
        byte[] sealed = application.identitySealed();
        if (sealed == null) {
            throw new IllegalStateException("an application was sent without an identity number");
        }
        IdentityNumber identity = IdentityNumber.read(sealer.open(sealed, JoiningStore.identityPlace(application.id())))
                .orElseThrow();
        Employment employment = members.employmentOf(application.employment());
        return new Person(application.name(), identity, phone(application), employment);
    }

    /** Of one's account, or as it was taken down. */
    private Optional<PhoneNumber> phone(Application application) {
        byte[] sealed = application.phoneSealed();
        return sealed == null
                ? application.account().flatMap(phones::of)
                : PhoneNumber.read(sealer.open(sealed, JoiningStore.phonePlace(application.id())));
    }

    private UnionSummary union(Application application) {
        return unions.living(application.union().orElseThrow());
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenWork.Waiting> waiting(Actor holder, UnionId union, UnionPath at) {
        return store.oldestWaiting(holder.reach(Right.MEMBER_APPROVE), at).stream()
                .map(oldest -> new OpenWork.Waiting(
                        "joining.open-work",
                        store.waiting(holder.reach(Right.MEMBER_APPROVE), at),
                        Optional.of(oldest),
                        "/desk/joining/" + union))
                .toList();
    }
}

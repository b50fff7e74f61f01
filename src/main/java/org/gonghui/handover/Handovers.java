package org.gonghui.handover;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Appointments;
import org.gonghui.access.Role;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A change of officer: appointment and open work go to a successor together. The work itself waits at its union, for
 * whoever is in office there; what is handed over is the list, so that nothing is forgotten.
 */
@Service
class Handovers {

    /** A handover as it was typed. */
    record Typed(
            @Nullable String login,
            @Nullable String name,
            @Nullable String on) {}

    /** A handover that was made, and the link for somebody new: shown once. */
    record Made(UUID id, Optional<String> link) {}

    private final HandoverStore store;
    private final Appointments appointments;
    private final Unions unions;
    private final List<OpenWork> kinds;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Handovers(
            HandoverStore store,
            Appointments appointments,
            Unions unions,
            List<OpenWork> kinds,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.appointments = appointments;
        this.unions = unions;
        this.kinds = kinds;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** What waits just now for whoever has this role at a union. */
    @Transactional(readOnly = true)
    public List<OpenWork.Waiting> openWork(Role role, UnionId at) {
        UnionSummary union = unions.living(at);
        var holder = new Actor(Optional.empty(), "", List.of(new Actor.Grant(role.rights(), union.path())));
        return kinds.stream()
                .flatMap(kind -> kind.waiting(holder, union.id(), union.path()).stream())
                .toList();
    }

    /** What waits just now where a handover was made; empty for an actor who does not reach the union any more, or yet. */
    @Transactional(readOnly = true)
    public Optional<List<OpenWork.Waiting>> openWork(Actor actor, Handover handover) {
        UnionSummary union = unions.living(handover.union());
        return actor.reach(Right.UNION_READ).covers(union.path())
                ? Optional.of(openWork(handover.role(), union.id()))
                : Optional.empty();
    }

    /** Hands an appointment over from a day on, with the list of what is open. */
    @Transactional
    public Made make(Actor actor, UUID appointment, Typed typed) {
        Appointments.Appointment before = appointments.endable(actor, appointment);
        LocalDate today = LocalDate.now(clock);
        LocalDate first = before.from().isAfter(today) ? before.from() : today;
        LocalDate last = before.to().map(end -> end.minusDays(1)).orElse(today.plusYears(1));
        var input = new Input();
        LocalDate on = input.dayWithin("on", typed.on(), first, last.isBefore(first) ? first : last);
        input.check();
        List<OpenWork.Waiting> work = openWork(before.role(), before.union());
        Appointments.Succession succession = appointments.succeed(actor, before, typed.login(), typed.name(), on);
        UUID id = Ids.next(clock);
        store.insert(id, succession, on, work, clock.instant(), actor.name());
        audit.record(
                actor,
                "handover.make",
                succession.successor().value(),
                unions.get(actor, before.union(), Right.APPOINT).path(),
                Audit.facts(
                        "before",
                        before.name(),
                        "name",
                        succession.name(),
                        "role",
                        before.role().name(),
                        "from",
                        on.toString()));
        events.publishEvent(new HandedOver(
                id,
                before.account(),
                before.name(),
                succession.successor(),
                succession.name(),
                before.role(),
                before.union(),
                on));
        return new Made(id, succession.link());
    }

    /** One that the actor gave, took, or keeps the appointments of. */
    @Transactional(readOnly = true)
    public Handover find(Actor actor, UUID id) {
        return store.find(id, account(actor).value(), actor.reach(Right.APPOINT))
                .orElseThrow(() -> new Refused(HandoverRefusal.NO_SUCH_HANDOVER));
    }

    /** The latest first. */
    @Transactional(readOnly = true)
    public List<Handover> list(Actor actor) {
        return store.list(account(actor).value(), actor.reach(Right.APPOINT));
    }

    /** The successor says that the list has arrived; said twice, it stays as it was. */
    @Transactional
    public void take(Actor actor, UUID id) {
        Handover handover = find(actor, id);
        if (!handover.to().equals(account(actor))) {
            throw new Refused(HandoverRefusal.NOT_THE_SUCCESSOR);
        }
        if (store.setTaken(id, clock.instant())) {
            audit.record(
                    actor,
                    "handover.take",
                    handover.to().value(),
                    unions.living(handover.union()).path(),
                    Audit.facts(
                            "before",
                            handover.fromName(),
                            "role",
                            handover.role().name()));
        }
    }

    private static AccountId account(Actor actor) {
        return actor.account().orElseThrow(() -> new Refused(HandoverRefusal.NO_SUCH_HANDOVER));
    }
}

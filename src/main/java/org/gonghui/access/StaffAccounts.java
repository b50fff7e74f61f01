package org.gonghui.access;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What somebody does with the account of a person whom they could have given every role: end whatever is signed in with it, and
 * close it when the person has left (decision 26). What it did stays on record.
 */
@Service
class StaffAccounts {

    /**
     * What ends with an account.
     *
     * @param appointment by which the actor came to it
     * @param held in force or to come
     */
    record Standing(Appointments.Appointment appointment, List<Held> held, int sessions, int tokens) {}

    /** A role at a union. */
    record Held(Role role, UnionId union) {}

    private final Appointments appointments;
    private final AppointmentStore store;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    StaffAccounts(
            Appointments appointments,
            AppointmentStore store,
            AccountStore accounts,
            Sessions sessions,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.appointments = appointments;
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** What would end. */
    @Transactional
    Standing standing(Actor actor, UUID appointment) {
        AccountStore.Account account = appointments.answeredFor(actor, appointment);
        SessionStore.Count open = sessions.count(account.id());
        return new Standing(
                appointments.endable(actor, appointment),
                store.lockOpen(account.id(), LocalDate.now(clock)).stream()
                        .map(held -> new Held(held.role(), held.union()))
                        .toList(),
                open.sessions(),
                open.tokens());
    }

    /** Ends whatever is signed in with the account, programs too, on every node; its owner signs in again as before. */
    @Transactional
    void endSessions(Actor actor, UUID appointment) {
        AccountStore.Account account = appointments.answeredFor(actor, appointment);
        sessions.endAllOf(account.id());
        audit.record(
                actor,
                "access.sessions-ended",
                account.id().value(),
                placeOf(account, appointment),
                Audit.facts("login", account.login()));
        tell(account, CredentialsChanged.What.SESSIONS, actor);
    }

    /**
     * Closes the account: nobody signs in with it, whatever was signed in, its links, its ties elsewhere and its appointments end. A new
     * appointment gives a link by which its owner opens it again.
     */
    @Transactional
    void close(Actor actor, UUID appointment) {
        AccountStore.Account account = appointments.answeredFor(actor, appointment);
        LocalDate today = LocalDate.now(clock);
        UnionPath place = placeOf(account, appointment);
        for (AppointmentStore.Open open : store.lockOpen(account.id(), today)) {
            store.endAppointment(open.id(), open.from().isAfter(today) ? open.from() : today);
            audit.record(
                    actor,
                    "access.end",
                    account.id().value(),
                    open.path(),
                    Audit.facts("login", account.login(), "role", open.role().name()));
            events.publishEvent(new AppointmentEnded(open.id(), account.id(), open.role(), open.union()));
        }
        accounts.close(account.id(), clock.instant());
        accounts.endInvitations(account.id(), clock.instant());
        sessions.endAllOf(account.id());
        audit.record(actor, "access.close", account.id().value(), place, Audit.facts("login", account.login()));
        tell(account, CredentialsChanged.What.CLOSED, actor);
    }

    private UnionPath placeOf(AccountStore.Account account, UUID appointment) {
        return store.lockOpen(account.id(), LocalDate.now(clock)).stream()
                .filter(open -> open.id().equals(appointment))
                .map(AppointmentStore.Open::path)
                .findFirst()
                .orElseThrow();
    }

    private void tell(AccountStore.Account account, CredentialsChanged.What what, Actor by) {
        events.publishEvent(new CredentialsChanged(Ids.next(clock), account.id(), what, by.name()));
    }
}

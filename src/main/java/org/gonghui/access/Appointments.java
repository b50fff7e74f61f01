package org.gonghui.access;

import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who holds what where: appoint, end, hand on, tell. */
@Service
public class Appointments {

    /** One appointment, in force or to come. {@code accepted} is false while the invitation is open. */
    public record Appointment(
            UUID id,
            AccountId account,
            String login,
            String name,
            Role role,
            UnionId union,
            LocalDate from,
            Optional<LocalDate> to,
            boolean accepted) {}

    /**
     * An appointment that went from one to another.
     *
     * @param before as it was
     * @param appointment the successor's
     * @param link by which somebody new sets password and second factor; shown once
     */
    public record Succession(
            Appointment before, UUID appointment, AccountId successor, String name, Optional<String> link) {}

    private record Given(UUID appointment, AccountId account, Role role, Optional<String> link) {}

    /** An appointment as it was typed. */
    record Appointing(
            @Nullable String login,
            @Nullable String name,
            @Nullable String role,
            @Nullable String from,
            @Nullable String to) {}

    private final AppointmentStore store;
    private final AccountStore accounts;
    private final Unions unions;
    private final Invitations invitations;
    private final Sessions sessions;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Appointments(
            AppointmentStore store,
            AccountStore accounts,
            Unions unions,
            Invitations invitations,
            Sessions sessions,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.unions = unions;
        this.invitations = invitations;
        this.sessions = sessions;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Who holds a right over a union today. */
    @Transactional(readOnly = true)
    public List<AccountId> holders(Right right, UnionPath over) {
        return store.holders(Role.with(right), over, LocalDate.now(clock));
    }

    /** Who holds all of these rights at a union today or, where nobody does, at the nearest one above it. */
    @Transactional(readOnly = true)
    public List<AccountId> nearest(Set<Right> rights, UnionPath at) {
        return store.nearest(Role.with(rights), at, LocalDate.now(clock));
    }

    /** The appointments within the actor's part of the tree, at most 500. */
    @Transactional(readOnly = true)
    List<Appointment> held(Actor actor) {
        return store.appointments(actor.reach(Right.APPOINT), LocalDate.now(clock));
    }

    /** The roles that the actor may give at a union. */
    Set<Role> mayGive(Actor actor, UnionId union) {
        return mayGive(heldBy(actor), unions.get(actor, union, Right.APPOINT));
    }

    /** Of these appointments the ones that the actor could end: others' own, of roles that are the actor's to give. */
    Set<UUID> mayEnd(Actor actor, List<Appointment> appointments) {
        List<AppointmentStore.Held> own = heldBy(actor);
        return appointments.stream()
                .filter(each -> !isOwn(actor, each))
                .filter(each -> mayGive(own, unions.get(actor, each.union(), Right.APPOINT))
                        .contains(each.role()))
                .map(Appointment::id)
                .collect(Collectors.toSet());
    }

    /** A street gives the office at its base unions and nowhere else: at itself it would be an office over all of them. */
    private static Set<Role> mayGive(List<AppointmentStore.Held> own, UnionSummary at) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        own.stream()
                .filter(held -> held.path().covers(at.path()))
                .filter(held -> held.role() != Role.STREET_OFFICER || at.kind().isBase())
                .forEach(held -> roles.addAll(held.role().mayGive()));
        return roles;
    }

    /** True for somebody who appoints at a union as an officer of its street alone. */
    private static boolean appointsForAStreet(List<AppointmentStore.Held> own, UnionSummary at) {
        return own.stream()
                .filter(held -> held.path().covers(at.path()))
                .filter(held -> !held.role().mayGive().isEmpty())
                .allMatch(held -> held.role() == Role.STREET_OFFICER);
    }

    private List<AppointmentStore.Held> heldBy(Actor actor) {
        return actor.account()
                .map(account -> store.held(account, LocalDate.now(clock)))
                .orElse(List.of());
    }

    /**
     * Appoints someone to a role at a union. Someone new gets an account and a link by which to set password and second
     * factor; the link comes back once and is kept nowhere.
     */
    @Transactional
    Optional<String> appoint(Actor actor, UnionId union, Appointing typed) {
        Given given = give(actor, union, typed);
        events.publishEvent(new Appointed(given.appointment(), given.account(), given.role(), union));
        return given.link();
    }

    /**
     * Appoints an elected officer of a base union whom its superior has approved: from today, without an end. Part of the
     * approval's transaction.
     *
     * @return the link for somebody new, shown once
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<String> elected(Actor actor, UnionId union, String login, String name) {
        return appoint(
                actor,
                union,
                new Appointing(
                        login,
                        name,
                        Role.BASE_OFFICER.name(),
                        LocalDate.now(clock).toString(),
                        null));
    }

    private Given give(Actor actor, UnionId union, Appointing typed) {
        var input = new Input();
        String login = SignIn.login(typed.login() == null ? "" : typed.login());
        if (login.isEmpty()) {
            input.fault("login", "empty");
        } else if (CleanText.length(login) > Accounts.LONGEST_LOGIN) {
            input.fault("login", "too-long", Accounts.LONGEST_LOGIN);
        } else if (!Accounts.LOGIN.matcher(login).matches()) {
            input.fault("login", "login-form");
        }
        String name = input.name("name", typed.name(), Accounts.LONGEST_NAME);
        Role role = input.choice("role", typed.role(), Role.class);
        LocalDate from = input.day("from", typed.from());
        boolean hasEnd = !CleanText.line(typed.to()).isEmpty();
        @Nullable LocalDate to = hasEnd ? input.day("to", typed.to()) : null;
        if (to != null && !to.isAfter(from)) {
            input.fault("to", "before", from.toString());
        }
        input.check();
        UnionSummary at = unions.get(actor, union, Right.APPOINT);
        if (!mayGive(actor, union).contains(role)) {
            throw new Refused(AccessRefusal.ROLE_NOT_YOURS_TO_GIVE);
        }
        AccountStore.Account account = accountOf(login, name);
        if (actor.account().filter(account.id()::equals).isPresent()) {
            throw new Refused(AccessRefusal.NOT_YOUR_OWN);
        }
        // Whether there is such an account elsewhere, and whose it is, is told to nobody who does not know it already.
        boolean accepted = account.passwordHash() != null;
        if (!account.name().equals(name) || (!accepted && !mayInviteAgain(actor, account.id()))) {
            throw new Refused(AccessRefusal.LOGIN_TAKEN, login);
        }
        // A street answers for its own officers: an account of another street's would be half its own by one more role.
        if (accepted
                && appointsForAStreet(heldBy(actor), at)
                && (store.everHeld(account.id()).isEmpty() || !mayInviteAgain(actor, account.id()))) {
            throw new Refused(AccessRefusal.LOGIN_TAKEN, login);
        }
        if (store.overlaps(account.id(), role, union, from, to)) {
            throw new Refused(AccessRefusal.APPOINTED_ALREADY);
        }
        UUID id = Ids.next(clock);
        store.insertAppointment(id, account.id(), role, union, from, to);
        // A link that waits was given by someone who could give every role behind it until now, and perhaps not this
        // one.
        accounts.endInvitations(account.id(), clock.instant());
        audit.record(
                actor,
                "access.appoint",
                account.id().value(),
                at.path(),
                Audit.facts("login", login, "role", role.name(), "from", from.toString()));
        sessions.changed();
        return new Given(
                id, account.id(), role, accepted ? Optional.empty() : Optional.of(invitations.invite(account.id())));
    }

    /** The account of this sign-in name, made if there is none, locked to the end: its roles change one at a time. */
    private AccountStore.Account accountOf(String login, String name) {
        accounts.insertAccount(new AccountId(Ids.next(clock)), login, name, clock.instant());
        return accounts.lockAccount(login);
    }

    /** Ends an appointment now; the next request of its holder has the right no more. */
    @Transactional
    void end(Actor actor, UUID id) {
        Appointment ended = endable(actor, id);
        end(actor, ended, LocalDate.now(clock));
        events.publishEvent(new AppointmentEnded(id, ended.account(), ended.role(), ended.union()));
    }

    /** An appointment that the actor could end, its row locked within a transaction. */
    @Transactional
    public Appointment endable(Actor actor, UUID id) {
        Appointment appointment = store.lockAppointment(id, actor.reach(Right.APPOINT), LocalDate.now(clock))
                .orElseThrow(() -> new Refused(AccessRefusal.NO_SUCH_APPOINTMENT));
        if (isOwn(actor, appointment)) {
            throw new Refused(AccessRefusal.NOT_YOUR_OWN);
        }
        if (!mayGive(actor, appointment.union()).contains(appointment.role())) {
            throw new Refused(AccessRefusal.ROLE_NOT_YOURS_TO_GIVE);
        }
        return appointment;
    }

    /**
     * Gives an appointment to somebody else from a day on: the same role at the same union, until the same day. Whoever asks for
     * it tells both.
     *
     * @param on not before today, when the holder has it, or when it ends
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Succession succeed(
            Actor actor, Appointment before, @Nullable String login, @Nullable String name, LocalDate on) {
        Given given = give(
                actor,
                before.union(),
                new Appointing(
                        login,
                        name,
                        before.role().name(),
                        on.toString(),
                        before.to().map(LocalDate::toString).orElse(null)));
        end(actor, before, on);
        return new Succession(before, given.appointment(), given.account(), CleanText.line(name), given.link());
    }

    private void end(Actor actor, Appointment appointment, LocalDate on) {
        LocalDate today = LocalDate.now(clock);
        store.endAppointment(appointment.id(), appointment.from().isAfter(on) ? appointment.from() : on);
        audit.record(
                actor,
                "access.end",
                appointment.account().value(),
                unions.get(actor, appointment.union(), Right.APPOINT).path(),
                Audit.facts(
                        "login", appointment.login(), "role", appointment.role().name()));
        if (!store.holdsAnythingAfter(appointment.account(), today)) {
            accounts.endInvitations(appointment.account(), clock.instant());
        }
        sessions.changed();
    }

    /**
     * A link for whoever holds an appointment that the actor could end: to set password and second factor anew, or for the first
     * time. Only for someone all of whose roles were the actor's to give, because the link opens the account.
     */
    @Transactional
    String renewal(Actor actor, UUID id) {
        AccountStore.Account account = answeredFor(actor, id);
        Appointment appointment = endable(actor, id);
        audit.record(
                actor,
                "access.renewal",
                account.id().value(),
                unions.get(actor, appointment.union(), Right.APPOINT).path(),
                Audit.facts("login", account.login()));
        if (account.passwordHash() == null) {
            return invitations.invite(account.id());
        }
        events.publishEvent(
                new CredentialsChanged(Ids.next(clock), account.id(), CredentialsChanged.What.LINK, actor.name()));
        return invitations.renewal(account.id());
    }

    /**
     * The account of whoever holds an appointment that the actor could end, its row locked; only where every role that it ever had
     * was the actor's to give.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    AccountStore.Account answeredFor(Actor actor, UUID id) {
        // The account before the appointment, as whoever ends all of its appointments does.
        AccountStore.Account account =
                accounts.lockAccountOf(id).orElseThrow(() -> new Refused(AccessRefusal.NO_SUCH_APPOINTMENT));
        endable(actor, id);
        if (!mayInviteAgain(actor, account.id())) {
            throw new Refused(AccessRefusal.ROLE_NOT_YOURS_TO_GIVE);
        }
        return account;
    }

    private static boolean isOwn(Actor actor, Appointment appointment) {
        return actor.account().filter(appointment.account()::equals).isPresent();
    }

    /**
     * Whoever holds the link of an account that nobody has taken yet becomes its owner: so a new link is given only to
     * someone who could have given every role that waits behind it.
     */
    private boolean mayInviteAgain(Actor actor, AccountId account) {
        List<AppointmentStore.Held> own = heldBy(actor);
        return store.everHeld(account).stream()
                .allMatch(held -> unions.named(held.union())
                        .filter(at -> mayGive(own, at).contains(held.role()))
                        .isPresent());
    }
}

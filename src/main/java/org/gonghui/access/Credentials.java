package org.gonghui.access;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** By what people sign in and where they are signed in: seen, changed and ended by themselves, or opened anew for another. */
@Service
class Credentials {

    /** A change of password, as typed. */
    record PasswordChange(
            @Nullable String present,
            @Nullable String password,
            @Nullable String again) {}

    private final AccountStore store;
    private final Appointments appointments;
    private final SignIn signIn;
    private final Invitations invitations;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Credentials(
            AccountStore store,
            Appointments appointments,
            SignIn signIn,
            Invitations invitations,
            Passwords passwords,
            Sessions sessions,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock,
            TransactionTemplate transaction) {
        this.store = store;
        this.appointments = appointments;
        this.signIn = signIn;
        this.invitations = invitations;
        this.passwords = passwords;
        this.sessions = sessions;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** The actor's sign-in name; empty for someone who signs in by phone. */
    Optional<String> login(Actor actor) {
        return store.account(account(actor))
                .filter(of -> of.passwordHash() != null)
                .map(AccountStore.Account::login);
    }

    /** Where the actor is signed in, last used first. */
    List<Sessions.Open> sessions(Actor actor, Token present) {
        return sessions.of(account(actor), present);
    }

    /**
     * Takes another password from the actor, who shows the present one; they stay signed in here and nowhere else, and links that
     * wait open nothing any more. Of two who show the same one at once the second is wrong.
     */
    void changePassword(Actor actor, Token here, PasswordChange typed, String address) {
        AccountStore.Account account = store.account(account(actor)).orElseThrow();
        String present = typed.present() == null ? "" : typed.present();
        var wanted = NewPassword.typed(typed.password(), typed.again());
        var input = new Input();
        require(input, "present", present);
        wanted.check(input, invitations.namesFor(account));
        input.check();
        String shown = signIn.confirmPassword(account.id(), present, address);
        String hash = passwords.hash(wanted.password());
        transaction.executeWithoutResult(status -> {
            if (!store.setPassword(account.id(), shown, hash)) {
                throw new Refused(AccessRefusal.WRONG_PRESENT_PASSWORD);
            }
            store.endInvitations(account.id(), clock.instant());
            sessions.endOthers(account.id(), here);
            audit.record(actor, "access.password", account.id().value(), Audit.facts("login", account.login()));
            events.publishEvent(new CredentialsChanged(
                    Ids.next(clock), account.id(), CredentialsChanged.What.PASSWORD, account.name()));
        });
    }

    /** A link by which the actor, who shows password and second factor, sets another second factor. */
    String changeFactor(Actor actor, String password, String code, String address) {
        AccountId account = account(actor);
        var input = new Input();
        require(input, "present", password);
        require(input, "code", code);
        input.check();
        signIn.confirmPassword(account, password, address);
        signIn.confirm(account, code, address);
        return Objects.requireNonNull(transaction.execute(status -> invitations.ownRenewal(account)));
    }

    /**
     * A link for somebody who lost password or second factor, as {@link Appointments#renewal}; the actor, who could open the account
     * with it, shows their own second factor.
     */
    String renewal(Actor actor, UUID appointment, String code, String address) {
        appointments.endable(actor, appointment);
        var input = new Input();
        require(input, "code", code);
        input.check();
        signIn.confirm(account(actor), code, address);
        return appointments.renewal(actor, appointment);
    }

    /** The actor shows once more who they are, by a code of the second factor. */
    void confirm(Actor actor, String code, String address) {
        var input = new Input();
        require(input, "code", code);
        input.check();
        signIn.confirm(account(actor), code, address);
    }

    /** Ends one of the actor's sessions, on every node. */
    void end(Actor actor, UUID session) {
        transaction.executeWithoutResult(status -> {
            sessions.end(account(actor), session);
            audit.record(actor, "access.session-end", session, Audit.facts());
        });
    }

    /** Ends all of them but this one. */
    void endOthers(Actor actor, Token present) {
        transaction.executeWithoutResult(status -> {
            sessions.endOthers(account(actor), present);
            audit.record(actor, "access.sessions-end", account(actor).value(), Audit.facts());
        });
    }

    /** What is not typed is no failed attempt. */
    private static void require(Input input, String field, String typed) {
        if (typed.isEmpty()) {
            input.fault(field, "empty");
        }
    }

    private static AccountId account(Actor actor) {
        return actor.account().orElseThrow(() -> new Refused(AccessRefusal.SIGN_IN_EXPIRED));
    }
}

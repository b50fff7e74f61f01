package org.gonghui.access;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CannotStart;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.seal.Sealer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Links that work once: by them someone sets password and second factor, the first time or anew, and a city is set up. */
@Service
public class Invitations {

    /** How long somebody new has, and whoever is to set a city up. */
    private static final Duration VALID = Duration.ofDays(7);

    /** How long somebody has who lost password or second factor: it is handed over at once. */
    static final Duration VALID_FOR_RENEWAL = Duration.ofDays(1);

    /** How long somebody has who has just shown both. */
    private static final Duration VALID_FOR_OWN = Duration.ofMinutes(15);

    /**
     * What an invitation's page shows: whom it is for and the second factor to enrol.
     *
     * @param known true for somebody who has signed in before
     * @param factorOnly true where the password stays
     */
    record Enrolment(
            Optional<String> login,
            Optional<String> name,
            String secret,
            String address,
            boolean known,
            boolean factorOnly) {}

    /** A choice of password and the first code of the second factor, as typed. */
    record Acceptance(NewPassword password, String code) {}

    private final AccountStore store;
    private final Links links;
    private final AppointmentStore appointments;
    private final Unions unions;
    private final Passwords passwords;
    private final SecondFactor secondFactor;
    private final Sessions sessions;
    private final Sealer sealer;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Invitations(
            AccountStore store,
            Links links,
            AppointmentStore appointments,
            Unions unions,
            Passwords passwords,
            SecondFactor secondFactor,
            Sessions sessions,
            Sealer sealer,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.links = links;
        this.appointments = appointments;
        this.unions = unions;
        this.passwords = passwords;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
        this.sealer = sealer;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** A fresh link that sets the city up; earlier ones end. Only for a city without accounts. */
    @Transactional
    public String setUpLink() {
        if (store.hasAccounts()) {
            throw new Refused(AccessRefusal.SET_UP_ALREADY);
        }
        return "/set-up/" + links.fresh(null, false, VALID).text();
    }

    /** What stands behind an invitation's link. */
    @Transactional(readOnly = true)
    Enrolment enrolment(Token token) {
        AccountStore.Invitation invitation = links.valid(token);
        String secret = links.secretOf(invitation);
        Optional<AccountStore.Account> account = invitation.account().flatMap(store::account);
        String login = account.map(AccountStore.Account::login).orElse("admin");
        return new Enrolment(
                account.map(AccountStore.Account::login),
                account.map(AccountStore.Account::name),
                secret,
                secondFactor.enrolmentAddress(secret, login),
                account.filter(of -> of.passwordHash() != null).isPresent(),
                invitation.factorOnly());
    }

    /** Sets password and second factor, or that alone; the link is used up, sessions that were open end. */
    @Transactional
    void accept(Token token, Acceptance typed) {
        AccountStore.Invitation invitation = links.taken(token);
        AccountId account = invitation.account().orElseThrow(() -> new Refused(AccessRefusal.LINK_NOT_VALID));
        AccountStore.Account of = store.account(account).orElseThrow(() -> new Refused(AccessRefusal.LINK_NOT_VALID));
        var actor = new Actor(Optional.of(account), of.name(), List.of());
        take(invitation, account, typed, namesFor(of));
        if (of.closed()) {
            audit.record(actor, "access.reopen", account.value(), Audit.facts("login", of.login()));
        } else if (of.passwordHash() == null) {
            audit.record(actor, "access.accept", account.value(), Audit.facts("login", of.login()));
        } else {
            audit.record(actor, "access.renew", account.value(), Audit.facts("login", of.login()));
            events.publishEvent(new CredentialsChanged(
                    Ids.next(clock),
                    account,
                    invitation.factorOnly() ? CredentialsChanged.What.FACTOR : CredentialsChanged.What.EVERYTHING,
                    of.name()));
        }
    }

    /** Sets a new city up: its federation and its first administrator, together. */
    @Transactional
    void setUp(Token token, SetUpPages.CityForm typed) {
        AccountStore.Invitation invitation = links.taken(token);
        if (invitation.account().isPresent() || store.hasAccounts()) {
            throw new Refused(AccessRefusal.SET_UP_ALREADY);
        }
        var input = new Input();
        String city = input.name("city", typed.city(), Unions.LONGEST_NAME);
        String name = input.name("name", typed.name(), Accounts.LONGEST_NAME);
        String login = SignIn.login(typed.login() == null ? "" : typed.login());
        if (!Accounts.LOGIN.matcher(login).matches() || CleanText.length(login) > Accounts.LONGEST_LOGIN) {
            input.fault("login", "login-form");
        }
        LocalDate foundedOn = input.day("foundedOn", typed.foundedOn());
        if (foundedOn.isAfter(LocalDate.now(clock))) {
            input.fault("foundedOn", "in-future");
        }
        input.check();
        Actor platform = Actor.platform("set-up");
        UnionId federation = unions.establishCity(platform, city, foundedOn);
        var account = new AccountId(Ids.next(clock));
        store.insertAccount(account, login, name, clock.instant());
        take(invitation, account, typed.acceptance(), Stream.of(login, name, city));
        appointments.insertAppointment(
                Ids.next(clock), account, Role.ADMINISTRATOR, federation, LocalDate.now(clock), null);
        audit.record(platform, "access.set-up", account.value(), Audit.facts("login", login));
    }

    /** What a password of this account says too much of. */
    Stream<String> namesFor(AccountStore.Account account) {
        return Stream.of(
                account.login(),
                account.name(),
                unions.city().map(UnionSummary::name).orElse(""));
    }

    private void take(AccountStore.Invitation invitation, AccountId account, Acceptance typed, Stream<String> names) {
        var input = new Input();
        if (!invitation.factorOnly()) {
            typed.password().check(input, names);
        }
        String secret = links.secretOf(invitation);
        OptionalLong step = secondFactor.stepOf(secret, typed.code());
        if (step.isEmpty()) {
            input.fault("code", "wrong-code");
        }
        input.check();
        byte[] sealed = sealer.seal(secret, Accounts.totpPlace(account.value()));
        if (invitation.factorOnly()) {
            store.setFactor(account, sealed, step.orElseThrow());
            sessions.endBrowsersOf(account);
        } else {
            store.setSecrets(account, passwords.hash(typed.password().password()), sealed, step.orElseThrow());
            sessions.endAllOf(account);
        }
    }

    /** A fresh link for an account that nobody has taken yet; earlier ones end. It comes back once and is kept nowhere. */
    String invite(AccountId account) {
        return address(links.fresh(account, false, VALID));
    }

    /** The same for an account that somebody has, who lost what it is opened by. */
    String renewal(AccountId account) {
        return address(links.fresh(account, false, VALID_FOR_RENEWAL));
    }

    /**
     * The same, asked for on the platform's own machine: for the city's only administrator, to whom nobody can give one.
     *
     * @throws CannotStart when there is no account of this sign-in name
     */
    @Transactional
    public String renewalByOperator(String typedLogin) {
        AccountStore.Account account = store.account(SignIn.login(typedLogin))
                .orElseThrow(() -> new CannotStart("There is no account called " + typedLogin));
        Actor platform = Actor.platform("operator");
        audit.record(platform, "access.renewal", account.id().value(), Audit.facts("login", account.login()));
        events.publishEvent(
                new CredentialsChanged(Ids.next(clock), account.id(), CredentialsChanged.What.LINK, platform.name()));
        return renewal(account.id());
    }

    /** The same for its owner, who has just shown both and wants another second factor. */
    String ownRenewal(AccountId account) {
        return address(links.fresh(account, true, VALID_FOR_OWN));
    }

    private static String address(Token token) {
        return "/invitations/" + token.text();
    }
}

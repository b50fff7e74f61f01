package org.gonghui.access;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Links that work once: by them someone appointed sets password and second factor, and a new city is set up. */
@Service
public class Invitations {

    private static final Duration VALID = Duration.ofDays(7);

    /** What an invitation's page shows: whom it is for and the second factor to enrol. */
    record Enrolment(Optional<String> login, Optional<String> name, String secret, String address) {}

    /** A choice of password and the first code of the second factor, as typed. */
    record Acceptance(String password, String again, String code) {}

    private final AccessStore store;
    private final Unions unions;
    private final Passwords passwords;
    private final SecondFactor secondFactor;
    private final Sessions sessions;
    private final Sealer sealer;
    private final Audit audit;
    private final Clock clock;

    Invitations(
            AccessStore store,
            Unions unions,
            Passwords passwords,
            SecondFactor secondFactor,
            Sessions sessions,
            Sealer sealer,
            Audit audit,
            Clock clock) {
        this.store = store;
        this.unions = unions;
        this.passwords = passwords;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
        this.sealer = sealer;
        this.audit = audit;
        this.clock = clock;
    }

    private static Sealer.Place invitationPlace(UUID row) {
        return AccessStore.INVITATION_TOTP.of(row);
    }

    /** A fresh link that sets the city up; earlier ones end. Only for a city without accounts. */
    @Transactional
    public String setUpLink() {
        if (store.hasAccounts()) {
            throw new Refused(AccessRefusal.SET_UP_ALREADY);
        }
        return "/set-up/" + fresh(null).text();
    }

    /** What stands behind an invitation's link. */
    @Transactional(readOnly = true)
    Enrolment enrolment(Token token) {
        AccessStore.Invitation invitation = valid(token);
        String secret = sealer.open(invitation.totpSealed(), invitationPlace(invitation.sealRow()));
        Optional<AccessStore.Account> account = invitation.account().flatMap(store::account);
        String login = account.map(AccessStore.Account::login).orElse("admin");
        return new Enrolment(
                account.map(AccessStore.Account::login),
                account.map(AccessStore.Account::name),
                secret,
                secondFactor.enrolmentAddress(secret, login));
    }

    /** Sets password and second factor; the link is used up, sessions that were open end. */
    @Transactional
    void accept(Token token, Acceptance typed) {
        AccessStore.Invitation invitation = taken(token);
        AccountId account = invitation.account().orElseThrow(() -> new Refused(AccessRefusal.LINK_NOT_VALID));
        AccessStore.Account of = store.account(account).orElseThrow(() -> new Refused(AccessRefusal.LINK_NOT_VALID));
        take(invitation, account, typed, Stream.of(of.login(), of.name(), cityName()));
        var actor = new Actor(Optional.of(account), of.name(), List.of());
        audit.record(actor, "access.accept", account.value(), Audit.facts("login", of.login()));
    }

    /** Sets a new city up: its federation and its first administrator, together. */
    @Transactional
    void setUp(Token token, SetUpPages.CityForm typed) {
        AccessStore.Invitation invitation = taken(token);
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
        store.insertAppointment(Ids.next(clock), account, Role.ADMINISTRATOR, federation, LocalDate.now(clock), null);
        audit.record(platform, "access.set-up", account.value(), Audit.facts("login", login));
    }

    private String cityName() {
        return unions.city().map(UnionSummary::name).orElse("");
    }

    private void take(AccessStore.Invitation invitation, AccountId account, Acceptance typed, Stream<String> names) {
        var input = new Input();
        int length = CleanText.length(typed.password());
        if (length < Passwords.SHORTEST || length > Passwords.LONGEST) {
            input.fault("password", "password-length", Passwords.SHORTEST, Passwords.LONGEST);
        } else if (PasswordRules.isGuessable(typed.password(), names)) {
            input.fault("password", "password-guessable");
        } else if (!typed.password().equals(typed.again())) {
            input.fault("again", "passwords-differ");
        }
        String secret = sealer.open(invitation.totpSealed(), invitationPlace(invitation.sealRow()));
        OptionalLong step = secondFactor.stepOf(secret, typed.code());
        if (step.isEmpty()) {
            input.fault("code", "wrong-code");
        }
        input.check();
        store.setSecrets(
                account,
                passwords.hash(typed.password()),
                sealer.seal(secret, Accounts.totpPlace(account.value())),
                step.orElseThrow());
        sessions.endAllOf(account);
    }

    /** A fresh link for an account that nobody has taken yet; earlier ones end. It comes back once and is kept nowhere. */
    String invite(AccountId account) {
        return "/invitations/" + fresh(account).text();
    }

    private Token fresh(@Nullable AccountId account) {
        store.endInvitations(account, clock.instant());
        var token = Token.fresh();
        UUID row = Ids.next(clock);
        byte[] secret = sealer.seal(secondFactor.freshSecret(), invitationPlace(row));
        store.insertInvitation(
                token.hash(), account, secret, row, clock.instant().plus(VALID));
        return token;
    }

    /** Uses the link up, for good if the transaction ends well: of two at once the second finds it used. */
    private AccessStore.Invitation taken(Token token) {
        AccessStore.Invitation invitation = valid(token);
        if (!store.useInvitation(token.hash(), clock.instant())) {
            throw new Refused(AccessRefusal.LINK_NOT_VALID);
        }
        return invitation;
    }

    private AccessStore.Invitation valid(Token token) {
        return store.invitation(token.hash(), clock.instant())
                .orElseThrow(() -> new Refused(AccessRefusal.LINK_NOT_VALID));
    }
}

package org.gonghui.access;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.UnionId;
import org.gonghui.seal.Sealer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Staff accounts, and those of people who sign in otherwise. */
@Service
public class Accounts {

    static final int LONGEST_LOGIN = 60;
    static final int LONGEST_NAME = 40;
    static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@-]{2,}");

    /** True for small letters that can be a sign-in name, whether or not somebody has it. */
    public static boolean isLogin(String text) {
        return text.length() <= LONGEST_LOGIN && LOGIN.matcher(text).matches();
    }

    private final AccountStore store;
    private final AppointmentStore appointments;
    private final Passwords passwords;
    private final SecondFactor secondFactor;
    private final Sessions sessions;
    private final Sealer sealer;
    private final Audit audit;
    private final Clock clock;

    Accounts(
            AccountStore store,
            AppointmentStore appointments,
            Passwords passwords,
            SecondFactor secondFactor,
            Sessions sessions,
            Sealer sealer,
            Audit audit,
            Clock clock) {
        this.store = store;
        this.appointments = appointments;
        this.passwords = passwords;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
        this.sealer = sealer;
        this.audit = audit;
        this.clock = clock;
    }

    static Sealer.Place totpPlace(UUID account) {
        return AccountStore.ACCOUNT_TOTP.of(account);
    }

    /** True when no staff have an account yet: the city waits for its set-up. */
    public boolean isEmpty() {
        return !store.hasAccounts();
    }

    /** True when there is an account of this sign-in name. */
    public boolean exists(String login) {
        return store.account(login).isPresent();
    }

    /**
     * Makes an account with known secrets, for generated cities only.
     *
     * @param totpSecret base 32
     */
    @Transactional
    public void establish(
            Actor platform, String login, String name, String password, String totpSecret, Role role, UnionId union) {
        var account = new AccountId(Ids.next(clock));
        if (!store.insertAccount(account, login, name, clock.instant())) {
            throw new Refused(AccessRefusal.LOGIN_TAKEN, login);
        }
        store.setSecrets(account, passwords.hash(password), sealer.seal(totpSecret, totpPlace(account.value())), 0);
        appointments.insertAppointment(Ids.next(clock), account, role, union, LocalDate.now(clock), null);
        audit.record(platform, "access.establish", account.value(), Audit.facts("login", login, "role", role.name()));
    }

    /** A new account for someone who signs in without a name of their own choosing; it holds no appointment. */
    @Transactional(propagation = Propagation.MANDATORY)
    public AccountId open() {
        var account = new AccountId(Ids.next(clock));
        store.insertAccountWithoutLogin(account, clock.instant());
        return account;
    }

    /** What an account is called from now on, on pages and in the history of records. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void call(AccountId account, String name) {
        store.setName(account, name);
        sessions.changed();
    }

    /** A second factor's code that would be taken now; empty when there is no such account or one must wait. */
    public Optional<String> demonstrationCode(String login) {
        return store.account(login).flatMap(account -> {
            byte[] sealed = account.totpSealed();
            if (sealed == null) {
                return Optional.empty();
            }
            String secret = sealer.open(sealed, totpPlace(account.id().value()));
            return Optional.of(secondFactor.unusedCode(secret, account.totpLastStep()))
                    .filter(code -> !code.isEmpty());
        });
    }
}

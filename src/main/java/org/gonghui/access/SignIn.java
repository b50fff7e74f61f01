package org.gonghui.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Refused;
import org.gonghui.limit.Limits;
import org.gonghui.seal.Sealer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signing in, in two steps: name and password give a token that is good for nothing but the second step; the second
 * factor's code gives the real one. Failures are counted per account and per address, over all nodes.
 */
@Service
public class SignIn {

    /** How long staff stay signed in. */
    public static final Duration SESSION = Duration.ofHours(12);

    private static final Duration BETWEEN_STEPS = Duration.ofMinutes(5);
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Limits.Limit PER_ACCOUNT = new Limits.Limit("sign-in.account", 5, WINDOW);
    private static final Limits.Limit PER_ADDRESS = new Limits.Limit("sign-in.address", 50, WINDOW);

    private final AccessStore store;
    private final SessionStore sessionStore;
    private final Limits limits;
    private final Passwords passwords;
    private final SecondFactor secondFactor;
    private final Sessions sessions;
    private final Sealer sealer;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    SignIn(
            AccessStore store,
            SessionStore sessionStore,
            Limits limits,
            Passwords passwords,
            SecondFactor secondFactor,
            Sessions sessions,
            Sealer sealer,
            Audit audit,
            Clock clock,
            TransactionTemplate transaction) {
        this.store = store;
        this.sessionStore = sessionStore;
        this.limits = limits;
        this.passwords = passwords;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
        this.sealer = sealer;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Step one. The token that comes back opens nothing but {@link #withCode}. */
    Token withPassword(String typedLogin, String password, String address) {
        String login = login(typedLogin);
        Limits.Counted counted = count(login, address);
        Optional<AccessStore.Account> account = store.account(login);
        if (!passwords.matches(
                password, account.map(AccessStore.Account::passwordHash).orElse(null))) {
            throw new Refused(AccessRefusal.WRONG_PASSWORD);
        }
        var token = Token.fresh();
        Instant now = clock.instant();
        sessionStore.insert(token.hash(), account.orElseThrow().id(), false, now, now.plus(BETWEEN_STEPS));
        limits.forget(counted);
        return token;
    }

    /** Step two: the code of the second factor, once. The first step's token ends here. */
    Token withCode(Token first, String code, String address) {
        AccessStore.Account account = sessionStore
                .find(first.hash(), clock.instant())
                .filter(session -> !session.complete())
                .flatMap(session -> store.account(session.account()))
                .orElseThrow(() -> new Refused(AccessRefusal.SIGN_IN_EXPIRED));
        Limits.Counted counted = count(account.login(), address);
        OptionalLong step = secondFactor.stepOf(secretOf(account), code);
        if (step.isEmpty()) {
            throw new Refused(AccessRefusal.WRONG_CODE);
        }
        Optional<Token> token = transaction.execute(status -> begin(account, first, step.getAsLong(), counted));
        return Objects.requireNonNull(token).orElseThrow(() -> new Refused(AccessRefusal.WRONG_CODE));
    }

    /** Opens the session unless the code's time step was used before: a code works once. */
    private Optional<Token> begin(AccessStore.Account account, Token first, long step, Limits.Counted counted) {
        if (!store.useStep(account.id(), step)) {
            return Optional.empty();
        }
        sessionStore.delete(first.hash());
        Token token = sessions.begin(account.id(), SESSION);
        limits.forget(counted);
        limits.forgetAll(PER_ACCOUNT.of(account.login()));
        var actor = new Actor(Optional.of(account.id()), account.name(), List.of());
        audit.record(actor, "access.sign-in", account.id().value(), Audit.facts("name", account.name()));
        return Optional.of(token);
    }

    /** Somebody who is signed in shows once more that it is they, by a code of the second factor. */
    public void confirm(AccountId id, String code, String address) {
        AccessStore.Account account = store.account(id).orElseThrow(() -> new Refused(AccessRefusal.WRONG_CODE));
        Limits.Counted counted = count(account.login(), address);
        OptionalLong step = secondFactor.stepOf(secretOf(account), code);
        if (step.isEmpty()
                || !Boolean.TRUE.equals(transaction.execute(status -> store.useStep(id, step.getAsLong())))) {
            throw new Refused(AccessRefusal.WRONG_CODE);
        }
        limits.forget(counted);
    }

    /** What an account is called in the history of records. */
    public String nameOf(AccountId id) {
        return store.account(id).map(AccessStore.Account::name).orElse("");
    }

    /** Ends a session at once, on every node. */
    void out(Token token) {
        transaction.executeWithoutResult(status -> {
            sessionStore.delete(token.hash());
            sessions.changed();
        });
    }

    static String login(String typed) {
        return CleanText.line(typed).toLowerCase(Locale.ROOT);
    }

    private String secretOf(AccessStore.Account account) {
        byte[] sealed = account.totpSealed();
        if (sealed == null) {
            throw new Refused(AccessRefusal.WRONG_CODE);
        }
        return sealer.open(sealed, Accounts.totpPlace(account.id().value()));
    }

    private Limits.Counted count(String login, String address) {
        Limits.Counted counted = limits.count(PER_ACCOUNT.of(login), PER_ADDRESS.from(address));
        if (counted.tooMany()) {
            throw Refused.until(counted.again(), AccessRefusal.TOO_MANY_ATTEMPTS, counted.minutes());
        }
        return counted;
    }
}

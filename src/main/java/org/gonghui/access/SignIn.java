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
import org.gonghui.kernel.Ids;
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

    /** How long staff stay signed in: a working day, and over a long lunch. */
    public static final Lasting SESSION = new Lasting(Duration.ofHours(12), Duration.ofHours(2));

    private static final Lasting BETWEEN_STEPS = new Lasting(Duration.ofMinutes(5), null);
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Limits.Limit PER_ACCOUNT = new Limits.Limit("sign-in.account", 5, WINDOW);
    private static final Limits.Limit PER_BROWSER = new Limits.Limit("sign-in.browser", 5, WINDOW);
    private static final Limits.Limit PER_HOLDER = new Limits.Limit("sign-in.holder", 5, WINDOW);
    private static final Limits.Limit PER_ADDRESS = new Limits.Limit("sign-in.address", 50, WINDOW);

    /**
     * From where somebody signs in.
     *
     * @param address in the network
     * @param mark that their browser has kept, as {@link KnownBrowsers} makes them; may be empty or anything
     */
    record Origin(String address, String mark) {

        /** From somewhere never seen before. */
        static Origin unknown(String address) {
            return new Origin(address, "");
        }
    }

    /** The token under which a session goes on, and how long at most. */
    record Renewed(Token token, Duration left) {}

    private final AccountStore store;
    private final SessionStore sessionStore;
    private final Limits limits;
    private final Passwords passwords;
    private final SecondFactor secondFactor;
    private final KnownBrowsers browsers;
    private final Sessions sessions;
    private final Sealer sealer;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    SignIn(
            AccountStore store,
            SessionStore sessionStore,
            Limits limits,
            Passwords passwords,
            SecondFactor secondFactor,
            KnownBrowsers browsers,
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
        this.browsers = browsers;
        this.sessions = sessions;
        this.sealer = sealer;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Step one. The token that comes back opens nothing but {@link #withCode}. */
    Token withPassword(String typedLogin, String password, Origin origin) {
        String login = login(typedLogin);
        Limits.Counted counted = count(guessing(login, origin), origin.address());
        Optional<AccountStore.Account> account = store.account(login);
        if (!passwords.matches(
                password, account.map(AccountStore.Account::passwordHash).orElse(null))) {
            throw new Refused(AccessRefusal.WRONG_PASSWORD);
        }
        var token = Token.fresh();
        AccountId id = account.orElseThrow().id();
        if (!sessionStore.insert(Ids.next(clock), token.hash(), id, false, false, clock.instant(), BETWEEN_STEPS)) {
            throw new Refused(AccessRefusal.WRONG_PASSWORD); // closed since its hash was read
        }
        limits.forget(counted);
        return token;
    }

    /** Step two: the code of the second factor, once. The first step's token ends here. */
    Token withCode(Token first, String code, Origin origin) {
        AccountStore.Account account = sessionStore
                .find(first.hash(), clock.instant())
                .filter(session -> !session.complete())
                .flatMap(session -> store.account(session.account()))
                .orElseThrow(() -> new Refused(AccessRefusal.SIGN_IN_EXPIRED));
        Limits.Use guessing = guessing(account.login(), origin);
        Limits.Counted counted = count(guessing, origin.address());
        OptionalLong step = secondFactor.stepOf(secretOf(account), code);
        if (step.isEmpty()) {
            throw new Refused(AccessRefusal.WRONG_CODE);
        }
        Optional<Token> token =
                transaction.execute(status -> begin(account, first, step.getAsLong(), guessing, counted));
        return Objects.requireNonNull(token).orElseThrow(() -> new Refused(AccessRefusal.WRONG_CODE));
    }

    /** Opens the session unless the code's time step was used before: a code works once. */
    private Optional<Token> begin(
            AccountStore.Account account, Token first, long step, Limits.Use guessing, Limits.Counted counted) {
        if (!store.useStep(account.id(), step)) {
            return Optional.empty();
        }
        sessionStore.delete(first.hash());
        Token token = sessions.begin(account.id(), SESSION);
        limits.forget(counted);
        limits.forgetAll(guessing);
        var actor = new Actor(Optional.of(account.id()), account.name(), List.of());
        audit.record(actor, "access.sign-in", account.id().value(), Audit.facts("name", account.name()));
        return Optional.of(token);
    }

    /** Somebody who is signed in shows once more that it is they, by a code of the second factor. */
    public void confirm(AccountId id, String code, String address) {
        AccountStore.Account account = store.account(id).orElseThrow(() -> new Refused(AccessRefusal.WRONG_CODE));
        Limits.Counted counted = count(PER_HOLDER.of(account.login()), address);
        OptionalLong step = secondFactor.stepOf(secretOf(account), code);
        if (step.isEmpty()
                || !Boolean.TRUE.equals(transaction.execute(status -> store.useStep(id, step.getAsLong())))) {
            throw new Refused(AccessRefusal.WRONG_CODE);
        }
        limits.forget(counted);
    }

    /**
     * Somebody has just shown once more who they are: their session goes on under another token, and for a while they are not
     * asked again. Empty when the session is over.
     */
    Optional<Renewed> confirmed(Token present) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var token = Token.fresh();
            Instant now = clock.instant();
            Optional<Renewed> renewed = sessionStore
                    .renew(present.hash(), token.hash(), now)
                    .map(ends -> new Renewed(token, Duration.between(now, ends)));
            sessions.changed();
            return renewed;
        }));
    }

    /** The same by the password, of which the hash comes back that it was compared with. */
    String confirmPassword(AccountId id, String password, String address) {
        AccountStore.Account account = store.account(id).orElseThrow(() -> new Refused(AccessRefusal.NO_PASSWORD));
        String hash = account.passwordHash();
        if (hash == null) {
            throw new Refused(AccessRefusal.NO_PASSWORD);
        }
        Limits.Counted counted = count(PER_HOLDER.of(account.login()), address);
        if (!passwords.matches(password, hash)) {
            throw new Refused(AccessRefusal.WRONG_PRESENT_PASSWORD);
        }
        limits.forget(counted);
        return hash;
    }

    /** The mark by which a browser is known again in which the token's owner has signed in. */
    String markFor(Token token) {
        return sessionStore
                .find(token.hash(), clock.instant())
                .flatMap(session -> store.account(session.account()))
                .map(account -> browsers.mark(account.login()))
                .orElseThrow();
    }

    /** What an account is called in the history of records. */
    public String nameOf(AccountId id) {
        return store.account(id).map(AccountStore.Account::name).orElse("");
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

    private String secretOf(AccountStore.Account account) {
        byte[] sealed = account.totpSealed();
        if (sealed == null) {
            throw new Refused(AccessRefusal.WRONG_CODE);
        }
        return sealer.open(sealed, Accounts.totpPlace(account.id().value()));
    }

    /** By what guesses at an account are counted: apart in each browser in which its owner has signed in before. */
    private Limits.Use guessing(String login, Origin origin) {
        return browsers.nameOf(origin.mark(), login).map(PER_BROWSER::of).orElseGet(() -> PER_ACCOUNT.of(login));
    }

    private Limits.Counted count(Limits.Use guessing, String address) {
        Limits.Counted counted = limits.count(guessing, PER_ADDRESS.from(address));
        if (counted.tooMany()) {
            throw Refused.until(counted.again(), AccessRefusal.TOO_MANY_ATTEMPTS, counted.minutes());
        }
        return counted;
    }
}

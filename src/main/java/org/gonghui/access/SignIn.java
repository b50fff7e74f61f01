package org.gonghui.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Refused;
import org.gonghui.seal.Sealer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signing in, in two steps: name and password give a token that is good for nothing but the second step; the second
 * factor's code gives the real one. Failures are counted per account and per address, over all nodes.
 */
@Service
class SignIn {

    static final Duration SESSION = Duration.ofHours(12);
    private static final Duration BETWEEN_STEPS = Duration.ofMinutes(5);
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int PER_ACCOUNT = 5;
    private static final int PER_ADDRESS = 50;

    private final AccessStore store;
    private final Passwords passwords;
    private final SecondFactor secondFactor;
    private final Sessions sessions;
    private final Sealer sealer;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    SignIn(
            AccessStore store,
            Passwords passwords,
            SecondFactor secondFactor,
            Sessions sessions,
            Sealer sealer,
            Audit audit,
            Clock clock,
            TransactionTemplate transaction) {
        this.store = store;
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
        List<UUID> counted = count(login, address);
        Optional<AccessStore.Account> account = store.account(login);
        if (!passwords.matches(
                password, account.map(AccessStore.Account::passwordHash).orElse(null))) {
            throw new Refused(AccessRefusal.WRONG_PASSWORD);
        }
        var token = Token.fresh();
        Instant now = clock.instant();
        store.insertSession(token.hash(), account.orElseThrow().id(), false, now, now.plus(BETWEEN_STEPS));
        store.forgetAttempts(counted);
        return token;
    }

    /** Step two: the code of the second factor, once. The first step's token ends here. */
    Token withCode(Token first, String code, String address) {
        AccessStore.Account account = store.session(first.hash(), clock.instant())
                .filter(session -> !session.secondFactor())
                .flatMap(session -> store.account(session.account()))
                .orElseThrow(() -> new Refused(AccessRefusal.SIGN_IN_EXPIRED));
        List<UUID> counted = count(account.login(), address);
        OptionalLong step = secondFactor.stepOf(secretOf(account), code);
        if (step.isEmpty()) {
            throw new Refused(AccessRefusal.WRONG_CODE);
        }
        Optional<Token> token = transaction.execute(status -> begin(account, first, step.getAsLong(), counted));
        return Objects.requireNonNull(token).orElseThrow(() -> new Refused(AccessRefusal.WRONG_CODE));
    }

    /** Opens the session unless the code's time step was used before: a code works once. */
    private Optional<Token> begin(AccessStore.Account account, Token first, long step, List<UUID> counted) {
        if (!store.useStep(account.id(), step)) {
            return Optional.empty();
        }
        var token = Token.fresh();
        Instant now = clock.instant();
        store.deleteSession(first.hash());
        store.insertSession(token.hash(), account.id(), true, now, now.plus(SESSION));
        store.forgetAttempts(counted);
        store.forgetAttemptsOf(ofAccount(account.login()));
        store.deleteExpired(now, now.minus(WINDOW));
        var actor = new Actor(Optional.of(account.id()), account.name(), List.of());
        audit.record(actor, "access.sign-in", account.id().value(), Audit.facts("name", account.name()));
        return Optional.of(token);
    }

    /** Ends a session at once, on every node. */
    void out(Token token) {
        transaction.executeWithoutResult(status -> {
            store.deleteSession(token.hash());
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

    /**
     * Counts an attempt before it is judged, so that many at once cannot slip past the limit, and refuses when there were
     * too many. A success takes its own attempt back.
     */
    private List<UUID> count(String login, String address) {
        Instant now = clock.instant();
        Instant since = now.minus(WINDOW);
        byte[] ofAccount = ofAccount(login);
        byte[] ofAddress = sealer.blind("attempt.address", address);
        if (store.attemptsSince(ofAccount, since) >= PER_ACCOUNT
                || store.attemptsSince(ofAddress, since) >= PER_ADDRESS) {
            throw new Refused(AccessRefusal.TOO_MANY_ATTEMPTS);
        }
        List<UUID> counted = List.of(Ids.next(clock), Ids.next(clock));
        store.insertAttempt(counted.get(0), ofAccount, now);
        store.insertAttempt(counted.get(1), ofAddress, now);
        if (store.attemptsSince(ofAccount, since) > PER_ACCOUNT
                || store.attemptsSince(ofAddress, since) > PER_ADDRESS) {
            throw new Refused(AccessRefusal.TOO_MANY_ATTEMPTS);
        }
        return counted;
    }

    private byte[] ofAccount(String login) {
        return sealer.blind("attempt.account", login);
    }
}

package org.gonghui.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Signals;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Refused;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Who a token stands for. Kept in memory for one second at most; a change of rights empties it on this node with the
 * commit, on the others by signal.
 */
@Component
public class Sessions {

    private static final String TOPIC = "access.rights";
    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final Duration STAFF_KEPT = Duration.ofHours(1);

    /** So long after somebody has shown who they are, they are not asked again before what a stolen session must not do. */
    static final Duration CONFIRMED = Duration.ofMinutes(15);

    /** So often the last use of a session is written down, at most. */
    private static final Duration USED = Duration.ofMinutes(5);

    /**
     * Somewhere an account is signed in.
     *
     * @param browser as its owner would call it; empty when it did not say
     * @param present true for the one that asks
     */
    public record Open(UUID id, String browser, Instant begunAt, Instant usedAt, boolean present) {}

    /** Who holds a token, whether it was made for a program, when they showed who they are, to what it is narrowed. */
    private record Holder(Actor actor, boolean program, Optional<Instant> confirmedAt, Optional<TokenScope> scope) {}

    private final AccountStore accounts;
    private final AppointmentStore appointments;
    private final SessionStore sessionStore;
    private final Signals signals;
    private final Clock clock;
    private final Cache<ByteBuffer, Optional<Holder>> known =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(KEPT).build();
    private final Cache<ByteBuffer, Boolean> staff = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterAccess(STAFF_KEPT)
            .build();

    Sessions(
            AccountStore accounts,
            AppointmentStore appointments,
            SessionStore sessionStore,
            Signals signals,
            Clock clock) {
        this.accounts = accounts;
        this.appointments = appointments;
        this.sessionStore = sessionStore;
        this.signals = signals;
        this.clock = clock;
        signals.listen(TOPIC, text -> forget());
    }

    /** The actor of a browser's token with the rights of today; empty when it is nobody's, over, or a program's. */
    Optional<Actor> actorOf(Token token) {
        return known(token).filter(holder -> !holder.program()).map(Holder::actor);
    }

    /** The same for a program, which may bring a token that was made for it, or one of a session. */
    Optional<Actor> actorOfProgram(Token token) {
        return known(token).map(Holder::actor);
    }

    /** For how long whoever holds a browser's token is taken for who they are without being asked again; never below zero. */
    Duration confirmedFor(Token token) {
        return known(token)
                .filter(holder -> !holder.program())
                .flatMap(Holder::confirmedAt)
                .map(at -> Duration.between(clock.instant(), at.plus(CONFIRMED)))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** To what its maker narrowed a program's token; the actor's grants are narrowed by it already. */
    Optional<TokenScope> scopeOf(Token token) {
        return known(token).flatMap(Holder::scope);
    }

    /**
     * True when the token was a member of staff's the last time it was read on this node: without asking the database, and
     * so good for saying whose turn it is, and for no right.
     */
    boolean wasStaffs(Token token) {
        return staff.getIfPresent(ByteBuffer.wrap(token.hash())) != null;
    }

    private Optional<Holder> known(Token token) {
        byte[] hash = token.hash();
        return known.get(ByteBuffer.wrap(hash), key -> {
            Optional<Holder> holder = read(hash);
            if (holder.filter(of -> !of.actor().grants().isEmpty()).isPresent()) {
                staff.put(key, true);
            } else {
                staff.invalidate(key);
            }
            return holder;
        });
    }

    private Optional<Holder> read(byte[] hash) {
        Instant now = clock.instant();
        Optional<SessionStore.Session> session = sessionStore.find(hash, now).filter(SessionStore.Session::complete);
        if (session.filter(of -> of.usedAt().filter(now.minus(USED)::isBefore).isEmpty())
                .isPresent()) {
            sessionStore.setUsed(hash, now);
        }
        return session.map(of -> new Holder(actor(of.account(), of.scope()), of.named(), of.confirmedAt(), of.scope()));
    }

    private Actor actor(AccountId account, Optional<TokenScope> scope) {
        String name = accounts.account(account).map(AccountStore.Account::name).orElse("");
        List<Actor.Grant> held = appointments.held(account, LocalDate.now(clock)).stream()
                .map(each -> new Actor.Grant(each.role().rights(), each.path()))
                .toList();
        return new Actor(
                Optional.of(account), name, scope.map(of -> of.narrowed(held)).orElse(held));
    }

    /** Begins a session for someone who has shown who they are; its token comes back once. */
    public Token begin(AccountId account, Lasting lasting) {
        return begin(account, lasting, true);
    }

    /** The same for someone for whom a provider outside answers: here they have not shown it. */
    public Token beginOnAnothersWord(AccountId account, Lasting lasting) {
        return begin(account, lasting, false);
    }

    private Token begin(AccountId account, Lasting lasting, boolean confirmed) {
        var token = Token.fresh();
        Instant now = clock.instant();
        sessionStore.deleteExpired(now);
        if (!sessionStore.insert(Ids.next(clock), token.hash(), account, true, confirmed, now, lasting)) {
            throw new Refused(AccessRefusal.SIGN_IN_EXPIRED); // closed meanwhile
        }
        return token;
    }

    /** Notes in what browser a session was begun. */
    void seenIn(Token token, String browser) {
        sessionStore.setBrowser(token.hash(), browser);
    }

    /** Where an account is signed in, last used first. */
    List<Open> of(AccountId account, Token present) {
        return sessionStore.open(account, present.hash(), clock.instant());
    }

    /** How many sessions and tokens of programs an account has now. */
    SessionStore.Count count(AccountId account) {
        return sessionStore.count(account, clock.instant());
    }

    /** Ends one session of an account, with the surrounding transaction. */
    void end(AccountId account, UUID id) {
        if (!sessionStore.deleteOpen(account, id)) {
            throw new Refused(AccessRefusal.NO_SUCH_SESSION);
        }
        changed();
    }

    /** Ends an account's other sessions, with the surrounding transaction; its programs go on. */
    void endOthers(AccountId account, Token present) {
        sessionStore.deleteOthers(account, present.hash());
        changed();
    }

    /** Ends every session of an account, with the surrounding transaction; its programs go on. */
    void endBrowsersOf(AccountId account) {
        sessionStore.deleteBrowsersOf(account);
        changed();
    }

    /** Ends every session of an account, on every node, with the surrounding transaction. */
    public void endAllOf(AccountId account) {
        sessionStore.deleteOf(account);
        changed();
    }

    /** Announces that the surrounding transaction changes what somebody may do. */
    void changed() {
        signals.send(TOPIC, "");
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                forget();
            }
        });
    }

    /** Reads every token's actor anew at its next request. */
    void forget() {
        known.invalidateAll();
    }
}

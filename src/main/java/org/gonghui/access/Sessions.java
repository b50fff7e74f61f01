package org.gonghui.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.gonghui.database.Signals;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Who a token stands for. Kept in memory for one second at most; a change of rights empties it on this node with the
 * commit, on the others by signal.
 */
@Component
class Sessions {

    private static final String TOPIC = "access.rights";
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final AccessStore store;
    private final Signals signals;
    private final Clock clock;
    private final Cache<ByteBuffer, Optional<Actor>> known =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(KEPT).build();

    Sessions(AccessStore store, Signals signals, Clock clock) {
        this.store = store;
        this.signals = signals;
        this.clock = clock;
        signals.listen(TOPIC, text -> forget());
    }

    /** The actor of this token with the rights of today; empty when it is nobody's, is over, or lacks the second factor. */
    Optional<Actor> actorOf(Token token) {
        byte[] hash = token.hash();
        return known.get(
                ByteBuffer.wrap(hash),
                key -> store.session(hash, clock.instant())
                        .filter(AccessStore.Session::secondFactor)
                        .map(session -> actor(session.account())));
    }

    private Actor actor(AccountId account) {
        String name = store.account(account).map(AccessStore.Account::name).orElse("");
        return new Actor(
                Optional.of(account),
                name,
                store.held(account, LocalDate.now(clock)).stream()
                        .map(held -> new Actor.Grant(held.role().rights(), held.path()))
                        .toList());
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

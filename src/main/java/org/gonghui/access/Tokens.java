package org.gonghui.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tokens by which the staff's own programs call the API: each has a name and an end, acts with the rights that its
 * owner has at that moment, and opens no page.
 */
@Service
class Tokens {

    static final int LONGEST_LABEL = 40;
    static final int MOST = 20;
    static final List<Integer> DAYS = List.of(30, 90, 365);

    /** A token in force; the secret itself is kept nowhere. */
    record Named(UUID id, String label, Instant madeAt, Instant expiresAt, Optional<LocalDate> usedOn) {}

    private final SessionStore store;
    private final Sessions sessions;
    private final Audit audit;
    private final Clock clock;

    Tokens(SessionStore store, Sessions sessions, Audit audit, Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /** The actor's own tokens, the newest first. */
    @Transactional(readOnly = true)
    List<Named> list(Actor actor) {
        return store.named(owner(actor), clock.instant());
    }

    /** Makes one; what comes back is shown once. */
    @Transactional
    Token make(Actor actor, @Nullable String typedLabel, @Nullable String typedDays) {
        var input = new Input();
        String label = input.name("label", typedLabel, LONGEST_LABEL);
        int days = DAYS.stream()
                .filter(each -> each.toString().equals(typedDays))
                .findFirst()
                .orElse(0);
        if (days == 0) {
            input.fault("days", "no-such-choice");
        }
        input.check();
        AccountId owner = owner(actor);
        Instant now = clock.instant();
        store.deleteExpired(now);
        if (store.named(owner, now).size() >= MOST) {
            throw new Refused(AccessRefusal.TOO_MANY_TOKENS, MOST);
        }
        var token = Token.fresh();
        UUID id = Ids.next(clock);
        if (!store.insertNamed(token.hash(), owner, id, label, now, now.plus(Duration.ofDays(days)))) {
            throw new Refused(AccessRefusal.TOKEN_NAMED_ALREADY, label);
        }
        audit.record(actor, "access.token", id, Audit.facts("label", label, "days", Integer.toString(days)));
        return token;
    }

    /** Ends one of the actor's own; the program's next request is nobody's. */
    @Transactional
    void end(Actor actor, UUID id) {
        String label = store.deleteNamed(owner(actor), id).orElseThrow(() -> new Refused(AccessRefusal.NO_SUCH_TOKEN));
        audit.record(actor, "access.token-end", id, Audit.facts("label", label));
        sessions.changed();
    }

    private static AccountId owner(Actor actor) {
        return actor.account().orElseThrow(() -> new Refused(AccessRefusal.NO_SUCH_TOKEN));
    }
}

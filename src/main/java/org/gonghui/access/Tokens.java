package org.gonghui.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tokens by which the staff's own programs call the API: each has a name and an end, acts with those of its
 * owner's rights of that moment that it was made with, and opens no page.
 */
@Service
class Tokens {

    static final int LONGEST_LABEL = 40;
    static final int MOST = 20;
    private static final int NAMESAKES = 50;
    static final List<Integer> DAYS = List.of(30, 90, 365);

    /** A token that no program has used for so long has been forgotten: longer than from one quarter's report to the next. */
    static final Duration UNUSED = Duration.ofDays(120);

    /** A token in force; the secret itself is kept nowhere. */
    record Named(
            UUID id,
            String label,
            Instant madeAt,
            Instant expiresAt,
            Optional<Instant> usedAt,
            Optional<TokenScope> scope) {

        /** The rights that it carries, in the order in which people are told them; empty for all that its owner has. */
        List<Right> rights() {
            return scope.map(of -> TokenScope.ALL.stream()
                            .filter(of.rights()::contains)
                            .toList())
                    .orElse(List.of());
        }
    }

    /**
     * A token to be made, as typed.
     *
     * @param rights names of rights, at least one, all of them the maker's own
     * @param below name or number of a union of the maker's, to reach no further than it and what is below; may be empty
     */
    record Making(
            @Nullable String label,
            @Nullable String days,
            @Nullable List<String> rights,
            @Nullable String below) {}

    private final SessionStore store;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final Unions unions;
    private final Audit audit;
    private final Clock clock;

    Tokens(SessionStore store, AccountStore accounts, Sessions sessions, Unions unions, Audit audit, Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
        this.unions = unions;
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
    Token make(Actor actor, Making typed) {
        var input = new Input();
        String label = input.name("label", typed.label(), LONGEST_LABEL);
        int days = DAYS.stream()
                .filter(each -> each.toString().equals(typed.days()))
                .findFirst()
                .orElse(0);
        if (days == 0) {
            input.fault("days", "no-such-choice");
        }
        Set<Right> rights = rights(actor, input, typed.rights());
        Optional<UnionSummary> below = union(actor, input, CleanText.line(typed.below()));
        var scope = new TokenScope(rights, below.map(UnionSummary::id), below.map(UnionSummary::path));
        if (scope.takesPartFromWhole(actor.grants())) {
            input.fault("below", "figures-of-a-part");
        }
        input.check();
        AccountId owner = owner(actor);
        Instant now = clock.instant();
        if (!accounts.lock(owner)) { // of many made at once the last does not slip past the limit
            throw new Refused(AccessRefusal.SIGN_IN_EXPIRED); // closed meanwhile
        }
        store.deleteExpired(now);
        if (store.named(owner, now).size() >= MOST) {
            throw new Refused(AccessRefusal.TOO_MANY_TOKENS, MOST);
        }
        var token = Token.fresh();
        UUID id = Ids.next(clock);
        if (!store.insertNamed(
                token.hash(), owner, id, label, scope, now, new Lasting(Duration.ofDays(days), UNUSED))) {
            throw new Refused(AccessRefusal.TOKEN_NAMED_ALREADY, label);
        }
        audit.record(
                actor,
                "access.token-scoped",
                id,
                Audit.facts(
                        "label",
                        label,
                        "days",
                        Integer.toString(days),
                        "rights",
                        rights.stream().map(Right::name).collect(Collectors.joining(" ")),
                        "below",
                        below.map(UnionSummary::name).orElse("EVERYWHERE")));
        return token;
    }

    /** The rights that the actor has and may hand on to a program, reading first. */
    static List<Right> mayCarry(Actor actor) {
        return TokenScope.ALL.stream().filter(actor::may).toList();
    }

    private static Set<Right> rights(Actor actor, Input input, @Nullable List<String> typed) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (String name : typed == null ? List.<String>of() : typed) {
            Right right = input.choice("rights", name, Right.class);
            if (!mayCarry(actor).contains(right)) {
                input.fault("rights", "no-such-choice");
            }
            rights.add(right);
        }
        if (rights.isEmpty()) {
            input.fault("rights", "choose-one");
        }
        return rights;
    }

    /** The union of this name or number, as far as the actor reaches. */
    private Optional<UnionSummary> union(Actor actor, Input input, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<UnionSummary> found = unions.search(actor, text, NAMESAKES).stream()
                .filter(union -> union.code().equals(text)
                        || union.name().equals(text)
                        || union.shortName().equals(text))
                .toList();
        if (found.size() != 1) {
            input.fault("below", found.isEmpty() ? "no-such-union" : "several-unions");
        }
        return found.stream().findFirst();
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

package org.gonghui.oidc;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.gonghui.access.CredentialsChanged;
import org.gonghui.access.Sessions;
import org.gonghui.access.SignIn;
import org.gonghui.access.Token;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Refused;
import org.gonghui.limit.Limits;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signing in by the provider's word. It makes nobody an account and gives nobody a right: who comes back is whoever has
 * tied that account to theirs before, signed in with password and second factor.
 */
@Service
class OutsideSignIn {

    static final Duration WAY = Duration.ofMinutes(10);
    private static final Limits.Limit PER_ADDRESS = new Limits.Limit("oidc.address", 300, Duration.ofMinutes(15));

    /** Where the browser goes, and the state that it keeps meanwhile. */
    record Away(String state, URI address) {}

    /** Who came back from the provider: somebody who is signed in now, or may tie now. */
    sealed interface Back {}

    record SignedIn(Token token, String to) implements Back {}

    record MayTie() implements Back {}

    /**
     * What the person's own page shows.
     *
     * @param since when the two were tied; null when they are not
     * @param waiting the account there that waits to be confirmed; null when none does
     */
    record State(
            String name, @Nullable Instant since, @Nullable Waiting waiting) {}

    /**
     * An account there that came back and waits.
     *
     * @param id of this coming back: what is confirmed is what was shown, not what came back since
     */
    record Waiting(String id, String shown) {}

    private final ObjectProvider<Provider> provider;
    private final OidcStore store;
    private final SignIn signIn;
    private final Sessions sessions;
    private final Limits limits;
    private final Sealer sealer;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate transaction;

    OutsideSignIn(
            ObjectProvider<Provider> provider,
            OidcStore store,
            SignIn signIn,
            Sessions sessions,
            Limits limits,
            Sealer sealer,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock,
            TransactionTemplate transaction) {
        this.provider = provider;
        this.store = store;
        this.signIn = signIn;
        this.sessions = sessions;
        this.limits = limits;
        this.sealer = sealer;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Sends somebody to the provider, to sign in or, signed in, to tie. */
    Away begin(Optional<AccountId> tying, String to, String address) {
        Provider outside = outside();
        if (limits.count(PER_ADDRESS.from(address)).tooMany()) {
            throw new Refused(OidcRefusal.TOO_MANY);
        }
        var errand = Provider.Errand.fresh();
        URI away = outside.away(errand);
        Instant now = clock.instant();
        transaction.executeWithoutResult(
                status -> store.insertErrand(new Token(errand.state()).hash(), errand, to, tying, now, now.plus(WAY)));
        return new Away(errand.state(), away);
    }

    /**
     * Somebody comes back, with a code or without. The errand ends here, whatever comes of it.
     *
     * @param kept the state that this browser has kept: whoever was sent another's address brings none, or another
     */
    Back comeBack(Actor actor, String state, String kept, String code, String issuer) {
        Provider outside = outside();
        if (state.isEmpty() || !state.equals(kept)) {
            throw new Refused(OidcRefusal.BEGIN_AGAIN);
        }
        OidcStore.Under under = Objects.requireNonNull(
                        transaction.execute(status -> store.takeErrand(new Token(state).hash(), clock.instant())))
                .orElseThrow(() -> new Refused(OidcRefusal.BEGIN_AGAIN));
        if (code.isEmpty() || !(issuer.isEmpty() || issuer.equals(outside.issuer()))) {
            throw new Refused(OidcRefusal.NOT_PROVEN, outside.name());
        }
        Provider.Proof proof = outside.prove(code, new Provider.Errand(state, under.nonce(), under.verifier()));
        byte[] subject = sealer.blind("oidc.subject", proof.issuer() + "\n" + proof.subject());
        if (under.tying().isEmpty()) {
            return signIn(outside, proof.issuer(), subject, under.goesTo());
        }
        AccountId account = under.tying().get();
        if (!actor.account().equals(Optional.of(account))) {
            throw new Refused(OidcRefusal.BEGIN_AGAIN);
        }
        transaction.executeWithoutResult(status -> store.keepProven(
                account,
                new OidcStore.Proven(
                        proof.issuer(), subject, proof.shown(), clock.instant().plus(WAY))));
        return new MayTie();
    }

    private Back signIn(Provider outside, String issuer, byte[] subject, String to) {
        return Objects.requireNonNull(transaction.execute(status -> {
            AccountId account =
                    store.tiedTo(issuer, subject).orElseThrow(() -> new Refused(OidcRefusal.NOT_TIED, outside.name()));
            Token token = sessions.beginOnAnothersWord(account, SignIn.SESSION);
            var actor = new Actor(Optional.of(account), signIn.nameOf(account), List.of());
            audit.record(actor, "oidc.sign-in", account.value(), Audit.facts("name", outside.name()));
            return new SignedIn(token, to);
        }));
    }

    /** How it stands with the actor's own. */
    State state(Actor actor) {
        Provider outside = outside();
        AccountId account = account(actor);
        return new State(
                outside.name(),
                store.tiedAt(account, outside.issuer()),
                store.proven(account, clock.instant())
                        .map(proven -> new Waiting(proven.id(), proven.shown()))
                        .orElse(null));
    }

    /**
     * Ties the account that has just come back to the actor's own, confirmed by a code of the second factor.
     *
     * @param waiting which one the actor has seen
     */
    void tie(Actor actor, String waiting, String code, String address) {
        Provider outside = outside();
        AccountId account = account(actor);
        if (store.proven(account, clock.instant())
                .filter(proven -> proven.id().equals(waiting))
                .isEmpty()) {
            throw new Refused(OidcRefusal.BEGIN_AGAIN);
        }
        signIn.confirm(account, code, address);
        transaction.executeWithoutResult(status -> {
            OidcStore.Proven proven = store.takeProven(account, clock.instant())
                    .filter(taken -> taken.id().equals(waiting))
                    .orElseThrow(() -> new Refused(OidcRefusal.BEGIN_AGAIN));
            if (!store.insertTie(account, proven, clock.instant())) {
                throw store.tiedAt(account, proven.issuer()) == null
                        ? new Refused(OidcRefusal.TIED_ELSEWHERE, outside.name())
                        : new Refused(OidcRefusal.TIED_ALREADY, outside.name());
            }
            audit.record(actor, "oidc.tie", account.value(), Audit.facts("name", outside.name()));
            changed(actor, account);
        });
    }

    /** Unties them: by the provider nobody comes in as the actor any more. What is signed in stays signed in. */
    void untie(Actor actor) {
        Provider outside = outside();
        AccountId account = account(actor);
        transaction.executeWithoutResult(status -> {
            if (store.deleteTie(account, outside.issuer())) {
                audit.record(actor, "oidc.untie", account.value(), Audit.facts("name", outside.name()));
                changed(actor, account);
            }
        });
    }

    private void changed(Actor actor, AccountId account) {
        events.publishEvent(
                new CredentialsChanged(Ids.next(clock), account, CredentialsChanged.What.OUTSIDE, actor.name()));
    }

    /**
     * Whoever begins anew by a link may have been robbed of the account: ties are made again by whoever has it now. With an account
     * that is closed they end for good.
     */
    @EventListener
    @Transactional
    public void renewed(CredentialsChanged event) {
        if (event.what() == CredentialsChanged.What.EVERYTHING || event.what() == CredentialsChanged.What.CLOSED) {
            store.deleteTies(event.account());
        }
    }

    /** True where the city has named a provider. */
    boolean isOffered() {
        return provider.getIfAvailable() != null;
    }

    private Provider outside() {
        Provider outside = provider.getIfAvailable();
        if (outside == null) {
            throw new Refused(OidcRefusal.NOT_OFFERED);
        }
        return outside;
    }

    private static AccountId account(Actor actor) {
        return actor.account().orElseThrow(() -> new Refused(OidcRefusal.BEGIN_AGAIN));
    }
}

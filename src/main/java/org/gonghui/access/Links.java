package org.gonghui.access;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Refused;
import org.gonghui.org.UnionsMoved;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Links that work once, each with the second factor that is enrolled by it. Only their hashes are kept. */
@Component
class Links {

    private final AccountStore store;
    private final SecondFactor secondFactor;
    private final Sealer sealer;
    private final Clock clock;

    Links(AccountStore store, SecondFactor secondFactor, Sealer sealer, Clock clock) {
        this.store = store;
        this.secondFactor = secondFactor;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** A fresh one for an account, or, for null, to set the city up; those before it end. */
    Token fresh(@Nullable AccountId account, boolean factorOnly, Duration valid) {
        store.endInvitations(account, clock.instant());
        var token = Token.fresh();
        UUID row = Ids.next(clock);
        byte[] secret = sealer.seal(secondFactor.freshSecret(), AccountStore.INVITATION_TOTP.of(row));
        store.insertInvitation(
                token.hash(), account, secret, row, factorOnly, clock.instant().plus(valid));
        return token;
    }

    /** Uses one up, for good if the transaction ends well: of two at once the second finds it used. */
    AccountStore.Invitation taken(Token token) {
        AccountStore.Invitation invitation = valid(token);
        if (!store.useInvitation(token.hash(), clock.instant())) {
            throw new Refused(AccessRefusal.LINK_NOT_VALID);
        }
        return invitation;
    }

    AccountStore.Invitation valid(Token token) {
        return store.invitation(token.hash(), clock.instant())
                .orElseThrow(() -> new Refused(AccessRefusal.LINK_NOT_VALID));
    }

    /** Whoever gave a link answered for its account where it stood: no link goes along to another part of the tree. */
    @EventListener
    @Transactional
    void moved(UnionsMoved moved) {
        store.endInvitationsAt(
                moved.unions().stream().map(UnionsMoved.Moved::union).toList(), clock.instant());
    }

    /** The second factor's secret, in base 32. */
    String secretOf(AccountStore.Invitation invitation) {
        return sealer.open(invitation.totpSealed(), AccountStore.INVITATION_TOTP.of(invitation.sealRow()));
    }
}

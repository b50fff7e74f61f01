package org.gonghui.oidc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Errands to an outside provider, who has come back from one and not confirmed it yet, and whose accounts are tied. */
@Repository
class OidcStore {

    /**
     * Somebody on the way to the provider and back.
     *
     * @param tying who wants to tie; empty for somebody who wants to sign in
     */
    record Under(String nonce, String verifier, String goesTo, Optional<AccountId> tying) {}

    /**
     * Somebody who has come back and may tie.
     *
     * @param end until when; no two comings back have the same
     */
    record Proven(String issuer, byte[] subject, String shown, Instant end) {

        /** Names this coming back among those of one account. */
        String id() {
            return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, end), Character.MAX_RADIX);
        }
    }

    private final JdbcClient jdbc;

    OidcStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insertErrand(
            byte[] state, Provider.Errand errand, String goesTo, Optional<AccountId> tying, Instant now, Instant end) {
        jdbc.sql("delete from oidc_errand where expires_at < :now")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                        insert into oidc_errand (state_hash, nonce, verifier, goes_to, account_id, expires_at)
                        values (:state, :nonce, :verifier, :to, :account, :end)
                        """)
                .param("state", state)
                .param("nonce", errand.nonce())
                .param("verifier", errand.verifier())
                .param("to", goesTo)
                .param("account", tying.map(AccountId::value).orElse(null))
                .param("end", end.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Ends the errand: of two who come back by one, the second finds none. */
    Optional<Under> takeErrand(byte[] state, Instant now) {
        return jdbc.sql("""
                        delete from oidc_errand where state_hash = :state and expires_at > :now
                        returning nonce, verifier, goes_to, account_id
                        """)
                .param("state", state)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Under(
                        row.getString("nonce"),
                        row.getString("verifier"),
                        row.getString("goes_to"),
                        Optional.ofNullable(row.getObject("account_id", UUID.class))
                                .map(AccountId::new)))
                .optional();
    }

    /** Keeps who came back until they have confirmed it: one for each account, the last. */
    void keepProven(AccountId account, Proven proven) {
        jdbc.sql("""
                        insert into oidc_proven (account_id, issuer, subject, shown, expires_at)
                        values (:account, :issuer, :subject, :shown, :end)
                        on conflict (account_id) do update
                           set issuer = excluded.issuer, subject = excluded.subject, shown = excluded.shown,
                               expires_at = excluded.expires_at
                        """)
                .param("account", account.value())
                .param("issuer", proven.issuer())
                .param("subject", proven.subject())
                .param("shown", proven.shown())
                .param("end", proven.end().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Proven> proven(AccountId account, Instant now) {
        return jdbc.sql("""
                        select issuer, subject, shown, expires_at from oidc_proven
                         where account_id = :account and expires_at > :now
                        """)
                .param("account", account.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(OidcStore::proven)
                .optional();
    }

    private static Proven proven(ResultSet row, int number) throws SQLException {
        return new Proven(
                row.getString("issuer"),
                row.getBytes("subject"),
                row.getString("shown"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    Optional<Proven> takeProven(AccountId account, Instant now) {
        return jdbc.sql("""
                        delete from oidc_proven where account_id = :account and expires_at > :now
                        returning issuer, subject, shown, expires_at
                        """)
                .param("account", account.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(OidcStore::proven)
                .optional();
    }

    /** False when the account, or the provider's, is tied already. */
    boolean insertTie(AccountId account, Proven proven, Instant now) {
        return jdbc.sql("""
                                insert into oidc_tie (account_id, issuer, subject, tied_at)
                                values (:account, :issuer, :subject, :now)
                                on conflict do nothing
                                """)
                        .param("account", account.value())
                        .param("issuer", proven.issuer())
                        .param("subject", proven.subject())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Since when the account is tied to one of this issuer's. */
    @Nullable
    Instant tiedAt(AccountId account, String issuer) {
        return jdbc.sql("select tied_at from oidc_tie where account_id = :account and issuer = :issuer")
                .param("account", account.value())
                .param("issuer", issuer)
                .query((row, number) ->
                        row.getObject("tied_at", OffsetDateTime.class).toInstant())
                .optional()
                .orElse(null);
    }

    Optional<AccountId> tiedTo(String issuer, byte[] subject) {
        return jdbc.sql("select account_id from oidc_tie where issuer = :issuer and subject = :subject")
                .param("issuer", issuer)
                .param("subject", subject)
                .query(UUID.class)
                .optional()
                .map(AccountId::new);
    }

    /** Unties an account from whatever it is tied to, and forgets what was proven for it. */
    void deleteTies(AccountId account) {
        jdbc.sql("delete from oidc_tie where account_id = :account")
                .param("account", account.value())
                .update();
        jdbc.sql("delete from oidc_proven where account_id = :account")
                .param("account", account.value())
                .update();
    }

    boolean deleteTie(AccountId account, String issuer) {
        return jdbc.sql("delete from oidc_tie where account_id = :account and issuer = :issuer")
                        .param("account", account.value())
                        .param("issuer", issuer)
                        .update()
                == 1;
    }
}

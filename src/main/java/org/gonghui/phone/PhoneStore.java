package org.gonghui.phone;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Codes on their way to phones, and which phone is whose account. */
@Repository
class PhoneStore implements SealedColumns {

    static final SealedColumn PHONE = new SealedColumn("phone_account", "phone_sealed", "account_id");

    private final JdbcClient jdbc;

    PhoneStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a new code in place of an earlier one, and forgets the codes that are over. */
    void replace(byte[] phone, byte[] codeHash, Instant now, Instant expires) {
        jdbc.sql("delete from phone_code where expires_at <= :now")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                        insert into phone_code (phone_blind, code_hash, guesses, expires_at)
                        values (:phone, :hash, 0, :expires)
                        on conflict (phone_blind) do update
                           set code_hash = excluded.code_hash, guesses = 0, expires_at = excluded.expires_at
                        """)
                .param("phone", phone)
                .param("hash", codeHash)
                .param("expires", expires.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Counts a guess; false when there is no code, it is over, or it was guessed at too often. */
    boolean guess(byte[] phone, int most, Instant now) {
        return jdbc.sql("""
                                update phone_code set guesses = guesses + 1
                                 where phone_blind = :phone and guesses < :most and expires_at > :now
                                """)
                        .param("phone", phone)
                        .param("most", most)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Uses the code up; false when it is another. */
    boolean use(byte[] phone, byte[] codeHash) {
        return jdbc.sql("delete from phone_code where phone_blind = :phone and code_hash = :hash")
                        .param("phone", phone)
                        .param("hash", codeHash)
                        .update()
                == 1;
    }

    Optional<AccountId> accountOf(byte[] phone) {
        return jdbc.sql("select account_id from phone_account where phone_blind = :phone")
                .param("phone", phone)
                .query(UUID.class)
                .optional()
                .map(AccountId::new);
    }

    Optional<byte[]> phoneOf(AccountId account) {
        return jdbc.sql("select phone_sealed from phone_account where account_id = :account")
                .param("account", account.value())
                .query(byte[].class)
                .optional();
    }

    /** False when the phone has an account already. */
    boolean insert(AccountId account, byte[] sealed, byte[] blind, int blindKey, Instant now) {
        return jdbc.sql("""
                                insert into phone_account (account_id, phone_sealed, phone_blind, blind_key, created_at)
                                values (:account, :sealed, :blind, :key, :now)
                                on conflict (phone_blind) do nothing
                                """)
                        .param("account", account.value())
                        .param("sealed", sealed)
                        .param("blind", blind)
                        .param("key", blindKey)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** False when another account has the phone. */
    boolean setPhone(AccountId account, byte[] sealed, byte[] blind, int blindKey) {
        return jdbc.sql("""
                                update phone_account set phone_sealed = :sealed, phone_blind = :blind, blind_key = :key
                                 where account_id = :account
                                   and not exists (select 1 from phone_account other where other.phone_blind = :blind
                                                      and other.account_id <> :account)
                                """)
                        .param("account", account.value())
                        .param("sealed", sealed)
                        .param("blind", blind)
                        .param("key", blindKey)
                        .update()
                == 1;
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(PHONE);
    }
}

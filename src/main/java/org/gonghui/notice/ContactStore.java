package org.gonghui.notice;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.gonghui.kernel.AccountId;
import org.gonghui.layout.Language;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** By which ways somebody wants to be told, and their e-mail address, sealed. */
@Repository
class ContactStore implements SealedColumns {

    static final SealedColumn EMAIL = new SealedColumn("notice_contact", "email_sealed", "account_id");

    private final JdbcClient jdbc;

    ContactStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Contact> find(AccountId account) {
        return jdbc.sql("""
                        select by_phone, by_email, email_proved, quiet_from, quiet_until, language from notice_contact
                         where account_id = :account
                        """)
                .param("account", account.value())
                .query((row, number) -> new Contact(
                        Contact.ByPhone.valueOf(row.getString("by_phone")),
                        row.getBoolean("by_email"),
                        row.getBoolean("email_proved"),
                        new Contact.Quiet(row.getInt("quiet_from"), row.getInt("quiet_until")),
                        Language.of(row.getString("language"))))
                .optional();
    }

    Optional<byte[]> email(AccountId account, boolean provedOnly) {
        return jdbc.sql("""
                        select email_sealed from notice_contact
                         where account_id = :account and email_sealed is not null and (email_proved or not :proved)
                        """)
                .param("account", account.value())
                .param("proved", provedOnly)
                .query(byte[].class)
                .optional();
    }

    void choose(AccountId account, Contact.ByPhone byPhone, boolean byEmail, Contact.Quiet quiet, Language language) {
        jdbc.sql("""
                        insert into notice_contact (account_id, by_phone, by_email, quiet_from, quiet_until, language)
                        values (:account, :byPhone, :byEmail, :from, :until, :language)
                        on conflict (account_id) do update
                           set by_phone = excluded.by_phone, by_email = excluded.by_email,
                               quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
                               language = excluded.language
                        """)
                .param("account", account.value())
                .param("byPhone", byPhone.name())
                .param("byEmail", byEmail)
                .param("from", quiet.from())
                .param("until", quiet.until())
                .param("language", language.code())
                .update();
    }

    /** Keeps an address that is not proved yet, with the hash of the code that went there. */
    void setEmail(AccountId account, byte[] sealed, byte[] codeHash, Instant until) {
        jdbc.sql("""
                        insert into notice_contact (account_id, email_sealed, email_proved, code_hash, code_until, guesses)
                        values (:account, :sealed, false, :hash, :until, 0)
                        on conflict (account_id) do update
                           set email_sealed = excluded.email_sealed, email_proved = false,
                               code_hash = excluded.code_hash, code_until = excluded.code_until, guesses = 0
                        """)
                .param("account", account.value())
                .param("sealed", sealed)
                .param("hash", codeHash)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Counts a guess; false when there is no code, it is over, or it was guessed at too often. */
    boolean guess(AccountId account, int most, Instant now) {
        return jdbc.sql("""
                                update notice_contact set guesses = guesses + 1
                                 where account_id = :account and code_hash is not null and guesses < :most
                                   and code_until > :now
                                """)
                        .param("account", account.value())
                        .param("most", most)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Uses the code up; false when it is another. */
    boolean prove(AccountId account, byte[] codeHash) {
        return jdbc.sql("""
                                update notice_contact set email_proved = true, code_hash = null, code_until = null
                                 where account_id = :account and code_hash = :hash
                                """)
                        .param("account", account.value())
                        .param("hash", codeHash)
                        .update()
                == 1;
    }

    void forgetEmail(AccountId account) {
        jdbc.sql("""
                        update notice_contact set email_sealed = null, email_proved = false, code_hash = null,
                               code_until = null
                         where account_id = :account
                        """).param("account", account.value()).update();
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(EMAIL);
    }
}

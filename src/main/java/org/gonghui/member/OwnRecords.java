package org.gonghui.member;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.limit.Limits;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What members see and put right about themselves. */
@Service
public class OwnRecords {

    private static final int CLAIMED_BY = 6;

    /** Six digits are a million guesses: nobody gets more than a handful a day. */
    private static final Limits.Limit CLAIMS = new Limits.Limit("member.claim", 5, Duration.ofDays(1));

    /**
     * What is on record about the reader, nothing masked but in the words of its own.
     *
     * @param phone empty for none
     */
    public record OwnRecord(
            long number,
            String name,
            String sex,
            LocalDate birthDate,
            IdentityNumber identity,
            Optional<PhoneNumber> phone) {}

    private final MemberStore store;
    private final MemberFiles files;
    private final Limits limits;
    private final Audit audit;
    private final TransactionTemplate transaction;

    OwnRecords(MemberStore store, MemberFiles files, Limits limits, Audit audit, TransactionTemplate transaction) {
        this.store = store;
        this.files = files;
        this.limits = limits;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** The actor's own record; empty for someone who is on none. */
    @Transactional(readOnly = true)
    public Optional<OwnRecord> of(Actor self) {
        return self.account()
                .flatMap(store::byAccount)
                .flatMap(id -> store.sealed(id, Reach.everywhere()))
                .map(person -> new OwnRecord(
                        person.number(),
                        person.name(),
                        person.sex(),
                        person.birthDate(),
                        files.identity(person),
                        files.phone(person)));
    }

    /**
     * Ties the actor's account to the member whose phone they have proved and whose identity number they know the end
     * of. Wrong and unknown are one answer: nobody finds out who is a member.
     *
     * @param proved the phone by which the actor signed in
     */
    public void claim(Actor self, PhoneNumber proved, @Nullable String typedEnd) {
        AccountId account = self.account().orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_MEMBER));
        var input = new Input();
        String end = CleanText.line(typedEnd).replace(" ", "").toUpperCase(Locale.ROOT);
        if (!end.matches("\\d{5}[\\dX]")) {
            input.fault("end", end.isEmpty() ? "empty" : "identity-end", CLAIMED_BY);
        }
        input.check();
        Limits.Counted counted = limits.count(CLAIMS.of(account.toString()));
        if (counted.tooMany()) {
            throw Refused.until(counted.again(), MemberRefusal.TOO_MANY_CLAIMS, counted.hours());
        }
        transaction.executeWithoutResult(status -> claim(self, account, proved, end));
        limits.forgetAll(CLAIMS.of(account.toString()));
    }

    private void claim(Actor self, AccountId account, PhoneNumber proved, String end) {
        List<MemberStore.Sealed> members = store.ofPhone(proved).stream()
                .filter(person -> files.identity(person).text().endsWith(end))
                .toList();
        if (members.size() != 1) {
            var input = new Input();
            input.fault("end", "no-such-membership");
            input.check();
        }
        MemberId member = members.getFirst().id();
        store.setAccount(member, account);
        audit.record(self, "member.claim", member.value(), files.placeOf(member), Audit.facts());
    }

    /** Takes over the phone that the actor has just proved; nothing for someone who is on no record. */
    @Transactional
    public void movePhone(Actor self, PhoneNumber proved) {
        Optional<MemberId> own = self.account().flatMap(store::byAccount);
        own.ifPresent(member -> {
            store.setPhone(member, proved);
            audit.record(self, "member.phone", member.value(), files.placeOf(member), Audit.facts());
        });
    }
}

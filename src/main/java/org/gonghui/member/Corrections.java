package org.gonghui.member;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.limit.Limits;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What a union puts right about a member: what was written down wrongly, or is so no more. Memberships stay as they are. */
@Service
class Corrections {

    /** A refused number tells that somebody in the city has it: nobody tries out many. */
    private static final Limits.Limit IDENTITIES = new Limits.Limit("member.correct-identity", 20, Duration.ofDays(1));

    /** A phone that somebody else has makes two records alike, and so tells that somebody has it. */
    private static final Limits.Limit PHONES = new Limits.Limit("member.correct-phone", 60, Duration.ofDays(1));

    /**
     * What is put right, as typed.
     *
     * @param identity empty to leave it as it is
     * @param phone empty to leave it as it is
     * @param phoneless true for someone who has no phone any more
     */
    record Correction(
            @Nullable String name,
            @Nullable String identity,
            @Nullable String phone,
            @Nullable Boolean phoneless) {

        boolean hasNoPhone() {
            return Boolean.TRUE.equals(phoneless);
        }
    }

    private final MemberStore store;
    private final MemberFiles files;
    private final Limits limits;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Corrections(
            MemberStore store,
            MemberFiles files,
            Limits limits,
            Audit audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.files = files;
        this.limits = limits;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Puts right the name, the identity number or the phone of a member as they stand on record. */
    void correct(Actor actor, UUID membership, Correction typed) {
        var input = new Input();
        String name = input.name("name", typed.name(), Members.LONGEST_NAME);
        Optional<IdentityNumber> identity = CleanText.line(typed.identity()).isEmpty()
                ? Optional.empty()
                : IdentityNumber.ofWorker(input, typed.identity(), LocalDate.now(clock));
        String number = CleanText.line(typed.phone());
        Optional<PhoneNumber> phone = PhoneNumber.read(number);
        if (!number.isEmpty() && (phone.isEmpty() || typed.hasNoPhone())) {
            input.fault("phone", "phone");
        }
        input.check();
        String who = actor.account().map(AccountId::toString).orElse("");
        if (identity.isPresent()) {
            count(IDENTITIES.of(who));
        }
        if (phone.isPresent()) {
            count(PHONES.of(who));
        }
        transaction.executeWithoutResult(status -> {
            Membership held = store.lock(membership, actor.reach(Right.MEMBER_EDIT))
                    .orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_MEMBER));
            if (!held.isLive()) {
                throw new Refused(MemberRefusal.ENDED_ALREADY);
            }
            MemberId member = held.member();
            identity.ifPresent(of -> setIdentity(member, of));
            String before = store.person(member).map(MemberStore.Row::name).orElseThrow();
            if (!before.equals(name)) {
                store.setName(member, name);
            }
            if (before.equals(name) && identity.isEmpty() && phone.isEmpty() && !typed.hasNoPhone()) {
                return;
            }
            phone.ifPresent(of -> store.setPhone(member, of));
            if (typed.hasNoPhone()) {
                store.clearPhone(member);
            }
            audit.record(
                    actor,
                    "member.correct",
                    member.value(),
                    files.placeOf(member),
                    Audit.facts("before", before, "name", name, "identity", identity.isPresent() ? "changed" : ""));
        });
    }

    private void count(Limits.Use use) {
        Limits.Counted counted = limits.count(use);
        if (counted.tooMany()) {
            throw Refused.until(counted.again(), MemberRefusal.TOO_MANY_SEARCHES, counted.hours());
        }
    }

    private void setIdentity(MemberId member, IdentityNumber identity) {
        Optional<MemberId> holder = store.byIdentity(identity);
        if (holder.filter(id -> !id.equals(member)).isPresent()) {
            throw new Refused(MemberRefusal.SOMEBODY_ELSES_IDENTITY);
        }
        if (holder.isPresent() && !store.isOwnIdentity(member, identity)) {
            throw new Refused(MemberRefusal.MERGED_IDENTITY);
        }
        store.setIdentity(member, identity);
    }
}

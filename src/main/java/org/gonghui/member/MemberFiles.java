package org.gonghui.member;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionPath;
import org.gonghui.limit.Limits;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What is on record about one person: masked, opened with a purpose, every look kept for the person to see. */
@Service
public class MemberFiles {

    private static final int LONGEST_NOTE = 60;
    private static final Limits.Limit SEARCHES = new Limits.Limit("member.search", 120, Duration.ofHours(1));
    private static final String LOOK = "member.look";

    /** Why somebody opens what is masked; the word is {@code member.purpose.<name>}. */
    public enum Purpose {
        /** To check who someone is. */
        VERIFY,
        /** To reach the person. */
        CONTACT,
        /** To carry out a service that the person asked for. */
        SERVICE,
        /** To put the record right. */
        CORRECT,
        /** Something else, told in the note. */
        OTHER
    }

    /** A time in a union; the union is empty where the reader may not know it. */
    record Spell(Membership membership, Optional<UnionSummary> union) {}

    /**
     * A merge in which a record had a part.
     *
     * @param stays true when it is the one that stayed
     * @param other the other record; empty where the two are two again and the reader does not reach the other
     */
    record Merged(
            UUID id,
            boolean stays,
            Optional<MergePeople.Other> other,
            Instant at,
            String by,
            Optional<Instant> undoneAt,
            String undoneBy) {}

    /**
     * A person's file.
     *
     * @param birthDate masked: the year
     * @param identity masked
     * @param phone masked; empty for none
     * @param id of the record that stays, where the one asked for leads to another
     * @param spells the latest first
     * @param merges in which this record had a part, the latest first
     * @param mayEdit true when the reader keeps the membership that lives
     * @param mayOpen true when the reader may open what is masked
     */
    record MemberFile(
            MemberId id,
            long number,
            String name,
            String sex,
            String birthDate,
            int age,
            String identity,
            String phone,
            List<Spell> spells,
            List<Merged> merges,
            List<Audit.Entry> history,
            boolean mayEdit,
            boolean mayOpen) {

        Optional<Membership> live() {
            return spells.stream()
                    .map(Spell::membership)
                    .filter(Membership::isLive)
                    .findFirst();
        }
    }

    /** What was masked, opened. */
    record Opened(LocalDate birthDate, String identity, String phone) {}

    /** Somebody opened what is masked: when, who, and what for. */
    public record Look(Instant at, String who, String union, String purpose, String note) {}

    private final MemberStore store;
    private final MergeStore merges;
    private final Unions unions;
    private final Sealer sealer;
    private final Limits limits;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MemberFiles(
            MemberStore store,
            MergeStore merges,
            Unions unions,
            Sealer sealer,
            Limits limits,
            Audit audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.merges = merges;
        this.unions = unions;
        this.sealer = sealer;
        this.limits = limits;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The file of someone who is or was a member of a union that the actor may read. */
    @Transactional(readOnly = true)
    MemberFile file(Actor actor, MemberId id) {
        Reach reach = actor.reach(Right.MEMBER_READ);
        MemberStore.Sealed person = person(id, reach);
        List<Spell> spells = store.memberships(person.id()).stream()
                .map(membership -> new Spell(
                        membership, unions.named(membership.union()).filter(union -> reach.covers(union.path()))))
                .toList();
        return new MemberFile(
                person.id(),
                person.number(),
                person.name(),
                person.sex(),
                Integer.toString(person.birthDate().getYear()),
                person.birthDate().until(LocalDate.now(clock)).getYears(),
                identity(person).masked(),
                phone(person).map(PhoneNumber::masked).orElse(""),
                spells,
                merges.of(person.id()).stream()
                        .map(merge -> merged(merge, person.id(), reach))
                        .toList(),
                histories(person.id(), each -> audit.historyOf(each.value(), reach)),
                keeper(id).filter(actor.reach(Right.MEMBER_EDIT)::covers).isPresent(),
                keeper(id).filter(actor.reach(Right.MEMBER_OPEN)::covers).isPresent());
    }

    private Merged merged(MergeStore.Merge merge, MemberId own, Reach reach) {
        return new Merged(
                merge.id(),
                merge.survivor().equals(own),
                other(merge, own, reach),
                merge.at(),
                merge.by(),
                merge.undoneAt(),
                merge.undoneBy());
    }

    /**
     * The record beside one's own in a merge. While the merge stands both are one person; when it was undone the other is
     * somebody else, of whom only those know who reach them.
     */
    Optional<MergePeople.Other> other(MergeStore.Merge merge, MemberId own, Reach reach) {
        boolean stays = merge.survivor().equals(own);
        boolean known = merge.stands()
                || keeper(stays ? merge.absorbed() : merge.survivor())
                        .filter(reach::covers)
                        .isPresent();
        return known
                ? Optional.of(
                        stays
                                ? new MergePeople.Other(merge.absorbedNumber(), merge.absorbedName())
                                : new MergePeople.Other(merge.survivorNumber(), store.ownName(merge.survivor())))
                : Optional.empty();
    }

    /** What somebody opens a record for; the person reads it. */
    record Reason(Purpose purpose, String note) {

        /** Reads the fields {@code purpose} and {@code note}. */
        static Reason of(Input input, @Nullable String typedPurpose, @Nullable String typedNote) {
            Purpose purpose = input.choice("purpose", typedPurpose, Purpose.class);
            String note = input.optionalName("note", typedNote, LONGEST_NOTE);
            if (purpose == Purpose.OTHER && note.isEmpty()) {
                input.fault("note", "empty");
            }
            input.refuseNumbers("note", note);
            return new Reason(purpose, note);
        }
    }

    /** Opens what is masked, for a purpose that the person can read. */
    @Transactional
    Opened open(Actor actor, MemberId id, @Nullable String typedPurpose, @Nullable String typedNote) {
        var input = new Input();
        var reason = Reason.of(input, typedPurpose, typedNote);
        input.check();
        UnionPath at = keeper(id)
                .filter(actor.reach(Right.MEMBER_OPEN)::covers)
                .orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_MEMBER));
        MemberStore.Sealed person = person(id, actor.reach(Right.MEMBER_OPEN));
        recordLook(actor, person.id(), at, reason);
        return new Opened(
                person.birthDate(),
                identity(person).text(),
                phone(person).map(PhoneNumber::text).orElse(""));
    }

    /** Writes down that the actor saw what is masked of somebody. */
    void recordLook(Actor actor, MemberId id, UnionPath at, Reason reason) {
        audit.record(
                actor,
                LOOK,
                id.value(),
                at,
                Audit.facts("purpose", reason.purpose().name(), "note", reason.note(), "union", unionOf(actor)));
    }

    /**
     * The person of this member number, identity number or phone, if the actor may read the file. A search by what is
     * sealed is a look, and is limited.
     */
    Optional<MemberId> find(Actor actor, @Nullable String typed) {
        String text = CleanText.line(typed).replace(" ", "");
        Reach reach = actor.reach(Right.MEMBER_READ);
        Optional<IdentityNumber> identity = IdentityNumber.read(text);
        Optional<PhoneNumber> phone = PhoneNumber.read(text);
        if (identity.isEmpty() && phone.isEmpty()) {
            return text.matches("\\d{8,12}") ? store.byNumber(Long.parseLong(text), reach) : Optional.empty();
        }
        String who = actor.account().map(AccountId::toString).orElse("");
        Limits.Counted counted = limits.count(SEARCHES.of(who));
        if (counted.tooMany()) {
            throw Refused.until(counted.again(), MemberRefusal.TOO_MANY_SEARCHES, counted.hours());
        }
        return Objects.requireNonNull(transaction.execute(status -> look(actor, identity, phone, reach)));
    }

    private Optional<MemberId> look(
            Actor actor, Optional<IdentityNumber> identity, Optional<PhoneNumber> phone, Reach reach) {
        Optional<MemberId> found = identity.isPresent()
                ? store.byIdentity(identity.get()).filter(id -> store.isWithin(id, reach))
                : phone.flatMap(number -> store.byPhone(number, reach));
        found.ifPresent(id -> audit.record(
                actor,
                LOOK,
                id.value(),
                placeOf(id),
                Audit.facts("purpose", "SEARCH", "note", "", "union", unionOf(actor))));
        return found;
    }

    /**
     * Somebody on record, and the unions to which they belong or belonged: whoever reads one of these reads the record.
     *
     * @param unions the one that keeps the record first
     */
    public record OnRecord(MemberId member, String name, List<UnionSummary> unions) {}

    /** What is on record about somebody, if the actor may read it. */
    @Transactional(readOnly = true)
    public Optional<OnRecord> onRecord(Actor actor, MemberId id) {
        return store.sealed(id, actor.reach(Right.MEMBER_READ))
                .map(person -> new OnRecord(
                        person.id(),
                        person.name(),
                        store.memberships(id).stream()
                                .flatMap(held -> unions.named(held.union()).stream())
                                .distinct()
                                .toList()));
    }

    /** The same by member's number. */
    @Transactional(readOnly = true)
    public Optional<OnRecord> onRecord(Actor actor, long number) {
        return store.byNumber(number, actor.reach(Right.MEMBER_READ)).flatMap(id -> onRecord(actor, id));
    }

    /** Who opened the actor's own record, the latest first. */
    @Transactional(readOnly = true)
    public List<Look> looksAt(Actor actor) {
        return actor
                .account()
                .flatMap(store::byAccount)
                .map(id -> histories(id, each -> audit.historyOf(each.value(), LOOK)))
                .orElse(List.of())
                .stream()
                .map(entry -> new Look(
                        entry.at(),
                        entry.actor(),
                        entry.facts().getOrDefault("union", ""),
                        entry.facts().getOrDefault("purpose", Purpose.OTHER.name()),
                        entry.facts().getOrDefault("note", "")))
                .toList();
    }

    /** What was done to a record and to those that lead to it, newest first. */
    private List<Audit.Entry> histories(MemberId id, Function<MemberId, List<Audit.Entry>> of) {
        return Stream.concat(Stream.of(id), merges.leadingTo(id).stream())
                .flatMap(each -> of.apply(each).stream())
                .sorted(Comparator.comparing(Audit.Entry::at).reversed())
                .toList();
    }

    /** The place of the union that keeps the record: where the membership lives, else where the last one ended. */
    Optional<UnionPath> keeper(MemberId id) {
        return store.memberships(id).stream()
                .findFirst()
                .flatMap(membership -> unions.named(membership.union()))
                .map(UnionSummary::path);
    }

    /** The place at which something about a person is recorded. */
    UnionPath placeOf(MemberId id) {
        return keeper(id).orElse(UnionPath.root());
    }

    /** The union for which the actor looks, as the person reads it. */
    private String unionOf(Actor actor) {
        return unions.tops(actor, Right.MEMBER_READ).stream()
                .findFirst()
                .map(UnionSummary::name)
                .orElse("");
    }

    private MemberStore.Sealed person(MemberId id, Reach reach) {
        return store.sealed(id, reach).orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_MEMBER));
    }

    IdentityNumber identity(MemberStore.Sealed person) {
        return IdentityNumber.read(sealer.open(person.identity(), MemberStore.identityPlace(person.id())))
                .orElseThrow();
    }

    Optional<PhoneNumber> phone(MemberStore.Sealed person) {
        byte[] sealed = person.phone();
        return sealed == null
                ? Optional.empty()
                : PhoneNumber.read(sealer.open(sealed, MemberStore.phonePlace(person.id())));
    }
}

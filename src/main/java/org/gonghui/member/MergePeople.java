package org.gonghui.member;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionPath;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Two records of one person become one, and become two again. The record whose identity number is right stays; the other
 * leads to it, by its id, its numbers, its phone and its account. What closed months counted stays as it was. Why so:
 * decision 30.
 */
@Service
public class MergePeople {

    /** Held by whoever merges, alone; by whoever enters many people at once, together with others. */
    static final String MERGING = "member.merging";

    /**
     * What stays of two records.
     *
     * @param survivor the record that stays, with its identity number and its member's number
     * @param absorbed the record that leads to it from now on
     * @param otherName true to keep the name of the other record
     * @param otherPhone true to keep the phone of the other record
     * @param goesOn of two memberships that live the one that goes on; without a say where at most one lives
     */
    public record Choice(
            MemberId survivor, MemberId absorbed, boolean otherName, boolean otherPhone, Optional<UUID> goesOn) {}

    private final MemberStore members;
    private final MergeStore store;
    private final MemberFiles files;
    private final MonthStore months;
    private final Unions unions;
    private final Audit audit;
    private final Clock clock;

    MergePeople(
            MemberStore members,
            MergeStore store,
            MemberFiles files,
            MonthStore months,
            Unions unions,
            Audit audit,
            Clock clock) {
        this.members = members;
        this.store = store;
        this.files = files;
        this.months = months;
        this.unions = unions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes two records one. Where both are members, one membership ends today: one member less, counted apart.
     *
     * @param id of the merge; the same form sent twice merges once
     */
    @Transactional
    public void merge(Actor actor, UUID id, Choice choice) {
        Reach reach = actor.reach(Right.MEMBER_MERGE);
        if (choice.survivor().equals(choice.absorbed())
                || store.lock(Set.of(choice.survivor(), choice.absorbed())) != 2) {
            throw new Refused(MemberRefusal.NO_SUCH_MEMBER);
        }
        Optional<MergeStore.Merge> before = store.merge(id);
        if (before.isPresent()) {
            if (before.get().survivor().equals(choice.survivor())
                    && before.get().absorbed().equals(choice.absorbed())
                    && before.get().stands()) {
                return; // the same form, sent twice
            }
            throw new Refused(MemberRefusal.MERGE_USED_BEFORE);
        }
        UnionPath place = keptWithin(choice.survivor(), reach);
        UnionPath otherPlace = keptWithin(choice.absorbed(), reach);
        if (!store.leadsNowhere(choice.survivor()) || !store.leadsNowhere(choice.absorbed())) {
            throw new Refused(MemberRefusal.MERGED_ALREADY);
        }
        Optional<Membership> doubled = doubled(choice);
        LocalDate today = LocalDate.now(clock);
        doubled.ifPresent(held -> {
            members.endMembership(held.id(), today, Membership.Ending.DOUBLED, "");
            months.add(Members.changes(held.union(), today, Membership.Ending.DOUBLED, held.employment()));
        });
        String name = name(choice.survivor());
        String other = name(choice.absorbed());
        String kept = choice.otherName() ? other : name;
        store.insert(actor, id, choice, kept, doubled.map(Membership::id));
        if (!kept.equals(name)) {
            members.setName(choice.survivor(), kept);
        }
        if (choice.otherPhone()) {
            store.takePhone(choice.absorbed(), choice.survivor());
        }
        store.give(id, choice.survivor());
        record(actor, "member.merge", choice.survivor(), place, "name", name, "merge", id.toString());
        record(actor, "member.merge", choice.absorbed(), otherPlace, "name", other, "merge", id.toString());
    }

    /** Each record has a row of its own with its own name: the two may be two people's, and kept by two unions. */
    private void record(Actor actor, String action, MemberId member, UnionPath place, String... facts) {
        audit.record(actor, action, member.value(), place, Audit.facts(facts));
    }

    /**
     * One of two records, as whoever decides about them sees it.
     *
     * @param birthDate masked: the year
     * @param identity masked
     * @param phone masked; empty for none
     * @param spells the one that lives first; the union is empty where the reader may not know it
     * @param signsIn true when somebody signs in by it
     * @param mayOpen true when the reader may open what is masked
     */
    public record Side(
            MemberId member,
            long number,
            String name,
            String sex,
            String birthDate,
            String identity,
            String phone,
            List<Spell> spells,
            boolean signsIn,
            boolean mayOpen) {

        /** The membership that lives, if any. */
        public Optional<Spell> live() {
            return spells.stream().filter(spell -> spell.membership().isLive()).findFirst();
        }
    }

    /** A time in a union; the union is empty where the reader may not know it. */
    public record Spell(Membership membership, Optional<UnionSummary> union) {}

    /** What was masked of a record, opened. */
    public record Opened(LocalDate birthDate, String identity, String phone) {}

    /** The other record of a merge. */
    public record Other(long number, String name) {}

    /**
     * A merge, as whoever may undo it sees it.
     *
     * @param other the record that led to the one that stays; empty where they are two again and the actor does not reach it
     * @param doubled true when it ended a membership
     * @param anew true when undoing it begins that membership anew today, because the month of the merge is over
     */
    public record Done(
            UUID id,
            MemberId survivor,
            long survivorNumber,
            String name,
            MemberId absorbed,
            Optional<Other> other,
            Instant at,
            String by,
            boolean doubled,
            boolean anew,
            Optional<Instant> undoneAt,
            String undoneBy) {}

    /** One of two records; empty when it is kept outside the actor's reach, or leads to another. */
    @Transactional(readOnly = true)
    public Optional<Side> side(Actor actor, MemberId member) {
        if (!isKeptWithin(actor, member) || leadsOn(member)) {
            return Optional.empty();
        }
        MemberFiles.MemberFile file = files.file(actor, member);
        return Optional.of(new Side(
                file.id(),
                file.number(),
                file.name(),
                file.sex(),
                file.birthDate(),
                file.identity(),
                file.phone(),
                file.spells().stream()
                        .map(spell -> new Spell(spell.membership(), spell.union()))
                        .toList(),
                store.hasAccount(member),
                file.mayOpen()));
    }

    /** True for a record that is kept within the actor's reach, by itself or by the one to which it leads. */
    @Transactional(readOnly = true)
    public boolean isKeptWithin(Actor actor, MemberId member) {
        return files.keeper(member)
                .filter(actor.reach(Right.MEMBER_MERGE)::covers)
                .isPresent();
    }

    /** True for a record that leads to another. */
    @Transactional(readOnly = true)
    public boolean leadsOn(MemberId member) {
        return !store.leadsNowhere(member);
    }

    /** Opens what is masked of a record, for a purpose that the person can read. */
    @Transactional
    public Opened open(Actor actor, MemberId member, @Nullable String purpose, @Nullable String note) {
        MemberFiles.Opened opened = files.open(actor, member, purpose, note);
        return new Opened(opened.birthDate(), opened.identity(), opened.phone());
    }

    /** A merge, if the record that stays is kept within the actor's reach. */
    @Transactional(readOnly = true)
    public Done done(Actor actor, UUID id) {
        MergeStore.Merge merge = store.merge(id).orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_MERGE));
        Reach reach = actor.reach(Right.MEMBER_MERGE);
        if (files.keeper(merge.survivor()).filter(reach::covers).isEmpty()) {
            throw new Refused(MemberRefusal.NO_SUCH_MERGE);
        }
        return new Done(
                merge.id(),
                merge.survivor(),
                merge.survivorNumber(),
                name(merge.survivor()),
                merge.absorbed(),
                files.other(merge, merge.survivor(), reach),
                merge.at(),
                merge.by(),
                merge.doubled().isPresent(),
                merge.doubled()
                        .flatMap(membership -> members.membership(membership, Reach.everywhere()))
                        .flatMap(Membership::endedOn)
                        .filter(on -> !isThisMonth(on))
                        .isPresent(),
                merge.undoneAt(),
                merge.undoneBy());
    }

    /** Writes down that two records are two people's, for the history of both unions. */
    @Transactional
    public void recordTwo(Actor actor, MemberId one, MemberId other, String reason) {
        for (MemberId each : List.of(one, other)) {
            record(actor, "member.two-people", each, files.placeOf(each), "name", name(each), "note", reason);
        }
    }

    /** Of two members the membership that ends; nobody's where at most one of them is a member. */
    private Optional<Membership> doubled(Choice choice) {
        Optional<Membership> one = members.live(choice.survivor());
        Optional<Membership> two = members.live(choice.absorbed());
        boolean died = (one.isPresent() && members.hasDied(choice.absorbed()))
                || (two.isPresent() && members.hasDied(choice.survivor()));
        if (died) {
            throw new Refused(MemberRefusal.ONE_DIED);
        }
        if (one.isEmpty() || two.isEmpty()) {
            return Optional.empty();
        }
        var input = new Input();
        if (choice.goesOn().equals(one.map(Membership::id))) {
            return two;
        }
        if (!choice.goesOn().equals(two.map(Membership::id))) {
            input.fault("goesOn", choice.goesOn().isEmpty() ? "empty" : "no-such-choice");
        }
        input.check();
        return one;
    }

    /**
     * Makes two records of one again. In the month of the merge everything is as it was; later the membership that it
     * ended begins anew today, because a closed month stays as it was counted.
     */
    @Transactional
    public void undo(Actor actor, UUID id) {
        MergeStore.Merge known = store.merge(id).orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_MERGE));
        store.lock(Set.of(known.survivor(), known.absorbed()));
        MergeStore.Merge merge = store.merge(id).orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_MERGE));
        Reach reach = actor.reach(Right.MEMBER_MERGE);
        if (files.keeper(merge.survivor()).filter(reach::covers).isEmpty()) {
            throw new Refused(MemberRefusal.NO_SUCH_MERGE);
        }
        if (!merge.stands()) {
            return; // undone already
        }
        if (!reachesWhatCame(merge, true, reach) || !reachesWhatCame(merge, false, reach)) {
            throw new Refused(MemberRefusal.NO_SUCH_MERGE);
        }
        if (!store.leadsNowhere(merge.survivor()) || store.wasMergedAgain(merge)) {
            throw new Refused(MemberRefusal.MERGED_AGAIN);
        }
        if (store.hasBegunSince(merge)) {
            throw new Refused(MemberRefusal.BEGUN_SINCE);
        }
        store.undo(actor, merge);
        store.give(id, merge.absorbed());
        if (name(merge.survivor()).equals(merge.nameKept())) { // what was put right since stays
            members.setName(merge.survivor(), merge.nameBefore());
        }
        store.restorePhone(merge);
        merge.doubled().ifPresent(this::livesAgain);
        for (MemberId each : List.of(merge.survivor(), merge.absorbed())) {
            record(actor, "member.unmerge", each, files.placeOf(each), "name", name(each), "merge", id.toString());
        }
    }

    /** True when the union that would keep one of the two records is within the reach. */
    private boolean reachesWhatCame(MergeStore.Merge merge, boolean moved, Reach reach) {
        return store.memberships(merge, moved).stream()
                .findFirst()
                .flatMap(membership -> members.membership(membership, reach))
                .isPresent();
    }

    private void livesAgain(UUID membership) {
        Membership doubled = members.membership(membership, Reach.everywhere()).orElseThrow();
        UnionSummary union = unions.named(doubled.union()).orElseThrow();
        if (union.dissolved()) {
            throw new Refused(MemberRefusal.UNION_IS_NO_MORE);
        }
        LocalDate on = doubled.endedOn().orElseThrow();
        if (isThisMonth(on)) {
            members.reopenMembership(membership);
            months.add(Members.undone(
                    Members.changes(doubled.union(), on, Membership.Ending.DOUBLED, doubled.employment())));
            return;
        }
        LocalDate today = LocalDate.now(clock);
        members.insertMembership(
                Ids.next(clock),
                doubled.member(),
                doubled.union(),
                today,
                Membership.Beginning.SEPARATED,
                doubled.employment());
        months.add(Members.changes(doubled.union(), today, Membership.Beginning.SEPARATED, doubled.employment()));
    }

    private boolean isThisMonth(LocalDate day) {
        return YearMonth.from(day).equals(YearMonth.from(LocalDate.now(clock)));
    }

    private String name(MemberId member) {
        return members.ownName(member);
    }

    /** The place of the union that keeps a record, if it lies within the reach. */
    private UnionPath keptWithin(MemberId member, Reach reach) {
        return files.keeper(member).filter(reach::covers).orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_MEMBER));
    }
}

package org.gonghui.duplicate;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.TransactionLocks;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.Likenesses;
import org.gonghui.member.MemberId;
import org.gonghui.member.MergePeople;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Two records that may be one person's, proposed to whoever answers for both: merged, or said to be two people's. Whoever
 * answers for one learns that there is another, and nothing about it.
 */
@Service
public class Duplicates implements OpenWork {

    private static final String LOCK = "duplicate.comparing";
    private static final int AT_ONCE = 400;
    private static final int MOST_SHOWN = 50;
    private static final int LONGEST_REASON = 200;

    /** What a list of pairs shows. */
    enum Of {
        /** Those that the reader decides about. */
        OPEN,
        /** Those of which the other record is kept elsewhere. */
        ELSEWHERE,
        DISMISSED,
        MERGED
    }

    /** What is to stay of two records, as chosen. */
    record Chosen(
            @Nullable String survivor,
            @Nullable String name,
            @Nullable String phone,
            @Nullable String goesOn) {}

    /** Two records beside each other. */
    record Beside(Pair pair, MergePeople.Side one, MergePeople.Side other) {

        /** True when both are members today, so that one membership ends. */
        boolean bothLive() {
            return one.live().isPresent() && other.live().isPresent();
        }
    }

    private final DuplicateStore store;
    private final Likenesses likenesses;
    private final MergePeople merging;
    private final Unions unions;
    private final TransactionLocks locks;
    private final Clock clock;

    Duplicates(
            DuplicateStore store,
            Likenesses likenesses,
            MergePeople merging,
            Unions unions,
            TransactionLocks locks,
            Clock clock) {
        this.store = store;
        this.likenesses = likenesses;
        this.merging = merging;
        this.unions = unions;
        this.locks = locks;
        this.clock = clock;
    }

    /** Compares some of those who came or changed with everybody; false when nobody is left. */
    @Transactional
    public boolean compareSome() {
        locks.alone(LOCK);
        Likenesses.Compared compared = likenesses.next(AT_ONCE);
        if (!compared.members().isEmpty()) {
            store.keep(compared, clock.instant());
        }
        return !compared.members().isEmpty();
    }

    /** The pairs that concern the actor at a union and below it. */
    @Transactional(readOnly = true)
    List<DuplicateStore.Line> pairs(Actor actor, UnionId at, Of of) {
        Reach reach = actor.reach(Right.MEMBER_MERGE);
        UnionPath path = unions.get(actor, at, Right.MEMBER_MERGE).path();
        return switch (of) {
            case OPEN -> store.toDecide(reach, path, Pair.State.OPEN, MOST_SHOWN);
            case ELSEWHERE -> store.elsewhere(reach, path, MOST_SHOWN);
            case DISMISSED -> store.toDecide(reach, path, Pair.State.DISMISSED, MOST_SHOWN);
            case MERGED -> List.of();
        };
    }

    /** The merges of people whom the actor keeps there, the latest first. */
    @Transactional(readOnly = true)
    List<MergePeople.Done> merges(Actor actor, UnionId at) {
        return store
                .merges(
                        actor.reach(Right.MEMBER_MERGE),
                        unions.get(actor, at, Right.MEMBER_MERGE).path(),
                        MOST_SHOWN)
                .stream()
                .map(merge -> merging.done(actor, merge))
                .toList();
    }

    /** How many pairs wait there for the actor. */
    @Transactional(readOnly = true)
    long count(Actor actor, UnionId at) {
        return store.count(
                actor.reach(Right.MEMBER_MERGE),
                unions.get(actor, at, Right.MEMBER_MERGE).path());
    }

    /** The merge by which a pair became one; its page asks who may know. */
    @Transactional(readOnly = true)
    Optional<UUID> mergeOf(UUID id) {
        return store.pair(id).flatMap(Pair::merge);
    }

    /** Two records beside each other, for whoever answers for both. */
    @Transactional(readOnly = true)
    Beside beside(Actor actor, UUID id) {
        Pair pair = store.pair(id).orElseThrow(() -> new Refused(DuplicateRefusal.NO_SUCH_PAIR));
        requireBoth(actor, pair);
        return new Beside(
                pair,
                merging.side(actor, pair.one()).orElseThrow(() -> new Refused(DuplicateRefusal.NO_SUCH_PAIR)),
                merging.side(actor, pair.other()).orElseThrow(() -> new Refused(DuplicateRefusal.NO_SUCH_PAIR)));
    }

    /** What was opened of both records. */
    record Both(MergePeople.Opened one, MergePeople.Opened other) {}

    /** Opens what is masked of both, for a purpose that the person can read. */
    @Transactional
    Both open(Actor actor, UUID id, @Nullable String purpose, @Nullable String note) {
        Beside beside = beside(actor, id);
        return new Both(
                merging.open(actor, beside.one().member(), purpose, note),
                merging.open(actor, beside.other().member(), purpose, note));
    }

    /** Makes two records one, as was chosen. The people are locked before the pair, as by whoever forgets one of them. */
    @Transactional
    void merge(Actor actor, UUID id, UUID merge, Chosen chosen) {
        Pair pair = store.pair(id).orElseThrow(() -> new Refused(DuplicateRefusal.NO_SUCH_PAIR));
        if (pair.merge().equals(Optional.of(merge))) {
            return; // the same form, sent twice
        }
        if (pair.state() == Pair.State.MERGED) {
            merging.done(actor, pair.merge().orElseThrow()); // who may not know is told nothing else
            throw new Refused(DuplicateRefusal.DECIDED_ALREADY);
        }
        requireBoth(actor, pair);
        var input = new Input();
        MemberId survivor = member(input, "survivor", chosen.survivor(), pair);
        MemberId name = member(input, "name", chosen.name(), pair);
        MemberId phone = member(input, "phone", chosen.phone(), pair);
        Optional<UUID> goesOn = chosen.goesOn() == null || chosen.goesOn().isBlank()
                ? Optional.empty()
                : Optional.of(input.id("goesOn", chosen.goesOn()));
        input.check();
        MemberId absorbed = survivor.equals(pair.one()) ? pair.other() : pair.one();
        merging.merge(
                actor,
                merge,
                new MergePeople.Choice(survivor, absorbed, name.equals(absorbed), phone.equals(absorbed), goesOn));
        if (!store.decide(id, Pair.State.MERGED, Optional.of(merge), actor, clock.instant(), "")) {
            throw new Refused(DuplicateRefusal.NO_SUCH_PAIR); // one of the two was put right meanwhile
        }
        likenesses.again(List.of(survivor));
    }

    private static MemberId member(Input input, String field, @Nullable String typed, Pair pair) {
        UUID id = input.id(field, typed);
        if (!id.equals(pair.one().value()) && !id.equals(pair.other().value())) {
            input.fault(field, "no-such-choice");
        }
        return new MemberId(id);
    }

    /** Says that two records are two people's: not proposed again until one of them changes. */
    @Transactional
    void dismiss(Actor actor, UUID id, @Nullable String typedReason) {
        Pair pair = store.lock(id).orElseThrow(() -> new Refused(DuplicateRefusal.NO_SUCH_PAIR));
        if (pair.state() == Pair.State.MERGED) {
            merging.done(actor, pair.merge().orElseThrow());
            throw new Refused(DuplicateRefusal.DECIDED_ALREADY);
        }
        requireBoth(actor, pair);
        if (pair.state() == Pair.State.DISMISSED) {
            return; // the same button, pressed twice
        }
        var input = new Input();
        String reason = input.name("reason", typedReason, LONGEST_REASON);
        input.refuseNumbers("reason", reason);
        input.check();
        store.decide(id, Pair.State.DISMISSED, Optional.empty(), actor, clock.instant(), reason);
        merging.recordTwo(actor, pair.one(), pair.other(), reason);
    }

    /** Makes two records of one again; they are not proposed by themselves a second time. */
    @Transactional
    void undo(Actor actor, UUID merge) {
        merging.undo(actor, merge);
        store.lockByMerge(merge)
                .ifPresent(pair ->
                        store.decide(pair.id(), Pair.State.DISMISSED, Optional.empty(), actor, clock.instant(), ""));
        MergePeople.Done done = merging.done(actor, merge);
        likenesses.again(List.of(done.survivor(), done.absorbed()));
    }

    /** Whoever reaches neither is told that there is no such pair; whoever reaches one, that somebody else decides. */
    private void requireBoth(Actor actor, Pair pair) {
        boolean one = merging.isKeptWithin(actor, pair.one());
        boolean other = merging.isKeptWithin(actor, pair.other());
        if (!one && !other) {
            throw new Refused(DuplicateRefusal.NO_SUCH_PAIR);
        }
        if (merging.leadsOn(pair.one()) || merging.leadsOn(pair.other())) {
            throw new Refused(DuplicateRefusal.DECIDED_ALREADY);
        }
        if (!one || !other) {
            throw new Refused(DuplicateRefusal.ONE_IS_ELSEWHERE);
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenWork.Waiting> waiting(Actor holder, UnionId union, UnionPath at) {
        DuplicateStore.Counted counted = store.counted(holder.reach(Right.MEMBER_MERGE), at);
        return counted.count() == 0
                ? List.of()
                : List.of(new OpenWork.Waiting(
                        "duplicate.open-work", counted.count(), counted.oldest(), "/desk/duplicates/" + union));
    }
}

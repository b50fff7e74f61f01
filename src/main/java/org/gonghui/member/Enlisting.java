package org.gonghui.member;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gonghui.audit.Audit;
import org.gonghui.database.TransactionLocks;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.org.Places;
import org.gonghui.org.Unions;
import org.gonghui.seal.SealedColumns;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes members of everybody on a list, in sets and not one by one: a list of a million people is one transaction of a few
 * statements. One person is one person here as everywhere.
 */
@Service
public class Enlisting {

    /**
     * Somebody on a list, as checked input.
     *
     * @param row where they stand on it
     * @param employment a code of the table of forms of employment
     */
    public record Candidate(
            int row,
            UnionId union,
            String name,
            IdentityNumber identity,
            Optional<PhoneNumber> phone,
            String employment) {}

    /** What becomes of a row. */
    public enum Outcome {
        /** Nobody of this identity number is on record. */
        NEW,
        /** Was a member and is none today: joins again. */
        AGAIN,
        /** On record under another name, so that nothing is said and nothing done about whoever that is. */
        OTHER_NAME,
        /** A member of this union already. */
        HERE,
        /** A member of another union of the city, which is not named. */
        ELSEWHERE,
        /** On record as dead. */
        DIED,
        /** The identity number of an earlier row. */
        TWICE;

        /** True for those who become members. */
        public boolean enters() {
            return this == NEW || this == AGAIN;
        }

        /** True for those of whom whoever sent the list learns that they are on record. */
        public boolean isKnown() {
            return this != NEW && this != TWICE;
        }
    }

    /**
     * A row of a list, as somebody reads it who looks whether it was understood.
     *
     * @param identity masked
     * @param employment a code of the table of forms of employment
     * @param outcome what would become of it today
     */
    public record Entry(int row, String name, String identity, String employment, UnionId union, Outcome outcome) {

        Entry as(Outcome other) {
            return new Entry(row, name, identity, employment, union, other);
        }
    }

    /** What the people of a list are. */
    public enum As {
        /** Members who were there before they were on record: stock, never counted as new. */
        OPENING(Membership.Beginning.OPENING),
        /** People who join today. */
        JOINING(Membership.Beginning.JOINED);

        private final Membership.Beginning beginning;

        As(Membership.Beginning beginning) {
            this.beginning = beginning;
        }
    }

    /**
     * How many joined for the first time or were entered as stock, and how many joined again.
     *
     * @param on the day from which they are members
     */
    public record Admitted(LocalDate on, long fresh, long again) {}

    /** How many memberships were taken back, and how many were left because something has happened to them since. */
    public record TakenBack(long gone, long left) {}

    private static final String LOCK = "member.list.";

    private final EnlistingStore store;
    private final MemberStore members;
    private final MonthStore months;
    private final Unions unions;
    private final Places places;
    private final TransactionLocks locks;
    private final Audit audit;
    private final Clock clock;

    Enlisting(
            EnlistingStore store,
            MemberStore members,
            MonthStore months,
            Unions unions,
            Places places,
            TransactionLocks locks,
            Audit audit,
            Clock clock) {
        this.store = store;
        this.members = members;
        this.months = months;
        this.unions = unions;
        this.places = places;
        this.locks = locks;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Puts people on a list, which is emptied before; nobody becomes a member.
     *
     * @param people gives each one once to its consumer
     */
    @Transactional
    public void put(UUID list, Consumer<Consumer<Candidate>> people) {
        store.clear(list);
        store.put(list, people);
    }

    /** Forgets who is on a list; whoever became a member by it stays one. */
    @Transactional
    public void forget(UUID list) {
        store.clear(list);
    }

    /** True when somebody is on the list; after a crash of the database nobody is. */
    @Transactional(readOnly = true)
    public boolean holds(UUID list) {
        return store.holds(list);
    }

    /** The unions on the list. */
    @Transactional(readOnly = true)
    public List<UnionId> unions(UUID list) {
        return store.unions(list);
    }

    /** How many rows of the list would come to what today. */
    @Transactional(readOnly = true)
    public Map<Outcome, Long> outcomes(UUID list) {
        return store.outcomes(list);
    }

    /** The numbers of the first rows of this outcome. */
    @Transactional(readOnly = true)
    public List<Integer> rows(UUID list, Outcome outcome, int most) {
        return store.rows(list, outcome, most);
    }

    /** The first rows of the list, and what would become of each today. */
    @Transactional(readOnly = true)
    public List<Entry> first(UUID list, int most) {
        return store.first(list, most);
    }

    /**
     * Makes members of everybody on the list who is none: the new and those who join again. What is on record about somebody
     * stays as it is. Called again, or with the same people on another list, it changes nothing.
     *
     * @param below the union for which the list is: every union on it is this one or stands below it
     */
    @Transactional
    public Admitted admit(Actor actor, UUID list, UnionId below, As as) {
        UnionPath place = placeOf(actor, below);
        places.hold();
        locks.alone(LOCK + list);
        locks.together(MergePeople.MERGING);
        List<UnionId> on = store.unions(list);
        boolean base = on.stream()
                .allMatch(union -> unions.named(union)
                        .filter(of -> of.kind().isBase() && !of.dissolved())
                        .isPresent());
        if (!base || !store.standWithin(on, new Reach(List.of(place)))) {
            throw new Refused(MemberRefusal.NOT_A_BASE_UNION);
        }
        LocalDate today = LocalDate.now(clock);
        locks.together(SealedColumns.MOVING);
        List<EnlistingStore.Counted> made = store.admit(list, today, as.beginning);
        months.add(changes(made, today, 1));
        long again = count(made, counted -> counted.by() == Membership.Beginning.REJOINED);
        var admitted = new Admitted(today, count(made, counted -> true) - again, again);
        if (!made.isEmpty()) {
            audit.record(
                    actor,
                    "member.enlist",
                    below.value(),
                    place,
                    Audit.facts(
                            "count",
                            Long.toString(admitted.fresh() + again),
                            "as",
                            as.name().toLowerCase(Locale.ROOT)));
        }
        return admitted;
    }

    /**
     * Takes back what a list did on a day, within a day and within its month: whoever became a member by it is none any more,
     * and the counters stand as if it had not been.
     *
     * @param unions that were on the list
     */
    @Transactional
    public TakenBack takeBack(Actor actor, UUID list, UnionId below, LocalDate on, List<UnionId> unions) {
        UnionPath place = placeOf(actor, below);
        places.hold();
        locks.alone(LOCK + list);
        locks.together(MergePeople.MERGING);
        List<EnlistingStore.Counted> gone = store.takeBack(list, on, unions);
        months.add(changes(gone, on, -1));
        long count = count(gone, counted -> true);
        audit.record(actor, "member.enlist-back", below.value(), place, Audit.facts("count", Long.toString(count)));
        return new TakenBack(count, store.left(list, on, unions));
    }

    private UnionPath placeOf(Actor actor, UnionId union) {
        return members.placeOf(union, actor.reach(Right.MEMBER_APPROVE))
                .orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_UNION));
    }

    private static long count(List<EnlistingStore.Counted> all, Predicate<EnlistingStore.Counted> which) {
        return all.stream()
                .filter(which)
                .mapToLong(EnlistingStore.Counted::count)
                .sum();
    }

    private static List<MonthStore.Change> changes(List<EnlistingStore.Counted> all, LocalDate day, int sign) {
        return all.stream()
                .flatMap(counted -> Members.changes(counted.union(), day, counted.by(), counted.employment()).stream()
                        .map(change -> change.times(sign * counted.count())))
                .toList();
    }
}

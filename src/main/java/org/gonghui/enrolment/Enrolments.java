package org.gonghui.enrolment;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.gonghui.audit.Audit;
import org.gonghui.database.TransactionLocks;
import org.gonghui.enrolment.EnrolmentList.State;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.limit.Limits;
import org.gonghui.member.Enlisting;
import org.gonghui.member.Members;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.sheet.SheetReader;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lists of members, from the file to their entry: kept, read beside the requests, looked through, entered in one
 * transaction, taken back within a day.
 */
@Service
class Enrolments {

    static final int ROWS_NAMED = 20;

    /** Rows by which one sees whether the columns were understood. */
    private static final int ROWS_SHOWN = 10;

    /** Bytes of a part of a file that comes in parts; the last may have fewer. */
    static final int PART_BYTES = EnrolmentStore.PART_BYTES;

    /** A file of a million people comes to some sixty megabytes. */
    private static final int MOST_PARTS = 256;

    /** A list tells of everybody on it whether the city knows them: nobody makes a search of it. */
    private static final Limits.Limit LISTS = new Limits.Limit("enrolment.list", 40, Duration.ofDays(1));

    private static final int FAULTS_AT_ONCE = 1_000;
    private static final int LISTS_SHOWN = 20;
    private static final int LONGEST_FILE_NAME = 100;

    /** How long a list that nobody enters is kept. */
    private static final Duration KEPT = Duration.ofDays(7);

    /** How long a file may take to come. */
    private static final Duration COMING = Duration.ofDays(1);

    /**
     * A list and what it would come to today.
     *
     * @param outcomes rows by what they would come to; empty unless it waits to be entered
     * @param named the numbers of the first rows of those outcomes that change nothing
     * @param first the first rows without faults
     * @param mayTakeBack true as long as it can be taken back
     */
    record Looked(
            EnrolmentList list,
            Map<Enlisting.Outcome, Long> outcomes,
            Map<Enlisting.Outcome, List<Integer>> named,
            List<Enlisting.Entry> first,
            boolean mayTakeBack) {

        long enters() {
            return outcomes.getOrDefault(Enlisting.Outcome.NEW, 0L)
                    + outcomes.getOrDefault(Enlisting.Outcome.AGAIN, 0L);
        }
    }

    /**
     * A list that somebody is about to send.
     *
     * @param list the id that the form was given when it was opened, by which it is known when it is sent twice
     */
    record Sending(UnionId union, UUID list, Enlisting.As people, String fileName) {

        /** Reads the field {@code people}. */
        static Sending of(UnionId union, UUID list, @Nullable String people, @Nullable String fileName) {
            var input = new Input();
            Enlisting.As as = input.choice("people", people, Enlisting.As.class);
            input.check();
            return new Sending(union, list, as, CleanText.cut(CleanText.line(fileName), LONGEST_FILE_NAME));
        }
    }

    private final EnrolmentStore store;
    private final Enlisting enlisting;
    private final Members members;
    private final Unions unions;
    private final TransactionLocks locks;
    private final Limits limits;
    private final Audit audit;
    private final TransactionTemplate transaction;

    Enrolments(
            EnrolmentStore store,
            Enlisting enlisting,
            Members members,
            Unions unions,
            TransactionLocks locks,
            Limits limits,
            Audit audit,
            TransactionTemplate transaction) {
        this.store = store;
        this.enlisting = enlisting;
        this.members = members;
        this.unions = unions;
        this.locks = locks;
        this.limits = limits;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** The latest lists of a union. */
    @Transactional(readOnly = true)
    public List<EnrolmentList> latest(Actor actor, UnionId union) {
        return store.latest(union, actor.reach(Right.MEMBER_APPROVE), LISTS_SHOWN);
    }

    /** Keeps a small file to be read; nobody is entered. Sent twice, the first file stays. */
    public void send(Actor actor, Sending sending, byte[] file) {
        SheetReader.check(file);
        begin(actor, sending, () -> {
            for (int number = 0; number * PART_BYTES < file.length; number++) {
                int from = number * PART_BYTES;
                store.insertPart(
                        sending.list(),
                        number,
                        Arrays.copyOfRange(file, from, Math.min(file.length, from + PART_BYTES)));
            }
            store.markSent(sending.list());
        });
    }

    /**
     * Begins a list whose file comes in parts: see {@link #keepPart} and {@link #whole}. Begun again, perhaps with another file
     * because the first was refused, nothing of the first is left.
     */
    public void begin(Actor actor, Sending sending) {
        begin(actor, sending, () -> {});
    }

    /** So many a day are taken of an account. */
    private void begin(Actor actor, Sending sending, Runnable file) {
        UnionSummary of = unions.get(actor, sending.union(), Right.MEMBER_APPROVE);
        String who = actor.account().map(AccountId::toString).orElse("");
        Limits.Counted counted = limits.count(LISTS.of(who));
        if (counted.tooMany()) {
            throw Refused.until(counted.again(), EnrolmentRefusal.TOO_MANY_LISTS, counted.hours());
        }
        boolean fresh = Objects.requireNonNull(transaction.execute(status -> {
            boolean first = store.insert(sending.list(), of.id(), actor.name(), sending.fileName(), sending.people());
            if (first) {
                file.run();
                audit.record(
                        actor, "enrolment.send", of.id().value(), of.path(), Audit.facts("file", sending.fileName()));
            } else {
                EnrolmentList same = locked(actor, sending.list());
                if (!same.union().equals(of.id())) {
                    throw new Refused(EnrolmentRefusal.NO_SUCH_LIST);
                }
                if (same.state() == State.COMING) {
                    store.beginAnew(sending.list(), sending.fileName(), sending.people());
                    store.forgetFile(sending.list());
                    file.run();
                }
            }
            return first;
        }));
        if (!fresh) {
            limits.forget(counted);
        }
    }

    /**
     * Keeps a part of a file; sent twice, it is kept once.
     *
     * @param number of the part, from 0
     * @param count of all parts
     * @param bytes {@link #PART_BYTES}, of the last part perhaps fewer
     */
    @Transactional
    public void keepPart(Actor actor, UUID id, int number, int count, byte[] bytes) {
        require(locked(actor, id), State.COMING);
        boolean last = number == count - 1;
        boolean whole = last ? bytes.length > 0 && bytes.length <= PART_BYTES : bytes.length == PART_BYTES;
        if (!whole || number < 0 || number >= count || count > MOST_PARTS) {
            throw new Refused(EnrolmentRefusal.NOT_WHOLE);
        }
        store.insertPart(id, number, bytes);
    }

    /**
     * All parts have come: the list is to be read.
     *
     * @param count of all parts
     */
    @Transactional
    public void whole(Actor actor, UUID id, int count) {
        if (locked(actor, id).state() != State.COMING) {
            return; // asked again, because the answer was lost; meanwhile it may even have been read
        }
        if (count < 1 || store.parts(id) != count) {
            throw new Refused(EnrolmentRefusal.NOT_WHOLE);
        }
        SheetReader.check(store.part(id, 0));
        store.markSent(id);
    }

    /** A list of a union within the actor's reach. */
    @Transactional(readOnly = true)
    public EnrolmentList get(Actor actor, UUID id) {
        return store.find(id, actor.reach(Right.MEMBER_APPROVE))
                .orElseThrow(() -> new Refused(EnrolmentRefusal.NO_SUCH_LIST));
    }

    /** The same with what it would come to today. */
    @Transactional(readOnly = true)
    public Looked look(Actor actor, UUID id) {
        EnrolmentList list = get(actor, id);
        Map<Enlisting.Outcome, Long> outcomes = Map.of();
        Map<Enlisting.Outcome, List<Integer>> named = new EnumMap<>(Enlisting.Outcome.class);
        List<Enlisting.Entry> first = List.of();
        if (list.state() == State.READ) {
            first = enlisting.first(id, ROWS_SHOWN);
            outcomes = enlisting.outcomes(id);
            outcomes.forEach((outcome, rows) -> {
                if (rows > 0 && !outcome.enters()) {
                    named.put(outcome, enlisting.rows(id, outcome, ROWS_NAMED));
                }
            });
        }
        boolean mayTakeBack = list.state() == State.ENTERED
                && list.enteredOn().filter(members::canBeTakenBack).isPresent();
        return new Looked(list, outcomes, named, first, mayTakeBack);
    }

    /** The first rows with faults of a list that waits to be entered, as many as are asked for. */
    @Transactional(readOnly = true)
    public List<EnrolmentStore.Bad> faults(Actor actor, UUID id, int most) {
        return get(actor, id).state() == State.READ ? store.faults(id, 0, most) : List.of();
    }

    /** Puts on record that somebody takes the rows with faults along. */
    @Transactional
    public void takeFaults(Actor actor, UUID id) {
        EnrolmentList list = get(actor, id);
        require(list, State.READ);
        UnionSummary union = unions.get(actor, list.union(), Right.MEMBER_APPROVE);
        audit.record(
                actor,
                "enrolment.faults",
                union.id().value(),
                union.path(),
                Audit.facts("file", list.fileName(), "count", Integer.toString(list.rowsBad())));
    }

    /** Hands over all rows with faults, some of them at a time. */
    public void eachFault(Actor actor, UUID id, Consumer<EnrolmentStore.Bad> rows) {
        require(get(actor, id), State.READ);
        List<EnrolmentStore.Bad> some;
        int after = 0;
        do {
            some = store.faults(id, after, FAULTS_AT_ONCE);
            some.forEach(rows);
            after = some.isEmpty() ? after : some.getLast().row();
        } while (some.size() == FAULTS_AT_ONCE);
    }

    /**
     * Enters everybody on the list who is no member; asked again, it enters nobody more.
     *
     * @param goodOnly true to leave out the rows with faults; without it a list that has any enters nobody
     */
    @Transactional
    public void enter(Actor actor, UUID id, boolean goodOnly) {
        EnrolmentList list = locked(actor, id);
        if (list.state() == State.ENTERED) {
            return;
        }
        require(list, State.READ);
        if (!goodOnly && list.rowsBad() > 0) {
            throw new Refused(EnrolmentRefusal.HAS_FAULTS);
        }
        List<UnionId> entered = enlisting.unions(id);
        Enlisting.Admitted admitted = enlisting.admit(actor, id, list.union(), list.people());
        if (admitted.fresh() + admitted.again() == 0) {
            throw new Refused(EnrolmentRefusal.NOBODY_TO_ENTER);
        }
        store.markEntered(id, entered, admitted);
        forget(id);
    }

    /** Takes back a list within a day and within its month: everybody whom it entered is no member any more. */
    @Transactional
    public void takeBack(Actor actor, UUID id) {
        EnrolmentList list = locked(actor, id);
        if (list.state() == State.TAKEN_BACK) {
            return;
        }
        require(list, State.ENTERED);
        LocalDate on = list.enteredOn().orElseThrow();
        if (!members.canBeTakenBack(on)) {
            throw new Refused(EnrolmentRefusal.TOO_LATE);
        }
        store.markTakenBack(id, enlisting.takeBack(actor, id, list.union(), on, list.enteredUnions()));
    }

    /** Gives up a list that has not been entered, also while it is read. */
    @Transactional
    public void cancel(Actor actor, UUID id) {
        EnrolmentList list = locked(actor, id);
        if (list.state().isOpen()) {
            store.markCancelled(id);
            forget(id);
        }
    }

    /** Nothing of a list that nobody enters is kept for longer than it takes to mend it. */
    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    @Transactional
    public void forgetOld() {
        store.giveUpOld(KEPT, COMING).forEach(this::forget);
    }

    private void forget(UUID id) {
        store.forgetFile(id);
        store.forgetFirst(id);
        store.forgetFaults(id);
        enlisting.forget(id);
    }

    /** Nobody waits for somebody else's list: while it is being entered, it is busy. */
    EnrolmentList locked(Actor actor, UUID id) {
        get(actor, id);
        if (!locks.aloneIfFree("enrolment.list." + id)) {
            throw new Refused(EnrolmentRefusal.BUSY);
        }
        return store.lock(id, actor.reach(Right.MEMBER_APPROVE))
                .orElseThrow(() -> new Refused(EnrolmentRefusal.NO_SUCH_LIST));
    }

    private static void require(EnrolmentList list, State state) {
        if (list.state() != state) {
            throw new Refused(list.state() == State.SENT ? EnrolmentRefusal.BUSY : EnrolmentRefusal.OVER);
        }
    }
}

package org.gonghui.enrolment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.gonghui.audit.Audit;
import org.gonghui.database.DatabaseAway;
import org.gonghui.database.TransactionLocks;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.member.Enlisting;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.sheet.PartedFile;
import org.gonghui.sheet.SheetRow;
import org.gonghui.sheet.SheetTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads lists that were sent, one at a time on a node, beside the requests: whoever sent one looks how far it is. A list
 * that a node had begun when it died is begun anew by whichever node sees it first.
 */
@Component
class ListReading {

    private static final Logger LOG = LoggerFactory.getLogger(ListReading.class);

    private static final String LOCK = "enrolment.read.";
    private static final String UNREADABLE = "enrolment.unreadable";

    /** Rows after which it is noted how far the reading is, and looked whether somebody has given it up. */
    private static final int STEP = 2_000;

    /** How often a list is begun before it is held to be what ends whoever reads it. */
    static final int MOST_ATTEMPTS = 5;

    private final EnrolmentStore store;
    private final ListFile file;
    private final Enlisting enlisting;
    private final Unions unions;
    private final TransactionLocks locks;
    private final Audit audit;
    private final TransactionTemplate whole;
    private final TransactionTemplate beside;
    private final AtomicBoolean atWork = new AtomicBoolean();

    ListReading(
            EnrolmentStore store,
            ListFile file,
            Enlisting enlisting,
            Unions unions,
            TransactionLocks locks,
            Audit audit,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.file = file;
        this.enlisting = enlisting;
        this.unions = unions;
        this.locks = locks;
        this.audit = audit;
        whole = new TransactionTemplate(transactions);
        beside = new TransactionTemplate(transactions);
        beside.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Nobody wants the list any more. */
    private static final class GivenUp extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    /** Nobody but a person can say which of its columns is which. */
    private static final class Unclear extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient Refused why;

        Unclear(Refused why) {
            super(why);
            this.why = why;
        }

        /** In the words of whoever can choose: elsewhere headings that are not understood are to be changed in the file. */
        String key() {
            String key = why.refusal().key();
            return "enrolment.unclear." + key.substring(key.lastIndexOf('.') + 1);
        }
    }

    /** Beside the scheduler's own thread, on which others wait for their turn. */
    @Scheduled(fixedDelay = 500)
    void look() {
        List<UUID> waiting = store.waiting();
        if (!waiting.isEmpty() && atWork.compareAndSet(false, true)) {
            Thread.ofVirtual().name("lists").start(() -> {
                try {
                    waiting.forEach(this::read);
                } finally {
                    atWork.set(false);
                }
            });
        }
    }

    private void read(UUID list) {
        try {
            whole.executeWithoutResult(status -> readAlone(list));
        } catch (GivenUp givenUp) {
            LOG.info("A list was given up while it was read");
        } catch (Unclear headings) {
            beside.executeWithoutResult(status -> store.markUnclear(list, headings.key(), facts(headings.why)));
        } catch (Refused no) {
            breakOff(list, no.refusal().key(), facts(no));
        } catch (RuntimeException fault) {
            if (DatabaseAway.isReasonOf(fault)) {
                return;
            }
            if (isPassing(fault)) {
                LOG.warn(
                        "A list could not be read just now: {}",
                        fault.getClass().getSimpleName());
            } else {
                LOG.error("A list cannot be read", fault);
                breakOff(list, UNREADABLE, List.of());
            }
        }
    }

    private static List<String> facts(Refused no) {
        return no.facts().stream().map(String::valueOf).toList();
    }

    /** No fault of the list: it is tried again. */
    private static boolean isPassing(RuntimeException fault) {
        return fault instanceof TransientDataAccessException
                || fault instanceof DataAccessResourceFailureException
                || fault instanceof TransactionException;
    }

    private void breakOff(UUID list, String why, List<String> facts) {
        beside.executeWithoutResult(status -> {
            if (store.markBroken(list, why, facts)) {
                store.forgetFile(list);
                store.forgetFirst(list);
                store.forgetFaults(list);
            }
        });
    }

    /** The people on a list are in a table that a crash of the database empties: such a list is read once more. */
    @Scheduled(fixedDelay = 5_000)
    void findLost() {
        store.read().stream()
                .filter(list -> !enlisting.holds(list))
                .forEach(list -> beside.executeWithoutResult(status -> store.readAgain(list)));
    }

    private void readAlone(UUID list) {
        if (!locks.aloneIfFree(LOCK + list)) {
            return; // another node does
        }
        EnrolmentList sent = store.find(list, Reach.everywhere()).orElseThrow();
        if (sent.state() != EnrolmentList.State.SENT) {
            return;
        }
        int attempts = Objects.requireNonNull(beside.execute(status -> {
            store.forgetFaults(list);
            return store.tried(list).orElseThrow(GivenUp::new);
        }));
        if (attempts > MOST_ATTEMPTS) {
            LOG.error("A list was begun {} times and never read to its end: it is given up", attempts - 1);
            breakOff(list, UNREADABLE, List.of());
            return;
        }
        UnionSummary union = unions.living(sent.union());
        ListFile.Reading reading = file.reading(union);
        PartedFile content = open(list);
        var progress = new Progress(list);
        var headings = new Headings(sent, reading);
        enlisting.put(
                list,
                people -> headings.unread.addAll(reading.read(content, headings::find, row -> {
                            row.candidate().ifPresent(people);
                            progress.add(row);
                        })
                        .unread()));
        progress.note();
        if (!store.markRead(list, progress.counts(), headings.unread, headings.chosenBy)) {
            throw new GivenUp();
        }
        record(sent, union, progress.good + progress.bad);
    }

    /** Which column is which: as somebody chose it for the same headings before, else by the words in them. */
    private final class Headings {

        private final EnrolmentList list;
        private final ListFile.Reading reading;
        private final List<String> unread = new ArrayList<>();
        private String chosenBy = "";

        Headings(EnrolmentList list, ListFile.Reading reading) {
            this.list = list;
            this.reading = reading;
        }

        /** Keeps the first rows for whoever may have to choose. */
        SheetTable.Head find(List<SheetRow> rows) {
            var first = FirstRows.of(rows);
            Optional<SheetTable.Head> chosen = Objects.requireNonNull(beside.execute(status -> {
                Optional<SheetTable.Head> known = first.rows().stream()
                        .flatMap(row -> chosen(row).stream())
                        .findFirst();
                store.keepFirst(
                        list.id(), first, known.map(SheetTable.Head::row).orElseGet(() -> reading.likeliestRow(rows)));
                return known;
            }));
            return chosen.orElseGet(() -> understood(rows));
        }

        private Optional<SheetTable.Head> chosen(FirstRows.Row row) {
            Optional<EnrolmentStore.Choice> choice = store.choice(list.union(), row.hash());
            choice.ifPresent(made -> chosenBy = made.by());
            return choice.map(made -> ListFile.chosen(row, made.places()));
        }

        private SheetTable.Head understood(List<SheetRow> rows) {
            try {
                return reading.head(rows);
            } catch (Refused unclear) {
                throw new Unclear(unclear);
            }
        }
    }

    /** Beside the transaction, whose connection takes rows in at the same time. */
    private PartedFile open(UUID list) {
        IntFunction<byte[]> parts =
                number -> Objects.requireNonNull(beside.execute(status -> store.part(list, number)));
        int last = Objects.requireNonNull(beside.execute(status -> store.parts(list))) - 1;
        long size = (long) last * EnrolmentStore.PART_BYTES + parts.apply(last).length;
        return new PartedFile(EnrolmentStore.PART_BYTES, size, parts);
    }

    /** Who sends a list learns of whom the city knows: that is on record, and how many they were. */
    private void record(EnrolmentList sent, UnionSummary union, int rows) {
        long known = enlisting.outcomes(sent.id()).entrySet().stream()
                .filter(each -> each.getKey().isKnown())
                .mapToLong(Map.Entry::getValue)
                .sum();
        audit.record(
                Actor.platform(sent.sentBy()),
                "enrolment.read",
                union.id().value(),
                union.path(),
                Audit.facts("file", sent.fileName(), "rows", Integer.toString(rows), "known", Long.toString(known)));
    }

    /** How far a reading is; faults are put aside meanwhile, so that no file needs memory for its faults. */
    private final class Progress {

        private final UUID list;
        private final List<EnrolmentStore.Bad> faults = new ArrayList<>();
        private int good;
        private int bad;
        private int hidden;

        Progress(UUID list) {
            this.list = list;
        }

        void add(ListFile.Row row) {
            if (row.faults().isEmpty()) {
                good++;
            } else {
                bad++;
                faults.add(new EnrolmentStore.Bad(row.number(), row.cells(), row.faults()));
            }
            hidden += row.hidden() ? 1 : 0;
            if ((good + bad) % STEP == 0) {
                note();
            }
        }

        EnrolmentStore.Counts counts() {
            return new EnrolmentStore.Counts(good, bad, hidden);
        }

        /** Of a list that nobody wants any more nothing is written. */
        void note() {
            beside.executeWithoutResult(status -> {
                if (!store.readTo(list, good + bad)) {
                    throw new GivenUp();
                }
                store.insertFaults(list, faults);
            });
            faults.clear();
        }
    }
}

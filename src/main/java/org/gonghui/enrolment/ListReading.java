package org.gonghui.enrolment;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gonghui.database.DatabaseAway;
import org.gonghui.database.TransactionLocks;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.member.Enlisting;
import org.gonghui.org.Unions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads lists that were sent, one at a time on a node, beside the requests: whoever sent one looks how far it is. A list
 * that a node had begun when it died is begun anew by whichever node sees it first.
 */
@Component
class ListReading {

    private static final Logger LOG = LoggerFactory.getLogger(ListReading.class);

    private static final String LOCK = "enrolment.read.";

    /** Rows after which it is noted how far the reading is, and looked whether somebody has given it up. */
    private static final int STEP = 2_000;

    /** Between the column, the key and the facts of a fault. */
    static final String BETWEEN = "\u001f";

    private final EnrolmentStore store;
    private final ListFile file;
    private final Enlisting enlisting;
    private final Unions unions;
    private final TransactionLocks locks;
    private final TransactionTemplate whole;
    private final TransactionTemplate beside;
    private final AtomicBoolean atWork = new AtomicBoolean();

    ListReading(
            EnrolmentStore store,
            ListFile file,
            Enlisting enlisting,
            Unions unions,
            TransactionLocks locks,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.file = file;
        this.enlisting = enlisting;
        this.unions = unions;
        this.locks = locks;
        whole = new TransactionTemplate(transactions);
        beside = new TransactionTemplate(transactions);
        beside.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Nobody wants the list any more. */
    private static final class GivenUp extends RuntimeException {

        private static final long serialVersionUID = 1;
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
        } catch (Refused no) {
            List<String> facts = no.facts().stream().map(String::valueOf).toList();
            breakOff(list, no.refusal().key(), facts);
        } catch (RuntimeException fault) {
            if (!DatabaseAway.isReasonOf(fault)) {
                LOG.error("A list cannot be read", fault);
                breakOff(list, "enrolment.unreadable", List.of());
            }
        }
    }

    private void breakOff(UUID list, String why, List<String> facts) {
        beside.executeWithoutResult(status -> {
            store.forgetFile(list);
            store.forgetFaults(list);
            store.markBroken(list, why, facts);
        });
    }

    private void readAlone(UUID list) {
        if (!locks.aloneIfFree(LOCK + list)) {
            return; // another node does
        }
        EnrolmentList sent = store.find(list, Reach.everywhere()).orElseThrow();
        if (sent.state() != EnrolmentList.State.SENT) {
            return;
        }
        beside.executeWithoutResult(status -> store.forgetFaults(list));
        ListFile.Reading reading = file.reading(unions.living(sent.union()));
        byte[] content = store.file(list);
        var progress = new Progress(list);
        List<String> unread = new ArrayList<>();
        enlisting.put(
                list,
                people -> unread.addAll(reading.read(content, row -> {
                    row.candidate().ifPresent(people);
                    progress.add(row);
                })));
        progress.keepFaults();
        if (!store.markRead(list, progress.good, progress.bad, unread)) {
            throw new GivenUp();
        }
    }

    /** How far a reading is; faults are put aside meanwhile, so that no file needs memory for its faults. */
    private final class Progress {

        private final UUID list;
        private final List<EnrolmentStore.Bad> faults = new ArrayList<>();
        private int good;
        private int bad;

        Progress(UUID list) {
            this.list = list;
        }

        void add(ListFile.Row row) {
            if (row.faults().isEmpty()) {
                good++;
            } else {
                bad++;
                faults.add(new EnrolmentStore.Bad(
                        row.number(),
                        row.cells(),
                        row.faults().stream().map(Progress::written).toList()));
            }
            if ((good + bad) % STEP == 0) {
                keepFaults();
                if (!Boolean.TRUE.equals(beside.execute(status -> store.readTo(list, good + bad)))) {
                    throw new GivenUp();
                }
            }
        }

        void keepFaults() {
            beside.executeWithoutResult(status -> store.insertFaults(list, faults));
            faults.clear();
        }

        private static String written(BadInput.Fault fault) {
            return Stream.concat(
                            Stream.of(fault.field(), fault.key()),
                            fault.facts().stream().map(String::valueOf))
                    .collect(Collectors.joining(BETWEEN));
        }
    }
}

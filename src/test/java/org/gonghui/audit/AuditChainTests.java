package org.gonghui.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.gonghui.audit.ChainCheck.Fault;
import org.gonghui.audit.ChainCheck.Finding;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CannotStart;
import org.gonghui.kernel.UnionPath;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever is done to the trail by hand is found and named. Each test leaves the trail as it found it. */
@CityTest
class AuditChainTests {

    private static final Actor CLERK = Actor.platform("clerk");

    @Autowired
    private Audit audit;

    @Autowired
    private ChainSealing sealing;

    @Autowired
    private ChainCheck check;

    @Autowired
    private ChainStore store;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void whatWasWrittenIsWell() {
        List<UUID> entries = sealed(3);
        assertThat(findings()).isEmpty();
        assertThat(entries).allSatisfy(entry -> assertThat(number(entry)).isPositive());
    }

    @Test
    void aChangedEntryIsNamed() {
        for (String change : List.of(
                "actor = actor || '.'",
                "at = at + interval '1 microsecond'",
                "account_id = gen_random_uuid()",
                "action = 'org.found'",
                "subject_id = null",
                "union_path = null",
                "facts = facts || '{\"count\": \"2\"}'")) {
            UUID entry = sealed(3).get(1);
            assertThat(afterDoing("update audit_entry set " + change + " where id = :id", entry))
                    .as(change)
                    .containsExactly(new Finding(Fault.CHANGED, entry, number(entry)));
        }
    }

    @Test
    void aRemovedEntryIsNamed() {
        List<UUID> entries = sealed(3);
        for (UUID entry : entries) { // the newest too
            assertThat(afterDoing("delete from audit_entry where id = :id", entry))
                    .containsExactly(new Finding(Fault.REMOVED, entry, number(entry)));
        }
    }

    @Test
    void anInsertedEntryIsNamed() {
        UUID model = sealed(1).getFirst();
        UUID forged = UUID.randomUUID();
        assertThat(afterDoing("""
                        insert into audit_entry (id, at, account_id, actor, action, subject_id, union_path, facts)
                        select '%s', at, account_id, actor, action, subject_id, union_path, facts
                          from audit_entry where id = :id
                        """.formatted(forged), model)).containsExactly(new Finding(Fault.INSERTED, forged, 0));
    }

    @Test
    void anEntryRemovedWithItsLinkLeavesAGap() {
        UUID entry =
                sealed(3).stream().min(Comparator.comparingLong(this::number)).orElseThrow();
        long number = number(entry);
        assertThat(transaction.<List<Finding>>execute(status -> {
                    run("delete from audit_entry where id = :id", entry);
                    run("delete from audit_link where entry_id = :id", entry);
                    List<Finding> found = findings();
                    status.setRollbackOnly();
                    return found;
                }))
                .containsExactly(new Finding(Fault.LINKS_MISSING, null, number));
    }

    @Test
    void aLinkMadeForAChangedEntryDoesNotHoldWithoutTheKey() {
        UUID entry = sealed(3).stream() // not the chain's last: ids of one moment have no order
                .min(Comparator.comparingLong(this::number))
                .orElseThrow();
        long number = number(entry);
        assertThat(transaction.<List<Finding>>execute(status -> {
                    run("update audit_entry set actor = 'somebody else' where id = :id", entry);
                    run("update audit_link set digest = sha256(digest) where entry_id = :id", entry);
                    List<Finding> found = findings();
                    status.setRollbackOnly();
                    return found;
                }))
                .extracting(Finding::fault, Finding::number)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Fault.CHANGED, number),
                        org.assertj.core.groups.Tuple.tuple(Fault.CHANGED, number + 1));
    }

    @Test
    void aHeadThatIsNoneIsRefusedAndSaysNothingOfTheChain() {
        String digits = "0f".repeat(32);
        assertThat(AuditVerify.noted("17:" + digits)).isEqualTo("17:" + digits);
        assertThat(AuditVerify.noted(null)).isNull();
        for (String none : List.of("nonsense", digits, "17:" + digits + "0", "17:0f", ":" + digits)) {
            assertThatThrownBy(() -> AuditVerify.noted(none))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("--head is N:HEX");
        }
    }

    @Test
    void anEndCutOffIsSeenByAHeadThatWasNoted() {
        sealed(1);
        String noted = ChainCheck.named(store.head());
        assertThat(check.check(noted).findings()).isEmpty();
        UUID last = store.head().entry();
        assertThat(transaction.<List<Finding>>execute(status -> {
                    run("delete from audit_entry where id = :id", last);
                    run("delete from audit_link where entry_id = :id", last);
                    assertThat(findings()).as("from within, nothing is seen").isEmpty();
                    List<Finding> found = check.check(noted).findings();
                    status.setRollbackOnly();
                    return found;
                }))
                .containsExactly(new Finding(Fault.HEAD_MISSING, null, 0));
    }

    @Test
    void anEntryRemovedBeforeItWasSealedIsNamed() {
        assertThat(transaction.<List<Finding>>execute(status -> {
                    UUID entry = record();
                    run("delete from audit_entry where id = :id", entry);
                    List<Finding> found = findings();
                    status.setRollbackOnly();
                    return found.stream()
                            .filter(each -> each.equals(new Finding(Fault.REMOVED, entry, 0)))
                            .toList();
                }))
                .hasSize(1);
    }

    @Test
    void ofManySealersOneSealsAndNothingTwice() throws Exception {
        var begin = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(threads.submit(() -> {
                    begin.await();
                    for (int j = 0; j < 50; j++) {
                        transaction.executeWithoutResult(status -> record());
                    }
                    return null;
                }));
                running.add(threads.submit(() -> {
                    begin.await();
                    for (int j = 0; j < 20; j++) {
                        sealing.seal();
                    }
                    return null;
                }));
            }
            begin.countDown();
            for (Future<?> each : running) {
                each.get();
            }
        }
        sealing.seal();
        assertThat(findings()).isEmpty();
    }

    @Test
    void theCommandSaysWhatItFound() {
        UUID entry = sealed(1).getFirst();
        List<String> said = transaction.execute(status -> {
            run("delete from audit_entry where id = :id", entry);
            List<String> sentences = AuditVerify.sentences(check.check(null));
            status.setRollbackOnly();
            return sentences;
        });
        assertThat(said).contains("REMOVED: entry %s, number %d".formatted(entry, number(entry)));
        assertThat(AuditVerify.sentences(check.check(ChainCheck.named(store.head()))))
                .noneMatch(sentence -> sentence.contains("REMOVED"))
                .anyMatch(sentence -> sentence.contains(" 0 findings"))
                .anyMatch(sentence -> sentence.startsWith("The head"));
        assertThat(AuditVerify.sentences(check.check("1:" + "0".repeat(64))))
                .anyMatch(sentence -> sentence.startsWith("HEAD MISSING"))
                .noneMatch(sentence -> sentence.startsWith("The head"));
    }

    private List<UUID> sealed(int entries) {
        List<UUID> written = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            written.add(transaction.execute(status -> record()));
        }
        while (written.stream()
                .anyMatch(entry -> store.unsealed(100_000).stream()
                        .anyMatch(said -> said.id().equals(entry)))) {
            sealing.seal();
        }
        return written;
    }

    private UUID record() {
        UUID subject = UUID.randomUUID();
        audit.record(CLERK, "test.act", subject, UnionPath.root(), Audit.facts("count", "1"));
        return jdbc.sql("select id from audit_entry where subject_id = :subject")
                .param("subject", subject)
                .query(UUID.class)
                .single();
    }

    private long number(UUID entry) {
        return jdbc.sql("select number from audit_link where entry_id = :id")
                .param("id", entry)
                .query(Long.class)
                .single();
    }

    private List<Finding> afterDoing(String statement, UUID entry) {
        Function<UUID, List<Finding>> doing = id -> transaction.execute(status -> {
            run(statement, id);
            List<Finding> found = findings();
            status.setRollbackOnly();
            return found;
        });
        return doing.apply(entry);
    }

    private void run(String statement, UUID id) {
        assertThat(jdbc.sql(statement).param("id", id).update()).isEqualTo(1);
    }

    private List<Finding> findings() {
        return check.check(null).findings();
    }
}

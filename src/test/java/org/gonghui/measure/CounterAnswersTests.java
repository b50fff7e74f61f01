package org.gonghui.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionPath;
import org.gonghui.measure.Measure.Kind;
import org.gonghui.measure.Measure.Unit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is kept of the counters' answers: never longer than it is true for its own node, never more than it must be. */
class CounterAnswersTests {

    private static final LocalDate TODAY = LocalDate.of(2023, 12, 28);
    private static final Measure JOINED = new Measure("member.joined", Unit.PERSON, Kind.FLOW, "member", "joined", "");
    private static final UnionPath CITY = UnionPath.root();
    private static final UnionPath ONE = CITY.child(1);
    private static final UnionPath OTHER = CITY.child(2);

    private final AtomicLong nanos = new AtomicLong();
    private final CounterAnswers answers =
            new CounterAnswers(Clock.fixed(Instant.parse("2023-12-28T01:00:00Z"), ZoneOffset.UTC), nanos::get);
    private final Map<UnionPath, Long> counted = new TreeMap<>(Map.of(ONE, 10L, OTHER, 20L));
    private final List<UnionPath> read = new ArrayList<>();

    @AfterEach
    void noTransactionIsLeft() {
        TransactionSynchronizationManager.clear();
    }

    @Test
    void whatIsKnownIsNotReadAgain() {
        assertThat(ask(city())).containsExactly(10L, 20L);
        assertThat(ask(city())).containsExactly(10L, 20L);
        assertThat(read).containsExactly(CITY);
    }

    @Test
    void onlyTheChangedPartIsReadAgain() {
        ask(city());
        change(OTHER, 2023);
        assertThat(ask(city())).containsExactly(10L, 21L);
        assertThat(read).containsExactly(CITY, OTHER);
    }

    @Test
    void aPartsOwnAnswerIsReadAgainWhole() {
        ask(at(OTHER, 3, 2023, TODAY));
        change(OTHER, 2023);
        assertThat(ask(at(OTHER, 3, 2023, TODAY))).containsExactly(21L);
        assertThat(read).containsExactly(OTHER, OTHER);
    }

    @Test
    void onAnotherDaysTreeEverythingIsReadAgain() {
        ask(at(CITY, 2, 2023, TODAY.minusDays(1)));
        change(OTHER, 2023);
        ask(at(CITY, 2, 2023, TODAY.minusDays(1)));
        assertThat(read).containsExactly(CITY, CITY);
    }

    @Test
    void everythingIsReadAgainAfterAChangeOfEverything() {
        ask(city());
        ask(at(OTHER, 3, 2023, TODAY));
        change(CITY, 0);
        ask(city());
        ask(at(OTHER, 3, 2023, TODAY));
        assertThat(read).containsExactly(CITY, OTHER, CITY, OTHER);
    }

    @Test
    void whatStandsElsewhereOrCameLaterChangesNothing() {
        ask(at(ONE, 3, 2023, TODAY));
        ask(at(CITY, 2, 2022, TODAY));
        change(OTHER, 2023);
        ask(at(ONE, 3, 2023, TODAY));
        ask(at(CITY, 2, 2022, TODAY));
        assertThat(read).containsExactly(ONE, CITY);
    }

    @Test
    void aChangeIsSeenWithItsCommitAndNotBefore() {
        ask(city());
        TransactionSynchronizationManager.initSynchronization();
        answers.changed("member", OTHER, 2023);
        ask(city());
        assertThat(read).containsExactly(CITY);
        commit();
        ask(city());
        assertThat(read).containsExactly(CITY, OTHER);
    }

    @Test
    void anAnswerBegunBeforeAChangeServesNobodyAfterIt() {
        answers.to(city(), question -> {
            change(OTHER, 2023);
            return Map.of(OTHER.value(), year(20));
        });
        assertThat(ask(city())).containsExactly(21L);
    }

    @Test
    void withinATransactionNothingIsKept() {
        TransactionSynchronizationManager.setActualTransactionActive(true);
        ask(city());
        ask(city());
        TransactionSynchronizationManager.setActualTransactionActive(false);
        ask(city());
        assertThat(read).containsExactly(CITY, CITY, CITY);
    }

    @Test
    void nothingIsKeptForASecond() {
        ask(city());
        counted.put(ONE, 11L);
        pass(Duration.ofMillis(550));
        assertThat(ask(city())).containsExactly(10L, 20L);
        change(OTHER, 2023);
        assertThat(ask(city())).containsExactly(10L, 21L);
        pass(Duration.ofMillis(440)); // what is busy must not keep the rest
        assertThat(ask(city())).containsExactly(11L, 21L);
    }

    @Test
    void whatIsAskedForAllTheTimeIsRenewedBesideItsReaders() throws InterruptedException {
        ask(city());
        pass(Duration.ofMillis(700));
        var renewing = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        Function<CounterAnswers.Question, Map<String, Counters.Year>> renewal = question -> {
            renewing.countDown();
            await(mayEnd);
            return Map.of(ONE.value(), year(11));
        };
        assertThat(answers.to(city(), renewal)).hasSize(2);
        await(renewing);
        assertThat(answers.to(city(), renewal)).as("while it is read").hasSize(2);
        mayEnd.countDown();
        for (int i = 0; answers.to(city(), renewal).size() == 2; i++) {
            assertThat(i).isLessThan(3_000);
            Thread.sleep(10);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CounterAnswers.Question city() {
        return at(CITY, 2, 2023, TODAY);
    }

    private static CounterAnswers.Question at(UnionPath path, int depth, int year, LocalDate tree) {
        return new CounterAnswers.Question(path, depth, year, tree, List.of(JOINED), Reach.everywhere());
    }

    private List<Long> ask(CounterAnswers.Question question) {
        return answers
                .to(question, asked -> {
                    read.add(asked.path());
                    Map<String, Counters.Year> byNode = new TreeMap<>();
                    counted.forEach((path, count) -> {
                        if (asked.path().covers(path)) {
                            byNode.put(path.value(), year(count));
                        }
                    });
                    return byNode;
                })
                .values()
                .stream()
                .map(year -> year.upTo(0, Kind.FLOW, 1))
                .toList();
    }

    private void change(UnionPath part, int since) {
        counted.computeIfPresent(part, (path, count) -> count + 1);
        TransactionSynchronizationManager.initSynchronization();
        answers.changed("member", part, since);
        commit();
    }

    private static void commit() {
        TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);
        TransactionSynchronizationManager.clearSynchronization();
    }

    private static Counters.Year year(long january) {
        var months = new long[12];
        months[0] = january;
        return new Counters.Year(List.of(months), new long[1]);
    }
}

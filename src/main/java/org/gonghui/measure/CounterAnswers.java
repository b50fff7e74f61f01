package org.gonghui.measure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionPath;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What the counters answered last. A change made by this node outdates it with the commit, before the changer's answer goes
 * out, and only the part of the tree that changed is read again. Other nodes' changes are seen because nothing is kept for
 * long; they are not told by NOTIFY, which would let the city's commits pass one at a time. What is asked for all the time
 * is renewed beside its readers, so that none of them waits for the others' sake.
 */
@Component
class CounterAnswers {

    private static final long KEPT = Duration.ofMillis(900).toNanos();
    private static final long RENEWED = Duration.ofMillis(600).toNanos();
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int MOST = 1_000;

    /** In place of a feature: whatever it counts. */
    static final String ALL = "";

    /**
     * One question in full; what the asker may see is a part of it.
     *
     * @param depth of the nodes by which it is added up, from the path's own on; what stands above them stands alone
     */
    record Question(UnionPath path, int depth, int year, LocalDate tree, List<Measure> measures, Reach reach) {

        String counters() {
            return measures.getFirst().counters();
        }

        Question at(UnionPath part) {
            return new Question(part, depth, year, tree, measures, reach);
        }
    }

    /**
     * @param known the changes up to this one are in it
     * @param read when it was last read whole, in nanoseconds
     */
    private record Answer(Map<String, Counters.Year> byNode, long known, long read) {}

    /** @param since the first year of which figures may be others */
    private record Change(String counters, UnionPath part, int since) {

        boolean touches(Question question) {
            return (counters.equals(ALL) || counters.equals(question.counters()))
                    && since <= question.year()
                    && (part.covers(question.path()) || question.path().covers(part));
        }
    }

    private final Clock clock;
    private final LongSupplier nanos;
    private final Cache<Question, Answer> answers = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(REMEMBERED)
            .build();
    private final Set<Question> renewing = ConcurrentHashMap.newKeySet();
    private final AtomicLong last = new AtomicLong();
    /** Each change's last time, in the order of {@link #last}. */
    private final ConcurrentMap<Change, Long> changes = new ConcurrentHashMap<>();

    @Autowired
    CounterAnswers(Clock clock) {
        this(clock, System::nanoTime);
    }

    CounterAnswers(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    /** The answer to a question, read as far as it is not known; nobody may change it. */
    Map<String, Counters.Year> to(Question question, Function<Question, Map<String, Counters.Year>> read) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return read.apply(
                    question); // it may see what nobody else may yet, and holds a connection: it must not wait
        }
        Answer known = answers.getIfPresent(question);
        if (known == null || isOlder(known, KEPT) || !outdated(question, known).isEmpty()) {
            known = answers.asMap().compute(question, (same, kept) -> answer(question, kept, read));
        } else if (isOlder(known, RENEWED)) {
            renew(question, read);
        }
        return known.byNode();
    }

    /** Reads the whole answer again while others are still given the known one. */
    private void renew(Question question, Function<Question, Map<String, Counters.Year>> read) {
        if (renewing.add(question)) {
            Thread.startVirtualThread(() -> {
                try {
                    answers.asMap()
                            .computeIfPresent(
                                    question, (same, kept) -> isOlder(kept, RENEWED) ? whole(question, read) : kept);
                } finally {
                    renewing.remove(question);
                }
            });
        }
    }

    private Answer whole(Question question, Function<Question, Map<String, Counters.Year>> read) {
        long known = last.get(); // before reading: a change during the reading is read again
        long now = nanos.getAsLong();
        return new Answer(read.apply(question), known, now);
    }

    private boolean isOlder(Answer answer, long age) {
        return nanos.getAsLong() - answer.read() > age;
    }

    /** Announces that the surrounding transaction changes what these counters say of a part, for a year and those after it. */
    void changed(String counters, UnionPath part, int since) {
        var change = new Change(counters, part, since);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                changes.put(change, last.incrementAndGet());
            }
        });
    }

    private Answer answer(
            Question question, @Nullable Answer kept, Function<Question, Map<String, Counters.Year>> read) {
        if (kept == null || isOlder(kept, KEPT)) {
            return whole(question, read);
        }
        long known = last.get();
        Set<UnionPath> outdated = outdated(question, kept);
        if (outdated.isEmpty()) {
            return kept;
        }
        if (!outdated.stream().allMatch(part -> isApart(part, question))) {
            return whole(question, read);
        }
        var byNode = new TreeMap<>(kept.byNode());
        for (UnionPath part : outdated) {
            byNode.subMap(part.low(), part.high()).clear();
            byNode.putAll(read.apply(question.at(part)));
        }
        return new Answer(byNode, known, kept.read());
    }

    /** True where a part can be read by itself. On another day's tree, what was counted in it may have stood elsewhere. */
    private boolean isApart(UnionPath part, Question question) {
        return part.depth() > question.path().depth()
                && part.depth() <= question.depth()
                && question.tree().equals(LocalDate.now(clock));
    }

    private Set<UnionPath> outdated(Question question, Answer answer) {
        return changes.entrySet().stream()
                .filter(change ->
                        change.getValue() > answer.known() && change.getKey().touches(question))
                .map(change -> change.getKey().part())
                .collect(Collectors.toUnmodifiableSet());
    }
}

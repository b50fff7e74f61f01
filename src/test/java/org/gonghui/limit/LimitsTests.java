package org.gonghui.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.gonghui.support.CityTest;
import org.gonghui.support.TestTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** Attempts are counted before they are judged, each subject by itself, for a time. */
@CityTest
class LimitsTests {

    private static final Limits.Limit THREE = new Limits.Limit("test.three", 3, Duration.ofMinutes(10));

    @Autowired
    private Limits limits;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private TestTime time;

    private final Limits.Use mine = THREE.of("subject " + UUID.randomUUID());

    @Test
    void theFourthIsTooManyUntilTheTimeIsOver() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.count(mine).tooMany()).isFalse();
        }
        assertThat(limits.count(mine).tooMany()).isTrue();
        assertThat(limits.count(THREE.of("somebody else " + UUID.randomUUID())).tooMany())
                .isFalse();
        time.pass(Duration.ofMinutes(11));
        assertThat(limits.count(mine).tooMany()).isFalse();
    }

    @Test
    void theWaitIsUntilTheFirstOfThemIsForgotten() {
        limits.count(mine);
        time.pass(Duration.ofMinutes(4));
        limits.count(mine);
        limits.count(mine);
        Limits.Use looser = new Limits.Limit("test.looser", 50, Duration.ofHours(1)).of("anybody");
        Limits.Counted late = limits.count(looser, mine);
        assertThat(late.again()).isBetween(Duration.ofSeconds(350), Duration.ofMinutes(6));
        assertThat(late.minutes()).isEqualTo(6);
        time.pass(late.again());
        assertThat(limits.count(mine).tooMany()).isFalse();
        assertThat(limits.count(mine).again()).isGreaterThan(Duration.ofMinutes(3));
    }

    @Test
    void aHouseholdOfManyAddressesIsOne() {
        assertThat(THREE.from("2001:db8:1:2:aaaa::1")).isEqualTo(THREE.from("2001:db8:1:2:bbbb:1:2:3"));
        assertThat(THREE.from("2001:db8:1:2::1")).isNotEqualTo(THREE.from("2001:db8:1:3::1"));
        assertThat(THREE.from("192.0.2.1")).isNotEqualTo(THREE.from("192.0.2.2"));
        assertThat(THREE.from("0:0:0:0:0:0:0:1")).isEqualTo(THREE.from("::1"));
    }

    @Test
    void nothingIsCountedWhereOthersCannotSeeIt() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> limits.count(mine)))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void whatSucceedsDoesNotCount() {
        for (int i = 0; i < 10; i++) {
            Limits.Counted counted = limits.count(mine);
            assertThat(counted.tooMany()).isFalse();
            limits.forget(counted);
        }
        limits.count(mine);
        limits.count(mine);
        limits.count(mine);
        limits.forgetAll(mine);
        assertThat(limits.count(mine).tooMany()).isFalse();
    }

    @Test
    void manyAtOnceDoNotSlipPast() throws Exception {
        List<Callable<Limits.Counted>> all = Stream.generate(() -> (Callable<Limits.Counted>) () -> limits.count(mine))
                .limit(30)
                .toList();
        int through = 0;
        try (ExecutorService hands = Executors.newFixedThreadPool(10)) {
            for (Future<Limits.Counted> one : hands.invokeAll(all)) {
                through += one.get().tooMany() ? 0 : 1;
            }
        }
        assertThat(through).isLessThanOrEqualTo(3);
    }
}

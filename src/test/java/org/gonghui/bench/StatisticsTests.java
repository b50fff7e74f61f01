package org.gonghui.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The arithmetic of the benchmarks, and the JSON they read and write. */
class StatisticsTests {

    @Test
    void theMedianIsTheValueInTheMiddle() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
        assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3.0);
        assertThat(Statistics.median(List.of(7.0))).isEqualTo(7.0);
    }

    @Test
    void percentilesAreTakenByNearestRank() {
        int[] hundred = IntStream.rangeClosed(1, 100).toArray();
        assertThat(Statistics.percentile(hundred, 0.5)).isEqualTo(50);
        assertThat(Statistics.percentile(hundred, 0.99)).isEqualTo(99);
        assertThat(Statistics.percentile(hundred, 1)).isEqualTo(100);
        assertThat(Statistics.percentile(new int[] {3}, 0.5)).isEqualTo(3);
    }

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(() -> Statistics.median(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Statistics.percentile(new int[0], 0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSampleGrowsAndSorts() {
        var sample = new Statistics.Sample();
        IntStream.range(0, 50_000).map(i -> 50_000 - i).forEach(sample::add);
        assertThat(sample.sorted()).hasSize(50_000).isSorted();
    }

    @Test
    void jsonIsReadAndWritten() {
        assertThat(Json.rows("[ {\"name\":\"工\\u4f1a \\\"甲\\\"\",\"children\": 3, \"open\":true,\"none\":[]} , {} ]"))
                .containsExactly(
                        Map.of("name", "工会 \"甲\"", "children", 3.0, "open", true, "none", List.of()), Map.of());
        assertThat(Json.write(Map.of("bars", List.of("a\"b", 40_000, 0.51234567))))
                .isEqualTo("{\"bars\": [\"a\\\"b\", 40000, 0.51235]}");
    }

    @Test
    void whatIsNotJsonIsRefused() {
        for (String broken : List.of("", "[", "{\"a\"}", "[1,]", "\"open", "[1] 2", "<html>", "{a:1}")) {
            assertThatThrownBy(() -> Json.read(broken)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bars that tell the truth: the tallest fills the room, nothing is drawn as something, months to come are not due. */
class MonthChartTests {

    private static final long[] YEAR = {10, 0, 1, 40, 0, 0, 0, 0, 0, 0, 0, 0};

    @Test
    void theYearBeforeStandsBehindAndBothShareOneScale() {
        var before = new long[] {80, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        List<MonthChart.Month> months = new MonthChart(YEAR, Optional.of(before), 4, true).months(MonthChart.Size.WIDE);
        MonthChart.Bar ghost = months.getFirst().lastYear().orElseThrow();
        assertThat(ghost.height()).isEqualTo(MonthChart.Size.WIDE.tallest);
        assertThat(months.get(3).bar().height()).isEqualTo(MonthChart.Size.WIDE.tallest / 2);
        assertThat(months.get(1).lastYear().orElseThrow().height())
                .as("something is never drawn as nothing")
                .isEqualTo(2);
        assertThat(months.get(1).bar().height()).isZero();
        assertThat(ghost.x())
                .as("behind, to the left")
                .isLessThan(months.getFirst().bar().x());
    }

    @Test
    void monthsToComeAreNotDueAndTheRunningOneIsMarked() {
        var chart = new MonthChart(YEAR, Optional.empty(), 4, true);
        List<MonthChart.Month> months = chart.months(MonthChart.Size.NARROW);
        assertThat(months).hasSize(12);
        assertThat(months.get(4).due()).isFalse();
        assertThat(months.get(3).current()).isTrue();
        assertThat(months.getFirst().lastYear()).isEmpty();
        assertThat(chart.peak()).isEqualTo(4);
    }
}

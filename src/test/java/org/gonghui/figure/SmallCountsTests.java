package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From a total and the cells that are shown, no small count follows, nor that of several cells together. */
class SmallCountsTests {

    private static final int TABLES = 20_000;

    @Test
    void whatIsShownIsNeverSmallAndWhatIsHiddenIsNeverFoundOut() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int table = 0; table < TABLES; table++) {
            List<long[]> cells = cells(random);
            if (SmallCounts.isSmall(sum(cells, all(cells)))) {
                continue; // then the total is not shown, and none of its parts is
            }
            var anyway = new BitSet();
            IntStream.range(0, cells.size())
                    .filter(i -> random.nextInt(12) == 0)
                    .forEach(anyway::set);
            BitSet hidden = SmallCounts.hidden(cells, anyway);
            String what = "seed %d, table %d: %s hides %s"
                    .formatted(seed, table, cells.stream().map(Arrays::toString).toList(), hidden);
            for (int i = 0; i < cells.size(); i++) {
                assertThat(hidden.get(i) || !SmallCounts.isSmall(cells.get(i)))
                        .as(what)
                        .isTrue();
                assertThat(hidden.get(i) || !anyway.get(i)).as(what).isTrue();
            }
            assertThat(SmallCounts.isSmall(sum(cells, hidden))).as(what).isFalse();
            List<long[]> counting = hidden.stream()
                    .mapToObj(cells::get)
                    .filter(cell -> Arrays.stream(cell).sum() > 0)
                    .toList();
            if (counting.size() == 1) {
                assertThat(SmallCounts.isSmall(counting.getFirst())).as(what).isFalse();
                assertThat(all(cells).stream().allMatch(i -> hidden.get(i) || sum(cells, only(i))[0] == 0))
                        .as("%s: only when nothing else could be hidden", what)
                        .isTrue();
            }
        }
    }

    /** Hidden beside a shown total, each counts somebody: five hidden of five together are one each. */
    @Test
    void whatIsHiddenIsNotAsManyCellsAsPeople() {
        BitSet hidden = SmallCounts.hidden(
                List.of(cell(1), cell(1), cell(1), cell(1), cell(1), cell(7), cell(9)), new BitSet());
        assertThat(hidden.cardinality()).isGreaterThan(5);
        List<long[]> nobodyElse = Stream.of(1, 1, 1, 1, 1, 7, 9)
                .map(count -> new long[] {count, 0})
                .toList();
        assertThat(SmallCounts.hidden(nobodyElse, new BitSet())).isEqualTo(hidden);
        assertThat(SmallCounts.hidden(
                        List.of(cell(1), cell(1), cell(0), cell(1), cell(1), cell(1), cell(0)), new BitSet()))
                .as("nobody is left to hide among but those who count nobody")
                .isEqualTo(bits(0, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void theNextSmallestIsHiddenWithASmallOneAndNoMore() {
        assertThat(SmallCounts.hidden(List.of(cell(3), cell(90), cell(20), cell(0)), new BitSet()))
                .isEqualTo(bits(0, 2));
        assertThat(SmallCounts.hidden(List.of(cell(4), cell(2), cell(20)), new BitSet()))
                .as("one of two that are six together may be five")
                .isEqualTo(bits(0, 1));
        assertThat(SmallCounts.hidden(List.of(cell(3), cell(2), cell(20)), new BitSet()))
                .as("of two that are five together each is small")
                .isEqualTo(bits(0, 1, 2));
        assertThat(SmallCounts.hidden(List.of(cell(1), cell(2), cell(20)), new BitSet()))
                .isEqualTo(bits(0, 1, 2));
        assertThat(SmallCounts.hidden(List.of(cell(5), cell(90), cell(0)), new BitSet()))
                .isEqualTo(new BitSet());
    }

    /** Months, for example: the one small month is hidden with all of its year. */
    @Test
    void severalNumbersAreHiddenTogether() {
        assertThat(SmallCounts.hidden(
                        List.of(new long[] {9, 2}, new long[] {40, 0}, new long[] {60, 70}), new BitSet()))
                .as("the next has nothing in the second month, so the third is hidden too")
                .isEqualTo(bits(0, 1, 2));
    }

    private static List<long[]> cells(Random random) {
        int numbers = 1 + random.nextInt(3);
        List<long[]> cells = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            cells.add(IntStream.range(0, numbers)
                    .mapToLong(number -> random.nextInt(3) == 0 ? 0 : random.nextInt(random.nextBoolean() ? 8 : 40))
                    .toArray());
        }
        return cells;
    }

    private static long[] sum(List<long[]> cells, BitSet of) {
        var sum = new long[cells.getFirst().length];
        of.stream().forEach(i -> Arrays.setAll(sum, number -> sum[number] + cells.get(i)[number]));
        return sum;
    }

    private static BitSet all(List<long[]> cells) {
        var all = new BitSet();
        all.set(0, cells.size());
        return all;
    }

    private static BitSet only(int one) {
        return bits(one);
    }

    private static long[] cell(long... numbers) {
        return numbers;
    }

    private static BitSet bits(int... set) {
        var bits = new BitSet();
        Arrays.stream(set).forEach(bits::set);
        return bits;
    }
}

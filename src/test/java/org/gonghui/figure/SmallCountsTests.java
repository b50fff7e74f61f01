package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a total and the cells that are shown, no small count follows, even for whoever knows the rule. */
class SmallCountsTests {

    private static final int TABLES = 20_000;

    @Test
    void whatIsShownIsNeverSmallAndNeitherIsWhatIsHiddenTogether() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int table = 0; table < TABLES; table++) {
            List<long[]> cells = cells(random);
            if (SmallCounts.isSmall(sum(cells, all(cells)))) {
                continue; // then the total is not shown, and none of its parts is
            }
            var anyway = new BitSet();
            IntStream.range(0, cells.size() - 1)
                    .filter(i -> random.nextInt(12) == 0)
                    .forEach(anyway::set);
            BitSet hidden = SmallCounts.hidden(cells, cells.size() - 1, anyway);
            String what = "seed %d, table %d: %s hides %s"
                    .formatted(seed, table, cells.stream().map(Arrays::toString).toList(), hidden);
            for (int i = 0; i < cells.size(); i++) {
                assertThat(hidden.get(i) || !SmallCounts.isSmall(cells.get(i)))
                        .as(what)
                        .isTrue();
                assertThat(hidden.get(i) || !anyway.get(i)).as(what).isTrue();
            }
            assertThat(SmallCounts.isSmall(sum(cells, hidden))).as(what).isFalse();
        }
    }

    /** Every table of these sizes: of all that look alike, each hidden cell counts nobody in one at least. */
    @ParameterizedTest
    @CsvSource({"3, 13", "4, 11", "5, 8", "6, 7"})
    void behindAHiddenCellMayBeNobody(int parts, int most) {
        looks(parts, most).forEach((look, tables) -> {
            for (int i = 0; i < parts; i++) {
                int at = i;
                assertThat(look.shown().get(i) != null || tables.stream().anyMatch(table -> table[at] == 0))
                        .as("%s, part %d, %d tables", look, i, tables.size())
                        .isTrue();
            }
        });
    }

    @Test
    void ofTwoPartsNeitherIsKnown() {
        looks(2, 40).forEach((look, tables) -> {
            if (look.shown().contains(null)) {
                assertThat(look.shown()).containsExactly(null, null);
                assertThat(tables.stream().map(table -> table[0]))
                        .as("%s", look)
                        .hasSizeGreaterThanOrEqualTo(4)
                        .doesNotHaveDuplicates();
            }
        });
    }

    /** What a reader sees of a table: its parts, null where one is hidden, and what the hidden ones are together. */
    private record Look(List<@Nullable Long> shown, long left) {}

    /** The tables of so many parts, each up to so many people, whose total may be shown, by what is seen of them. */
    private static Map<Look, List<long[]>> looks(int parts, int most) {
        Map<Look, List<long[]>> looks = new HashMap<>();
        var table = new long[parts];
        do {
            List<long[]> cells = Stream.concat(
                            Arrays.stream(table).mapToObj(SmallCountsTests::cell), Stream.of(cell(0)))
                    .toList();
            BitSet hidden = SmallCounts.hidden(cells, parts, new BitSet());
            long left = hidden.stream().mapToLong(i -> cells.get(i)[0]).sum();
            // Of more, not all tables that look alike are among these.
            if (left <= most && !SmallCounts.isSmall(Arrays.stream(table).sum())) {
                List<@Nullable Long> shown = IntStream.range(0, parts)
                        .mapToObj(i -> hidden.get(i) ? null : cells.get(i)[0])
                        .toList();
                looks.computeIfAbsent(new Look(shown, left), look -> new ArrayList<>())
                        .add(table.clone());
            }
        } while (next(table, most));
        return looks;
    }

    private static boolean next(long[] table, int most) {
        for (int i = 0; i < table.length; i++) {
            if (table[i] < most) {
                table[i]++;
                return true;
            }
            table[i] = 0;
        }
        return false;
    }

    @Test
    void threeBesideEachOtherAreHiddenForASmallOne() {
        assertThat(hidden(3, 90, 20, 50, 60, 70)).isEqualTo(bits(0, 1, 2));
        assertThat(hidden(50, 60, 70, 80, 20, 4)).as("with the rest").isEqualTo(bits(3, 4, 5, 6));
        assertThat(hidden(50, 60, 70, 80, 20, 0)).isEqualTo(bits());
    }

    @Test
    void theThreeOfTheFewestAreHiddenWithThoseThatAreSmallTogether() {
        assertThat(hidden(3, 0, 0, 50, 60, 70, 7, 8, 9, 0, 0, 0)).isEqualTo(bits(0, 1, 2, 6, 7, 8));
        assertThat(hidden(3, 0, 2, 50, 60, 70)).isEqualTo(bits(0, 1, 2));
    }

    /** Months, for example: the one small month is hidden with all of its year. */
    @Test
    void severalNumbersAreHiddenTogether() {
        assertThat(SmallCounts.hidden(
                        List.of(
                                new long[] {9, 2},
                                new long[] {40, 0},
                                new long[] {60, 0},
                                new long[] {60, 70},
                                new long[] {60, 70},
                                new long[] {60, 70},
                                new long[] {0, 0}),
                        6,
                        new BitSet()))
                .as("the first three have two together in the second month, so the others are hidden too")
                .isEqualTo(bits(0, 1, 2, 3, 4, 5, 6));
    }

    private static BitSet hidden(long... parts) {
        List<long[]> cells = Stream.concat(Arrays.stream(parts).mapToObj(SmallCountsTests::cell), Stream.of(cell(0)))
                .toList();
        return SmallCounts.hidden(cells, parts.length, new BitSet());
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

    private static long[] cell(long... numbers) {
        return numbers;
    }

    private static BitSet bits(int... set) {
        var bits = new BitSet();
        Arrays.stream(set).forEach(bits::set);
        return bits;
    }
}

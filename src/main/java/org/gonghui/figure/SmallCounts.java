package org.gonghui.figure;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which cells of a table are hidden because they count so few people that they point at them. A cell may be several numbers
 * that are shown or hidden together.
 */
final class SmallCounts {

    /** From so many people on a number is shown; none at all is shown too. */
    static final int FEWEST = 5;

    private SmallCounts() {}

    /** True when one of these numbers counts somebody, but fewer than five. */
    static boolean isSmall(long... cell) {
        return Arrays.stream(cell).anyMatch(number -> number > 0 && number < FEWEST);
    }

    /**
     * The cells to hide of a table whose total is shown: the small ones, and the next smallest with them, until what is left
     * of the total when the shown ones are taken away is neither one cell, nor small, nor so little for so many cells that
     * each of them must be small. Where all that count somebody are not enough, those that count nobody are hidden with them.
     *
     * @param cells as many numbers each
     * @param hiddenAnyway cells that are not shown for another reason
     */
    static BitSet hidden(List<long[]> cells, BitSet hiddenAnyway) {
        var hidden = (BitSet) hiddenAnyway.clone();
        IntStream.range(0, cells.size()).filter(i -> isSmall(cells.get(i))).forEach(hidden::set);
        List<Integer> bySize = IntStream.range(0, cells.size())
                .filter(i -> !hidden.get(i) && sum(cells.get(i)) != 0)
                .boxed()
                .sorted(Comparator.comparingLong(i -> sum(cells.get(i))))
                .toList();
        for (int next : bySize) {
            if (!isFoundOut(cells, hidden)) {
                break;
            }
            hidden.set(next);
        }
        if (isFoundOut(cells, hidden)) { // nobody else is left to hide among but those who count nobody
            IntStream.range(0, cells.size()).filter(i -> sum(cells.get(i)) == 0).forEach(hidden::set);
        }
        return hidden;
    }

    /** True when the total less the shown cells is one cell's number, or leaves each of them small. */
    private static boolean isFoundOut(List<long[]> cells, BitSet hidden) {
        List<long[]> counting = hidden.stream()
                .mapToObj(cells::get)
                .filter(cell -> sum(cell) != 0)
                .toList();
        long[] together = counting.stream().reduce(new long[0], SmallCounts::plus);
        return counting.size() == 1 || isSmall(mostOfOne(together, counting.size()));
    }

    /** The most that one of so many cells can count of each number: each cell counts somebody, of one kind or another. */
    private static long[] mostOfOne(long[] together, int cells) {
        long everybody = sum(together);
        return Arrays.stream(together)
                .map(number -> {
                    long othersWithIt = Math.max(0, cells - 1 - (everybody - number));
                    return number - othersWithIt;
                })
                .toArray();
    }

    private static long[] plus(long[] one, long[] other) {
        return one.length == 0
                ? other
                : IntStream.range(0, one.length)
                        .mapToLong(i -> one[i] + other[i])
                        .toArray();
    }

    private static long sum(long[] cell) {
        return Arrays.stream(cell).sum();
    }
}

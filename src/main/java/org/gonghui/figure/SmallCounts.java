package org.gonghui.figure;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which cells of a table are hidden because they count so few people that they point at them. A cell may be several numbers
 * that are shown or hidden together.
 *
 * <p>Cells are hidden by threes that stand beside each other, whatever they count. All that decides about three is whether a
 * small number is among them and what they count together; so they could be exchanged, or one of them could count nobody,
 * and the same would be hidden. Whoever knows this rule, the total and every shown cell can therefore not tell of a hidden
 * one that it counts anybody.
 */
final class SmallCounts {

    /** From so many people on a number is shown; none at all is shown too. */
    static final int FEWEST = 5;

    /** So many cells at least are hidden together. */
    static final int TOGETHER = 3;

    private SmallCounts() {}

    /** True when one of these numbers counts somebody, but fewer than five. */
    static boolean isSmall(long... cell) {
        return Arrays.stream(cell).anyMatch(number -> number > 0 && number < FEWEST);
    }

    /**
     * The cells to hide of a table whose total is shown: those among three of which one is small, and then the next three of
     * the fewest people, until what is left of the total when the shown ones are taken away is not small either. If the
     * table has fewer than three parts, both are hidden or none; their numbers do not follow, but that they are not zero may.
     *
     * @param cells as many numbers each, in an order that has nothing to do with them; after the parts what none of them
     *     counts, which is hidden with the last three
     * @param parts how many of the cells are parts
     * @param hiddenAnyway cells that are not shown for another reason
     */
    static BitSet hidden(List<long[]> cells, int parts, BitSet hiddenAnyway) {
        List<Three> threes = IntStream.range(0, Math.max(1, parts / TOGETHER))
                .mapToObj(i -> three(i, cells, parts, hiddenAnyway))
                .toList();
        var hidden = new BitSet();
        threes.stream().filter(Three::isHidden).forEach(three -> hidden.set(three.from, three.to));
        while (isSmall(sum(hidden.stream().mapToObj(cells::get).toList()))) {
            Optional<Three> next = threes.stream()
                    .filter(three -> !hidden.get(three.from) && three.people() != 0)
                    .min(Comparator.comparingLong(Three::people));
            if (next.isEmpty()) {
                break; // the total itself is small, and so not shown
            }
            hidden.set(next.get().from, next.get().to);
        }
        return hidden;
    }

    private static Three three(int at, List<long[]> cells, int parts, BitSet hiddenAnyway) {
        int from = at * TOGETHER;
        boolean isLast = from + 2 * TOGETHER > parts;
        int to = isLast ? cells.size() : from + TOGETHER;
        List<long[]> own = cells.subList(from, to);
        int anyway = hiddenAnyway.nextSetBit(from);
        return new Three(
                from, to, own.stream().anyMatch(SmallCounts::isSmall) || (anyway >= 0 && anyway < to), sum(own));
    }

    /** Cells that are shown or hidden together: three, and of the last ones up to five. */
    private record Three(int from, int to, boolean isHidden, long[] together) {

        long people() {
            return Arrays.stream(together).sum();
        }
    }

    private static long[] sum(List<long[]> cells) {
        return cells.stream()
                .reduce((one, other) -> IntStream.range(0, one.length)
                        .mapToLong(i -> one[i] + other[i])
                        .toArray())
                .orElse(new long[0]);
    }
}

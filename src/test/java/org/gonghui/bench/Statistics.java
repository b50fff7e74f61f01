package org.gonghui.bench;

import java.util.Arrays;
import java.util.Collection;

/** Medians and percentiles. */
final class Statistics {

    private Statistics() {}

    /** The middle value, of an even number of values the mean of the two in the middle. */
    static double median(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * The smallest value that at least this share of the values does not exceed (nearest rank).
     *
     * @param sorted ascending
     * @param share above 0, at most 1
     */
    static int percentile(int[] sorted, double share) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** Values as they come, many of them. */
    static final class Sample {

        private int[] values = new int[1 << 14];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        int size() {
            return size;
        }

        void addAll(Sample other) {
            for (int i = 0; i < other.size; i++) {
                add(other.values[i]);
            }
        }

        int[] sorted() {
            int[] sorted = Arrays.copyOf(values, size);
            Arrays.sort(sorted);
            return sorted;
        }
    }
}

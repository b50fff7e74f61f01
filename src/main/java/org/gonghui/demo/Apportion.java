package org.gonghui.demo;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Shares a whole number out by weight so that the shares add up to it exactly (largest remainders). */
final class Apportion {

    private Apportion() {}

    static int[] of(int total, double[] weights) {
        double sum = Arrays.stream(weights).sum();
        int[] shares = new int[weights.length];
        if (total == 0 || sum == 0) {
            return shares;
        }
        double[] remainders = new double[weights.length];
        int given = 0;
        for (int i = 0; i < weights.length; i++) {
            double exact = total * weights[i] / sum;
            shares[i] = (int) exact;
            remainders[i] = exact - shares[i];
            given += shares[i];
        }
        int[] byRemainder = IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -remainders[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; given < total; i = (i + 1) % byRemainder.length) {
            if (weights[byRemainder[i]] > 0) {
                shares[byRemainder[i]]++;
                given++;
            }
        }
        return shares;
    }
}

package org.gonghui.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The index finds exactly what a plain look at every line finds. */
class HaystackTests {

    private static final String LETTERS = "abc工会东桥";

    @Test
    void itFindsWhatALookAtEveryLineFinds() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<String> lines = words(random, random.nextInt(40), 12);
            var haystack = new Haystack(lines);
            for (String needle : words(random, 40, 5)) {
                int from = random.nextInt(lines.size() + 1);
                int to = from + random.nextInt(lines.size() - from + 1);
                int atMost = 1 + random.nextInt(10);
                String lookedFor = random.nextInt(3) == 0 ? Haystack.RECORD + needle : needle;
                if (lookedFor.isEmpty()) {
                    continue;
                }
                Set<Integer> found = new LinkedHashSet<>();
                haystack.collect(lookedFor, from, to, found, atMost);
                assertThat(found)
                        .as("seed %s, %s in %s from %s to %s", seed, lookedFor, lines, from, to)
                        .containsExactlyElementsOf(plainly(lines, lookedFor, from, to, atMost));
            }
        }
    }

    @Test
    void nothingIsFoundInNothing() {
        Set<Integer> found = new LinkedHashSet<>();
        new Haystack(List.of()).collect("工会", 0, 0, found, 10);
        assertThat(found).isEmpty();
    }

    private static List<Integer> plainly(List<String> lines, String needle, int from, int to, int atMost) {
        List<Integer> found = new ArrayList<>();
        for (int i = from; i < to && found.size() < atMost; i++) {
            if ((Haystack.RECORD + lines.get(i)).contains(needle)) {
                found.add(i);
            }
        }
        return found;
    }

    private static List<String> words(Random random, int count, int longest) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var word = new StringBuilder();
            for (int length = random.nextInt(longest + 1); length > 0; length--) {
                word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            words.add(word.toString());
        }
        return words;
    }
}

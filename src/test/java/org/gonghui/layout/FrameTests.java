package org.gonghui.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FrameTests {

    @Test
    void countsAreGroupedAsBothLanguagesDo() {
        long seed = System.nanoTime();
        LongStream anywhere = new Random(seed).longs(1_000).map(count -> count >> (count & 63));
        LongStream.concat(LongStream.of(0, 7, -7, 999, -999, 1_000, -1_000, Long.MAX_VALUE, Long.MIN_VALUE), anywhere)
                .forEach(count -> {
                    for (Language language : Language.values()) {
                        assertThat(Frame.grouped(count))
                                .as("seed %d", seed)
                                .isEqualTo(String.format(language.locale(), "%,d", count));
                    }
                });
    }
}

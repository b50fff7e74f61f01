package org.gonghui.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnionPathTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "00001.",
                "00001.1",
                "00001/00002",
                "00001.00001.00001.00001.00001.00001.00001.00001.00001"
            })
    void anythingElseIsNoPath(String text) {
        assertThatThrownBy(() -> new UnionPath(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChildIsOneLevelDeeperAndIsCovered() {
        UnionPath district = UnionPath.root().child(5);
        assertThat(district.value()).isEqualTo("00001.00005");
        assertThat(district.depth()).isEqualTo(2);
        assertThat(UnionPath.root().covers(district)).isTrue();
        assertThat(district.covers(UnionPath.root())).isFalse();
        assertThat(district.covers(district)).isTrue();
        assertThatThrownBy(() -> district.child(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> district.child(100_000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void superiorsStandInThePath() {
        UnionPath base = UnionPath.root().child(5).child(12).child(7);
        assertThat(base.upTo(3).value()).isEqualTo("00001.00005.00012");
        assertThat(UnionPath.root().child(5).upTo(3).value()).isEqualTo("00001.00005");
    }

    /** The law the database relies on: a subtree is exactly one range of paths in byte order. */
    @Test
    void aSubtreeIsOneRange() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            UnionPath a = path(random);
            UnionPath b = path(random);
            boolean inRange = b.value().compareTo(a.low()) >= 0 && b.value().compareTo(a.high()) < 0;
            assertThat(inRange).as("seed %d: %s covers %s", seed, a, b).isEqualTo(a.covers(b));
        }
    }

    private static UnionPath path(Random random) {
        UnionPath path = UnionPath.root();
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            path = path.child(1 + random.nextInt(3) * 9);
        }
        return path;
    }
}

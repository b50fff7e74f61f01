package org.gonghui.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.junit.jupiter.api.Test;

/** The tree in memory against the plainest computation of the same, over random trees. */
class TreeSnapshotTests {

    private static final String[] NAMES = {"东桥街道总工会", "云帆科技有限公司工会", "河湾镇总工会", "AB物流工会", "东方云工会"};

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<UnionStore.Node> nodes = randomTree();
    private final TreeSnapshot tree = TreeSnapshot.of(LocalDate.of(2023, 12, 28), nodes);
    private final Reach all = new Reach(List.of(UnionPath.root()));

    @Test
    void belowChildrenAndAboveAreRight() {
        for (UnionStore.Node node : nodes) {
            UnionSummary union = tree.find(node.id(), all).orElseThrow();
            assertThat(union.below())
                    .as("seed %d", seed)
                    .isEqualTo((int) nodes.stream()
                                    .filter(other -> node.path().covers(other.path()))
                                    .count()
                            - 1);
            assertThat(tree.children(union))
                    .as("seed %d", seed)
                    .extracting(UnionSummary::id)
                    .containsExactlyElementsOf(nodes.stream()
                            .filter(other -> node.path().covers(other.path())
                                    && other.path().depth() == node.path().depth() + 1)
                            .map(UnionStore.Node::id)
                            .toList());
            assertThat(union.children()).isEqualTo(tree.children(union).size());
            assertThat(tree.above(union))
                    .as("seed %d", seed)
                    .extracting(UnionSummary::id)
                    .containsExactlyElementsOf(nodes.stream()
                            .filter(other -> other.path().covers(node.path())
                                    && !other.id().equals(node.id()))
                            .map(UnionStore.Node::id)
                            .toList());
        }
    }

    @Test
    void searchFindsWhatIsWithinReachAndNothingElse() {
        for (int i = 0; i < 300; i++) {
            Reach reach =
                    new Reach(List.of(nodes.get(random.nextInt(nodes.size())).path()));
            String needle = piece();
            List<UnionId> expected = nodes.stream()
                    .filter(node -> reach.covers(node.path()) && matches(node, needle))
                    .map(UnionStore.Node::id)
                    .toList();
            assertThat(tree.search(needle, reach, Integer.MAX_VALUE))
                    .as("seed %d, %s", seed, needle)
                    .extracting(UnionSummary::id)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(tree.search(needle, reach, 3)).hasSize(Math.min(3, expected.size()));
        }
    }

    @Test
    void whatBeginsWithTheWordComesFirst() {
        List<UnionSummary> hits = tree.search("dong", all, Integer.MAX_VALUE);
        List<Boolean> begins =
                hits.stream().map(hit -> hit.name().startsWith("东")).toList();
        assertThat(begins).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void nobodyFindsAnythingWithoutReach() {
        Reach none = new Reach(List.of());
        assertThat(tree.search("工会", none, 10)).isEmpty();
        assertThat(tree.tops(none)).isEmpty();
        assertThat(tree.find(nodes.getFirst().id(), none)).isEmpty();
    }

    @Test
    void nothingLookedForFindsNothing() {
        assertThat(tree.search("  　", all, 10)).isEmpty();
    }

    @Test
    void aReachWithinAnotherAddsNoSecondTop() {
        UnionPath root = UnionPath.root();
        assertThat(tree.tops(new Reach(List.of(root, nodes.getLast().path())))).hasSize(1);
    }

    @Test
    void aUnionTakenFromAnEarlierTreeIsLookedUpInThisOne() {
        TreeSnapshot earlier = TreeSnapshot.of(LocalDate.of(2023, 12, 28), nodes.subList(0, 1));
        UnionSummary city = earlier.find(nodes.getFirst().id(), all).orElseThrow();
        assertThat(city.children()).isZero();
        assertThat(tree.children(city))
                .hasSize(tree.find(city.id(), all).orElseThrow().children());
        UnionSummary last = tree.find(nodes.getLast().id(), all).orElseThrow();
        assertThat(earlier.children(last)).isEmpty();
        assertThat(earlier.above(last)).isEmpty();
    }

    private static boolean matches(UnionStore.Node node, String needle) {
        String lower = needle.toLowerCase(Locale.ROOT);
        boolean latin = lower.chars().allMatch(c -> c < 0x80);
        return node.name().toLowerCase(Locale.ROOT).contains(lower)
                || node.shortName().toLowerCase(Locale.ROOT).contains(lower)
                || node.code().contains(lower)
                || (latin && (node.pinyin().contains(lower) || node.initials().contains(lower)));
    }

    private String piece() {
        String name = NAMES[random.nextInt(NAMES.length)];
        return switch (random.nextInt(4)) {
            case 0 -> name.substring(random.nextInt(name.length() - 2));
            case 1 -> Spelling.of(name).initials().substring(0, 2);
            case 2 -> Spelling.of(name).pinyin().substring(0, 5);
            default -> Integer.toString(random.nextInt(200));
        };
    }

    private List<UnionStore.Node> randomTree() {
        List<UnionPath> paths = new ArrayList<>(List.of(UnionPath.root()));
        int[] children = new int[400];
        while (paths.size() < 200) {
            int parent = random.nextInt(paths.size());
            if (paths.get(parent).depth() < UnionPath.DEEPEST) {
                children[parent] += 1 + random.nextInt(2);
                paths.add(paths.get(parent).child(children[parent]));
            }
        }
        return paths.stream()
                .sorted()
                .map(path -> {
                    String name = NAMES[random.nextInt(NAMES.length)];
                    Spelling spelling = Spelling.of(name);
                    return new UnionStore.Node(
                            new UnionId(UUID.randomUUID()),
                            Integer.toString(100_000 + random.nextInt(900_000)),
                            UnionKind.BASE_UNION,
                            name,
                            name.substring(0, 2),
                            spelling.pinyin(),
                            spelling.initials(),
                            path,
                            false,
                            false,
                            LocalDate.of(2000, 1, 1));
                })
                .toList();
    }
}

package org.gonghui.org;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;

/**
 * The whole tree of one day, immutable. Unions stand in the order of their paths, which is the order of a walk that
 * visits each union before those below it: a subtree is one run of positions, and its names one run of a long text, so
 * that searching a part of the tree is one scan of one string.
 */
final class TreeSnapshot {

    private static final char WORD = '\t';

    private final LocalDate day;
    private final UnionSummary[] unions;
    private final int[] parent;
    private final Map<UnionId, Integer> positions;
    private final Map<UnionId, UnionSummary> dissolved;
    private final Map<String, UnionSummary> byCode;
    private final Haystack written;
    private final Haystack spelt;

    private TreeSnapshot(LocalDate day, List<UnionStore.Node> every) {
        this.day = day;
        List<UnionStore.Node> nodes =
                every.stream().filter(node -> !node.dissolved()).toList();
        dissolved = every.stream()
                .filter(UnionStore.Node::dissolved)
                .collect(Collectors.toUnmodifiableMap(UnionStore.Node::id, node -> summary(node, 0, 0)));
        int size = nodes.size();
        unions = new UnionSummary[size];
        parent = new int[size];
        positions = HashMap.newHashMap(size);
        byCode = HashMap.newHashMap(size);
        int[] end = new int[size];
        int[] children = new int[size];
        var open = new ArrayList<Integer>();
        for (int i = 0; i < size; i++) {
            UnionPath path = nodes.get(i).path();
            while (!open.isEmpty() && !nodes.get(open.getLast()).path().covers(path)) {
                end[open.removeLast()] = i;
            }
            parent[i] = open.isEmpty() ? -1 : open.getLast();
            if (parent[i] >= 0) {
                children[parent[i]]++;
            }
            open.add(i);
            positions.put(nodes.get(i).id(), i);
        }
        open.forEach(i -> end[i] = size);
        for (int i = 0; i < size; i++) {
            unions[i] = summary(nodes.get(i), end[i] - i - 1, children[i]);
        }
        for (UnionSummary union : unions) {
            byCode.put(union.code(), union);
        }
        dissolved.values().forEach(union -> at(union.path()).ifPresent(heir -> byCode.put(union.code(), heir)));
        written = haystack(nodes, node -> node.name() + WORD + node.shortName() + WORD + node.code());
        spelt = haystack(nodes, node -> node.initials() + WORD + node.pinyin());
    }

    /** A union below which nothing stands. */
    static UnionSummary alone(UnionStore.Node node) {
        return summary(node, 0, 0);
    }

    private static UnionSummary summary(UnionStore.Node node, int below, int children) {
        return new UnionSummary(
                node.id(),
                node.code(),
                node.kind(),
                node.name(),
                node.shortName(),
                node.path(),
                node.forNewForm(),
                node.dissolved(),
                node.foundedOn(),
                below,
                children);
    }

    private static Haystack haystack(List<UnionStore.Node> nodes, Function<UnionStore.Node, String> line) {
        return new Haystack(nodes.stream()
                .map(node -> line.apply(node).toLowerCase(Locale.ROOT).replace(" ", ""))
                .toList());
    }

    static TreeSnapshot of(LocalDate day, List<UnionStore.Node> nodes) {
        return new TreeSnapshot(day, nodes);
    }

    static TreeSnapshot empty() {
        return new TreeSnapshot(LocalDate.MIN, List.of());
    }

    LocalDate day() {
        return day;
    }

    int size() {
        return unions.length;
    }

    /** The union of this id if the reach covers it. */
    Optional<UnionSummary> find(UnionId id, Reach reach) {
        return Optional.ofNullable(positions.get(id)).map(at -> unions[at]).filter(union -> reach.covers(union.path()));
    }

    /** The union of this id, for showing a name beside a record that the reader may see; a dissolved one too. */
    Optional<UnionSummary> find(UnionId id) {
        return Optional.ofNullable(positions.get(id)).map(at -> unions[at]).or(() -> ended(id));
    }

    /** A union that is no more, at the place of whoever has its records. */
    Optional<UnionSummary> ended(UnionId id) {
        return Optional.ofNullable(dissolved.get(id));
    }

    /** The union that stands at a path. */
    Optional<UnionSummary> at(UnionPath path) {
        int at = firstAt(path);
        return at < unions.length && unions[at].path().equals(path) ? Optional.of(unions[at]) : Optional.empty();
    }

    /** The union of this code, or whoever took over from it, whoever asks: codes stand on posters. */
    Optional<UnionSummary> byCode(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** The unions directly below, in the order of the tree. */
    List<UnionSummary> children(UnionSummary of) {
        Integer at = positions.get(of.id());
        if (at == null) {
            return List.of();
        }
        UnionSummary here = unions[at]; // the one given may come from a tree that has changed since
        var children = new ArrayList<UnionSummary>(here.children());
        for (int i = at + 1; i <= at + here.below(); i += unions[i].below() + 1) {
            children.add(unions[i]);
        }
        return children;
    }

    /** The union and everything below it, in the order of the tree. */
    List<UnionSummary> subtree(UnionSummary of) {
        Integer at = positions.get(of.id());
        return at == null ? List.of() : Arrays.asList(unions).subList(at, at + unions[at].below() + 1);
    }

    /** The unions above, the city first. */
    List<UnionSummary> above(UnionSummary of) {
        var above = new ArrayList<UnionSummary>();
        Integer at = positions.get(of.id());
        for (int i = at == null ? -1 : parent[at]; i >= 0; i = parent[i]) {
            above.addFirst(unions[i]);
        }
        return above;
    }

    /** The highest unions that the reach covers: where its owner's view of the tree begins. */
    List<UnionSummary> tops(Reach reach) {
        return reach.parts().stream()
                .filter(part -> reach.parts().stream().noneMatch(other -> !other.equals(part) && other.covers(part)))
                .map(this::firstAt)
                .filter(at -> at < unions.length)
                .map(at -> unions[at])
                .filter(union -> reach.covers(union.path()))
                .toList();
    }

    /**
     * Unions whose name, short name, code, pinyin or initials contain what is looked for, best first: those that begin
     * with it, then the others, in the order of the tree.
     */
    List<UnionSummary> search(String lookedFor, Reach reach, int atMost) {
        String needle = CleanText.line(lookedFor).toLowerCase(Locale.ROOT).replace(" ", "");
        if (needle.isEmpty()) {
            return List.of();
        }
        boolean latin = needle.chars().allMatch(c -> c < 0x80);
        Set<Integer> found = new LinkedHashSet<>();
        for (char before : new char[] {Haystack.RECORD, WORD, 0}) {
            String prefixed = before == 0 ? needle : before + needle;
            for (UnionPath part : reach.parts()) {
                int from = firstAt(part);
                int to = firstAt(part.high());
                written.collect(prefixed, from, to, found, atMost);
                if (latin) {
                    spelt.collect(prefixed, from, to, found, atMost);
                }
            }
            if (found.size() >= atMost) {
                break;
            }
        }
        return found.stream().limit(atMost).map(at -> unions[at]).toList();
    }

    private int firstAt(UnionPath path) {
        return firstAt(path.low());
    }

    /** The position of the first union whose path is not before this text. */
    private int firstAt(String path) {
        int at = Arrays.binarySearch(unions, path, (a, b) -> text(a).compareTo(text(b)));
        return at >= 0 ? at : -at - 1;
    }

    private static String text(Object unionOrPath) {
        return unionOrPath instanceof UnionSummary union ? union.path().value() : (String) unionOrPath;
    }
}

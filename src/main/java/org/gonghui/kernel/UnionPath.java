package org.gonghui.kernel;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where a union stands in the tree: five digits a level, at most eight levels, {@code 00001.00005.00105}. Sorted as
 * bytes (collate "C") a subtree is one range, {@code low <= path < high}. A part is never used again.
 */
public record UnionPath(String value) implements Comparable<UnionPath> {

    /** Levels that a path may have. */
    public static final int DEEPEST = 8;

    private static final int PART = 5;
    private static final Pattern FORM = Pattern.compile("\\d{5}(\\.\\d{5}){0,7}");

    public UnionPath {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a union path: " + value);
        }
    }

    /** The path of the city federation, the root of the tree. */
    public static UnionPath root() {
        return new UnionPath("00001");
    }

    /** The path of the child with this number below this union, 1 to 99,999. */
    public UnionPath child(int number) {
        if (number < 1 || number > 99_999) {
            throw new IllegalArgumentException("no such child number: " + number);
        }
        return new UnionPath(value + "." + "%05d".formatted(number));
    }

    /** 1 for the city federation, 2 for a district, 3 for a street, and so on. */
    public int depth() {
        return (value.length() + 1) / (PART + 1);
    }

    /** The paths of the union and of all above it, the highest first. */
    public List<UnionPath> lineage() {
        return IntStream.rangeClosed(1, depth()).mapToObj(this::upTo).toList();
    }

    /** The superior of this depth: itself, if it stands at or above it. */
    public UnionPath upTo(int depth) {
        return depth() <= depth ? this : new UnionPath(value.substring(0, depth * (PART + 1) - 1));
    }

    /** True for this union itself and every union below it. */
    public boolean covers(UnionPath other) {
        return other.value.equals(value) || other.value.startsWith(value + ".");
    }

    /** The first path of the subtree, included. */
    public String low() {
        return value;
    }

    /** The end of the subtree, excluded: '/' is the byte after '.'. */
    public String high() {
        return value + "/";
    }

    @Override
    public int compareTo(UnionPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package org.gonghui.kernel;

import java.util.List;

/**
 * The parts of the tree over which an actor holds a right: what a query is given so that it returns nothing from
 * outside. Empty means no rows.
 */
public record Reach(List<UnionPath> parts) {

    public Reach {
        parts = List.copyOf(parts);
    }

    /** The whole tree, for what the platform itself must know. */
    public static Reach everywhere() {
        return new Reach(List.of(UnionPath.root()));
    }

    /** True when the union at this path lies within one of the parts. */
    public boolean covers(UnionPath path) {
        return parts.stream().anyMatch(part -> part.covers(path));
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The first path of each part, included; for {@code unnest} beside {@link #highs()}. */
    public String[] lows() {
        return parts.stream().map(UnionPath::low).toArray(String[]::new);
    }

    /** The end of each part, excluded. */
    public String[] highs() {
        return parts.stream().map(UnionPath::high).toArray(String[]::new);
    }
}

package org.gonghui.org;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The tree as it stood on a day, for one reader and one right: whoever answers for a union today sees what stood below it
 * then.
 */
public final class TreeView {

    private final TreeSnapshot tree;
    private final Reach reach;
    private final LocalDate lastMove;

    private TreeView(TreeSnapshot tree, Reach reach, LocalDate lastMove) {
        this.tree = tree;
        this.reach = reach;
        this.lastMove = lastMove;
    }

    static TreeView of(Tree trees, Actor actor, Right right, LocalDate day) {
        TreeSnapshot today = trees.today();
        TreeSnapshot then = trees.on(day);
        Reach reach = actor.reach(right);
        Reach reachThen = new Reach(reach.parts().stream()
                .flatMap(part -> today.at(part).stream())
                .flatMap(union -> then.find(union.id()).stream())
                .filter(union -> !union.dissolved())
                .map(UnionSummary::path)
                .toList());
        return new TreeView(then, reachThen, trees.lastMove());
    }

    /** The day whose tree it is. */
    public LocalDate day() {
        return tree.day();
    }

    /** What the reader reached on that tree, in the paths of that day. */
    public Reach reach() {
        return reach;
    }

    /** True when every union that stood then stands there today. */
    public boolean isAsToday() {
        return hasStoodSince(tree.day());
    }

    /** True when no union has changed its place since the end of a day. */
    public boolean hasStoodSince(LocalDate day) {
        return !lastMove.isAfter(day);
    }

    /** How this tree is asked for where a year or a part of it is listed; null when any tree since then shows the same. */
    public @Nullable String asked(int year) {
        return hasStoodSince(LocalDate.of(year - 1, 1, 1)) ? null : tree.day().toString();
    }

    /** The union of this id as it was, if the reader reaches it. */
    public UnionSummary get(UnionId id) {
        return tree.find(id, reach).orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
    }

    /** The same; empty when it was not there or is out of reach. */
    public Optional<UnionSummary> find(UnionId id) {
        return tree.find(id, reach);
    }

    /** What the frame of a desk page shows of a union on this tree. */
    public Scope scope(UnionSummary union) {
        return new Scope(union.id(), union.name(), union.below(), tree.day());
    }

    /** The unions directly below one. */
    public List<UnionSummary> children(UnionSummary union) {
        return tree.children(union);
    }

    /** A union and everything below it, in the order of the tree. */
    public List<UnionSummary> subtree(UnionSummary union) {
        return tree.subtree(union);
    }

    /** The unions above one as far up as the reader reaches, the highest first. */
    public List<UnionSummary> above(UnionSummary union) {
        return tree.above(union).stream()
                .filter(each -> reach.covers(each.path()))
                .toList();
    }
}

package org.gonghui.org;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.layout.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The tree as it stood on a day, or will stand by what is planned, for one reader and one right: whoever answers for a union
 * today sees what stood below it then.
 */
public final class TreeView {

    private final TreeSnapshot today;
    private final TreeSnapshot tree;
    private final Reach reach;
    private final Reach reachToday;
    private final LocalDate lastMove;

    private TreeView(TreeSnapshot today, TreeSnapshot tree, Reach reach, Reach reachToday, LocalDate lastMove) {
        this.today = today;
        this.tree = tree;
        this.reach = reach;
        this.reachToday = reachToday;
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
        return new TreeView(today, then, reachThen, reach, trees.lastMove());
    }

    /** The day whose tree it is. */
    public LocalDate day() {
        return tree.day();
    }

    /** What the reader reached on that tree, in the paths of that day. */
    public Reach reach() {
        return reach;
    }

    /** True for a day to come: what it shows is planned. */
    boolean isToCome() {
        return tree.day().isAfter(today.day());
    }

    /** True for a union that will stand below another one than today. */
    boolean isPlanned(UnionSummary union) {
        return isToCome() && !superior(tree, union).equals(superior(today, union));
    }

    private static Optional<UnionId> superior(TreeSnapshot in, UnionSummary of) {
        return Optional.of(in.above(of))
                .filter(above -> !above.isEmpty())
                .map(above -> above.getLast().id());
    }

    /** Unions by name, short name, code, pinyin or initials. */
    List<UnionSummary> search(String lookedFor, int atMost) {
        return tree.search(lookedFor, reach, atMost);
    }

    /** Where the reader's view of this tree begins. */
    List<UnionSummary> tops() {
        return tree.tops(reach);
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
        return tree.find(id, reach)
                .orElseThrow(() -> today.find(id, reachToday).isPresent()
                        ? new Refused(
                                UnionRefusal.NOT_THERE_THAT_DAY, tree.day().toString())
                        : new Refused(UnionRefusal.NO_SUCH_UNION));
    }

    /** The same; empty when it was not there or is out of reach. */
    public Optional<UnionSummary> find(UnionId id) {
        return tree.find(id, reach);
    }

    /** The union at a place on this tree, if the reader reaches it. */
    public Optional<UnionSummary> at(UnionPath place) {
        return tree.at(place).filter(union -> reach.covers(union.path()));
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

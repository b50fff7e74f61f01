package org.gonghui.access;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;

/**
 * What a token may do of what its owner may: these rights, wherever its owner holds them or only at one union and below.
 *
 * @param path where that union stands today; empty when it is no more, and then the token reaches nothing
 */
record TokenScope(Set<Right> rights, Optional<UnionId> below, Optional<UnionPath> path) {

    /** The rights that change nothing and open nothing masked: what most programs need. */
    static final List<Right> READING =
            List.of(Right.UNION_READ, Right.FIGURE_READ, Right.MEMBER_READ, Right.AUDIT_READ);

    /** The rights that a token may carry. What is somebody's own (inbox, card, application) is for nobody's program. */
    static final List<Right> ALL = Stream.of(Right.values())
            .filter(right -> right != Right.PUBLIC && right != Right.SIGNED_IN && right != Right.DEVELOPMENT)
            .toList();

    TokenScope {
        rights = Set.copyOf(rights);
    }

    /** True when a door that asks for this right is open to the token, if it is to its owner. */
    boolean carries(Right right) {
        return right == Right.PUBLIC || rights.contains(right);
    }

    /** What is left of its owner's grants: every query then reaches no further. */
    List<Actor.Grant> narrowed(List<Actor.Grant> grants) {
        Set<Right> left = new HashSet<>(rights);
        if (takesPartFromWhole(grants)) {
            left.remove(Right.FIGURE_READ);
        }
        return grants.stream().flatMap(grant -> narrowed(grant, left).stream()).toList();
    }

    /**
     * True when it would read the figures of a part alone, of which its owner may read those of the whole but not the
     * people: what is hidden in the part's neighbours for its sake would follow from many such tokens (decision 14).
     */
    boolean takesPartFromWhole(List<Actor.Grant> grants) {
        return rights.contains(Right.FIGURE_READ)
                && path.filter(at -> grants.stream()
                                        .anyMatch(grant -> grant.rights().contains(Right.FIGURE_READ)
                                                && grant.over().covers(at)
                                                && !grant.over().equals(at))
                                && grants.stream()
                                        .noneMatch(grant -> grant.rights().contains(Right.MEMBER_READ)
                                                && grant.over().covers(at)))
                        .isPresent();
    }

    private Optional<Actor.Grant> narrowed(Actor.Grant grant, Set<Right> left) {
        var both = new HashSet<>(left);
        both.retainAll(grant.rights());
        return both.isEmpty() ? Optional.empty() : narrowed(grant.over()).map(over -> new Actor.Grant(both, over));
    }

    /** The smaller of the two parts of the tree; empty when neither holds the other. */
    private Optional<UnionPath> narrowed(UnionPath over) {
        if (below.isEmpty()) {
            return Optional.of(over);
        }
        return path.flatMap(
                at -> over.covers(at) ? Optional.of(at) : at.covers(over) ? Optional.of(over) : Optional.empty());
    }

    /** The same text for the same narrowing, in lines. */
    String text() {
        return Stream.concat(rights.stream().map(Right::name).sorted(), below.map(UnionId::toString).stream())
                .collect(Collectors.joining("\n"));
    }
}

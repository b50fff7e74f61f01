package org.gonghui.org;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;

/**
 * The tree as it will be when what is planned has been done, worked out in memory. What cannot be done to it any more is
 * left out, as it will be when its day comes. The places below a new superior are numbered after those that are there.
 */
final class PlannedTree {

    private List<UnionStore.Node> nodes;

    private PlannedTree(List<UnionStore.Node> nodes) {
        this.nodes = nodes;
    }

    /** The unions after all of this, in the order of the paths. */
    static List<UnionStore.Node> after(List<UnionStore.Node> today, List<Reorganisation> planned) {
        var tree = new PlannedTree(today);
        planned.forEach(tree::apply);
        return tree.nodes.stream()
                .sorted(Comparator.comparing(UnionStore.Node::path)
                        .thenComparing(UnionStore.Node::dissolved)
                        .thenComparing(UnionStore.Node::code))
                .toList();
    }

    private void apply(Reorganisation planned) {
        Optional<UnionStore.Node> union = find(planned.union());
        Optional<UnionStore.Node> target =
                planned.target().isPresent() ? find(planned.target().get()) : union.flatMap(this::superior);
        if (union.isEmpty()
                || target.isEmpty()
                || union.get().path().covers(target.get().path())) {
            return;
        }
        switch (planned.kind()) {
            case MOVE -> move(union.get(), target.get());
            case MERGE -> merge(union.get(), target.get());
            case DISSOLVE -> {
                if (children(union.get()).isEmpty()) {
                    end(union.get(), target.get());
                }
            }
        }
    }

    private void move(UnionStore.Node union, UnionStore.Node to) {
        int last = nodes.stream()
                .map(UnionStore.Node::path)
                .filter(path -> path.depth() > to.path().depth() && to.path().covers(path))
                .mapToInt(path -> Integer.parseInt(
                        path.value().substring(to.path().value().length() + 1).substring(0, 5)))
                .max()
                .orElse(0);
        String from = union.path().value();
        String path = to.path().child(last + 1).value();
        change(
                union,
                node -> node.at(new UnionPath(path + node.path().value().substring(from.length())), node.dissolved()));
    }

    private void merge(UnionStore.Node union, UnionStore.Node into) {
        Optional<UnionStore.Node> joint =
                children(into).stream().filter(UnionStore.Node::forNewForm).findFirst();
        for (UnionStore.Node child : children(union)) {
            if (child.forNewForm() && joint.isPresent()) {
                end(child, joint.get());
            } else {
                move(child, into);
            }
        }
        end(union, into);
    }

    private void end(UnionStore.Node union, UnionStore.Node heir) {
        change(union, node -> node.at(heir.path(), true));
    }

    private void change(UnionStore.Node union, UnaryOperator<UnionStore.Node> change) {
        nodes = nodes.stream()
                .map(node -> union.path().covers(node.path()) ? change.apply(node) : node)
                .toList();
    }

    private Optional<UnionStore.Node> find(UnionId id) {
        return nodes.stream()
                .filter(node -> node.id().equals(id) && !node.dissolved())
                .findFirst();
    }

    private Optional<UnionStore.Node> superior(UnionStore.Node of) {
        return nodes.stream()
                .filter(node -> !node.dissolved()
                        && node.path().depth() == of.path().depth() - 1
                        && node.path().covers(of.path()))
                .findFirst();
    }

    private List<UnionStore.Node> children(UnionStore.Node of) {
        return nodes.stream()
                .filter(node -> !node.dissolved()
                        && node.path().depth() == of.path().depth() + 1
                        && of.path().covers(node.path()))
                .toList();
    }
}

package org.gonghui.org;

import java.util.List;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The tree of unions as JSON: what pickers of other programs need. */
@RestController
@RequestMapping("/api/v1/unions")
class UnionApi {

    private static final int HITS = 30;

    /**
     * A union.
     *
     * @param kind the constant's name
     * @param below counts every level
     * @param planned true when it will stand there by what is planned for the day asked about
     */
    record UnionBody(
            String id,
            String code,
            String kind,
            String name,
            String shortName,
            int children,
            int below,
            boolean planned) {

        static UnionBody of(TreeView tree, UnionSummary union) {
            return new UnionBody(
                    union.id().toString(),
                    union.code(),
                    union.kind().name(),
                    union.name(),
                    union.shortName(),
                    union.children(),
                    union.below(),
                    tree.isPlanned(union));
        }
    }

    private final Unions unions;

    UnionApi(Unions unions) {
        this.unions = unions;
    }

    /**
     * The unions found by name, short name, code, pinyin or initials; without {@code q}, where one's own tree begins.
     *
     * @param on the day of the tree: past, or to come with what is planned; today when left out. So everywhere here.
     */
    @GetMapping
    @May(Right.UNION_READ)
    List<UnionBody> search(
            Actor actor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String on) {
        TreeView tree = unions.onDay(actor, "on", on);
        return bodies(tree, q.isBlank() ? tree.tops() : tree.search(q, HITS));
    }

    @GetMapping("/{id}")
    @May(Right.UNION_READ)
    UnionBody union(Actor actor, @PathVariable UnionId id, @RequestParam(required = false) @Nullable String on) {
        TreeView tree = unions.onDay(actor, "on", on);
        return UnionBody.of(tree, tree.get(id));
    }

    /** The unions directly below. */
    @GetMapping("/{id}/children")
    @May(Right.UNION_READ)
    List<UnionBody> children(
            Actor actor, @PathVariable UnionId id, @RequestParam(required = false) @Nullable String on) {
        TreeView tree = unions.onDay(actor, "on", on);
        return bodies(tree, tree.children(tree.get(id)));
    }

    /** The unions above, the highest that the caller may see first. */
    @GetMapping("/{id}/above")
    @May(Right.UNION_READ)
    List<UnionBody> above(Actor actor, @PathVariable UnionId id, @RequestParam(required = false) @Nullable String on) {
        TreeView tree = unions.onDay(actor, "on", on);
        return bodies(tree, tree.above(tree.get(id)));
    }

    private static List<UnionBody> bodies(TreeView tree, List<UnionSummary> unions) {
        return unions.stream().map(union -> UnionBody.of(tree, union)).toList();
    }
}

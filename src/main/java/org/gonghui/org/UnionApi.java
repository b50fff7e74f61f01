package org.gonghui.org;

import java.util.List;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
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

    /** A union; {@code kind} is the constant's name, {@code below} counts every level. */
    record UnionBody(String id, String code, String kind, String name, String shortName, int children, int below) {

        static UnionBody of(UnionSummary union) {
            return new UnionBody(
                    union.id().toString(),
                    union.code(),
                    union.kind().name(),
                    union.name(),
                    union.shortName(),
                    union.children(),
                    union.below());
        }
    }

    private final Unions unions;

    UnionApi(Unions unions) {
        this.unions = unions;
    }

    /** The unions found by name, short name, code, pinyin or initials; without {@code q}, where one's own tree begins. */
    @GetMapping
    @May(Right.UNION_READ)
    List<UnionBody> search(Actor actor, @RequestParam(defaultValue = "") String q) {
        List<UnionSummary> found = q.isBlank() ? unions.tops(actor, Right.UNION_READ) : unions.search(actor, q, HITS);
        return found.stream().map(UnionBody::of).toList();
    }

    @GetMapping("/{id}")
    @May(Right.UNION_READ)
    UnionBody union(Actor actor, @PathVariable UnionId id) {
        return UnionBody.of(unions.get(actor, id, Right.UNION_READ));
    }

    /** The unions directly below. */
    @GetMapping("/{id}/children")
    @May(Right.UNION_READ)
    List<UnionBody> children(Actor actor, @PathVariable UnionId id) {
        return unions.children(actor, id).stream().map(UnionBody::of).toList();
    }

    /** The unions above, the highest that the caller may see first. */
    @GetMapping("/{id}/above")
    @May(Right.UNION_READ)
    List<UnionBody> above(Actor actor, @PathVariable UnionId id) {
        return unions.above(actor, id).stream().map(UnionBody::of).toList();
    }
}

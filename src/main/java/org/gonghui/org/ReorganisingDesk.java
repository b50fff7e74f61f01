package org.gonghui.org;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Moving, merging and dissolving unions at the desk. */
@Controller
@RequestMapping("/desk/unions/{id}/reorganisations")
class ReorganisingDesk {

    /** The form for moving, merging or dissolving a union; the superior is empty for a reader who is not over it. */
    record ReorganisingPage(UnionSummary union, String superior, UUID formKey) {

        static List<Reorganisation.Kind> kinds() {
            return List.of(Reorganisation.Kind.values());
        }
    }

    private final Reorganising reorganising;
    private final Unions unions;
    private final Pages pages;
    private final Clock clock;

    ReorganisingDesk(Reorganising reorganising, Unions unions, Pages pages, Clock clock) {
        this.reorganising = reorganising;
        this.unions = unions;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping
    @May(Right.UNION_FOUND)
    View reorganisingForm(Actor actor, @PathVariable UnionId id) {
        UnionSummary union = unions.get(actor, id, Right.UNION_FOUND);
        String superior = reorganising.mayOrder(actor, union)
                ? unions.above(union).getLast().name()
                : "";
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.UNION_FOUND),
                "org/reorganising.jte",
                new ReorganisingPage(union, superior, Ids.next(clock)));
    }

    /** Moves, merges or dissolves a union as of a day. */
    @PostMapping
    @May(Right.UNION_FOUND)
    View reorganise(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam UUID key,
            @ModelAttribute Reorganising.Typed reorganisation) {
        reorganising.order(actor, id, key, reorganisation);
        return LocalAddress.redirect("/desk/unions/" + id);
    }

    @PostMapping("/{reorganisation}/cancellation")
    @May(Right.UNION_FOUND)
    View cancelReorganisation(Actor actor, @PathVariable UnionId id, @PathVariable UUID reorganisation) {
        reorganising.cancel(actor, id, reorganisation);
        return LocalAddress.redirect("/desk/unions/" + id);
    }
}

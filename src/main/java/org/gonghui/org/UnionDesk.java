package org.gonghui.org;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The tree of unions at the desk: walk it, search it, found a union, keep a union's file. */
@Controller
@RequestMapping("/desk/unions")
class UnionDesk {

    private static final int HITS = 30;

    /** A union in a list; {@code place} names those above it where the list does not show it, else it is empty. */
    record Hit(UnionSummary union, String place) {}

    /**
     * The list below one union, or the hits of a search, on the tree of a day.
     *
     * @param plans what is planned up to that day; empty for today and before
     */
    record TreePage(
            UnionSummary union,
            TreeView tree,
            List<UnionSummary> above,
            List<Hit> rows,
            String lookedFor,
            boolean mayFound,
            List<Plan> plans,
            LocalDate earliest,
            LocalDate latest) {

        /** Something planned: which union, and where it goes; empty where it ends. */
        record Plan(Reorganisation what, String union, String target) {}

        /** The day as addresses name it; empty for today. */
        String on(LocalDate today) {
            return tree.day().equals(today) ? "" : "&on=" + tree.day();
        }
    }

    /**
     * What the tree picker shows: the way down to a union and what is below it, or the hits of a search.
     *
     * @param severalTops true when the reader's view of the tree begins at more than one union
     */
    record PickerPage(
            Optional<UnionSummary> union,
            List<UnionSummary> above,
            List<Hit> rows,
            String lookedFor,
            String leadsTo,
            boolean severalTops) {}

    /** A union's file, and what the reader may do with it. */
    record FilePage(
            UnionFile file,
            List<Superior> superiors,
            List<Reordered> reorganisations,
            UnionSummary keeper,
            boolean mayFound,
            boolean mayEdit,
            boolean mayReorganise,
            UUID formKey) {

        /** Something planned, or that failed on its day; the target by its name, empty for none. */
        record Reordered(Reorganisation what, String target) {}

        /** A place in the tree by the superior's name. */
        record Superior(String name, UnionFile.Place place) {}

        /** The superior of today, by name where the reader does not reach it; empty for the city federation. */
        String superior() {
            return superiors.stream()
                    .filter(superior -> superior.place().to() == null)
                    .map(Superior::name)
                    .findFirst()
                    .orElse("");
        }

        /** Those in office today, or those who were. */
        List<UnionFile.Staff> staff(boolean today) {
            return file.staff().stream()
                    .filter(staff -> (staff.to() == null) == today)
                    .toList();
        }

        /** The committees and branches of today, or those of before. */
        List<UnionFile.Body> bodies(boolean today) {
            return file.bodies().stream()
                    .filter(body -> (body.to() == null) == today)
                    .toList();
        }
    }

    /** The founding form. */
    record FoundingPage(UnionSummary below, List<UnionKind> kinds, List<UnionSummary> industries, UUID formKey) {}

    /** The form for a new name. */
    record RenamingPage(UnionSummary union) {}

    private final Unions unions;
    private final Reorganising reorganising;
    private final Tree tree;
    private final Pages pages;
    private final Clock clock;

    UnionDesk(Unions unions, Reorganising reorganising, Tree tree, Pages pages, Clock clock) {
        this.unions = unions;
        this.reorganising = reorganising;
        this.tree = tree;
        this.pages = pages;
        this.clock = clock;
    }

    @Bean
    static WorkArea unionsArea() {
        return new WorkArea("desk.group.organisation", "org.area", "diagram-3", "/desk/unions", Right.UNION_READ, 100);
    }

    @GetMapping
    @May(Right.UNION_READ)
    View tree(
            Actor actor,
            @RequestParam(required = false) Optional<UnionId> at,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String on) {
        TreeView tree = unions.onDay(actor, "on", "".equals(on) ? null : on);
        UnionSummary union =
                tree.get(at.orElseGet(() -> unions.home(actor, Right.UNION_READ).union()));
        List<Hit> rows = q.isBlank() ? listed(tree.children(union)) : hits(tree, q);
        LocalDate today = LocalDate.now(clock);
        return pages.desk(
                actor,
                tree.scope(union),
                "org/tree.jte",
                new TreePage(
                        union,
                        tree,
                        tree.above(union),
                        rows,
                        q,
                        tree.day().equals(today) && mayFoundBelow(actor, union),
                        tree.isToCome() ? plans(actor, tree.day()) : List.of(),
                        unions.city().map(UnionSummary::foundedOn).orElse(today),
                        today.plus(Reorganising.AHEAD)));
    }

    private List<TreePage.Plan> plans(Actor actor, LocalDate until) {
        return reorganising.plannedUntil(actor, until).stream()
                .map(planned -> new TreePage.Plan(
                        planned,
                        unions.named(planned.union()).map(UnionSummary::name).orElse(""),
                        planned.target()
                                .flatMap(unions::named)
                                .map(UnionSummary::name)
                                .orElse("")))
                .toList();
    }

    @GetMapping("/picker")
    @May(Right.UNION_READ)
    View picker(
            Actor actor,
            @RequestParam(required = false) Optional<UnionId> at,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "/desk/overview") String leadsTo) {
        String target = leadsTo.startsWith("/desk/") ? leadsTo : "/desk/overview";
        PickerPage page;
        if (!q.isBlank()) {
            page = new PickerPage(
                    Optional.empty(), List.of(), hits(unions.onDay(actor, "on", null), q), q, target, false);
        } else {
            List<UnionSummary> tops = unions.tops(actor, Right.UNION_READ);
            Optional<UnionId> only =
                    tops.size() == 1 ? Optional.of(tops.getFirst().id()) : Optional.empty();
            Optional<UnionSummary> union = at.or(() -> only).map(id -> unions.get(actor, id, Right.UNION_READ));
            page = new PickerPage(
                    union,
                    union.map(of -> unions.above(actor, of.id())).orElse(List.of()),
                    listed(union.map(of -> unions.children(actor, of.id())).orElse(tops)),
                    "",
                    target,
                    tops.size() > 1);
        }
        return pages.portal(actor, "org/picker.jte", page);
    }

    @GetMapping("/{id}")
    @May(Right.UNION_READ)
    View file(Actor actor, @PathVariable UnionId id) {
        UnionFile file = unions.file(actor, id);
        TreeSnapshot today = tree.today();
        List<FilePage.Superior> superiors = file.places().stream()
                .map(place -> new FilePage.Superior(
                        Optional.ofNullable(place.superior())
                                .flatMap(today::find)
                                .map(UnionSummary::name)
                                .orElse(""),
                        place))
                .toList();
        boolean open = !file.union().dissolved();
        List<FilePage.Reordered> reorganisations = reorganising.of(id).stream()
                .filter(each ->
                        each.state() == Reorganisation.State.PLANNED || each.state() == Reorganisation.State.FAILED)
                .map(each -> new FilePage.Reordered(
                        each,
                        each.target()
                                .flatMap(today::find)
                                .map(UnionSummary::name)
                                .orElse("")))
                .toList();
        UnionSummary keeper = unions.living(id);
        return pages.desk(
                actor,
                unions.scope(actor, keeper.id(), Right.UNION_READ),
                "org/file.jte",
                new FilePage(
                        file,
                        superiors,
                        reorganisations,
                        keeper,
                        open && mayFoundBelow(actor, file.union()),
                        open
                                && actor.reach(Right.UNION_EDIT)
                                        .covers(file.union().path()),
                        open && reorganising.mayOrder(actor, file.union()),
                        Ids.next(clock)));
    }

    @GetMapping("/{id}/unions")
    @May(Right.UNION_FOUND)
    View foundingForm(Actor actor, @PathVariable UnionId id) {
        UnionSummary below = unions.get(actor, id, Right.UNION_FOUND);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.UNION_FOUND),
                "org/founding.jte",
                new FoundingPage(below, List.copyOf(below.kind().mayFound()), unions.industries(), Ids.next(clock)));
    }

    @PostMapping("/{id}/unions")
    @May(Right.UNION_FOUND)
    View found(
            Actor actor, @PathVariable UnionId id, @RequestParam UUID key, @ModelAttribute Unions.Founding founding) {
        UnionId founded = unions.found(actor, id, new UnionId(key), founding);
        return to("/desk/unions/" + founded);
    }

    @GetMapping("/{id}/names")
    @May(Right.UNION_EDIT)
    View renamingForm(Actor actor, @PathVariable UnionId id) {
        UnionSummary union = unions.get(actor, id, Right.UNION_EDIT);
        return pages.desk(
                actor, unions.scope(actor, id, Right.UNION_EDIT), "org/renaming.jte", new RenamingPage(union));
    }

    @PostMapping("/{id}/names")
    @May(Right.UNION_EDIT)
    View rename(Actor actor, @PathVariable UnionId id, @ModelAttribute Unions.Renaming renaming) {
        unions.rename(actor, id, renaming);
        return to("/desk/unions/" + id);
    }

    @PostMapping("/{id}/bodies")
    @May(Right.UNION_EDIT)
    View addBody(Actor actor, @PathVariable UnionId id, @RequestParam UUID key, @ModelAttribute Unions.NewBody body) {
        unions.addBody(actor, id, key, body);
        return to("/desk/unions/" + id + "#bodies");
    }

    @PostMapping("/{id}/bodies/{body}/end")
    @May(Right.UNION_EDIT)
    View endBody(Actor actor, @PathVariable UnionId id, @PathVariable UUID body) {
        unions.endBody(actor, id, body);
        return to("/desk/unions/" + id + "#bodies");
    }

    @PostMapping("/{id}/staff")
    @May(Right.UNION_EDIT)
    View addStaff(
            Actor actor, @PathVariable UnionId id, @RequestParam UUID key, @ModelAttribute Unions.NewStaff staff) {
        unions.addStaff(actor, id, key, staff);
        return to("/desk/unions/" + id + "#staff");
    }

    @PostMapping("/{id}/staff/{staff}/end")
    @May(Right.UNION_EDIT)
    View endStaff(Actor actor, @PathVariable UnionId id, @PathVariable UUID staff) {
        unions.endStaff(actor, id, staff);
        return to("/desk/unions/" + id + "#staff");
    }

    private static List<Hit> listed(List<UnionSummary> rows) {
        return rows.stream().map(union -> new Hit(union, "")).toList();
    }

    private static List<Hit> hits(TreeView tree, String lookedFor) {
        return tree.search(lookedFor, HITS).stream()
                .map(union -> new Hit(
                        union, tree.above(union).stream().map(UnionDesk::called).collect(Collectors.joining(" › "))))
                .toList();
    }

    /** What a union is called where there is little room. */
    static String called(UnionSummary union) {
        return union.shortName().isEmpty() ? union.name() : union.shortName();
    }

    private static boolean mayFoundBelow(Actor actor, UnionSummary union) {
        return !union.kind().mayFound().isEmpty()
                && union.path().depth() < UnionPath.DEEPEST
                && actor.reach(Right.UNION_FOUND).covers(union.path());
    }

    private static View to(String address) {
        return LocalAddress.redirect(address);
    }
}

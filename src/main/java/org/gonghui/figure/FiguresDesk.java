package org.gonghui.figure;

import java.util.List;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.gonghui.measure.Measure;
import org.gonghui.measure.MeasureGroup;
import org.gonghui.measure.Recounts;
import org.gonghui.member.Members;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Everything that is counted about a part of the tree, month by month, each with its definition. */
@Controller
@RequestMapping("/desk/figures")
class FiguresDesk {

    /**
     * One measure's year.
     *
     * @param months twelve values; those of months that have not begun mean nothing
     * @param value of the year so far: a sum for a flow, the last month's level for a stock
     * @param hidden true when the reader may not know the value
     * @param hiddenMonths true when the reader may not know the months
     */
    record Line(Measure measure, long[] months, long value, boolean hidden, boolean hiddenMonths) {}

    /** What a feature counts beside members. */
    record Group(MeasureGroup measures, List<Line> lines) {}

    /**
     * The page.
     *
     * @param mayReadDifferences true for whoever may read the people of the whole city, whose counters a recount compares
     */
    record FiguresPage(
            UnionSummary union,
            TreeView tree,
            Overview.Span span,
            List<Line> lines,
            List<Group> groups,
            List<Integer> years,
            Optional<Recounts.Result> recount,
            boolean mayRecount,
            boolean mayReadDifferences) {

        /** The tree to ask for where a figure opens its rows. */
        @Nullable
        String treeAsked() {
            return tree.asked(span.year());
        }

        /** True when the reader may not read the people, and sees what does not point at few of them. */
        boolean guarded() {
            return lines.stream().anyMatch(Line::hidden);
        }

        /** True for a month that has begun, 1 to 12. */
        boolean isDue(int month) {
            return month <= span.lastMonth();
        }
    }

    private final Overview overview;
    private final KnownFigures known;
    private final Unions unions;
    private final Recounts recounts;
    private final List<MeasureGroup> groups;
    private final Pages pages;

    FiguresDesk(
            Overview overview,
            KnownFigures known,
            Unions unions,
            Recounts recounts,
            List<MeasureGroup> groups,
            Pages pages) {
        this.overview = overview;
        this.known = known;
        this.unions = unions;
        this.recounts = recounts;
        this.groups = List.copyOf(groups);
        this.pages = pages;
    }

    @Bean
    static WorkArea figuresArea() {
        return new WorkArea(
                "desk.group.oversight", "figure.figures.area", "grid-3x3-gap", "/desk/figures", Right.FIGURE_READ, 20);
    }

    @GetMapping
    @May(Right.FIGURE_READ)
    View home(Actor actor) {
        return LocalAddress.redirect(
                "/desk/figures/" + unions.home(actor, Right.FIGURE_READ).union());
    }

    @GetMapping("/{id}")
    @May(Right.FIGURE_READ)
    View figures(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) @Nullable String year,
            @RequestParam(name = "tree", defaultValue = "") String asked) {
        Overview.Span span = overview.span(overview.year(year));
        TreeView tree = known.tree(actor, id, overview.tree(span.year(), asked));
        UnionSummary union = tree.get(id);
        KnownFigures.Counted counted = known.of(actor, tree, union, span.year(), Members.MEASURES);
        List<Group> others = groups.stream()
                .map(group -> new Group(group, lines(known.ofNobody(tree, union, span.year(), group.measures()))))
                .toList();
        return pages.desk(
                actor,
                tree.scope(union),
                "figure/figures.jte",
                new FiguresPage(
                        union,
                        tree,
                        span,
                        lines(counted),
                        others,
                        overview.years(),
                        recounts.latest(Members.TOTAL.counters()),
                        recounts.mayAsk(actor),
                        actor.reach(Right.MEMBER_READ).covers(UnionPath.root())));
    }

    private static List<Line> lines(KnownFigures.Counted counted) {
        return counted.measures().stream()
                .map(measure -> new Line(
                        measure,
                        counted.months(measure),
                        counted.value(measure),
                        counted.hidden().contains(measure),
                        counted.hiddenMonths().contains(measure)))
                .toList();
    }

    @PostMapping("/recounts")
    @May(Right.FIGURE_READ)
    View recount(Actor actor) {
        recounts.ask(actor);
        return LocalAddress.redirect(
                "/desk/figures/" + unions.home(actor, Right.FIGURE_READ).union() + "#recount");
    }
}

package org.gonghui.figure;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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
     */
    record Line(Measure measure, long[] months, long value) {}

    /** The page. */
    record FiguresPage(UnionSummary union, TreeView tree, Overview.Span span, List<Line> lines, List<Integer> years) {

        /** The tree to ask for where a figure opens its rows. */
        @Nullable
        String treeAsked() {
            return tree.asked(span.year());
        }

        /** True for a month that has begun, 1 to 12. */
        boolean isDue(int month) {
            return month <= span.lastMonth();
        }
    }

    private final Overview overview;
    private final Counters counters;
    private final Unions unions;
    private final Pages pages;
    private final Clock clock;

    FiguresDesk(Overview overview, Counters counters, Unions unions, Pages pages, Clock clock) {
        this.overview = overview;
        this.counters = counters;
        this.unions = unions;
        this.pages = pages;
        this.clock = clock;
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
            @RequestParam(required = false) Optional<Integer> year,
            @RequestParam(name = "tree", defaultValue = "") String asked) {
        int thisYear = LocalDate.now(clock).getYear();
        Overview.Span span = overview.span(Math.clamp(year.orElse(thisYear), Overview.FIRST_YEAR, thisYear));
        TreeView tree = unions.asOf(actor, Right.FIGURE_READ, overview.tree(span.year(), asked));
        UnionSummary union = tree.get(id);
        Counters.Year counted = counters.of(union.path(), span.year(), tree.day(), Members.MEASURES, tree.reach());
        List<Line> lines = IntStream.range(0, Members.MEASURES.size())
                .mapToObj(i -> {
                    Measure measure = Members.MEASURES.get(i);
                    return new Line(
                            measure, counted.byMonth().get(i), counted.upTo(i, measure.kind(), span.lastMonth()));
                })
                .toList();
        return pages.desk(
                actor,
                tree.scope(union),
                "figure/figures.jte",
                new FiguresPage(union, tree, span, lines, overview.years()));
    }
}

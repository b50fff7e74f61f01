package org.gonghui.figure;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.gonghui.measure.Measure;
import org.gonghui.org.UnionKind;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** The page that an officer keeps open all day: how one's part of the city stands. */
@Controller
@RequestMapping("/desk/overview")
class OverviewDesk {

    /** How the table below is sorted; the word is {@code figure.sort.<name>}. */
    enum Sort {
        PLACE(null),
        TOTAL(Comparator.comparingLong((Overview.Row row) -> row.figures().total())
                .reversed()),
        JOINED(Comparator.comparingLong((Overview.Row row) -> row.figures().joined())
                .reversed()),
        NEW_FORM(Comparator.comparingLong((Overview.Row row) -> row.figures().newForm())
                .reversed()),
        GONE(Comparator.comparingLong((Overview.Row row) -> row.figures().gone())
                .reversed());

        @SuppressWarnings("ImmutableEnumChecker") // a comparator without state
        private final @Nullable Comparator<Overview.Row> order;

        Sort(@Nullable Comparator<Overview.Row> order) {
            this.order = order;
        }

        List<Overview.Row> sorted(List<Overview.Row> rows) {
            return order == null ? rows : rows.stream().sorted(order).toList();
        }
    }

    /** The page: the answer, the measure whose card is open, and the years that can be chosen. */
    record OverviewPage(Overview.Answer answer, List<Overview.Row> rows, Sort sort, Measure card, List<Integer> years) {

        /** True when the table's rows are districts of the city, which are drawn as tiles too. */
        boolean hasTiles() {
            return answer.union().kind() == UnionKind.CITY_FEDERATION;
        }
    }

    private static final int FIRST_YEAR = 2022;

    private final Overview overview;
    private final Unions unions;
    private final Pages pages;
    private final Clock clock;

    OverviewDesk(Overview overview, Unions unions, Pages pages, Clock clock) {
        this.overview = overview;
        this.unions = unions;
        this.pages = pages;
        this.clock = clock;
    }

    @Bean
    static WorkArea overviewArea() {
        return new WorkArea(
                "desk.group.oversight", "figure.area", "bar-chart", "/desk/overview", Right.FIGURE_READ, 10);
    }

    @GetMapping
    @May(Right.FIGURE_READ)
    View home(Actor actor) {
        return new RedirectView(
                "/desk/overview/" + unions.home(actor, Right.FIGURE_READ).union());
    }

    @GetMapping("/{id}")
    @May(Right.FIGURE_READ)
    View overview(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) Optional<Integer> year,
            @RequestParam(defaultValue = "") String card,
            @RequestParam(defaultValue = "") String sort) {
        int thisYear = LocalDate.now(clock).getYear();
        int asked = Math.clamp(year.orElse(thisYear), FIRST_YEAR, thisYear);
        Measure open = Overview.MEASURES.stream()
                .filter(measure -> measure.key().equals(card))
                .findFirst()
                .orElse(Overview.MEASURES.getFirst());
        Sort by = Arrays.stream(Sort.values())
                .filter(each -> each.name().equals(sort))
                .findFirst()
                .orElse(Sort.PLACE);
        Overview.Answer answer = overview.of(actor, id, asked);
        List<Integer> years = IntStream.iterate(thisYear, y -> y >= FIRST_YEAR, y -> y - 1)
                .boxed()
                .toList();
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.FIGURE_READ),
                "figure/overview.jte",
                new OverviewPage(answer, by.sorted(answer.below()), by, open, years));
    }
}

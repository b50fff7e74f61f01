package org.gonghui.figure;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Optional;
import org.gonghui.figure.OverviewDesk.Asked;
import org.gonghui.figure.OverviewDesk.OverviewPage;
import org.gonghui.figure.OverviewDesk.Sort;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Frame;
import org.gonghui.layout.Pages;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/** The screen on the wall of a duty room: this year's figures of a union, large, fresh without a touch. */
@Controller
@RequestMapping("/desk/wall/{id}")
class WallDesk {

    /** The large numbers in their order. */
    enum Cell {
        TOTAL(Members.TOTAL),
        JOINED(Members.JOINED),
        JOINED_THIS_MONTH(Members.JOINED),
        JOINED_NEW_FORM(Members.JOINED_NEW_FORM),
        NEW_FORM(Members.NEW_FORM),
        TRANSFERRED_IN(Members.TRANSFERRED_IN),
        TRANSFERRED_OUT(Members.TRANSFERRED_OUT),
        GONE(Members.GONE);

        @SuppressWarnings("ImmutableEnumChecker") // a record of words, never changed
        private final Measure measure;

        Cell(Measure measure) {
            this.measure = measure;
        }

        Measure measure() {
            return measure;
        }

        boolean isOfThisMonth() {
            return this == JOINED_THIS_MONTH;
        }
    }

    /**
     * The page.
     *
     * @param page the overview of this year in which the joined are looked at
     * @param now what the platform's clock shows
     */
    record WallPage(OverviewPage page, ZonedDateTime now) {

        /** The unions below that most joined; none where the districts are drawn as tiles. */
        List<Overview.Row> most() {
            return page.hasTiles()
                    ? List.of()
                    : page.rows().subList(0, Math.min(MOST_ROWS, page.rows().size()));
        }

        /** What a number is called: its measure's one name, with the time in which it happened. */
        String called(Frame frame, Cell cell) {
            String name = frame.t(cell.measure().message("name"));
            if (cell.measure().kind() == Measure.Kind.STOCK) {
                return name;
            }
            if (!cell.isOfThisMonth()) {
                return frame.t("figure.wall.this-year", name);
            }
            Month month = Month.of(page.answer().lastMonth());
            return frame.t(
                    "figure.wall.this-month",
                    name,
                    month.getDisplayName(TextStyle.SHORT, frame.language().locale()));
        }

        long value(Cell cell) {
            Overview.Figures figures = page.answer().figures();
            return cell.isOfThisMonth()
                    ? figures.monthsOf(cell.measure())[page.answer().lastMonth() - 1]
                    : figures.of(cell.measure());
        }

        /** True when the reader may not know the number. */
        boolean hides(Cell cell) {
            Overview.Figures figures = page.answer().figures();
            return cell.isOfThisMonth() ? figures.hidesMonths(cell.measure()) : figures.hides(cell.measure());
        }

        /** The period that a number counts, as lists are asked for it. */
        String period(Cell cell) {
            Overview.Answer answer = page.answer();
            return cell.isOfThisMonth()
                    ? MonthChart.period(answer.year(), answer.lastMonth())
                    : Integer.toString(answer.year());
        }

        /** Where a number is explained. */
        String address(Cell cell) {
            return page.asked()
                            .at(page.answer().union().id())
                            .about(cell.measure())
                            .address() + "#definition";
        }

        /** The part that a number is of another one. */
        Optional<Share> share(Cell cell) {
            return page.share(cell.measure(), page.answer().figures());
        }
    }

    private static final int MOST_ROWS = 8;

    private final Overview overview;
    private final Pages pages;
    private final Clock clock;

    WallDesk(Overview overview, Pages pages, Clock clock) {
        this.overview = overview;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping
    @May(Right.FIGURE_READ)
    View wall(Actor actor, @PathVariable UnionId id) {
        return pages.portal(actor, "figure/wall.jte", page(actor, id));
    }

    /** What changes of it, asked for every few seconds. */
    @GetMapping("/figures")
    @May(Right.FIGURE_READ)
    View figures(Actor actor, @PathVariable UnionId id) {
        return pages.part(actor, "figure/wallfigures.jte", page(actor, id));
    }

    private WallPage page(Actor actor, UnionId id) {
        int year = LocalDate.now(clock).getYear();
        Overview.Answer answer = overview.of(actor, id, year, overview.tree(year, ""));
        var asked = new Asked(id, year, year, "", Members.JOINED, Sort.JOINED, false);
        return new WallPage(OverviewPage.of(answer, asked, List.of()), ZonedDateTime.now(clock));
    }
}

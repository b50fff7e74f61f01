package org.gonghui.figure;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Downloads;
import org.gonghui.layout.Language;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.org.UnionSummary;
import org.gonghui.sheet.Cell;
import org.gonghui.sheet.SheetFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** One figure beside last year's, the unions below ranked by it: on a page, on paper, as a file. */
@Controller
@RequestMapping("/desk/figures/{id}/comparison")
class ComparisonDesk {

    /** Which unions are ranked. */
    enum Level {
        BELOW,
        STREETS
    }

    /** The question as an address has it: nothing checked yet. */
    record Asked(
            @Nullable String of,
            @Nullable String period,
            @Nullable String level,
            @Nullable String tree) {}

    /** The page. */
    record ComparisonPage(Comparison of, boolean every, List<Measure> measures, List<String> periods) {

        /** The ranked rows; cut after the first ones unless all were asked for. */
        List<Comparison.Row> rows() {
            List<Comparison.Row> all = of.rows();
            return every || all.size() <= OverviewDesk.FIRST_ROWS + OverviewDesk.FEW_MORE
                    ? all
                    : all.subList(0, OverviewDesk.FIRST_ROWS);
        }

        /** The tree to ask for where a figure opens its rows. */
        String treeAsked() {
            String asked = of.tree().asked(of.period().year());
            return asked == null ? "" : asked;
        }

        /** The address of the same comparison at another union, as a file, and so on. */
        String address(UnionId union, String rest) {
            return "/desk/figures/%s/comparison%s?of=%s&period=%s&level=%s%s"
                    .formatted(
                            union,
                            rest,
                            of.measure().key(),
                            of.period().text(),
                            of.streets() ? Level.STREETS : Level.BELOW,
                            treeAsked().isEmpty() ? "" : "&tree=" + treeAsked());
        }
    }

    /** What stands in the file's cells instead of a number. */
    private record Words(String hidden, String notFounded) {}

    /** The columns of the file; the words are {@code figure.comparison.column.<name>}. */
    private static final List<String> COLUMNS =
            List.of("rank", "code", "union", "now", "before", "change", "percent", "share");

    private final Comparing comparing;
    private final Pages pages;
    private final Texts texts;

    ComparisonDesk(Comparing comparing, Pages pages, Texts texts) {
        this.comparing = comparing;
        this.pages = pages;
        this.texts = texts;
    }

    @GetMapping
    @May(Right.FIGURE_READ)
    View compare(
            Actor actor,
            @PathVariable UnionId id,
            @ModelAttribute Asked asked,
            @RequestParam(defaultValue = "") String rows) {
        Comparison found = found(actor, id, asked);
        return pages.desk(
                actor,
                found.tree().scope(found.union()),
                "figure/comparison.jte",
                new ComparisonPage(found, rows.equals(OverviewDesk.ALL_ROWS), Members.MEASURES, comparing.periods()));
    }

    @GetMapping("/export")
    @May(Right.FIGURE_READ)
    View export(
            Actor actor,
            @PathVariable UnionId id,
            @ModelAttribute Asked asked,
            @RequestParam(defaultValue = "XLSX") String format) {
        var input = new Input();
        SheetFormat as = input.choice("format", format, SheetFormat.class);
        input.check();
        Comparison found = found(actor, id, asked);
        return (model, request, response) -> write(found, as, Pages.language(request), response);
    }

    private Comparison found(Actor actor, UnionId id, Asked asked) {
        return comparing.of(
                actor,
                id,
                CleanText.line(asked.of()),
                CleanText.line(asked.period()),
                Level.STREETS.name().equals(asked.level()),
                CleanText.line(asked.tree()));
    }

    private void write(Comparison found, SheetFormat format, Language language, HttpServletResponse response)
            throws IOException {
        String title = texts.say(language, found.measure().message("name"));
        String name = Downloads.name(
                format.extension(), found.union().name(), title, found.period().text());
        var words =
                new Words(texts.say(language, "figure.hidden"), texts.say(language, "figure.comparison.not-founded"));
        Map<String, String> headings = new LinkedHashMap<>();
        COLUMNS.forEach(column -> headings.put(column, texts.say(language, "figure.comparison.column." + column)));
        headings.put("now", found.period().text());
        headings.put("before", found.period().aYearEarlier());
        Downloads.table(response, name, format, found.period().text(), List.copyOf(headings.values()), file -> {
            file.row(row(
                    Cell.BLANK,
                    found.union(),
                    found.whole(),
                    new Share(found.whole().now(), found.whole().now()),
                    words));
            for (Comparison.Row row : found.rows()) {
                file.row(row(new Cell.Count(row.rank()), row.union(), row.pair(), found.share(row), words));
            }
        });
    }

    private static List<Cell> row(Cell rank, UnionSummary union, Comparison.Pair pair, Share share, Words words) {
        return List.of(
                rank,
                new Cell.Text(union.code()),
                new Cell.Text(union.name()),
                pair.hidesNow() ? new Cell.Text(words.hidden()) : new Cell.Count(pair.now()),
                before(pair, words),
                count(pair.change()),
                ratio(pair.percent() / 100),
                ratio(share.ratio()));
    }

    private static Cell before(Comparison.Pair pair, Words words) {
        if (pair.hidesBefore()) {
            return new Cell.Text(words.hidden());
        }
        return pair.notYetFounded() ? new Cell.Text(words.notFounded()) : count(pair.before());
    }

    private static Cell count(OptionalLong value) {
        return value.isPresent() ? new Cell.Count(value.getAsLong()) : Cell.BLANK;
    }

    private static Cell ratio(double value) {
        return Double.isNaN(value) ? Cell.BLANK : new Cell.Ratio(value);
    }
}

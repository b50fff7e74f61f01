package org.gonghui.figure;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Frame;
import org.gonghui.layout.Language;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
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

/** The page that an officer keeps open all day: how one's part of the city stands. */
@Controller
@RequestMapping("/desk/overview")
class OverviewDesk {

    /**
     * How the table below is sorted, and its columns in order. A column bears its measure's name; the word of those without
     * a measure is {@code figure.sort.<name>}.
     */
    enum Sort {
        PLACE(null),
        TOTAL(Overview.Figures::total),
        GROWTH(Overview.Figures::growth),
        JOINED(Overview.Figures::joined),
        JOINED_NEW_FORM(Overview.Figures::joinedNewForm),
        NEW_FORM(Overview.Figures::newForm),
        GONE(Overview.Figures::gone),
        TRANSFERRED_IN(figures -> figures.of(Members.TRANSFERRED_IN)),
        TRANSFERRED_OUT(figures -> figures.of(Members.TRANSFERRED_OUT));

        /** The columns that are there whatever is looked at; the others come when they are asked for. */
        private static final Set<Sort> ALWAYS = EnumSet.of(TOTAL, GROWTH, JOINED, JOINED_NEW_FORM, NEW_FORM, GONE);

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final @Nullable ToLongFunction<Overview.Figures> figure;

        Sort(@Nullable ToLongFunction<Overview.Figures> figure) {
            this.figure = figure;
        }

        /** The column in which a measure stands. */
        static Sort of(Measure measure) {
            return Arrays.stream(values())
                    .filter(sort -> sort.measure().filter(measure::equals).isPresent())
                    .findFirst()
                    .orElseThrow();
        }

        /** What the column is headed with. */
        String label(Frame frame) {
            return frame.t(measure().map(measure -> measure.message("name")).orElse("figure.sort." + name()));
        }

        /** The column's value of these figures; 0 for the place. */
        long of(Overview.Figures figures) {
            return figure == null ? 0 : figure.applyAsLong(figures);
        }

        /** True when the reader may not know the column's value. */
        boolean hides(Overview.Figures figures) {
            return this == GROWTH
                    ? figures.hidesGrowth()
                    : measure().filter(figures::hides).isPresent();
        }

        /** What the column counts people by; empty where its figure is no list of people. */
        Optional<Measure> measure() {
            return switch (this) {
                case PLACE, GROWTH -> Optional.empty();
                case TOTAL -> Optional.of(Members.TOTAL);
                case JOINED -> Optional.of(Members.JOINED);
                case JOINED_NEW_FORM -> Optional.of(Members.JOINED_NEW_FORM);
                case NEW_FORM -> Optional.of(Members.NEW_FORM);
                case GONE -> Optional.of(Members.GONE);
                case TRANSFERRED_IN -> Optional.of(Members.TRANSFERRED_IN);
                case TRANSFERRED_OUT -> Optional.of(Members.TRANSFERRED_OUT);
            };
        }

        List<Overview.Row> sorted(List<Overview.Row> rows) {
            return figure == null
                    ? rows
                    : rows.stream()
                            .sorted(Comparator.comparingLong((Overview.Row row) -> of(row.figures()))
                                    .reversed())
                            .toList();
        }
    }

    /**
     * What the page was asked for, and the address that asks for something else.
     *
     * @param tree {@code today}, a day, or empty for the tree at the end of the year
     */
    record Asked(UnionId union, int year, int thisYear, String tree, Measure card, Sort sort, boolean every) {

        Asked at(UnionId other) {
            return new Asked(other, year, thisYear, tree, card, Sort.PLACE, false);
        }

        Asked about(Measure other) {
            return new Asked(union, year, thisYear, tree, other, sort, every);
        }

        Asked by(Sort other) {
            return new Asked(union, year, thisYear, tree, card, other, every);
        }

        Asked withEvery() {
            return new Asked(union, year, thisYear, tree, card, sort, true);
        }

        String address() {
            var query = new StringBuilder();
            add(query, "year", year == thisYear ? "" : Integer.toString(year));
            add(query, "tree", tree);
            add(query, "card", card.equals(USUAL_CARD) ? "" : card.key());
            add(query, "sort", sort == Sort.PLACE ? "" : sort.name());
            add(query, "rows", every ? ALL_ROWS : "");
            return "/desk/overview/" + union + query;
        }

        private static void add(StringBuilder query, String name, String value) {
            if (!value.isEmpty()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(value);
            }
        }
    }

    /** One end of the order by growth; its name is {@code figure.pace.<word>}. */
    record Pace(String word, List<Overview.Row> rows) {}

    /**
     * The page.
     *
     * @param rows the unions below, sorted; cut after the first ones unless all were asked for
     * @param direct what the union counts that none of the unions below does
     * @param still the unions below in which nobody has joined this year
     */
    record OverviewPage(
            Overview.Answer answer,
            Asked asked,
            List<Overview.Row> rows,
            Overview.Figures direct,
            List<Overview.Row> still,
            MonthChart chart,
            TileMap tiles,
            List<Integer> years) {

        static OverviewPage of(Overview.Answer answer, Asked asked, List<Integer> years) {
            Measure card = asked.card();
            List<Overview.Row> sorted = asked.sort().sorted(answer.below());
            boolean cut = !asked.every() && sorted.size() > FIRST_ROWS + FEW_MORE;
            boolean city = answer.union().kind() == UnionKind.CITY_FEDERATION;
            return new OverviewPage(
                    answer,
                    asked,
                    cut ? sorted.subList(0, FIRST_ROWS) : sorted,
                    answer.figures().without(answer.below()),
                    answer.below().stream()
                            .filter(row -> row.figures().joined() == 0
                                    && !row.figures().hides(Members.JOINED))
                            .toList(),
                    new MonthChart(
                            answer.figures().monthsOf(card),
                            answer.lastYear().map(figures -> figures.monthsOf(card)),
                            answer.lastMonth(),
                            answer.running()),
                    TileMap.of(city ? answer.below() : List.of(), figures -> figures.of(card)),
                    years);
        }

        /** All that the page shows, by whose value it is known again; of the tree only what is told of it, for trees are large. */
        Object known() {
            return Arrays.asList(
                    asked,
                    answer.union(),
                    answer.tree().day(),
                    treeAsked(),
                    answer.above(),
                    answer.lastMonth(),
                    answer.running(),
                    answer.asOf(),
                    answer.figures(),
                    answer.lastYear(),
                    answer.below(),
                    years);
        }

        Measure card() {
            return asked.card();
        }

        /** What the figure is a part of: those who joined, or all members; empty for a figure that stands alone. */
        Optional<Share> share(Measure measure, Overview.Figures of) {
            if (of.hides(measure)) {
                return Optional.empty();
            }
            if (measure.equals(Members.JOINED_NEW_FORM)) {
                return Optional.of(new Share(of.joinedNewForm(), of.joined()));
            }
            return measure.equals(Members.NEW_FORM)
                    ? Optional.of(new Share(of.newForm(), of.total()))
                    : Optional.empty();
        }

        /** The part that one of the unions below has in the figure that is looked at. */
        Share part(Overview.Row row) {
            boolean hidden = row.figures().hides(card());
            return new Share(
                    row.figures().of(card()), hidden ? 0 : answer.figures().of(card()));
        }

        /** The unions below that grow fastest and slowest; nothing where they are too few to compare. */
        List<Pace> pace() {
            List<Overview.Row> grown = answer.below().stream()
                    .filter(row -> !row.figures().hidesGrowth() && row.figures().totalBefore() > 0)
                    .sorted(Comparator.comparingDouble(
                                    (Overview.Row row) -> row.figures().pace())
                            .reversed())
                    .toList();
            int each = Math.min(PACE_ROWS, grown.size() / 3);
            return each == 0
                    ? List.of()
                    : List.of(
                            new Pace("fastest", grown.subList(0, each)),
                            new Pace(
                                    "slowest",
                                    grown.subList(grown.size() - each, grown.size())
                                            .reversed()));
        }

        /** The longest bar of the table: the others are measured against it. */
        long greatest() {
            return answer.below().stream()
                    .mapToLong(row -> row.figures().of(card()))
                    .reduce(1, Math::max);
        }

        /** The columns with figures: what is looked at and what is sorted by are always among them. */
        List<Sort> columns() {
            return Arrays.stream(Sort.values())
                    .filter(column -> Sort.ALWAYS.contains(column) || isAskedFor(column))
                    .toList();
        }

        private boolean isAskedFor(Sort column) {
            return column != Sort.PLACE && (column == Sort.of(card()) || column == asked.sort());
        }

        /** True for the three columns that a phone has room for: what is looked at, what is sorted by, then the usual. */
        boolean onPhone(Sort column) {
            return Stream.of(Sort.of(card()), asked.sort(), Sort.TOTAL, Sort.JOINED, Sort.NEW_FORM)
                    .filter(each -> each != Sort.PLACE)
                    .distinct()
                    .limit(PHONE_COLUMNS)
                    .anyMatch(each -> each == column);
        }

        /** True when the table's rows are districts of the city, which are drawn as tiles too. */
        boolean hasTiles() {
            return !tiles.tiles().isEmpty();
        }

        /** A count short enough for a phone's chart: 12.3万, in English 123k. */
        String brief(Frame frame, long count) {
            if (count < 10_000) {
                return frame.n(count);
            }
            return frame.language() == Language.CHINESE
                    ? String.format(Locale.ROOT, count < 1_000_000 ? "%.1f万" : "%.0f万", count / 10_000.0)
                    : String.format(Locale.ROOT, "%.0fk", count / 1000.0);
        }

        /** The tree to ask for where a figure opens its rows. */
        @Nullable
        String treeAsked() {
            return answer.tree().asked(answer.year());
        }

        /** The name that the page is headed with. */
        String shortName() {
            return answer.union().shortName().isEmpty()
                    ? answer.union().name()
                    : answer.union().shortName();
        }
    }

    /** The figure that is looked at until another is chosen. */
    private static final Measure USUAL_CARD = Members.JOINED;

    static final String ALL_ROWS = "all";
    static final int FIRST_ROWS = 50;
    static final int FEW_MORE = 10;
    private static final int PACE_ROWS = 5;
    private static final int PHONE_COLUMNS = 3;

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
        return LocalAddress.redirect(
                "/desk/overview/" + unions.home(actor, Right.FIGURE_READ).union());
    }

    @GetMapping("/{id}")
    @May(Right.FIGURE_READ)
    View overview(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) @Nullable String year,
            @RequestParam(defaultValue = "") String tree,
            @RequestParam(defaultValue = "") String card,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String rows) {
        int thisYear = LocalDate.now(clock).getYear();
        Measure open = Overview.MEASURES.stream()
                .filter(measure -> measure.key().equals(card))
                .findFirst()
                .orElse(USUAL_CARD);
        Sort by = Arrays.stream(Sort.values())
                .filter(each -> each.name().equals(sort))
                .findFirst()
                .orElse(Sort.PLACE);
        var asked = new Asked(id, overview.year(year), thisYear, CleanText.line(tree), open, by, rows.equals(ALL_ROWS));
        Overview.Answer answer = overview.of(actor, id, asked.year(), overview.tree(asked.year(), asked.tree()));
        return pages.desk(
                actor,
                answer.tree().scope(answer.union()),
                "figure/overview.jte",
                OverviewPage.of(answer, asked, overview.years()));
    }
}

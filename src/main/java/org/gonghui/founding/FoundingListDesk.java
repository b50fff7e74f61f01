package org.gonghui.founding;

import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Downloads;
import org.gonghui.layout.Language;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.gonghui.layout.WorkArea;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.sheet.Cell;
import org.gonghui.sheet.SheetFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Foundings by the list at the desk: the board, those of a stage, those behind the figures. */
@Controller
@RequestMapping("/desk/foundings")
class FoundingListDesk {

    /** A figure of the year. */
    record Figure(Measure measure, long value) {}

    /**
     * A founding on the board or in a list.
     *
     * @param street whoever works towards it, as it is called today
     */
    record Entry(FoundingListStore.Line line, UnionSummary street) {

        Founding founding() {
            return line.founding();
        }

        String streetName() {
            return street.shortName().isEmpty() ? street.name() : street.shortName();
        }
    }

    /**
     * The board of a union.
     *
     * @param first the first of each stage
     */
    record BoardPage(
            UnionSummary union,
            LocalDate today,
            FoundingLists.Board board,
            Map<Stage, List<Entry>> first,
            List<Figure> figures) {

        int year() {
            return today.getYear();
        }

        List<Entry> at(Stage stage) {
            return first.getOrDefault(stage, List.of());
        }

        static List<Stage> columns() {
            return FoundingLists.COLUMNS;
        }

        /** The stages of the funnel, from the first to the union. */
        static List<Stage> funnel() {
            return List.of(Stage.VERIFIED, Stage.CONTACTED, Stage.PREPARING, Stage.APPLIED, Stage.APPROVED);
        }

        /** The width of a stage in the funnel, 0 to 100: its share of the widest. */
        long width(Stage stage) {
            long widest = funnel().stream().mapToLong(board::came).max().orElse(0);
            return widest == 0 ? 0 : Math.max(board.came(stage) == 0 ? 0 : 2, board.came(stage) * 100 / widest);
        }

        Figure founded() {
            return figures.getFirst();
        }

        List<Figure> classes() {
            return figures.subList(1, figures.size() - 1);
        }
    }

    /** A list of foundings. */
    record ListPage(
            FoundingLists.Question question,
            List<Entry> lines,
            FoundingListStore.Sums sums,
            Optional<String> next,
            LocalDate today) {

        static List<Stage> stages() {
            return List.of(Stage.values());
        }

        static List<FoundingLists.Sort> sorts() {
            return List.of(FoundingLists.Sort.values());
        }

        boolean isApproved() {
            return question.stage() == Stage.APPROVED;
        }

        /** The measure whose number this is, of the approved. */
        Measure measure() {
            return question.foundingClass().map(FoundingMeasures::of).orElse(FoundingMeasures.FOUNDED);
        }

        /** The words of the address that asks for the same, but for the order. */
        String of() {
            return isApproved()
                    ? "of=" + measure().key()
                            + question.period()
                                    .map(period -> "&period=" + period.text())
                                    .orElse("")
                    : "of=" + question.stage().name();
        }

        /** The same with the order. */
        String asked() {
            return of() + "&sort=" + question.sort();
        }
    }

    private final FoundingLists lists;
    private final Unions unions;
    private final Counters counters;
    private final Pages pages;
    private final Texts texts;
    private final Clock clock;

    FoundingListDesk(FoundingLists lists, Unions unions, Counters counters, Pages pages, Texts texts, Clock clock) {
        this.lists = lists;
        this.unions = unions;
        this.counters = counters;
        this.pages = pages;
        this.texts = texts;
        this.clock = clock;
    }

    @Bean
    static WorkArea foundingsArea() {
        return new WorkArea(
                "desk.group.organisation",
                "founding.area",
                "building-add",
                "/desk/foundings",
                Right.EMPLOYER_EDIT,
                114);
    }

    @GetMapping
    @May(Right.EMPLOYER_READ)
    View home(Actor actor) {
        return LocalAddress.redirect(
                "/desk/foundings/" + unions.home(actor, Right.EMPLOYER_READ).union());
    }

    @GetMapping("/{id}")
    @May(Right.EMPLOYER_READ)
    View board(Actor actor, @PathVariable UnionId id) {
        UnionSummary union = unions.get(actor, id, Right.EMPLOYER_READ);
        LocalDate today = LocalDate.now(clock);
        int year = today.getYear();
        Counters.Year counted =
                counters.of(union.path(), year, today, FoundingMeasures.ALL, actor.reach(Right.EMPLOYER_READ));
        List<Figure> figures = IntStream.range(0, FoundingMeasures.ALL.size())
                .mapToObj(i -> new Figure(
                        FoundingMeasures.ALL.get(i), counted.upTo(i, Measure.Kind.FLOW, today.getMonthValue())))
                .toList();
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.EMPLOYER_READ),
                "founding/board.jte",
                boardPage(union, today, lists.board(actor, union), figures));
    }

    private BoardPage boardPage(UnionSummary union, LocalDate today, FoundingLists.Board board, List<Figure> figures) {
        Map<Stage, List<Entry>> first = new EnumMap<>(Stage.class);
        board.first()
                .forEach((stage, lines) ->
                        first.put(stage, lines.stream().map(this::entry).toList()));
        return new BoardPage(union, today, board, first, figures);
    }

    private Entry entry(FoundingListStore.Line line) {
        return new Entry(line, unions.living(line.founding().street()));
    }

    /** The foundings of a stage, or behind a figure. */
    @GetMapping("/{id}/list")
    @May(Right.EMPLOYER_READ)
    View list(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) @Nullable String of,
            @RequestParam(required = false) @Nullable String period,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(defaultValue = "") String after) {
        FoundingLists.Question question = lists.question(actor, id, of, period, sort);
        FoundingLists.Answer answer = lists.list(actor, question, FoundingLists.Mark.of(after));
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.EMPLOYER_READ),
                "founding/list.jte",
                new ListPage(
                        question,
                        answer.lines().stream().map(this::entry).toList(),
                        answer.sums(),
                        answer.next().map(FoundingLists.Mark::text),
                        LocalDate.now(clock)));
    }

    /** The same list as a table, all of it. */
    @GetMapping("/{id}/list/export")
    @May(Right.EMPLOYER_READ)
    View export(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) @Nullable String of,
            @RequestParam(required = false) @Nullable String period,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(defaultValue = "XLSX") String format) {
        FoundingLists.Question question = lists.question(actor, id, of, period, sort);
        var input = new Input();
        SheetFormat as = input.choice("format", format, SheetFormat.class);
        input.check();
        lists.takeAlong(actor, question);
        return (model, request, response) -> {
            Language language = Pages.language(request);
            String name = texts.say(language, "founding.stage." + question.stage());
            Downloads.table(
                    response,
                    Downloads.name(as.extension(), name, question.union().name()),
                    as,
                    name,
                    Stream.of(
                                    "founding.name",
                                    "founding.employers",
                                    "employer.street",
                                    "employer.workers",
                                    "founding.stage",
                                    "founding.since",
                                    "founding.approved-on",
                                    "founding.as")
                            .map(heading -> texts.say(language, heading))
                            .toList(),
                    sheet -> lists.each(actor, question, line -> sheet.row(cells(entry(line), language))));
        };
    }

    private List<Cell> cells(Entry entry, Language language) {
        Founding founding = entry.founding();
        Optional<Founding.Approval> approval = founding.approval();
        return List.of(
                new Cell.Text(
                        founding.application().map(Founding.Application::name).orElse("")),
                new Cell.Text(entry.line().employers()),
                new Cell.Text(entry.street().name()),
                entry.line().workers() == 0
                        ? Cell.BLANK
                        : new Cell.Count(entry.line().workers()),
                new Cell.Text(texts.say(language, "founding.stage." + founding.stage())),
                new Cell.Text(
                        founding.stageAt().atZone(clock.getZone()).toLocalDate().toString()),
                new Cell.Text(approval.map(each -> each.on().toString()).orElse("")),
                new Cell.Text(approval.map(each -> texts.say(language, "founding.as." + each.foundingClass()))
                        .orElse("")));
    }
}

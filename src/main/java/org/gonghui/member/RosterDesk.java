package org.gonghui.member;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
import org.gonghui.measure.Measure;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.sheet.SheetFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The list of members of any part of the tree, narrowed and sorted, and the same as a file. */
@Controller
@RequestMapping("/desk/members")
class RosterDesk {

    /** A row, with its union's name. */
    record Line(Roster.Row row, String union) {}

    /**
     * The page.
     *
     * @param comparison where the figure of the list is told by the unions below and beside a year earlier; empty for whoever
     *     may not read it, and for periods of which months are not on record
     */
    record RosterPage(
            Roster.Question question,
            Roster.Answer answer,
            List<Line> lines,
            List<Employment> employments,
            boolean atBeginning,
            Optional<String> comparison) {

        /** The list's own address with another sort, or the rows after these. */
        String address(String path, Roster.Sort sort, String after) {
            return RosterDesk.address(question, path, sort, after);
        }

        static List<Measure> measures() {
            return Members.MEASURES;
        }

        boolean isAboutEnds() {
            return RosterStore.isAboutEnds(question.measure());
        }

        /** By what the heading of a column sorts; empty for nothing. */
        Optional<Roster.Sort> sortOf(Roster.Column column) {
            if (!question.name().isEmpty()) {
                return column == Roster.Column.NAME ? Optional.of(Roster.Sort.NAME) : Optional.empty();
            }
            return switch (column) {
                case NAME -> Optional.of(Roster.Sort.NAME);
                case NUMBER -> Optional.of(Roster.Sort.NUMBER);
                case BEGAN -> isAboutEnds() ? Optional.empty() : Optional.of(Roster.Sort.DAY);
                case ENDED -> isAboutEnds() ? Optional.of(Roster.Sort.DAY) : Optional.empty();
                default -> Optional.empty();
            };
        }
    }

    /** A part of a question, as a form or an address carries it. */
    record Field(String name, String value) {}

    /** What goes into a file, and how. */
    record ExportPage(Roster.Question question, long total, boolean atLeast, boolean mayOpen) {

        List<Field> fields() {
            return RosterDesk.fields(question, question.sort())
                    .filter(field -> !field.name().equals("columns"))
                    .toList();
        }

        /** The list that becomes the file. */
        String list() {
            return RosterDesk.address(question, "", question.sort(), "");
        }

        boolean has(Roster.Column column) {
            return question.columns().isEmpty() || question.columns().contains(column);
        }
    }

    private final Roster roster;
    private final Members members;
    private final Unions unions;
    private final Pages pages;
    private final Texts texts;

    RosterDesk(Roster roster, Members members, Unions unions, Pages pages, Texts texts) {
        this.roster = roster;
        this.members = members;
        this.unions = unions;
        this.pages = pages;
        this.texts = texts;
    }

    @GetMapping
    @May(Right.MEMBER_READ)
    View begin(Actor actor, HttpServletRequest request) {
        String home = "/desk/members/" + unions.home(actor, Right.MEMBER_READ).union();
        String question = request.getQueryString();
        return LocalAddress.redirect(question == null ? home : home + "?" + question);
    }

    @GetMapping("/{id}")
    @May(Right.MEMBER_READ)
    View list(
            Actor actor,
            @PathVariable UnionId id,
            Roster.Asked asked,
            @RequestParam(required = false) Optional<String> after) {
        Roster.Question question = roster.question(actor, id, asked);
        Roster.Answer answer = roster.list(actor, question, after);
        List<Line> lines = answer.rows().stream()
                .map(row -> new Line(row, called(row.union())))
                .toList();
        return pages.desk(
                actor,
                question.tree().scope(question.union()),
                "member/roster.jte",
                new RosterPage(
                        question, answer, lines, members.employments(), after.isEmpty(), comparison(actor, question)));
    }

    private Optional<String> comparison(Actor actor, Roster.Question question) {
        boolean told = question.period().from().getYear() >= Members.FIRST_YEAR
                && unions.asOf(actor, Right.FIGURE_READ, question.tree().day())
                        .find(question.union().id())
                        .isPresent();
        String tree =
                question.tree().isAsToday() ? "" : "&tree=" + question.tree().day();
        return told
                ? Optional.of("/desk/figures/%s/comparison?of=%s&period=%s%s"
                        .formatted(
                                question.union().id(),
                                question.measure().key(),
                                question.period().text(),
                                tree))
                : Optional.empty();
    }

    @GetMapping("/{id}/export")
    @May(Right.MEMBER_READ)
    View exportForm(Actor actor, @PathVariable UnionId id, Roster.Asked asked) {
        Roster.Question question = roster.question(actor, id, asked);
        Roster.Answer answer = roster.list(actor, question, Optional.empty());
        return pages.desk(
                actor,
                question.tree().scope(question.union()),
                "member/export.jte",
                new ExportPage(question, answer.total(), answer.atLeast(), roster.mayOpen(actor, question)));
    }

    /** The whole list as a file: masked as on the page, or open for a purpose. */
    @PostMapping("/{id}/export")
    @May(Right.MEMBER_READ)
    View export(
            Actor actor,
            @PathVariable UnionId id,
            Roster.Asked asked,
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(defaultValue = "false") boolean open,
            @RequestParam(required = false) @Nullable String purpose,
            @RequestParam(required = false) @Nullable String note) {
        var input = new Input();
        SheetFormat as = input.choice("format", format, SheetFormat.class);
        input.check();
        Roster.Question question = roster.question(actor, id, asked);
        if (open) {
            List<Roster.Row> rows = roster.open(actor, question, purpose, note);
            return (model, request, response) -> write(question, as, Pages.language(request), response, rows::forEach);
        }
        return (model, request, response) ->
                write(question, as, Pages.language(request), response, each -> roster.export(actor, question, each));
    }

    private void write(
            Roster.Question question,
            SheetFormat format,
            Language language,
            HttpServletResponse response,
            Consumer<Consumer<Roster.Row>> rows)
            throws IOException {
        String figure = texts.say(language, question.measure().message("name"));
        String name = Downloads.name(
                format.extension(),
                question.union().name(),
                figure,
                question.period().text());
        List<Roster.Column> columns = question.shown();
        List<String> headings = columns.stream()
                .map(column -> texts.say(language, "member.column." + column))
                .toList();
        Downloads.table(
                response,
                name,
                format,
                question.period().text(),
                headings,
                file -> rows.accept(row -> file.texts(columns.stream()
                        .map(column -> cell(column, row, language))
                        .toList())));
    }

    private String cell(Roster.Column column, Roster.Row row, Language language) {
        Roster.Numbers numbers = row.numbers().orElseThrow();
        return switch (column) {
            case NAME -> row.name();
            case SEX -> texts.say(language, "member.sex." + row.sex());
            case NUMBER -> Long.toString(row.number());
            case BIRTH_DATE -> numbers.birthDate();
            case IDENTITY -> numbers.identity();
            case PHONE -> numbers.phone();
            case EMPLOYMENT -> texts.say(language, "member.employment." + row.employment());
            case UNION -> called(row.union());
            case BEGAN -> row.beganOn().toString();
            case ENDED -> row.endedOn().map(Object::toString).orElse("");
        };
    }

    private static String address(Roster.Question question, String path, Roster.Sort sort, String after) {
        return "/desk/members/" + question.union().id() + path + "?"
                + Stream.concat(fields(question, sort), Stream.of(new Field("after", after)))
                        .filter(field -> !field.value().isEmpty())
                        .map(field -> field.name() + "=" + URLEncoder.encode(field.value(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    private static Stream<Field> fields(Roster.Question question, Roster.Sort sort) {
        return Stream.concat(
                Stream.of(
                        new Field("of", question.measure().key()),
                        new Field("period", question.period().text()),
                        new Field(
                                "tree",
                                question.tree().isAsToday()
                                        ? ""
                                        : question.tree().day().toString()),
                        new Field("name", question.name()),
                        new Field("employment", question.employment()),
                        new Field("sex", question.sex()),
                        new Field("sort", sort.name())),
                question.columns().stream().map(column -> new Field("columns", column.name())));
    }

    private String called(UnionId union) {
        return unions.named(union).map(UnionSummary::name).orElse("");
    }
}

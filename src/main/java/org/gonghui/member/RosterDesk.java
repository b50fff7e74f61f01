package org.gonghui.member;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Language;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.gonghui.measure.Measure;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The list of members of any part of the tree, narrowed and sorted, and the same as a file. */
@Controller
@RequestMapping("/desk/members")
class RosterDesk {

    /** A row, with its union's name. */
    record Line(Roster.Row row, String union) {}

    /** The page. */
    record RosterPage(
            Roster.Question question,
            Roster.Answer answer,
            List<Line> lines,
            List<Employment> employments,
            boolean atBeginning) {

        /** The list's own address with another sort, or the rows after these. */
        String address(String path, Roster.Sort sort, String after) {
            String query = Stream.of(
                            Map.entry("of", question.measure().key()),
                            Map.entry("period", question.period().text()),
                            Map.entry("name", question.name()),
                            Map.entry("employment", question.employment()),
                            Map.entry("sex", question.sex()),
                            Map.entry("sort", sort.name()),
                            Map.entry("after", after))
                    .filter(each -> !each.getValue().isEmpty())
                    .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            return "/desk/members/" + question.union().id() + path + "?" + query;
        }

        static List<Measure> measures() {
            return Members.MEASURES;
        }

        boolean isAboutEnds() {
            return RosterStore.isAboutEnds(question.measure());
        }
    }

    private static final List<String> COLUMNS = List.of(
            "number", "name", "sex", "birth-date", "identity", "phone", "employment", "union", "began", "ended");

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
    View begin(Actor actor) {
        return LocalAddress.redirect(
                "/desk/members/" + unions.home(actor, Right.MEMBER_READ).union());
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
                unions.scope(actor, id, Right.MEMBER_READ),
                "member/roster.jte",
                new RosterPage(question, answer, lines, members.employments(), after.isEmpty()));
    }

    /** The whole list as a file that spreadsheets open, masked as on the page. */
    @GetMapping("/{id}/export")
    @May(Right.MEMBER_READ)
    View export(Actor actor, @PathVariable UnionId id, Roster.Asked asked) {
        Roster.Question question = roster.question(actor, id, asked);
        return new View() {
            @Override
            public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
                    throws IOException {
                write(actor, question, Pages.language(request), response);
            }
        };
    }

    private void write(Actor actor, Roster.Question question, Language language, HttpServletResponse response)
            throws IOException {
        String file = question.union().name() + "-" + question.period().text() + ".csv";
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Disposition",
                ContentDisposition.attachment()
                        .filename(file, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        PrintWriter out = response.getWriter();
        out.print('\ufeff'); // by which spreadsheets know that it is UTF-8
        line(out, COLUMNS.stream().map(column -> texts.say(language, "member.column." + column)));
        roster.export(actor, question, row -> line(out, cells(row, language)));
        out.flush();
    }

    private Stream<String> cells(Roster.Row row, Language language) {
        Roster.Numbers numbers = row.numbers().orElseThrow();
        return Stream.of(
                Long.toString(row.number()),
                row.name(),
                texts.say(language, "member.sex." + row.sex()),
                numbers.birthDate().toString(),
                numbers.identity(),
                numbers.phone(),
                texts.say(language, "member.employment." + row.employment()),
                called(row.union()),
                row.beganOn().toString(),
                row.endedOn().map(Object::toString).orElse(""));
    }

    private static void line(PrintWriter out, Stream<String> cells) {
        out.print(cells.map(RosterDesk::cell).collect(Collectors.joining(",")) + "\r\n");
    }

    /** Quoted, and never a formula: what a spreadsheet would compute begins with an apostrophe. */
    static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }

    private String called(UnionId union) {
        return unions.named(union).map(UnionSummary::name).orElse("");
    }
}

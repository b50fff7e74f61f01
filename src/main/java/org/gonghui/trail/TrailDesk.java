package org.gonghui.trail;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.layout.Downloads;
import org.gonghui.layout.Language;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.gonghui.layout.WorkArea;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.sheet.Cell;
import org.gonghui.sheet.SheetFormat;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The audit trail of a part of the tree, for auditors. */
@Controller
@RequestMapping("/desk/trail")
class TrailDesk {

    /** The page. */
    record TrailPage(Trail.Question question, Trail.Answer answer, boolean atBeginning) {

        static List<String> subjects() {
            return Trail.SUBJECTS;
        }

        /** True where entries stand that concern no place in the tree. */
        boolean isOfTheCity() {
            return question.union().path().equals(UnionPath.root());
        }

        /** The same question from the newest entry on, or from after a mark. */
        String address(String after) {
            var address = new StringBuilder(
                    "/desk/trail/%s?from=%s&to=%s".formatted(question.union().id(), question.from(), question.to()));
            if (!question.subject().isEmpty()) {
                address.append("&subject=").append(question.subject());
            }
            if (!question.actor().isEmpty()) {
                address.append("&actor=").append(URLEncoder.encode(question.actor(), StandardCharsets.UTF_8));
            }
            return after.isEmpty() ? address.toString() : address + "&after=" + after;
        }

        Optional<String> next() {
            return answer.next().map(Mark::text).map(this::address);
        }
    }

    private static final List<String> COLUMNS = List.of("at", "who", "what", "where", "code", "number", "id");

    private final Trail trail;
    private final Unions unions;
    private final Pages pages;
    private final Texts texts;

    TrailDesk(Trail trail, Unions unions, Pages pages, Texts texts) {
        this.trail = trail;
        this.unions = unions;
        this.pages = pages;
        this.texts = texts;
    }

    @Bean
    static WorkArea trailArea() {
        return new WorkArea("desk.group.oversight", "trail.area", "shield-check", "/desk/trail", Right.AUDIT_READ, 40);
    }

    @GetMapping
    @May(Right.AUDIT_READ)
    View home(Actor actor) {
        return LocalAddress.redirect(
                "/desk/trail/" + unions.home(actor, Right.AUDIT_READ).union());
    }

    @GetMapping("/{id}")
    @May(Right.AUDIT_READ)
    View read(Actor actor, @PathVariable UnionId id, Trail.Asked asked, @RequestParam(defaultValue = "") String after) {
        Trail.Question question = trail.question(actor, id, asked);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.AUDIT_READ),
                "trail/trail.jte",
                new TrailPage(question, trail.read(actor, question, Mark.of(after)), after.isEmpty()));
    }

    /** The same as a file; that it was taken out stands in the trail itself. */
    @PostMapping("/{id}/export")
    @May(Right.AUDIT_READ)
    View export(
            Actor actor,
            @PathVariable UnionId id,
            Trail.Asked asked,
            @RequestParam(defaultValue = "XLSX") String format) {
        var input = new Input();
        SheetFormat as = input.choice("format", format, SheetFormat.class);
        input.check();
        Trail.Question question = trail.question(actor, id, asked);
        trail.recordExport(actor, question);
        return (model, request, response) -> write(actor, question, as, Pages.language(request), response);
    }

    private void write(
            Actor actor, Trail.Question question, SheetFormat format, Language language, HttpServletResponse response)
            throws IOException {
        String name = Downloads.name(
                format.extension(),
                question.union().name(),
                texts.say(language, "trail.area"),
                question.from().toString(),
                question.to().toString());
        List<String> headings = COLUMNS.stream()
                .map(column -> texts.say(language, "trail.column." + column))
                .toList();
        Downloads.table(
                response,
                name,
                format,
                texts.say(language, "trail.area"),
                headings,
                file -> trail.each(actor, question, row -> file.row(cells(row, language))));
    }

    private List<Cell> cells(Trail.Row row, Language language) {
        return List.of(
                new Cell.Text(row.entry()
                        .at()
                        .atZone(CityClock.ZONE)
                        .toOffsetDateTime()
                        .toString()),
                new Cell.Text(row.entry().actor()),
                new Cell.Text(texts.told(language, row.entry())),
                new Cell.Text(row.union().map(UnionSummary::name).orElse("")),
                new Cell.Text(row.union().map(UnionSummary::code).orElse("")),
                row.entry().number().isPresent()
                        ? new Cell.Count(row.entry().number().getAsLong())
                        : Cell.BLANK,
                new Cell.Text(row.entry().id().toString()));
    }
}

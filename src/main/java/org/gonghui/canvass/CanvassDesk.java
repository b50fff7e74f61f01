package org.gonghui.canvass;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.gonghui.canvass.CanvassLine.Outcome;
import org.gonghui.employer.Employers;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Frame;
import org.gonghui.layout.Language;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.SentFile;
import org.gonghui.layout.Tables;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;

/** Employers from a table at the desk: send it, look it through, enter it. */
@Controller
@RequestMapping("/desk/canvasses/{id}")
class CanvassDesk {

    private static final int ROWS_SHOWN = 200;

    /**
     * The form for a table.
     *
     * @param needsStreet true where each row has to say in whose streets it lies
     */
    record SendingPage(UnionSummary union, boolean needsStreet, UUID formKey) {

        static int mostRows() {
            return CanvassFile.MOST_ROWS;
        }
    }

    /**
     * A table looked through.
     *
     * @param shown the rows listed are of this outcome
     */
    record LookingPage(
            UnionSummary union, UUID canvass, Canvasses.Looked looked, Outcome shown, List<CanvassLine> rows) {

        int count(Outcome outcome) {
            return looked.plan().lines(outcome).size();
        }

        static List<Outcome> outcomes() {
            return List.of(Outcome.values());
        }

        /** A note of a cell as a sentence, the heading of its column in front. */
        static String sentence(Frame frame, CanvassLine.Note note) {
            Object[] facts = note.facts().stream()
                    .map(fact -> fact instanceof CanvassLine.Word word ? frame.t(word.key()) : fact)
                    .toArray();
            return frame.t("layout.table.note", frame.t(CanvassFile.key(note.column())), frame.t(note.key(), facts));
        }
    }

    private final Canvasses canvasses;
    private final Employers employers;
    private final CanvassFile file;
    private final Unions unions;
    private final Pages pages;
    private final Tables tables;
    private final Clock clock;

    CanvassDesk(
            Canvasses canvasses,
            Employers employers,
            CanvassFile file,
            Unions unions,
            Pages pages,
            Tables tables,
            Clock clock) {
        this.canvasses = canvasses;
        this.employers = employers;
        this.file = file;
        this.unions = unions;
        this.pages = pages;
        this.tables = tables;
        this.clock = clock;
    }

    @GetMapping
    @May(Right.EMPLOYER_EDIT)
    View sendingForm(Actor actor, @PathVariable UnionId id) {
        UnionSummary union = employers.keeper(actor, id);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.EMPLOYER_EDIT),
                "canvass/sending.jte",
                new SendingPage(
                        union,
                        unions.below(union).stream()
                                .anyMatch(below -> !below.kind().isBase()),
                        Ids.next(clock)));
    }

    /** A table without rows, to be filled in. */
    @GetMapping("/template")
    @May(Right.EMPLOYER_EDIT)
    View template(Actor actor, @PathVariable UnionId id, @RequestParam(defaultValue = "XLSX") String format) {
        employers.keeper(actor, id);
        return tables.blank("canvass.template", format, this::headings);
    }

    private List<String> headings(Language language) {
        return file.columns().stream()
                .map(column -> file.heading(column, language))
                .toList();
    }

    @PostMapping
    @May(Right.EMPLOYER_EDIT)
    View keep(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam UUID key,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile sent,
            HttpServletRequest request)
            throws IOException {
        SentFile table = SentFile.of(sent);
        canvasses.keep(actor, id, key, table.name(), table.content(), Pages.language(request));
        return to(id, key);
    }

    @GetMapping("/{canvass}")
    @May(Right.EMPLOYER_EDIT)
    View look(
            Actor actor,
            @PathVariable UnionId id,
            @PathVariable UUID canvass,
            @RequestParam(defaultValue = "") String shown,
            HttpServletRequest request) {
        Canvasses.Looked looked = canvasses.look(actor, id, canvass, Pages.language(request));
        CanvassPlan plan = looked.plan();
        Outcome outcome = Arrays.stream(Outcome.values())
                .filter(each -> each.name().equals(shown))
                .findFirst()
                .orElseGet(() -> List.of(Outcome.BAD, Outcome.NEW, Outcome.CHANGED, Outcome.SAME).stream()
                        .filter(each -> !plan.lines(each).isEmpty())
                        .findFirst()
                        .orElse(Outcome.NEW));
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.EMPLOYER_EDIT),
                "canvass/looking.jte",
                new LookingPage(
                        employers.keeper(actor, id),
                        canvass,
                        looked,
                        outcome,
                        plan.lines(outcome).stream().limit(ROWS_SHOWN).toList()));
    }

    /** The rows with faults, each with what is wrong with it in a last column. */
    @GetMapping("/{canvass}/faults")
    @May(Right.EMPLOYER_EDIT)
    View faults(Actor actor, @PathVariable UnionId id, @PathVariable UUID canvass, HttpServletRequest request) {
        List<CanvassLine> bad = canvasses
                .look(actor, id, canvass, Pages.language(request))
                .plan()
                .lines(Outcome.BAD);
        return tables.wrong(
                "canvass.faults",
                this::headings,
                (language, rows) -> bad.forEach(line -> rows.accept(wrong(line, language))));
    }

    private Tables.Wrong wrong(CanvassLine line, Language language) {
        return new Tables.Wrong(
                file.columns().stream()
                        .map(column -> file.written(column, line.row().text(column), language))
                        .toList(),
                line.notes().stream()
                        .map(note -> new Tables.Note(file.heading(note.column(), language), note.key(), note.facts()))
                        .toList());
    }

    @PostMapping("/{canvass}/employers")
    @May(Right.EMPLOYER_EDIT)
    View enter(
            Actor actor,
            @PathVariable UnionId id,
            @PathVariable UUID canvass,
            @RequestParam(required = false) @Nullable String seen,
            @RequestParam(defaultValue = "false") boolean goodOnly,
            HttpServletRequest request) {
        canvasses.enter(actor, id, canvass, seen, goodOnly, Pages.language(request));
        return to(id, canvass);
    }

    private static View to(UnionId id, UUID canvass) {
        return LocalAddress.redirect("/desk/canvasses/" + id + "/" + canvass);
    }
}

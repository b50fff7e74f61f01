package org.gonghui.org;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;

/** Founding many unions from a file at the desk: send it, look it through, found. */
@Controller
@RequestMapping("/desk/unions/{id}/imports")
class TreeImportDesk {

    private static final int ROWS_SHOWN = 200;
    private static final int SUPERIORS_SHOWN = 12;

    /** The form for a file. */
    record SendingPage(UnionSummary below, UUID formKey) {

        static int mostRows() {
            return TreeFile.MOST_ROWS;
        }
    }

    /**
     * A file looked through.
     *
     * @param shown the rows listed are of this outcome
     * @param superiors below which unions of today, by name, so many are founded; those with most
     */
    record LookingPage(
            UnionSummary below,
            UUID file,
            TreeImports.Looked looked,
            ImportPlan.Outcome shown,
            List<ImportPlan.Line> rows,
            Map<String, Long> superiors,
            int otherSuperiors) {

        int count(ImportPlan.Outcome outcome) {
            return looked.plan().lines(outcome).size();
        }

        static List<ImportPlan.Outcome> outcomes() {
            return List.of(ImportPlan.Outcome.values());
        }

        /** A note of a cell as a sentence, the heading of its column in front. */
        static String sentence(Frame frame, ImportPlan.Note note) {
            Object[] facts = note.facts().stream()
                    .map(fact -> frame.has("org.kind." + fact) ? frame.t("org.kind." + fact) : fact)
                    .toArray();
            return frame.t("layout.table.note", frame.t("org.export." + note.column()), frame.t(note.key(), facts));
        }
    }

    private final TreeImports imports;
    private final Unions unions;
    private final TreeFile file;
    private final Pages pages;
    private final Tables tables;
    private final Clock clock;

    TreeImportDesk(TreeImports imports, Unions unions, TreeFile file, Pages pages, Tables tables, Clock clock) {
        this.imports = imports;
        this.unions = unions;
        this.file = file;
        this.pages = pages;
        this.tables = tables;
        this.clock = clock;
    }

    @GetMapping
    @May(Right.UNION_FOUND)
    View sendingForm(Actor actor, @PathVariable UnionId id) {
        UnionSummary below = unions.get(actor, id, Right.UNION_FOUND);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.UNION_FOUND),
                "org/sending.jte",
                new SendingPage(below, Ids.next(clock)));
    }

    /** A file without rows, to be filled in. */
    @GetMapping("/template")
    @May(Right.UNION_FOUND)
    View template(Actor actor, @PathVariable UnionId id, @RequestParam(defaultValue = "XLSX") String format) {
        unions.get(actor, id, Right.UNION_FOUND);
        return tables.blank("org.import.template", format, this::headings);
    }

    private List<String> headings(Language language) {
        return TreeFile.READ.stream()
                .map(column -> file.heading(column, language))
                .toList();
    }

    @PostMapping
    @May(Right.UNION_FOUND)
    View keep(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam UUID key,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile sent,
            HttpServletRequest request)
            throws IOException {
        unions.get(actor, id, Right.UNION_FOUND);
        SentFile table = SentFile.of(sent);
        imports.keep(actor, id, key, table.name(), table.content(), Pages.language(request));
        return to(id, key);
    }

    @GetMapping("/{file}")
    @May(Right.UNION_FOUND)
    View look(
            Actor actor,
            @PathVariable UnionId id,
            @PathVariable("file") UUID kept,
            @RequestParam(defaultValue = "") String shown,
            HttpServletRequest request) {
        UnionSummary below = unions.get(actor, id, Right.UNION_FOUND);
        TreeImports.Looked looked = imports.look(actor, id, kept, Pages.language(request));
        ImportPlan plan = looked.plan();
        ImportPlan.Outcome outcome = Arrays.stream(ImportPlan.Outcome.values())
                .filter(each -> each.name().equals(shown))
                .findFirst()
                .orElse(plan.lines(ImportPlan.Outcome.BAD).isEmpty() ? ImportPlan.Outcome.NEW : ImportPlan.Outcome.BAD);
        Map<UnionId, Long> superiors = plan.superiors();
        Map<String, Long> named = superiors.entrySet().stream()
                .limit(SUPERIORS_SHOWN)
                .collect(Collectors.toMap(
                        each -> unions.get(actor, each.getKey(), Right.UNION_FOUND)
                                .name(),
                        Map.Entry::getValue,
                        Long::sum,
                        LinkedHashMap::new));
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.UNION_FOUND),
                "org/looking.jte",
                new LookingPage(
                        below,
                        kept,
                        looked,
                        outcome,
                        plan.lines(outcome).stream().limit(ROWS_SHOWN).toList(),
                        named,
                        superiors.size() - named.size()));
    }

    /** The rows with faults, each with what is wrong with it in a last column. */
    @GetMapping("/{file}/faults")
    @May(Right.UNION_FOUND)
    View faults(Actor actor, @PathVariable UnionId id, @PathVariable("file") UUID kept, HttpServletRequest request) {
        unions.get(actor, id, Right.UNION_FOUND);
        List<ImportPlan.Line> bad =
                imports.look(actor, id, kept, Pages.language(request)).plan().lines(ImportPlan.Outcome.BAD);
        return tables.wrong(
                "org.import.faults",
                this::headings,
                (language, rows) -> bad.forEach(line -> rows.accept(wrong(line, language))));
    }

    private Tables.Wrong wrong(ImportPlan.Line line, Language language) {
        return new Tables.Wrong(
                TreeFile.READ.stream()
                        .map(column -> file.written(column, line.row().text(column), language))
                        .toList(),
                line.notes().stream()
                        .map(note -> new Tables.Note(file.heading(note.column(), language), note.key(), note.facts()))
                        .toList());
    }

    @PostMapping("/{file}/unions")
    @May(Right.UNION_FOUND)
    View found(
            Actor actor,
            @PathVariable UnionId id,
            @PathVariable("file") UUID kept,
            @RequestParam(defaultValue = "false") boolean goodOnly,
            HttpServletRequest request) {
        unions.get(actor, id, Right.UNION_FOUND);
        imports.found(actor, id, kept, goodOnly, Pages.language(request));
        return to(id, kept);
    }

    private static View to(UnionId id, UUID kept) {
        return LocalAddress.redirect("/desk/unions/" + id + "/imports/" + kept);
    }
}

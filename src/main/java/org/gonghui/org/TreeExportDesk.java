package org.gonghui.org;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Downloads;
import org.gonghui.layout.Language;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.gonghui.sheet.Cell;
import org.gonghui.sheet.SheetFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The tree as a file for spreadsheets: a union and everything below it, as it stood on a day or will stand by plan. */
@Controller
class TreeExportDesk {

    private final Unions unions;
    private final TreeFile file;
    private final Texts texts;

    TreeExportDesk(Unions unions, TreeFile file, Texts texts) {
        this.unions = unions;
        this.file = file;
        this.texts = texts;
    }

    @GetMapping("/desk/unions/{id}/export")
    @May(Right.UNION_READ)
    View export(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(defaultValue = "XLSX") String format,
            @RequestParam(required = false) @Nullable String tree) {
        var input = new Input();
        SheetFormat as = input.choice("format", format, SheetFormat.class);
        input.check();
        TreeView view = unions.onDay(actor, "tree", tree);
        UnionSummary top = view.get(id);
        return (model, request, response) -> write(view, top, as, Pages.language(request), response);
    }

    private void write(
            TreeView tree, UnionSummary top, SheetFormat format, Language language, HttpServletResponse response)
            throws IOException {
        String name = Downloads.name(format.extension(), top.name(), tree.day().toString());
        Map<String, UnionSummary> byPath = new HashMap<>();
        Stream.concat(tree.above(top).stream(), tree.subtree(top).stream())
                .forEach(union -> byPath.put(union.path().value(), union));
        Downloads.table(response, name, format, tree.day().toString(), file.headings(language), sheet -> {
            for (UnionSummary union : tree.subtree(top)) {
                sheet.row(row(union, byPath.get(parent(union)), tree.isPlanned(union), language));
            }
        });
    }

    private List<Cell> row(UnionSummary union, @Nullable UnionSummary superior, boolean planned, Language language) {
        return List.of(
                new Cell.Text(union.code()),
                new Cell.Text(union.name()),
                new Cell.Text(union.shortName()),
                new Cell.Text(file.word(union.kind(), language)),
                new Cell.Text(union.foundedOn().toString()),
                new Cell.Count(union.path().depth()),
                superior == null ? Cell.BLANK : new Cell.Text(superior.code()),
                superior == null ? Cell.BLANK : new Cell.Text(superior.name()),
                new Cell.Count(union.below()),
                planned ? new Cell.Text(texts.say(language, "org.planned")) : Cell.BLANK);
    }

    private static String parent(UnionSummary union) {
        String path = union.path().value();
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }
}

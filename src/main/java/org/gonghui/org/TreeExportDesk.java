package org.gonghui.org;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
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
import org.gonghui.sheet.SheetFormat;
import org.gonghui.sheet.SheetWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The tree as a file for spreadsheets: a union and everything below it, as it stood on a day. */
@Controller
class TreeExportDesk {

    /** The columns; the words are {@code org.export.<name>}. */
    private static final List<String> COLUMNS =
            List.of("code", "name", "short-name", "kind", "level", "superior-code", "superior", "below");

    private final Unions unions;
    private final Texts texts;
    private final Clock clock;

    TreeExportDesk(Unions unions, Texts texts, Clock clock) {
        this.unions = unions;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping("/desk/unions/{id}/export")
    @May(Right.UNION_READ)
    View export(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(defaultValue = "XLSX") String format,
            @RequestParam(required = false) @Nullable String tree) {
        LocalDate today = LocalDate.now(clock);
        var input = new Input();
        SheetFormat as = input.choice("format", format, SheetFormat.class);
        LocalDate day = tree == null ? today : input.day("tree", tree);
        if (day.isAfter(today)) {
            input.fault("tree", "in-future");
        }
        input.check();
        TreeView view = unions.asOf(actor, Right.UNION_READ, day);
        UnionSummary top = view.get(id);
        return (model, request, response) -> write(view, top, as, Pages.language(request), response);
    }

    private void write(
            TreeView tree, UnionSummary top, SheetFormat format, Language language, HttpServletResponse response)
            throws IOException {
        String name = "%s-%s.%s".formatted(top.name(), tree.day(), format.extension());
        List<String> headings = COLUMNS.stream()
                .map(column -> texts.say(language, "org.export." + column))
                .toList();
        Map<String, UnionSummary> byPath = new HashMap<>();
        Stream.concat(tree.above(top).stream(), tree.subtree(top).stream())
                .forEach(union -> byPath.put(union.path().value(), union));
        OutputStream out = Downloads.begin(response, name, format.contentType());
        try {
            SheetWriter file = format.write(out, tree.day().toString(), headings);
            for (UnionSummary union : tree.subtree(top)) {
                file.row(row(union, byPath.get(parent(union)), language));
            }
            file.close(); // only when it is whole: what breaks off must not look like a file
        } catch (UncheckedIOException gone) {
            throw gone.getCause(); // whoever wanted the file: the container knows what to do
        }
    }

    private List<String> row(UnionSummary union, @Nullable UnionSummary superior, Language language) {
        return List.of(
                union.code(),
                union.name(),
                union.shortName(),
                texts.say(language, "org.kind." + union.kind()),
                Integer.toString(union.path().depth()),
                superior == null ? "" : superior.code(),
                superior == null ? "" : superior.name(),
                Integer.toString(union.below()));
    }

    private static String parent(UnionSummary union) {
        String path = union.path().value();
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }
}

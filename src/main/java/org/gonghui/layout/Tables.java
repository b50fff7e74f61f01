package org.gonghui.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gonghui.kernel.Input;
import org.gonghui.sheet.SheetFormat;
import org.gonghui.sheet.SheetWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/** Tables that people fill in and send: given out without rows, and given back with the rows that have faults. */
@Component
public class Tables {

    /**
     * What is wrong with a cell.
     *
     * @param heading of its column
     * @param key of the sentence that the facts fill
     */
    public record Note(String heading, String key, List<Object> facts) {}

    /**
     * A row with faults.
     *
     * @param cells as they were typed
     */
    public record Wrong(List<String> cells, List<Note> notes) {}

    private final Texts texts;

    Tables(Texts texts) {
        this.texts = texts;
    }

    /**
     * A table without rows, to be filled in.
     *
     * @param title key of its name
     * @param typed a {@link SheetFormat}, as the field {@code format} has it
     */
    public View blank(String title, @Nullable String typed, Function<Language, List<String>> headings) {
        var input = new Input();
        SheetFormat format = input.choice("format", typed, SheetFormat.class);
        input.check();
        return table(title, format, headings, (language, sheet) -> {});
    }

    /**
     * The rows with faults, each with what is wrong with it in a last column.
     *
     * @param title key of its name
     * @param rows gives each one to its consumer, in this language
     */
    public View wrong(String title, Function<Language, List<String>> headings, Rows rows) {
        return table(
                title,
                SheetFormat.XLSX,
                language -> {
                    List<String> all = new ArrayList<>(headings.apply(language));
                    all.add(texts.say(language, "layout.table.why"));
                    return all;
                },
                (language, sheet) -> rows.each(language, row -> sheet.texts(cells(row, language))));
    }

    /** Gives rows with faults to somebody, one after the other. */
    @FunctionalInterface
    public interface Rows {
        /** Gives each of them once, with headings and cells in this language. */
        void each(Language language, Consumer<Wrong> row);
    }

    private List<String> cells(Wrong row, Language language) {
        List<String> cells = new ArrayList<>(row.cells());
        cells.add(row.notes().stream().map(note -> sentence(language, note)).collect(Collectors.joining(" ")));
        return cells;
    }

    /** A note as a sentence, the heading of its column in front. */
    private String sentence(Language language, Note note) {
        return texts.say(
                language,
                "layout.table.note",
                note.heading(),
                texts.say(language, note.key(), note.facts().toArray()));
    }

    /** Writes the rows of a table in this language. */
    @FunctionalInterface
    private interface Content {
        void write(Language language, SheetWriter sheet);
    }

    private View table(String title, SheetFormat format, Function<Language, List<String>> headings, Content content) {
        return (model, request, response) -> {
            Language language = Pages.language(request);
            String name = texts.say(language, title);
            Downloads.table(
                    response,
                    Downloads.name(format.extension(), name),
                    format,
                    name,
                    headings.apply(language),
                    sheet -> content.write(language, sheet));
        };
    }
}

package org.gonghui.org;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Refused;
import org.gonghui.layout.Language;
import org.gonghui.layout.Texts;
import org.gonghui.sheet.SheetReader;
import org.gonghui.sheet.SheetRow;
import org.gonghui.sheet.SheetTable;
import org.springframework.stereotype.Component;

/** The tree as a table: which columns its file has, written for people and read back from them. */
@Component
class TreeFile {

    /** Rows that a file may have. */
    static final int MOST_ROWS = 50_000;

    /** The columns; the words are {@code org.export.<name>}. */
    private static final List<String> COLUMNS = List.of(
            "code",
            "name",
            "short-name",
            "kind",
            "founded-on",
            "level",
            "superior-code",
            "superior",
            "below",
            "planned");

    /** Those that a founding is read from; the others follow from the tree. */
    static final List<String> READ =
            List.of("code", "name", "short-name", "kind", "founded-on", "superior-code", "superior");

    /** Of these there are other headings in use; the words are {@code org.import.also.<name>}, a comma between two. */
    private static final List<String> CALLED_OTHERWISE = List.of("superior-code", "superior");

    /** What a heading says that names where the unions stand, so that it must not go unread. */
    private static final Pattern SUPERIOR = Pattern.compile("上级|上一级|父级|superior|parent", Pattern.CASE_INSENSITIVE);

    private static final List<String> NEEDED = List.of("name", "kind");
    /**
     * One row as it was typed.
     *
     * @param number as the spreadsheet shows it
     * @param texts by column, cleaned; a kind by its constant's name and a day as 2023-03-08 where they are understood
     * @param formulas columns whose cell is computed
     */
    record Row(int number, Map<String, String> texts, Set<String> formulas) {

        String text(String column) {
            return texts.getOrDefault(column, "");
        }

        Unions.Founding founding() {
            return new Unions.Founding(text("name"), text("short-name"), text("kind"), text("founded-on"), "");
        }
    }

    /** All rows, and the headings that nobody understood. */
    record Content(List<Row> rows, List<String> unread) {}

    private final Texts texts;
    private final Map<String, String> columns = new HashMap<>();
    private final Map<String, String> kinds = new HashMap<>();

    TreeFile(Texts texts) {
        this.texts = texts;
        for (Language language : Language.values()) {
            COLUMNS.forEach(column -> columns.put(heading(column, language), column));
            CALLED_OTHERWISE.forEach(column -> Stream.of(
                            texts.say(language, "org.import.also." + column).split("[、,]"))
                    .forEach(heading -> columns.put(heading, column)));
            Arrays.stream(UnionKind.values()).forEach(kind -> kinds.put(plain(word(kind, language)), kind.name()));
        }
        Arrays.stream(UnionKind.values()).forEach(kind -> kinds.put(plain(kind.name()), kind.name()));
    }

    List<String> headings(Language language) {
        return COLUMNS.stream().map(column -> heading(column, language)).toList();
    }

    String heading(String column, Language language) {
        return texts.say(language, "org.export." + column);
    }

    String word(UnionKind kind, Language language) {
        return texts.say(language, "org.kind." + kind);
    }

    /** A cell's text as people typed it: a kind by its word. */
    String written(String column, String text, Language language) {
        boolean known = column.equals("kind") && kinds.containsValue(text);
        return known ? word(UnionKind.valueOf(text), language) : text;
    }

    /** Reads a file that people filled in; what cannot be read at all is refused, in these words. */
    Content read(byte[] file, Language language) {
        Map<String, String> needed = new LinkedHashMap<>();
        NEEDED.forEach(column -> needed.put(column, heading(column, language)));
        SheetTable table = SheetTable.of(SheetReader.read(file, MOST_ROWS), columns, needed);
        table.unread().stream()
                .filter(heading -> SUPERIOR.matcher(heading).find())
                .findFirst()
                .ifPresent(heading -> {
                    throw new Refused(
                            UnionRefusal.SUPERIOR_HEADING_UNKNOWN,
                            heading,
                            heading("superior", language),
                            heading("superior-code", language));
                });
        return new Content(table.lines().stream().map(this::row).toList(), table.unread());
    }

    private Row row(SheetTable.Line line) {
        Map<String, String> texts = new HashMap<>();
        Set<String> formulas = new HashSet<>();
        for (String column : READ) {
            SheetRow.Cell cell = line.cell(column);
            texts.put(column, understood(column, cell));
            if (cell.formula()) {
                formulas.add(column);
            }
        }
        return new Row(line.number(), texts, formulas);
    }

    private String understood(String column, SheetRow.Cell cell) {
        String text = CleanText.line(cell.text());
        return switch (column) {
            case "kind" -> kinds.getOrDefault(plain(text), text);
            case "founded-on" -> cell.day();
            default -> text;
        };
    }

    private static String plain(String word) {
        return word.replace(" ", "").toLowerCase(Locale.ROOT);
    }
}

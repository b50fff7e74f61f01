package org.gonghui.canvass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gonghui.employer.ManyEmployers;
import org.gonghui.employer.Ownership;
import org.gonghui.employer.Trade;
import org.gonghui.kernel.CleanText;
import org.gonghui.layout.Language;
import org.gonghui.layout.Texts;
import org.gonghui.member.Employment;
import org.gonghui.sheet.SheetReader;
import org.gonghui.sheet.SheetRow;
import org.gonghui.sheet.SheetTable;
import org.springframework.stereotype.Component;

/** Employers as a table: which columns their file has, and what its rows say. */
@Component
class CanvassFile {

    /** Rows that a file may have: a district's. A city sends several. */
    static final int MOST_ROWS = 5_000;

    static final String NAME = "name";
    static final String CODE = "code";
    static final String STREET = "street";
    static final String TRADE = "trade";
    static final String OWNERSHIP = "ownership";
    static final String COUNTED_ON = "counted-on";
    static final String WORKERS = "workers";
    static final String CONTACT = "contact";
    static final String PHONE = "phone";

    /** The columns before those of the forms of employment; the words are {@link #heading}'s. */
    private static final List<String> BEFORE_FORMS =
            List.of(NAME, CODE, STREET, TRADE, OWNERSHIP, "address", COUNTED_ON, WORKERS, "women");

    private static final List<String> AFTER_FORMS = List.of(CONTACT, PHONE);

    /**
     * One row as it was typed.
     *
     * @param number as the spreadsheet shows it
     * @param texts by column, cleaned; trade and ownership by their constants' names and a day as 2023-03-08 where they are
     *     understood
     * @param formulas columns whose cell is computed
     * @param rounded true when the spreadsheet took the credit code for a number, and has lost its end
     */
    record Row(int number, Map<String, String> texts, Set<String> formulas, boolean rounded) {

        String text(String column) {
            return texts.getOrDefault(column, "");
        }
    }

    /**
     * All rows.
     *
     * @param unread headings that nobody understood
     * @param hidden how many rows the spreadsheet does not show; they are read like the others
     */
    record Content(List<Row> rows, List<String> unread, int hidden) {}

    private final Texts texts;
    private final ManyEmployers employers;
    private final Map<String, String> trades = new HashMap<>();
    private final Map<String, String> ownerships = new HashMap<>();

    CanvassFile(Texts texts, ManyEmployers employers) {
        this.texts = texts;
        this.employers = employers;
        char section = 'A'; // the sections of the standard are called A to T
        for (Trade trade : Trade.values()) {
            trades.put(plain(String.valueOf(section++)), trade.name());
            words(trades, trade, "employer.trade.");
        }
        for (Ownership ownership : Ownership.values()) {
            words(ownerships, ownership, "employer.ownership.");
            words(ownerships, ownership, "canvass.also.ownership.");
        }
    }

    private void words(Map<String, String> words, Enum<?> constant, String key) {
        words.put(plain(constant.name()), constant.name());
        for (Language language : Language.values()) {
            String said = texts.say(language, key + constant.name());
            words.put(plain(said), constant.name());
            if (key.startsWith("canvass.also.")) {
                others(said).forEach(word -> words.put(plain(word), constant.name()));
            }
        }
    }

    private static Stream<String> others(String words) {
        return Arrays.stream(words.split("[、,]"));
    }

    /** All columns, in the order of the template. */
    List<String> columns() {
        return Stream.of(BEFORE_FORMS.stream(), forms().stream().map(Employment::code), AFTER_FORMS.stream())
                .flatMap(Function.identity())
                .toList();
    }

    /** The forms of employment that have a column: whoever works in none of them is employed regularly. */
    List<Employment> forms() {
        return employers.employments().stream().skip(1).toList();
    }

    String heading(String column, Language language) {
        return texts.say(language, key(column));
    }

    /** The key of a column's heading. */
    static String key(String column) {
        if (AFTER_FORMS.contains(column)) {
            return "canvass.column." + column;
        }
        return (BEFORE_FORMS.contains(column) ? "employer." : "member.employment.") + column;
    }

    /** A cell's text as people typed it: trade and ownership by their words. */
    String written(String column, String text, Language language) {
        boolean known = (column.equals(TRADE) && trades.containsValue(text))
                || (column.equals(OWNERSHIP) && ownerships.containsValue(text));
        return known ? texts.say(language, "employer." + column + "." + text) : text;
    }

    /** Reads a file that people filled in; what cannot be read at all is refused, in these words. */
    Content read(byte[] file, Language language) {
        List<String> columns = columns();
        Map<String, String> headings = new HashMap<>();
        for (Language each : Language.values()) {
            for (String column : columns) {
                headings.put(heading(column, each), column);
                if (!key(column).startsWith("member.")) {
                    others(texts.say(each, "canvass.also." + column)).forEach(word -> headings.put(word, column));
                }
            }
        }
        SheetTable table = SheetTable.of(SheetReader.read(file, MOST_ROWS + 1), headings, needed(language));
        List<Row> rows = new ArrayList<>();
        table.lines().forEach(line -> rows.add(row(line, columns)));
        return new Content(rows, table.unread(), (int)
                table.lines().stream().filter(SheetTable.Line::hidden).count());
    }

    private Map<String, String> needed(Language language) {
        Map<String, String> needed = new LinkedHashMap<>();
        List.of(NAME, CODE).forEach(column -> needed.put(column, heading(column, language)));
        return needed;
    }

    private Row row(SheetTable.Line line, List<String> columns) {
        Map<String, String> typed = new HashMap<>();
        Set<String> formulas = new HashSet<>();
        for (String column : columns) {
            SheetRow.Cell cell = line.cell(column);
            typed.put(column, understood(column, cell));
            if (cell.formula()) {
                formulas.add(column);
            }
        }
        return new Row(line.number(), typed, formulas, line.cell(CODE).isRounded());
    }

    private String understood(String column, SheetRow.Cell cell) {
        String text = CleanText.line(cell.text());
        return switch (column) {
            case TRADE -> trades.getOrDefault(plain(text), text);
            case OWNERSHIP -> ownerships.getOrDefault(plain(text), text);
            case COUNTED_ON -> cell.day();
            default -> text;
        };
    }

    private static String plain(String word) {
        return CleanText.line(word).replaceAll("[\\s、,.]", "").toLowerCase(Locale.ROOT);
    }
}

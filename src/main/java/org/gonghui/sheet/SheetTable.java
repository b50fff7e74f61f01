package org.gonghui.sheet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;

/**
 * The rows below the headings, whose columns may stand in any order.
 *
 * @param unread headings that nobody asked for, as they stand in the file
 */
public record SheetTable(List<Line> lines, List<String> unread) {

    /** How far down the headings may stand, below a title and remarks. */
    private static final int TITLE_ROWS = 10;

    /**
     * One row.
     *
     * @param number as the spreadsheet shows it
     * @param cells by the name of their column
     */
    public record Line(int number, Map<String, SheetRow.Cell> cells) {

        /** The cell of a column that the file need not have. */
        public SheetRow.Cell cell(String column) {
            return cells.getOrDefault(column, SheetRow.Cell.BLANK);
        }
    }

    /**
     * Finds the headings among the first rows.
     *
     * @param headings every heading that is understood and the name of its column; several may name the same
     * @param needed columns that must be there, each by the heading it is asked for
     */
    public static SheetTable of(List<SheetRow> rows, Map<String, String> headings, Map<String, String> needed) {
        Head head = head(rows.stream().limit(TITLE_ROWS).toList(), headings, needed);
        return new SheetTable(
                rows.stream().flatMap(row -> head.line(row).stream()).toList(), head.unread());
    }

    /**
     * The same for a file of any length, whose lines are handed over one after the other.
     *
     * @param most lines that the file may have, headings and what stands above them not counted
     * @return headings that nobody asked for
     */
    public static List<String> each(
            PartedFile file, int most, Map<String, String> headings, Map<String, String> needed, Consumer<Line> lines) {
        List<SheetRow> first = new ArrayList<>(TITLE_ROWS);
        AtomicReference<@Nullable Head> found = new AtomicReference<>();
        var taken = new AtomicInteger();
        Consumer<Line> counted = line -> {
            if (taken.incrementAndGet() > most) {
                throw new Refused(SheetRefusal.TOO_MANY_ROWS, most);
            }
            lines.accept(line);
        };
        SheetReader.each(file, most + TITLE_ROWS, row -> {
            Head head = found.get();
            if (head != null) {
                head.line(row).ifPresent(counted);
            } else if (first.size() < TITLE_ROWS - 1) {
                first.add(row);
            } else {
                first.add(row);
                found.set(begin(first, headings, needed, counted));
            }
        });
        Head head = found.get();
        return (head == null ? begin(first, headings, needed, counted) : head).unread();
    }

    private static Head begin(
            List<SheetRow> first, Map<String, String> headings, Map<String, String> needed, Consumer<Line> lines) {
        Head head = head(first, headings, needed);
        first.forEach(row -> head.line(row).ifPresent(lines));
        return head;
    }

    /** Which column stands where, below which row. */
    private record Head(int number, Map<Integer, String> columns, List<String> unread) {

        /** The row as a line of the table, if it stands below the headings. */
        Optional<Line> line(SheetRow row) {
            return row.number() > number ? Optional.of(new Line(row.number(), cells(row, columns))) : Optional.empty();
        }
    }

    private static Head head(List<SheetRow> first, Map<String, String> headings, Map<String, String> needed) {
        Map<String, String> known = new HashMap<>();
        headings.forEach((heading, column) -> known.put(plain(heading), column));
        SheetRow head = first.stream()
                .max(Comparator.comparingLong((SheetRow row) -> row.cells().stream()
                                .filter(cell -> known.containsKey(plain(cell.text())))
                                .count())
                        .thenComparing(Comparator.comparingInt(SheetRow::number).reversed()))
                .orElseThrow(() -> new Refused(SheetRefusal.EMPTY));
        Map<Integer, String> columns = new TreeMap<>();
        List<String> unread = new ArrayList<>();
        for (int i = 0; i < head.cells().size(); i++) {
            String heading = CleanText.line(head.cell(i).text());
            String column = known.get(plain(heading));
            if (column == null && !heading.isEmpty()) {
                unread.add(heading);
            } else if (column != null && columns.containsValue(column)) {
                throw new Refused(SheetRefusal.HEADING_TWICE, heading);
            } else if (column != null) {
                columns.put(i, column);
            }
        }
        checkNeeded(needed, columns.values());
        return new Head(head.number(), columns, unread);
    }

    private static void checkNeeded(Map<String, String> needed, Collection<String> columns) {
        String missing = needed.entrySet().stream()
                .filter(column -> !Set.copyOf(columns).contains(column.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" · "));
        if (!missing.isEmpty()) {
            throw new Refused(SheetRefusal.NO_HEADINGS, missing);
        }
    }

    private static Map<String, SheetRow.Cell> cells(SheetRow row, Map<Integer, String> columns) {
        Map<String, SheetRow.Cell> cells = new HashMap<>();
        columns.forEach((at, column) -> cells.put(column, row.cell(at)));
        return cells;
    }

    private static String plain(String heading) {
        return CleanText.line(heading).replaceAll("[ *：:_（）()-]", "").toLowerCase(Locale.ROOT);
    }
}

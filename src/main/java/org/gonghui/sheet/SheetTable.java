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
import java.util.function.Function;
import java.util.function.Predicate;
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
     * @param hidden true when the spreadsheet does not show it
     */
    public record Line(int number, Map<String, SheetRow.Cell> cells, boolean hidden) {

        /** The cell of a column that the file need not have. */
        public SheetRow.Cell cell(String column) {
            return cells.getOrDefault(column, SheetRow.Cell.BLANK);
        }
    }

    /**
     * Where the headings stand, and which column is which.
     *
     * @param row the number of the headings' row; what stands above it is no line of the table
     * @param columns their names by their places, counted from 0
     * @param unread headings whose columns are not read, as they stand in the file
     */
    public record Head(int row, Map<Integer, String> columns, List<String> unread) {

        /**
         * Finds the headings among the first rows.
         *
         * @param headings every heading that is understood and the name of its column; several may name the same
         * @param needed columns that must be there, each by the heading it is asked for
         * @throws Refused when one that is needed is missing, or two mean the same column
         */
        public static Head of(List<SheetRow> first, Map<String, String> headings, Map<String, String> needed) {
            Map<String, String> known = known(headings);
            SheetRow head = likeliest(first, known);
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

        /** The number of the row that is most like one of headings, whether they are understood or not. */
        public static int likeliestRow(List<SheetRow> first, Map<String, String> headings) {
            return likeliest(first, known(headings)).number();
        }

        /** Of several that are alike, the fullest that has words and no numbers, which is no title; of these the topmost. */
        private static SheetRow likeliest(List<SheetRow> first, Map<String, String> known) {
            return first.stream()
                    .max(Comparator.comparingLong((SheetRow row) -> count(row, text -> known.containsKey(plain(text))))
                            .thenComparingLong(row -> count(row, Head::isWord))
                            .thenComparing(
                                    Comparator.comparingInt(SheetRow::number).reversed()))
                    .orElseThrow(() -> new Refused(SheetRefusal.EMPTY));
        }

        /** As headings and names are, numbers and days are not. */
        private static boolean isWord(String text) {
            return text.codePoints().anyMatch(Character::isLetter)
                    && text.codePoints().noneMatch(Character::isDigit);
        }

        private static long count(SheetRow row, Predicate<String> which) {
            return row.cells().stream()
                    .map(cell -> CleanText.line(cell.text()))
                    .filter(which)
                    .count();
        }

        private static Map<String, String> known(Map<String, String> headings) {
            Map<String, String> known = new HashMap<>();
            headings.forEach((heading, column) -> known.put(plain(heading), column));
            return known;
        }

        /** The row as a line of the table, if it stands below the headings. */
        private Optional<Line> line(SheetRow row) {
            if (row.number() <= this.row) {
                return Optional.empty();
            }
            Map<String, SheetRow.Cell> cells = new HashMap<>();
            columns.forEach((at, column) -> cells.put(column, row.cell(at)));
            return Optional.of(new Line(row.number(), cells, row.hidden()));
        }
    }

    /** The table below headings that are found among the first rows: see {@link Head#of}. */
    public static SheetTable of(List<SheetRow> rows, Map<String, String> headings, Map<String, String> needed) {
        Head head = Head.of(rows.stream().limit(TITLE_ROWS).toList(), headings, needed);
        return new SheetTable(
                rows.stream().flatMap(row -> head.line(row).stream()).toList(), head.unread());
    }

    /**
     * The same for a file of any length, whose lines are handed over one after the other.
     *
     * @param most lines that the file may have, headings and what stands above them not counted
     * @param finder finds the headings among the first rows
     * @return what it has found
     */
    public static Head each(PartedFile file, int most, Function<List<SheetRow>, Head> finder, Consumer<Line> lines) {
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
            } else {
                first.add(row);
                if (first.size() == TITLE_ROWS) {
                    found.set(begin(first, finder, counted));
                }
            }
        });
        Head head = found.get();
        return head == null ? begin(first, finder, counted) : head;
    }

    private static Head begin(List<SheetRow> first, Function<List<SheetRow>, Head> finder, Consumer<Line> lines) {
        Head head = finder.apply(first);
        first.forEach(row -> head.line(row).ifPresent(lines));
        return head;
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

    /** A heading as it is compared: whatever its spaces, signs and letters. */
    public static String plain(String heading) {
        return CleanText.line(heading).replaceAll("[ *：:_（）()-]", "").toLowerCase(Locale.ROOT);
    }
}

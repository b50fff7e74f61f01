package org.gonghui.sheet;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.kernel.CleanText;

/**
 * A row of a file that is not blank.
 *
 * @param number as the spreadsheet shows it: the first row is 1
 * @param hidden true when the spreadsheet does not show it
 */
public record SheetRow(int number, List<Cell> cells, boolean hidden) {

    /** Cells of a row that are read, from the left; nobody's table is wider, whatever a file says. */
    static final int MOST_CELLS = 1_000;

    /**
     * What stands in a cell.
     *
     * @param text as people read it: a number without an exponent, a date as 2023-03-08, zeros in front kept
     * @param formula true when the spreadsheet computes it, so that nobody typed what is shown
     * @param number true when the spreadsheet keeps it as a number, of which it knows fifteen digits and no more
     */
    public record Cell(String text, boolean formula, boolean number) {

        static final Cell BLANK = new Cell("", false, false);

        private static final int DIGITS_KNOWN = 15;
        private static final Pattern DAY =
                Pattern.compile("(\\d{4})(?:[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?|(\\d{2})(\\d{2}))(?: 0{1,2}:00(:00)?)?");

        /** True for a number so long that the spreadsheet has lost its last digits, or shows it as 1.1E+17. */
        public boolean isRounded() {
            return (number && text.length() > DIGITS_KNOWN) || text.strip().matches("\\d(\\.\\d+)?[Ee]\\+?\\d+");
        }

        /** Its text, a day as 2023-03-08 where people wrote 2023/3/8, 2023.3.8, 2023年3月8日 or 20230308. */
        public String day() {
            String cleaned = CleanText.line(text);
            Matcher day = DAY.matcher(cleaned);
            if (!day.matches()) {
                return cleaned;
            }
            String month = day.group(2) == null ? day.group(4) : day.group(2);
            String ofMonth = day.group(3) == null ? day.group(5) : day.group(3);
            return "%s-%2s-%2s".formatted(day.group(1), month, ofMonth).replace(' ', '0');
        }
    }

    public SheetRow {
        cells = List.copyOf(cells);
    }

    boolean isBlank() {
        return cells.stream().allMatch(cell -> cell.text().isBlank() && !cell.formula());
    }

    /** The cell of this column, counted from 0; blank beyond the row's end. */
    Cell cell(int column) {
        return column < cells.size() ? cells.get(column) : Cell.BLANK;
    }
}

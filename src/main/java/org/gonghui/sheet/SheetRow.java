package org.gonghui.sheet;

import java.util.List;

/**
 * A row of a file that is not blank.
 *
 * @param number as the spreadsheet shows it: the first row is 1
 */
public record SheetRow(int number, List<Cell> cells) {

    /**
     * What stands in a cell.
     *
     * @param text as people read it: a number without an exponent, a date as 2023-03-08, zeros in front kept
     * @param formula true when the spreadsheet computes it, so that nobody typed what is shown
     */
    public record Cell(String text, boolean formula) {

        static final Cell BLANK = new Cell("", false);
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

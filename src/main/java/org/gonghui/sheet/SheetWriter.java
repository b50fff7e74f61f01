package org.gonghui.sheet;

import java.io.Closeable;
import java.util.List;

/** A file for spreadsheets, written row by row: memory does not grow with it. */
public interface SheetWriter extends Closeable {

    /**
     * Writes one row.
     *
     * @throws java.io.UncheckedIOException when whoever reads the file has gone
     */
    void row(List<Cell> cells);

    /** The same of a row that has only texts: a long number stays the text that it is. */
    default void texts(List<String> cells) {
        row(cells.stream().<Cell>map(Cell.Text::new).toList());
    }
}

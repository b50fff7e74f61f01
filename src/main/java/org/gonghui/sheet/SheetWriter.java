package org.gonghui.sheet;

import java.io.Closeable;
import java.util.List;

/** A file for spreadsheets, written row by row: memory does not grow with it. */
public interface SheetWriter extends Closeable {

    /**
     * Writes one row of texts: a long number stays the text that it is, and nothing is computed.
     *
     * @throws java.io.UncheckedIOException when whoever reads the file has gone
     */
    void row(List<String> cells);
}

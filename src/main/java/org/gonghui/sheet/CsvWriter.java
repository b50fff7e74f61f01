package org.gonghui.sheet;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Comma-separated, every text quoted, as RFC 4180 has it; a number stands bare, as spreadsheets take it for one. */
final class CsvWriter implements SheetWriter {

    private static final char BYTE_ORDER_MARK = '\ufeff'; // by which spreadsheets know that it is UTF-8

    private final Writer out;

    CsvWriter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        write(String.valueOf(BYTE_ORDER_MARK));
    }

    @Override
    public void row(List<Cell> cells) {
        write(cells.stream().map(CsvWriter::cell).collect(Collectors.joining(",")) + "\r\n");
    }

    private static String cell(Cell cell) {
        return switch (cell) {
            case Cell.Text(String text) -> quoted(text);
            case Cell.Count(long count) -> Long.toString(count);
            case Cell.Ratio(double ratio) -> String.format(Locale.ROOT, "%.1f%%", 100 * ratio);
        };
    }

    /** Never a formula: what a spreadsheet would compute begins with an apostrophe. */
    private static String quoted(String text) {
        return '"' + (isComputed(text) ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }

    /** The text of a cell that was written so, without the apostrophe that protects it. */
    static String unprotected(String cell) {
        return cell.startsWith("'") && isComputed(cell.substring(1)) ? cell.substring(1) : cell;
    }

    private static boolean isComputed(String text) {
        return !text.isEmpty() && "=+-@＝＋－＠\t\r".indexOf(text.charAt(0)) >= 0;
    }

    private void write(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

package org.gonghui.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A workbook; what is too long for one sheet goes on in the next, under the same names of columns. */
final class XlsxWriter implements SheetWriter {

    private static final int ROWS_OF_A_SHEET = 1_000_000; // the format ends at 1,048,576
    private static final int KEPT_IN_MEMORY = 1_000;

    private final Workbook workbook;
    private final String title;
    private final List<String> columns;
    private final int rowsOfASheet;
    private Worksheet sheet;
    private int sheets = 1;
    private int row;

    XlsxWriter(OutputStream out, String title, List<String> columns) {
        this(out, title, columns, ROWS_OF_A_SHEET);
    }

    XlsxWriter(OutputStream out, String title, List<String> columns, int rowsOfASheet) {
        this.rowsOfASheet = rowsOfASheet;
        this.workbook = new Workbook(out, "Gonghui", null);
        this.title = title;
        this.columns = columns;
        this.sheet = workbook.newWorksheet(title);
        sheet.freezePane(0, 1);
    }

    @Override
    public void row(List<Cell> cells) {
        if (row == rowsOfASheet) {
            finishSheet();
            sheets++;
            sheet = workbook.newWorksheet(title + " " + sheets);
            sheet.freezePane(0, 1);
            row = 0;
            texts(columns);
        }
        for (int i = 0; i < cells.size(); i++) {
            write(i, cells.get(i));
        }
        row++;
        if (row % KEPT_IN_MEMORY == 0) {
            flush();
        }
    }

    private void write(int column, Cell cell) {
        switch (cell) {
            case Cell.Text(String text) -> sheet.inlineString(row, column, text);
            case Cell.Count(long count) -> sheet.value(row, column, count);
            case Cell.Ratio(double ratio) -> {
                sheet.value(row, column, ratio);
                sheet.style(row, column).format("0.0%").set();
            }
        }
    }

    private void flush() {
        try {
            sheet.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finishSheet() {
        try {
            sheet.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}

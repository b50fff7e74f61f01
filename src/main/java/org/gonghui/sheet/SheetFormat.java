package org.gonghui.sheet;

import java.io.OutputStream;
import java.util.List;

/** The kinds of file that spreadsheets open; the word is {@code sheet.format.<name>}. */
public enum SheetFormat {
    XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    CSV("csv", "text/csv;charset=UTF-8");

    private final String extension;
    private final String contentType;

    SheetFormat(String extension, String contentType) {
        this.extension = extension;
        this.contentType = contentType;
    }

    /** What the name of such a file ends with, without the dot. */
    public String extension() {
        return extension;
    }

    public String contentType() {
        return contentType;
    }

    /**
     * Begins a file with the names of its columns.
     *
     * @param title of the sheet, where the format has one
     * @throws java.io.UncheckedIOException when whoever reads the file has gone
     */
    public SheetWriter write(OutputStream out, String title, List<String> columns) {
        SheetWriter writer = switch (this) {
            case XLSX -> new XlsxWriter(out, title, columns);
            case CSV -> new CsvWriter(out);
        };
        writer.texts(columns);
        return writer;
    }
}

package org.gonghui.sheet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.gonghui.kernel.Refused;

/** Reads a workbook's first sheet, or a plain table, by what is in the file and not by its name. */
public final class SheetReader {

    private static final int LONGEST_MARK = 8; // by which a kind of file is known

    private SheetReader() {}

    /**
     * The rows that are not blank.
     *
     * @throws Refused when the file cannot be read, or has more rows than {@code most}
     */
    public static List<SheetRow> read(byte[] file, int most) {
        var rows = new Rows(most);
        byte[] head = Arrays.copyOf(file, LONGEST_MARK);
        if (file.length == 0) {
            throw new Refused(SheetRefusal.EMPTY);
        } else if (ReadableWorkbook.isOLE2Header(head)) {
            throw new Refused(SheetRefusal.OLD_OR_LOCKED);
        } else if (ReadableWorkbook.isOOXMLZipHeader(head)) {
            XlsxReader.read(file, rows);
        } else {
            CsvReader.read(file, rows);
        }
        if (rows.kept.isEmpty()) {
            throw new Refused(SheetRefusal.EMPTY);
        }
        return rows.kept;
    }

    /** Gathers rows, as many as are taken. */
    static final class Rows {

        private final List<SheetRow> kept = new ArrayList<>();
        private final int most;

        private Rows(int most) {
            this.most = most;
        }

        void add(SheetRow row) {
            if (row.isBlank()) {
                return;
            }
            if (kept.size() == most) {
                throw new Refused(SheetRefusal.TOO_MANY_ROWS, most);
            }
            kept.add(row);
        }
    }
}

package org.gonghui.sheet;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;

/** Reads the first sheet of a workbook, row by row. */
final class XlsxReader {

    /** Parts that a workbook may have; one with fifty sheets has some eighty. */
    static final int MOST_PARTS = 1_000;

    /** The numbers of the formats of days that every spreadsheet knows, the Chinese ones among them. */
    private static final Set<Integer> DAYS =
            Set.of(14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58);

    private static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, true);

    /** Zeros that a number may come to when it is written out; the greatest that spreadsheets keep has 308. */
    private static final int MOST_ZEROS = 400;

    private static final Set<Integer> PACKED = Set.of(ZipEntry.STORED, ZipEntry.DEFLATED);

    private XlsxReader() {}

    static void read(byte[] file, SheetReader.Sink into) {
        try {
            check(file, into.largest());
            try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(file), WITH_FORMATS);
                    Stream<Row> rows = workbook.getFirstSheet().openStream()) {
                rows.forEach(row -> into.add(row(row)));
            }
        } catch (SheetReader.Failed elsewhere) {
            throw elsewhere;
        } catch (Refused no) {
            throw no;
        } catch (IOException | RuntimeException broken) {
            // The library tells what is broken in many ways, some of them unchecked: the reader's answer is the same.
            throw new Refused(SheetRefusal.BROKEN);
        }
    }

    /** Counts parts, then unpacks without keeping anything: a small file may hold, or cost, more than the machine has. */
    private static void check(byte[] file, long largest) throws IOException {
        var left = new AtomicLong(largest);
        try (ZipFile zip = ZipFile.builder().setByteArray(file).get()) {
            List<ZipArchiveEntry> parts = Collections.list(zip.getEntries());
            if (parts.size() > MOST_PARTS) {
                throw new Refused(SheetRefusal.TOO_BIG);
            }
            for (ZipArchiveEntry entry : parts) {
                if (!PACKED.contains(entry.getMethod())) {
                    throw new Refused(SheetRefusal.BROKEN); // no spreadsheet packs so, and libraries may lack the way
                }
                try (InputStream content = zip.getInputStream(entry)) {
                    var unpacked = new Unpacked(content, left);
                    XmlPart.check(entry.getName(), unpacked);
                    unpacked.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }

    /** What comes out of a part, as long as all parts together are not too big. */
    private static final class Unpacked extends FilterInputStream {

        private final AtomicLong left;

        Unpacked(InputStream content, AtomicLong left) {
            super(content);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            return count(super.read(), 1);
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int read = super.read(into, from, most);
            return count(read, read);
        }

        /** Who looked through a part closes it; what is left of it is still to be counted. */
        @Override
        public void close() {}

        private int count(int read, int bytes) {
            if (read >= 0 && left.addAndGet(-bytes) < 0) {
                throw new Refused(SheetRefusal.TOO_BIG);
            }
            return read;
        }
    }

    private static SheetRow row(Row row) {
        List<SheetRow.Cell> cells = row.stream()
                .limit(SheetRow.MOST_CELLS)
                .map(cell -> cell == null ? SheetRow.Cell.BLANK : cell(cell))
                .toList();
        return new SheetRow(row.getRowNum(), cells);
    }

    private static SheetRow.Cell cell(Cell cell) {
        return switch (cell.getType()) {
            case EMPTY -> SheetRow.Cell.BLANK;
            case STRING -> new SheetRow.Cell(cell.asString(), false, false);
            case NUMBER -> new SheetRow.Cell(number(cell), false, true);
            case FORMULA -> new SheetRow.Cell(Objects.requireNonNullElse(cell.getRawValue(), ""), true, false);
            case BOOLEAN, ERROR -> new SheetRow.Cell(Objects.requireNonNullElse(cell.getText(), ""), false, false);
        };
    }

    /** A day that is kept as a number is a day; what is shown with zeros in front has them. */
    private static String number(Cell cell) {
        String format = plain(cell.getDataFormatString());
        if (isDay(cell.getDataFormatId(), format)) {
            return cell.asDate().toLocalDate().toString();
        }
        var value = new BigDecimal(cell.getRawValue());
        if (Math.abs((long) value.scale()) > MOST_ZEROS) {
            throw new Refused(SheetRefusal.BROKEN); // nine characters may stand for a thousand million
        }
        String text = value.stripTrailingZeros().toPlainString();
        boolean padded = format.matches("0{2,20}") && text.matches("\\d+");
        return padded ? "0".repeat(Math.max(0, format.length() - text.length())) + text : text;
    }

    /** A format without what it quotes, colours or names the language by. */
    private static String plain(@Nullable String format) {
        return format == null ? "" : format.toLowerCase(Locale.ROOT).replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "");
    }

    private static boolean isDay(@Nullable Integer id, String format) {
        return (id != null && DAYS.contains(id)) || format.contains("y") || format.contains("d");
    }
}

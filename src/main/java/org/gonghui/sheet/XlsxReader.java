package org.gonghui.sheet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
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

    /** What a workbook may come to when unpacked; fifty thousand rows of ten columns need a quarter of it. */
    static final int LARGEST = 100 << 20;

    /** Parts that a workbook may have; one with fifty sheets has some eighty. */
    static final int MOST_PARTS = 1_000;

    /** The numbers of the formats of days that every spreadsheet knows, the Chinese ones among them. */
    private static final Set<Integer> DAYS =
            Set.of(14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58);

    private static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, true);

    private static final Set<Integer> PACKED = Set.of(ZipEntry.STORED, ZipEntry.DEFLATED);

    private XlsxReader() {}

    static void read(byte[] file, SheetReader.Rows into) {
        try {
            checkSize(file);
            try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(file), WITH_FORMATS);
                    Stream<Row> rows = workbook.getFirstSheet().openStream()) {
                rows.forEach(row -> into.add(row(row)));
            }
        } catch (Refused no) {
            throw no;
        } catch (IOException | RuntimeException broken) {
            // The library tells what is broken in many ways, some of them unchecked: the reader's answer is the same.
            throw new Refused(SheetRefusal.BROKEN);
        }
    }

    /** Counts parts, then unpacks without keeping anything: a small file may hold more than the machine. */
    private static void checkSize(byte[] file) throws IOException {
        byte[] some = new byte[1 << 16];
        long size = 0;
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
                    for (int read = content.read(some); read >= 0; read = content.read(some)) {
                        size += read;
                        if (size > LARGEST) {
                            throw new Refused(SheetRefusal.TOO_BIG);
                        }
                    }
                }
            }
        }
    }

    private static SheetRow row(Row row) {
        List<SheetRow.Cell> cells = row.stream()
                .map(cell -> cell == null ? SheetRow.Cell.BLANK : cell(cell))
                .toList();
        return new SheetRow(row.getRowNum(), cells);
    }

    private static SheetRow.Cell cell(Cell cell) {
        return switch (cell.getType()) {
            case EMPTY -> SheetRow.Cell.BLANK;
            case STRING -> new SheetRow.Cell(cell.asString(), false);
            case NUMBER -> new SheetRow.Cell(number(cell), false);
            case FORMULA -> new SheetRow.Cell(Objects.requireNonNullElse(cell.getRawValue(), ""), true);
            case BOOLEAN, ERROR -> new SheetRow.Cell(Objects.requireNonNullElse(cell.getText(), ""), false);
        };
    }

    /** A day that is kept as a number is a day; what is shown with zeros in front has them. */
    private static String number(Cell cell) {
        String format = plain(cell.getDataFormatString());
        if (isDay(cell.getDataFormatId(), format)) {
            return cell.asDate().toLocalDate().toString();
        }
        String text = new BigDecimal(cell.getRawValue()).stripTrailingZeros().toPlainString();
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

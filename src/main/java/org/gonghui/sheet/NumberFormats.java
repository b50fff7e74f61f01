package org.gonghui.sheet;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;

/** How a workbook shows its numbers, by the number of a cell's style: a day as a day, zeros in front as they are seen. */
final class NumberFormats {

    /** The numbers of the formats of days that every spreadsheet knows, the Chinese ones among them. */
    private static final Set<Integer> DAYS =
            Set.of(14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58);

    /** Zeros that a number may come to when it is written out; the greatest that spreadsheets keep has 308. */
    private static final int MOST_ZEROS = 400;

    private static final LocalDate DAY_0 = LocalDate.of(1899, 12, 30);
    private static final int DAYS_TO_1904 = 1_462;

    /** Spreadsheets know a 29 February 1900: before it, days are counted from one later. */
    private static final int NO_SUCH_DAY = 60;

    private static final int LAST_DAY = 2_958_465; // 31 December 9999

    /** A format: of a day, or of a number with so many digits at least. */
    private record Format(boolean day, int digits) {

        static final Format PLAIN = new Format(false, 0);

        static Format of(int id, String code) {
            String plain = code.toLowerCase(Locale.ROOT).replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "");
            boolean day = DAYS.contains(id) || plain.contains("y") || plain.contains("d");
            return new Format(day, plain.matches("0{2,20}") ? plain.length() : 0);
        }
    }

    private final List<Format> styles;
    private final boolean from1904;

    private NumberFormats(List<Format> styles, boolean from1904) {
        this.styles = styles;
        this.from1904 = from1904;
    }

    /**
     * Of a workbook's styles.
     *
     * @param part its styles; null for a workbook that has none
     * @param from1904 true when it counts days from 1904, as those of old Macintoshes do
     */
    static NumberFormats of(@Nullable XmlPart part, boolean from1904) throws XMLStreamException {
        Map<Integer, String> codes = new HashMap<>();
        List<Format> styles = new ArrayList<>();
        boolean ofCells = false;
        while (part != null && part.next()) {
            switch (part.event()) {
                case XmlPart.Event.BEGIN -> {
                    switch (part.name()) {
                        case "numFmt" -> codes.put(part.number("numFmtId", 0), part.text("formatCode", ""));
                        case "cellXfs" -> ofCells = true;
                        case "xf" -> {
                            int id = part.number("numFmtId", 0);
                            if (ofCells) {
                                styles.add(Format.of(id, codes.getOrDefault(id, "")));
                            }
                        }
                        default -> {}
                    }
                }
                case XmlPart.Event.END -> ofCells = ofCells && !part.name().equals("cellXfs");
                case XmlPart.Event.TEXT -> {}
            }
        }
        return new NumberFormats(styles, from1904);
    }

    /** A number as people see it. */
    String show(String value, int style) {
        Format format = style >= 0 && style < styles.size() ? styles.get(style) : Format.PLAIN;
        var number = new BigDecimal(value);
        if (Math.abs((long) number.scale()) > MOST_ZEROS) {
            throw new Refused(SheetRefusal.BROKEN); // nine characters may stand for a thousand million
        }
        if (format.day() && number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(LAST_DAY)) <= 0) {
            return day(number.intValue()).toString();
        }
        String text = number.stripTrailingZeros().toPlainString();
        boolean padded = text.length() < format.digits() && text.matches("\\d+");
        return padded ? "0".repeat(format.digits() - text.length()) + text : text;
    }

    private LocalDate day(int number) {
        if (from1904) {
            return DAY_0.plusDays((long) number + DAYS_TO_1904);
        }
        return DAY_0.plusDays(number < NO_SUCH_DAY ? number + 1L : number);
    }
}

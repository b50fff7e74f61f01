package org.gonghui.sheet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first sheet of a workbook that people see, row by row. Of the file only the parts are read that are needed, each once, so
 * that a million rows take little more memory than a hundred.
 */
final class XlsxReader {

    /** Parts that a workbook may have; one with fifty sheets has some eighty. */
    static final int MOST_PARTS = 1_000;

    /** Characters of a cell; the format allows 32,767. */
    static final int LONGEST_TEXT = 40_000;

    /** Characters of a number, with sign and exponent; spreadsheets write twenty-four at most. */
    private static final int LONGEST_NUMBER = 64;

    /** Letters of the last column, XFD. */
    private static final int MOST_LETTERS = 3;

    private static final int LETTERS = 26;

    private static final Set<Integer> PACKED = Set.of(ZipEntry.STORED, ZipEntry.DEFLATED);

    /** How one part of a workbook names another. */
    private record Link(String type, String part) {

        boolean is(String kind) {
            return type.endsWith("/" + kind);
        }
    }

    /** A sheet as the workbook lists it. */
    private record Listed(String reference, boolean hidden) {}

    private final ZipFile zip;
    private final AtomicLong left;
    private SharedTexts texts = new SharedTexts();

    private XlsxReader(ZipFile zip, long largest) {
        this.zip = zip;
        this.left = new AtomicLong(largest);
    }

    static void read(PartedFile file, SheetReader.Sink into) {
        try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(file).get()) {
            if (Collections.list(zip.getEntries()).size() > MOST_PARTS) {
                throw new Refused(SheetRefusal.TOO_BIG);
            }
            new XlsxReader(zip, into.largest()).read(into);
        } catch (SheetReader.Failed elsewhere) {
            throw elsewhere;
        } catch (Refused no) {
            throw no;
        } catch (IOException | XMLStreamException | RuntimeException broken) {
            // Zip and XML tell what is broken in many ways, some of them unchecked: the reader's answer is the same.
            throw new Refused(SheetRefusal.BROKEN);
        }
    }

    private void read(SheetReader.Sink into) throws IOException, XMLStreamException {
        String workbook = links("").values().stream()
                .filter(link -> link.is("officeDocument"))
                .map(Link::part)
                .findFirst()
                .orElseThrow(() -> new Refused(SheetRefusal.BROKEN));
        Map<String, Link> links = links(workbook);
        List<Listed> sheets = new ArrayList<>();
        boolean from1904 = false;
        try (XmlPart part = part(workbook)) {
            while (part.next()) {
                if (part.begins("workbookPr")) {
                    from1904 = isTrue(part.attribute("date1904"));
                } else if (part.begins("sheet")) {
                    sheets.add(new Listed(
                            part.reference(), !part.text("state", "visible").equals("visible")));
                }
            }
        }
        NumberFormats formats = formats(links, from1904);
        texts = sharedTexts(links);
        String sheet = first(sheets, links, listed -> !listed.hidden())
                .or(() -> first(sheets, links, listed -> true))
                .orElseThrow(() -> new Refused(SheetRefusal.BROKEN));
        try (XmlPart part = part(sheet)) {
            rows(part, formats, into);
        }
    }

    private static Optional<String> first(List<Listed> sheets, Map<String, Link> links, Predicate<Listed> which) {
        return sheets.stream()
                .filter(which)
                .flatMap(listed -> Optional.ofNullable(links.get(listed.reference())).stream())
                .filter(link -> link.is("worksheet"))
                .map(Link::part)
                .findFirst();
    }

    private NumberFormats formats(Map<String, Link> links, boolean from1904) throws IOException, XMLStreamException {
        try (XmlPart part = optional(links, "styles")) {
            return NumberFormats.of(part, from1904);
        }
    }

    private SharedTexts sharedTexts(Map<String, Link> links) throws IOException, XMLStreamException {
        var shared = new SharedTexts();
        try (XmlPart part = optional(links, "sharedStrings")) {
            while (part != null && part.next()) {
                if (part.begins("si")) {
                    shared.add(text(part, "si"));
                }
            }
        }
        return shared;
    }

    private void rows(XmlPart part, NumberFormats formats, SheetReader.Sink into) throws XMLStreamException {
        int number = 0;
        while (part.next() && !part.ends("sheetData")) {
            if (part.begins("row")) {
                number = part.number("r", number + 1);
                boolean hidden = isTrue(part.attribute("hidden"));
                into.add(new SheetRow(number, cells(part, formats), hidden));
            }
        }
    }

    private List<SheetRow.Cell> cells(XmlPart part, NumberFormats formats) throws XMLStreamException {
        List<SheetRow.Cell> cells = new ArrayList<>();
        int column = 0;
        while (part.next() && !part.ends("row")) {
            if (part.begins("c")) {
                String place = part.attribute("r");
                column = place == null ? column : column(place);
                SheetRow.Cell cell = cell(part, formats);
                if (column >= cells.size() && column < SheetRow.MOST_CELLS) {
                    cells.addAll(Collections.nCopies(column - cells.size(), SheetRow.Cell.BLANK));
                    cells.add(cell);
                }
                column++;
            }
        }
        return cells;
    }

    /** The column of a place such as {@code AB12}, counted from 0. */
    private static int column(String place) {
        int column = 0;
        for (int i = 0; i < place.length(); i++) {
            int letter = Character.toUpperCase(place.charAt(i)) - 'A';
            if (letter < 0 || letter >= LETTERS) {
                break;
            }
            if (i == MOST_LETTERS) {
                throw new Refused(SheetRefusal.BROKEN);
            }
            column = column * LETTERS + letter + 1;
        }
        return column - 1;
    }

    private SheetRow.Cell cell(XmlPart part, NumberFormats formats) throws XMLStreamException {
        String type = part.text("t", "n");
        int style = part.number("s", 0);
        boolean number = type.equals("n");
        boolean formula = false;
        String value = "";
        while (part.next() && !part.ends("c")) {
            if (part.begins("v")) {
                value = part.content(number ? LONGEST_NUMBER : LONGEST_TEXT);
            } else if (part.begins("is")) {
                value = text(part, "is");
            } else if (part.begins("f")) {
                formula = true;
                part.skip();
            }
        }
        if (formula) {
            return new SheetRow.Cell(type.equals("s") ? shared(value) : value, true, false);
        }
        return switch (type) {
            case "s" -> new SheetRow.Cell(shared(value), false, false);
            case "n" ->
                value.isBlank()
                        ? SheetRow.Cell.BLANK
                        : new SheetRow.Cell(formats.show(value.strip(), style), false, true);
            case "b" -> new SheetRow.Cell(isTrue(value) ? "TRUE" : "FALSE", false, false);
            default -> new SheetRow.Cell(value, false, false);
        };
    }

    private String shared(String value) {
        return texts.get(Integer.parseInt(value.strip()));
    }

    /** The text of a cell or of a shared text, whose pieces may look different; how it is pronounced is left out. */
    private static String text(XmlPart part, String element) throws XMLStreamException {
        String text = "";
        while (part.next() && !part.ends(element)) {
            if (part.begins("rPh")) {
                part.skip();
            } else if (part.begins("t")) {
                text = text.concat(part.content(LONGEST_TEXT - text.length()));
            }
        }
        return text;
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && (value.equals("1") || value.equals("true"));
    }

    /** What a part, or the whole file, names other parts by. */
    private Map<String, Link> links(String part) throws IOException, XMLStreamException {
        int name = part.lastIndexOf('/') + 1;
        var from = URI.create("/" + part);
        Map<String, Link> links = new LinkedHashMap<>();
        try (XmlPart listed = part(part.substring(0, name) + "_rels/" + part.substring(name) + ".rels")) {
            while (listed.next()) {
                if (listed.begins("Relationship")
                        && !listed.text("TargetMode", "").equals("External")) {
                    String target = from.resolve(listed.text("Target", "")).getPath();
                    links.put(listed.text("Id", ""), new Link(listed.text("Type", ""), target.replaceFirst("^/+", "")));
                }
            }
        }
        return links;
    }

    /** The part of this kind; null when the workbook has none. */
    private @Nullable XmlPart optional(Map<String, Link> links, String kind) throws IOException, XMLStreamException {
        Optional<Link> link =
                links.values().stream().filter(each -> each.is(kind)).findFirst();
        return link.isPresent() ? part(link.get().part()) : null;
    }

    private XmlPart part(String name) throws IOException, XMLStreamException {
        ZipArchiveEntry entry = zip.getEntry(name);
        if (entry == null || !PACKED.contains(entry.getMethod())) {
            throw new Refused(SheetRefusal.BROKEN); // no spreadsheet packs otherwise, and libraries may lack the way
        }
        return new XmlPart(new Unpacked(zip.getInputStream(entry), left));
    }

    /** What comes out of a part, as long as all parts together are not too big: a small file may hold more than the machine has. */
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

        private int count(int read, int bytes) {
            if (read >= 0 && left.addAndGet(-bytes) < 0) {
                throw new Refused(SheetRefusal.TOO_BIG);
            }
            return read;
        }
    }
}

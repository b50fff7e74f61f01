package org.gonghui.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gonghui.support.Refusals.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.gonghui.kernel.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as people send them, whole and broken. */
class SheetReaderTests {

    private static final int MOST = 1_000;
    private static final Map<String, String> HEADINGS = Map.of("名称", "name", "Name", "name", "编号", "code");

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAgain(SheetFormat format) throws IOException {
        List<String> odd =
                List.of("=1+1", "@x", "他说\"好\"，走", "00123", "110101199003071234", "<b>&", "𠮷田·䶮", "两\n行", "'引", "");
        var out = new ByteArrayOutputStream();
        try (SheetWriter writer = format.write(out, "名册", List.of("甲"))) {
            writer.texts(odd);
        }
        SheetRow row = SheetReader.read(out.toByteArray(), MOST).getLast();
        assertThat(texts(row)).isEqualTo(odd);
        assertThat(row.cells()).noneMatch(SheetRow.Cell::formula);
        assertThat(row.number()).isEqualTo(2);
    }

    @Test
    void aTableInTheEncodingOfChineseSpreadsheetsIsRead() {
        for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"), StandardCharsets.UTF_16)) {
            byte[] file = "编号,名称\r\n001,𠮷祥街道总工会\r\n".getBytes(charset);
            List<SheetRow> rows = SheetReader.read(littleEndian(file, charset), MOST);
            assertThat(texts(rows.getLast())).as(charset.name()).containsExactly("001", "𠮷祥街道总工会");
        }
    }

    /** Java writes UTF-16 with the high byte first, spreadsheets with the low one. */
    private static byte[] littleEndian(byte[] file, Charset charset) {
        if (!charset.equals(StandardCharsets.UTF_16)) {
            return file;
        }
        byte[] swapped = new byte[file.length];
        for (int i = 0; i < file.length; i++) {
            swapped[i] = file[i ^ 1];
        }
        return swapped;
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void betweenCellsStandsWhateverTheFirstLineHas(String separator) {
        byte[] file = "编号%1$s名称\n7%1$s\"甲%1$s乙\"\n\n8%1$s丙".formatted(separator).getBytes(StandardCharsets.UTF_8);
        List<SheetRow> rows = SheetReader.read(file, MOST);
        assertThat(rows).extracting(SheetRow::number).containsExactly(1, 2, 4);
        assertThat(texts(rows.get(1))).containsExactly("7", "甲" + separator + "乙");
        assertThat(texts(rows.get(2))).containsExactly("8", "丙");
    }

    @Test
    void numbersDaysAndZerosInFrontAreReadAsTheyAreShown() throws IOException {
        byte[] file = workbook(sheet -> {
            sheet.value(0, 0, 123_456_789_012_345L);
            sheet.value(0, 1, 42);
            sheet.style(0, 1).format("000000").set();
            sheet.value(0, 2, LocalDate.of(2023, 3, 8));
            sheet.style(0, 2).format("yyyy\"年\"m\"月\"d\"日\"").set();
            sheet.value(0, 3, LocalDate.of(2023, 3, 8));
            sheet.style(0, 3).format("m/d/yy").set();
            sheet.value(0, 4, "2023-03-08");
            sheet.value(0, 5, 1.5);
            sheet.value(0, 6, true);
            sheet.formula(0, 7, "A1+1");
        });
        SheetRow row = SheetReader.read(file, MOST).getFirst();
        assertThat(texts(row).subList(0, 6))
                .containsExactly("123456789012345", "000042", "2023-03-08", "2023-03-08", "2023-03-08", "1.5");
        assertThat(row.cells())
                .extracting(SheetRow.Cell::formula)
                .containsExactly(false, false, false, false, false, false, false, true);
        assertThat(SheetReader.read("=\"001\",x".getBytes(StandardCharsets.UTF_8), MOST)
                        .getFirst()
                        .cell(0)
                        .formula())
                .isTrue();
    }

    @Test
    void blankRowsAreLeftOutAndCountInTheNumbers() throws IOException {
        byte[] file = workbook(sheet -> {
            sheet.value(2, 1, "甲");
            sheet.value(5, 0, "  ");
            sheet.value(900_000, 0, "乙");
        });
        assertThat(SheetReader.read(file, MOST)).extracting(SheetRow::number).containsExactly(3, 900_001);
    }

    @Test
    void nothingIsEmpty() throws IOException {
        assertRefused(SheetRefusal.EMPTY, () -> SheetReader.read(new byte[0], MOST));
        assertRefused(
                SheetRefusal.EMPTY, () -> SheetReader.read(",,\r\n , \r\n".getBytes(StandardCharsets.UTF_8), MOST));
        byte[] blank = workbook(sheet -> sheet.value(0, 0, ""));
        assertRefused(SheetRefusal.EMPTY, () -> SheetReader.read(blank, MOST));
    }

    @Test
    void aWorkbookOfTheOldKindIsToldBySightNotByName() {
        byte[] old = Arrays.copyOf(
                new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1},
                4096);
        assertRefused(SheetRefusal.OLD_OR_LOCKED, () -> SheetReader.read(old, MOST));
    }

    @Test
    void aPictureIsNoTable() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, (byte) 0xff, (byte) 0xff};
        assertRefused(SheetRefusal.NOT_A_TABLE, () -> SheetReader.read(picture, MOST));
    }

    @Test
    void quotesThatNeverEndAreBroken() {
        assertRefused(SheetRefusal.BROKEN, () -> SheetReader.read("名称\n\"甲\n乙".getBytes(StandardCharsets.UTF_8), MOST));
    }

    @Test
    void aWorkbookCutAnywhereIsBrokenOrWhole() throws IOException {
        byte[] whole = workbook(sheet -> {
            for (int i = 0; i < 200; i++) {
                sheet.inlineString(i, 0, "名称" + i);
            }
        });
        for (int length = 4; length < whole.length; length += 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused(SheetRefusal.BROKEN, () -> SheetReader.read(cut, MOST));
        }
    }

    @Test
    void aFileThatIsPackedInAnotherWayIsRefused() throws IOException {
        byte[] whole = workbook(sheet -> sheet.value(0, 0, "名称"));
        for (int way : new int[] {9, 12, 14, 93, 95, 98}) { // Deflate64, BZIP2, LZMA, Zstandard, XZ, PPMd
            byte[] other = whole.clone();
            for (int i = 0; i < other.length - 12; i++) {
                boolean local = other[i] == 'P' && other[i + 1] == 'K' && other[i + 2] == 3 && other[i + 3] == 4;
                boolean central = other[i] == 'P' && other[i + 1] == 'K' && other[i + 2] == 1 && other[i + 3] == 2;
                if (local || central) {
                    other[i + (local ? 8 : 10)] = (byte) way;
                }
            }
            assertRefused(SheetRefusal.BROKEN, () -> SheetReader.read(other, MOST));
        }
    }

    @Test
    void whateverIsBentIsRefusedOrReadButNeverFails() throws IOException {
        byte[] whole = workbook(sheet -> sheet.value(0, 0, "名称"));
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] bent = whole.clone();
            for (int bends = random.nextInt(1, 12); bends > 0; bends--) {
                bent[random.nextInt(bent.length)] = (byte) random.nextInt();
            }
            try {
                SheetReader.read(bent, MOST);
            } catch (Refused no) {
                assertThat(no.refusal()).as("seed %d", seed).isInstanceOf(SheetRefusal.class);
            }
        }
    }

    @Test
    void aBombIsNotUnpacked() throws IOException {
        byte[] bomb = with("xl/bomb.xml", out -> {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i <= SheetReader.LEAST_ROOM >> 20; i++) {
                out.write(zeros);
            }
        });
        assertThat(bomb.length).isLessThan(1 << 20);
        assertRefused(SheetRefusal.TOO_BIG, () -> SheetReader.read(bomb, MOST));
    }

    /** A few kilobytes of nothing but texts, each of which costs the reader fifty bytes and more. */
    @Test
    void aWorkbookOfTooManyTextsIsNotRead() throws IOException {
        byte[] many = with("xl/texts.xml", out -> {
            out.write("<sst>".getBytes(StandardCharsets.UTF_8));
            byte[] texts = "<si/>".repeat(1_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i <= XmlPart.MOST_TEXTS / 1_000; i++) {
                out.write(texts);
            }
            out.write("</sst>".getBytes(StandardCharsets.UTF_8));
        });
        assertRefused(SheetRefusal.TOO_BIG, () -> SheetReader.read(many, MOST));
    }

    @Test
    void aWorkbookOfTooManyPartsIsNotRead() throws IOException {
        byte[] many = with("xl/part0.xml", out -> {
            for (int i = 1; i <= XlsxReader.MOST_PARTS; i++) {
                out.putNextEntry(new ZipEntry("xl/part" + i + ".xml"));
            }
        });
        assertRefused(SheetRefusal.TOO_BIG, () -> SheetReader.read(many, MOST));
    }

    @Test
    void aSheetWithEntitiesOfItsOwnIsNotRead() throws IOException {
        String sheet = """
                <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
                <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
                <row r="1"><c r="A1" t="inlineStr"><is><t>&b;&f;</t></is></c></row></sheetData></worksheet>
                """;
        byte[] file = with("xl/worksheets/sheet1.xml", out -> out.write(sheet.getBytes(StandardCharsets.UTF_8)));
        assertRefused(SheetRefusal.BROKEN, () -> SheetReader.read(file, MOST));
    }

    /** Working them out takes the square of their length: two such files stopped the platform for minutes. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatNoSpreadsheetWritesAndTakesMinutesToReadIsRefused() throws IOException {
        String digits = "7".repeat(1_000_000);
        String attributes =
                IntStream.range(0, 100_000).mapToObj(i -> " a" + i + "=\"\"").collect(Collectors.joining());
        for (String rows : List.of(
                "<row r=\"1\"><c r=\"A1\"><v>" + digits + "</v></c></row>",
                "<row r=\"1\"><c r=\"A1\" t=\"n\"><v>7<!-- -->" + digits + "</v></c></row>",
                "<row r=\"1\"><c r=\"A1\" t=\"d\"><v>" + digits + "</v></c></row>",
                "<row r=\"1\"" + attributes + "/>")) {
            for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
                assertRefused(SheetRefusal.BROKEN, () -> SheetReader.read(sheet(rows, charset), MOST));
            }
        }
    }

    /** The frame of a comment, as some programs write it. */
    @Test
    void aDrawingThatIsNoXmlIsNoFault() throws IOException {
        String drawing = "xl/drawings/vmlDrawing1.vml";
        byte[] file = with(drawing, out -> out.write("<xml><div><br></div></xml>".getBytes(StandardCharsets.UTF_8)));
        assertThat(SheetReader.read(file, MOST)).isNotEmpty();
        String attributes =
                IntStream.range(0, 100_000).mapToObj(i -> " a" + i + "=\"\"").collect(Collectors.joining());
        byte[] bomb = with(drawing, out -> out.write(("<xml" + attributes + "/>").getBytes(StandardCharsets.UTF_8)));
        assertRefused(SheetRefusal.BROKEN, () -> SheetReader.read(bomb, MOST));
    }

    /** Nine characters that would be written out as a thousand million. */
    @Test
    void aNumberOfMoreZerosThanThereIsRoomForIsRefused() throws IOException {
        for (String number : List.of("1E900000000", "1E-900000000", "1E-2147483647")) {
            byte[] file = sheet("<row r=\"1\"><c r=\"A1\"><v>" + number + "</v></c></row>", StandardCharsets.UTF_8);
            assertRefused(SheetRefusal.BROKEN, () -> SheetReader.read(file, MOST));
        }
        byte[] greatest =
                sheet("<row r=\"1\"><c r=\"A1\"><v>1.7976931348623157E+308</v></c></row>", StandardCharsets.UTF_8);
        assertThat(texts(SheetReader.read(greatest, MOST).getFirst()).getFirst())
                .hasSize(309);
    }

    /** A workbook whose sheet has these rows. */
    private static byte[] sheet(String rows, Charset charset) throws IOException {
        String sheet = "<?xml version=\"1.0\" encoding=\"" + charset.name()
                + "\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                + rows
                + "</sheetData></worksheet>";
        return with("xl/worksheets/sheet1.xml", out -> out.write(sheet.getBytes(charset)));
    }

    @Test
    void moreRowsThanAreTakenAreRefused() {
        byte[] file = "甲\n".repeat(MOST + 1).getBytes(StandardCharsets.UTF_8);
        assertRefused(SheetRefusal.TOO_MANY_ROWS, () -> SheetReader.read(file, MOST));
        assertThat(SheetReader.read("甲\n".repeat(MOST).getBytes(StandardCharsets.UTF_8), MOST))
                .hasSize(MOST);
    }

    @Test
    void whatStandsAboveTheLinesIsNoneOfThem() {
        String most = "名单\n名称\n" + "甲\n".repeat(MOST);
        List<SheetTable.Line> lines = new ArrayList<>();
        SheetTable.each(most.getBytes(StandardCharsets.UTF_8), MOST, HEADINGS, Map.of("name", "名称"), lines::add);
        assertThat(lines).hasSize(MOST);
        assertRefused(
                SheetRefusal.TOO_MANY_ROWS,
                () -> SheetTable.each(
                        (most + "甲\n").getBytes(StandardCharsets.UTF_8), MOST, HEADINGS, Map.of(), line -> {}));
    }

    /** The library keeps a place for every column before a cell's own. */
    @Test
    void noTableIsWiderThanTheMachineHasRoom() throws IOException {
        byte[] far = sheet("<row r=\"1\"><c r=\"ZZZZZZ1\" t=\"str\"><v>远</v></c></row>", StandardCharsets.UTF_8);
        assertRefused(SheetRefusal.BROKEN, () -> SheetReader.read(far, MOST));
        byte[] last = sheet(
                "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>名称</v></c><c r=\"XFD1\" t=\"str\"><v>远</v></c></row>",
                StandardCharsets.UTF_8);
        byte[] wide = ("名称" + ",".repeat(100_000) + "远").getBytes(StandardCharsets.UTF_8);
        for (byte[] file : List.of(last, wide)) {
            assertThat(SheetReader.read(file, MOST).getFirst().cells()).hasSize(SheetRow.MOST_CELLS);
        }
    }

    @Test
    void headingsAreFoundBelowATitleInAnyOrderAndWriting() {
        SheetTable table = table("海淀区工会名单,,\n ＮＡＭＥ *,备注,编 号：\n甲,随便,001\n");
        assertThat(table.unread()).containsExactly("备注");
        assertThat(table.lines()).singleElement().satisfies(line -> {
            assertThat(line.number()).isEqualTo(3);
            assertThat(line.cell("name").text()).isEqualTo("甲");
            assertThat(line.cell("code").text()).isEqualTo("001");
            assertThat(line.cell("kind").text()).isEmpty();
        });
    }

    @Test
    void headingsThatAreMissingAreNamed() {
        assertRefused(SheetRefusal.NO_HEADINGS, () -> table("编号,单位\n1,甲\n"));
        assertRefused(SheetRefusal.NO_HEADINGS, () -> table("工会,\n全称,简称\n甲,乙\n")); // merged over two rows
    }

    @Test
    void aHeadingThatStandsTwiceIsNamed() {
        assertRefused(SheetRefusal.HEADING_TWICE, () -> table("名称,编号,Name\n甲,1,乙\n"));
    }

    private static SheetTable table(String text) {
        return SheetTable.of(
                SheetReader.read(text.getBytes(StandardCharsets.UTF_8), MOST), HEADINGS, Map.of("name", "名称"));
    }

    private static List<String> texts(SheetRow row) {
        return row.cells().stream().map(SheetRow.Cell::text).toList();
    }

    private static byte[] workbook(Consumer<Worksheet> content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var workbook = new Workbook(out, "test", null)) {
            content.accept(workbook.newWorksheet("表"));
        }
        return out.toByteArray();
    }

    /** What writes an entry of a zip. */
    private interface Entry {
        void write(ZipOutputStream out) throws IOException;
    }

    /** A workbook with one entry added, or written anew. */
    private static byte[] with(String name, Entry entry) throws IOException {
        var out = new ByteArrayOutputStream();
        byte[] whole = workbook(sheet -> sheet.value(0, 0, "名称"));
        try (var zip = new ZipOutputStream(out);
                ZipFile in = ZipFile.builder().setByteArray(whole).get()) {
            for (ZipArchiveEntry each : Collections.list(in.getEntries())) {
                if (!each.getName().equals(name)) {
                    zip.putNextEntry(new ZipEntry(each.getName()));
                    in.getInputStream(each).transferTo(zip);
                }
            }
            zip.putNextEntry(new ZipEntry(name));
            entry.write(zip);
        }
        return out.toByteArray();
    }
}

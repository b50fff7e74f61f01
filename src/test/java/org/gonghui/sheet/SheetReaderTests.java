package org.gonghui.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.io.ByteArrayInputStream;
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
import java.util.Objects;
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
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
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
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        for (String part : List.of("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")) {
            byte[] bomb = with(part, out -> {
                out.write("<x>".getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i <= SheetReader.LEAST_ROOM >> 20; i++) {
                    out.write(blanks);
                }
            });
            assertThat(bomb.length).isLessThan(1 << 20);
            assertRefused(SheetRefusal.TOO_BIG, () -> SheetReader.read(bomb, MOST));
        }
        byte[] beside = with("xl/media/image1.png", out -> out.write(blanks));
        assertThat(SheetReader.read(beside, MOST))
                .as("what nobody needs is not unpacked")
                .isNotEmpty();
    }

    /** A few kilobytes of nothing but texts, each of which costs the reader fifty bytes and more. */
    @Test
    void aWorkbookOfTooManyTextsIsNotRead() throws IOException {
        byte[] many = with("xl/sharedStrings.xml", out -> {
            out.write("<sst>".getBytes(StandardCharsets.UTF_8));
            byte[] texts = "<si/>".repeat(1_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i <= SharedTexts.MOST / 1_000; i++) {
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

    /** What programs other than the great ones write, and what people do to their sheets. */
    @Test
    void cellsAreReadHoweverTheyAreWritten() throws IOException {
        byte[] file = sheet("""
                <row><c t="inlineStr"><is><r><t>张</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 三</t></r>
                <rPh sb="0" eb="1"><t>zhang</t></rPh></is></c><c><v> 7 </v></c><c t="b"><v>1</v></c></row>
                <row r="4" hidden="1"><c r="C4" t="e"><v>#N/A</v></c><c r="B4" t="str"><f>A1</f><v>张三</v></c>
                <c r="D4" t="d"><v>2023-03-08</v></c><c r="E4"/><c r="F4"><f t="shared" si="0"/><v>5</v></c></row>
                """, StandardCharsets.UTF_8);
        List<SheetRow> rows = SheetReader.read(file, MOST);
        assertThat(rows).extracting(SheetRow::number).containsExactly(1, 4);
        assertThat(texts(rows.getFirst())).containsExactly("张 三", "7", "TRUE");
        assertThat(rows.getFirst().cell(1).number()).isTrue();
        assertThat(texts(rows.getLast())).containsExactly("", "", "#N/A", "2023-03-08", "", "5");
        assertThat(rows.getLast().cell(5).formula()).isTrue();
    }

    @Test
    void ofSeveralSheetsTheFirstThatPeopleSeeIsRead() throws IOException {
        byte[] file = workbook(
                "xl/workbook.xml", """
                <workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/>
                <sheets><sheet name="字典" sheetId="1" state="veryHidden" r:id="a"/><sheet name="图" sheetId="2" r:id="b"/>
                <sheet name="名单" sheetId="3" r:id="c"/></sheets></workbook>
                """, "xl/_rels/workbook.xml.rels", """
                <Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/a.xml"/>
                <Relationship Id="b" Type="x/chartsheet" Target="worksheets/b.xml"/>
                <Relationship Id="c" Type="x/worksheet" Target="/xl/worksheets/c.xml"/>
                <Relationship Id="d" Type="x/styles" Target="s.xml"/></Relationships>
                """, "xl/worksheets/c.xml", """
                <worksheet><sheetData><row><c s="1"><v>43531</v></c><c s="2"><v>-1</v></c><c s="9"><v>1.50</v></c></row></sheetData></worksheet>
                """, "xl/s.xml", """
                <styleSheet><numFmts><numFmt numFmtId="200" formatCode="yyyy/mm/dd"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
                <cellXfs><xf numFmtId="0"/><xf numFmtId="200"/><xf numFmtId="14"/></cellXfs></styleSheet>
                """);
        assertThat(texts(SheetReader.read(file, MOST).getFirst())).containsExactly("2023-03-08", "-1", "1.5");
    }

    /** Days as the well-known reader sees them, also before the day that never was. */
    @ParameterizedTest
    @ValueSource(ints = {1, 59, 61, 366, 36_525, 45_000, 2_958_465})
    void daysAreThoseOfTheWellKnownReader(int day) throws IOException {
        byte[] file = workbook(sheet -> {
            sheet.value(0, 0, day);
            sheet.style(0, 0).format("yyyy-mm-dd").set();
        });
        try (var known = new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, true));
                var rows = known.getFirstSheet().openStream()) {
            String expected = rows.findFirst()
                    .orElseThrow()
                    .getCell(0)
                    .asDate()
                    .toLocalDate()
                    .toString();
            assertThat(texts(SheetReader.read(file, MOST).getFirst())).containsExactly(expected);
        }
    }

    /** Whatever people write comes out as the well-known reader reads it. */
    @Test
    void textsAndNumbersAreThoseOfTheWellKnownReader() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        String signs = "甲乙𠮷·é<>&\"' \n\tAz09_";
        int[] points = signs.codePoints().toArray();
        byte[] file = workbook(sheet -> {
            for (int row = 0; row < 200; row++) {
                for (int column = 0; column < 5; column++) {
                    String text = random.ints(random.nextInt(12), 0, points.length)
                            .mapToObj(i -> Character.toString(points[i]))
                            .collect(Collectors.joining());
                    switch (random.nextInt(4)) {
                        case 0 -> sheet.value(row, column, text);
                        case 1 -> sheet.inlineString(row, column, text);
                        case 2 -> sheet.value(row, column, random.nextInt());
                        default -> {}
                    }
                }
            }
        });
        List<List<String>> expected;
        try (var known = new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, true));
                var rows = known.getFirstSheet().openStream()) {
            expected = rows.map(row -> row.stream()
                            .map(cell -> cell == null ? "" : Objects.requireNonNullElse(cell.getText(), ""))
                            .toList())
                    .filter(row -> row.stream().anyMatch(text -> !text.isBlank()))
                    .toList();
        }
        assertThat(SheetReader.read(file, MOST).stream()
                        .map(SheetReaderTests::texts)
                        .map(SheetReaderTests::trimmed))
                .as("seed %d", seed)
                .isEqualTo(expected.stream().map(SheetReaderTests::trimmed).toList());
    }

    /** Without what is empty at the end of the row. */
    private static List<String> trimmed(List<String> row) {
        int end = row.size();
        while (end > 0 && row.get(end - 1).isEmpty()) {
            end--;
        }
        return row.subList(0, end);
    }

    /** What fails beside the file is no fault of the file. */
    @Test
    void aFileThatCannotBeHadJustNowIsNotBroken() throws IOException {
        byte[] whole = workbook(sheet -> sheet.value(0, 0, "名称"));
        for (byte[] content : List.of(whole, "名称\n".getBytes(StandardCharsets.UTF_8))) {
            var file = new PartedFile(8, content.length, number -> {
                if (number > 0 || content.length < 100) {
                    throw new IllegalStateException("away");
                }
                return Arrays.copyOf(content, 8);
            });
            assertThatThrownBy(() -> SheetReader.each(file, MOST, row -> {})).hasMessage("away");
        }
    }

    @Test
    void aFileInPartsIsTheFile() throws IOException {
        byte[] book = workbook(sheet -> {
            for (int i = 0; i < 200; i++) {
                sheet.value(i, 0, "名称" + i);
            }
        });
        byte[] table = "编号,名称\r\n001,𠮷祥街道总工会\r\n".getBytes(Charset.forName("GB18030"));
        for (byte[] whole : List.of(book, table)) {
            for (int size : new int[] {7, 64, 1_000, whole.length}) {
                var file = new PartedFile(
                        size,
                        whole.length,
                        number ->
                                Arrays.copyOfRange(whole, number * size, Math.min(whole.length, (number + 1) * size)));
                List<SheetRow> rows = new ArrayList<>();
                SheetReader.each(file, MOST, rows::add);
                assertThat(rows).isEqualTo(SheetReader.read(whole, MOST));
            }
        }
    }

    /** A workbook of parts by name. */
    private static byte[] workbook(String... parts) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("_rels/.rels"));
            zip.write(
                    "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                            .getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < parts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(parts[i]));
                zip.write(parts[i + 1].strip().getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
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
        SheetTable.each(
                PartedFile.of(most.getBytes(StandardCharsets.UTF_8)),
                MOST,
                first -> SheetTable.Head.of(first, HEADINGS, Map.of("name", "名称")),
                lines::add);
        assertThat(lines).hasSize(MOST);
        assertRefused(
                SheetRefusal.TOO_MANY_ROWS,
                () -> SheetTable.each(
                        PartedFile.of((most + "甲\n").getBytes(StandardCharsets.UTF_8)),
                        MOST,
                        first -> SheetTable.Head.of(first, HEADINGS, Map.of()),
                        line -> {}));
    }

    /** Nobody keeps a place for every column before a cell's own. */
    @Test
    void noTableIsWiderThanTheMachineHasRoom() throws IOException {
        byte[] far = sheet("<row r=\"1\"><c r=\"ZZZZZZ1\" t=\"str\"><v>远</v></c></row>", StandardCharsets.UTF_8);
        assertRefused(SheetRefusal.BROKEN, () -> SheetReader.read(far, MOST));
        byte[] last = sheet(
                "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>名称</v></c><c r=\"XFD1\" t=\"str\"><v>远</v></c></row>",
                StandardCharsets.UTF_8);
        byte[] wide = ("名称" + ",".repeat(100_000) + "远").getBytes(StandardCharsets.UTF_8);
        assertThat(texts(SheetReader.read(last, MOST).getFirst())).containsExactly("名称");
        assertThat(SheetReader.read(wide, MOST).getFirst().cells()).hasSize(SheetRow.MOST_CELLS);
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

    /** Which rows nobody sees is told to whoever reads them. */
    @Test
    void aHiddenRowSaysSo() throws IOException {
        byte[] file = sheet("""
                <row r="1"><c r="A1" t="str"><v>名称</v></c></row><row r="2" hidden="1"><c r="A2" t="str"><v>甲</v></c></row>
                <row r="3"><c r="A3" t="str"><v>乙</v></c></row>
                """, StandardCharsets.UTF_8);
        assertThat(SheetTable.of(SheetReader.read(file, MOST), HEADINGS, Map.of())
                        .lines())
                .extracting(SheetTable.Line::hidden)
                .containsExactly(true, false);
    }

    /** Of headings that nobody understands the row is guessed: below the title, above the people. */
    @Test
    void theRowOfHeadingsIsGuessed() {
        for (String rows : List.of(
                "某某公司职工花名册\n人员,证件,备注\n张三,110105194912310020,\n",
                "人员,证件\n张三,110105194912310020\n李四,110105194912310021\n",
                "制表：张三,,2023-01-01\n人员,证件,备注\n李四,1.1E+17,无\n")) {
            List<SheetRow> first = SheetReader.read(rows.getBytes(StandardCharsets.UTF_8), MOST);
            int row = SheetTable.Head.likeliestRow(first, HEADINGS);
            assertThat(rows.lines().skip(row - 1).findFirst().orElseThrow()).startsWith("人员");
        }
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

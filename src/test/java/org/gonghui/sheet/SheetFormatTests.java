package org.gonghui.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;

class SheetFormatTests {

    private static final List<String> ODD =
            List.of("=1+1", "@x", "＝1+1", "他说\"好\"，走", "00123X", "110101199003071234", "<b>&", "𠮷田·䶮", "");

    @Test
    void aPlainTableQuotesEveryCellAndHasNoFormula() throws IOException {
        var out = new ByteArrayOutputStream();
        try (SheetWriter writer = SheetFormat.CSV.write(out, "名册", List.of("甲"))) {
            writer.texts(ODD);
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "\ufeff\"甲\"\r\n\"'=1+1\",\"'@x\",\"'＝1+1\",\"他说\"\"好\"\"，走\",\"00123X\",\"110101199003071234\","
                                + "\"<b>&\",\"𠮷田·䶮\",\"\"\r\n");
    }

    @Test
    void aWorkbookKeepsEveryTextAsItIs() throws IOException {
        var out = new ByteArrayOutputStream();
        try (SheetWriter writer = SheetFormat.XLSX.write(out, "a/b:[名册]*", List.of("甲"))) {
            writer.texts(ODD);
        }
        List<Row> rows = read(out).getFirst();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).getCellText(0)).isEqualTo("甲");
        for (int i = 0; i < ODD.size(); i++) {
            assertThat(rows.get(1).getCellText(i)).isEqualTo(ODD.get(i));
            assertThat(rows.get(1).getCell(i).getFormula()).isNull();
        }
    }

    private static final List<Cell> COUNTED = List.of(
            new Cell.Text("007"),
            new Cell.Text("-7"),
            new Cell.Count(-7),
            new Cell.Count(173_400),
            new Cell.Ratio(-0.1234),
            new Cell.Ratio(1.5),
            Cell.BLANK,
            new Cell.Text("＊"));

    @Test
    void aPlainTableHasNumbersThatAreNumbersAndTextsThatAreNone() throws IOException {
        var out = new ByteArrayOutputStream();
        try (SheetWriter writer = SheetFormat.CSV.write(out, "比较", List.of("甲"))) {
            writer.row(COUNTED);
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines().skip(1))
                .containsExactly("\"007\",\"'-7\",-7,173400,-12.3%,150.0%,\"\",\"＊\"");
    }

    @Test
    void aWorkbookHasNumbersThatAreNumbersAndTextsThatAreNone() throws IOException {
        var out = new ByteArrayOutputStream();
        try (SheetWriter writer = SheetFormat.XLSX.write(out, "比较", List.of("甲"))) {
            writer.row(COUNTED);
        }
        Row row = read(out).getFirst().get(1);
        assertThat(row.stream().map(org.dhatim.fastexcel.reader.Cell::getType))
                .containsExactly(
                        CellType.STRING,
                        CellType.STRING,
                        CellType.NUMBER,
                        CellType.NUMBER,
                        CellType.NUMBER,
                        CellType.NUMBER,
                        CellType.STRING,
                        CellType.STRING);
        assertThat(row.getCellText(0)).isEqualTo("007");
        assertThat(row.getCell(2).asNumber()).isEqualByComparingTo("-7");
        assertThat(row.getCell(3).asNumber()).isEqualByComparingTo("173400");
        assertThat(row.getCell(4).asNumber()).isEqualByComparingTo("-0.1234");
        assertThat(row.getCell(4).getDataFormatString()).isEqualTo("0.0%");
    }

    @Test
    void whatIsTooLongForASheetGoesOnInTheNext() throws IOException {
        var out = new ByteArrayOutputStream();
        try (SheetWriter writer = new XlsxWriter(out, "名册", List.of("甲"), 3)) {
            writer.texts(List.of("甲"));
            for (int i = 1; i <= 5; i++) {
                writer.texts(List.of(Integer.toString(i)));
            }
        }
        assertThat(read(out).stream()
                        .map(rows ->
                                rows.stream().map(row -> row.getCellText(0)).toList()))
                .containsExactly(List.of("甲", "1", "2"), List.of("甲", "3", "4"), List.of("甲", "5"));
    }

    private static List<List<Row>> read(ByteArrayOutputStream out) throws IOException {
        try (var workbook =
                new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()), new ReadingOptions(true, true))) {
            return workbook.getSheets().map(SheetFormatTests::rows).toList();
        }
    }

    private static List<Row> rows(Sheet sheet) {
        try {
            return sheet.read();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

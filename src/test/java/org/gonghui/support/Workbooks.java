package org.gonghui.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks made part by part, with all that no library writes and people send. */
public final class Workbooks {

    /** Rows without fault in {@link #torture}. */
    public static final int TORTURE_GOOD = 5;

    /** Rows with one. */
    public static final int TORTURE_BAD = 5;

    private Workbooks() {}

    /** Writes a part of a workbook. */
    @FunctionalInterface
    public interface Part {
        void write(ZipOutputStream out) throws IOException;
    }

    /** A list of members in which everything stands that spreadsheets and people do to one. */
    public static byte[] torture() {
        return of(row(1, "", "某某街道2023年会员名单")
                + row(2, "", "个人信息", "", "", "工作", "", "其他", "")
                + row(3, "", "姓名", "身份证号", "手机号", "从业形态", "所属工会", "出生日期", "备注")
                + row(4, "", "𠮷田·买买提", Given.freshIdentity().text(), "", "快递员", "", "1990.3.7", "")
                + row(5, "", "", "", "")
                + row(6, " hidden=\"1\"", "隐去者", Given.freshIdentity().text(), "", "", "", "7/3/90", "")
                + row(7, "", "甲", "#1.10105199003071E17", "", "", "", "", "")
                + row(8, "", "=UPPER(\"乙\")", Given.freshIdentity().text(), "", "", "", "", "")
                + row(9, "", "丙", Given.freshIdentity().text(), "#13800138000", "", "", "#32939", "=A9")
                + row(10, "", "丁", "=B9", "", "", "", "", "")
                + row(11, "", "戊", "#110105900307123", "", "", "", "", "")
                + row(12, "", "己", wide(Given.freshIdentity().text()), "", "", "", "", "")
                + row(13, "", " ", " ", " ")
                + row(900, "", "庚", "1.1E+17", "", "", "", "", "")
                + row(1_000, " hidden=\"true\"", "辛", Given.freshIdentity().text(), "", "", "", "", ""));
    }

    private static String wide(String text) {
        return text.codePoints()
                .map(point -> point + 0xFEE0)
                .mapToObj(Character::toString)
                .reduce("", String::concat);
    }

    /**
     * A row: a cell that begins with # is a number, one that begins with = is computed, others are texts.
     *
     * @param attributes of the row, each with a space before it
     */
    public static String row(int number, String attributes, String... cells) {
        var row = new StringBuilder("<row r=\"%d\"%s>".formatted(number, attributes));
        for (int i = 0; i < cells.length; i++) {
            String at = (char) ('A' + i) + Integer.toString(number);
            String text = cells[i].replace("&", "&amp;").replace("<", "&lt;");
            if (text.startsWith("#")) {
                row.append("<c r=\"%s\"><v>%s</v></c>".formatted(at, text.substring(1)));
            } else if (text.startsWith("=")) {
                row.append("<c r=\"%s\" t=\"str\"><f>%s</f><v>x</v></c>".formatted(at, text.substring(1)));
            } else if (!text.isEmpty()) {
                row.append("<c r=\"%s\" t=\"inlineStr\"><is><t xml:space=\"preserve\">%s</t></is></c>"
                        .formatted(at, text));
            }
        }
        return row.append("</row>").toString();
    }

    /** A workbook of one sheet with these rows, their first cells merged. */
    public static byte[] of(String rows) {
        return with(out ->
                out.write(("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                                + rows
                                + "</sheetData><mergeCells count=\"2\"><mergeCell ref=\"A1:G1\"/><mergeCell ref=\"A2:C2\"/></mergeCells>"
                                + "</worksheet>")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    /** A workbook with this sheet. */
    public static byte[] with(Part sheet) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            put(zip, "_rels/.rels", """
                    <Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>
                    """);
            put(zip, "xl/workbook.xml", """
                    <workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
                    <sheet name="名单" sheetId="1" r:id="a"/></sheets></workbook>
                    """);
            put(zip, "xl/_rels/workbook.xml.rels", """
                    <Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
                    """);
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            sheet.write(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.strip().getBytes(StandardCharsets.UTF_8));
    }
}

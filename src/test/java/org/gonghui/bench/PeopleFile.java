package org.gonghui.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A list of people who are nobody, as a workbook such as spreadsheets write: every text in the table of shared ones.
 *
 * @param run people of different runs are different people
 */
record PeopleFile(int run, int rows) {

    private static final String SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余";
    private static final String GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华建国文辉玲燕红梅志海波宁鑫浩宇欣怡雨晨";
    private static final int NAMES = SURNAMES.length() * GIVEN.length();
    private static final int DAYS = 3_600;
    private static final int OF_A_DAY = 1_000;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_DIGITS = "10X98765432";
    private static final String[] HEADINGS = {"姓名", "身份证号", "手机号"};

    static String name(int row) {
        int name = row % NAMES;
        return SURNAMES.charAt(name % SURNAMES.length())
                + GIVEN.substring(name / SURNAMES.length(), name / SURNAMES.length() + 1) + "明";
    }

    /** Of somebody born in the seventies, in a place that does not exist and where nobody of the generated city is from. */
    String identity(int row) {
        LocalDate born = LocalDate.of(1970, 1, 1).plusDays(row / OF_A_DAY % DAYS);
        String digits = "97%04d%s%03d".formatted(run, born.format(DateTimeFormatter.BASIC_ISO_DATE), row % OF_A_DAY);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (digits.charAt(i) - '0') * WEIGHTS[i];
        }
        return digits + CHECK_DIGITS.charAt(sum % CHECK_DIGITS.length());
    }

    String phone(int row) {
        return "1%02d%08d".formatted(30 + run % 10, row);
    }

    /** Writes it; the file is the caller's to delete. */
    Path write() throws IOException {
        Path file = Files.createTempFile("people", ".xlsx");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file));
                Writer out = new java.io.OutputStreamWriter(zip, StandardCharsets.UTF_8)) {
            part(zip, out, "_rels/.rels");
            out.write(
                    "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            part(zip, out, "xl/workbook.xml");
            out.write(
                    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"名单\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>");
            part(zip, out, "xl/_rels/workbook.xml.rels");
            out.write("<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                    + "<Relationship Id=\"b\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>");
            part(zip, out, "xl/sharedStrings.xml");
            texts(out);
            part(zip, out, "xl/worksheets/sheet1.xml");
            sheet(out);
        }
        return file;
    }

    private static void part(ZipOutputStream zip, Writer out, String name) throws IOException {
        out.flush();
        zip.putNextEntry(new ZipEntry(name));
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    private void texts(Writer out) throws IOException {
        out.write("<sst>");
        for (String heading : HEADINGS) {
            text(out, heading);
        }
        for (int i = 0; i < NAMES; i++) {
            text(out, name(i));
        }
        for (int i = 0; i < rows; i++) {
            text(out, identity(i));
            text(out, phone(i));
        }
        out.write("</sst>");
    }

    private static void text(Writer out, String text) throws IOException {
        out.write("<si><t>" + text + "</t></si>");
    }

    private void sheet(Writer out) throws IOException {
        out.write("<worksheet><sheetData>");
        row(out, 1, 0, 1, 2);
        for (int i = 0; i < rows; i++) {
            int first = HEADINGS.length + NAMES + 2 * i;
            row(out, i + 2, HEADINGS.length + i % NAMES, first, first + 1);
        }
        out.write("</sheetData></worksheet>");
    }

    private static void row(Writer out, int number, int... texts) throws IOException {
        var row = new StringBuilder("<row r=\"" + number + "\" spans=\"1:3\">");
        for (int i = 0; i < texts.length; i++) {
            row.append("<c r=\"")
                    .append((char) ('A' + i))
                    .append(number)
                    .append("\" s=\"0\" t=\"s\"><v>")
                    .append(texts[i])
                    .append("</v></c>");
        }
        out.write(row.append("</row>").toString());
    }
}

package org.gonghui.sheet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gonghui.kernel.Refused;

/**
 * Reads a plain table as spreadsheets write it: UTF-8, UTF-16 with its mark, or GB18030, which Chinese spreadsheets use;
 * between cells a comma, a semicolon or a tab, whichever the first line has most of.
 */
final class CsvReader {

    private final String text;
    private final char separator;
    private int at;

    private CsvReader(String text) {
        this.text = text;
        String first = text.lines().findFirst().orElse("");
        separator = Stream.of(',', '\t', ';')
                .max((a, b) -> Long.compare(count(first, a), count(first, b)))
                .orElseThrow();
    }

    private static long count(String line, char separator) {
        return line.chars().filter(c -> c == separator).count();
    }

    static void read(byte[] file, SheetReader.Sink into) {
        new CsvReader(decode(file)).rows(into);
    }

    private static String decode(byte[] file) {
        Charset marked = file.length > 1 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xfe
                ? StandardCharsets.UTF_16
                : StandardCharsets.UTF_8;
        String text = decode(file, marked)
                .or(() -> decode(file, Charset.forName("GB18030")))
                .orElseThrow(() -> new Refused(SheetRefusal.NOT_A_TABLE));
        if (text.indexOf('\0') >= 0) {
            throw new Refused(SheetRefusal.NOT_A_TABLE);
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static Optional<String> decode(byte[] file, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(file)).toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    private void rows(SheetReader.Sink into) {
        for (int number = 1; at < text.length(); number++) {
            List<SheetRow.Cell> cells = new ArrayList<>();
            do {
                SheetRow.Cell cell = cell();
                if (cells.size() < SheetRow.MOST_CELLS) {
                    cells.add(cell);
                }
            } while (at < text.length() && text.charAt(at++) == separator);
            if (at < text.length() && text.charAt(at - 1) == '\r' && text.charAt(at) == '\n') {
                at++;
            }
            into.add(new SheetRow(number, cells));
        }
    }

    /** Reads up to the separator or the end of the line, which is left where it is. */
    private SheetRow.Cell cell() {
        String cell = at < text.length() && text.charAt(at) == '"' ? quoted() : "";
        int from = at;
        while (at < text.length() && !isEnd(text.charAt(at))) {
            at++;
        }
        cell += text.substring(from, at);
        return new SheetRow.Cell(CsvWriter.unprotected(cell), cell.startsWith("="), false);
    }

    private boolean isEnd(char c) {
        return c == separator || c == '\n' || c == '\r';
    }

    private String quoted() {
        var cell = new StringBuilder();
        for (int from = at + 1; ; from = at + 1) {
            at = text.indexOf('"', from);
            if (at < 0) {
                throw new Refused(SheetRefusal.BROKEN);
            }
            cell.append(text, from, at++);
            if (at == text.length() || text.charAt(at) != '"') {
                return cell.toString();
            }
            cell.append('"');
        }
    }
}

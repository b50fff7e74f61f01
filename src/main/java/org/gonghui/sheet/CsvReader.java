package org.gonghui.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gonghui.kernel.Refused;

/**
 * Reads a plain table as spreadsheets write it: UTF-8, UTF-16 with its mark, or GB18030, which Chinese spreadsheets use;
 * between cells a comma, a semicolon or a tab, whichever the first line has most of. No more of it is in memory than a row.
 */
final class CsvReader {

    private static final int BUFFER = 1 << 16;
    private static final int END = -1;

    private final Reader reader;
    private final char[] buffer = new char[BUFFER];
    private int filled;
    private int at;
    private char separator = ',';

    private CsvReader(Reader reader) {
        this.reader = reader;
    }

    static void read(PartedFile file, SheetReader.Sink into) throws IOException {
        Charset charset = Stream.of(first(file), Charset.forName("GB18030"))
                .filter(each -> isWritten(file, each))
                .findFirst()
                .orElseThrow(() -> new Refused(SheetRefusal.NOT_A_TABLE));
        new CsvReader(reader(file, charset)).rows(into);
    }

    private static Charset first(PartedFile file) throws IOException {
        file.position(0);
        InputStream bytes = Channels.newInputStream(file);
        boolean marked = bytes.read() == 0xff && bytes.read() == 0xfe;
        return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    /** True when the whole file is text of this encoding. */
    private static boolean isWritten(PartedFile file, Charset charset) {
        try {
            Reader text = reader(file, charset);
            char[] some = new char[BUFFER];
            for (int read = text.read(some); read >= 0; read = text.read(some)) {
                for (int i = 0; i < read; i++) {
                    if (some[i] == '\0') {
                        throw new Refused(SheetRefusal.NOT_A_TABLE);
                    }
                }
            }
            return true;
        } catch (CharacterCodingException other) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader reader(PartedFile file, Charset charset) throws IOException {
        file.position(0);
        return new InputStreamReader(Channels.newInputStream(file), charset.newDecoder());
    }

    private void rows(SheetReader.Sink into) throws IOException {
        if (comes('\ufeff')) {
            at++;
        }
        separator = mostOf(',', '\t', ';');
        for (int number = 1; next() != END; number++) {
            into.add(new SheetRow(number, cells(), false));
            if (comes('\r')) {
                at++;
            } else if (comes('\n')) {
                at++;
                continue;
            }
            if (comes('\n')) {
                at++;
            }
        }
    }

    /** Which of them the first line has most of, as far as it is at hand. */
    private char mostOf(char... separators) throws IOException {
        next();
        char most = separators[0];
        long count = 0;
        for (char each : separators) {
            String line =
                    new String(buffer, at, filled - at).lines().findFirst().orElse("");
            long found = line.chars().filter(c -> c == each).count();
            if (found > count) {
                most = each;
                count = found;
            }
        }
        return most;
    }

    /** The cells up to the end of the line, which is left where it is. */
    private List<SheetRow.Cell> cells() throws IOException {
        List<SheetRow.Cell> cells = new ArrayList<>();
        while (true) {
            SheetRow.Cell cell = cell();
            if (cells.size() < SheetRow.MOST_CELLS) {
                cells.add(cell);
            }
            if (!comes(separator)) {
                return cells;
            }
            at++;
        }
    }

    /** Reads up to the separator or the end of the line, which is left where it is. */
    private SheetRow.Cell cell() throws IOException {
        var cell = new StringBuilder();
        if (comes('"')) {
            at++;
            quoted(cell);
        }
        for (int c = next(); c != separator && c != '\n' && c != '\r' && c != END; c = next()) {
            add(cell, (char) c);
        }
        String text = cell.toString();
        return new SheetRow.Cell(CsvWriter.unprotected(text), text.startsWith("="), false);
    }

    private void quoted(StringBuilder cell) throws IOException {
        while (true) {
            int c = next();
            if (c == END) {
                throw new Refused(SheetRefusal.BROKEN);
            }
            add(cell, (char) c);
            if (c == '"') {
                if (!comes('"')) {
                    cell.setLength(cell.length() - 1);
                    return;
                }
                at++;
            }
        }
    }

    private void add(StringBuilder cell, char c) {
        if (cell.length() == XlsxReader.LONGEST_TEXT) {
            throw new Refused(SheetRefusal.BROKEN);
        }
        cell.append(c);
        at++;
    }

    private boolean comes(char c) throws IOException {
        return next() == c;
    }

    /** The character that comes, which stays where it is. */
    private int next() throws IOException {
        while (at == filled) {
            at = 0;
            filled = reader.read(buffer);
            if (filled < 0) {
                filled = 0;
                return END;
            }
        }
        return buffer[at];
    }
}

package org.gonghui.sheet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.gonghui.kernel.Refused;

/** Reads a workbook's first sheet, or a plain table, by what is in the file and not by its name. */
public final class SheetReader {

    /** What begins like this is a workbook of before 2007, or one that a password protects. */
    private static final byte[] OLD_WORKBOOK = HexFormat.of().parseHex("d0cf11e0a1b11ae1");

    private static final byte[] ZIP = HexFormat.of().parseHex("504b0304");

    /** Bytes that a row of a workbook may come to when unpacked; ten columns need some five hundred. */
    private static final long ROOM_A_ROW = 1_000;

    static final long LEAST_ROOM = 100 << 20;

    private SheetReader() {}

    /**
     * The rows that are not blank.
     *
     * @throws Refused when the file cannot be read, or has more rows than {@code most}
     */
    public static List<SheetRow> read(byte[] file, int most) {
        List<SheetRow> rows = new ArrayList<>();
        each(PartedFile.of(file), most, rows::add);
        return rows;
    }

    /**
     * Looks at a file's first bytes only.
     *
     * @throws Refused when it is none that is read here, whatever follows
     */
    public static void check(byte[] file) {
        if (file.length == 0) {
            throw new Refused(SheetRefusal.EMPTY);
        }
        if (begins(file, OLD_WORKBOOK)) {
            throw new Refused(SheetRefusal.OLD_OR_LOCKED);
        }
    }

    private static boolean begins(byte[] file, byte[] mark) {
        return Arrays.equals(Arrays.copyOf(file, mark.length), mark);
    }

    /**
     * Hands over the rows that are not blank, one after the other, so that a file of any length needs no memory for them.
     *
     * @throws Refused when the file cannot be read, or has more rows than {@code most}; rows before that were handed over
     */
    public static void each(PartedFile file, int most, Consumer<SheetRow> rows) {
        var sink = new Sink(most, rows);
        try {
            byte[] first = first(file);
            check(first);
            if (begins(first, ZIP)) {
                XlsxReader.read(file, sink);
            } else {
                CsvReader.read(file, sink);
            }
        } catch (Failed elsewhere) {
            throw elsewhere.why;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (sink.taken == 0) {
            throw new Refused(SheetRefusal.EMPTY);
        }
    }

    private static byte[] first(PartedFile file) throws IOException {
        file.position(0);
        return Channels.newInputStream(file).readNBytes(OLD_WORKBOOK.length);
    }

    /** Hands rows over, as many as are taken. */
    static final class Sink {

        private final int most;
        private final Consumer<SheetRow> rows;
        private int taken;

        private Sink(int most, Consumer<SheetRow> rows) {
            this.most = most;
            this.rows = rows;
        }

        /** What a workbook may come to when unpacked, in bytes. */
        long largest() {
            return Math.max(LEAST_ROOM, most * ROOM_A_ROW);
        }

        void add(SheetRow row) {
            if (row.isBlank()) {
                return;
            }
            if (taken == most) {
                throw new Refused(SheetRefusal.TOO_MANY_ROWS, most);
            }
            taken++;
            try {
                rows.accept(row);
            } catch (RuntimeException why) {
                throw new Failed(why);
            }
        }
    }

    /** What whoever gives the file or takes its rows threw: no fault of the file. */
    static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient RuntimeException why;

        Failed(RuntimeException why) {
            super(why);
            this.why = why;
        }
    }
}

package org.gonghui.sheet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gonghui.kernel.Refused;

/**
 * The texts that the cells of a workbook share, which all have to be at hand at once: kept as bytes, one after the other, in a
 * third of the room that as many strings would take.
 */
final class SharedTexts {

    /** Texts that a workbook may share: a million people with name, identity number and phone, and some more. */
    static final int MOST = 5_000_000;

    private static final int BLOCK = 1 << 20;
    private static final int MOST_BLOCKS = 256;

    private final List<byte[]> blocks = new ArrayList<>();
    private ByteBuffer block = ByteBuffer.allocate(0);
    private int[] places = new int[1_024];
    private int count;

    /**
     * Adds the next text.
     *
     * @param text of at most {@link XlsxReader#LONGEST_TEXT} characters
     */
    void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (block.remaining() < Integer.BYTES + bytes.length) {
            if (blocks.size() == MOST_BLOCKS) {
                throw new Refused(SheetRefusal.TOO_BIG);
            }
            block = ByteBuffer.allocate(BLOCK);
            blocks.add(block.array());
        }
        if (count == MOST) {
            throw new Refused(SheetRefusal.TOO_BIG);
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
        }
        places[count++] = (blocks.size() - 1) * BLOCK + block.position();
        block.putInt(bytes.length).put(bytes);
    }

    /** The text of this number, counted from 0. */
    String get(int number) {
        if (number < 0 || number >= count) {
            throw new Refused(SheetRefusal.BROKEN);
        }
        byte[] bytes = blocks.get(places[number] / BLOCK);
        int at = places[number] % BLOCK;
        return new String(bytes, at + Integer.BYTES, ByteBuffer.wrap(bytes).getInt(at), StandardCharsets.UTF_8);
    }
}

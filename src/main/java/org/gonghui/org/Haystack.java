package org.gonghui.org;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The words of every union, one line a union, all in one string, with an index of where each pair of neighbouring
 * characters stands: what is looked for is compared only where its rarest pair stands, not along the whole text.
 */
final class Haystack {

    /** Stands before each line: looked for with it, a line that begins so. */
    static final char RECORD = '\n';

    private static final int SLOT_BITS = 16;
    private static final int SLOTS = 1 << SLOT_BITS;

    private final String text;
    private final int[] starts;

    /**
     * Where in {@link #places} the pairs of a slot begin. Different pairs may share a slot: that costs comparisons, but
     * finds nothing wrong.
     */
    private final int[] slots = new int[SLOTS + 1];

    /** Positions of pairs in the text, slot by slot, ascending within each. */
    private final int[] places;

    Haystack(List<String> lines) {
        var all = new StringBuilder();
        starts = new int[lines.size() + 1];
        for (int i = 0; i < lines.size(); i++) {
            starts[i] = all.length();
            all.append(RECORD).append(lines.get(i));
        }
        starts[lines.size()] = all.length();
        text = all.toString();
        char[] characters = text.toCharArray();
        int pairs = Math.max(0, characters.length - 1);
        for (int i = 0; i < pairs; i++) {
            slots[slot(characters[i], characters[i + 1]) + 1]++;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            slots[slot + 1] += slots[slot];
        }
        places = new int[pairs];
        int[] next = Arrays.copyOf(slots, SLOTS);
        for (int i = 0; i < pairs; i++) {
            places[next[slot(characters[i], characters[i + 1])]++] = i;
        }
    }

    /**
     * Adds the lines from one to another, the latter excluded, that contain the needle, in their order, until there are
     * enough.
     *
     * @param needle without a line's end
     */
    void collect(String needle, int fromLine, int toLine, Set<Integer> found, int atMost) {
        if (needle.length() < 2) {
            scan(needle, fromLine, toLine, found, atMost);
            return;
        }
        int offset = rarestPair(needle);
        int slot = slot(needle.charAt(offset), needle.charAt(offset + 1));
        int end = starts[toLine];
        int from = starts[fromLine];
        for (int i = firstPlace(slot, from + offset); i < slots[slot + 1] && found.size() < atMost; i++) {
            int at = places[i] - offset;
            if (at + needle.length() > end) {
                return;
            }
            if (at >= from && text.startsWith(needle, at)) {
                int line = lineAt(at);
                found.add(line);
                from = starts[line + 1];
            }
        }
    }

    /** One character has no pair; it is found soon or not at all. */
    private void scan(String needle, int fromLine, int toLine, Set<Integer> found, int atMost) {
        int end = starts[toLine];
        int at = starts[fromLine];
        while (found.size() < atMost) {
            at = text.indexOf(needle, at, end);
            if (at < 0) {
                return;
            }
            int line = lineAt(at);
            found.add(line);
            at = starts[line + 1];
        }
    }

    private int rarestPair(String needle) {
        int rarest = 0;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < needle.length() - 1; i++) {
            int slot = slot(needle.charAt(i), needle.charAt(i + 1));
            int count = slots[slot + 1] - slots[slot];
            if (count < fewest) {
                fewest = count;
                rarest = i;
            }
        }
        return rarest;
    }

    /** The first of the slot's places that does not stand before this position. */
    private int firstPlace(int slot, int position) {
        int at = Arrays.binarySearch(places, slots[slot], slots[slot + 1], position);
        return at >= 0 ? at : -at - 1;
    }

    private int lineAt(int position) {
        int line = Arrays.binarySearch(starts, position);
        return line >= 0 ? line : -line - 2;
    }

    private static int slot(char first, char second) {
        return (first * 0x9E3779B1 + second * 0x85EBCA6B) >>> (Integer.SIZE - SLOT_BITS);
    }
}

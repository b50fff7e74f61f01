package org.gonghui.kernel;

import java.text.Normalizer;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes typed and pasted text comparable without harming names: full-width letters and digits become plain ones, every
 * kind of space becomes one space, invisible characters go. Chinese punctuation stays as typed, because
 * “（集团）” belongs to names.
 */
public final class CleanText {

    /** Letters and a sign that show nothing: fillers of Hangul, the empty Braille pattern. */
    private static final String BLANK_LETTERS = "\u115F\u1160\u3164\uFFA0\u2800";

    private static final int FULL_WIDTH_SHIFT = 0xFEE0;

    private CleanText() {}

    /** One clean line; empty for null. Rare characters beyond the BMP are kept whole. */
    public static String line(@Nullable String typed) {
        if (typed == null || typed.isEmpty()) {
            return "";
        }
        String composed = Normalizer.normalize(typed, Normalizer.Form.NFC);
        var clean = new StringBuilder(composed.length());
        boolean gap = false;
        for (int i = 0; i < composed.length(); ) {
            int point = composed.codePointAt(i);
            i += Character.charCount(point);
            if (isSpace(point)) {
                gap = !clean.isEmpty();
            } else if (!isInvisible(point)) {
                if (gap) {
                    clean.append(' ');
                    gap = false;
                }
                clean.appendCodePoint(plainWidth(point));
            }
        }
        return clean.toString();
    }

    /** Clean lines: breaks stay, of several empty lines one. */
    public static String text(@Nullable String typed) {
        if (typed == null) {
            return "";
        }
        return typed.lines()
                .map(CleanText::line)
                .collect(Collectors.joining("\n"))
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    /** The first so many characters of a text. */
    public static String cut(String text, int longest) {
        return length(text) <= longest ? text : text.substring(0, text.offsetByCodePoints(0, longest));
    }

    /** Characters as people count them: 𠮷 is one. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The first character that has no place in a name (emoji, angle brackets, unassigned), if any. */
    public static Optional<String> firstNotFitForName(String text) {
        return text.codePoints()
                .filter(point -> point == '<'
                        || point == '>'
                        || (Character.isEmoji(point) && point >= 0x80 && !Character.isIdeographic(point))
                        || Character.getType(point) == Character.UNASSIGNED
                        || Character.getType(point) == Character.PRIVATE_USE
                        || Character.getType(point) == Character.SURROGATE)
                .mapToObj(Character::toString)
                .findFirst();
    }

    private static boolean isSpace(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point);
    }

    private static boolean isInvisible(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || BLANK_LETTERS.indexOf(point) >= 0
                || (point >= 0xFE00 && point <= 0xFE0F); // variation selectors: a picture's colour, not a letter
    }

    private static int plainWidth(int point) {
        boolean letterOrDigit = (point >= 0xFF10 && point <= 0xFF19)
                || (point >= 0xFF21 && point <= 0xFF3A)
                || (point >= 0xFF41 && point <= 0xFF5A);
        return letterOrDigit ? point - FULL_WIDTH_SHIFT : point;
    }
}

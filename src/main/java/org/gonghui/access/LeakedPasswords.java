package org.gonghui.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import me.gosimple.nbvcxz.Nbvcxz;
import org.gonghui.kernel.CleanText;

/**
 * The hundred thousand passwords that stand most often among those that leaked elsewhere, as nbvcxz has them, in small letters and
 * digits. Read when the first password is chosen and kept as sorted hashes, less than a megabyte.
 */
final class LeakedPasswords {

    private static final String LIST = "/dictionaries/passwords.txt";

    /** Shorter ones are parts of any sentence. */
    private static final int SHORTEST = 4;

    /** So many digits around a word are a day, and no secret: 19900101. */
    private static final int DAY = 8;

    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Not before somebody asks: a start needs none of it. */
    private static final class Kept {
        static final long[] HASHES = read();
    }

    private LeakedPasswords() {}

    /** True for one of them, or two joined, with no more digits at the ends than a day has, and no more signs than that. */
    static boolean isMadeOfThem(String password) {
        String text = letters(password);
        if (CleanText.length(password) - CleanText.length(text) > DAY) {
            return false;
        }
        int front = digits(text);
        int back = digits(new StringBuilder(text).reverse());
        for (int from = 0; from <= front; from++) {
            for (int cut = 0; cut <= back && from + cut <= DAY; cut++) {
                String left = text.substring(from, Math.max(from, text.length() - cut));
                boolean whole = from + cut == 0; // figures alone are cut into figures that stand on the list by chance
                if ((whole || left.chars().anyMatch(Character::isLetter)) && isOneOrTwo(left)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How many digits it begins with, as far as it matters. */
    private static int digits(CharSequence text) {
        int digits = 0;
        while (digits < Math.min(DAY, text.length()) && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        return digits;
    }

    private static boolean isOneOrTwo(String text) {
        if (isOne(text)) {
            return true;
        }
        for (int i = SHORTEST; i <= text.length() - SHORTEST; i++) {
            if (isOne(text.substring(0, i)) && isOne(text.substring(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOne(String text) {
        return text.length() >= SHORTEST && Arrays.binarySearch(Kept.HASHES, hash(text)) >= 0;
    }

    private static String letters(String text) {
        var left = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(left::appendCodePoint);
        return left.toString();
    }

    /** FNV-1a: among so few, two of 64 bits are not the same by chance. */
    private static long hash(String text) {
        long hash = FNV_BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    private static long[] read() {
        try (InputStream list = Objects.requireNonNull(Nbvcxz.class.getResourceAsStream(LIST));
                var reader = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(LeakedPasswords::letters)
                    .filter(one -> one.length() >= SHORTEST)
                    .mapToLong(LeakedPasswords::hash)
                    .sorted()
                    .distinct()
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

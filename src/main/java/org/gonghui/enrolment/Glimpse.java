package org.gonghui.enrolment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.kernel.CleanText;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.PhoneNumber;

/**
 * So much of a cell as tells what kind of column it is in, and no more: whose columns nobody has told apart yet may hold
 * anything about anybody.
 */
final class Glimpse {

    /** Digits that tell nothing about anybody: a number in a row, a count, a year. */
    private static final int FEW_DIGITS = 4;

    private static final int DIGITS_SHOWN = 2;

    /** Characters of a text: a name is seen, an address is not. */
    private static final int LETTERS_SHOWN = 8;

    private static final Pattern DAY = Pattern.compile("(?:19|20)\\d{2}(?=[-/.年 ]|\\d{4}(?!\\d))");

    private Glimpse() {}

    /** The cell without its numbers, and cut. */
    static String of(String cell) {
        String text = withoutNumbers(cell);
        return text.codePoints().filter(Character::isLetter).count() <= LETTERS_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LETTERS_SHOWN)) + "…";
    }

    /** An identity number as its region, a phone as it is masked everywhere, a day as its year, of others the beginning. */
    static String withoutNumbers(String cell) {
        String text = CleanText.line(cell);
        Optional<String> known = IdentityNumber.read(text)
                .map(IdentityNumber::masked)
                .or(() -> PhoneNumber.read(text).map(PhoneNumber::masked));
        if (known.isPresent() || digits(text) <= FEW_DIGITS) {
            return known.orElse(text);
        }
        Matcher day = DAY.matcher(text);
        int shown = day.lookingAt() ? day.end() : 0;
        var masked = new StringBuilder(text.substring(0, shown));
        int left = shown > 0 ? 0 : DIGITS_SHOWN;
        for (int i = shown; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isDigit(point) && left-- <= 0) {
                masked.append('*');
            } else {
                masked.appendCodePoint(point);
            }
        }
        return masked.toString();
    }

    /** True for what no heading says: the first row of a file without headings is a person's. */
    static boolean isAboutSomebody(String cell) {
        return digits(CleanText.line(cell)) > FEW_DIGITS;
    }

    private static long digits(String text) {
        return text.codePoints().filter(Character::isDigit).count();
    }
}

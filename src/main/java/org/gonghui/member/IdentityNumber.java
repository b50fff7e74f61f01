package org.gonghui.member;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.gonghui.kernel.CleanText;

/**
 * An identity number of 18 characters (GB 11643): region, birth date, sequence, check character. Its text is personal
 * data: it is sealed where it is stored and never printed.
 */
public final class IdentityNumber {

    private static final int LENGTH = 18;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";

    private final String text;
    private final LocalDate birthDate;

    private IdentityNumber(String text, LocalDate birthDate) {
        this.text = text;
        this.birthDate = birthDate;
    }

    /** Reads what was typed: spaces and full-width digits are mended, x is X; empty when it is no identity number. */
    public static Optional<IdentityNumber> read(String typed) {
        String text = CleanText.line(typed).replace(" ", "").toUpperCase(Locale.ROOT);
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        for (int i = 0; i < LENGTH - 1; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        if (text.charAt(LENGTH - 1) != check(text)) {
            return Optional.empty();
        }
        try {
            LocalDate birthDate = LocalDate.of(
                    Integer.parseInt(text.substring(6, 10)),
                    Integer.parseInt(text.substring(10, 12)),
                    Integer.parseInt(text.substring(12, 14)));
            return Optional.of(new IdentityNumber(text, birthDate));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** The number with these first seventeen digits, its check character added. */
    public static IdentityNumber complete(String seventeen) {
        return read(seventeen + check(seventeen)).orElseThrow(() -> new IllegalArgumentException("no identity number"));
    }

    private static char check(String digits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (digits.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % 11);
    }

    /** All eighteen characters. */
    public String text() {
        return text;
    }

    public LocalDate birthDate() {
        return birthDate;
    }

    /** {@code F} or {@code M}, by the parity of the seventeenth digit. */
    public String sex() {
        return (text.charAt(16) - '0') % 2 == 0 ? "F" : "M";
    }

    @Override
    public String toString() {
        return "IdentityNumber[…]";
    }
}

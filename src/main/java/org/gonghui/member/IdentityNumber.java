package org.gonghui.member;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.jspecify.annotations.Nullable;

/**
 * An identity number of 18 characters (GB 11643): region, birth date, sequence, check character. Its text is personal
 * data: it is sealed where it is stored and never printed.
 */
public final class IdentityNumber {

    private static final int LENGTH = 18;
    private static final int REGION = 6;
    private static final int YOUNGEST = 16; // Labour Law, article 15
    private static final int OLDEST = 120;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";

    private static final Pattern FORM = Pattern.compile("[0-9]{17}[0-9X]");

    private final String text;
    private final LocalDate birthDate;

    private IdentityNumber(String text, LocalDate birthDate) {
        this.text = text;
        this.birthDate = birthDate;
    }

    /** Reads what was typed: spaces and full-width digits are mended, x is X; empty when it is no identity number. */
    public static Optional<IdentityNumber> read(String typed) {
        String text = clean(typed);
        return fault(typed).isPresent()
                ? Optional.empty()
                : birthDate(text).map(birthDate -> new IdentityNumber(text, birthDate));
    }

    /** What is wrong with what was typed, as the key of its sentence {@code input.<key>}; empty when nothing is. */
    public static Optional<String> fault(String typed) {
        String text = clean(typed);
        if (text.isEmpty()) {
            return Optional.of("empty");
        }
        if (text.length() != LENGTH) {
            return Optional.of("identity-length");
        }
        if (!FORM.matcher(text).matches()) {
            return Optional.of("identity-form");
        }
        if (birthDate(text).isEmpty()) {
            return Optional.of("identity-birth-date");
        }
        return text.charAt(LENGTH - 1) == check(text) ? Optional.empty() : Optional.of("identity-check");
    }

    /** The identity number of someone of an age to work, or the fault of the field {@code identity}. */
    public static Optional<IdentityNumber> ofWorker(Input input, @Nullable String typed, LocalDate today) {
        String text = typed == null ? "" : typed;
        Optional<IdentityNumber> identity = read(text);
        if (identity.isEmpty()) {
            input.fault("identity", fault(text).orElse("identity-form"));
            return identity;
        }
        LocalDate birth = identity.get().birthDate;
        if (birth.isAfter(today)) {
            input.fault("identity", "identity-future");
        } else if (birth.plusYears(YOUNGEST).isAfter(today)) {
            input.fault("identity", "too-young", YOUNGEST);
        } else if (birth.plusYears(OLDEST).isBefore(today)) {
            input.fault("identity", "identity-birth-date");
        }
        return identity;
    }

    private static String clean(String typed) {
        return CleanText.line(typed).replace(" ", "").toUpperCase(Locale.ROOT);
    }

    private static Optional<LocalDate> birthDate(String text) {
        return date(text.substring(6, 14));
    }

    /** The day that eight digits say, if there is such a day. */
    static Optional<LocalDate> date(String eight) {
        try {
            return Optional.of(LocalDate.of(
                    Integer.parseInt(eight.substring(0, 4)),
                    Integer.parseInt(eight.substring(4, 6)),
                    Integer.parseInt(eight.substring(6, 8))));
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

    /** What one slip makes of some digits: none, one digit another, two neighbours exchanged. */
    static Set<String> slips(String digits) {
        Set<String> slips = new HashSet<>(Set.of(digits));
        for (int i = 0; i < digits.length(); i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                slips.add(digits.substring(0, i) + digit + digits.substring(i + 1));
            }
            if (i > 0) {
                slips.add(
                        digits.substring(0, i - 1) + digits.charAt(i) + digits.charAt(i - 1) + digits.substring(i + 1));
            }
        }
        return slips;
    }

    /**
     * True when the first seventeen digits are the other's but for one slip. The check character follows from them: whoever
     * types one wrong digit and is told so changes it until the number is taken.
     */
    boolean isNear(IdentityNumber other) {
        String ours = text.substring(0, LENGTH - 1);
        String theirs = other.text.substring(0, LENGTH - 1);
        return !ours.equals(theirs) && slips(ours).contains(theirs);
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

    /**
     * For someone who may know it is there, not what it is: {@code 110105************}. With birth date or age beside it,
     * any of the last four would tell the rest.
     */
    public String masked() {
        return text.substring(0, REGION) + "*".repeat(LENGTH - REGION);
    }

    @Override
    public String toString() {
        return "IdentityNumber[…]";
    }
}

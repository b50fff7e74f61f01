package org.gonghui.employer;

import java.util.Locale;
import java.util.Optional;
import org.gonghui.kernel.CleanText;
import org.jspecify.annotations.Nullable;

/**
 * A unified social credit code (统一社会信用代码, GB 32100-2015): 18 digits and capital letters without I, O, S, V and Z, the
 * last a check digit over the others.
 */
public record CreditCode(String text) {

    static final int LENGTH = 18;
    private static final String SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /** What reading a code came to. */
    sealed interface Reading {

        /** A code. */
        record Read(CreditCode code) implements Reading {}

        /** None: not 18 signs, or a sign that no code has. */
        record NoCode() implements Reading {}

        /** It looks like one, and the check digit is another: a sign is wrong or two have changed places. */
        record WrongDigit() implements Reading {}
    }

    /** Reads what was typed: small letters, spaces and dashes are mended. */
    static Reading read(@Nullable String typed) {
        String text = CleanText.line(typed).replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        if (text.length() != LENGTH || text.chars().anyMatch(sign -> SIGNS.indexOf(sign) < 0)) {
            return new Reading.NoCode();
        }
        return complete(text.substring(0, LENGTH - 1)).text.equals(text)
                ? new Reading.Read(new CreditCode(text))
                : new Reading.WrongDigit();
    }

    /** The code that was typed, or none. */
    public static Optional<CreditCode> find(String typed) {
        return read(typed) instanceof Reading.Read read ? Optional.of(read.code()) : Optional.empty();
    }

    /** The code that begins with these 17 signs. */
    public static CreditCode complete(String first) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += SIGNS.indexOf(first.charAt(i)) * weight;
            weight = weight * 3 % SIGNS.length();
        }
        int check = (SIGNS.length() - sum % SIGNS.length()) % SIGNS.length();
        return new CreditCode(first + SIGNS.charAt(check));
    }
}

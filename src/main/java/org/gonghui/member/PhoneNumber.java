package org.gonghui.member;

import java.util.Optional;
import java.util.regex.Pattern;
import org.gonghui.kernel.CleanText;

/**
 * A mobile number of eleven digits beginning with 1. Its text is personal data: it is sealed where it is stored and
 * never printed.
 */
public final class PhoneNumber {

    /** What the blind index of a phone is keyed with, wherever one is kept. */
    public static final String BLIND = "phone";

    private static final Pattern FORM = Pattern.compile("1\\d{10}");
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("[\\s().-]");
    private static final Pattern COUNTRY = Pattern.compile("^(\\+|00)86");

    private final String text;

    private PhoneNumber(String text) {
        this.text = text;
    }

    /** Reads what was typed: spaces, dashes, full-width digits and +86 are mended; empty when it is no mobile number. */
    public static Optional<PhoneNumber> read(String typed) {
        String plain =
                BETWEEN_DIGITS.matcher(CleanText.line(typed).replace('＋', '+')).replaceAll("");
        String text = COUNTRY.matcher(plain).replaceFirst("");
        return FORM.matcher(text).matches() ? Optional.of(new PhoneNumber(text)) : Optional.empty();
    }

    /** All eleven digits. */
    public String text() {
        return text;
    }

    /** For someone who may know it is there, not what it is: {@code 138****5678}. */
    public String masked() {
        return text.substring(0, 3) + "****" + text.substring(7);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PhoneNumber phone && phone.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "PhoneNumber[…]";
    }
}

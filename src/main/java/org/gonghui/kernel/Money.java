package org.gonghui.kernel;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An amount of money in fen (分), a hundredth of a yuan: never a fraction of one. */
public record Money(long fen) {

    private static final int DECIMALS = 2;
    private static final String FORM = "\\d{1,10}(\\.\\d{1,2})?";

    /** Reads yuan as they are typed: {@code 3000}, {@code 3,000.50}; empty when it is no such amount. */
    public static Optional<Money> read(@Nullable String typed) {
        String text = CleanText.line(typed).replace(",", "").replace("，", "");
        return text.matches(FORM)
                ? Optional.of(
                        new Money(new BigDecimal(text).movePointRight(DECIMALS).longValueExact()))
                : Optional.empty();
    }

    /** In yuan, with two decimals: {@code 3000.50}. */
    public String yuan() {
        return BigDecimal.valueOf(fen, DECIMALS).toPlainString();
    }
}

package org.gonghui.employer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check digit of a credit code finds every wrong sign and nearly every exchange. */
class CreditCodeTests {

    private static final String SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /** The example of GB 32100-2015's own annex and codes reckoned by hand. */
    @ParameterizedTest
    @ValueSource(strings = {"91350100M000100Y43", "9135 0100 m000 100y 43", "91350100M000100Y43 "})
    void aCodeIsReadHoweverItIsWritten(String typed) {
        assertThat(CreditCode.find(typed)).hasValue(new CreditCode("91350100M000100Y43"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "91350100M000100Y4", "91350100M000100Y433", "91350100I000100Y43", "91350100M000100Y4O"})
    void whatIsNoCodeIsNone(String typed) {
        assertThat(CreditCode.read(typed)).isInstanceOf(CreditCode.Reading.NoCode.class);
    }

    @Test
    void oneWrongSignIsAlwaysFound() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var first = new StringBuilder();
            for (int sign = 0; sign < CreditCode.LENGTH - 1; sign++) {
                first.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
            String code = CreditCode.complete(first.toString()).text();
            assertThat(CreditCode.find(code)).isPresent();
            int at = random.nextInt(CreditCode.LENGTH);
            char other = SIGNS.charAt(
                    (SIGNS.indexOf(code.charAt(at)) + 1 + random.nextInt(SIGNS.length() - 1)) % SIGNS.length());
            String wrong = code.substring(0, at) + other + code.substring(at + 1);
            assertThat(CreditCode.read(wrong))
                    .as("%s for %s, seed %d", wrong, code, seed)
                    .isInstanceOf(CreditCode.Reading.WrongDigit.class);
        }
    }

    @Test
    void sizesIncludeTheirLowerBound() {
        assertThat(SizeClass.of(1_000)).isEqualTo(SizeClass.LARGE);
        assertThat(SizeClass.of(999)).isEqualTo(SizeClass.MEDIUM);
        assertThat(SizeClass.of(100)).isEqualTo(SizeClass.MEDIUM);
        assertThat(SizeClass.of(99)).isEqualTo(SizeClass.SMALL);
        assertThat(SizeClass.of(25)).isEqualTo(SizeClass.SMALL);
        assertThat(SizeClass.of(24)).isEqualTo(SizeClass.TINY);
        assertThat(SizeClass.of(0)).isEqualTo(SizeClass.TINY);
    }
}

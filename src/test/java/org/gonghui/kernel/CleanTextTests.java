package org.gonghui.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanTextTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'  云帆　科技 '|'云帆 科技'",
                "'ＡＢＣ１２３ｘ'|'ABC123x'",
                "'远禾（集团）有限公司'|'远禾（集团）有限公司'",
                "'云\u200B帆\u202E科\uFEFF技'|'云帆科技'",
                "'吉\u00A0 \u3000 祥'|'吉 祥'",
                "'𠮷野䶮'|'𠮷野䶮'",
                "'阿依努尔·阿不都'|'阿依努尔·阿不都'"
            })
    void pastedTextBecomesOneCleanLine(String typed, String clean) {
        assertThat(CleanText.line(typed)).isEqualTo(clean);
    }

    @Test
    void breaksTabsAndNulsLeaveNoTrace() {
        assertThat(CleanText.line("云帆\r\n\t科技\u0000")).isEqualTo("云帆 科技");
        assertThat(CleanText.line("\u3164 \u2800\u115F\u1160\uFFA0"))
                .as("letters that show nothing")
                .isEmpty();
        assertThat(CleanText.line(null)).isEmpty();
    }

    @Test
    void aRareCharacterCountsAsOne() {
        assertThat(CleanText.length("𠮷野")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀", "<script>", "云帆👍", "❤️科技", "\uD800", "\uE000"})
    void someCharactersHaveNoPlaceInAName(String text) {
        assertThat(CleanText.firstNotFitForName(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"𠮷䶮", "3M 中国", "A&B公司", "远禾（集团）", "“云帆”", "№1", "O'Neil·王"})
    void namesKeepTheirCharacters(String text) {
        assertThat(CleanText.firstNotFitForName(text)).isEmpty();
    }
}

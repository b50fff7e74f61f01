package org.gonghui.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DownloadsTests {

    @Test
    void aFileIsNamedByWhatItIsAbout() {
        assertThat(Downloads.name("xlsx", "和平区总工会", "新发展", "2023-03")).isEqualTo("和平区总工会-新发展-2023-03.xlsx");
    }

    @Test
    void whatNoFileSystemTakesIsLeftOut() {
        assertThat(Downloads.name("csv", "../a\\b:c*?\"<>|\r\n", ".退休（保留会籍）. ", "\u202efdp"))
                .isEqualTo("a b c-退休（保留会籍）-fdp.csv");
    }

    @Test
    void aNameIsNeverTooLongAndKeepsFigureAndPeriod() {
        String name = Downloads.name("xlsx", "𠮷".repeat(80), "新业态新发展", "2023-03");
        assertThat(name).startsWith("𠮷𠮷").endsWith("𠮷-新业态新发展-2023-03.xlsx");
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(210);
    }
}

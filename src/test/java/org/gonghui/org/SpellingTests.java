package org.gonghui.org;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTests {

    @ParameterizedTest
    @CsvSource({
        "中关村街道总工会,zhongguancunjiedaozonggonghui,zgcjdzgh",
        "重庆路,chongqinglu,cql",
        "北京3M中国有限公司,beijing3mzhongguoyouxiangongsi,bj3mzgyxgs",
        "阿依努尔·巴特尔,ayinuerbateer,aynebte"
    })
    void namesAreSpeltAsPeopleTypeThem(String name, String pinyin, String initials) {
        assertThat(Spelling.of(name)).isEqualTo(new Spelling(pinyin, initials));
    }
}

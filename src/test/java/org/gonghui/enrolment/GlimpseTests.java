package org.gonghui.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of a cell is shown of which nobody knows yet what it is. */
class GlimpseTests {

    @ParameterizedTest
    @CsvSource({
        "110105194912310021, 11****************", // a check character that is wrong: no identity number
        "11010519491231002X, 110105************",
        "110105491231002, 11*************",
        "1.10105194912310E+17, 1.1*************E+**",
        "138 0013 8000, 138****8000",
        "010-62345678, 01*-********",
        "1990-03-07, 1990-**-**",
        "1990年3月7日, 1990年*月*日",
        "19900307, 1990****",
        "32939, 32***",
        "6222020200012345678, 62*****************",
        "2023, 2023",
        "17, 17",
        "张三, 张三",
        "𠮷田·买买提艾力, 𠮷田·买买提艾力",
        "北京市海淀区中关村大街27号院3单元1201, 北京市海淀区中关…",
        "北京市海淀区中关村大街27号, 北京市海淀区中关…"
    })
    void tellsWhatKindOfColumnItIsInAndNoMore(String cell, String shown) {
        assertThat(Glimpse.of(cell)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"11010519491231002X, true", "13800138000, true", "姓名, false", "2023年新会员, false", "'', false"})
    void aHeadingIsAboutNobody(String cell, boolean somebody) {
        assertThat(Glimpse.isAboutSomebody(cell)).isEqualTo(somebody);
    }
}

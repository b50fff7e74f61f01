package org.gonghui.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worked example of GB 11643 and invented numbers of a region that does not exist. */
class IdentityNumberTests {

    @Test
    void sexAndBirthDateFollowFromTheNumber() {
        IdentityNumber number = IdentityNumber.read("11010519491231002X").orElseThrow();
        assertThat(number.birthDate()).isEqualTo(LocalDate.of(1949, 12, 31));
        assertThat(number.sex()).isEqualTo("F");
        assertThat(IdentityNumber.complete("99000019900307123").sex()).isEqualTo("M");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"})
    void itIsReadAsPeopleTypeIt(String typed) {
        assertThat(IdentityNumber.read(typed).orElseThrow().text()).isEqualTo("11010519491231002X");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "110105194912310021",
                "11010519491231002",
                "1101051949123100200",
                "1.10105E+17",
                "X1010519491231002X"
            })
    void anythingElseIsNone(String typed) {
        assertThat(IdentityNumber.read(typed)).isEmpty();
    }

    @Test
    void aDayThatDoesNotExistIsNoBirthDate() {
        for (int last = 0; last < 11; last++) {
            String check = last == 10 ? "X" : Integer.toString(last);
            assertThat(IdentityNumber.read("99000019900230123" + check)).isEmpty();
        }
    }

    @Test
    void everySingleWrongDigitIsNoticed() {
        String right = "11010519491231002X";
        for (int i = 0; i < 17; i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                if (digit != right.charAt(i)) {
                    String wrong = right.substring(0, i) + digit + right.substring(i + 1);
                    assertThat(IdentityNumber.read(wrong)).as(wrong).isEmpty();
                }
            }
        }
    }

    @Test
    void itIsNeverPrinted() {
        assertThat(IdentityNumber.complete("99000019900307123").toString()).doesNotContain("1990");
    }

    @Test
    void whatASlipMakesOfANumberIsNear() {
        String digits = "98000019900307123";
        IdentityNumber number = IdentityNumber.complete(digits);
        for (String slip :
                List.of("98000019900307124", "98000119900307123", "98000019900307213", "98000019900317123")) {
            assertThat(number.isNear(IdentityNumber.complete(slip))).as(slip).isTrue();
            assertThat(IdentityNumber.complete(slip).isNear(number)).as(slip).isTrue();
        }
        for (String other : List.of(digits, "98000019900307321", "98000119900307124", "98000019900307456")) {
            assertThat(number.isNear(IdentityNumber.complete(other))).as(other).isFalse();
        }
    }

    @Test
    void theDaysNearADayAreThoseThatASlipMakesOfIt() {
        assertThat(Likenesses.near(LocalDate.of(1990, 3, 7)))
                .contains(LocalDate.of(1990, 3, 7), LocalDate.of(1980, 3, 7), LocalDate.of(1990, 3, 17))
                .contains(LocalDate.of(1909, 3, 7))
                .doesNotContain(LocalDate.of(1990, 7, 3), LocalDate.of(1990, 4, 8));
        assertThat(Likenesses.near(LocalDate.of(2000, 7, 14)))
                .as("no year that a database has not")
                .contains(LocalDate.of(2000, 7, 15))
                .allMatch(day -> day.getYear() >= 1850);
    }
}

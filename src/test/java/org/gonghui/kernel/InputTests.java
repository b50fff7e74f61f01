package org.gonghui.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputTests {

    private final Input input = new Input();

    @Test
    void allFaultsAreToldAtOnce() {
        input.name("name", " ", 10);
        input.day("from", "2023-02-30");
        input.choice("kind", "nonsense", Right.class);
        assertThatThrownBy(input::check)
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .extracting(BadInput.Fault::field, BadInput.Fault::key)
                                .containsExactly(
                                        org.assertj.core.groups.Tuple.tuple("name", "empty"),
                                        org.assertj.core.groups.Tuple.tuple("from", "no-such-day"),
                                        org.assertj.core.groups.Tuple.tuple("kind", "no-such-choice")));
    }

    @Test
    void aFieldHasOneFaultOnly() {
        input.name("name", "<script>alert(1)</script>", 80);
        assertThatThrownBy(input::check)
                .isInstanceOfSatisfying(
                        BadInput.class, bad -> assertThat(bad.faults()).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2023-02-30", "2023-13-01", "23-1-1", "yesterday", "0000-01-01", "2500-01-01", "2023-03-08T00:00"
            })
    void someDaysDoNotExist(String typed) {
        input.day("from", typed);
        assertThatThrownBy(input::check).isInstanceOf(BadInput.class);
    }

    @ParameterizedTest
    @CsvSource({"2024-02-29,2024-02-29", "' ２０２３-０３-０８ ',2023-03-08"})
    void daysAreReadAsTyped(String typed, LocalDate day) {
        assertThat(input.day("from", typed)).isEqualTo(day);
        input.check();
    }
}

package org.gonghui.site;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gonghui.kernel.CannotStart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** A setting that cannot be is named at the start, in one sentence. */
class SettingsTests {

    private final MockEnvironment environment =
            new MockEnvironment().withProperty("gonghui.public-url", "http://localhost:8080");

    private final Settings settings = new Settings(environment);

    @ParameterizedTest
    @ValueSource(
            strings = {"https://union.example", "http://localhost:0", "https://10.0.0.8:8443", "http://[::1]:8080"})
    void anAddressIsOne(String address) {
        environment.setProperty("gonghui.public-url", address);
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "union.example",
                "union.example:8080",
                "HTTPS://union.example",
                "ftp://union.example",
                "https://",
                "https://:8080",
                "https://union.example/",
                "https://union.example/city",
                "https://somebody@union.example",
                "https://union.example?a=b",
                "https://union example"
            })
    void whatIsNoneIsRefused(String address) {
        environment.setProperty("gonghui.public-url", address);
        assertThatThrownBy(settings::check)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("GONGHUI_PUBLIC_URL")
                .hasMessageEndingWith("not '" + address + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "gonghui.metrics-port,abc,GONGHUI_METRICS_PORT",
        "gonghui.metrics-port,65536,GONGHUI_METRICS_PORT",
        "gonghui.metrics-port,-1,GONGHUI_METRICS_PORT",
        "gonghui.stop-notice,ten,GONGHUI_STOP_NOTICE",
        "gonghui.stop-notice,-5,GONGHUI_STOP_NOTICE",
        "gonghui.db.pool,0,GONGHUI_DB_POOL",
        "gonghui.db.tls,off,GONGHUI_DB_TLS",
        "GONGHUI_SMTP_PORT,smtp,GONGHUI_SMTP_PORT",
        "GONGHUI_FORWARDED,yes,GONGHUI_FORWARDED",
    })
    void aWordThatCannotBeIsNamed(String property, String word, String name) {
        environment.setProperty(property, word);
        assertThatThrownBy(settings::check)
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith(name + " is ")
                .hasMessageEndingWith("not '" + word + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "gonghui.metrics-port,''",
        "gonghui.metrics-port,9464",
        "gonghui.stop-notice,5",
        "GONGHUI_FORWARDED,native",
        "GONGHUI_FORWARDED,''"
    })
    void whatCanBeIsLeftAlone(String property, String word) {
        environment.setProperty(property, word);
        assertThatCode(settings::check).doesNotThrowAnyException();
    }
}

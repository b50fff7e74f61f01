package org.gonghui.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The embedded server is durable, whatever its library's defaults are, and open to loopback only. */
@CityTest
class EmbeddedServerTests {

    @Autowired
    private JdbcClient jdbc;

    @Value("${gonghui.data}")
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "fsync,on",
        "synchronous_commit,on",
        "full_page_writes,on",
        "listen_addresses,127.0.0.1",
        "unix_socket_directories,''",
        "server_encoding,UTF8"
    })
    void itsSettingsAreOurs(String setting, String value) {
        assertThat(jdbc.sql("select current_setting(:setting)")
                        .param("setting", setting)
                        .query(String.class)
                        .single())
                .isEqualTo(value);
    }

    @Test
    void aFolderThatAPlatformUsesIsLeftAlone() {
        assertThatThrownBy(() -> new EmbeddedServer(folder, 0)).hasMessageContaining("Another platform is using it");
        assertThat(jdbc.sql("select 1").query(Integer.class).single()).isOne();
    }

    @Test
    void itsCharactersAreNotThoseOfC() {
        assertThat(jdbc.sql("select datctype from pg_database where datname = current_database()")
                        .query(String.class)
                        .single())
                .isEqualTo("C.UTF-8");
    }
}

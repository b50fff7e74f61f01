package org.gonghui.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.gonghui.kernel.CannotStart;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that is not our own is looked at before the platform opens on it. */
@CityTest
class ExternalDatabaseTests {

    @Autowired
    private HikariDataSource source;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void oneLikeOursIsTaken() {
        try (HikariDataSource again = ExternalDatabase.open(settings("postgres"))) {
            assertThat(again.isRunning()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQL_ASCII,C,must be in UTF8",
        "UTF8,C,must know Chinese letters",
        "UTF8,POSIX,must know Chinese letters"
    })
    void oneThatCannotHoldAChineseCityIsRefused(String encoding, String ctype, String why) {
        jdbc.sql("create database stranger template template0 encoding '%s' lc_collate 'C' lc_ctype '%s'"
                        .formatted(encoding, ctype))
                .update();
        try {
            assertThatThrownBy(() -> ExternalDatabase.open(settings("stranger")))
                    .hasMessageContaining(why);
        } finally {
            jdbc.sql("drop database stranger").update();
        }
    }

    @Test
    void oneThatIsNotThereIsNamedAsSuch() {
        assertThatThrownBy(() -> ExternalDatabase.open(settings("nothing")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("GONGHUI_DB_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example:5432/gonghui",
                "jdbc:postgresql://db.example/gonghui?sslmode=require",
                "jdbc:postgresql://localhost,10.0.0.7/gonghui?targetServerType=primary",
                "jdbc:postgresql://127.0.0.1.example/gonghui?sslmode=prefer",
                "jdbc:postgresql://[2001:db8::1]/gonghui"
            })
    void oneOnAnotherMachineIsReachedByTlsUnlessItIsSaidOtherwise(String url) {
        assertThatThrownBy(() -> ExternalDatabase.requireTls(url, "required"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("sslmode=verify-full")
                .hasMessageContaining("GONGHUI_DB_TLS");
        ExternalDatabase.requireTls(url, "none");
        ExternalDatabase.requireTls(url.replaceFirst("\\?.*", "") + "?sslmode=verify-full", "required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost:5432/gonghui",
                "jdbc:postgresql://127.0.0.1,127.0.0.2/gonghui",
                "jdbc:postgresql://[::1]:5433/gonghui",
                "jdbc:postgresql:gonghui",
                "no address at all"
            })
    void oneOnThisMachineNeedsNone(String url) {
        ExternalDatabase.requireTls(url, "required");
    }

    private HikariConfig settings(String database) {
        var settings = new HikariConfig();
        settings.setJdbcUrl(source.getJdbcUrl().replace("/postgres", "/" + database));
        settings.setUsername(source.getUsername());
        settings.setMaximumPoolSize(1);
        return settings;
    }
}

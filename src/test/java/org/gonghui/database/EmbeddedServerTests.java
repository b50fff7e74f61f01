package org.gonghui.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.gonghui.kernel.CannotStart;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void aPortOnWhichAnotherDatabaseAnswersIsRefused(@TempDir Path other) throws IOException {
        int taken = EmbeddedServer.running(folder.toRealPath().resolve("pg"))
                .orElseThrow()
                .port();
        for (int i = 0; i < 2; i++) { // and the folder is not kept from whoever tries again
            assertThatThrownBy(() -> new EmbeddedServer(other, taken))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + taken + " is taken");
        }
    }

    @Test
    void whoTakesThePortOfADeadServerIsNotTakenForIt(@TempDir Path own) throws Exception {
        int port = Ports.free();
        try (var server = new EmbeddedServer(own, port)) {
            assertThat(server.answers()).isTrue();
            ProcessHandle postmaster = EmbeddedServer.running(own.toRealPath().resolve("pg"))
                    .orElseThrow()
                    .postmaster();
            ServerSocket stranger;
            synchronized (server) { // it is not started again before the stranger listens
                stranger = insteadOf(postmaster, port);
            }
            try (stranger) {
                Thread.sleep(1_500); // it is tried again meanwhile
                assertThat(server.answers()).isFalse();
            }
            for (int i = 0; i < 300 && !server.answers(); i++) {
                Thread.sleep(100);
            }
            assertThat(server.answers()).isTrue();
        }
    }

    /** Listens where a process listened, as soon as what it left behind has let go of the port. */
    private static ServerSocket insteadOf(ProcessHandle process, int port) throws Exception {
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
        for (int i = 0; ; i++) {
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (IOException taken) {
                if (i == 3_000) {
                    throw taken;
                }
                Thread.sleep(1);
            }
        }
    }

    @Test
    void itsCharactersAreNotThoseOfC() {
        assertThat(jdbc.sql("select datctype from pg_database where datname = current_database()")
                        .query(String.class)
                        .single())
                .isEqualTo("C.UTF-8");
    }
}

package org.gonghui.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that is called wrongly says how it is called, and does nothing. */
class CommandsTests {

    private record Said(int code, String text) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup",
                "backup a b",
                "backup --data",
                "backup --data '' a",
                "backup --force a",
                "restore",
                "restore a b",
                "restore --data",
                "rotate-key --data",
                "rotate-key a",
                "audit-verify --data",
                "audit-verify --head",
                "audit-verify a",
                "pg --port",
                "pg --data",
                "pg a",
                "run --port",
                "run --data",
                "run a"
            })
    void howItIsCalledIsSaid(String line) throws Exception {
        Said said = run(line);
        String command = line.split(" ", -1)[0];
        assertThat(said.text())
                .startsWith("bin/" + command + " ")
                .contains("[--")
                .hasLineCount(1);
        assertThat(said.code()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "70000", "123456", "-1", "http", "80a"})
    void aPortIsOne(String port) throws Exception {
        for (String command : List.of("pg", "run")) {
            assertThat(run(command + " --port " + port))
                    .isEqualTo(new Said(1, "--port needs a number from 1 to 65535\n"));
        }
    }

    @Test
    void aHeadIsANumberAndDigits() throws Exception {
        for (String head : List.of("nonsense", "12:abc", "0f".repeat(32), "12:" + "0F".repeat(32))) {
            Said said = run("audit-verify --head " + head);
            assertThat(said.text()).startsWith("--head is N:HEX").hasLineCount(1);
            assertThat(said.code()).isOne();
        }
    }

    private static Said run(String line) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(line.replace("''", "").split(" ", -1)));
        words.set(0, "bin/" + words.getFirst());
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue(); // a start takes longer, and would be wrong
        return new Said(
                process.exitValue(), new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
}

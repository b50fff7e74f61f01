package org.gonghui.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares what the code says of itself with the file under review, or writes the file anew on demand (bin/golden). */
final class Golden {

    private Golden() {}

    static void compare(String file, String actual) throws IOException {
        compare(Path.of("src", "test", "resources", "golden", file), actual);
    }

    static void compare(Path golden, String actual) throws IOException {
        if ("write".equals(System.getProperty("gonghui.golden"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, actual);
        }
        assertThat(actual)
                .as("%s: if the change is meant, write it anew with bin/golden and review it", golden)
                .isEqualTo(Files.exists(golden) ? Files.readString(golden) : "");
    }
}

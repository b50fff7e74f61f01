package org.gonghui.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gonghui.kernel.CannotStart;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A city that has its keys starts with no others. */
@CityTest
class SealConfigurationTests {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private SealStore store;

    @Autowired
    private RotationStore rotations;

    @TempDir
    Path folder;

    private final SealConfiguration start = new SealConfiguration();

    @Test
    void aMissingKeyFileIsNotReplacedByANewOne() {
        Path file = folder.resolve("city.key");
        assertThatThrownBy(() -> start.sealer(file, folder.resolve("data"), store, rotations))
                .hasMessageContaining("missing");
        assertThat(file).doesNotExist();
    }

    @Test
    void anotherCitysKeyRefusesToStart() {
        Path file = folder.resolve("other.key");
        KeyRing.make(file);
        assertThatThrownBy(() -> start.sealer(file, folder.resolve("data"), store, rotations))
                .hasMessageContaining("not this city's");
    }

    @Test
    void whereNoKeyFileCanBeMadeANewCitySaysSoInOneSentence() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        var nothingSealed = new SealStore(jdbc) {
            @Override
            Optional<byte[]> keyCheck() {
                return Optional.empty();
            }
        };
        assertThatThrownBy(
                        () -> start.sealer(taken.resolve("city.key"), folder.resolve("data"), nothingSealed, rotations))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("There is no key file at " + taken.resolve("city.key"));
    }

    @Test
    void aKeyNeverLiesUnderTheDataFolder() {
        assertThatThrownBy(
                        () -> start.sealer(folder.resolve("data/x/city.key"), folder.resolve("data"), store, rotations))
                .hasMessageContaining("must not lie under");
    }
}

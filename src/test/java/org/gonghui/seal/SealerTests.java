package org.gonghui.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTests {

    private static final Sealer.Place PLACE = new Sealer.Place("member.identity", new UUID(1, 2));

    @TempDir
    Path folder;

    private Path file;
    private Sealer sealer;

    @BeforeEach
    void makeAKey() {
        file = folder.resolve("city.key");
        KeyRing.make(file);
        sealer = Sealer.of(file);
    }

    @Test
    void whatIsSealedOpensAtItsPlaceOnly() {
        byte[] sealed = sealer.seal("99000019900101123X", PLACE);
        assertThat(sealer.open(sealed, PLACE)).isEqualTo("99000019900101123X");
        assertThatThrownBy(() -> sealer.open(sealed, new Sealer.Place("member.identity", new UUID(1, 3))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sealer.open(sealed, new Sealer.Place("member.phone", new UUID(1, 2))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingOfTheTextIsToBeSeen() {
        byte[] sealed = sealer.seal("99000019900101123X", PLACE);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("9900001990");
        assertThat(sealer.seal("99000019900101123X", PLACE)).isNotEqualTo(sealed);
    }

    @Test
    void everyAlteredByteIsNoticed() {
        byte[] sealed = sealer.seal("text", PLACE);
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> sealer.open(altered, PLACE)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void equalTextsHaveEqualIndexesWithinOneSubject() {
        assertThat(sealer.blind("phone", "13800000000"))
                .isEqualTo(sealer.blind("phone", "13800000000"))
                .isNotEqualTo(sealer.blind("identity", "13800000000"))
                .isNotEqualTo(sealer.blind("phone", "13800000001"));
    }

    @Test
    void anotherKeyOpensNothingAndIndexesDifferently() {
        Path other = folder.resolve("other.key");
        KeyRing.make(other);
        var stranger = Sealer.of(other);
        assertThatThrownBy(() -> stranger.open(sealer.seal("text", PLACE), PLACE))
                .isInstanceOf(IllegalStateException.class);
        assertThat(stranger.blind("phone", "1")).isNotEqualTo(sealer.blind("phone", "1"));
    }

    @Test
    void aKeyFileThatOthersMayReadIsRefused() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> KeyRing.read(file)).hasMessageContaining("chmod 600");
    }

    @Test
    void aKeyFileIsNeverWrittenOver() {
        assertThatThrownBy(() -> KeyRing.make(file)).isInstanceOf(java.io.UncheckedIOException.class);
    }

    @Test
    void aBrokenKeyFileIsRefused() throws IOException {
        Files.write(file, List.of("seal 1 c2hvcnQ="));
        assertThatThrownBy(() -> KeyRing.read(file)).isInstanceOf(IllegalStateException.class);
    }
}

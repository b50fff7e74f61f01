package org.gonghui.seal;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.CannotStart;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the key file, or makes it for a city that has none yet. A key that is not this city's refuses to start. */
@Configuration(proxyBeanMethods = false)
class SealConfiguration {

    /** What is sealed in a new city before anything else, to know its keys again. */
    static final String CHECK = "gonghui";

    static final Sealer.Place CHECK_PLACE = new Sealer.Place("seal_check.sealed", new UUID(0, 1));

    @Bean
    Sealer sealer(
            @Value("${gonghui.key-file}") Path file,
            @Value("${gonghui.data}") Path data,
            SealStore store,
            RotationStore rotations) {
        if (file.toAbsolutePath().normalize().startsWith(data.toAbsolutePath().normalize())) {
            throw new CannotStart("The key file " + file + " must not lie under the data folder " + data);
        }
        Optional<byte[]> known = store.keyCheck();
        if (Files.notExists(file)) {
            if (known.isPresent()) {
                throw new CannotStart("This city's key file is missing: put it back at " + file.toAbsolutePath());
            }
            make(file);
        }
        KeyRing keys = KeyRing.read(file);
        int inUse = known.isPresent() ? rotations.keyInUse() : keys.newest();
        if (!keys.has(inUse)) {
            throw new CannotStart("The key file " + file + " lacks key " + inUse
                    + ", which is in use: copy the file of another node or your copy of it");
        }
        var sealer = new Sealer(file, keys, inUse);
        byte[] index = sealer.blind("check", CHECK);
        if (known.isEmpty()) {
            store.saveKeyCheck(sealer.seal(CHECK, CHECK_PLACE), index, inUse);
            return sealer;
        }
        open(sealer, known.get(), file);
        if (!Arrays.equals(store.blindCheck(), index)) {
            throw new CannotStart("The key file " + file + " has another blind key than this city's");
        }
        return sealer;
    }

    private static void make(Path file) {
        try {
            KeyRing.make(file);
        } catch (UncheckedIOException e) {
            throw new CannotStart(
                    "There is no key file at " + file.toAbsolutePath() + ", and none can be made there", e);
        }
    }

    static void open(Sealer sealer, byte[] known, Path file) {
        try {
            sealer.open(known, CHECK_PLACE);
        } catch (IllegalStateException e) {
            throw new CannotStart("The key file " + file + " is not this city's: nothing was opened", e);
        }
    }
}

package org.gonghui.seal;

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

    @Bean
    Sealer sealer(@Value("${gonghui.key-file}") Path file, @Value("${gonghui.data}") Path data, SealStore store) {
        if (file.toAbsolutePath().normalize().startsWith(data.toAbsolutePath().normalize())) {
            throw new CannotStart("The key file " + file + " must not lie under the data folder " + data);
        }
        Optional<byte[]> known = store.keyCheck();
        if (Files.notExists(file)) {
            if (known.isPresent()) {
                throw new CannotStart("This city's key file is missing: put it back at " + file.toAbsolutePath());
            }
            KeyRing.make(file);
        }
        var sealer = new Sealer(KeyRing.read(file));
        var place = new Sealer.Place("seal_check.sealed", new UUID(0, 1));
        byte[] index = sealer.blind("check", "gonghui");
        if (known.isEmpty()) {
            store.saveKeyCheck(sealer.seal("gonghui", place), index);
            return sealer;
        }
        try {
            sealer.open(known.get(), place);
        } catch (IllegalStateException e) {
            throw new CannotStart("The key file " + file + " is not this city's: nothing was opened", e);
        }
        if (!Arrays.equals(store.blindCheck(), index)) {
            throw new CannotStart("The key file " + file + " has another blind key than this city's");
        }
        return sealer;
    }
}

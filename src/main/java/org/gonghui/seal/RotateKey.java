package org.gonghui.seal;

import java.nio.file.Path;
import java.util.List;
import org.gonghui.database.Command;
import org.gonghui.database.CommandDatabase;
import org.gonghui.kernel.CannotStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Import;

/**
 * The command {@code bin/rotate-key}: adds a key to the city's file, puts it to use once every running node knows it, and
 * watches them seal everything anew. Broken off anywhere, it goes on where it stopped when it is run again.
 */
@Import({CommandDatabase.class, SealStore.class, RotationStore.class})
public final class RotateKey {

    private static final Logger LOG = LoggerFactory.getLogger(RotateKey.class);

    /** Two rounds in which a node says what it knows, and as long again for one that is slow. */
    private static final int PATIENCE_SECONDS = 25;

    private final SealStore check;
    private final RotationStore store;

    RotateKey(SealStore check, RotationStore store) {
        this.check = check;
        this.store = store;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Command.run(RotateKey.class, arguments, context -> {
            RotateKey rotation = context.getBean(RotateKey.class);
            rotation.begin(Path.of(context.getEnvironment().getRequiredProperty("gonghui.key-file")));
            rotation.watch();
            return 0;
        });
    }

    /** Puts a new key to use; nothing to do while the change before is not over. */
    void begin(Path file) throws InterruptedException {
        byte[] known = check.keyCheck().orElseThrow(() -> new CannotStart("This city has sealed nothing yet"));
        SealConfiguration.open(Sealer.of(file), known, file);
        int inUse = store.keyInUse();
        if (store.latest().filter(latest -> !latest.ended()).isPresent()) {
            LOG.info("The change to key {} is not over yet", inUse);
            return;
        }
        int newest = KeyRing.read(file).newest();
        int next = newest > inUse ? newest : KeyRing.add(file);
        LOG.info("Key {} is in {}: keep a copy of the file elsewhere", next, file);
        waitForNodes(next, file);
        store.use(next, Sealer.of(file).seal(SealConfiguration.CHECK, SealConfiguration.CHECK_PLACE));
        LOG.info("Key {} is in use", next);
    }

    private void waitForNodes(int next, Path file) throws InterruptedException {
        List<String> without = store.nodesWithout(next);
        for (int second = 0; !without.isEmpty() && second < PATIENCE_SECONDS; second++) {
            Thread.sleep(1_000);
            without = store.nodesWithout(next);
        }
        if (!without.isEmpty()) {
            throw new CannotStart(
                    "Nothing has changed: key %d is not known yet to %s. Copy %s there and run this again."
                            .formatted(next, String.join(", ", without), file));
        }
    }

    /** Says how far the nodes are until they are done. */
    void watch() throws InterruptedException {
        long said = -1;
        while (true) {
            RotationStore.Rotation latest = store.latest().orElseThrow();
            if (latest.ended()) {
                LOG.info(
                        "Everything is sealed with key {}: {} values. Keep the older keys in the file:"
                                + " backups and the audit trail's older entries need them",
                        latest.keyId(),
                        latest.resealed());
                return;
            }
            if (store.nodes() == 0) {
                LOG.info("The platform seals everything anew when it runs next");
                return;
            }
            if (latest.resealed() != said) {
                said = latest.resealed();
                LOG.info("{} values are sealed anew", said);
            }
            Thread.sleep(2_000);
        }
    }
}

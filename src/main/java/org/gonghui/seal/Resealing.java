package org.gonghui.seal;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.gonghui.database.TransactionLocks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * This node's part in a change of keys: it says which keys it knows, seals with the one in use as soon as that changes,
 * and, one node at a time, seals anew what an older key sealed.
 */
@Component
class Resealing implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
    private static final String LOCK = "seal.resealing";
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** A value that does not open will not open in ten seconds either. */
    private static final long AFTER_DAMAGE_NANOS = 3_600_000_000_000L;

    private final RotationStore store;
    private final Sealer sealer;
    private final List<SealedColumns> modules;
    private final TransactionLocks locks;
    private final TransactionTemplate transaction;
    private final UUID node = UUID.randomUUID();
    private final String name;
    private final ReentrantLock busy = new ReentrantLock();
    private int damaged;
    private long damagedAt;

    Resealing(
            RotationStore store,
            Sealer sealer,
            List<SealedColumns> modules,
            TransactionLocks locks,
            TransactionTemplate transaction,
            @Value("${server.port}") int port) {
        this.store = store;
        this.sealer = sealer;
        this.modules = modules;
        this.locks = locks;
        this.transaction = transaction;
        this.name = machine() + ":" + port;
    }

    /** What people call this machine; some, as in a container, do not know it themselves. */
    private String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            LOG.warn("This machine does not know its own name: it is called {} in the rotation of keys", node);
            return node.toString();
        }
    }

    /** Notices a key that was added to the file and one that was put to use, and says so. */
    @Scheduled(fixedRate = 5_000)
    void follow() {
        try {
            sealer.reread();
        } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
            LOG.error("The key file cannot be read again, its new keys are not known here: {}", e.getMessage());
        }
        int inUse = store.keyInUse();
        if (inUse != sealer.sealKeyId()) {
            sealer.use(inUse);
            LOG.info("Key {} is in use now", inUse);
        }
        store.say(node, name, sealer.newestKey(), inUse);
    }

    /** Seals anew what is left of the latest change of keys. */
    @Scheduled(fixedRate = 5_000)
    void reseal() {
        if (!busy.tryLock()) {
            return; // the time before is not over yet
        }
        try {
            boolean rests = damaged > 0 && System.nanoTime() - damagedAt < AFTER_DAMAGE_NANOS;
            Optional<RotationStore.Rotation> latest = store.latest();
            if (!rests && latest.isPresent() && !latest.get().ended()) {
                reseal(latest.get().keyId());
            }
        } finally {
            busy.unlock();
        }
    }

    private void reseal(int keyId) {
        if (sealer.sealKeyId() != keyId) {
            return; // this node has not noticed yet
        }
        boolean settled = store.isSettled(keyId);
        damaged = 0;
        List<SealedColumn> columns = modules.stream()
                .flatMap(module -> module.sealedColumns().stream())
                .toList();
        for (SealedColumn column : columns) {
            reseal(column, keyId);
        }
        if (damaged > 0) {
            damagedAt = System.nanoTime();
            LOG.error(
                    "{} values do not open with their key: each is named above; the change to key {} waits for them",
                    damaged,
                    keyId);
        } else if (settled && noneOlder(columns, keyId)) {
            transaction.executeWithoutResult(status -> end(columns, keyId));
        }
    }

    /** Looked through once more while nothing is copied from row to row; when something is just now, the next time. */
    private void end(List<SealedColumn> columns, int keyId) {
        if (locks.aloneIfFree(SealedColumns.MOVING) && noneOlder(columns, keyId)) {
            store.end(keyId);
            LOG.info("Everything is sealed with key {}", keyId);
        }
    }

    private boolean noneOlder(List<SealedColumn> columns, int keyId) {
        return columns.stream().noneMatch(column -> store.holdsOlder(column, keyId));
    }

    private void reseal(SealedColumn column, int keyId) {
        UUID after = BEFORE_ALL;
        List<RotationStore.Value> batch;
        do {
            UUID from = after;
            batch = transaction.execute(status -> locks.aloneIfFree(LOCK)
                    ? store.reseal(column, keyId, from, column.atOnce(), value -> anew(column, value))
                    : List.of());
            after = batch.isEmpty() ? after : batch.getLast().key();
        } while (batch.size() == column.atOnce());
    }

    private byte @Nullable [] anew(SealedColumn column, RotationStore.Value value) {
        Sealer.Place place = column.of(value.row());
        try {
            return sealer.seal(sealer.openBytes(value.sealed(), place), place);
        } catch (IllegalStateException e) {
            damaged++;
            LOG.error("The value {} of {} does not open", value.key(), place.column(), e);
            return null;
        }
    }

    /** A node that ends is waited for by nobody. */
    @Override
    public void destroy() {
        try {
            store.gone(node);
        } catch (DataAccessException e) {
            LOG.info("This node's farewell was not heard: it is forgotten in a while");
        }
    }
}

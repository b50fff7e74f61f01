package org.gonghui.limit;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.gonghui.kernel.Ids;
import org.gonghui.seal.Sealer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Counts attempts, so that guessing and flooding end soon. Who was counted is kept as a keyed hash only. */
@Service
public class Limits {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int IPV4_BYTES = 4;
    private static final int NETWORK_BYTES = 8;

    /**
     * One limit.
     *
     * @param name keeps apart what is counted: {@code sign-in.account}
     * @param most attempts that are let through
     * @param within the time looked back over, a day at most
     */
    public record Limit(String name, int most, Duration within) {

        /** This limit for one account, phone or device. */
        public Use of(String subject) {
            return new Use(this, subject);
        }

        /** This limit for whoever is behind a network address: of IPv6, where one household has 2⁶⁴, its network. */
        public Use from(String address) {
            return new Use(this, network(address));
        }

        private static String network(String address) {
            if (!address.contains(":")) {
                return address;
            }
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == IPV4_BYTES
                    ? HexFormat.of().formatHex(bytes)
                    : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES);
        }
    }

    /** One limit as it applies to one subject. */
    public record Use(Limit limit, String subject) {}

    /**
     * What came of an attempt.
     *
     * @param again how long until the next one may be let through; zero when this one is
     * @param rows by which it was counted, to be taken back if it succeeds
     */
    public record Counted(Duration again, List<UUID> rows) {

        /** True when it is not let through. */
        public boolean tooMany() {
            return again.isPositive();
        }

        /** The wait in minutes begun. */
        public long minutes() {
            return again.plusSeconds(59).toMinutes();
        }

        /** The wait in hours begun. */
        public long hours() {
            return again.plusMinutes(59).toHours();
        }
    }

    private final LimitStore store;
    private final Sealer sealer;
    private final Clock clock;

    Limits(LimitStore store, Sealer sealer, Clock clock) {
        this.store = store;
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * Counts an attempt before it is judged, so that many at once cannot slip past the limits. Never in a transaction,
     * which would hide it from the others, and forget it when rolled back.
     */
    @Transactional(propagation = Propagation.NEVER)
    public Counted count(Use... uses) {
        Instant now = clock.instant();
        store.deleteBefore(now.minus(KEPT));
        Duration again = again(now, 1, uses);
        if (again.isPositive()) {
            return new Counted(again, List.of());
        }
        List<UUID> rows = List.of(uses).stream()
                .map(use -> {
                    UUID row = Ids.next(clock);
                    store.insert(row, hash(use), now);
                    return row;
                })
                .toList();
        boolean slippedPast = again(now, 0, uses).isPositive(); // others were counted meanwhile
        return new Counted(slippedPast ? again(now, 1, uses) : Duration.ZERO, rows);
    }

    /** Takes back what an attempt was counted by: it succeeded. */
    public void forget(Counted counted) {
        if (!counted.rows().isEmpty()) {
            store.delete(counted.rows());
        }
    }

    /** Forgets every attempt of a subject: it has shown who it is. */
    public void forgetAll(Use use) {
        store.deleteOf(hash(use));
    }

    /** How long until each of the limits has room for so many more; zero when all have it now. */
    private Duration again(Instant now, int more, Use... uses) {
        Duration longest = Duration.ZERO;
        for (Use use : uses) {
            Duration within = use.limit().within();
            Duration wait = store.before(
                            hash(use), now.minus(within), use.limit().most() - more)
                    .map(inTheWay -> Duration.between(now, inTheWay.plus(within)))
                    .orElse(Duration.ZERO);
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
        return longest;
    }

    private byte[] hash(Use use) {
        return sealer.blind("limit." + use.limit().name(), use.subject());
    }
}

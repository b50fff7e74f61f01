package org.gonghui.audit;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Goes through the whole audit trail and names every entry that was changed, removed or put in by hand. */
@Component
class ChainCheck {

    private static final int PAGE = 10_000;
    private static final int MOST_NAMED = 100;

    /** What was done to the trail. */
    enum Fault {
        /** The entry no longer says what it said when it was sealed, or its link was tampered with. */
        CHANGED,
        /** The entry was sealed, or waited to be, and is gone. */
        REMOVED,
        /** The entry was never written by a command. */
        INSERTED,
        /** Links are missing: their entries cannot be told any more. */
        LINKS_MISSING,
        /** The chain does not contain the head that was noted earlier: its end was cut off or made again. */
        HEAD_MISSING
    }

    /**
     * One finding.
     *
     * @param entry the entry's id; null where links are missing
     * @param number where in the chain; 0 outside it
     */
    record Finding(Fault fault, @Nullable UUID entry, long number) {}

    /**
     * What was found.
     *
     * @param tail entries that are not sealed yet: of these nothing can be said
     */
    record Report(Link head, ChainStore.Tail tail, List<Finding> findings) {

        boolean isWell() {
            return findings.isEmpty();
        }
    }

    private final ChainStore store;
    private final Sealer sealer;

    ChainCheck(ChainStore store, Sealer sealer) {
        this.store = store;
        this.sealer = sealer;
    }

    /** A link as it is noted down: {@code 1234:9f3a…}. */
    static String named(Link link) {
        return link.number() + ":" + HexFormat.of().formatHex(link.digest());
    }

    /** @param noted an earlier head, as {@link #named} wrote it; null for none */
    Report check(@Nullable String noted) {
        List<Finding> findings = new ArrayList<>();
        Link before = Link.NONE;
        boolean seen = noted == null;
        List<ChainStore.Sealed> page = store.after(0, PAGE);
        while (!page.isEmpty()) {
            for (ChainStore.Sealed each : page) {
                Link link = each.link();
                Link.Said said = each.said();
                if (link.number() != before.number() + 1) {
                    findings.add(new Finding(Fault.LINKS_MISSING, null, before.number() + 1));
                } else if (said == null) {
                    findings.add(new Finding(Fault.REMOVED, link.entry(), link.number()));
                } else if (!link.follows(before, said, sealer)) {
                    findings.add(new Finding(Fault.CHANGED, link.entry(), link.number()));
                }
                seen |= named(link).equals(noted);
                before = link;
            }
            page = store.after(before.number(), PAGE);
        }
        if (!seen) {
            findings.add(new Finding(Fault.HEAD_MISSING, null, 0));
        }
        store.unknown(MOST_NAMED).forEach(id -> findings.add(new Finding(Fault.INSERTED, id, 0)));
        store.lost(MOST_NAMED).forEach(id -> findings.add(new Finding(Fault.REMOVED, id, 0)));
        return new Report(before, store.tail(), findings);
    }
}

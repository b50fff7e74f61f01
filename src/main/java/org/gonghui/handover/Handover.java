package org.gonghui.handover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Role;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.UnionId;

/**
 * An appointment that went from one to another.
 *
 * @param on the first day of the successor
 * @param work what was open when it was handed over
 * @param takenAt when the successor said that it has arrived
 */
record Handover(
        UUID id,
        AccountId from,
        String fromName,
        AccountId to,
        String toName,
        Role role,
        UnionId union,
        LocalDate on,
        Instant madeAt,
        String madeBy,
        List<OpenWork.Waiting> work,
        Optional<Instant> takenAt) {}

package org.gonghui.handover;

import java.time.LocalDate;
import java.util.UUID;
import org.gonghui.access.Role;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.UnionId;

/** An appointment went from one to another; heard within the same transaction. */
public record HandedOver(
        UUID handover,
        AccountId from,
        String fromName,
        AccountId to,
        String toName,
        Role role,
        UnionId union,
        LocalDate on) {}

package org.gonghui.access;

import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.UnionId;

/** An account holds a role at a union no more; heard within the same transaction. */
public record AppointmentEnded(UUID appointment, AccountId account, Role role, UnionId union) {}

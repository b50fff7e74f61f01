package org.gonghui.access;

import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.UnionId;

/** An account was given a role at a union; heard within the same transaction. */
public record Appointed(UUID appointment, AccountId account, Role role, UnionId union) {}

package org.gonghui.member;

import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.UnionId;

/**
 * A member who did not ask for it belongs to another union now, or again to the one before; heard within the same
 * transaction.
 *
 * @param change what was done: no other change has this id
 */
public record MemberTransferred(UUID change, AccountId account, UnionId from, UnionId to) {}

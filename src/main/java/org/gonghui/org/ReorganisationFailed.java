package org.gonghui.org;

import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.UnionId;

/**
 * A planned change of the tree could not be done on its day; heard within the same transaction.
 *
 * @param orderedBy the account of whoever planned it
 * @param reason message key of the refusal
 */
public record ReorganisationFailed(UUID reorganisation, UnionId union, AccountId orderedBy, String reason) {}

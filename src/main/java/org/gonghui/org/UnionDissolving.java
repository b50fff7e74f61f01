package org.gonghui.org;

import org.gonghui.kernel.UnionId;

/**
 * A union is about to be dissolved; told within the same transaction, so that whoever keeps something alive that belongs
 * to it can refuse.
 */
public record UnionDissolving(UnionId union) {}

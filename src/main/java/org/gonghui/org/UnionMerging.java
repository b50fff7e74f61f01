package org.gonghui.org;

import java.time.LocalDate;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;

/**
 * A union is about to go up in another one; told within the same transaction, so that what lives in it can go over.
 * {@link UnionDissolving} follows.
 *
 * @param on the first day on which it all belongs to the other
 * @param by who ordered it
 */
public record UnionMerging(UnionId union, UnionId into, LocalDate on, Actor by) {}

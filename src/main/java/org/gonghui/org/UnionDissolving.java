package org.gonghui.org;

import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;

/**
 * A union is about to be dissolved; told within the same transaction, so that whoever keeps something alive that belongs
 * to it can refuse.
 *
 * @param heir where its records stand from then on: the union in which it went up, or its superior
 * @param by who ordered it
 */
public record UnionDissolving(UnionId union, UnionId heir, Actor by) {}

package org.gonghui.layout;

import org.gonghui.kernel.UnionId;

/**
 * The part of the tree that a desk page is looking at: shown at the top, changed with the tree picker.
 *
 * @param below how many unions stand below it
 */
public record Scope(UnionId union, String name, int below) {}

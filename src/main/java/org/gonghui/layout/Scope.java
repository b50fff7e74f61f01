package org.gonghui.layout;

import java.time.LocalDate;
import org.gonghui.kernel.UnionId;

/**
 * The part of the tree that a desk page is looking at: shown at the top, changed with the tree picker.
 *
 * @param below how many unions stand below it
 * @param tree the day on whose tree the page looks at it
 */
public record Scope(UnionId union, String name, int below, LocalDate tree) {}

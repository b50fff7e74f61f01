package org.gonghui.measure;

import java.util.UUID;

/**
 * Counters were found that do not say what the records say; heard within the same transaction.
 *
 * @param counters the feature whose counters they are
 * @param differences how many
 */
public record RecountDiffered(UUID recount, String counters, int differences) {}

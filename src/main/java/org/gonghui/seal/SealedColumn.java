package org.gonghui.seal;

import java.util.UUID;

/**
 * A column of sealed values, so that a new key can seal them anew. The store whose table it is says so
 * ({@link SealedColumns}).
 *
 * @param table the table
 * @param column its column of sealed values, which may be null
 * @param key a column of its rows' own ids
 * @param row SQL over the table: the id to which the value is bound
 * @param place the name of the place to which the value is bound
 */
public record SealedColumn(String table, String column, String key, String row, String place) {

    /** Bound to the column and the row where it stands. */
    public SealedColumn(String table, String column, String key) {
        this(table, column, key, key, table + "." + column);
    }

    /** Where the value of a row stands. */
    public Sealer.Place of(UUID row) {
        return new Sealer.Place(place, row);
    }
}

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
 * @param atOnce how many values a new key seals anew at once: they are all in memory
 */
public record SealedColumn(String table, String column, String key, String row, String place, int atOnce) {

    private static final int USUAL = 200;
    private static final int OF_FILES = 4;

    public SealedColumn(String table, String column, String key, String row, String place) {
        this(table, column, key, row, place, USUAL);
    }

    /** Bound to the column and the row where it stands. */
    public SealedColumn(String table, String column, String key) {
        this(table, column, key, key, table + "." + column);
    }

    /** The same of a column that holds files. */
    public SealedColumn ofFiles() {
        return new SealedColumn(table, column, key, row, place, OF_FILES);
    }

    /** Where the value of a row stands. */
    public Sealer.Place of(UUID row) {
        return new Sealer.Place(place, row);
    }
}

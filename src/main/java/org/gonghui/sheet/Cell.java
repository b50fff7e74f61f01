package org.gonghui.sheet;

/**
 * What is written into a cell. Only what is counted is a number there; a code, a phone or an identity number is a text,
 * whose zeros in front are kept.
 */
public sealed interface Cell {

    /** A cell in which nothing stands: nothing is known, which is not the same as zero. */
    Cell BLANK = new Text("");

    /** Stays the text that it is; nothing is computed from it. */
    record Text(String text) implements Cell {}

    /** How many there are, how many more, or the place in a row; spreadsheets count with it. */
    record Count(long count) implements Cell {}

    /** A part of a whole, or by which part something grew: 0.261 is shown as 26.1%. */
    record Ratio(double ratio) implements Cell {}
}

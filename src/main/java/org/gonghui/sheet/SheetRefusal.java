package org.gonghui.sheet;

import org.gonghui.kernel.Refusal;

/** Why a file that somebody sent is not taken. */
enum SheetRefusal implements Refusal {
    /** There is no file, or nothing in it. */
    EMPTY,
    /** The workbook of before 2007, whatever its name ends with, or one that a password protects. */
    OLD_OR_LOCKED,
    /** Neither a workbook nor a plain table. */
    NOT_A_TABLE,
    /** A workbook that ends midway or is damaged, a table whose quotes never end. */
    BROKEN,
    /** Far more comes out of the workbook than any list of rows needs. */
    TOO_BIG,
    /** More rows than are taken at once; says how many. */
    TOO_MANY_ROWS,
    /** No row has the headings that are needed; says which are missing. */
    NO_HEADINGS,
    /** Two columns have the same heading; says which. */
    HEADING_TWICE;

    private static final int UNPROCESSABLE = 422;

    @Override
    public String module() {
        return "sheet";
    }

    @Override
    public int status() {
        return UNPROCESSABLE;
    }
}

package org.gonghui.enrolment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gonghui.kernel.CleanText;
import org.gonghui.sheet.SheetRow;
import org.gonghui.sheet.SheetTable;

/** The first rows of a list's file: one of them has its headings. */
record FirstRows(List<Row> rows) {

    /** Columns that are kept, from the left. */
    private static final int MOST_COLUMNS = 200;

    /** Characters of a cell that are kept; headings are shorter. */
    private static final int LONGEST = 60;

    private static final int LETTERS = 26;

    /** A row as it was typed, its cells cut. */
    record Row(int number, List<String> cells) {

        String cell(int place) {
            return place < cells.size() ? cells.get(place) : "";
        }

        /**
         * By which the same headings are known again when they come the next time: alike for all that differ in nothing but
         * spaces, signs and the size of letters.
         */
        byte[] hash() {
            List<String> plain =
                    new ArrayList<>(cells.stream().map(SheetTable::plain).toList());
            while (!plain.isEmpty() && plain.getLast().isEmpty()) {
                plain.removeLast();
            }
            try {
                return MessageDigest.getInstance("SHA-256")
                        .digest(String.join(EnrolmentStore.BETWEEN, plain).getBytes(StandardCharsets.UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** True when no heading says what stands in it. */
        boolean isAboutSomebody() {
            return cells.stream().anyMatch(Glimpse::isAboutSomebody);
        }
    }

    static FirstRows of(List<SheetRow> rows) {
        return new FirstRows(rows.stream()
                .map(row -> new Row(
                        row.number(),
                        row.cells().stream()
                                .limit(MOST_COLUMNS)
                                .map(cell -> cut(CleanText.line(cell.text())))
                                .toList()))
                .toList());
    }

    private static String cut(String text) {
        return CleanText.length(text) <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST));
    }

    Optional<Row> row(int number) {
        return rows.stream().filter(row -> row.number() == number).findFirst();
    }

    /** The rows after this one. */
    List<Row> below(int number) {
        return rows.stream().filter(row -> row.number() > number).toList();
    }

    /** The places in which something stands, in this row or below it. */
    List<Integer> places(int number) {
        return rows.stream()
                .filter(row -> row.number() >= number)
                .flatMap(row -> IntStream.range(0, row.cells().size())
                        .filter(place -> !row.cell(place).isEmpty())
                        .boxed())
                .distinct()
                .sorted()
                .toList();
    }

    /** A place as spreadsheets name it: A, B, … Z, AA. */
    static String letters(int place) {
        String letter = Character.toString('A' + place % LETTERS);
        return place < LETTERS ? letter : letters(place / LETTERS - 1) + letter;
    }
}

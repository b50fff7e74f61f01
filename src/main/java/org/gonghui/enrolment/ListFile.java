package org.gonghui.enrolment;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Language;
import org.gonghui.layout.Texts;
import org.gonghui.member.Employment;
import org.gonghui.member.Enlisting;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.Members;
import org.gonghui.member.PhoneNumber;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.sheet.PartedFile;
import org.gonghui.sheet.SheetRow;
import org.gonghui.sheet.SheetTable;
import org.springframework.stereotype.Component;

/** A list of members as a table: its columns, and each row read as somebody who can be entered, or with what is wrong. */
@Component
class ListFile {

    /** Rows that a list may have. */
    static final int MOST_ROWS = 1_000_000;

    /** The columns; the words are {@code enrolment.column.<name>}, other words in use {@code enrolment.also.<name>}. */
    static final List<String> COLUMNS = List.of("name", "identity", "phone", "employment", "union");

    /** Those that a list must have. */
    static final List<String> NEEDED = List.of("name", "identity");

    /**
     * A row as it was read.
     *
     * @param cells as they were typed, in the order of {@link #COLUMNS}; none where nothing is wrong
     * @param hidden true when the spreadsheet does not show it
     * @param faults what is wrong, by column; none for somebody who can be entered
     */
    record Row(
            int number,
            List<String> cells,
            boolean hidden,
            List<BadInput.Fault> faults,
            Optional<Enlisting.Candidate> candidate) {}

    private final Texts texts;
    private final Members members;
    private final Unions unions;
    private final Clock clock;
    private final Map<String, String> headings = new HashMap<>();

    ListFile(Texts texts, Members members, Unions unions, Clock clock) {
        this.texts = texts;
        this.members = members;
        this.unions = unions;
        this.clock = clock;
        for (Language language : Language.values()) {
            for (String column : COLUMNS) {
                headings.put(heading(column, language), column);
                Stream.of(texts.say(language, "enrolment.also." + column).split("[、,]"))
                        .forEach(heading -> headings.put(heading, column));
            }
        }
    }

    String heading(String column, Language language) {
        return texts.say(language, "enrolment.column." + column);
    }

    /** The places of the columns whose headings in this row are understood; of several for one column the first. */
    Map<String, Integer> understood(FirstRows.Row row) {
        Map<String, String> known = new HashMap<>();
        headings.forEach((heading, column) -> known.put(SheetTable.plain(heading), column));
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < row.cells().size(); place++) {
            String column = known.get(SheetTable.plain(row.cell(place)));
            if (column != null) {
                places.putIfAbsent(column, place);
            }
        }
        return places;
    }

    /** The headings in this row, which of them is which by choice. */
    static SheetTable.Head chosen(FirstRows.Row row, Map<String, Integer> places) {
        Map<Integer, String> columns = new HashMap<>();
        places.forEach((column, place) -> columns.put(place, column));
        List<String> unread = IntStream.range(0, row.cells().size())
                .filter(place -> !columns.containsKey(place))
                .mapToObj(row::cell)
                .filter(heading -> !heading.isEmpty())
                .toList();
        return new SheetTable.Head(row.number(), columns, unread);
    }

    /** What is needed to read the list of this union, gathered before its first row is read. */
    Reading reading(UnionSummary below) {
        // Named by their keys: whoever reads what is missing has a language, the reading has none.
        Map<String, String> needed = new LinkedHashMap<>();
        NEEDED.forEach(column -> needed.put(column, column));
        return new Reading(headings, needed, below, LocalDate.now(clock), employments(), Bases.of(unions, below));
    }

    private Map<String, Employment> employments() {
        Map<String, Employment> words = new HashMap<>();
        for (Employment employment : members.employments()) {
            words.put(employment.code(), employment);
            for (Language language : Language.values()) {
                words.put(plain(texts.say(language, "member.employment." + employment.code())), employment);
            }
        }
        return words;
    }

    private static String plain(String word) {
        return CleanText.line(word).replace(" ", "").toLowerCase(Locale.ROOT);
    }

    /** The base unions for which a list may name people, by code and by name. */
    record Bases(Map<String, List<UnionId>> byWord) {

        static Bases of(Unions unions, UnionSummary top) {
            Map<String, List<UnionId>> byWord = new HashMap<>();
            gather(unions, top, byWord);
            return new Bases(byWord);
        }

        private static void gather(Unions unions, UnionSummary union, Map<String, List<UnionId>> byWord) {
            if (union.kind().isBase()) {
                Stream.of(union.code(), union.name())
                        .distinct()
                        .forEach(word -> byWord.merge(
                                plain(word),
                                List.of(union.id()),
                                (some, more) -> Stream.concat(some.stream(), more.stream())
                                        .toList()));
            }
            unions.below(union).forEach(child -> gather(unions, child, byWord));
        }

        List<UnionId> called(String word) {
            return byWord.getOrDefault(plain(word), List.of());
        }
    }

    /**
     * Reads one list.
     *
     * @param below the union whose list it is
     * @param employments forms of employment by every word for them
     */
    record Reading(
            Map<String, String> headings,
            Map<String, String> needed,
            UnionSummary below,
            LocalDate today,
            Map<String, Employment> employments,
            Bases bases) {

        /**
         * Hands over one row after the other.
         *
         * @param finder finds the headings among the first rows
         */
        SheetTable.Head read(PartedFile file, Function<List<SheetRow>, SheetTable.Head> finder, Consumer<Row> rows) {
            return SheetTable.each(file, MOST_ROWS, finder, line -> rows.accept(row(line)));
        }

        /** The headings among the first rows, by the words in them. */
        SheetTable.Head head(List<SheetRow> first) {
            return SheetTable.Head.of(first, headings, needed);
        }

        /** The number of the row that is most like one of headings. */
        int likeliestRow(List<SheetRow> first) {
            return SheetTable.Head.likeliestRow(first, headings);
        }

        private Row row(SheetTable.Line line) {
            var input = new Input();
            COLUMNS.stream()
                    .filter(column -> line.cell(column).formula())
                    .forEach(column -> input.fault(column, "formula"));
            String name = input.name("name", line.cell("name").text(), Members.LONGEST_NAME);
            Optional<IdentityNumber> identity = identity(input, line.cell("identity"));
            Optional<PhoneNumber> phone = phone(input, line.cell("phone").text());
            Optional<Employment> employment =
                    employment(input, line.cell("employment").text());
            Optional<UnionId> union = union(input, line.cell("union").text());
            List<BadInput.Fault> faults = input.faults();
            return new Row(
                    line.number(),
                    faults.isEmpty()
                            ? List.of()
                            : COLUMNS.stream()
                                    .map(column ->
                                            CleanText.line(line.cell(column).text()))
                                    .toList(),
                    line.hidden(),
                    faults,
                    faults.isEmpty()
                            ? Optional.of(new Enlisting.Candidate(
                                    line.number(),
                                    union.orElseThrow(),
                                    name,
                                    identity.orElseThrow(),
                                    phone,
                                    employment.orElseThrow().code()))
                            : Optional.empty());
        }

        /** A spreadsheet that took it for a number has lost the last three digits: no check can bring them back. */
        private Optional<IdentityNumber> identity(Input input, SheetRow.Cell cell) {
            if (cell.isRounded()) {
                input.fault("identity", "identity-rounded");
                return Optional.empty();
            }
            return IdentityNumber.ofWorker(input, cell.text(), today);
        }

        private static Optional<PhoneNumber> phone(Input input, String typed) {
            Optional<PhoneNumber> phone = PhoneNumber.read(typed);
            if (phone.isEmpty() && !CleanText.line(typed).isEmpty()) {
                input.fault("phone", "phone");
            }
            return phone;
        }

        private Optional<Employment> employment(Input input, String typed) {
            String word = plain(typed);
            Optional<Employment> employment = Optional.ofNullable(employments.get(word.isEmpty() ? "regular" : word));
            if (employment.isEmpty()) {
                input.fault("employment", "no-such-employment");
            }
            return employment;
        }

        private Optional<UnionId> union(Input input, String typed) {
            if (CleanText.line(typed).isEmpty() && below.kind().isBase()) {
                return Optional.of(below.id());
            }
            List<UnionId> called = bases.called(typed);
            if (called.size() != 1) {
                input.fault(
                        "union",
                        CleanText.line(typed).isEmpty()
                                ? "empty"
                                : called.isEmpty() ? "no-such-base-union" : "several-unions");
            }
            return called.stream().findFirst();
        }
    }
}

package org.gonghui.enrolment;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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

    private static final List<String> NEEDED = List.of("name", "identity");

    /**
     * A row as it was read.
     *
     * @param cells as they were typed, in the order of {@link #COLUMNS}
     * @param faults what is wrong, by column; none for somebody who can be entered
     */
    record Row(int number, List<String> cells, List<BadInput.Fault> faults, Optional<Enlisting.Candidate> candidate) {}

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

    /** What is needed to read the list of this union, gathered before its first row is read. */
    Reading reading(UnionSummary below) {
        Map<String, String> needed = new LinkedHashMap<>();
        NEEDED.forEach(column -> needed.put(
                column,
                Arrays.stream(Language.values())
                        .map(language -> heading(column, language))
                        .collect(Collectors.joining(" / "))));
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

        /** Hands over one row after the other; headings that nobody understood. */
        List<String> read(PartedFile file, Consumer<Row> rows) {
            return SheetTable.each(file, MOST_ROWS, headings, needed, line -> rows.accept(row(line)));
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
                    COLUMNS.stream()
                            .map(column -> CleanText.line(line.cell(column).text()))
                            .toList(),
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

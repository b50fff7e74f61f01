package org.gonghui.member;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The people behind a figure: who is counted by a measure at a union and below it, in a month or a year. A list, its
 * total, its export and the figure on the overview are one question asked in four ways.
 */
@Service
public class Roster {

    static final int PAGE = 50;
    /** Memberships began long before the first year that is counted by months. */
    private static final int FIRST_LISTED = 2000;

    private static final int EXPORTED_AT_ONCE = 1_000;
    private static final int COUNTED = 10_000;
    static final int MOST_OPENED = 2_000;

    /** In which order. */
    enum Sort {
        NAME,
        /** The day it is about: when it began, or, for those who went, when it ended; the latest first. */
        DAY,
        NUMBER
    }

    /** What a list shows of each; the word is {@code member.column.<name>}. */
    enum Column {
        NAME,
        SEX,
        NUMBER,
        BIRTH_DATE,
        IDENTITY,
        PHONE,
        EMPLOYMENT,
        UNION,
        BEGAN,
        ENDED
    }

    /** A question as an address has it: nothing checked yet. */
    record Asked(
            @Nullable String of,
            @Nullable String period,
            @Nullable String tree,
            @Nullable String name,
            @Nullable String employment,
            @Nullable String sex,
            @Nullable String sort,
            List<String> columns) {}

    /**
     * What is asked for.
     *
     * @param measure by which measure people are counted
     * @param period {@code 2023} or {@code 2023-03}; a stock is asked for as of its end
     * @param tree the tree on which it is asked what stands below the union: at the period's end unless another was
     * @param name the beginning of a name, in characters or pinyin; empty for all
     * @param employment code of the form of employment; empty for all
     * @param sex {@code F}, {@code M}, or empty
     * @param columns the ones chosen, the name always among them; empty when nothing was chosen
     */
    record Question(
            UnionSummary union,
            Measure measure,
            Period period,
            TreeView tree,
            String name,
            String employment,
            String sex,
            Sort sort,
            List<Column> columns) {

        /** The columns to show on a page. */
        List<Column> shown() {
            return columns.isEmpty() ? usualColumns(measure) : columns;
        }

        boolean isNarrowed() {
            return !name.isEmpty() || !employment.isEmpty() || !sex.isEmpty();
        }
    }

    /**
     * A month or a year: {@code [from, to)}.
     *
     * @param isNow true when today lies in it: its end is not here yet, and who is a member at its end is who is one now
     */
    public record Period(LocalDate from, LocalDate to, String text, boolean isNow) {

        /** True for a month, false for a year. */
        public boolean isMonth() {
            return text.length() > 4;
        }

        private static final Pattern MONTH =
                Pattern.compile("(20\\d\\d)(?:\\s*[-/.年]\\s*(0?[1-9]|1[0-2])\\s*月?|(0[1-9]|1[0-2]))");
        private static final Pattern YEAR = Pattern.compile("(20\\d\\d)年?");
        private static final Period NONE = new Period(LocalDate.MIN, LocalDate.MIN, "", false);

        /**
         * As it was typed, however months are written; nothing is this year. What is neither month nor year, lies before
         * the first year, or has not begun, is a fault.
         */
        public static Period read(Input input, String field, @Nullable String typed, int firstYear, LocalDate today) {
            String text = CleanText.line(typed);
            Period found = text.isEmpty()
                    ? of(Year.of(today.getYear()), today)
                    : month(text)
                            .map(month -> of(month, today))
                            .or(() -> year(text).map(year -> of(year, today)))
                            .orElse(NONE);
            if (found.from().getYear() < firstYear || found.from().isAfter(today)) {
                input.fault(
                        field,
                        "period-limits",
                        text,
                        Integer.toString(firstYear),
                        YearMonth.from(today).toString());
                return of(Year.of(today.getYear()), today);
            }
            return found;
        }

        private static Optional<YearMonth> month(String text) {
            Matcher month = MONTH.matcher(text);
            if (!month.matches()) {
                return Optional.empty();
            }
            String number = month.group(2) == null ? month.group(3) : month.group(2);
            return Optional.of(YearMonth.of(Integer.parseInt(month.group(1)), Integer.parseInt(number)));
        }

        private static Optional<Year> year(String text) {
            Matcher year = YEAR.matcher(text);
            return year.matches() ? Optional.of(Year.parse(year.group(1))) : Optional.empty();
        }

        private static Period of(YearMonth month, LocalDate today) {
            return of(month.atDay(1), month.plusMonths(1).atDay(1), month.toString(), today);
        }

        private static Period of(Year year, LocalDate today) {
            return of(year.atDay(1), year.plusYears(1).atDay(1), year.toString(), today);
        }

        private static Period of(LocalDate from, LocalDate to, String text, LocalDate today) {
            return new Period(from, to, text, !today.isBefore(from) && today.isBefore(to));
        }
    }

    /**
     * What a person is known by, masked unless opened.
     *
     * @param birthDate masked, the year
     * @param phone empty for none
     */
    record Numbers(String birthDate, String identity, String phone) {}

    /** How much of the numbers a run of rows shows. */
    enum Shown {
        NO_NUMBERS,
        MASKED,
        OPEN_WHILE_MEMBER
    }

    /** One row; its numbers are there where they were asked for. */
    record Row(
            MemberId member,
            UUID membership,
            long number,
            String name,
            String spelling,
            String sex,
            Optional<Numbers> numbers,
            String employment,
            UnionId union,
            LocalDate beganOn,
            Optional<LocalDate> endedOn) {}

    /**
     * A page of the list.
     *
     * @param total how many there are in all; {@code atLeast} when counting ended early
     * @param elsewhere how many more the figure counts whose records are with unions that the reader does not reach today
     * @param next what to ask for after; empty at the end
     */
    record Answer(List<Row> rows, long total, boolean atLeast, long elsewhere, Optional<String> next) {}

    private final RosterStore store;
    private final Unions unions;
    private final MemberFiles files;
    private final Counters counters;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Roster(
            RosterStore store,
            Unions unions,
            MemberFiles files,
            Counters counters,
            Audit audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.unions = unions;
        this.files = files;
        this.counters = counters;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Of these unions the ones that nobody belongs to now. */
    @Transactional(readOnly = true)
    public Set<UnionId> withoutMembers(Collection<UnionId> unions) {
        return unions.isEmpty() ? Set.of() : store.withoutMembers(unions);
    }

    /**
     * Reads a question; what is not known of it is the usual: who is a member now, by name. Whoever is looked for by name
     * is listed by name: along another order the few would have to be picked out of the many.
     */
    Question question(Actor actor, UnionId union, Asked asked) {
        Measure of = Members.MEASURES.stream()
                .filter(each -> each.key().equals(asked.of()))
                .findFirst()
                .orElse(Members.TOTAL);
        String name = CleanText.line(asked.name());
        Sort by = List.of(Sort.values()).stream()
                .filter(each -> name.isEmpty() ? each.name().equals(asked.sort()) : each == Sort.NAME)
                .findFirst()
                .orElse(of.kind() == Measure.Kind.STOCK ? Sort.NAME : Sort.DAY);
        String sex = CleanText.line(asked.sex());
        List<Column> chosen = columns(asked.columns());
        var input = new Input();
        Period period = Period.read(input, "period", asked.period(), FIRST_LISTED, LocalDate.now(clock));
        input.check();
        LocalDate end = period.isNow() ? LocalDate.now(clock) : period.to().minusDays(1);
        TreeView tree = unions.asOf(actor, Right.MEMBER_READ, unions.treeDay(CleanText.line(asked.tree()), end));
        return new Question(
                tree.get(union),
                of,
                period,
                tree,
                name,
                CleanText.line(asked.employment()),
                sex.equals("F") || sex.equals("M") ? sex : "",
                by,
                chosen.equals(usualColumns(of)) ? List.of() : chosen);
    }

    /** The columns of a list in which nothing was chosen. */
    private static List<Column> usualColumns(Measure measure) {
        return List.of(
                Column.NAME,
                Column.SEX,
                Column.NUMBER,
                Column.IDENTITY,
                Column.PHONE,
                Column.EMPLOYMENT,
                Column.UNION,
                RosterStore.isAboutEnds(measure) ? Column.ENDED : Column.BEGAN);
    }

    private static List<Column> columns(List<String> asked) {
        return asked.isEmpty()
                ? List.of()
                : Stream.of(Column.values())
                        .filter(column -> column == Column.NAME || asked.contains(column.name()))
                        .toList();
    }

    /** A run of rows, and what to ask for after them; empty at the end. */
    record Run(List<Row> rows, Optional<String> next) {}

    /** A run of the people asked for, without identity number and phone; one statement, so it needs no transaction. */
    Run run(Actor actor, Question question, Optional<String> after, int atMost) {
        return run(actor.reach(Right.MEMBER_READ), question, after, atMost, Shown.NO_NUMBERS);
    }

    private Run run(Reach reach, Question question, Optional<String> after, int atMost, Shown shown) {
        List<Row> rows = store.rows(question, reach, after.flatMap(Roster::cursor), atMost + 1, shown);
        if (rows.size() <= atMost) {
            return new Run(rows, Optional.empty());
        }
        List<Row> page = rows.subList(0, atMost);
        return new Run(page, Optional.of(cursor(question, page.getLast())));
    }

    /** One page of the people asked for, and how many there are. */
    @Transactional(readOnly = true)
    Answer list(Actor actor, Question question, Optional<String> after) {
        Reach reach = actor.reach(Right.MEMBER_READ);
        Run run = run(reach, question, after, PAGE, Shown.MASKED);
        boolean asToday = question.tree().isAsToday();
        boolean counted = question.isNarrowed() || !asToday;
        long total = counted ? store.count(question, reach, COUNTED + 1) : figure(question);
        return new Answer(
                run.rows(),
                Math.min(total, counted ? COUNTED : total),
                counted && total > COUNTED,
                asToday || question.isNarrowed() || total > COUNTED ? 0 : figure(question) - total,
                run.next());
    }

    /**
     * Gives every row asked for to the consumer, masked, a thousand at a time. On record before the first row leaves, so
     * that a file broken off midway is on record too; no transaction waits for a slow reader.
     */
    void export(Actor actor, Question question, Consumer<Row> to) {
        Reach reach = actor.reach(Right.MEMBER_READ);
        transaction.executeWithoutResult(status -> recordExport(
                actor,
                question,
                question.isNarrowed() || !question.tree().isAsToday()
                        ? store.count(question, reach, Integer.MAX_VALUE)
                        : figure(question)));
        Optional<RosterStore.Cursor> after = Optional.empty();
        while (true) {
            List<Row> rows = store.rows(question, reach, after, EXPORTED_AT_ONCE, Shown.MASKED);
            rows.forEach(to);
            if (rows.size() < EXPORTED_AT_ONCE) {
                return;
            }
            after = cursor(cursor(question, rows.getLast()));
        }
    }

    /**
     * Every row asked for with its numbers, for a purpose; a look at each person is on record before the first row is
     * given out. People who have left stay masked: who keeps their record now is another's to say.
     */
    @Transactional
    List<Row> open(Actor actor, Question question, @Nullable String typedPurpose, @Nullable String typedNote) {
        var input = new Input();
        var reason = MemberFiles.Reason.of(input, typedPurpose, typedNote);
        input.check();
        unions.asOf(actor, Right.MEMBER_OPEN, question.tree().day())
                .get(question.union().id());
        List<Row> rows = store.rows(
                question, actor.reach(Right.MEMBER_OPEN), Optional.empty(), MOST_OPENED + 1, Shown.OPEN_WHILE_MEMBER);
        if (rows.size() > MOST_OPENED) {
            throw new Refused(MemberRefusal.TOO_MANY_TO_OPEN, MOST_OPENED);
        }
        rows.stream().filter(row -> row.endedOn().isEmpty()).forEach(row -> {
            UnionPath at = unions.named(row.union()).orElseThrow().path();
            files.recordLook(actor, row.member(), at, reason);
        });
        recordExport(actor, question, rows.size());
        return rows;
    }

    /** True when the actor may have the numbers of those asked for. */
    boolean mayOpen(Actor actor, Question question) {
        return unions.asOf(actor, Right.MEMBER_OPEN, question.tree().day())
                .find(question.union().id())
                .isPresent();
    }

    private void recordExport(Actor actor, Question question, long count) {
        audit.record(
                actor,
                "member.export",
                question.union().id().value(),
                question.union().path(),
                Audit.facts(
                        "count",
                        Long.toString(count),
                        "measure",
                        question.measure().key()));
    }

    /** The figure that the overview shows for the same question. */
    private long figure(Question question) {
        LocalDate last = question.period().to().minusDays(1);
        TreeView tree = question.tree();
        Counters.Year year = counters.of(
                question.union().path(), last.getYear(), tree.day(), List.of(question.measure()), tree.reach());
        boolean month = question.period().isMonth();
        return question.measure().kind() == Measure.Kind.FLOW && month
                ? year.byMonth().getFirst()[last.getMonthValue() - 1]
                : year.upTo(0, question.measure().kind(), last.getMonthValue());
    }

    private static String cursor(Question question, Row row) {
        String value = switch (question.sort()) {
            case NAME -> RosterStore.isWritten(question) ? row.name() : row.spelling();
            case DAY ->
                (RosterStore.isAboutEnds(question.measure()) ? row.endedOn().orElseThrow() : row.beganOn()).toString();
            case NUMBER -> Long.toString(row.number());
        };
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((row.membership() + value).getBytes(StandardCharsets.UTF_8));
    }

    /** What a cursor says; one that is not ours begins at the beginning. */
    private static Optional<RosterStore.Cursor> cursor(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (plain.chars().anyMatch(Character::isISOControl)) {
                return Optional.empty();
            }
            return Optional.of(new RosterStore.Cursor(plain.substring(36), UUID.fromString(plain.substring(0, 36))));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException notOurs) {
            return Optional.empty();
        }
    }
}

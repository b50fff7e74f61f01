package org.gonghui.founding;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Foundings by the list: the board of a union, those of a stage, those behind a figure, what is left to a successor. */
@Service
class FoundingLists implements OpenWork {

    static final int PAGE = 50;
    static final int ON_BOARD = 8;

    /** A month or a year of approvals: {@code [from, to)}. */
    record Period(LocalDate from, LocalDate to, String text) {

        /** Reads {@code 2023} or {@code 2023-03}; empty for anything else. */
        static Optional<Period> of(@Nullable String typed) {
            String text = CleanText.line(typed);
            if (text.matches("20\\d\\d-(0[1-9]|1[0-2])")) {
                YearMonth month = YearMonth.parse(text);
                return Optional.of(
                        new Period(month.atDay(1), month.plusMonths(1).atDay(1), text));
            }
            if (text.matches("20\\d\\d")) {
                LocalDate first = LocalDate.of(Integer.parseInt(text), 1, 1);
                return Optional.of(new Period(first, first.plusYears(1), text));
            }
            return Optional.empty();
        }
    }

    /**
     * What is asked for.
     *
     * @param foundingClass of the approved, the ones counted as this
     * @param period of the approved, the ones of this time
     */
    record Question(UnionSummary union, Stage stage, Optional<FoundingClass> foundingClass, Optional<Period> period) {}

    /** A page of a list. */
    record Answer(List<FoundingListStore.Line> lines, Optional<Mark> next) {}

    private final FoundingListStore store;
    private final Unions unions;
    private final Clock clock;

    FoundingLists(FoundingListStore store, Unions unions, Clock clock) {
        this.store = store;
        this.unions = unions;
        this.clock = clock;
    }

    /** Reads a question as an address has it: {@code of} is a stage or the key of a measure; else what waits for a decision. */
    Question question(Actor actor, UnionId union, @Nullable String of, @Nullable String period) {
        UnionSummary at = unions.get(actor, union, Right.EMPLOYER_READ);
        Optional<Period> within = Period.of(period);
        String key = CleanText.line(of);
        if (key.startsWith("founding.")) {
            Optional<FoundingClass> foundingClass = List.of(FoundingClass.values()).stream()
                    .filter(each -> FoundingMeasures.of(each).key().equals(key))
                    .findFirst();
            return new Question(at, Stage.APPROVED, foundingClass, within);
        }
        Stage stage = List.of(Stage.values()).stream()
                .filter(each -> each.name().equals(key))
                .findFirst()
                .orElse(Stage.APPLIED);
        return new Question(at, stage, Optional.empty(), stage == Stage.APPROVED ? within : Optional.empty());
    }

    /** A page of foundings. */
    @Transactional(readOnly = true)
    Answer list(Actor actor, Question question, Optional<Mark> after) {
        List<FoundingListStore.Line> lines = store.lines(question, actor.reach(Right.EMPLOYER_READ), after, PAGE + 1);
        return new Answer(
                lines.subList(0, Math.min(PAGE, lines.size())),
                lines.size() > PAGE ? Optional.of(mark(lines.get(PAGE - 1).founding())) : Optional.empty());
    }

    private static Mark mark(Founding founding) {
        return new Mark(founding.stageAt(), founding.id().value());
    }

    /**
     * The board of a union.
     *
     * @param waiting how many stand at each stage
     * @param cameTo how many came to each stage this year
     * @param first the first of each stage on the board
     */
    record Board(Map<Stage, Long> waiting, Map<Stage, Long> cameTo, Map<Stage, List<FoundingListStore.Line>> first) {

        long at(Stage stage) {
            return waiting.getOrDefault(stage, 0L);
        }

        long came(Stage stage) {
            return cameTo.getOrDefault(stage, 0L);
        }
    }

    /** The stages that have a column on the board. */
    static final List<Stage> COLUMNS = List.of(Stage.VERIFIED, Stage.CONTACTED, Stage.PREPARING, Stage.APPLIED);

    @Transactional(readOnly = true)
    Board board(Actor actor, UnionSummary union) {
        Reach reach = actor.reach(Right.EMPLOYER_READ);
        LocalDate year = LocalDate.now(clock).withDayOfYear(1);
        Map<Stage, List<FoundingListStore.Line>> first = new EnumMap<>(Stage.class);
        for (Stage stage : COLUMNS) {
            first.put(
                    stage,
                    store.lines(
                            new Question(union, stage, Optional.empty(), Optional.empty()),
                            reach,
                            Optional.empty(),
                            ON_BOARD));
        }
        return new Board(
                store.byStage(union.path(), reach, year),
                store.cameTo(
                        union.path(),
                        reach,
                        year.atStartOfDay(clock.getZone()).toInstant(),
                        clock.instant().plusSeconds(1)),
                first);
    }

    /** What a successor finds: what is worked on, and what waits for a decision. */
    @Override
    @Transactional(readOnly = true)
    public List<OpenWork.Waiting> waiting(Actor holder, UnionId union, UnionPath at) {
        String board = "/desk/foundings/" + union;
        FoundingListStore.Standing worked =
                store.worked(at, holder.reach(Right.EMPLOYER_EDIT), Stage.CONTACTED, Stage.PREPARING, Stage.REJECTED);
        FoundingListStore.Standing undecided = store.undecided(at, holder.reach(Right.UNION_FOUND));
        return Stream.of(
                        new OpenWork.Waiting("founding.open-work", worked.count(), worked.oldest(), board),
                        new OpenWork.Waiting(
                                "founding.open-decisions",
                                undecided.count(),
                                undecided.oldest(),
                                board + "/list?of=APPLIED"))
                .filter(each -> each.count() > 0)
                .toList();
    }
}

package org.gonghui.founding;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.Roster;
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
    private static final int ROWS_AT_ONCE = 1_000;

    /** Nothing was founded on the platform before; the year from which lists of members go back. */
    private static final int FIRST_LISTED = 2000;

    /**
     * What is asked for.
     *
     * @param foundingClass of the approved, the ones counted as this
     * @param period of the approved, the ones of this time
     */
    record Question(
            UnionSummary union,
            Stage stage,
            Optional<FoundingClass> foundingClass,
            Optional<Roster.Period> period,
            Sort sort) {}

    /** In which order. */
    enum Sort {
        /** Whatever stands there the longest first: the usual for what is under way. */
        OLDEST,
        /** The usual for what is approved. */
        NEWEST,
        /** Most workers first. */
        WORKERS
    }

    /**
     * Where a page ends and the next begins.
     *
     * @param rank microseconds since 1970, or workers
     */
    record Mark(long rank, UUID id) {

        /** No rank of a list reaches it, and every database has its day: the year 2200 in microseconds. */
        private static final long HIGHEST_RANK = 7_258_118_400_000_000L;

        static Optional<Mark> of(String text) {
            String[] parts = text.split("_", -1);
            try {
                return parts.length == 2
                        ? Optional.of(new Mark(Long.parseLong(parts[0]), UUID.fromString(parts[1])))
                                .filter(mark -> mark.rank() >= 0 && mark.rank() <= HIGHEST_RANK)
                        : Optional.empty();
            } catch (IllegalArgumentException notOne) {
                return Optional.empty();
            }
        }

        static Mark after(FoundingListStore.Line line, Sort sort) {
            Founding founding = line.founding();
            return new Mark(
                    sort == Sort.WORKERS
                            ? line.workers()
                            : ChronoUnit.MICROS.between(Instant.EPOCH, founding.stageAt()),
                    founding.id().value());
        }

        Instant at() {
            return Instant.EPOCH.plus(rank, ChronoUnit.MICROS);
        }

        String text() {
            return rank + "_" + id;
        }
    }

    /** A page of a list, and what all of it comes to. */
    record Answer(List<FoundingListStore.Line> lines, FoundingListStore.Sums sums, Optional<Mark> next) {}

    private final FoundingListStore store;
    private final Unions unions;
    private final Audit audit;
    private final Clock clock;

    FoundingLists(FoundingListStore store, Unions unions, Audit audit, Clock clock) {
        this.store = store;
        this.unions = unions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Reads a question as an address has it: {@code of} is a stage or the key of a measure; else what waits for a decision. */
    Question question(
            Actor actor, UnionId union, @Nullable String of, @Nullable String period, @Nullable String typedSort) {
        UnionSummary at = unions.get(actor, union, Right.EMPLOYER_READ);
        String key = CleanText.line(of);
        boolean figure = key.startsWith("founding.");
        Stage stage = figure ? Stage.APPROVED : named(Stage.values(), key).orElse(Stage.APPLIED);
        Optional<FoundingClass> foundingClass = figure
                ? List.of(FoundingClass.values()).stream()
                        .filter(each -> FoundingMeasures.of(each).key().equals(key))
                        .findFirst()
                : Optional.empty();
        return new Question(
                at,
                stage,
                foundingClass,
                stage == Stage.APPROVED ? period(period) : Optional.empty(),
                named(Sort.values(), CleanText.line(typedSort))
                        .orElse(stage == Stage.APPROVED ? Sort.NEWEST : Sort.OLDEST));
    }

    /** Of all times where nothing was typed; what is no period is refused. */
    private Optional<Roster.Period> period(@Nullable String typed) {
        if (CleanText.line(typed).isEmpty()) {
            return Optional.empty();
        }
        var input = new Input();
        Roster.Period period = Roster.Period.read(input, "period", typed, FIRST_LISTED, LocalDate.now(clock));
        input.check();
        return Optional.of(period);
    }

    private static <E extends Enum<E>> Optional<E> named(E[] all, String name) {
        return List.of(all).stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** A page of foundings. */
    @Transactional(readOnly = true)
    public Answer list(Actor actor, Question question, Optional<Mark> after) {
        return list(actor, question, after, PAGE);
    }

    /** The same with so many lines at most. */
    @Transactional(readOnly = true)
    public Answer list(Actor actor, Question question, Optional<Mark> after, int most) {
        Reach reach = actor.reach(Right.EMPLOYER_READ);
        List<FoundingListStore.Line> lines = store.lines(question, reach, after, most + 1);
        return new Answer(
                lines.subList(0, Math.min(most, lines.size())),
                store.sums(question, reach),
                lines.size() > most ? Optional.of(Mark.after(lines.get(most - 1), question.sort())) : Optional.empty());
    }

    /** Puts on record that somebody takes a list along. */
    @Transactional
    public void takeAlong(Actor actor, Question question) {
        long count = store.sums(question, actor.reach(Right.EMPLOYER_READ)).foundings();
        audit.record(
                actor,
                "founding.export",
                question.union().id().value(),
                question.union().path(),
                Audit.facts("count", Long.toString(count)));
    }

    /** Hands over all lines of a list, some of them at a time. */
    void each(Actor actor, Question question, Consumer<FoundingListStore.Line> lines) {
        Reach reach = actor.reach(Right.EMPLOYER_READ);
        Optional<Mark> after = Optional.empty();
        List<FoundingListStore.Line> some;
        do {
            some = store.lines(question, reach, after, ROWS_AT_ONCE);
            some.forEach(lines);
            after = some.isEmpty() ? after : Optional.of(Mark.after(some.getLast(), question.sort()));
        } while (some.size() == ROWS_AT_ONCE);
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
                            new Question(union, stage, Optional.empty(), Optional.empty(), Sort.OLDEST),
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

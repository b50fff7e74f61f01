package org.gonghui.employer;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Employers by the list: those of a union, what they come to, and the members beside them. */
@Service
class EmployerLists {

    static final int PAGE = 50;
    private static final int ROWS_AT_ONCE = 1_000;

    /** Whose union is asked for. */
    enum Organised {
        ALL,
        WITHOUT,
        WITH
    }

    /** In which order. */
    enum Sort {
        WORKERS,
        NEWEST
    }

    /**
     * What is asked for.
     *
     * @param text a part of the name, in characters, pinyin or initials, or of the credit code; empty for all
     */
    record Question(UnionSummary union, Organised organised, Optional<SizeClass> size, String text, Sort sort) {}

    /**
     * Where a page ends and the next begins.
     *
     * @param rank so many workers, taken from nought; 1 for whoever was never counted
     */
    record Mark(int rank, UUID id) {

        private static final int UNCOUNTED = 1;

        static Optional<Mark> of(String text) {
            String[] parts = text.split("_", -1);
            try {
                return parts.length == 2
                        ? Optional.of(new Mark(Integer.parseInt(parts[0]), UUID.fromString(parts[1])))
                                .filter(mark -> mark.rank() <= UNCOUNTED)
                        : Optional.empty();
            } catch (IllegalArgumentException notOne) {
                return Optional.empty();
            }
        }

        static Mark after(Employer employer) {
            return new Mark(
                    -employer.staff().map(Employer.Staff::workers).orElse(-1),
                    employer.id().value());
        }

        String text() {
            return rank + "_" + id;
        }
    }

    /**
     * What a list's employers come to.
     *
     * @param counted how many of them have a headcount
     * @param workers of the latest headcounts
     * @param oldest the day of the oldest of these
     */
    record Sums(
            long employers,
            long counted,
            long workers,
            long women,
            long newForm,
            long withUnion,
            Optional<LocalDate> oldest) {}

    /**
     * The members who stand beside the workers of an unnarrowed list.
     *
     * @param members of the union and all below it today
     * @param newForm of these in a new form now
     */
    record MembersBeside(long members, long newForm) {

        /**
         * So many of so many workers in hundredths, with one decimal, never rounded up: what falls short of a bar by a person
         * falls short of it. Empty without workers.
         */
        static Optional<String> rate(long members, long workers) {
            if (workers == 0) {
                return Optional.empty();
            }
            long tenths = members * 1_000 / workers;
            return Optional.of(tenths / 10 + "." + tenths % 10);
        }
    }

    /** A page of a list. */
    record Answer(List<Employer> rows, Sums sums, Optional<Mark> next) {}

    private final EmployerStore store;
    private final UnionsUnderWay underWay;
    private final Counters counters;
    private final Unions unions;
    private final Audit audit;
    private final Clock clock;

    EmployerLists(
            EmployerStore store, UnionsUnderWay underWay, Counters counters, Unions unions, Audit audit, Clock clock) {
        this.store = store;
        this.underWay = underWay;
        this.counters = counters;
        this.unions = unions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Reads a question as an address has it; what is not known of it is the usual. */
    Question question(
            Actor actor,
            UnionId union,
            @Nullable String organised,
            @Nullable String size,
            @Nullable String text,
            @Nullable String sort) {
        return new Question(
                unions.get(actor, union, Right.EMPLOYER_READ),
                named(Organised.class, organised).orElse(Organised.ALL),
                named(SizeClass.class, size),
                CleanText.line(text).toLowerCase(Locale.ROOT),
                named(Sort.class, sort).orElse(Sort.WORKERS));
    }

    private static <E extends Enum<E>> Optional<E> named(Class<E> type, @Nullable String name) {
        return List.of(type.getEnumConstants()).stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    /** A page of employers, and what all of them come to. */
    @Transactional(readOnly = true)
    public Answer list(Actor actor, Question question, Optional<Mark> after) {
        return list(actor, question, after, PAGE);
    }

    /** The same with so many rows at most. */
    @Transactional(readOnly = true)
    public Answer list(Actor actor, Question question, Optional<Mark> after, int most) {
        Reach reach = actor.reach(Right.EMPLOYER_READ);
        List<Employer> rows = store.rows(question, reach, after, most + 1);
        return new Answer(
                rows.subList(0, Math.min(most, rows.size())),
                store.sums(question, reach),
                rows.size() > most ? Optional.of(Mark.after(rows.get(most - 1))) : Optional.empty());
    }

    /** The members of a union, for whoever may read who they are: beside its workers they are the membership rate (入会率). */
    Optional<MembersBeside> membersBeside(Actor actor, UnionSummary union) {
        Reach reach = actor.reach(Right.MEMBER_READ);
        if (!reach.covers(union.path())) {
            return Optional.empty();
        }
        LocalDate today = LocalDate.now(clock);
        int month = today.getMonthValue();
        Counters.Year year =
                counters.of(union.path(), today.getYear(), today, List.of(Members.TOTAL, Members.NEW_FORM), reach);
        return Optional.of(
                new MembersBeside(year.upTo(0, Measure.Kind.STOCK, month), year.upTo(1, Measure.Kind.STOCK, month)));
    }

    /** Puts on record that somebody takes a list along. */
    @Transactional
    public void takeAlong(Actor actor, Question question) {
        long count = store.sums(question, actor.reach(Right.EMPLOYER_READ)).employers();
        audit.record(
                actor,
                "employer.export",
                question.union().id().value(),
                question.union().path(),
                Audit.facts("count", Long.toString(count)));
    }

    /** Hands over all rows of a list, some of them at a time. */
    void each(Actor actor, Question question, Consumer<Employer> rows) {
        Reach reach = actor.reach(Right.EMPLOYER_READ);
        Optional<Mark> after = Optional.empty();
        List<Employer> some;
        do {
            some = store.rows(question, reach, after, ROWS_AT_ONCE);
            some.forEach(rows);
            after = some.isEmpty() ? after : Optional.of(Mark.after(some.getLast()));
        } while (some.size() == ROWS_AT_ONCE);
    }

    /** Of these, those where somebody works towards a union, as far as the actor may read of it. */
    Map<EmployerId, UnionsUnderWay.UnderWay> underWay(Actor actor, List<Employer> of) {
        return underWay.at(of.stream().map(Employer::id).toList(), actor.reach(Right.EMPLOYER_READ));
    }
}

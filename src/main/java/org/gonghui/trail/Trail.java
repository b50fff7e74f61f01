package org.gonghui.trail;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The audit trail as an auditor reads it: of one part of the tree, for some days, and never more of a person than the initial. */
@Service
class Trail {

    /** What can be looked for: the first part of an action; the word is {@code trail.subject.<name>}. */
    static final List<String> SUBJECTS = List.of(
            "org",
            "grouping",
            "enrolment",
            "member",
            "employer",
            "founding",
            "joining",
            "transfer",
            "access",
            "handover",
            "phone",
            "notice",
            "measure",
            "trail");

    private static final int ROWS = 50;
    private static final int EXPORT_PAGE = 1_000;
    private static final Period USUAL = Period.ofDays(6);
    private static final int MOST_DAYS = 365;

    /** A question as it was typed. */
    record Asked(
            @Nullable String from,
            @Nullable String to,
            @Nullable String subject,
            @Nullable String actor) {}

    /**
     * A question.
     *
     * @param from the first day
     * @param to the last day
     */
    record Question(UnionSummary union, LocalDate from, LocalDate to, String subject, String actor) {

        Audit.Search search() {
            return new Audit.Search(union.path(), start(from), start(to.plusDays(1)), subject, actor);
        }

        private static Instant start(LocalDate day) {
            return day.atStartOfDay(CityClock.ZONE).toInstant();
        }
    }

    /** An entry, with the union that stands at its place today. */
    record Row(Audit.Entry entry, Optional<UnionSummary> union) {}

    /** A page of rows. */
    record Answer(List<Row> rows, Optional<Mark> next, Audit.State state) {}

    private final Audit audit;
    private final Unions unions;
    private final Clock clock;

    Trail(Audit audit, Unions unions, Clock clock) {
        this.audit = audit;
        this.unions = unions;
        this.clock = clock;
    }

    /**
     * The question, if the actor may read the trail of the union. What is no day stands for the usual one, and of too many
     * days the last ones are taken: the page says which.
     */
    Question question(Actor actor, UnionId id, Asked asked) {
        UnionSummary union = unions.get(actor, id, Right.AUDIT_READ);
        LocalDate to = day(asked.to()).orElse(LocalDate.now(clock));
        LocalDate from = day(asked.from()).orElse(to.minus(USUAL));
        if (from.isAfter(to)) {
            LocalDate first = to;
            to = from;
            from = first;
        }
        return new Question(
                union,
                from.isBefore(to.minusDays(MOST_DAYS)) ? to.minusDays(MOST_DAYS) : from,
                to,
                Optional.ofNullable(asked.subject()).filter(SUBJECTS::contains).orElse(""),
                CleanText.line(asked.actor()));
    }

    private static Optional<LocalDate> day(@Nullable String typed) {
        try {
            return Optional.ofNullable(typed)
                    .map(LocalDate::parse)
                    .filter(day -> day.getYear() > 0 && day.getYear() < 10_000);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A page of what was done, newest first. */
    Answer read(Actor actor, Question question, Optional<Mark> after) {
        List<Row> rows = rows(actor, question, after, ROWS + 1);
        boolean more = rows.size() > ROWS;
        List<Row> shown = more ? rows.subList(0, ROWS) : rows;
        return new Answer(shown, more ? Optional.of(mark(shown.getLast())) : Optional.empty(), audit.state());
    }

    /** All of it, page by page; that it was taken out is on record before the first row. */
    @Transactional
    public void recordExport(Actor actor, Question question) {
        audit.record(
                actor,
                "trail.export",
                question.union().id().value(),
                question.union().path(),
                Audit.facts(
                        "name",
                        question.union().name(),
                        "from",
                        question.from().toString(),
                        "until",
                        question.to().toString()));
    }

    /** Gives each row of the answer, newest first. */
    void each(Actor actor, Question question, Consumer<Row> row) {
        Optional<Mark> after = Optional.empty();
        while (true) {
            List<Row> rows = rows(actor, question, after, EXPORT_PAGE);
            rows.forEach(row);
            if (rows.size() < EXPORT_PAGE) {
                return;
            }
            after = Optional.of(mark(rows.getLast()));
        }
    }

    private static Mark mark(Row row) {
        return new Mark(row.entry().at(), row.entry().id());
    }

    private List<Row> rows(Actor actor, Question question, Optional<Mark> after, int most) {
        Reach reach = actor.reach(Right.AUDIT_READ);
        Reach people = actor.reach(Right.MEMBER_READ);
        TreeView tree = unions.asOf(actor, Right.AUDIT_READ, LocalDate.now(clock));
        return audit.find(question.search(), reach, after, most).stream()
                .map(entry -> new Row(
                        entry.place().filter(people::covers).isPresent() ? entry : entry.discreet(),
                        entry.place().flatMap(tree::at)))
                .toList();
    }
}

package org.gonghui.outreach;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.gonghui.joining.JoiningCodes;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Outreach of a union at the desk: what is to come, what it brought, where to go next, and its meeting days. */
@Controller
@RequestMapping("/desk/outreach")
class OutreachDesk {

    /** A figure of the year. */
    record Figure(Measure measure, long value) {}

    /**
     * A meeting in a list.
     *
     * @param by who holds it, as it is called today
     */
    record Entry(Meeting meeting, UnionSummary by, JoiningCodes.Came came) {

        String byName() {
            return by.shortName().isEmpty() ? by.name() : by.shortName();
        }

        /** What one who joined has cost; empty where nobody did, or nothing was spent. */
        Optional<Money> costOfOne() {
            return costOfOne(meeting.outcome().map(Meeting.Outcome::cost).orElse(new Money(0)), came.joined());
        }

        /** In whole fen, never rounded up. */
        static Optional<Money> costOfOne(Money cost, long joined) {
            return joined == 0 || cost.fen() == 0 ? Optional.empty() : Optional.of(new Money(cost.fen() / joined));
        }
    }

    /** The first page of a union. */
    record BoardPage(
            UnionSummary union,
            LocalDate today,
            List<Entry> overdue,
            List<Entry> toCome,
            List<Entry> latest,
            List<Figure> figures,
            MeetingLists.YearSum year,
            List<Place> places,
            boolean mayEdit) {

        Optional<Money> costOfOne() {
            return Entry.costOfOne(year.cost(), year.joined());
        }
    }

    /** A proposal, and where it stands. */
    record Place(Proposal proposal, UnionSummary street) {}

    /** A list of meetings. */
    record ListPage(MeetingLists.Question question, List<Entry> entries, Optional<String> next) {}

    /** All proposals. */
    record ProposalsPage(UnionSummary union, List<Place> places, boolean mayEdit) {}

    /** The form that plans one. */
    record PlanningPage(
            UnionSummary union, List<Meeting.Level> levels, LocalDate today, UUID formKey, Beginning beginning) {}

    /** What stands in the form from the start. */
    record Beginning(String kind, String title, String place, String employer) {}

    /** The meeting days. */
    record DaysPage(UnionSummary union, List<Day> days, List<Meeting.Level> levels, boolean mayEdit, UUID formKey) {

        static List<DayOfWeek> weekdays() {
            return List.of(DayOfWeek.values());
        }
    }

    /** A meeting day, and the next time it comes. */
    record Day(MeetingDay day, UnionSummary by, Optional<LocalDate> next) {}

    private static final int PROPOSED_ON_BOARD = 5;

    private final Meetings meetings;
    private final MeetingLists lists;
    private final MeetingDays days;
    private final Proposals proposals;
    private final Unions unions;
    private final Counters counters;
    private final Pages pages;
    private final Clock clock;

    OutreachDesk(
            Meetings meetings,
            MeetingLists lists,
            MeetingDays days,
            Proposals proposals,
            Unions unions,
            Counters counters,
            Pages pages,
            Clock clock) {
        this.meetings = meetings;
        this.lists = lists;
        this.days = days;
        this.proposals = proposals;
        this.unions = unions;
        this.counters = counters;
        this.pages = pages;
        this.clock = clock;
    }

    @Bean
    static WorkArea outreachArea() {
        return new WorkArea(
                "desk.group.organisation", "outreach.area", "megaphone", "/desk/outreach", Right.OUTREACH_READ, 116);
    }

    @GetMapping
    @May(Right.OUTREACH_READ)
    View home(Actor actor) {
        return LocalAddress.redirect(
                "/desk/outreach/" + unions.home(actor, Right.OUTREACH_READ).union());
    }

    @GetMapping("/{id}")
    @May(Right.OUTREACH_READ)
    View board(Actor actor, @PathVariable UnionId id) {
        UnionSummary union = unions.get(actor, id, Right.OUTREACH_READ);
        LocalDate today = LocalDate.now(clock);
        Counters.Year counted = counters.of(
                union.path(), today.getYear(), today, OutreachMeasures.ALL, actor.reach(Right.OUTREACH_READ));
        List<Figure> figures = IntStream.range(0, OutreachMeasures.ALL.size())
                .mapToObj(i -> new Figure(
                        OutreachMeasures.ALL.get(i), counted.upTo(i, Measure.Kind.FLOW, today.getMonthValue())))
                .toList();
        MeetingLists.Board board = lists.board(actor, union);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.OUTREACH_READ),
                "outreach/board.jte",
                new BoardPage(
                        union,
                        today,
                        entries(board.overdue()),
                        entries(board.toCome()),
                        entries(board.latest()),
                        figures,
                        lists.year(actor, union, today.getYear()),
                        places(actor, union).stream().limit(PROPOSED_ON_BOARD).toList(),
                        mayEdit(actor, union)));
    }

    private List<Entry> entries(List<Meeting> found) {
        Map<MeetingId, JoiningCodes.Came> came = lists.came(found);
        return found.stream()
                .map(each -> new Entry(
                        each, unions.living(each.union()), came.getOrDefault(each.id(), JoiningCodes.Came.NONE)))
                .toList();
    }

    private List<Place> places(Actor actor, UnionSummary union) {
        return proposals.of(actor, union).stream()
                .map(each -> new Place(each, unions.living(each.street())))
                .toList();
    }

    private static boolean mayEdit(Actor actor, UnionSummary union) {
        return actor.reach(Right.OUTREACH_EDIT).covers(union.path());
    }

    /** The meetings behind a figure. */
    @GetMapping("/{id}/list")
    @May(Right.OUTREACH_READ)
    View list(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) @Nullable String of,
            @RequestParam(required = false) @Nullable String period,
            @RequestParam(defaultValue = "") String after) {
        MeetingLists.Question question = lists.question(actor, id, of, period);
        MeetingLists.Answer answer = lists.list(actor, question, Mark.of(after));
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.OUTREACH_READ),
                "outreach/list.jte",
                new ListPage(question, entries(answer.meetings()), answer.next().map(Mark::text)));
    }

    @GetMapping("/{id}/proposals")
    @May(Right.OUTREACH_READ)
    View proposals(Actor actor, @PathVariable UnionId id) {
        UnionSummary union = unions.get(actor, id, Right.OUTREACH_READ);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.OUTREACH_READ),
                "outreach/proposals.jte",
                new ProposalsPage(union, places(actor, union), mayEdit(actor, union)));
    }

    @GetMapping("/{id}/new")
    @May(Right.OUTREACH_EDIT)
    View planning(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String place,
            @RequestParam(defaultValue = "") String employer) {
        UnionSummary union = unions.get(actor, id, Right.OUTREACH_EDIT);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.OUTREACH_EDIT),
                "outreach/planning.jte",
                new PlanningPage(
                        union,
                        Meeting.Level.of(union),
                        LocalDate.now(clock),
                        Ids.next(clock),
                        new Beginning(kind, title, place, employer)));
    }

    @PostMapping("/{id}/new")
    @May(Right.OUTREACH_EDIT)
    View plan(Actor actor, @PathVariable UnionId id, @RequestParam UUID key, @ModelAttribute Meetings.Typed typed) {
        return LocalAddress.redirect("/desk/outreach/of/" + meetings.plan(actor, id, new MeetingId(key), typed));
    }

    @GetMapping("/{id}/days")
    @May(Right.OUTREACH_READ)
    View days(Actor actor, @PathVariable UnionId id) {
        UnionSummary union = unions.get(actor, id, Right.OUTREACH_READ);
        LocalDate today = LocalDate.now(clock);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.OUTREACH_READ),
                "outreach/days.jte",
                new DaysPage(
                        union,
                        days.of(actor, union).stream()
                                .map(day -> new Day(
                                        day,
                                        unions.living(day.union()),
                                        day.days(today, today.plus(MeetingDays.AHEAD)).stream()
                                                .findFirst()))
                                .toList(),
                        Meeting.Level.of(union),
                        mayEdit(actor, union),
                        Ids.next(clock)));
    }

    @PostMapping("/{id}/days")
    @May(Right.OUTREACH_EDIT)
    View setDay(
            Actor actor, @PathVariable UnionId id, @RequestParam UUID key, @ModelAttribute MeetingDays.Typed typed) {
        days.set(actor, id, key, typed);
        return LocalAddress.redirect("/desk/outreach/" + id + "/days");
    }

    @PostMapping("/{id}/days/{day}/end")
    @May(Right.OUTREACH_EDIT)
    View endDay(Actor actor, @PathVariable UnionId id, @PathVariable UUID day) {
        days.end(actor, day);
        return LocalAddress.redirect("/desk/outreach/" + id + "/days");
    }
}

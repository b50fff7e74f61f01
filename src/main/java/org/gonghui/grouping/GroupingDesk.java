package org.gonghui.grouping;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
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

/** Areas and associations at the desk. */
@Controller
@RequestMapping("/desk/groupings")
class GroupingDesk {

    /** A grouping in a list, with whoever looks after it. */
    record Row(Grouping grouping, UnionSummary owner) {}

    /** The groupings of a union and those below it. */
    record ListPage(UnionSummary union, List<Row> rows, boolean mayMake) {}

    /** The form for a new one. */
    record MakingPage(UnionSummary owner, UUID formKey) {

        static List<Grouping.Kind> kinds() {
            return List.of(Grouping.Kind.values());
        }
    }

    /**
     * A grouping with its unions on a day.
     *
     * @param unions those that belonged on the day
     * @param gone those that belonged once and do not today
     * @param year its figures; empty for a reader who may not read any
     */
    record GroupingPage(
            Grouping grouping,
            UnionSummary owner,
            LocalDate day,
            List<Groupings.Belonging> unions,
            List<Groupings.Belonging> gone,
            Optional<GroupingFigures.Year> year,
            List<Integer> years,
            List<Audit.Entry> history,
            boolean mayEdit,
            UUID formKey) {}

    /**
     * A month's figure by union.
     *
     * @param period the month as addresses carry it: 2023-03
     */
    record PartsPage(
            Grouping grouping,
            UnionSummary owner,
            Measure measure,
            String period,
            List<GroupingFigures.Part> parts,
            LocalDate day) {

        long total() {
            return parts.stream().mapToLong(GroupingFigures.Part::value).sum();
        }
    }

    private final Groupings groupings;
    private final GroupingFigures figures;
    private final Unions unions;
    private final Pages pages;
    private final Clock clock;

    GroupingDesk(Groupings groupings, GroupingFigures figures, Unions unions, Pages pages, Clock clock) {
        this.groupings = groupings;
        this.figures = figures;
        this.unions = unions;
        this.pages = pages;
        this.clock = clock;
    }

    @Bean
    static WorkArea groupingsArea() {
        return new WorkArea(
                "desk.group.organisation", "grouping.area", "pin-map", "/desk/groupings", Right.UNION_READ, 110);
    }

    @GetMapping
    @May(Right.UNION_READ)
    View home(Actor actor) {
        return LocalAddress.redirect(
                "/desk/groupings/" + unions.home(actor, Right.UNION_READ).union());
    }

    @GetMapping("/{id}")
    @May(Right.UNION_READ)
    View list(Actor actor, @PathVariable UnionId id) {
        UnionSummary union = unions.get(actor, id, Right.UNION_READ);
        List<Row> rows = groupings.below(actor, id).stream()
                .map(grouping -> new Row(grouping, unions.living(grouping.owner())))
                .toList();
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.UNION_READ),
                "grouping/list.jte",
                new ListPage(union, rows, actor.reach(Right.UNION_FOUND).covers(union.path())));
    }

    /** Of which unions a number consists; each of theirs opens its people. */
    @GetMapping("/of/{grouping}/figure")
    @May(Right.MEMBER_READ)
    View parts(
            Actor actor,
            @PathVariable GroupingId grouping,
            @RequestParam(required = false) @Nullable String of,
            @RequestParam(required = false) @Nullable String year,
            @RequestParam(required = false) @Nullable String month) {
        Grouping found = groupings.get(actor, grouping);
        LocalDate today = LocalDate.now(clock);
        var input = new Input();
        int shown = input.yearWithin("year", year, found.beganOn().getYear(), today.getYear());
        Month in = input.choice("month", month, Month.class);
        Optional<Measure> measure = GroupingFigures.MEASURES.stream()
                .filter(each -> each.key().equals(of))
                .findFirst();
        if (measure.isEmpty()) {
            input.fault("of", "no-such-choice");
        }
        input.check();
        YearMonth period = YearMonth.of(shown, in);
        List<GroupingFigures.Part> parts = figures.parts(actor, grouping, measure.orElseThrow(), period)
                .orElseThrow(() -> new Refused(GroupingRefusal.NO_SUCH_GROUPING));
        UnionSummary owner = unions.living(found.owner());
        LocalDate end = period.atEndOfMonth();
        return pages.desk(
                actor,
                unions.scope(actor, owner.id(), Right.UNION_READ),
                "grouping/parts.jte",
                new PartsPage(
                        found,
                        owner,
                        measure.orElseThrow(),
                        period.toString(),
                        parts,
                        end.isAfter(today) ? today : end));
    }

    @GetMapping("/{id}/making")
    @May(Right.UNION_FOUND)
    View makingForm(Actor actor, @PathVariable UnionId id) {
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.UNION_FOUND),
                "grouping/making.jte",
                new MakingPage(unions.get(actor, id, Right.UNION_FOUND), Ids.next(clock)));
    }

    @PostMapping("/{id}/making")
    @May(Right.UNION_FOUND)
    View make(Actor actor, @PathVariable UnionId id, @RequestParam UUID key, @ModelAttribute Groupings.Making making) {
        return to(groupings.make(actor, id, new GroupingId(key), making));
    }

    @GetMapping("/of/{grouping}")
    @May(Right.UNION_READ)
    View grouping(
            Actor actor,
            @PathVariable GroupingId grouping,
            @RequestParam(required = false) @Nullable String day,
            @RequestParam(required = false) @Nullable String year) {
        Grouping found = groupings.get(actor, grouping);
        UnionSummary owner = unions.living(found.owner());
        LocalDate today = LocalDate.now(clock);
        var input = new Input();
        LocalDate on = day == null ? today : input.dayWithin("day", day, found.beganOn(), today);
        int shown = input.yearWithin("year", year, found.beganOn().getYear(), today.getYear());
        input.check();
        List<Groupings.Belonging> every = groupings.belongings(actor, grouping);
        List<Integer> years = figures.years(found);
        return pages.desk(
                actor,
                unions.scope(actor, owner.id(), Right.UNION_READ),
                "grouping/grouping.jte",
                new GroupingPage(
                        found,
                        owner,
                        on,
                        every.stream().filter(each -> each.on(on)).toList(),
                        every.stream().filter(each -> each.to() != null).toList(),
                        figures.of(actor, grouping, shown),
                        years,
                        groupings.history(actor, grouping),
                        found.isOpen() && actor.reach(Right.UNION_FOUND).covers(owner.path()),
                        Ids.next(clock)));
    }

    @PostMapping("/of/{grouping}/names")
    @May(Right.UNION_FOUND)
    View rename(Actor actor, @PathVariable GroupingId grouping, @ModelAttribute Groupings.Naming naming) {
        groupings.rename(actor, grouping, naming);
        return to(grouping);
    }

    @PostMapping("/of/{grouping}/unions")
    @May(Right.UNION_FOUND)
    View add(
            Actor actor,
            @PathVariable GroupingId grouping,
            @RequestParam UUID key,
            @ModelAttribute Groupings.Adding adding) {
        groupings.add(actor, grouping, key, adding);
        return to(grouping);
    }

    @PostMapping("/of/{grouping}/unions/{belonging}/end")
    @May(Right.UNION_FOUND)
    View remove(
            Actor actor,
            @PathVariable GroupingId grouping,
            @PathVariable UUID belonging,
            @RequestParam(required = false) @Nullable String until) {
        groupings.remove(actor, grouping, belonging, until);
        return to(grouping);
    }

    @PostMapping("/of/{grouping}/closing")
    @May(Right.UNION_FOUND)
    View close(Actor actor, @PathVariable GroupingId grouping) {
        groupings.close(actor, grouping);
        return to(grouping);
    }

    private static View to(GroupingId grouping) {
        return LocalAddress.redirect("/desk/groupings/of/" + grouping);
    }
}

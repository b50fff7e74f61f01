package org.gonghui.grouping;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Areas and associations as JSON. */
@RestController
@RequestMapping("/api/v1/groupings")
@Tag(name = "groupings")
class GroupingApi {

    /**
     * A grouping.
     *
     * @param kind {@code area}, {@code regional} or {@code industry}
     * @param owner the union that looks after it
     * @param closedOn the first day without it; null as long as there is one
     */
    record GroupingBody(
            UUID id,
            String kind,
            String name,
            String shortName,
            UUID owner,
            LocalDate beganOn,
            @Nullable LocalDate closedOn) {

        static GroupingBody of(Grouping grouping) {
            return new GroupingBody(
                    grouping.id().value(),
                    grouping.kind().name().toLowerCase(Locale.ROOT),
                    grouping.name(),
                    grouping.shortName(),
                    grouping.owner().value(),
                    grouping.beganOn(),
                    grouping.closedOn());
        }
    }

    /**
     * A union's time in a grouping.
     *
     * @param to the first day on which it belongs no more; null as long as it does
     */
    record BelongingBody(
            UUID id,
            String code,
            String name,
            LocalDate from,
            @Nullable LocalDate to) {}

    /**
     * One measure's year.
     *
     * @param value of the year so far: a sum for a flow, the last month's level for a stock
     * @param months twelve values; null for a month that has not begun, or in which the grouping was not there
     */
    record FigureBody(String measure, long value, List<@Nullable Long> months) {}

    private final Groupings groupings;
    private final GroupingFigures figures;
    private final Clock clock;

    GroupingApi(Groupings groupings, GroupingFigures figures, Clock clock) {
        this.groupings = groupings;
        this.figures = figures;
        this.clock = clock;
    }

    /** The groupings that a union and those below it look after, the open ones first. */
    @GetMapping
    @May(Right.UNION_READ)
    List<GroupingBody> below(Actor actor, @RequestParam UnionId union) {
        return groupings.below(actor, union).stream().map(GroupingBody::of).toList();
    }

    @GetMapping("/{grouping}")
    @May(Right.UNION_READ)
    GroupingBody grouping(Actor actor, @PathVariable UUID grouping) {
        return GroupingBody.of(groupings.get(actor, new GroupingId(grouping)));
    }

    /** Which unions belong to it and belonged, those that do first. */
    @GetMapping("/{grouping}/unions")
    @May(Right.UNION_READ)
    List<BelongingBody> unions(Actor actor, @PathVariable UUID grouping) {
        return groupings.belongings(actor, new GroupingId(grouping)).stream()
                .map(each -> new BelongingBody(
                        each.union().id().value(),
                        each.union().code(),
                        each.union().name(),
                        each.from(),
                        each.to()))
                .toList();
    }

    /**
     * What is counted in a year; a month is that of the unions which belonged at its end.
     *
     * @param year one on record; this year when left out
     */
    @GetMapping("/{grouping}/figures")
    @May(Right.MEMBER_READ)
    List<FigureBody> figures(
            Actor actor, @PathVariable UUID grouping, @RequestParam(required = false) @Nullable String year) {
        var id = new GroupingId(grouping);
        var input = new Input();
        int asked = input.yearWithin(
                "year",
                year,
                groupings.get(actor, id).beganOn().getYear(),
                LocalDate.now(clock).getYear());
        input.check();
        GroupingFigures.Year counted =
                figures.of(actor, id, asked).orElseThrow(() -> new Refused(GroupingRefusal.NO_SUCH_GROUPING));
        return IntStream.range(0, GroupingFigures.MEASURES.size())
                .mapToObj(measure -> new FigureBody(
                        GroupingFigures.MEASURES.get(measure).key(),
                        counted.value(measure),
                        months(counted, counted.months().get(measure))))
                .toList();
    }

    private static List<@Nullable Long> months(GroupingFigures.Year counted, long[] values) {
        return IntStream.range(0, values.length)
                .<@Nullable Long>mapToObj(month -> counted.isCounted(month + 1) ? values[month] : null)
                .toList();
    }
}

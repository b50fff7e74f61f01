package org.gonghui.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.gonghui.grouping.GroupingId;
import org.gonghui.grouping.Groupings;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionKind;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.stereotype.Component;

/** Two areas and an association of the shown district, their names invented. */
@Component
class DemoGroupings {

    private static final LocalDate FROM = LocalDate.of(2023, 1, 1);
    private static final LocalDate SECOND_FROM = LocalDate.of(2023, 7, 1);
    private static final int STREETS = 5;
    private static final int TRADE = 6;

    private final Groupings groupings;
    private final Unions unions;
    private final Clock clock;

    DemoGroupings(Groupings groupings, Unions unions, Clock clock) {
        this.groupings = groupings;
        this.unions = unions;
        this.clock = clock;
    }

    /** Makes them, unless somebody has: a city is made once, on whichever node. */
    void make(Actor platform, UnionId district) {
        if (!groupings.below(platform, district).isEmpty()) {
            return;
        }
        List<UnionSummary> streets = unions.children(platform, district).stream()
                .filter(union -> union.kind() == UnionKind.STREET_FEDERATION
                        && union.foundedOn().isBefore(FROM))
                .toList();
        List<UnionSummary> trade = streets.stream()
                .flatMap(street -> unions.children(platform, street.id()).stream())
                .filter(union -> union.kind() == UnionKind.BASE_UNION
                        && union.foundedOn().isBefore(FROM))
                .limit(TRADE)
                .toList();
        grouping(
                platform,
                district,
                "AREA",
                "澄湖片区",
                FROM,
                streets.stream().limit(STREETS).toList());
        grouping(
                platform,
                district,
                "AREA",
                "松岭片区",
                SECOND_FROM,
                streets.stream().skip(STREETS).limit(STREETS).toList());
        grouping(platform, district, "INDUSTRY", "青杉软件行业工会联合会", FROM, trade);
    }

    private void grouping(
            Actor platform, UnionId owner, String kind, String name, LocalDate from, List<UnionSummary> members) {
        GroupingId id = groupings.make(
                platform,
                owner,
                new GroupingId(Ids.next(clock)),
                new Groupings.Making(kind, name, "", from.toString()));
        members.forEach(union ->
                groupings.add(platform, id, Ids.next(clock), new Groupings.Adding(union.code(), from.toString())));
    }
}

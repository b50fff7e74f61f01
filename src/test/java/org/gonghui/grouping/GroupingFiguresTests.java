package org.gonghui.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Right;
import org.gonghui.member.Members;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A grouping's figures are a recount of the records of its unions, in every month, and nobody is counted twice. */
@CityTest
class GroupingFiguresTests {

    private static final int WORLDS = 4;
    private static final int STEPS = 12;
    private static final int YEAR = 2023;

    @Autowired
    private Groupings groupings;

    @Autowired
    private GroupingFigures figures;

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @Test
    void everyMonthIsThatOfARecount() {
        long seed = System.nanoTime();
        for (int world = 0; world < WORLDS; world++) {
            GroupingId grouping = anyGrouping(new Random(seed + world));
            GroupingFigures.Year year =
                    figures.of(given.districtOfficer(), grouping, YEAR).orElseThrow();
            long joined = 0;
            for (int month = 1; month <= year.lastMonth(); month++) {
                String what = "seed %d, month %d".formatted(seed + world, month);
                List<String> paths = paths(grouping, end(month));
                assertThat(value(year, Members.TOTAL.key(), month)).as(what).isEqualTo(total(paths, month));
                assertThat(value(year, Members.JOINED.key(), month)).as(what).isEqualTo(joined(paths, month));
                joined += joined(paths, month);
                List<GroupingFigures.Part> parts = parts(grouping, month);
                assertThat(parts.stream().mapToLong(GroupingFigures.Part::value).sum())
                        .as(what)
                        .isEqualTo(value(year, Members.TOTAL.key(), month));
            }
            assertThat(year.value(indexOf(Members.JOINED.key()))).isEqualTo(joined);
            assertThat(year.value(indexOf(Members.TOTAL.key())))
                    .isEqualTo(value(year, Members.TOTAL.key(), year.lastMonth()));
        }
    }

    @Test
    void aUnionBelowAnotherOneOfThemIsCountedOnce() {
        GroupingId grouping = make();
        add(grouping, given.street(), LocalDate.of(YEAR, 1, 1));
        GroupingFigures.Year alone =
                figures.of(given.districtOfficer(), grouping, YEAR).orElseThrow();
        add(grouping, given.base(), LocalDate.of(YEAR, 1, 1));
        GroupingFigures.Year both =
                figures.of(given.districtOfficer(), grouping, YEAR).orElseThrow();
        assertThat(alone.value(0)).isPositive();
        for (int measure = 0; measure < GroupingFigures.MEASURES.size(); measure++) {
            assertThat(both.months().get(measure)).isEqualTo(alone.months().get(measure));
        }
    }

    /** The number opens its unions, and each of theirs the people: as many as it says. */
    @Test
    void aNumberOpensItsUnionsAndTheyTheirPeople() {
        GroupingId grouping = make();
        add(grouping, given.street(), LocalDate.of(YEAR, 1, 1));
        add(grouping, given.base(), LocalDate.of(YEAR, 1, 1)); // below the street: no part of its own
        List<GroupingFigures.Part> parts = parts(grouping, 3);
        assertThat(parts)
                .extracting(part -> part.union().id())
                .containsExactly(given.street().id());
        Visitor officer = visitors.signedIn("district@demo");
        String here = "/desk/groupings/of/" + grouping;
        String figure = "/figure?of=" + Members.TOTAL.key() + "&year=2023&month=MARCH";
        assertThat(officer.get(here + "?year=2023").body()).contains(here + figure);
        String people = "/desk/members/" + given.street().id() + "?of=" + Members.TOTAL.key() + "&period=2023-03";
        String page = officer.get(here + figure).body();
        assertThat(page).contains(people);
        assertThat(officer.get(people).body())
                .contains("%,d".formatted(parts.getFirst().value()));
        assertThat(figures.parts(given.otherDistrictOfficer(), grouping, Members.TOTAL, YearMonth.of(YEAR, 3)))
                .isEmpty();
        assertThat(visitors.signedIn("auditor@demo").get(here + figure).statusCode())
                .isEqualTo(403);
        for (String odd : List.of(
                "of=x&year=2023&month=MARCH", "of=member.total&year=1850&month=MARCH", "of=member.total&month=13")) {
            assertThat(officer.get(here + "/figure?" + odd).statusCode())
                    .as(odd)
                    .isEqualTo(422);
        }
    }

    private List<GroupingFigures.Part> parts(GroupingId grouping, int month) {
        return figures.parts(given.districtOfficer(), grouping, Members.TOTAL, YearMonth.of(YEAR, month))
                .orElseThrow();
    }

    /** What was not there did not count zero: blank, with a sentence. */
    @Test
    void monthsBeforeItBeganAndAfterItEndedAreBlank() {
        GroupingId area = groupings.make(
                given.districtOfficer(),
                given.district().id(),
                new GroupingId(UUID.randomUUID()),
                new Groupings.Making("AREA", "片" + UUID.randomUUID(), "", "2023-05-10"));
        add(area, given.street(), LocalDate.of(YEAR, 5, 10));
        GroupingFigures.Year year =
                figures.of(given.districtOfficer(), area, YEAR).orElseThrow();
        for (int month = 1; month <= 12; month++) {
            assertThat(year.isCounted(month)).as("month %d", month).isEqualTo(month >= 5);
        }
        Visitor officer = visitors.signedIn("district@demo");
        assertThat(officer.get("/desk/groupings/of/" + area).body())
                .contains("2023-05-10 设立，此前的月份空着，不是零。")
                .containsPattern("<td class=\"text-end muted\"><span class=\"visually-hidden\">尚未设立</span></td>");
        assertThat(officer.get("/api/v1/groupings/" + area + "/figures").body())
                .contains("\"months\":[null,null,null,null," + year.months().getFirst()[4]);
        groupings.close(given.districtOfficer(), area);
        assertThat(figures.of(given.districtOfficer(), area, YEAR).orElseThrow().isCounted(12))
                .isFalse();
        assertThat(officer.get("/desk/groupings/of/" + area).body()).contains("结束，那个月和以后空着");
    }

    @Test
    void aDayOrYearThatIsNoneIsSaidAndNoOtherIsShown() {
        GroupingId area = make();
        LocalDate today = LocalDate.now(clock);
        Visitor officer = visitors.signedIn("district@demo");
        String address = "/desk/groupings/of/" + area;
        for (String text : List.of("1850", Integer.toString(today.getYear() + 1), "BAD")) {
            HttpResponse<String> page = officer.get(address + "?year=" + text);
            assertThat(page.statusCode()).as(text).isEqualTo(422);
            assertThat(page.body())
                    .contains("“" + text + "”不是这里能看的年份：从 2023 到 " + today.getYear())
                    .contains("<option value=\"" + text + "\" selected>");
            assertThat(officer.get("/api/v1/groupings/" + area + "/figures?year=" + text)
                            .statusCode())
                    .isEqualTo(422);
        }
        for (String text : List.of("2022-12-31", "2023-02-30", "BAD")) {
            HttpResponse<String> page = officer.get(address + "?day=" + text);
            assertThat(page.statusCode()).as(text).isEqualTo(422);
            assertThat(page.body())
                    .contains("“" + text + "”不是这里能看的日子：从 2023-01-01 到 " + today)
                    .contains("value=\"" + text + "\"");
        }
    }

    /** Streets and base unions, some of them below each other, come and go on any days of the year. */
    private GroupingId anyGrouping(Random random) {
        Actor officer = given.districtOfficer();
        List<UnionSummary> some = new ArrayList<>();
        for (UnionSummary street : unions.children(officer, given.district().id())) {
            some.add(street);
            unions.children(officer, street.id()).stream().limit(2).forEach(some::add);
        }
        some.removeIf(union -> union.foundedOn().isAfter(LocalDate.of(YEAR, 1, 1)));
        GroupingId grouping = make();
        for (int step = 0; step < STEPS; step++) {
            LocalDate day = LocalDate.of(YEAR, 1, 1).plusDays(random.nextInt(360));
            List<Groupings.Belonging> open = groupings.belongings(officer, grouping).stream()
                    .filter(each -> each.to() == null && !each.from().isAfter(day))
                    .toList();
            UnionSummary union = some.get(random.nextInt(some.size()));
            boolean belonged = groupings.belongings(officer, grouping).stream()
                    .anyMatch(each -> each.union().id().equals(union.id()));
            if (random.nextInt(3) == 0 && !open.isEmpty()) {
                groupings.remove(officer, grouping, open.getFirst().id(), day.toString());
            } else if (!belonged) {
                add(grouping, union, day);
            }
        }
        return grouping;
    }

    private List<String> paths(GroupingId grouping, LocalDate day) {
        TreeView tree = unions.asOf(given.districtOfficer(), Right.FIGURE_READ, day);
        return groupings.belongings(given.districtOfficer(), grouping).stream()
                .filter(each -> each.on(day))
                .flatMap(each -> tree.find(each.union().id()).stream())
                .map(union -> union.path().value())
                .toList();
    }

    private long total(List<String> paths, int month) {
        return count("began_on <= :day and (ended_on is null or ended_on > :day)", paths, month);
    }

    private long joined(List<String> paths, int month) {
        return count("began_by = 'joined' and date_trunc('month', began_on) = date_trunc('month', :day)", paths, month);
    }

    private long count(String which, List<String> paths, int month) {
        return jdbc.sql("""
                        select count(*) from member_membership
                          join org_place place on place.union_id = member_membership.union_id
                               and place.valid_from <= :day and (place.valid_to is null or place.valid_to > :day)
                         where exists (select 1 from unnest(:paths) as part (path)
                                        where place.path = part.path or place.path like part.path || '.%') and
                        """ + which)
                .param("day", end(month))
                .param("paths", paths.toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    private LocalDate end(int month) {
        LocalDate end = YearMonth.of(YEAR, month).atEndOfMonth();
        LocalDate today = LocalDate.now(clock);
        return end.isAfter(today) ? today : end;
    }

    private static long value(GroupingFigures.Year year, String measure, int month) {
        return year.months().get(indexOf(measure))[month - 1];
    }

    private static int indexOf(String measure) {
        for (int i = 0; i < GroupingFigures.MEASURES.size(); i++) {
            if (GroupingFigures.MEASURES.get(i).key().equals(measure)) {
                return i;
            }
        }
        throw new AssertionError(measure);
    }

    private GroupingId make() {
        return groupings.make(
                given.districtOfficer(),
                given.district().id(),
                new GroupingId(UUID.randomUUID()),
                new Groupings.Making("REGIONAL", "联合会" + UUID.randomUUID(), "", "2023-01-01"));
    }

    private void add(GroupingId grouping, UnionSummary union, LocalDate from) {
        groupings.add(
                given.districtOfficer(),
                grouping,
                UUID.randomUUID(),
                new Groupings.Adding(union.code(), from.toString()));
    }
}

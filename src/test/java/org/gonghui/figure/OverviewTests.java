package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.gonghui.access.Role;
import org.gonghui.figure.OverviewDesk.Asked;
import org.gonghui.figure.OverviewDesk.OverviewPage;
import org.gonghui.figure.OverviewDesk.Sort;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Measure;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The figures of every node are those of a recount, and those below add up to those above. */
@CityTest
class OverviewTests {

    @Autowired
    private Overview overview;

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void everyNodesFiguresAreThoseOfARecount() {
        Actor city = given.cityOfficer();
        recountAndGoDown(city, given.city(), 2);
        recountAndGoDown(city, given.street(), 1);
    }

    @Test
    void theWholeCityHasItsMembersAndThoseWhoCameSince() {
        assertThat(overview.of(given.cityOfficer(), given.city().id(), 2023, overview.tree(2023, ""))
                        .figures()
                        .total())
                .isGreaterThanOrEqualTo(4000);
    }

    @Test
    void aYearBeforeTheFirstRecordHasNothing() {
        Overview.Figures before = overview.of(given.cityOfficer(), given.city().id(), 2020, overview.tree(2020, ""))
                .figures();
        assertThat(before.total()).isZero();
        assertThat(before.joined()).isZero();
    }

    @Test
    void aNewUnionStandsInTheTableWithNothing() {
        UnionId id = unions.found(
                given.streetOfficer(),
                given.street().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "BASE_UNION", "2023-12-01", ""));
        assertThat(overview.of(given.streetOfficer(), given.street().id(), 2023, overview.tree(2023, ""))
                        .below())
                .filteredOn(row -> row.union().id().equals(id))
                .singleElement()
                .satisfies(row -> assertThat(row.figures().total()).isZero());
        assertThat(overview.of(given.streetOfficer(), id, 2023, overview.tree(2023, ""))
                        .figures()
                        .total())
                .isZero();
    }

    /** Never another year than the one asked for: the page and the program say what was asked and what is there. */
    @Test
    void aYearThatIsNoneIsSaidAndNoOtherIsShown() {
        Visitor officer = visitors.signedIn("district@demo");
        for (String text : List.of("1850", "2024", "2021", "BAD", "2023-13")) {
            for (String page : List.of("/desk/overview/", "/desk/figures/")) {
                HttpResponse<String> answer =
                        officer.get(page + given.district().id() + "?year=" + text);
                assertThat(answer.statusCode()).as(page + text).isEqualTo(422);
                assertThat(answer.body())
                        .contains("“" + text + "”不是这里能看的年份：从 2022 到 2023")
                        .contains("<option value=\"" + text + "\" selected>")
                        .doesNotContain("/desk/members/" + given.district().id());
            }
            HttpResponse<String> program =
                    officer.get("/api/v1/figures/" + given.district().id() + "?year=" + text);
            assertThat(program.statusCode()).as(text).isEqualTo(422);
            assertThat(program.body()).contains("从 2022 到 2023");
        }
        assertThat(officer.get("/desk/overview/" + given.district().id() + "?year=2022")
                        .statusCode())
                .isEqualTo(200);
    }

    /** On a phone there is room for three columns: the figure that is looked at is the first to have one. */
    @Test
    void theFigureThatIsLookedAtHasItsColumn() {
        Overview.Answer answer =
                overview.of(given.districtOfficer(), given.district().id(), 2023, overview.tree(2023, ""));
        for (Measure measure : Overview.MEASURES) {
            for (Sort sort : Sort.values()) {
                var asked = new Asked(given.district().id(), 2023, 2023, "", measure, sort, false);
                OverviewPage page = OverviewPage.of(answer, asked, List.of(2023));
                assertThat(page.columns()).contains(Sort.of(measure)).doesNotContain(Sort.PLACE);
                List<Sort> onPhone =
                        page.columns().stream().filter(page::onPhone).toList();
                assertThat(onPhone).hasSize(3).contains(Sort.of(measure));
                if (sort != Sort.PLACE) {
                    assertThat(onPhone).contains(sort);
                }
            }
        }
    }

    /** A measure is called the same in its card, the table, the chart, the tiles, its list, the wall and the comparison. */
    @Test
    void aFigureHasOneName() {
        Visitor officer = visitors.signedIn("city@demo");
        String page = officer.get("/desk/overview/" + given.city().id() + "?card=member.joined-new-form")
                .body();
        String name = "新发展新就业形态会员";
        assertThat(page)
                .containsPattern("id=\"chosen-title\">" + name + "<")
                .containsPattern("id=\"chart-title\"[^>]*>逐月" + name)
                .containsPattern("sort=JOINED_NEW_FORM#below-title\">" + name)
                .containsPattern("id=\"tiles-title\"[^>]*>各区" + name)
                .contains("口径 · " + name);
        assertThat(officer.get("/desk/wall/" + given.city().id()).body()).contains(">本年" + name + "<");
        for (String other : List.of(
                "/desk/figures/%s/comparison?of=member.joined-new-form",
                "/desk/members/%s?of=member.joined-new-form", "/desk/figures/%s")) {
            assertThat(officer.get(other.formatted(given.city().id())).body()).contains(name);
        }
    }

    @Test
    void figuresOutsideOnesPartAreNotShown() {
        for (Actor actor :
                List.of(given.streetOfficer(), given.officer(Role.ADMINISTRATOR, given.city()), Actor.nobody())) {
            assertThatThrownBy(() -> overview.of(actor, given.otherDistrict().id(), 2023, overview.tree(2023, "")))
                    .isInstanceOf(Refused.class);
        }
    }

    private void recountAndGoDown(Actor actor, UnionSummary union, int levels) {
        Overview.Answer answer = overview.of(actor, union.id(), 2023, overview.tree(2023, ""));
        Overview.Figures figures = answer.figures();
        assertThat(new long[] {
                    figures.total(), figures.joined(), figures.joinedNewForm(), figures.newForm(), figures.gone()
                })
                .as(union.name())
                .containsExactly(recount(union));
        if (!answer.below().isEmpty()) {
            assertThat(answer.below().stream()
                            .mapToLong(row -> row.figures().total())
                            .sum())
                    .as("below " + union.name())
                    .isEqualTo(figures.total());
            assertThat(answer.below().stream()
                            .mapToLong(row -> row.figures().joined())
                            .sum())
                    .isEqualTo(figures.joined());
        }
        if (levels > 0) {
            unions.children(actor, union.id()).forEach(child -> recountAndGoDown(actor, child, levels - 1));
        }
        assertThat(unions.get(actor, union.id(), Right.FIGURE_READ)).isNotNull();
    }

    /** The same figures from the records themselves, in the plainest way. */
    private long[] recount(UnionSummary union) {
        return jdbc.sql("""
                        select count(*) filter (where ended_on is null),
                               count(*) filter (where began_by = 'joined' and began_on >= date '2023-01-01'),
                               count(*) filter (where began_by = 'joined' and began_on >= date '2023-01-01' and at_start.new_form),
                               count(*) filter (where ended_on is null and now_at.new_form),
                               count(*) filter (where ended_by in ('left', 'retired', 'died'))
                          from member_membership
                          join member_employment at_start on at_start.code = employment_at_start
                          join member_employment now_at on now_at.code = employment
                          join org_placement on org_placement.union_id = member_membership.union_id and org_placement.valid_to is null
                         where path = :path or path like :below
                        """)
                .param("path", union.path().value())
                .param("below", union.path().value() + ".%")
                .query((row, number) ->
                        new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)})
                .single();
    }
}

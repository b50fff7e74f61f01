package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The screen on the wall shows the overview's figures, and asking again costs nothing while nothing has changed. */
@CityTest
class WallTests {

    @Autowired
    private Overview overview;

    @Autowired
    private Members members;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Test
    void itsNumbersAreThoseOfTheOverview() {
        Overview.Figures figures = overview.of(
                        given.districtOfficer(), given.district().id(), 2023, overview.tree(2023, ""))
                .figures();
        String wall =
                visitors.signedIn("district@demo").get(wall(given.district())).body();
        for (WallDesk.Cell cell : WallDesk.Cell.values()) {
            long value = cell.isOfThisMonth() ? figures.monthsOf(cell.measure())[11] : figures.of(cell.measure());
            assertThat(wall)
                    .as(cell.name())
                    .containsPattern("data-live=\"" + cell + "\">\\s*(<a [^>]*>)?%,d\\s*<".formatted(value));
        }
        assertThat(wall).contains("card=member.new-form", "hx-get=\"" + wall(given.district()) + "/figures\"");
    }

    @Test
    void whoeverHasTheFiguresIsToldSoUntilTheyChange() {
        Visitor officer = visitors.signedIn("street@demo");
        String figures = wall(given.street()) + "/figures";
        HttpResponse<String> first = officer.get(figures);
        String version = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> same = officer.program("GET", figures, "", "If-None-Match", version);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("Cache-Control")).contains("no-store");
        members.admit(
                Actor.platform("test"),
                given.base().id(),
                Given.freshPerson(new Employment("regular", false)),
                Optional.empty());
        HttpResponse<String> changed = officer.program("GET", figures, "", "If-None-Match", version);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(version);
        assertThat(changed.body().strip()).startsWith("<div id=\"wall\"").doesNotContain("<html");
    }

    @Test
    void whatIsOutsideHangsOnNoWall() {
        for (String part : new String[] {"", "/figures"}) {
            assertThat(visitors.signedIn("street@demo")
                            .get(wall(given.otherDistrict()) + part)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(Visitor.location(visitors.fresh().get(wall(given.city()) + part)))
                    .startsWith("/sign-in?to=");
        }
    }

    private static String wall(UnionSummary union) {
        return "/desk/wall/" + union.id();
    }
}

package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Refused;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The comparison says what the overview says; its rows and what is directly the union's add up, and so does its file. */
@CityTest
class ComparingTests {

    private static final String NEW_FORM = "member.joined-new-form";

    @Autowired
    private Comparing comparing;

    @Autowired
    private Overview overview;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Test
    void aYearIsTheOverviewsForEveryMeasureAndUnion() {
        Actor city = given.cityOfficer();
        Overview.Answer page = overview.of(city, given.city().id(), 2023, overview.tree(2023, ""));
        for (Measure measure : Overview.MEASURES) {
            Comparison found = comparing.of(city, given.city().id(), measure.key(), "2023", false, "");
            assertThat(found.whole().now())
                    .as(measure.key())
                    .isEqualTo(page.figures().of(measure));
            assertThat(found.whole().before())
                    .isEqualTo(OptionalLong.of(page.lastYear().orElseThrow().of(measure)));
            assertThat(found.rows())
                    .hasSameSizeAs(page.below())
                    .allSatisfy(row -> assertThat(page.below())
                            .filteredOn(below ->
                                    below.union().id().equals(row.union().id()))
                            .singleElement()
                            .satisfies(below -> assertThat(below.figures().of(measure))
                                    .isEqualTo(row.pair().now())));
        }
    }

    @Test
    void aYearEarlierIsTheOverviewsOfThatYear() {
        Actor city = given.cityOfficer();
        Overview.Answer earlier = overview.of(city, given.city().id(), 2022, overview.tree(2022, "today"));
        Comparison found = comparing.of(city, given.city().id(), Members.TOTAL.key(), "2023", false, "");
        assertThat(found.whole().before())
                .isEqualTo(OptionalLong.of(earlier.figures().total()));
        assertThat(found.whole().change())
                .isEqualTo(
                        OptionalLong.of(found.whole().now() - earlier.figures().total()));
    }

    @Test
    void aMonthIsTheOverviewsMonthAndStreetsAddUpToTheCity() {
        Actor city = given.cityOfficer();
        Overview.Answer page = overview.of(city, given.city().id(), 2023, overview.tree(2023, ""));
        for (Measure measure : List.of(Members.JOINED_NEW_FORM, Members.TOTAL)) {
            Comparison found = comparing.of(city, given.city().id(), measure.key(), "2023-03", true, "");
            assertThat(found.streets()).isTrue();
            assertThat(found.rows()).allMatch(row -> row.union().path().depth() == 3);
            assertThat(found.whole().now())
                    .isEqualTo(page.figures().monthsOf(measure)[2])
                    .isPositive();
            assertThat(found.rows().stream().mapToLong(row -> row.pair().now()).sum()
                            + found.direct().now())
                    .isEqualTo(found.whole().now());
        }
    }

    @Test
    void theGreatestComesFirstAndEqualsShareARank() {
        List<Comparison.Row> rows = comparing
                .of(given.cityOfficer(), given.city().id(), Members.JOINED.key(), "2023-03", true, "")
                .rows();
        for (int i = 1; i < rows.size(); i++) {
            long above = rows.get(i - 1).pair().now();
            long here = rows.get(i).pair().now();
            assertThat(above).isGreaterThanOrEqualTo(here);
            assertThat(rows.get(i).rank())
                    .isEqualTo(above == here ? rows.get(i - 1).rank() : i + 1);
        }
    }

    @Test
    void aYearBeforeTheFirstOnRecordIsNotTakenForZero() {
        Comparison first =
                comparing.of(given.cityOfficer(), given.city().id(), Members.JOINED.key(), "2022", false, "");
        assertThat(first.whole().before()).isEmpty();
        assertThat(first.whole().change()).isEmpty();
        assertThat(first.rows())
                .isNotEmpty()
                .allMatch(row -> row.pair().before().isEmpty());
        assertThat(new Comparison.Pair(3, OptionalLong.of(0), false, false).percent())
                .isNaN();
        assertThat(new Comparison.Pair(3, OptionalLong.of(4), false, false).percent())
                .isEqualTo(-25);
    }

    @Test
    void whatIsNotKnownOfTheQuestionIsTheUsualOne() {
        for (String nonsense : List.of("", "2023-13", "1999", "2024-01", "x", "2023-3", "二〇二三")) {
            Comparison found = comparing.of(given.cityOfficer(), given.city().id(), nonsense, nonsense, true, nonsense);
            assertThat(found.measure()).isEqualTo(Members.JOINED);
            assertThat(found.period().text()).isEqualTo("2023");
        }
        assertThat(comparing
                        .of(given.streetOfficer(), given.street().id(), "", "", true, "")
                        .streets())
                .as("a street has no streets below it")
                .isFalse();
    }

    @Test
    void nothingIsComparedOutsideOnesPart() {
        for (Actor actor : List.of(given.streetOfficer(), Actor.nobody())) {
            assertThatThrownBy(() -> comparing.of(actor, given.otherDistrict().id(), "", "", false, ""))
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void theFileHoldsTheRowsOfThePage() {
        Visitor officer = visitors.signedIn("district@demo");
        String address = "/desk/figures/" + given.district().id() + "/comparison";
        String query = "?of=" + NEW_FORM + "&period=2023-03";
        Comparison found =
                comparing.of(given.districtOfficer(), given.district().id(), NEW_FORM, "2023-03", false, "");
        List<String> lines = officer.get(address + "/export" + query + "&format=CSV")
                .body()
                .lines()
                .toList();
        assertThat(lines).hasSize(found.rows().size() + 2); // headings and the whole
        for (int i = 0; i < found.rows().size(); i++) {
            Comparison.Row row = found.rows().get(i);
            assertThat(lines.get(i + 2))
                    .startsWith("\"%d\",\"%s\",\"%s\",\"%d\","
                            .formatted(
                                    row.rank(),
                                    row.union().code(),
                                    row.union().name(),
                                    row.pair().now()));
        }
        assertThat(officer.get(address + query).body())
                .contains(found.rows().getFirst().union().name())
                .contains("of=" + NEW_FORM + "&amp;period=2023-03");
        assertThat(officer.get(address + "/export" + query + "&format=XLSX").statusCode())
                .isEqualTo(200);
        assertThat(officer.get(address + "/export" + query + "&format=PDF").statusCode())
                .isEqualTo(422);
    }
}

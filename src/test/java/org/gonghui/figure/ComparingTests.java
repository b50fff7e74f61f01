package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.org.Unions;
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
    private Unions unions;

    @Autowired
    private Clock clock;

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
    void whatWasLeftOutOfTheQuestionIsTheUsualOne() {
        Comparison found = comparing.of(given.cityOfficer(), given.city().id(), "", "", true, "");
        assertThat(found.measure()).isEqualTo(Members.JOINED);
        assertThat(found.period().text()).isEqualTo("2023");
        assertThat(comparing
                        .of(given.streetOfficer(), given.street().id(), "", "", true, "")
                        .streets())
                .as("a street has no streets below it")
                .isFalse();
    }

    /** Never another period than the one asked for: the page says what was asked and what is there, the file is none. */
    @Test
    void aPeriodThatIsNoneIsSaidAndNoOtherIsShown() {
        Visitor officer = visitors.signedIn("district@demo");
        String address = "/desk/figures/" + given.district().id() + "/comparison";
        for (String text : List.of("2023-13", "1999", "2024-01", "x", "2021-12")) {
            HttpResponse<String> page = officer.get(address + "?of=" + NEW_FORM + "&period=" + text);
            assertThat(page.statusCode()).as(text).isEqualTo(422);
            assertThat(page.body())
                    .contains("“" + text + "”不是这里能看的月份或年份：从 2022 到 2023-12")
                    .contains("<option value=\"" + text + "\" selected>")
                    .containsPattern("value=\"" + NEW_FORM + "\" selected")
                    .doesNotContain("id=\"ranked\"");
            HttpResponse<String> file = officer.get(address + "/export?period=" + text);
            assertThat(file.statusCode()).as(text).isEqualTo(422);
            assertThat(file.body()).contains("“" + text + "”不是这里能看的月份或年份：从 2022 到 2023-12");
        }
        assertThat(officer.get(address + "?period=2023年3月").body()).contains("2022 年 3 月");
        HttpResponse<String> tree = officer.get(address + "?period=2023&tree=gestern");
        assertThat(tree.statusCode()).isEqualTo(422);
        assertThat(tree.body()).contains("“gestern”不是这里能看的日子");
    }

    @Test
    void whoWasNotFoundedYetDidNotCountZero() {
        Actor city = given.cityOfficer();
        UnionId id = unions.found(
                city,
                given.street().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "BASE_UNION", "2023-02-01", ""));
        Comparison found = comparing.of(city, given.street().id(), Members.JOINED.key(), "2023-03", false, "");
        assertThat(row(found, id).notYetFounded()).isTrue();
        assertThat(row(found, id).before()).isEmpty();
        assertThat(row(found, id).percent()).isNaN();
        assertThat(found.rows())
                .filteredOn(row -> row.union().foundedOn().isBefore(LocalDate.of(2022, 3, 1)))
                .isNotEmpty()
                .allMatch(row ->
                        !row.pair().notYetFounded() && row.pair().before().isPresent());
        assertThat(comparing
                        .of(city, id, Members.JOINED.key(), "2023-03", false, "")
                        .whole()
                        .notYetFounded())
                .isTrue();
        Visitor officer = visitors.signedIn("city@demo");
        String address = "/desk/figures/" + given.street().id() + "/comparison";
        String query = "?rows=all&period=2023-03&of=member.joined";
        assertThat(officer.get(address + query).body()).containsPattern("<span class=\"not-there\">尚未建立</span>");
        assertThat(officer.get(address + "/export" + query + "&format=CSV").body())
                .contains("\"" + given.union(id).name() + "\",0,\"尚未建立\",\"\",\"\"");
    }

    /** Its records are with whoever took them over, in both years: the row says so instead of a number. */
    @Test
    void whoHasGoneUpInAnotherUnionIsNamedWithIt() {
        Actor city = given.cityOfficer();
        Visitor officer = visitors.signedIn("city@demo");
        List<UnionId> two = given.mergedBases(officer, LocalDate.now(clock));
        Comparison found = comparing.of(city, given.street().id(), Members.JOINED.key(), "2023", false, "today");
        assertThat(found.ended())
                .filteredOn(ended -> ended.union().id().equals(two.getFirst()))
                .singleElement()
                .satisfies(ended -> assertThat(ended.keeper().id()).isEqualTo(two.getLast()));
        assertThat(officer.get("/desk/figures/" + given.street().id() + "/comparison?tree=today")
                        .body())
                .contains("已合并或撤销，两年的数都计在" + given.union(two.getLast()).name());
    }

    private static Comparison.Pair row(Comparison found, UnionId union) {
        return found.rows().stream()
                .filter(row -> row.union().id().equals(union))
                .findFirst()
                .orElseThrow()
                .pair();
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
                    .startsWith("%d,\"%s\",\"%s\",%d,%s,"
                            .formatted(
                                    row.rank(),
                                    row.union().code(),
                                    row.union().name(),
                                    row.pair().now(),
                                    row.pair().notYetFounded()
                                            ? "\"尚未建立\",\"\""
                                            : row.pair().before().orElseThrow() + ","
                                                    + row.pair().change().orElseThrow()));
        }
        assertThat(officer.get(address + query).body())
                .contains(found.rows().getFirst().union().name())
                .contains("of=" + NEW_FORM + "&amp;period=2023-03");
        assertThat(officer.get(address + "/export" + query + "&format=XLSX").headers())
                .extracting(headers -> headers.firstValue("Content-Disposition").orElse(""))
                .asString()
                .contains(URLEncoder.encode(
                        given.district().name() + "-新发展新就业形态会员-2023-03.xlsx", StandardCharsets.UTF_8));
        assertThat(officer.get(address + "/export" + query + "&format=PDF").statusCode())
                .isEqualTo(422);
    }
}

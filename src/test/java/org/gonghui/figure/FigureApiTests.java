package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program gets the numbers of the pages, with their meaning and their tree. */
@CityTest
class FigureApiTests {

    @Autowired
    private Overview overview;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JsonMapper json;

    @Autowired
    private Clock clock;

    @Test
    void itSaysWhatThePageSays() {
        Visitor officer = visitors.signedIn("district@demo");
        Overview.Answer page =
                overview.of(given.districtOfficer(), given.district().id(), 2023, overview.tree(2023, ""));
        JsonNode answer = read(officer, given.district().id() + "?year=2023");
        assertThat(answer.get("tree").asString()).isEqualTo(page.tree().day().toString());
        for (Measure measure : Overview.MEASURES) {
            JsonNode figure = figure(answer, measure);
            assertThat(figure.get("value").asLong())
                    .as(measure.key())
                    .isEqualTo(page.figures().of(measure));
            for (int month = 0; month < page.lastMonth(); month++) {
                assertThat(figure.get("months").get(month).asLong())
                        .isEqualTo(page.figures().monthsOf(measure)[month]);
            }
        }
        assertThat(answer.get("below").size()).isEqualTo(page.below().size());
        for (int i = 0; i < page.below().size(); i++) {
            assertThat(answer.get("below")
                            .get(i)
                            .get("values")
                            .get(Members.JOINED.key())
                            .asLong())
                    .isEqualTo(page.below().get(i).figures().joined());
        }
    }

    @Test
    void aMonthThatHasNotBegunIsNotZero() {
        int begun = LocalDate.now(clock).getMonthValue();
        JsonNode running = figure(
                        read(
                                visitors.signedIn("district@demo"),
                                given.district().id().toString()),
                        Members.JOINED)
                .get("months");
        for (int month = 0; month < 12; month++) {
            assertThat(running.get(month).isNull()).isEqualTo(month >= begun);
        }
    }

    @Test
    void aTreeIsNeverEarlierThanTheYear() {
        Visitor officer = visitors.signedIn("district@demo");
        for (String tree : new String[] {"", "1999-01-01", "2022-12-31"}) {
            assertThat(read(officer, given.district().id() + "?year=2022&tree=" + tree)
                            .get("tree")
                            .asString())
                    .as(tree)
                    .isEqualTo("2022-12-31");
        }
        assertThat(read(officer, given.district().id() + "?year=2022&tree=today")
                        .get("tree")
                        .asString())
                .isEqualTo(LocalDate.now(clock).toString());
        for (String tree : new String[] {"nonsense", "2099-01-01"}) {
            String address = "/api/v1/figures/" + given.district().id() + "?year=2022&tree=" + tree;
            assertThat(officer.get(address).statusCode()).as(tree).isEqualTo(422);
        }
    }

    @Test
    void everyMeasureHasItsMeaning() {
        JsonNode measures = json.readTree(
                visitors.signedIn("district@demo").get("/api/v1/figures").body());
        assertThat(measures.size()).isEqualTo(Members.MEASURES.size());
        measures.forEach(measure -> {
            assertThat(measure.get("meaning").asString()).isNotBlank();
            assertThat(measure.get("records").asString()).contains("member_membership");
        });
    }

    @Test
    void whatIsOutsideIsNotThere() {
        assertThat(visitors.signedIn("street@demo")
                        .get("/api/v1/figures/" + given.otherDistrict().id())
                        .statusCode())
                .isEqualTo(404);
    }

    private JsonNode read(Visitor visitor, String question) {
        return json.readTree(visitor.get("/api/v1/figures/" + question).body());
    }

    private static JsonNode figure(JsonNode answer, Measure measure) {
        for (JsonNode figure : answer.get("figures")) {
            if (figure.get("measure").asString().equals(measure.key())) {
                return figure;
            }
        }
        throw new AssertionError(measure.key() + " is missing");
    }
}

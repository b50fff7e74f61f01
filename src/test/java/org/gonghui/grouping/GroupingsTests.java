package org.gonghui.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.access.Role;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Areas and associations: who may make and change them, and which unions belong when. */
@CityTest
class GroupingsTests {

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
    private Clock clock;

    @Test
    void anAreaHasItsStreetsFromADayToADay() {
        Actor officer = given.districtOfficer();
        GroupingId area = make("AREA", "2023-02-01");
        add(area, given.street(), "2023-03-08");
        Groupings.Belonging street = groupings.belongings(officer, area).getFirst();
        groupings.remove(officer, area, street.id(), "2023-06-01");
        add(area, given.street(), "2023-09-01");
        assertThat(belongs(area, "2023-03-07")).isFalse();
        assertThat(belongs(area, "2023-03-08")).isTrue();
        assertThat(belongs(area, "2023-05-31")).isTrue();
        assertThat(belongs(area, "2023-06-01")).isFalse();
        assertThat(belongs(area, "2023-09-01")).isTrue();
        assertThat(groupings.history(officer, area))
                .extracting(Audit.Entry::action)
                .containsExactly("grouping.add", "grouping.remove", "grouping.add", "grouping.make");
    }

    @Test
    void theSameFormSentTwiceActsOnce() {
        Actor officer = given.districtOfficer();
        var key = new GroupingId(UUID.randomUUID());
        var making = new Groupings.Making("INDUSTRY", fresh(), "", "2023-02-01");
        groupings.make(officer, given.district().id(), key, making);
        groupings.make(officer, given.district().id(), key, making);
        assertThat(groupings.history(officer, key)).hasSize(1);
        assertRefused(
                GroupingRefusal.FORM_USED_BEFORE,
                () -> groupings.make(
                        officer,
                        given.district().id(),
                        key,
                        new Groupings.Making("INDUSTRY", fresh(), "", "2023-02-01")));
        UUID row = UUID.randomUUID();
        var adding = new Groupings.Adding(given.street().code(), "2023-03-01");
        groupings.add(officer, key, row, adding);
        groupings.add(officer, key, row, adding);
        assertThat(groupings.belongings(officer, key)).hasSize(1);
        assertRefused(GroupingRefusal.BELONGS_ALREADY, () -> groupings.add(officer, key, UUID.randomUUID(), adding));
    }

    @Test
    void anAreaIsMadeOfStreets() {
        GroupingId area = make("AREA", "2023-02-01");
        assertRefused(GroupingRefusal.KIND_DOES_NOT_FIT, () -> add(area, given.base(), "2023-12-27"));
        add(make("REGIONAL", "2023-02-01"), given.base(), "2023-12-27");
    }

    @Test
    void onlyWhatStandsBelowTheOwnerBelongs() {
        Actor city = given.cityOfficer();
        GroupingId area = make("AREA", "2023-02-01");
        UnionSummary elsewhere =
                unions.children(city, given.otherDistrict().id()).getFirst();
        assertThatThrownBy(() -> groupings.add(
                        city, area, UUID.randomUUID(), new Groupings.Adding(elsewhere.code(), "2023-12-01")))
                .isInstanceOf(BadInput.class);
        for (String typed : new String[] {"", "没有这个工会", elsewhere.name()}) {
            assertThatThrownBy(() -> groupings.add(
                            given.districtOfficer(),
                            area,
                            UUID.randomUUID(),
                            new Groupings.Adding(typed, "2023-12-01")))
                    .isInstanceOf(BadInput.class);
        }
        assertThat(groupings.belongings(city, area)).isEmpty();
    }

    @Test
    void daysLieBetweenTheBeginningAndToday() {
        GroupingId area = make("AREA", "2023-02-01");
        for (String day :
                new String[] {"2023-01-31", LocalDate.now(clock).plusDays(1).toString(), "2023-02-30", ""}) {
            assertThatThrownBy(() -> add(area, given.street(), day)).isInstanceOf(BadInput.class);
        }
        add(area, given.street(), "2023-03-08");
        UUID row =
                groupings.belongings(given.districtOfficer(), area).getFirst().id();
        for (String day :
                new String[] {"2023-03-07", LocalDate.now(clock).plusDays(1).toString()}) {
            assertThatThrownBy(() -> groupings.remove(given.districtOfficer(), area, row, day))
                    .isInstanceOf(BadInput.class);
        }
        groupings.remove(given.districtOfficer(), area, row, "2023-03-08");
        assertThat(groupings.belongings(given.districtOfficer(), area)).isEmpty();
        assertRefused(
                GroupingRefusal.GONE_ALREADY, () -> groupings.remove(given.districtOfficer(), area, row, "2023-03-08"));
    }

    @Test
    void namesAreTakenOnceAndCanBeChanged() {
        Actor officer = given.districtOfficer();
        String name = fresh();
        GroupingId one = make("AREA", name, "2023-02-01");
        assertRefused(GroupingRefusal.NAME_TAKEN, () -> make("AREA", name, "2023-02-01"));
        GroupingId other = make("AREA", "2023-02-01");
        assertRefused(
                GroupingRefusal.NAME_TAKEN, () -> groupings.rename(officer, other, new Groupings.Naming(name, "")));
        groupings.rename(officer, one, new Groupings.Naming(fresh(), "北片"));
        assertThat(groupings.get(officer, one).shortName()).isEqualTo("北片");
        groupings.rename(officer, other, new Groupings.Naming(name, ""));
    }

    @Test
    void whatIsClosedKeepsItsPastAndChangesNoMore() {
        Actor officer = given.districtOfficer();
        GroupingId area = make("AREA", "2023-02-01");
        add(area, given.street(), "2023-03-08");
        groupings.close(officer, area);
        String today = LocalDate.now(clock).toString();
        assertThat(belongs(area, "2023-12-01")).isTrue();
        assertThat(belongs(area, today)).isFalse();
        assertRefused(GroupingRefusal.CLOSED, () -> groupings.close(officer, area));
        assertRefused(GroupingRefusal.CLOSED, () -> add(area, given.street(), today));
        assertRefused(GroupingRefusal.CLOSED, () -> groupings.rename(officer, area, new Groupings.Naming(fresh(), "")));
    }

    @Test
    void whoDoesNotReachTheOwnerFindsNothing() {
        GroupingId area = make("AREA", "2023-02-01");
        add(area, given.street(), "2023-03-08");
        UUID row =
                groupings.belongings(given.districtOfficer(), area).getFirst().id();
        for (Actor stranger : List.of(given.otherDistrictOfficer(), given.streetOfficer(), Actor.nobody())) {
            assertRefused(GroupingRefusal.NO_SUCH_GROUPING, () -> groupings.get(stranger, area));
            assertRefused(GroupingRefusal.NO_SUCH_GROUPING, () -> groupings.belongings(stranger, area));
            assertThat(figures.of(stranger, area, 2023)).isEmpty();
            assertRefused(GroupingRefusal.NO_SUCH_GROUPING, () -> groupings.close(stranger, area));
            assertRefused(GroupingRefusal.NO_SUCH_GROUPING, () -> groupings.remove(stranger, area, row, "2023-12-01"));
            assertThat(groupings.history(stranger, area)).isEmpty();
        }
        Actor reader = given.officer(Role.AUDITOR, given.city());
        assertThat(groupings.get(reader, area).id()).isEqualTo(area);
        assertThat(figures.of(reader, area, 2023)).as("small counts").isEmpty();
        assertRefused(GroupingRefusal.NO_SUCH_GROUPING, () -> groupings.close(reader, area));
        assertThat(groupings.below(given.cityOfficer(), given.city().id()))
                .extracting(Grouping::id)
                .contains(area);
        assertThat(groupings.below(
                        given.otherDistrictOfficer(), given.otherDistrict().id()))
                .extracting(Grouping::id)
                .doesNotContain(area);
    }

    @Test
    void theDeskAndTheApiTellTheSame() {
        GroupingId area = make("AREA", "2023-02-01");
        add(area, given.street(), "2023-03-08");
        Visitor officer = visitors.signedIn("district@demo");
        String name = groupings.get(given.districtOfficer(), area).name();
        assertThat(officer.get("/desk/groupings/" + given.district().id()).body())
                .contains(name);
        assertThat(officer.get("/desk/groupings/of/" + area).body())
                .contains(name, given.street().name(), "会员总数");
        assertThat(officer.get("/desk/groupings/of/" + area + "?day=2023-03-07").body())
                .contains("这一天还没有工会");
        assertThat(officer.get("/desk/groupings/of/" + area + "?day=bad").statusCode())
                .isEqualTo(422);
        assertThat(officer.get("/api/v1/groupings?union=" + given.district().id())
                        .body())
                .contains(name);
        assertThat(officer.get("/api/v1/groupings/" + area + "/unions").body())
                .contains(given.street().code());
        GroupingFigures.Year year =
                figures.of(given.districtOfficer(), area, 2023).orElseThrow();
        assertThat(officer.get("/api/v1/groupings/" + area + "/figures").body())
                .contains("\"measure\":\"member.total\",\"value\":" + year.value(0));
        Visitor auditor = visitors.signedIn("auditor@demo");
        assertThat(auditor.get("/desk/groupings/of/" + area).body())
                .contains(name)
                .doesNotContain("会员总数");
        assertThat(auditor.get("/api/v1/groupings/" + area + "/figures").statusCode())
                .isEqualTo(403);
        assertThat(visitors.signedIn("base@demo")
                        .get("/desk/groupings/of/" + area)
                        .statusCode())
                .isEqualTo(404);
    }

    /** Within the transaction that moves, merges or ends it; what it counted before stays. */
    @Test
    void whatMovesAwayGoesUpOrEndsBelongsNoMore() {
        Visitor officer = visitors.signedIn("city@demo");
        GroupingId association = make("REGIONAL", "2023-02-01");
        List<UnionSummary> unionsOf = Stream.generate(this::found).limit(4).toList();
        unionsOf.forEach(union -> add(association, union, "2023-12-01"));
        UnionSummary elsewhere = given.otherDistrict();
        reorganise(officer, unionsOf.get(0), "MOVE", elsewhere.code());
        reorganise(officer, unionsOf.get(1), "MERGE", unionsOf.get(3).code());
        reorganise(officer, unionsOf.get(2), "DISSOLVE", "");
        List<Groupings.Belonging> belongings = groupings.belongings(given.districtOfficer(), association);
        assertThat(belongings)
                .filteredOn(each -> each.to() == null)
                .extracting(each -> each.union().id())
                .containsExactly(unionsOf.get(3).id());
        assertThat(belongings)
                .filteredOn(each -> each.to() != null)
                .hasSize(3)
                .allMatch(each -> LocalDate.now(clock).equals(each.to()));
    }

    private void reorganise(Visitor officer, UnionSummary union, String kind, String code) {
        var form = Map.of(
                "key",
                UUID.randomUUID().toString(),
                "kind",
                kind,
                "code",
                code,
                "from",
                LocalDate.now(clock).toString());
        String address = "/desk/unions/" + union.id() + "/reorganisations";
        officer.get(address);
        var answer = officer.post(address, form);
        assertThat(answer.statusCode()).as("%s: %s", kind, answer.body()).isEqualTo(302);
    }

    private UnionSummary found() {
        return given.union(unions.found(
                given.districtOfficer(),
                given.street().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "BASE_UNION", "2023-02-01", "")));
    }

    private boolean belongs(GroupingId area, String day) {
        return groupings.belongings(given.districtOfficer(), area).stream()
                .anyMatch(each -> each.on(LocalDate.parse(day)));
    }

    private GroupingId make(String kind, String from) {
        return make(kind, fresh(), from);
    }

    private GroupingId make(String kind, String name, String from) {
        return groupings.make(
                given.districtOfficer(),
                given.district().id(),
                new GroupingId(UUID.randomUUID()),
                new Groupings.Making(kind, name, "", from));
    }

    private void add(GroupingId grouping, UnionSummary union, String from) {
        groupings.add(given.districtOfficer(), grouping, UUID.randomUUID(), new Groupings.Adding(union.code(), from));
    }

    private static String fresh() {
        return "片" + UUID.randomUUID().toString().substring(0, 8);
    }
}

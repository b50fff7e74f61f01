package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.access.Role;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Employment;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever may read figures but not people sees, behind every door, no count of one to four, and can compute none from what
 * is seen beside it; whoever may read the people sees all.
 */
@CityTest
class KnownFiguresTests {

    private static final int YEAR = 2023;
    private static final List<Measure> SIZED =
            List.of(Members.TOTAL, Members.JOINED, Members.GONE, Members.NEW_FORM, Members.JOINED_NEW_FORM);

    @Autowired
    private Clock clock;

    @Autowired
    private KnownFigures known;

    @Autowired
    private Counters counters;

    @Autowired
    private Overview overview;

    @Autowired
    private Comparing comparing;

    @Autowired
    private Members members;

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JsonMapper json;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void noTableTellsAnAuditorACountOfAFew() {
        for (int year : new int[] {YEAR - 1, YEAR}) {
            int[] hidden = new int[2];
            walk(auditor(), given.city(), year, hidden);
            assertThat(hidden[0]).as("hidden values of %d", year).isPositive();
            assertThat(hidden[1]).as("shown values of %d", year).isPositive();
        }
    }

    /** One table after the other, from the city to the base unions. */
    private void walk(Actor actor, UnionSummary union, int year, int[] count) {
        TreeView tree = known.tree(actor, union.id(), LocalDate.of(year, 12, 31));
        KnownFigures.Counted whole = known.of(actor, tree, union, year, SIZED);
        Counters.Year truth = truth(tree, union, year);
        List<UnionSummary> children = tree.children(union);
        Map<String, KnownFigures.Counted> parts = known.below(actor, tree, union, 1, year, SIZED);
        for (Measure measure : SIZED) {
            String what = "%s of %s in %d".formatted(measure.key(), union.name(), year);
            assertShown(what, whole, truth, measure);
            List<UnionSummary> hidden = children.stream()
                    .filter(child -> part(parts, child).hidden().contains(measure))
                    .toList();
            count[0] += hidden.size();
            count[1] += children.size() - hidden.size();
            if (whole.hidden().contains(measure)) {
                assertThat(hidden).as(what).isEqualTo(children);
            } else {
                long left = whole.value(measure)
                        - children.stream()
                                .mapToLong(child -> part(parts, child).value(measure))
                                .sum();
                assertNotFew(what, left);
                assertThat(hidden.size() == 1
                                && SmallCounts.isSmall(value(truth(tree, hidden.getFirst(), year), measure))
                                && left == value(truth(tree, hidden.getFirst(), year), measure))
                        .as("%s: a small one alone", what)
                        .isFalse();
            }
            if (!whole.hiddenMonths().contains(measure)) {
                for (int month = 0; month < 12; month++) {
                    int at = month;
                    assertNotFew(
                            what + ", month " + (month + 1),
                            whole.months(measure)[month]
                                    - children.stream()
                                            .mapToLong(
                                                    child -> part(parts, child).months(measure)[at])
                                            .sum());
                }
            }
        }
        for (UnionSummary child : children) {
            assertThat(known.of(actor, tree, child, year, SIZED).hidden())
                    .as("beside the others and alone: %s", child.name())
                    .isEqualTo(part(parts, child).hidden());
            boolean usual = child.path().depth() == 3
                    || child.id().equals(given.district().id());
            if (child.children() > 0 && (usual || Boolean.getBoolean("gonghui.deep"))) {
                walk(actor, child, year, count);
            }
        }
    }

    private static void assertShown(String what, KnownFigures.Counted shown, Counters.Year truth, Measure measure) {
        if (shown.hidden().contains(measure)) {
            assertThat(shown.value(measure)).as(what).isZero();
        } else {
            assertThat(shown.value(measure)).as(what).isEqualTo(value(truth, measure));
            assertNotFew(what, shown.value(measure));
        }
        if (shown.hiddenMonths().contains(measure)) {
            assertThat(shown.months(measure)).as(what).containsOnly(0);
        } else {
            Arrays.stream(shown.months(measure)).forEach(month -> assertNotFew(what, month));
        }
        assertThat(shown.before()).as(what).containsOnly(0);
        // With the members before and after, one of the two would tell the other.
        for (Set<Measure> hidden : List.of(shown.hidden(), shown.hiddenMonths())) {
            assertThat(hidden.contains(Members.JOINED)).as(what).isEqualTo(hidden.contains(Members.GONE));
        }
        // Members before are those now, less who joined, and who left.
        if (!shown.hidden().contains(Members.JOINED)) {
            assertNotFew(what, value(truth, Members.TOTAL));
            assertNotFew(what, truth.before()[SIZED.indexOf(Members.TOTAL)]);
        }
        assertThat(shown.hiddenMonths()).as(what).contains(Members.NEW_FORM, Members.JOINED_NEW_FORM);
        if (!shown.hidden().contains(Members.NEW_FORM)) {
            assertNotFew(what, shown.value(Members.TOTAL) - shown.value(Members.NEW_FORM));
        }
        if (!shown.hidden().contains(Members.JOINED_NEW_FORM)) {
            assertNotFew(what, shown.value(Members.JOINED) - shown.value(Members.JOINED_NEW_FORM));
        }
    }

    private static void assertNotFew(String what, long count) {
        assertThat(SmallCounts.isSmall(count)).as("%s: %d", what, count).isFalse();
    }

    @Test
    void everyDoorHidesTheSame() {
        Visitor auditor = visitors.signedIn("auditor@demo");
        UnionSummary street = given.street();
        TreeView tree = known.tree(auditor(), street.id(), LocalDate.of(YEAR, 12, 31));
        KnownFigures.Counted whole = known.of(auditor(), tree, street, YEAR, Overview.MEASURES);
        Map<String, KnownFigures.Counted> parts = known.below(auditor(), tree, street, 1, YEAR, Overview.MEASURES);
        Overview.Answer page = overview.of(auditor(), street.id(), YEAR, LocalDate.of(YEAR, 12, 31));
        JsonNode answer =
                json.readTree(auditor.get("/api/v1/figures/" + street.id()).body());
        for (Measure measure : SIZED) {
            assertThat(page.figures().hides(measure)).isEqualTo(whole.hidden().contains(measure));
            Comparison found = comparing.of(auditor(), street.id(), measure.key(), "2023", false, "today");
            assertThat(found.whole().hidesNow()).isEqualTo(whole.hidden().contains(measure));
            List<String> lines = auditor.get("/desk/figures/" + street.id()
                            + "/comparison/export?format=CSV&period=2023&of=" + measure.key())
                    .body()
                    .lines()
                    .toList();
            for (Overview.Row row : page.below()) {
                boolean hidden = part(parts, row.union()).hidden().contains(measure);
                assertThat(row.figures().hides(measure)).isEqualTo(hidden);
                assertThat(found.rows())
                        .filteredOn(each -> each.union().id().equals(row.union().id()))
                        .singleElement()
                        .satisfies(each -> assertThat(each.pair().hidesNow()).isEqualTo(hidden));
                assertThat(lines)
                        .filteredOn(line -> line.contains("\"" + row.union().code() + "\""))
                        .singleElement()
                        .satisfies(line -> assertThat(line.split(",", -1)[3].equals("\"＊\""))
                                .isEqualTo(hidden));
            }
            for (JsonNode figure : answer.get("figures")) {
                if (figure.get("measure").asString().equals(measure.key())) {
                    assertThat(figure.get("value").isNull())
                            .isEqualTo(whole.hidden().contains(measure));
                }
            }
        }
        String wall = auditor.get("/desk/wall/" + street.id()).body();
        assertThat(wall).contains("＊").containsPattern("data-live=\"TRANSFERRED_IN\">\\s*<span class=\"muted\"");
        assertThat(auditor.get("/desk/figures/" + street.id()).body()).contains("＊");
        assertThat(auditor.get("/desk/overview/" + street.id()).body()).contains("＊");
    }

    /** Last year's total stands under its own year's rule, on the overview as on the comparison; growth goes by both. */
    @Test
    void overviewAndComparisonTellAnAuditorTheSameOfLastYear() {
        Actor all = Actor.platform("test");
        var founding = new Unions.Founding(Given.freshName(), "", "BASE_UNION", "2023-02-01", "");
        UnionId small = unions.found(all, given.street().id(), new UnionId(UUID.randomUUID()), founding);
        members.admit(all, small, Given.freshPerson(new Employment("regular", false)), Optional.empty());
        int shown = 0;
        int hidden = 0;
        for (UnionSummary union : List.of(given.city(), given.district(), given.street())) {
            Overview.Answer page = overview.of(auditor(), union.id(), YEAR, overview.tree(YEAR, ""));
            Comparison found = comparing.of(auditor(), union.id(), Members.TOTAL.key(), "2023", false, "");
            assertSameOfLastYear(page.figures(), found.whole());
            shown += page.figures().hidesGrowth() ? 0 : 1;
            for (Overview.Row row : page.below()) {
                Comparison.Pair pair = found.rows().stream()
                        .filter(each -> each.union().id().equals(row.union().id()))
                        .findFirst()
                        .orElseThrow()
                        .pair();
                assertSameOfLastYear(row.figures(), pair);
                shown += row.figures().hidesGrowth() ? 0 : 1;
                hidden += row.figures().hidesGrowth() ? 1 : 0;
            }
        }
        assertThat(shown).isPositive();
        assertThat(hidden).isPositive();
        String page = visitors.signedIn("auditor@demo")
                .get("/desk/overview/" + given.city().id())
                .body();
        long before = overview.of(auditor(), given.city().id(), YEAR, overview.tree(YEAR, ""))
                .figures()
                .totalBefore();
        assertThat(before).isPositive();
        assertThat(page).containsPattern("2022 年末会员总数</dt><dd>%,d\\s*</dd>".formatted(before));
    }

    private static void assertSameOfLastYear(Overview.Figures figures, Comparison.Pair pair) {
        assertThat(figures.hidesBefore()).isEqualTo(pair.hidesBefore());
        assertThat(figures.totalBefore()).isEqualTo(pair.before().orElse(0));
        assertThat(figures.hidesGrowth()).isEqualTo(pair.hidesNow() || pair.hidesBefore());
        assertThat(figures.growth())
                .isEqualTo(
                        figures.hidesGrowth() ? 0 : pair.now() - pair.before().orElse(0));
    }

    @Test
    void whoeverMayReadThePeopleSeesEveryNumber() {
        Actor all = Actor.platform("test");
        var founding = new Unions.Founding(Given.freshName(), "", "BASE_UNION", "2023-02-01", "");
        UnionId small = unions.found(all, given.street().id(), new UnionId(UUID.randomUUID()), founding);
        members.admit(all, small, Given.freshPerson(new Employment("regular", false)), Optional.empty());
        for (Actor actor : List.of(given.streetOfficer(), given.cityOfficer())) {
            Overview.Answer page = overview.of(actor, given.street().id(), YEAR, LocalDate.of(YEAR, 12, 31));
            assertThat(page.figures().areGuarded()).isFalse();
            assertThat(page.below())
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.figures().areGuarded()).isFalse());
            assertThat(page.below().stream()
                            .flatMapToLong(
                                    row -> Arrays.stream(row.figures().counted().values()))
                            .filter(SmallCounts::isSmall)
                            .count())
                    .isPositive();
        }
    }

    /** An auditor of the city who is an officer of one street: what is left when the street is taken away is guarded. */
    @Test
    void whatSomebodyMayReadInOnePartTellsNothingOfTheOthers() {
        Actor both = new Actor(
                Optional.of(new AccountId(UUID.randomUUID())),
                "both",
                Stream.concat(auditor().grants().stream(), given.streetOfficer().grants().stream())
                        .toList());
        walkBeside(both, given.city());
        TreeView tree = known.tree(both, given.street().id(), LocalDate.of(YEAR, 12, 31));
        assertThat(known.of(both, tree, given.street(), YEAR, Members.MEASURES).hidden())
                .isEmpty();
    }

    private void walkBeside(Actor actor, UnionSummary union) {
        TreeView tree = known.tree(actor, union.id(), LocalDate.of(YEAR, 12, 31));
        KnownFigures.Counted whole = known.of(actor, tree, union, YEAR, SIZED);
        Map<String, KnownFigures.Counted> parts = known.below(actor, tree, union, 1, YEAR, SIZED);
        Counters.Year own = counters.of(
                union.path(), YEAR, tree.day(), SIZED, given.streetOfficer().reach(Right.MEMBER_READ));
        for (Measure measure : SIZED) {
            if (!whole.hidden().contains(measure)) {
                long beside = whole.value(measure) - value(own, measure);
                assertNotFew(measure.key() + " of " + union.name(), beside);
            }
        }
        tree.children(union).stream()
                .filter(child -> child.path().covers(given.street().path())
                        && !child.id().equals(given.street().id()))
                .forEach(child -> walkBeside(actor, child));
        assertThat(parts).isNotEmpty();
    }

    /** A tree of another day would tell what a moved union counts. */
    @Test
    void anAuditorReadsOnTodaysTree() {
        assertThat(known.tree(auditor(), given.street().id(), LocalDate.of(2022, 12, 31))
                        .day())
                .isEqualTo(known.tree(auditor(), given.street().id(), LocalDate.of(YEAR, 12, 31))
                        .day());
        assertThat(known.tree(given.cityOfficer(), given.street().id(), LocalDate.of(2022, 12, 31))
                        .day())
                .isEqualTo(LocalDate.of(2022, 12, 31));
    }

    /** Two trees differ by what has moved: an ended union is no door to an older one. */
    @Test
    void anEndedUnionIsReadOnNoOlderTree() {
        LocalDate day = LocalDate.now(clock);
        List<UnionId> two = given.mergedBases(visitors.signedIn("city@demo"), day);
        assertThat(known.tree(auditor(), two.getFirst(), day.minusDays(1)).day())
                .isEqualTo(day);
    }

    /** Whose people one may read today, and could not where it stood then: the older tree would tell its neighbours there. */
    @Test
    void aUnionThatHasComeFromElsewhereIsReadOnNoOlderTree() {
        LocalDate day = LocalDate.now(clock);
        var founding = new Unions.Founding(Given.freshName(), "", "BASE_UNION", "2022-02-01", "");
        UnionId moved =
                unions.found(given.cityOfficer(), given.street().id(), new UnionId(UUID.randomUUID()), founding);
        UnionSummary other = unions
                .children(given.cityOfficer(), given.district().id())
                .stream()
                .filter(union -> union.kind() == given.street().kind()
                        && !union.id().equals(given.street().id()))
                .findFirst()
                .orElseThrow();
        given.reorganise(visitors.signedIn("city@demo"), moved, "MOVE", other, day);
        Actor both = new Actor(
                Optional.of(new AccountId(UUID.randomUUID())),
                "both",
                Stream.concat(auditor().grants().stream(), given.officer(Role.STREET_OFFICER, other).grants().stream())
                        .toList());
        assertThat(known.tree(both, moved, day.minusDays(1)).day()).isEqualTo(day);
        assertThat(known.tree(given.cityOfficer(), moved, day.minusDays(1)).day())
                .isEqualTo(day.minusDays(1));
    }

    /** A union in which a single new-form worker joins: the number is shown to its officer and to no auditor. */
    @Test
    void oneCourierIsNotPointedAt() {
        members.admit(
                Actor.platform("test"),
                given.joint().id(),
                Given.freshPerson(new Employment("courier", true)),
                Optional.empty());
        assertThat(comparing
                        .of(auditor(), given.street().id(), Members.JOINED.key(), "2023-12", false, "")
                        .rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.pair().hidesNow()).isTrue());
    }

    /** A recount compares the whole city: in which union a counter is off, and by how many, is for who may read its people. */
    @Test
    void whatARecountFoundIsToldToWhoMayReadTheWholeCitysPeople() {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into measure_recount (id, counters, counted_at, asked_by, differences, first_ones)"
                        + " values (:id, 'member', :at, 'test', 1, 'three joined')")
                .param("id", id)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        try {
            assertThat(visitors.signedIn("city@demo")
                            .get("/desk/figures/" + given.street().id())
                            .body())
                    .contains("three joined");
            for (String login : List.of("street@demo", "auditor@demo")) {
                assertThat(visitors.signedIn(login)
                                .get("/desk/figures/" + given.street().id())
                                .body())
                        .contains("id=\"recount\"")
                        .doesNotContain("three joined");
            }
        } finally {
            jdbc.sql("delete from measure_recount where id = :id")
                    .param("id", id)
                    .update();
        }
    }

    private Counters.Year truth(TreeView tree, UnionSummary union, int year) {
        return counters.of(union.path(), year, tree.day(), SIZED, auditor().reach(Right.FIGURE_READ));
    }

    private static KnownFigures.Counted part(Map<String, KnownFigures.Counted> parts, UnionSummary union) {
        return Objects.requireNonNull(parts.get(union.path().value()));
    }

    private static long value(Counters.Year counted, Measure measure) {
        return counted.upTo(SIZED.indexOf(measure), measure.kind(), 12);
    }

    private Actor auditor() {
        return given.officer(Role.AUDITOR, given.city());
    }
}

package org.gonghui.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gonghui.support.Refusals.assertRefused;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The tree of a day to come is the tree that there is when the day has come. In a city of its own, for days pass in it. */
@CityTest
@TestPropertySource(properties = {"gonghui.city.unions=200", "gonghui.city.members=500"})
@DirtiesContext
class PlannedTreeTests {

    private static final Actor ALL = Actor.platform("test");

    @Autowired
    private Unions unions;

    @Autowired
    private Reorganising reorganising;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private TestTime time;

    @Autowired
    private Clock clock;

    private final long seed = Boolean.getBoolean("gonghui.deep") ? System.nanoTime() : 20231228;
    private final Random random = new Random(seed);
    private final List<UnionId> made = new ArrayList<>();

    @Test
    void whatIsPlannedIsWhatComes() {
        for (int district = 0; district < 2; district++) {
            UnionId above = found(given.city().id(), UnionKind.DISTRICT_FEDERATION);
            for (int street = 0; street < 3; street++) {
                UnionId below = found(above, UnionKind.STREET_FEDERATION);
                found(below, UnionKind.BASE_UNION);
                found(below, UnionKind.BASE_UNION);
            }
        }
        Map<String, String> today = superiors(today());
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 12; i++) {
                plan();
            }
            LocalDate day = today().plusDays(15);
            Map<String, String> foreseen = superiors(day);
            time.pass(Duration.ofDays(15));
            reorganising.applyDue();
            assertThat(superiors(today())).as("seed %d, round %d", seed, round).isEqualTo(foreseen);
        }
        assertThat(superiors(today())).isNotEqualTo(today);
    }

    private void plan() {
        UnionId union = oneOf(made);
        String kind = oneOf(List.of("MOVE", "MOVE", "MERGE", "DISSOLVE"));
        String code = unions.named(oneOf(made)).orElseThrow().code();
        LocalDate from = today().plusDays(1 + random.nextInt(25));
        try {
            reorganising.order(ALL, union, UUID.randomUUID(), new Reorganising.Typed(kind, code, from.toString()));
        } catch (Refused no) {
            // What is refused is not planned.
        }
    }

    @Test
    void pageFileAndProgramSayWhatIsPlannedAndWhatWas() {
        Visitor officer = visitors.signedIn("city@demo");
        UnionId district = found(given.city().id(), UnionKind.DISTRICT_FEDERATION);
        UnionId street = found(district, UnionKind.STREET_FEDERATION);
        UnionId other = found(district, UnionKind.STREET_FEDERATION);
        UnionId base = found(street, UnionKind.BASE_UNION);
        LocalDate day = today().plusDays(20);
        reorganising.order(
                ALL,
                base,
                UUID.randomUUID(),
                new Reorganising.Typed("MOVE", unions.named(other).orElseThrow().code(), day.toString()));
        String name = unions.named(base).orElseThrow().name();

        String there = "/desk/unions?at=" + other;
        assertThat(officer.get(there).body()).doesNotContain(name);
        assertThat(officer.get(there + "&on=" + day.minusDays(1)).body())
                .doesNotContain(name)
                .contains("还没有生效");
        assertThat(officer.get(there + "&on=" + day).body()).contains(name, "计划", "还没有生效", "&amp;on=" + day);
        String program = "/api/v1/unions/" + other + "/children";
        assertThat(officer.get(program).body()).doesNotContain(name);
        assertThat(officer.get(program + "?on=" + day).body()).contains(name, "\"planned\":true");
        assertThat(officer.get("/api/v1/unions/" + base + "/above?on=" + day).body())
                .contains(unions.named(other).orElseThrow().name());
        assertThat(officer.get("/desk/unions/" + other + "/export?format=CSV&tree=" + day)
                        .body())
                .contains(name, "\"计划\"");

        reorganising.cancel(ALL, base, reorganising.of(base).getFirst().id());
        assertThat(officer.get(there + "&on=" + day).body()).doesNotContain(name);
        assertThat(officer.get("/desk/unions?on=" + today().minusDays(400)).body())
                .contains("不是今天的")
                .doesNotContain(given.city().id() + "/unions\"");
    }

    @Test
    void aDayOnWhichItWasNotThereIsSaid() {
        UnionId base = found(given.street().id(), UnionKind.BASE_UNION);
        assertRefused(
                UnionRefusal.NOT_THERE_THAT_DAY,
                () -> unions.onDay(ALL, "on", today().minusYears(1).toString()).get(base));
        assertRefused(
                UnionRefusal.NO_SUCH_UNION,
                () -> unions.onDay(
                                given.streetOfficer(),
                                "on",
                                today().minusYears(1).toString())
                        .get(given.otherDistrict().id()));
        Visitor officer = visitors.signedIn("street@demo");
        assertThat(officer.get("/desk/unions?at=" + base + "&on=" + today().minusYears(1))
                        .body())
                .contains("没有这个工会：那时还没有建立");
        assertThat(officer.get("/desk/unions?on=").statusCode())
                .as("an emptied field is today")
                .isEqualTo(200);
        for (String day : List.of(
                "nonsense", "1850-01-01", "2023-02-30", today().plusYears(2).toString())) {
            HttpResponse<String> page =
                    officer.get("/desk/unions?at=" + given.street().id() + "&on=" + day);
            assertThat(page.statusCode()).isEqualTo(422);
            assertThat(page.body())
                    .as("what was asked, what is there, and the field with what was typed")
                    .contains("“%s”不是这里能看的日子：从 %s 到 %s"
                            .formatted(day, given.city().foundedOn(), today().plus(Reorganising.AHEAD)))
                    .contains(
                            "name=\"on\" value=\"" + day + "\"", given.street().name())
                    .doesNotContain("id=\"list-title\"");
            assertThat(officer.get("/api/v1/unions?on=" + day).statusCode()).isEqualTo(422);
        }
    }

    /** Whose superior each union has on a day; those that are no more are left out. */
    private Map<String, String> superiors(LocalDate day) {
        TreeView tree = unions.asOf(ALL, Right.UNION_READ, day);
        Map<String, String> superiors = new TreeMap<>();
        for (UnionSummary union : tree.subtree(tree.get(given.city().id()))) {
            List<UnionSummary> above = tree.above(union);
            superiors.put(union.code(), above.isEmpty() ? "" : above.getLast().code());
        }
        return superiors;
    }

    private UnionId found(UnionId below, UnionKind kind) {
        UnionId union = unions.found(
                ALL,
                below,
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", kind.name(), today().toString(), ""));
        made.add(union);
        return union;
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}

package org.gonghui.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.Members.Enrolled;
import org.gonghui.member.Membership.Beginning;
import org.gonghui.org.UnionKind;
import org.gonghui.org.Unions;
import org.junit.jupiter.api.Test;

/** The generated city keeps what it promises, whatever its size. */
class RostersTests {

    @Test
    void theShownDistrictsYearIsExact() {
        CityPlan plan = CityPlan.of(2500);
        var rosters = new Rosters(plan, 600_000, () -> {});
        UnionPath shown = plan.shownDistrict().path();
        Set<UnionId> within = new HashSet<>();
        plan.bases().stream().filter(base -> shown.covers(base.path())).forEach(base -> within.add(base.id()));
        long[] counted = new long[6];
        rosters.accept(person -> {
            if (person.endedOn() == null) {
                counted[5]++;
            }
            if (within.contains(person.union())) {
                boolean newForm = !person.employment().equals("regular");
                boolean joined =
                        person.beganBy() == Beginning.JOINED && person.beganOn().getYear() == 2023;
                counted[0] += person.endedOn() == null ? 1 : 0;
                counted[1] += person.endedOn() == null && newForm ? 1 : 0;
                counted[2] += joined ? 1 : 0;
                counted[3] += joined && newForm ? 1 : 0;
                counted[4] += person.endedOn() != null ? 1 : 0;
            }
        });
        assertThat(counted).containsExactly(173_395, 20_831, 23_595, 6_081, 1_723, 600_000);
    }

    @Test
    void theCityHasItsShape() {
        List<Unions.Established> unions = CityPlan.of(2500).unions();
        assertThat(unions).hasSize(2500);
        assertThat(unions.stream().filter(union -> union.kind() == UnionKind.DISTRICT_FEDERATION))
                .hasSize(17);
        assertThat(unions.stream().map(Unions.Established::path).distinct()).hasSize(2500);
        assertThat(unions.stream()
                        .filter(union -> union.kind() == UnionKind.STREET_FEDERATION
                                || union.kind() == UnionKind.TOWN_FEDERATION))
                .hasSize(343);
        assertThat(unions.stream().filter(Unions.Established::forNewForm)).hasSize(343);
    }

    @Test
    void theSameCityIsMadeEveryTime() {
        assertThat(CityPlan.of(800).unions()).isEqualTo(CityPlan.of(800).unions());
        assertThat(people(CityPlan.of(800))).isEqualTo(people(CityPlan.of(800)));
    }

    @Test
    void nobodyIsThereTwice() {
        List<String> identities = people(CityPlan.of(300));
        assertThat(identities).doesNotHaveDuplicates();
    }

    @Test
    void sharesAddUpExactly() {
        assertThat(Apportion.of(10, new double[] {1, 1, 1})).containsExactly(4, 3, 3);
        assertThat(Apportion.of(0, new double[] {1, 2})).containsExactly(0, 0);
        assertThat(Apportion.of(5, new double[] {0, 1})).containsExactly(0, 5);
    }

    private static List<String> people(CityPlan plan) {
        List<String> people = new ArrayList<>();
        new Rosters(plan, 3000, () -> {})
                .accept((Enrolled person) ->
                        people.add(person.id() + person.identity().text()));
        return people;
    }
}

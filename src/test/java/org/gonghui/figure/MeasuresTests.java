package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Right;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.member.Membership;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each measure of members is what its records say, at every level, and what the sheet shows. */
@CityTest
class MeasuresTests {

    @Autowired
    private Counters counters;

    @Autowired
    private Members members;

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Visitors visitors;

    @Test
    void everyFlowIsACountOfItsRecords() {
        somethingOfEverything();
        for (UnionSummary union : List.of(given.city(), given.district(), given.street(), given.base())) {
            assertFlow(union, Members.JOINED, "began_by = 'joined'", "began_on");
            assertFlow(union, Members.REJOINED, "began_by = 'rejoined'", "began_on");
            assertFlow(union, Members.TRANSFERRED_IN, "began_by = 'transferred-in'", "began_on");
            assertFlow(union, Members.TRANSFERRED_OUT, "ended_by = 'transferred-out'", "ended_on");
            assertFlow(union, Members.LEFT, "ended_by = 'left'", "ended_on");
            assertFlow(union, Members.RETIRED, "ended_by = 'retired'", "ended_on");
            assertFlow(union, Members.DIED, "ended_by = 'died'", "ended_on");
            assertFlow(union, Members.GONE, "ended_by in ('left', 'retired', 'died')", "ended_on");
        }
        assertThat(value(given.city(), Members.TRANSFERRED_IN))
                .as("over the city what goes in has come out")
                .isEqualTo(value(given.city(), Members.TRANSFERRED_OUT));
    }

    @Test
    void theSheetShowsThemAllAndEachHasItsDefinition() {
        Visitor officer = visitors.signedIn("district@demo");
        String page =
                officer.get(Visitor.location(officer.get("/desk/figures"))).body();
        for (Measure measure : Members.MEASURES) {
            assertThat(page)
                    .contains("card-" + measure.key().replace('.', '-'))
                    .contains(measure.records().replace("<", "&lt;").replace(">", "&gt;"));
        }
        assertThat(page).contains("%,d".formatted(value(given.district(), Members.TOTAL)));
    }

    private void assertFlow(UnionSummary union, Measure measure, String condition, String day) {
        long records = jdbc.sql("""
                        select count(*) from member_membership
                          join org_placement place on place.union_id = member_membership.union_id
                                                  and place.valid_to is null
                         where %s and %s >= :from and %s < :to and (path = :path or path like :below)
                        """.formatted(condition, day, day))
                .param("from", LocalDate.of(2023, 1, 1))
                .param("to", LocalDate.of(2024, 1, 1))
                .param("path", union.path().value())
                .param("below", union.path().value() + ".%")
                .query(Long.class)
                .single();
        assertThat(value(union, measure))
                .as("%s of %s", measure.key(), union.name())
                .isEqualTo(records);
    }

    private long value(UnionSummary union, Measure measure) {
        return counters.of(
                        union.path(),
                        2023,
                        LocalDate.of(2023, 12, 31),
                        List.of(measure),
                        given.cityOfficer().reach(Right.FIGURE_READ))
                .upTo(0, measure.kind(), 12);
    }

    private void somethingOfEverything() {
        var all = Actor.platform("test");
        var regular = new Employment("regular", false);
        for (Membership.Ending ending :
                List.of(Membership.Ending.LEFT, Membership.Ending.RETIRED, Membership.Ending.DIED)) {
            var person = Given.freshPerson(regular);
            var admitted =
                    (Members.Admission.Admitted) members.admit(all, given.base().id(), person, Optional.empty());
            members.end(all, admitted.membership(), ending, "");
            if (ending == Membership.Ending.LEFT) {
                members.admit(all, given.otherBase().id(), person, Optional.empty());
            }
        }
        var moved = (Members.Admission.Admitted)
                members.admit(all, given.base().id(), Given.freshPerson(regular), Optional.empty());
        members.transfer(
                all, moved.membership(), Members.Arrival.at(given.otherBase().id()));
    }
}

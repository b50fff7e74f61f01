package org.gonghui.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Role;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Employers;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionKind;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Where to go next, and why. */
@CityTest
class ProposalsTests {

    private static final LocalDate TODAY = LocalDate.of(2023, 12, 28);

    @Autowired
    private Proposals proposals;

    @Autowired
    private Meetings meetings;

    @Autowired
    private Minutes minutes;

    @Autowired
    private Employers employers;

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private Clock clock;

    @Test
    void moreReasonsComeFirst() {
        Proposal large = weigh(1_000, Optional.empty(), 0);
        Proposal medium = weigh(100, Optional.empty(), 0);
        Proposal obliged = weigh(25, Optional.empty(), 0);
        Proposal small = weigh(24, Optional.empty(), 0);
        assertThat(List.of(large, medium, obliged, small))
                .extracting(Proposal::points)
                .containsExactly(90, 80, 70, 40);
        assertThat(weigh(-1, Optional.empty(), 0).reasons())
                .as("nobody has counted them")
                .extracting(Proposal.Reason::why)
                .containsExactly(Proposal.Why.NO_UNION, Proposal.Why.NEVER);
        assertThat(weigh(100, Optional.of(TODAY.minusDays(366)), 0).points()).isEqualTo(75);
        assertThat(weigh(100, Optional.of(TODAY.minusDays(181)), 0).points()).isEqualTo(70);
        assertThat(weigh(100, Optional.of(TODAY.minusDays(180)), 0).points()).isEqualTo(60);
        assertThat(weigh(100, Optional.of(TODAY.minusDays(30)), 0).points()).isEqualTo(30);
        assertThat(weigh(100, Optional.empty(), 2).points()).isEqualTo(90);
    }

    @Test
    void aLargeEmployerWithoutUnionIsProposedUntilAMeetingIsPlannedThere() {
        UnionSummary street = aStreet();
        Actor officer = given.officer(Role.STREET_OFFICER, street);
        LocalDate today = LocalDate.now(clock);
        Employer employer = employer(officer, street);
        EmployerId id = employer.id();
        assertThat(proposed(officer, street)).contains(id);
        assertThat(proposals.of(given.otherDistrictOfficer(), street)).isEmpty();
        var meeting = new MeetingId(UUID.randomUUID());
        meetings.plan(
                officer,
                street.id(),
                meeting,
                new Meetings.Typed(
                        "ENTERPRISE",
                        "SITE",
                        employer.name(),
                        "会议室",
                        employer.code().orElseThrow().text(),
                        today.toString(),
                        "10:00",
                        "11:00"));
        assertThat(proposed(officer, street)).as("somebody goes there").doesNotContain(id);
        EmployerId neighbour = employer(officer, street).id();
        assertThat(reasons(officer, street, neighbour)).contains(new Proposal.Reason(Proposal.Why.NEAR, 1, 10));
        minutes.hold(officer, meeting, new Minutes.Held("3", "", ""));
        assertThat(reasons(officer, street, id)).contains(new Proposal.Reason(Proposal.Why.DAYS_AGO, 0, -30));
        assertThat(reasons(officer, street, neighbour))
                .extracting(Proposal.Reason::why)
                .doesNotContain(Proposal.Why.NEAR);
    }

    @Test
    void aUnionThatNobodyBelongsToIsProposed() {
        UnionSummary street = aStreet();
        Actor officer = given.officer(Role.STREET_OFFICER, street);
        UnionId union = unions.found(
                officer,
                street.id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(
                        Given.freshName(),
                        "",
                        UnionKind.BASE_UNION.name(),
                        LocalDate.now(clock).toString(),
                        ""));
        assertThat(proposals.of(officer, street))
                .filteredOn(each -> each.union().filter(union::equals).isPresent())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.kind()).isEqualTo(Meeting.Kind.WORKER);
                    assertThat(each.street()).isEqualTo(street.id());
                    assertThat(each.reasons())
                            .as("of a union by itself nobody knows where it was visited")
                            .extracting(Proposal.Reason::why)
                            .containsExactly(Proposal.Why.NO_MEMBERS);
                });
        assertThat(proposals.of(given.otherDistrictOfficer(), street)).isEmpty();
    }

    /** One of its own: what others have put on record is not in the way. */
    private UnionSummary aStreet() {
        return given.union(unions.found(
                given.districtOfficer(),
                given.district().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(
                        Given.freshName().replace("有限公司工会", "街道总工会"),
                        "",
                        UnionKind.STREET_FEDERATION.name(),
                        LocalDate.now(clock).toString(),
                        "")));
    }

    private Employer employer(Actor officer, UnionSummary street) {
        var id = new EmployerId(UUID.randomUUID());
        employers.record(
                officer,
                street.id(),
                id,
                new Employers.Typed(
                        Given.freshEmployer(),
                        Given.freshCode(),
                        "某路",
                        "INFORMATION",
                        "PRIVATE",
                        "987654",
                        "",
                        LocalDate.now(clock).toString()));
        return employers.get(officer, id);
    }

    private List<Proposal.Reason> reasons(Actor officer, UnionSummary street, EmployerId employer) {
        return proposals.of(officer, street).stream()
                .filter(each -> each.employer().filter(employer::equals).isPresent())
                .findFirst()
                .orElseThrow()
                .reasons();
    }

    private List<EmployerId> proposed(Actor officer, UnionSummary street) {
        return proposals.of(officer, street).stream()
                .flatMap(each -> each.employer().stream())
                .toList();
    }

    private static Proposal weigh(int workers, Optional<LocalDate> last, int near) {
        return Proposal.weigh(
                new Proposal.Candidate(
                        Optional.of(new EmployerId(UUID.randomUUID())),
                        Optional.empty(),
                        "某公司",
                        new UnionId(UUID.randomUUID()),
                        "",
                        workers,
                        last,
                        near),
                TODAY);
    }
}

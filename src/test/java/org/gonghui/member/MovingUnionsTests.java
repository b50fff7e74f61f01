package org.gonghui.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Role;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionDissolving;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What lists show of unions that have moved since, and what becomes of their members. */
@CityTest
class MovingUnionsTests {

    private static final Actor ALL = Actor.platform("test");
    private static final Employment REGULAR = new Employment("regular", false);
    private static final String LONG_AGO = "2023-03-01";

    @Autowired
    private MovingUnions moving;

    @Autowired
    private Members members;

    @Autowired
    private Roster roster;

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private Clock clock;

    @Test
    void aUnionWithMembersIsNotDissolved() {
        members.admit(ALL, given.base().id(), Given.freshPerson(REGULAR), Optional.empty());
        assertRefused(
                MemberRefusal.MEMBERS_LEFT,
                () -> moving.dissolving(
                        new UnionDissolving(given.base().id(), given.street().id(), ALL)));
        moving.dissolving(
                new UnionDissolving(given.street().id(), given.district().id(), ALL));
    }

    @Test
    void aListIsThatOfItsTreeAndShowsOnlyWhatIsTheReadersToday() {
        UnionSummary street = found(given.district(), "STREET_FEDERATION");
        UnionSummary other = found(given.otherDistrict(), "STREET_FEDERATION");
        UnionSummary base = found(street, "BASE_UNION");
        var person = Given.freshPerson(REGULAR);
        members.admit(ALL, base.id(), person, Optional.empty());
        String month = LocalDate.now(clock).toString().substring(0, 7);
        String yesterday = LocalDate.now(clock).minusDays(1).toString();
        assertThat(names(given.cityOfficer(), street, "member.total", month, ""))
                .containsExactly(person.name());

        move(street, given.otherDistrict());
        assertThat(names(given.cityOfficer(), given.otherDistrict(), "member.joined", month, ""))
                .contains(person.name());
        assertThat(names(given.cityOfficer(), given.district(), "member.joined", month, ""))
                .doesNotContain(person.name());
        assertThat(names(given.officer(Role.STREET_OFFICER, other), other, "member.total", month, ""))
                .isEmpty();

        Roster.Question past = question(given.cityOfficer(), street, "member.total", "2023-11", yesterday);
        assertThat(past.tree().isAsToday()).isFalse();
        assertThat(past.union().path().value())
                .startsWith(given.district().path().value());
        Actor former = given.districtOfficer();
        Roster.Question asked = question(former, given.district(), "member.total", "2023-11", yesterday);
        Roster.Answer seen = roster.list(former, asked, Optional.empty());
        List<String> exported = new ArrayList<>();
        roster.export(former, asked, row -> exported.add(row.name()));
        assertThat((long) exported.size()).isEqualTo(seen.total());
        assertThat(seen.elsewhere()).as("nobody was there in November").isZero();
    }

    private List<String> names(Actor actor, UnionSummary union, String measure, String period, String tree) {
        List<String> names = new ArrayList<>();
        roster.export(actor, question(actor, union, measure, period, tree), row -> names.add(row.name()));
        return names;
    }

    private Roster.Question question(Actor actor, UnionSummary union, String measure, String period, String tree) {
        return roster.question(
                actor, union.id(), new Roster.Asked(measure, period, tree, null, null, null, null, List.of()));
    }

    private UnionSummary found(UnionSummary below, String kind) {
        return given.union(unions.found(
                ALL,
                below.id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", kind, LONG_AGO, "")));
    }

    private void move(UnionSummary union, UnionSummary to) {
        Visitor officer = visitors.signedIn("city@demo");
        String form = "/desk/unions/" + union.id() + "/reorganisations";
        officer.get(form);
        assertThat(officer.post(
                                form,
                                Map.of(
                                        "key", UUID.randomUUID().toString(),
                                        "kind", "MOVE",
                                        "code", to.code(),
                                        "from", LocalDate.now(clock).toString()))
                        .statusCode())
                .isEqualTo(302);
    }
}

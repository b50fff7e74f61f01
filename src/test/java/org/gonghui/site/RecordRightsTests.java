package org.gonghui.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Role;
import org.gonghui.joining.Joinings;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.member.Person;
import org.gonghui.org.UnionKind;
import org.gonghui.org.UnionSummary;
import org.gonghui.phone.Phones;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Routes;
import org.gonghui.support.Routes.Route;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.gonghui.transfer.Transfers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every route of the golden file that names a person's record × every officer × a record inside and one outside: what is
 * inside answers, what is outside is not there and stays as it was.
 */
@CityTest
class RecordRightsTests {

    private static final Employment REGULAR = new Employment("regular", false);

    /** The officers of the demonstration who see some members and not others. */
    enum Officer {
        DISTRICT(Role.DISTRICT_OFFICER),
        STREET(Role.STREET_OFFICER),
        BASE(Role.BASE_OFFICER);

        private final Role role;

        Officer(Role role) {
            this.role = role;
        }

        String login() {
            return name().toLowerCase(Locale.ROOT) + "@demo";
        }
    }

    /**
     * A route with records of a union's in its place.
     *
     * @param untouched gives way only while nothing has been done to them
     */
    private record Target(String address, Runnable untouched) {}

    @Autowired
    private Given given;

    @Autowired
    private Members members;

    @Autowired
    private Joinings joinings;

    @Autowired
    private Transfers transfers;

    @Autowired
    private Phones phones;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void thereAreSuchRoutes() throws IOException {
        assertThat(routes()).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @EnumSource(Officer.class)
    void aRecordInsideAnswersAndOneOutsideIsNotThere(Officer officer) throws IOException {
        Visitor visitor = visitors.signedIn(officer.login());
        UnionSummary own = baseOf("base@demo");
        UnionSummary other = given.otherBase();
        for (Route route : routes()) {
            String what = officer + " " + route;
            Target outside = target(route, other, given.otherBases().get(1));
            int there = send(visitor, route, outside, own).statusCode();
            if (!officer.role.rights().contains(route.may())) {
                assertThat(there).as(what).isEqualTo(403);
                continue;
            }
            assertThat(there).as(what + " outside").isEqualTo(404);
            outside.untouched().run();
            Target inside = target(route, own, other);
            assertThat(send(visitor, route, inside, own).statusCode())
                    .as(what + " inside")
                    .isIn(200, 204, 302, 409);
        }
    }

    private HttpResponse<String> send(Visitor visitor, Route route, Target target, UnionSummary at) {
        String address = target.address();
        if (route.isApi()) {
            return visitors.fresh()
                    .program(
                            route.method(),
                            address,
                            "{\"reason\":\"材料不全\"}",
                            "Authorization",
                            "Bearer " + visitor.session(),
                            "Idempotency-Key",
                            UUID.randomUUID().toString());
        }
        if (route.method().equals("GET")) {
            return visitor.get(address);
        }
        visitor.get("/sign-in/code"); // for the token
        return visitor.post(
                address,
                Map.of(
                        "at", at.id().toString(),
                        "reason", "材料不全",
                        "purpose", "VERIFY",
                        "by", "LEFT",
                        "employment", "courier",
                        "name", "试验员",
                        "phone", Given.freshPhone().text(),
                        "code", given.joint().code()));
    }

    /** The route with fresh records of a base union; where it names a transfer, one between it and another union. */
    private Target target(Route route, UnionSummary base, UnionSummary far) {
        Actor officer = given.officer(Role.BASE_OFFICER, base);
        Members.Admission.Admitted admitted = admit(officer, base);
        UUID membership = admitted.membership();
        String address = route.pattern()
                .replace("{member}", admitted.member().toString())
                .replace("{membership}", membership.toString());
        if (address.contains("/entries/")) {
            jdbc.sql("insert into joining_entry (membership_id, union_id, name, entered_at, actor)"
                            + " values (:membership, :union, '试验员', now(), '窗口')")
                    .param("membership", membership)
                    .param("union", base.id().value())
                    .update();
        }
        if (address.contains("{application}")) {
            return new Target(address.replace("{application}", apply(base).toString()), () -> {});
        }
        if (address.contains("{transfer}")) {
            boolean own =
                    address.endsWith("/withdrawal"); // a side withdraws what it asked, and answers what it was asked
            Actor farOfficer = given.officer(Role.BASE_OFFICER, far);
            var asked = (Transfers.Asked.Waits)
                    (own
                            ? transfers.give(officer, membership, far.code())
                            : transfers.take(farOfficer, membership, far.id(), "试验员", REGULAR, Optional.empty()));
            return new Target(
                    address.replace("{transfer}", asked.transfer().toString()),
                    () -> transfers.object(own ? farOfficer : officer, asked.transfer(), "仍在等待"));
        }
        return new Target(
                address, () -> assertThat(members.liveOf(List.of(membership))).hasSize(1));
    }

    private Members.Admission.Admitted admit(Actor officer, UnionSummary base) {
        return (Members.Admission.Admitted)
                members.admit(officer, base.id(), Given.freshPerson(REGULAR), Optional.empty());
    }

    private UUID apply(UnionSummary base) {
        Person person = Given.freshPerson(REGULAR);
        var applicant = new Actor(Optional.of(phones.accountOf(person.phone().orElseThrow())), "", List.of());
        return joinings.apply(
                        applicant,
                        base.code(),
                        new Joinings.Who(person.name(), person.identity().text()),
                        new Joinings.Work(REGULAR.code(), "", ""))
                .id();
    }

    private static List<Route> routes() throws IOException {
        return Routes.golden().stream().filter(Route::namesARecord).toList();
    }

    private UnionSummary baseOf(String login) {
        String page = Visitor.location(visitors.signedIn(login).get("/desk/overview"));
        UnionSummary union = given.union(UnionId.of(page.substring(page.lastIndexOf('/') + 1)));
        assertThat(union.kind()).isEqualTo(UnionKind.BASE_UNION);
        return union;
    }
}

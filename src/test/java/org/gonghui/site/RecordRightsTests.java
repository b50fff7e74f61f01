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
     * What a base union has of two of its people: a member, one whose transfer waits for an answer, and an applicant.
     *
     * @param asked a transfer that this union asked for, and may withdraw
     * @param toAnswer one that it was asked for
     */
    private record Records(UUID member, UUID membership, UUID application, UUID asked, UUID toAnswer) {

        String in(Route route) {
            return route.pattern()
                    .replace("{member}", member.toString())
                    .replace("{membership}", membership.toString())
                    .replace("{application}", application.toString())
                    .replace("{transfer}", (route.pattern().endsWith("/withdrawal") ? asked : toAnswer).toString());
        }
    }

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
        Records outside = records(other, own);
        for (Route route : routes()) {
            String what = officer + " " + route;
            int there = send(visitor, route, outside, own).statusCode();
            if (!officer.role.rights().contains(route.may())) {
                assertThat(there).as(what).isEqualTo(403);
                continue;
            }
            assertThat(there).as(what + " outside").isEqualTo(404);
            // Each route has records of its own: what one changes is not what the next one meets.
            int inside = send(visitor, route, records(own, other), own).statusCode();
            assertThat(inside).as(what + " inside").isIn(200, 204, 302, 409);
        }
        assertThat(members.liveOf(List.of(outside.membership()))).hasSize(1);
        Actor theirs = given.officer(Role.BASE_OFFICER, other);
        transfers.withdraw(theirs, outside.asked()); // refused unless both wait as they did
        transfers.agree(theirs, outside.toAnswer());
    }

    private HttpResponse<String> send(Visitor visitor, Route route, Records records, UnionSummary at) {
        String address = records.in(route);
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

    /** Fresh records of a base union, and a transfer each way between it and another one. */
    private Records records(UnionSummary base, UnionSummary far) {
        Actor officer = given.officer(Role.BASE_OFFICER, base);
        Actor farOfficer = given.officer(Role.BASE_OFFICER, far);
        Members.Admission.Admitted stays = admit(officer, base);
        var asked = (Transfers.Asked.Waits)
                transfers.give(officer, admit(officer, base).membership(), far.code());
        var toAnswer = (Transfers.Asked.Waits) transfers.take(
                farOfficer, admit(officer, base).membership(), far.id(), "试验员", REGULAR, Optional.empty());
        return new Records(
                stays.member().value(), stays.membership(), apply(base), asked.transfer(), toAnswer.transfer());
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

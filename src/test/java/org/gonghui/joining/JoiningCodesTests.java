package org.gonghui.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Accounts;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Employment;
import org.gonghui.member.Person;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A station has a code of its own: people join by it, the street counts them, and one day it is taken down. */
@CityTest
class JoiningCodesTests {

    private static final UUID NONE = new UUID(0, 0);

    @Autowired
    private JoiningCodes codes;

    @Autowired
    private Joinings joinings;

    @Autowired
    private Approvals approvals;

    @Autowired
    private Accounts accounts;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    private Actor officer = Actor.nobody();
    private String label = "";
    private JoiningCodes.Code code =
            new JoiningCodes.Code(NONE, "", new UnionId(NONE), "", Instant.EPOCH, Optional.empty(), 0, 0);

    @BeforeEach
    void aStationsCode() {
        officer = given.streetOfficer();
        label = "驿站" + UUID.randomUUID().toString().substring(0, 8);
        code = codes.give(officer, given.street().id(), label);
    }

    @Test
    void whoScansItJoinsTheStreetsUnionAndIsCounted() {
        Visitor stranger = visitors.fresh();
        assertThat(stranger.get("/j/" + code.code().toLowerCase(Locale.ROOT)).body())
                .contains(label, given.street().name());
        assertThat(stranger.get("/api/v1/codes/" + code.code()).body()).contains(label);
        Actor worker = worker();
        Person person = Given.freshPerson(new Employment("courier", true));
        Application application = joinings.apply(
                worker,
                code.code(),
                new Joinings.Who(person.name(), person.identity().text()),
                new Joinings.Work("courier", "", ""));
        assertThat(application.union()).contains(given.joint().id());
        assertThat(counted()).containsExactly(1, 0);
        approvals.approve(officer, application.id(), Optional.empty());
        assertThat(counted()).containsExactly(1, 1);
    }

    @Test
    void afterItsEndNobodyBeginsButWhoHasBegunGoesOn() {
        Actor worker = worker();
        Person person = Given.freshPerson(new Employment("courier", true));
        joinings.tellWho(
                worker,
                code.code(),
                new Joinings.Who(person.name(), person.identity().text()));
        codes.end(officer, code.id());
        codes.end(officer, code.id());
        assertRefused(JoiningRefusal.CODE_ENDED, () -> codes.scan(code.code()));
        assertThat(visitors.fresh().get("/j/" + code.code()).statusCode()).isEqualTo(410);
        assertRefused(
                JoiningRefusal.CODE_ENDED,
                () -> joinings.apply(
                        worker(),
                        code.code(),
                        new Joinings.Who("试验员", Given.freshIdentity().text()),
                        new Joinings.Work("courier", "", "")));
        joinings.tellWho(
                worker,
                code.code().toLowerCase(Locale.ROOT),
                new Joinings.Who(person.name(), person.identity().text()));
        joinings.tellWork(worker, new Joinings.Work("courier", "", ""));
        joinings.send(worker);
        assertThat(counted()).containsExactly(1, 0);
        assertThat(codes.give(officer, given.street().id(), label).code())
                .as("the label is free again")
                .isNotEqualTo(code.code());
    }

    @Test
    void othersSeeNothingOfIt() {
        Actor stranger = given.otherDistrictOfficer();
        assertRefused(JoiningRefusal.NO_SUCH_CODE, () -> codes.one(stranger, code.id()));
        assertRefused(JoiningRefusal.NO_SUCH_CODE, () -> codes.end(stranger, code.id()));
        assertThatThrownBy(() -> codes.given(stranger, given.street().id())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> codes.give(stranger, given.street().id(), "别处的"))
                .isInstanceOf(Refused.class);
        assertThat(codes.scan(code.code()).label()).as("still in use").isEqualTo(label);
        Visitor base = visitors.signedIn("base@demo");
        assertThat(base.get("/desk/joining/codes/" + code.id() + "/poster").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsNoCodeLeadsNowhere() {
        for (String odd : List.of("", " ", "0", "AAAAAAA", "ABCDEFGH", "'; drop table", "𠮷", "x".repeat(300))) {
            assertRefused(JoiningRefusal.NO_SUCH_CODE, () -> codes.scan(odd));
        }
        assertRefused(
                JoiningRefusal.LABEL_TAKEN,
                () -> codes.give(officer, given.street().id(), label));
        assertRefused(
                JoiningRefusal.CHOOSE_A_PLACE,
                () -> codes.give(given.districtOfficer(), given.district().id(), label));
        for (String bad : List.of("", "  ", "名".repeat(JoiningCodes.LONGEST_LABEL + 1))) {
            assertThatThrownBy(() -> codes.give(officer, given.street().id(), bad))
                    .isInstanceOf(BadInput.class);
        }
    }

    private List<Integer> counted() {
        return codes.given(officer, given.street().id()).stream()
                .filter(each -> each.id().equals(code.id()))
                .flatMap(each -> List.of(each.sent(), each.joined()).stream())
                .toList();
    }

    private Actor worker() {
        return new Actor(
                Optional.of(Objects.requireNonNull(transaction.execute(status -> accounts.open()))), "", List.of());
    }
}

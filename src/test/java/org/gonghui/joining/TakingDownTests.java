package org.gonghui.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Refused;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.member.Person;
import org.gonghui.member.PhoneNumber;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Staff take down at a stall who wants to join: it waits with the others, once. */
@CityTest
class TakingDownTests {

    private static final Employment COURIER = new Employment("courier", true);

    @Autowired
    private TakingDown takingDown;

    @Autowired
    private JoiningCodes codes;

    @Autowired
    private Approvals approvals;

    @Autowired
    private Members members;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Given given;

    private Actor officer = Actor.nobody();
    private String code = "";
    private UUID id = UUID.randomUUID();
    private Person person = Given.freshPerson(COURIER);

    @BeforeEach
    void aStall() {
        officer = given.streetOfficer();
        code = codes.give(
                        officer,
                        given.street().id(),
                        "摊位" + UUID.randomUUID().toString().substring(0, 8))
                .code();
        id = UUID.randomUUID();
        person = Given.freshPerson(COURIER);
    }

    @Test
    void whoIsTakenDownWaitsAndIsApprovedWithoutAnAccount() {
        assertThat(take(officer, id, person)).isEqualTo(TakingDown.Taken.WAITS);
        Approvals.Waiting waiting = approvals.one(officer, id);
        assertThat(waiting.takenBy()).isEqualTo(officer.name());
        assertThat(waiting.union()).isEqualTo(given.joint());
        assertThat(waiting.phone())
                .isEqualTo(person.phone().map(PhoneNumber::masked).orElseThrow());
        assertThat(approvals.approve(officer, id, Optional.empty())).isEqualTo(Approvals.Approved.MEMBER);
        approvals.undo(officer, id);
        approvals.approve(officer, id, Optional.empty());
        assertThat(members.recount()).isEmpty();
        assertThat(take(officer, UUID.randomUUID(), person)).isEqualTo(TakingDown.Taken.MEMBER_HERE);
    }

    @Test
    void sentAgainItIsThereOnce() {
        assertThat(take(officer, id, person)).isEqualTo(TakingDown.Taken.WAITS);
        assertThat(take(officer, id, person)).isEqualTo(TakingDown.Taken.WAITS);
        assertThat(take(officer, UUID.randomUUID(), person))
                .as("typed a second time")
                .isEqualTo(TakingDown.Taken.TWICE);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void whoBelongsElsewhereIsAskedForWithTheApproval() {
        members.admit(given.otherDistrictOfficer(), given.otherBase().id(), person, Optional.empty());
        assertThat(take(officer, id, person)).isEqualTo(TakingDown.Taken.WAITS_MEMBER_ELSEWHERE);
        assertThat(take(officer, id, person))
                .as("the same answer to the same once more")
                .isEqualTo(TakingDown.Taken.WAITS_MEMBER_ELSEWHERE);
        assertThat(approvals.approve(officer, id, Optional.empty())).isEqualTo(Approvals.Approved.TRANSFER_ASKED);
    }

    @Test
    void whatWasTypedWronglyIsNotTaken() {
        for (TakingDown.Typed wrong : List.of(
                typed("", person.identity().text(), "", "courier", ""),
                typed("某人", "110101199001011234", "", "courier", ""),
                typed("某人", person.identity().text(), "123", "courier", ""),
                typed("某人", person.identity().text(), "", "astronaut", ""),
                typed(
                        "某人",
                        person.identity().text(),
                        "",
                        "regular",
                        UUID.randomUUID().toString()))) {
            assertThatThrownBy(() -> takingDown.takeDown(officer, code, id, wrong))
                    .isInstanceOf(BadInput.class);
        }
        assertThat(rows()).isZero();
    }

    @Test
    void othersTakeNobodyDownThereAndReachNoneOfIt() {
        Actor stranger = given.otherDistrictOfficer();
        assertThatThrownBy(() -> take(stranger, id, person)).isInstanceOf(Refused.class);
        assertThat(rows()).isZero();
        take(officer, id, person);
        Actor colleague = given.streetOfficer();
        assertRefused(JoiningRefusal.NO_SUCH_APPLICATION, () -> take(colleague, id, Given.freshPerson(COURIER)));
    }

    private TakingDown.Taken take(Actor by, UUID as, Person who) {
        return takingDown.takeDown(
                by,
                code,
                as,
                typed(
                        who.name(),
                        who.identity().text(),
                        who.phone().map(PhoneNumber::text).orElse(""),
                        who.employment().code(),
                        ""));
    }

    private static TakingDown.Typed typed(String name, String identity, String phone, String employment, String union) {
        return new TakingDown.Typed(name, identity, phone, employment, "", union);
    }

    private int rows() {
        return jdbc.sql("select count(*) from joining_application where scanned = :code")
                .param("code", code)
                .query(Integer.class)
                .single();
    }
}

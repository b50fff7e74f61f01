package org.gonghui.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Role;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Refused;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.member.Membership;
import org.gonghui.member.Person;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Someone without a phone is taken in at the counter, once as everyone. */
@CityTest
class StaffEntryTests {

    @Autowired
    private StaffEntry entry;

    @Autowired
    private Members members;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Given given;

    private Actor officer = Actor.nobody();
    private Person person = Given.freshPerson(new Employment("regular", false));

    @BeforeEach
    void someoneAtTheCounter() {
        officer = given.streetOfficer();
        person = Given.freshPerson(new Employment("regular", false));
    }

    @Test
    void someoneWithoutAPhoneIsAMember() {
        StaffEntry.Entered entered = enter(person, "");
        assertThat(entered).isInstanceOfSatisfying(StaffEntry.Entered.Member.class, member -> {
            assertThat(member.already()).isFalse();
            assertThat(members.nameOf(member.member())).isEqualTo(person.name());
        });
        assertThat(enter(person, ""))
                .isInstanceOfSatisfying(
                        StaffEntry.Entered.Member.class,
                        again -> assertThat(again.already()).isTrue());
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void forSomeoneWhoIsAMemberElsewhereThatUnionIsAsked() {
        members.admit(given.otherDistrictOfficer(), given.otherBase().id(), person, Optional.empty());
        assertThat(enter(person, Given.freshPhone().text())).isInstanceOf(StaffEntry.Entered.TransferAsked.class);
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void someoneOfAnotherUnionOfTheSameStreetComesOverAtOnce() {
        members.admit(officer, given.joint().id(), person, Optional.empty());
        assertThat(enter(person, "")).isInstanceOf(StaffEntry.Entered.Member.class);
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void whatWasTypedWronglyIsUndoneWithinADay() {
        UUID membership = enteredMembership();
        assertRefused(JoiningRefusal.NO_SUCH_APPLICATION, () -> entry.undo(given.otherDistrictOfficer(), membership));
        entry.undo(officer, membership);
        entry.undo(officer, membership);
        assertThat(members.liveOf(List.of(membership))).isEmpty();
        assertThat(recent()).extracting(StaffEntry.Recent::membership).doesNotContain(membership);
        assertThat(members.recount()).isEmpty();
        assertThat(enter(person, ""))
                .as("as if it never had been")
                .isInstanceOfSatisfying(
                        StaffEntry.Entered.Member.class,
                        again -> assertThat(again.already()).isFalse());
    }

    @Test
    void afterADayItStands() {
        UUID membership = enteredMembership();
        jdbc.sql("update joining_entry set entered_at = entered_at - interval '25 hours' where membership_id = :entry")
                .param("entry", membership)
                .update();
        assertThat(recent()).extracting(StaffEntry.Recent::membership).doesNotContain(membership);
        assertRefused(JoiningRefusal.TOO_LATE_TO_UNDO, () -> entry.undo(officer, membership));
        assertThat(members.liveOf(List.of(membership))).containsExactly(membership);
    }

    @Test
    void whatWasDoneSinceIsNotUndoneWithIt() {
        UUID membership = enteredMembership();
        members.end(officer, membership, Membership.Ending.LEFT, "");
        assertThatThrownBy(() -> entry.undo(officer, membership))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).hasToString("CHANGED_SINCE"));
        assertThat(members.recount()).isEmpty();
    }

    private UUID enteredMembership() {
        enter(person, "");
        return recent().stream()
                .filter(line -> line.name().equals(person.name()))
                .findFirst()
                .orElseThrow()
                .membership();
    }

    private List<StaffEntry.Recent> recent() {
        return entry.recent(officer, given.street().id());
    }

    @Test
    void nonsenseIsRefusedAtItsField() {
        String identity = person.identity().text();
        String base = given.base().id().toString();
        refusedAt(new StaffEntry.Typed("", identity, "", "regular", base), "name");
        refusedAt(new StaffEntry.Typed("试验员", "123", "", "regular", base), "identity");
        refusedAt(new StaffEntry.Typed("试验员", identity, "12", "regular", base), "phone");
        refusedAt(new StaffEntry.Typed("试验员", identity, "", "astronaut", base), "employment");
        refusedAt(new StaffEntry.Typed("试验员", identity, "", "regular", ""), "union");
        refusedAt(
                new StaffEntry.Typed(
                        "试验员", identity, "", "regular", given.otherBase().id().toString()),
                "union");
        refusedAt(new StaffEntry.Typed(null, null, null, null, null), "name", "identity", "employment", "union");
    }

    private void refusedAt(StaffEntry.Typed wrong, String... fields) {
        assertThatThrownBy(() -> entry.enter(officer, given.street().id(), wrong))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .extracting(BadInput.Fault::field)
                                .containsExactly(fields));
    }

    @Test
    void onlyWhoApprovesThereEnters() {
        var typed = new StaffEntry.Typed(
                person.name(),
                person.identity().text(),
                "",
                "regular",
                given.base().id().toString());
        for (Actor stranger : List.of(
                given.otherDistrictOfficer(),
                given.cityOfficer(),
                Actor.nobody(),
                given.officer(Role.AUDITOR, given.city()))) {
            assertThatThrownBy(() -> entry.enter(stranger, given.street().id(), typed))
                    .isInstanceOf(Refused.class);
        }
    }

    private StaffEntry.Entered enter(Person who, String phone) {
        return entry.enter(
                officer,
                given.street().id(),
                new StaffEntry.Typed(
                        who.name(),
                        who.identity().text(),
                        phone,
                        who.employment().code(),
                        given.base().id().toString()));
    }
}

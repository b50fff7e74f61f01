package org.gonghui.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.gonghui.access.Role;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Refused;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.member.Person;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Someone without a phone is taken in at the counter, once as everyone. */
@CityTest
class StaffEntryTests {

    @Autowired
    private StaffEntry entry;

    @Autowired
    private Members members;

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
    void nonsenseIsRefusedAtItsField() {
        String identity = person.identity().text();
        String base = given.base().id().toString();
        for (var wrong : List.of(
                new StaffEntry.Typed("", identity, "", "regular", base),
                new StaffEntry.Typed("试验员", "123", "", "regular", base),
                new StaffEntry.Typed("试验员", identity, "12", "regular", base),
                new StaffEntry.Typed("试验员", identity, "", "astronaut", base),
                new StaffEntry.Typed("试验员", identity, "", "regular", ""),
                new StaffEntry.Typed(
                        "试验员", identity, "", "regular", given.otherBase().id().toString()),
                new StaffEntry.Typed(null, null, null, null, null))) {
            assertThatThrownBy(() -> entry.enter(officer, given.street().id(), wrong))
                    .isInstanceOf(BadInput.class);
        }
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

package org.gonghui.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Accounts;
import org.gonghui.access.Role;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Reach;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What members see and put right about themselves, and what their union puts right for them. */
@CityTest
class OwnRecordsTests {

    @Autowired
    private OwnRecords own;

    @Autowired
    private Members members;

    @Autowired
    private Corrections corrections;

    @Autowired
    private MemberFiles files;

    @Autowired
    private MemberStore store;

    @Autowired
    private Accounts accounts;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Given given;

    private final Person person = Given.freshPerson(new Employment("courier", true));
    private Members.Admission.Admitted admitted =
            new Members.Admission.Admitted(new MemberId(new UUID(0, 0)), new UUID(0, 0), Membership.Beginning.JOINED);
    private Actor self = Actor.nobody();

    @BeforeEach
    void someoneWhomTheirUnionEntered() {
        self = someone();
        admitted = (Members.Admission.Admitted)
                members.admit(given.streetOfficer(), given.base().id(), person, Optional.empty());
    }

    @Test
    void aMemberFindsTheirCardByPhoneAndTheEndOfTheirNumber() {
        assertThat(own.of(self)).isEmpty();
        own.claim(self, person.phone().orElseThrow(), " " + end().toLowerCase(Locale.ROOT));
        assertThat(members.isMember(self)).isTrue();
        assertThat(own.of(self).orElseThrow().identity().text())
                .isEqualTo(person.identity().text());
    }

    @Test
    void withoutTheRightPhoneOrEndNobodyFindsAnything() {
        for (String wrong : List.of("", "12345", "1234567", "abcdef", "<b>123")) {
            assertThatThrownBy(() -> own.claim(self, person.phone().orElseThrow(), wrong))
                    .isInstanceOf(BadInput.class);
        }
        assertThatThrownBy(() -> own.claim(self, Given.freshPhone(), end())).isInstanceOf(BadInput.class);
        assertThat(members.isMember(self)).isFalse();
        assertRefused(MemberRefusal.NO_SUCH_MEMBER, () -> own.claim(Actor.nobody(), Given.freshPhone(), end()));
    }

    @Test
    void guessingEndsAfterAHandful() {
        String wrong = end().startsWith("000") ? "111111" : "000000";
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> own.claim(self, person.phone().orElseThrow(), wrong))
                    .isInstanceOf(BadInput.class);
        }
        assertRefused(
                MemberRefusal.TOO_MANY_CLAIMS,
                () -> own.claim(self, person.phone().orElseThrow(), end()));
        assertThat(members.isMember(self)).isFalse();
    }

    @Test
    void ofAStrangerWhoWasTakenForAMemberNothingIsLeft() {
        own.claim(self, person.phone().orElseThrow(), end());
        Actor stranger = someone();
        Person strangersOwn = Given.freshPerson(person.employment());
        var before = (Members.Admission.Admitted)
                members.admit(given.streetOfficer(), given.base().id(), strangersOwn, stranger.account());
        members.end(given.streetOfficer(), before.membership(), Membership.Ending.LEFT, "");
        members.end(given.streetOfficer(), admitted.membership(), Membership.Ending.LEFT, "");

        PhoneNumber strange = Given.freshPhone();
        Person pretended = new Person(person.name(), person.identity(), Optional.of(strange), person.employment());
        var wrong = (Members.Admission.Admitted)
                members.admit(given.streetOfficer(), given.base().id(), pretended, stranger.account());
        assertThat(store.byAccount(stranger.account().orElseThrow())).contains(admitted.member());
        members.takeBack(given.streetOfficer(), wrong.membership());

        assertThat(store.byAccount(self.account().orElseThrow())).contains(admitted.member());
        assertThat(store.byAccount(stranger.account().orElseThrow())).contains(before.member());
        assertThat(own.of(self).orElseThrow().phone()).isEqualTo(person.phone());
        assertThat(store.ofPhone(strange)).isEmpty();
        assertThat(jdbc.sql("select count(*) from member_before where membership_id = :id")
                        .param("id", wrong.membership())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aTransferThatIsUndoneLeavesTheMembersOwnAccount() {
        own.claim(self, person.phone().orElseThrow(), end());
        var elsewhere =
                new Members.Arrival(given.otherBase().id(), Optional.empty(), Optional.empty(), Optional.empty());
        Actor city = Actor.platform("test");
        UUID arrived = members.transfer(city, admitted.membership(), elsewhere);
        PhoneNumber moved = Given.freshPhone();
        own.movePhone(self, moved);
        members.undoTransfer(city, arrived);
        assertThat(store.byAccount(self.account().orElseThrow())).contains(admitted.member());
        assertThat(own.of(self).orElseThrow().phone()).contains(moved);
    }

    @Test
    void aHouseholdMayShareAPhone() {
        Person other = new Person("另一人", Given.freshIdentity(), person.phone(), person.employment());
        members.admit(given.streetOfficer(), given.base().id(), other, Optional.empty());
        own.claim(self, person.phone().orElseThrow(), end());
        assertThat(own.of(self).orElseThrow().name()).isEqualTo(person.name());
    }

    @Test
    void theUnionPutsNameAndPhoneRight() {
        PhoneNumber phone = Given.freshPhone();
        Actor street = given.streetOfficer();
        corrections.correct(street, admitted.membership(), new Corrections.Correction("王𠮷·改", "", phone.text(), null));
        assertThat(files.file(street, admitted.member()).name()).isEqualTo("王𠮷·改");
        assertThat(store.ofPhone(phone)).hasSize(1);
        assertThat(jdbc.sql("select spelling from member_membership where id = :id")
                        .param("id", admitted.membership())
                        .query(String.class)
                        .single())
                .as("the lists spell it anew")
                .endsWith("王𠮷·改");
        corrections.correct(street, admitted.membership(), new Corrections.Correction("王𠮷·改", "", "", null));
        assertThat(store.ofPhone(phone)).as("left as it was").hasSize(1);
        corrections.correct(street, admitted.membership(), new Corrections.Correction("王𠮷·改", "", null, true));
        assertThat(store.ofPhone(phone)).isEmpty();
    }

    @Test
    void anIdentityNumberIsPutRightWithWhatItTells() {
        Actor street = given.streetOfficer();
        IdentityNumber right = Given.freshIdentity();
        corrections.correct(
                street, admitted.membership(), new Corrections.Correction(person.name(), right.text(), "", null));
        MemberFiles.MemberFile file = files.file(street, admitted.member());
        assertThat(file.identity()).isEqualTo(right.masked());
        assertThat(file.birthDate())
                .isEqualTo(Integer.toString(right.birthDate().getYear()));
        assertThat(file.sex()).isEqualTo(right.sex());
        assertThat(jdbc.sql("select sex from member_membership where id = :id")
                        .param("id", admitted.membership())
                        .query(String.class)
                        .single())
                .as("the lists are cut by it")
                .isEqualTo(right.sex());
        assertThat(store.byIdentity(right)).contains(admitted.member());
        assertThat(store.byIdentity(person.identity())).isEmpty();
        assertThat(file.history().toString())
                .doesNotContain(right.text(), person.identity().text());
    }

    /** A phone that somebody else has is told by a pair of records that are alike: nobody tries out many. */
    @Test
    void soManyPhonesArePutRightInADay() {
        Actor street = given.streetOfficer();
        for (int i = 0; i < 60; i++) {
            corrections.correct(street, admitted.membership(), phoneOnly(Given.freshPhone()));
        }
        PhoneNumber last = Given.freshPhone();
        assertRefused(
                MemberRefusal.TOO_MANY_SEARCHES,
                () -> corrections.correct(street, admitted.membership(), phoneOnly(last)));
        assertThat(store.byPhone(last, Reach.everywhere())).isEmpty();
        corrections.correct(street, admitted.membership(), new Corrections.Correction("改名", "", "", null));
    }

    private Corrections.Correction phoneOnly(PhoneNumber phone) {
        return new Corrections.Correction(members.nameOf(admitted.member()), "", phone.text(), null);
    }

    @Test
    void anIdentityNumberThatIsNoneOrSomebodyElsesChangesNothing() {
        Actor street = given.streetOfficer();
        Person other = Given.freshPerson(person.employment());
        members.admit(street, given.base().id(), other, Optional.empty());
        for (String wrong : List.of("123", "11010519491231002A", "110105194912310021", "110105209912310029")) {
            assertThatThrownBy(() -> corrections.correct(
                            street, admitted.membership(), new Corrections.Correction("改名", wrong, "", null)))
                    .as(wrong)
                    .isInstanceOf(BadInput.class);
        }
        var taken = new Corrections.Correction("改名", other.identity().text(), "", null);
        for (int i = 0; i < 20; i++) {
            assertRefused(
                    MemberRefusal.SOMEBODY_ELSES_IDENTITY,
                    () -> corrections.correct(street, admitted.membership(), taken));
        }
        assertRefused(MemberRefusal.TOO_MANY_SEARCHES, () -> corrections.correct(street, admitted.membership(), taken));
        assertThat(store.byIdentity(person.identity())).contains(admitted.member());
        assertThat(members.nameOf(admitted.member())).isEqualTo(person.name());
    }

    @Test
    void nobodyElsePutsItRightAndNonsenseChangesNothing() {
        var right = new Corrections.Correction("改名", "", "", null);
        for (Actor stranger : List.of(
                given.otherDistrictOfficer(), self, Actor.nobody(), given.officer(Role.AUDITOR, given.city()))) {
            assertRefused(
                    MemberRefusal.NO_SUCH_MEMBER, () -> corrections.correct(stranger, admitted.membership(), right));
        }
        for (var wrong : List.of(
                new Corrections.Correction("", "", "", null),
                new Corrections.Correction("改名", "", "12", null),
                new Corrections.Correction("改名", "", Given.freshPhone().text(), true))) {
            assertThatThrownBy(() -> corrections.correct(given.streetOfficer(), admitted.membership(), wrong))
                    .isInstanceOf(BadInput.class);
        }
        assertThat(members.nameOf(admitted.member())).isEqualTo(person.name());
    }

    private String end() {
        return person.identity().text().substring(12);
    }

    private Actor someone() {
        return new Actor(
                Optional.of(Objects.requireNonNull(transaction.execute(status -> accounts.open()))), "", List.of());
    }
}

package org.gonghui.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Accounts;
import org.gonghui.access.Role;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A person's file: masked for whoever may read it, opened for a purpose that the person can read, nobody else's. */
@CityTest
class MemberFileTests {

    @Autowired
    private MemberFiles files;

    @Autowired
    private Members members;

    @Autowired
    private Accounts accounts;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    private Person person = Given.freshPerson(new Employment("courier", true));
    private Members.Admission.Admitted admitted = new Members.Admission.Admitted(
            new MemberId(UUID.randomUUID()), UUID.randomUUID(), Membership.Beginning.JOINED);
    private Actor self = Actor.nobody();
    private Actor street = Actor.nobody();

    @BeforeEach
    void aMember() {
        street = given.streetOfficer();
        person = Given.freshPerson(new Employment("courier", true));
        AccountId account = Objects.requireNonNull(transaction.execute(status -> accounts.open()));
        self = new Actor(Optional.of(account), "", List.of());
        admitted =
                (Members.Admission.Admitted) members.admit(street, given.base().id(), person, Optional.of(account));
    }

    @Test
    void whoMayReadSeesItMasked() {
        MemberFiles.MemberFile file = files.file(street, admitted.member());
        assertThat(file.identity())
                .contains("********")
                .isNotEqualTo(person.identity().text());
        assertThat(file.phone()).contains("****");
        assertThat(file.live()).isPresent();
        assertThat(file.mayEdit() && file.mayOpen()).isTrue();
        MemberFiles.MemberFile city = files.file(given.cityOfficer(), admitted.member());
        assertThat(city.mayEdit()).isFalse();
        assertThat(city.mayOpen()).isTrue();
    }

    @Test
    void openingItTakesAPurposeAndThePersonReadsIt() {
        assertThatThrownBy(() -> files.open(street, admitted.member(), "", "")).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> files.open(street, admitted.member(), "OTHER", " "))
                .isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> files.open(street, admitted.member(), "CONTACT", "打 138 0000 1234"))
                .isInstanceOf(BadInput.class);
        assertThat(files.looksAt(self)).isEmpty();
        MemberFiles.Opened opened = files.open(street, admitted.member(), "CONTACT", "体检通知");
        assertThat(opened.identity()).isEqualTo(person.identity().text());
        assertThat(opened.phone()).isEqualTo(person.phone().orElseThrow().text());
        assertThat(files.looksAt(self)).singleElement().satisfies(look -> {
            assertThat(look.purpose()).isEqualTo("CONTACT");
            assertThat(look.note()).isEqualTo("体检通知");
            assertThat(look.union()).isEqualTo(given.street().name());
        });
        assertThat(files.looksAt(given.streetOfficer())).isEmpty();
        assertThat(files.looksAt(Actor.nobody())).isEmpty();
    }

    @Test
    void aSearchByNumberIsALook() {
        assertThat(files.find(street, " " + person.identity().text() + " ")).contains(admitted.member());
        assertThat(files.find(street, person.phone().orElseThrow().text())).contains(admitted.member());
        assertThat(files.looksAt(self)).hasSize(2);
        long number = files.file(street, admitted.member()).number();
        assertThat(files.find(street, Long.toString(number))).contains(admitted.member());
        assertThat(files.looksAt(self)).as("a member number is no secret").hasSize(2);
        for (Actor stranger : List.of(given.otherDistrictOfficer(), Actor.nobody())) {
            assertThat(files.find(stranger, person.identity().text())).isEmpty();
            assertThat(files.find(stranger, person.phone().orElseThrow().text()))
                    .isEmpty();
            assertThat(files.find(stranger, Long.toString(number))).isEmpty();
        }
        assertThat(files.find(street, "nothing")).isEmpty();
        assertThat(files.looksAt(self)).hasSize(2);
    }

    @Test
    void searchesEndBeforeTheyBecomeAList() {
        Actor curious = given.officer(Role.STREET_OFFICER, given.street());
        for (int i = 0; i < 120; i++) {
            files.find(curious, Given.freshIdentity().text());
        }
        assertRefused(
                MemberRefusal.TOO_MANY_SEARCHES,
                () -> files.find(curious, person.identity().text()));
    }

    @Test
    void whatIsElsewhereDoesNotExist() {
        for (Actor stranger : List.of(
                given.otherDistrictOfficer(),
                given.officer(Role.ADMINISTRATOR, given.city()),
                given.officer(Role.AUDITOR, given.city()),
                self)) {
            assertRefused(MemberRefusal.NO_SUCH_MEMBER, () -> files.file(stranger, admitted.member()));
            assertRefused(MemberRefusal.NO_SUCH_MEMBER, () -> files.open(stranger, admitted.member(), "CONTACT", ""));
        }
    }

    @Test
    void afterATransferTheOldUnionReadsButOpensNoMoreAndLearnsNotWhere() {
        members.transfer(
                Actor.platform("test"),
                admitted.membership(),
                Members.Arrival.at(given.otherBase().id()));
        MemberFiles.MemberFile old = files.file(street, admitted.member());
        assertThat(old.mayOpen() || old.mayEdit()).isFalse();
        assertThat(old.spells().getFirst().union()).isEmpty();
        assertThat(old.spells().getLast().union()).isPresent();
        assertRefused(MemberRefusal.NO_SUCH_MEMBER, () -> files.open(street, admitted.member(), "CONTACT", ""));
        assertThat(files.open(given.otherDistrictOfficer(), admitted.member(), "CONTACT", "")
                        .identity())
                .isEqualTo(person.identity().text());
    }

    @Test
    void nothingIsDoneToOnePersonAtAnothersFile() {
        var other = (Members.Admission.Admitted)
                members.admit(street, given.base().id(), Given.freshPerson(person.employment()), Optional.empty());
        Visitor officer = visitors.signedIn("street@demo");
        String file = "/desk/members/people/" + admitted.member();
        officer.get(file);
        for (String act : List.of("end", "employment", "correction", "taking-back")) {
            assertThat(officer.post(
                                    file + "/memberships/" + other.membership() + "/" + act,
                                    Map.of("by", "LEFT", "employment", "courier", "name", "改名"))
                            .statusCode())
                    .as(act)
                    .isEqualTo(404);
        }
        assertThat(members.liveOf(List.of(other.membership()))).hasSize(1);
        assertThat(members.nameOf(other.member())).isNotEqualTo("改名");
    }

    @Test
    void noNumberGoesIntoANote() {
        for (String note : List.of("电话 138 1234 5678", "138-1234-5678", "110105 1949 1231 0021", "卡号123456")) {
            assertThatThrownBy(() -> files.open(street, admitted.member(), "CONTACT", note))
                    .as(note)
                    .isInstanceOf(BadInput.class);
        }
        files.open(street, admitted.member(), "CONTACT", "2023-12-28 9:30 家访，第3次");
    }

    @Test
    void aLookIsNotBuriedUnderOtherThings() {
        files.open(street, admitted.member(), "CONTACT", "");
        for (int i = 0; i < 120; i++) {
            members.changeEmployment(street, admitted.membership(), i % 2 == 0 ? "courier" : "regular");
        }
        assertThat(files.looksAt(self)).hasSize(1);
    }

    @Test
    void noPageShowsANumberUnasked() {
        Visitor officer = visitors.signedIn("street@demo");
        String address = "/desk/members/people/" + admitted.member();
        HttpResponse<String> file = officer.get(address);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body())
                .doesNotContain(
                        person.identity().text(),
                        person.identity().text().substring(14),
                        person.identity().birthDate().toString(),
                        person.phone().orElseThrow().text())
                .contains("************");
        HttpResponse<String> opened = officer.post(address + "/looks", Map.of("purpose", "VERIFY"));
        assertThat(opened.body()).contains(person.identity().text());
        assertThat(opened.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(officer.get("/m/" + admitted.member()).statusCode()).isEqualTo(302);
        HttpResponse<String> unknown = officer.post("/desk/members/people", Map.of("what", "99999999"));
        assertThat(unknown.statusCode()).isEqualTo(422);

        String end = address + "/memberships/" + admitted.membership() + "/end";
        assertThat(officer.post(end, Map.of("by", "LEFT", "why", "去外地")).statusCode())
                .isEqualTo(302);
        assertThat(officer.post(end, Map.of("by", "LEFT")).statusCode())
                .as("pressed twice")
                .isEqualTo(409);
        assertThat(officer.get(address).body()).contains("去外地");
        String back = address + "/memberships/" + admitted.membership() + "/taking-back";
        assertThat(officer.post(back, Map.of()).statusCode()).isEqualTo(302);
        assertThat(officer.post(back, Map.of()).statusCode())
                .as("pressed twice")
                .isEqualTo(302);
        assertThat(files.file(street, admitted.member()).live()).isPresent();
        assertThat(members.recount()).isEmpty();

        Visitor base = visitors.signedIn("auditor@demo");
        assertThat(base.get(address).statusCode()).isEqualTo(403);
        assertThat(visitors.fresh().get("/m/" + admitted.member()).statusCode()).isEqualTo(302);
    }
}

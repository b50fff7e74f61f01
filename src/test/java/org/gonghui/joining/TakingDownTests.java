package org.gonghui.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gonghui.audit.Audit;
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
    private Audit audit;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Given given;

    private Actor officer = Actor.nobody();
    private UUID stall = UUID.randomUUID();
    private String code = "";
    private UUID id = UUID.randomUUID();
    private Person person = Given.freshPerson(COURIER);

    @BeforeEach
    void aStall() {
        officer = given.streetOfficer();
        JoiningCodes.Code meeting = codes.give(
                officer,
                given.street().id(),
                "摊位" + UUID.randomUUID().toString().substring(0, 8));
        stall = meeting.id();
        code = meeting.code();
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
        String identity = person.identity().text();
        refusedAt(typed("", identity, "", "courier", ""), "name");
        refusedAt(typed("某人", "110101199001011234", "", "courier", ""), "identity");
        refusedAt(typed("某人", identity, "123", "courier", ""), "phone");
        refusedAt(typed("某人", identity, "", "astronaut", ""), "employment");
        refusedAt(typed("某人", identity, "", "regular", "no id"), "union");
        refusedAt(new TakingDown.Typed(null, null, null, null, null, null), "name", "identity", "employment");
        assertThat(rows()).isZero();
    }

    private void refusedAt(TakingDown.Typed wrong, String... fields) {
        assertThatThrownBy(() -> takingDown.takeDown(officer, code, id, wrong))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .extracting(BadInput.Fault::field)
                                .containsExactly(fields));
    }

    @Test
    void whoChoseAUnionThatIsNoMoreIsGivenOneByTheStreet() {
        String gone = UUID.randomUUID().toString();
        var typed = typed(person.name(), person.identity().text(), "", "regular", gone);
        assertThat(takingDown.takeDown(officer, code, id, typed)).isEqualTo(TakingDown.Taken.WAITS);
        assertThat(approvals.one(officer, id).union()).isEqualTo(given.street());
    }

    @Test
    void sentAgainItHasTheSameAnswerWhateverHasHappenedSince() {
        take(officer, id, person);
        approvals.approve(officer, id, Optional.empty());
        assertThat(take(officer, id, person)).as("a member by now").isEqualTo(TakingDown.Taken.WAITS);
        assertThat(take(given.streetOfficer(), id, person))
                .as("sent by a colleague, with the same phone")
                .isEqualTo(TakingDown.Taken.WAITS);
        var typed = typed(person.name(), person.identity().text(), "", "no more", "");
        assertThat(takingDown.takeDown(officer, code, id, typed))
                .as("what was chosen is no more")
                .isEqualTo(TakingDown.Taken.WAITS);
        assertRefused(JoiningRefusal.NO_SUCH_APPLICATION, () -> take(officer, id, Given.freshPerson(COURIER)));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void aCodeThatHasEndedStillTakesWhatWasTyped() {
        codes.end(officer, stall);
        assertThat(take(officer, id, person)).isEqualTo(TakingDown.Taken.WAITS);
    }

    @Test
    void ofTwoAtTheSameMomentOneIsTwice() throws Exception {
        for (int round = 0; round < 8; round++) {
            Person someone = Given.freshPerson(COURIER);
            UUID same = UUID.randomUUID();
            assertThat(atOnce(
                            () -> take(officer, UUID.randomUUID(), someone),
                            () -> take(given.streetOfficer(), UUID.randomUUID(), someone)))
                    .containsExactlyInAnyOrder(TakingDown.Taken.WAITS, TakingDown.Taken.TWICE);
            Person another = Given.freshPerson(COURIER);
            assertThat(atOnce(() -> take(officer, same, another), () -> take(officer, same, another)))
                    .as("the same, sent twice")
                    .containsOnly(TakingDown.Taken.WAITS);
        }
        assertThat(rows()).isEqualTo(16);
    }

    private static List<TakingDown.Taken> atOnce(Callable<TakingDown.Taken> one, Callable<TakingDown.Taken> other)
            throws Exception {
        var taken = new ArrayList<TakingDown.Taken>();
        try (ExecutorService hands = Executors.newFixedThreadPool(2)) {
            for (Future<TakingDown.Taken> each : hands.invokeAll(List.of(one, other))) {
                taken.add(each.get());
            }
        }
        return taken;
    }

    @Test
    void whoTriesNumbersOutLeavesATrail() {
        take(officer, id, person);
        UUID twice = UUID.randomUUID();
        take(officer, twice, person);
        assertTrail(twice, "joining.take-down-twice");
        approvals.approve(officer, id, Optional.empty());
        UUID member = UUID.randomUUID();
        take(officer, member, person);
        assertTrail(member, "joining.take-down-member");
    }

    private void assertTrail(UUID of, String action) {
        assertThat(audit.historyOf(of, action)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo(officer.name());
            assertThat(entry.facts()).containsOnly(Map.entry("name", person.name()), Map.entry("scanned", code));
        });
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

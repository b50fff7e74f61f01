package org.gonghui.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gonghui.access.Accounts;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.member.Employment;
import org.gonghui.member.Person;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What somebody typed without a network is sent some time later: once, whatever has happened in between. */
@CityTest
class JoiningLaterTests {

    private static final Joinings.Work COURIER = new Joinings.Work("courier", "快跑速递", "");

    @Autowired
    private Joinings joinings;

    @Autowired
    private JoiningCodes codes;

    @Autowired
    private Approvals approvals;

    @Autowired
    private Accounts accounts;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Given given;

    private Actor officer = Actor.nobody();
    private Actor worker = Actor.nobody();
    private UUID id = UUID.randomUUID();
    private Joinings.Who who = new Joinings.Who(null, null);
    private String code = "";

    @BeforeEach
    void somebodyWithoutANetwork() {
        officer = given.streetOfficer();
        worker = someone();
        id = UUID.randomUUID();
        who = who();
        code = given.street().code();
    }

    @Test
    void aCodeThatHasEndedStillTakesWhatWasTyped() {
        JoiningCodes.Code meeting = codes.give(
                officer,
                given.street().id(),
                "沟通会" + UUID.randomUUID().toString().substring(0, 8));
        codes.end(officer, meeting.id());
        Application sent = joinings.applyLater(worker, meeting.code(), id, who, COURIER);
        assertThat(sent.state()).isEqualTo(Application.State.WAITING);
        assertThat(sent.union()).contains(given.joint().id());
        assertThat(sent.deciding()).contains(given.street().id());
    }

    @Test
    void sentAgainItIsThereOnceWhateverBecameOfIt() {
        Application sent = later();
        assertThat(sent.id()).isEqualTo(id);
        assertThat(later()).usingRecursiveComparison().isEqualTo(sent);
        approvals.approve(officer, id, Optional.empty());
        assertThat(later().state()).isEqualTo(Application.State.APPROVED);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void whatWasBegunAndNotSentGivesWay() {
        joinings.tellWho(worker, given.base().code(), who());
        joinings.tellWork(worker, new Joinings.Work("regular", "", ""));
        Application sent = later();
        assertThat(sent.id()).isEqualTo(id);
        assertThat(sent.name()).isEqualTo(who.name());
        assertThat(sent.union()).contains(given.joint().id());
        assertThat(joinings.identity(worker, sent).orElseThrow().text()).isEqualTo(who.identity());
        assertThat(later().id()).isEqualTo(id);
        joinings.withdraw(worker);
        assertThat(later().state())
                .as("what was withdrawn does not come back by itself")
                .isEqualTo(Application.State.WITHDRAWN);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void twoAtTheSameMomentHaveTheSameAnswer() throws Exception {
        for (int round = 0; round < 8; round++) {
            Actor somebody = someone();
            UUID same = UUID.randomUUID();
            if (round % 2 == 0) {
                joinings.tellWho(somebody, code, who());
            }
            Joinings.Who typed = who();
            Callable<UUID> sending = () ->
                    joinings.applyLater(somebody, code, same, typed, COURIER).id();
            var answers = new ArrayList<UUID>();
            try (ExecutorService hands = Executors.newFixedThreadPool(2)) {
                for (Future<UUID> each : hands.invokeAll(List.of(sending, sending))) {
                    answers.add(each.get());
                }
            }
            assertThat(answers).containsExactly(same, same);
        }
    }

    @Test
    void oneAtATimeAndNoMembers() {
        later();
        UUID other = UUID.randomUUID();
        assertRefused(JoiningRefusal.WAITING_ALREADY, () -> joinings.applyLater(worker, code, other, who(), COURIER));
        approvals.approve(officer, id, Optional.empty());
        assertRefused(JoiningRefusal.MEMBER_ALREADY, () -> joinings.applyLater(worker, code, other, who(), COURIER));
        assertRefused(JoiningRefusal.NO_SUCH_APPLICATION, () -> joinings.applyLater(someone(), code, id, who, COURIER));
        assertRefused(
                JoiningRefusal.NO_SUCH_CODE, () -> joinings.applyLater(someone(), "999999", other, who(), COURIER));
    }

    @Test
    void whoChoseAUnionThatIsNoMoreIsGivenOneByTheStreet() {
        String gone = UUID.randomUUID().toString();
        Application sent = joinings.applyLater(worker, code, id, who, new Joinings.Work("regular", "", gone));
        assertThat(sent.union()).contains(given.street().id());
        String base = given.base().id().toString();
        Actor other = someone();
        assertThat(joinings.applyLater(other, code, UUID.randomUUID(), who(), new Joinings.Work("regular", "", base))
                        .union())
                .contains(given.base().id());
    }

    @Test
    void whatIsWrongIsToldAtOnceAndChangesNothing() {
        joinings.tellWho(worker, code, who);
        assertThatThrownBy(() -> joinings.applyLater(
                        worker,
                        code,
                        id,
                        new Joinings.Who("小明😀", "1"),
                        new Joinings.Work("astronaut", "<b>", "no id")))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .extracting(BadInput.Fault::field)
                                .containsExactly("name", "identity", "employment", "employer", "union"));
        assertThat(joinings.open(worker).map(Application::name)).contains(Objects.requireNonNull(who.name()));
    }

    private Application later() {
        return joinings.applyLater(worker, code, id, who, COURIER);
    }

    private int rows() {
        return jdbc.sql("select count(*) from joining_application where account_id = :account")
                .param("account", worker.account().orElseThrow().value())
                .query(Integer.class)
                .single();
    }

    private static Joinings.Who who() {
        Person person = Given.freshPerson(new Employment("courier", true));
        return new Joinings.Who(person.name(), person.identity().text());
    }

    private Actor someone() {
        return new Actor(
                Optional.of(Objects.requireNonNull(transaction.execute(status -> accounts.open()))), "", List.of());
    }
}

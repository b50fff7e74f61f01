package org.gonghui.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gonghui.support.Refusals.assertRefused;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.gonghui.access.Role;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.MessageGateway;
import org.gonghui.kernel.MessageGateway.Outcome;
import org.gonghui.kernel.MessageGateway.Way;
import org.gonghui.phone.Phones;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What waits in the outbox leaves once, whatever the other side does. By WeChat, which nobody in the demonstration has
 * chosen, and by a clock of the test's own.
 */
@CityTest
class SendingTests {

    private static final Instant NOON = Instant.parse("2023-06-01T04:00:00Z");

    @Autowired
    private OutboxStore store;

    @Autowired
    private ApplicationAvailability availability;

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Autowired
    private Outbox outbox;

    @Autowired
    private Phones phones;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    private final ConcurrentLinkedQueue<MessageGateway.Message> asked = new ConcurrentLinkedQueue<>();
    private Instant now = NOON;
    private Function<MessageGateway.Message, Outcome> answer = message -> new Outcome.Accepted();
    private AccountId account = new AccountId(new UUID(0, 0));
    private Optional<String> address = Optional.of("13900001111");

    @BeforeEach
    void anEmptyOutbox() {
        account = phones.accountOf(Given.freshPhone());
        jdbc.sql("delete from message_outgoing where way = 'WECHAT'").update();
    }

    @Test
    void whatWaitsLeavesOnceWhenItIsDue() {
        UUID about = put(NOON.plusSeconds(60));
        put(about, NOON); // put in twice: told once
        Sending sending = sending();
        sending.send();
        assertThat(asked).isEmpty();
        now = NOON.plusSeconds(60);
        sending.send();
        sending.send();
        assertThat(asked).hasSize(1);
        assertThat(asked.peek().to()).isEqualTo("13900001111");
        assertThat(states()).containsExactly("SENT");
    }

    @Test
    void twoWhoSendAtOnceSendEachMessageOnce() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            put(NOON);
        }
        var first = Thread.startVirtualThread(sending()::send);
        var second = Thread.startVirtualThread(sending()::send);
        first.join();
        second.join();
        assertThat(asked).hasSize(200);
        assertThat(ids(asked)).doesNotHaveDuplicates();
        assertThat(states()).hasSize(200).containsOnly("SENT");
    }

    @Test
    void whatWasTakenOutByOneWhoDiedIsSentAgainUnderTheSameId() {
        put(NOON);
        List<Outgoing> taken = store.take(Set.of(Way.WECHAT), 10, now, now.plusSeconds(30)); // and then nothing more
        sending().send();
        assertThat(asked).isEmpty();
        now = NOON.plusSeconds(31);
        sending().send();
        assertThat(ids(asked)).containsExactly(taken.getFirst().id());
        assertThat(states()).containsExactly("SENT");
    }

    @Test
    void whoeverDoesNotAnswerIsAskedAgainLaterAndNothingIsLost() {
        for (int i = 0; i < 20; i++) {
            put(NOON);
        }
        Sending sending = sending();
        answer = message -> new Outcome.Unreachable("HTTP 503", Optional.empty());
        sending.send();
        int first = asked.size();
        assertThat(first).isEqualTo(16);
        sending.send(); // left alone for a while
        assertThat(asked).hasSize(first);
        now = now.plus(Duration.ofSeconds(70));
        sending.send(); // tried with one
        assertThat(asked).hasSize(first + 1);
        answer = message -> new Outcome.Accepted();
        for (int i = 0; i < 30 && states().contains("WAITING"); i++) {
            now = now.plus(Duration.ofSeconds(70));
            sending.send();
        }
        assertThat(states()).hasSize(20).containsOnly("SENT");
    }

    @Test
    void oneThatIsAlwaysInVainDoesNotHoldTheOthersUp() {
        put(NOON);
        UUID poison = put(NOON);
        put(NOON);
        UUID outgoing = idOf(poison);
        answer = message -> message.id().equals(outgoing)
                ? new Outcome.Unreachable("HTTP 500", Optional.empty())
                : new Outcome.Accepted();
        Sending sending = sending();
        sending.send();
        assertThat(states()).containsOnlyOnce("WAITING").hasSize(3);
        now = NOON.plus(Duration.ofDays(3)); // no news any more
        sending.send();
        assertThat(states()).contains("GIVEN_UP").doesNotContain("WAITING");
    }

    @Test
    void whoeverWaitsForAnAnswerHoldsNobodyElseUp() throws InterruptedException {
        put(NOON);
        var asking = new CountDownLatch(1);
        var answering = new CountDownLatch(1);
        answer = message -> {
            asking.countDown();
            await(answering);
            return new Outcome.Accepted();
        };
        Sending sending = sending();
        var first = Thread.startVirtualThread(sending::send);
        await(asking);
        put(NOON);
        sending.send(); // comes back at once, and leaves the new one to the first
        assertThat(asked).hasSize(1);
        answering.countDown();
        first.join();
        sending.send();
        assertThat(states()).hasSize(2).containsOnly("SENT");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatWillNeverBeTakenIsGivenUpAndShownWithoutWhomItWasFor() {
        now = Instant.now();
        put(now);
        answer = message -> new Outcome.TurnedDown("HTTP 400");
        sending().send();
        assertThat(states()).containsExactly("GIVEN_UP");
        address = Optional.empty();
        put(now);
        sending().send();
        assertThat(asked).hasSize(1);
        Visitor auditor = visitors.signedIn("auditor@demo");
        assertThat(auditor.get("/desk/messages").body())
                .contains("消息发送", "微信")
                .doesNotContain("13900001111", account.toString());
        Actor ofADistrict = given.officer(Role.AUDITOR, given.district());
        assertRefused(MessageRefusal.WHOLE_CITY_ONLY, () -> outbox.failures(ofADistrict));
        assertRefused(MessageRefusal.WHOLE_CITY_ONLY, () -> outbox.states(ofADistrict));
        assertThat(outbox.states(Actor.platform("test"))).isNotEmpty();
    }

    @Test
    void theOtherSideMaySayWhenToComeAgain() {
        put(NOON);
        answer = message -> new Outcome.Unreachable("HTTP 429", Optional.of(Duration.ofMinutes(5)));
        Sending sending = sending();
        sending.send();
        answer = message -> new Outcome.Accepted();
        now = NOON.plus(Duration.ofMinutes(4));
        sending.send();
        assertThat(states()).containsExactly("WAITING");
        now = NOON.plus(Duration.ofMinutes(6));
        sending.send();
        assertThat(states()).containsExactly("SENT");
    }

    private Sending sending() {
        var gateway = new MessageGateway() {
            @Override
            public Set<Way> ways() {
                return Set.of(Way.WECHAT);
            }

            @Override
            public Outcome send(Message message) {
                asked.add(message);
                return answer.apply(message);
            }
        };
        Clock clock = new CityClock(() -> now);
        return new Sending(store, new Gateways(List.of(gateway)), (who, way) -> address, clock, availability, meters);
    }

    private UUID put(Instant due) {
        UUID about = UUID.randomUUID();
        put(about, due);
        return about;
    }

    private void put(UUID about, Instant due) {
        transaction.executeWithoutResult(
                status -> store.insert(UUID.randomUUID(), about, account, Way.WECHAT, "标题", "标题 链接", now, due));
    }

    private UUID idOf(UUID about) {
        return jdbc.sql("select id from message_outgoing where about = :about")
                .param("about", about)
                .query(UUID.class)
                .single();
    }

    private List<String> states() {
        return jdbc.sql("select state from message_outgoing where account_id = :account")
                .param("account", account.value())
                .query(String.class)
                .list();
    }

    private static List<UUID> ids(Collection<MessageGateway.Message> messages) {
        return messages.stream().map(MessageGateway.Message::id).toList();
    }
}

package org.gonghui.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.MessageGateway;
import org.gonghui.kernel.MessageGateway.Way;
import org.gonghui.layout.Language;
import org.gonghui.layout.Texts;
import org.gonghui.limit.Limits;
import org.gonghui.message.Gateways;
import org.gonghui.phone.Phones;
import org.gonghui.seal.Sealer;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** How someone is reached is their own choice; an address counts when a code has come back from it. */
@CityTest
class ContactsTests {

    @Autowired
    private ContactStore store;

    @Autowired
    private Phones phones;

    @Autowired
    private Limits limits;

    @Autowired
    private Sealer sealer;

    @Autowired
    private Audit audit;

    @Autowired
    private Texts texts;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Clock clock;

    @Autowired
    private TestTime time;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Visitors visitors;

    private final List<MessageGateway.Message> sent = new ArrayList<>();
    private MessageGateway.Outcome outcome = new MessageGateway.Outcome.Accepted();
    private Actor self = Actor.nobody();
    private AccountId account = new AccountId(new UUID(0, 0));

    @BeforeEach
    void someoneWithAPhone() {
        account = phones.accountOf(Given.freshPhone());
        self = new Actor(Optional.of(account), "", List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "22, 7, 2023-12-28T21:59, 2023-12-28T21:59",
        "22, 7, 2023-12-28T22:00, 2023-12-29T07:00",
        "22, 7, 2023-12-31T23:30, 2024-01-01T07:00",
        "22, 7, 2023-12-28T06:59, 2023-12-28T07:00",
        "22, 7, 2023-12-28T07:00, 2023-12-28T07:00",
        "12, 14, 2023-12-28T13:59, 2023-12-28T14:00",
        "12, 14, 2023-12-28T14:00, 2023-12-28T14:00",
        "0, 6, 2023-12-28T00:00, 2023-12-28T06:00",
        "8, 8, 2023-12-28T08:30, 2023-12-28T08:30"
    })
    void nothingLeavesInQuietHours(int from, int until, LocalDateTime now, LocalDateTime due) {
        assertThat(new Contact.Quiet(from, until).endAt(instant(now))).isEqualTo(instant(due));
    }

    private static Instant instant(LocalDateTime here) {
        return here.atZone(CityClock.ZONE).toInstant();
    }

    @Test
    void anAddressCountsOnceItsCodeHasComeBack() {
        Contacts contacts = contacts(Way.EMAIL, Way.SMS);
        contacts.tellEmail(self, " Lin.Xia@example.org ");
        assertThat(contacts.email(self)).contains("Lin.Xia@example.org");
        assertThat(contacts.of(account, Way.EMAIL)).isEmpty();
        assertThat(contacts.reaching(account, contacts.of(account))).containsExactly(Way.SMS);
        String code = code();
        assertThat(sent.getFirst().to()).isEqualTo("Lin.Xia@example.org");
        contacts.proveEmail(self, " " + code + " ");
        assertThat(contacts.of(account, Way.EMAIL)).contains("Lin.Xia@example.org");
        assertThat(contacts.reaching(account, contacts.of(account))).containsExactlyInAnyOrder(Way.SMS, Way.EMAIL);
        assertRefused(NoticeRefusal.WRONG_CODE, () -> contacts.proveEmail(self, code));
        contacts.tellEmail(self, "other@example.org"); // whoever can type it here must prove it too
        assertThat(contacts.of(account, Way.EMAIL)).isEmpty();
        contacts.forgetEmail(self);
        assertThat(contacts.email(self)).isEmpty();
    }

    @Test
    void theFifthWrongGuessEndsTheCodeAndHalfAnHourTooButTheAddressIsSealed() {
        Contacts contacts = contacts(Way.EMAIL);
        contacts.tellEmail(self, "guess@example.org");
        String code = code();
        String wrong = code.equals("000000") ? "000001" : "000000";
        for (int i = 0; i < 5; i++) {
            assertRefused(NoticeRefusal.WRONG_CODE, () -> contacts.proveEmail(self, wrong));
        }
        assertRefused(NoticeRefusal.WRONG_CODE, () -> contacts.proveEmail(self, code));
        contacts.tellEmail(self, "guess@example.org");
        String later = code();
        time.pass(Duration.ofMinutes(31));
        assertRefused(NoticeRefusal.WRONG_CODE, () -> contacts.proveEmail(self, later));
        byte[] stored = jdbc.sql("select email_sealed from notice_contact where account_id = :account")
                .param("account", account.value())
                .query(byte[].class)
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("guess", "example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lin",
                "lin@",
                "@example.org",
                "lin@example",
                "a b@example.org",
                "lin@example.org\r\nBcc: x@example.org",
                "lin@exam ple.org",
                "<lin@example.org>"
            })
    void whatIsNoAddressIsRefusedAtItsField(String typed) {
        Contacts contacts = contacts(Way.EMAIL);
        assertThatThrownBy(() -> contacts.tellEmail(self, typed))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults().getFirst().field()).isEqualTo("email"));
        assertThat(sent).isEmpty();
    }

    @Test
    void nobodyIsFloodedAndNothingIsPretended() {
        Contacts contacts = contacts(Way.EMAIL);
        assertRefused(NoticeRefusal.NO_EMAIL, () -> contacts(Way.SMS).tellEmail(self, "lin@example.org"));
        String victim = "victim-" + UUID.randomUUID() + "@example.org";
        for (int i = 0; i < 3; i++) {
            someoneWithAPhone();
            contacts.tellEmail(self, victim);
        }
        someoneWithAPhone();
        assertRefused(NoticeRefusal.TOO_MANY_CODES, () -> contacts.tellEmail(self, victim));
        String proved = "proved-" + UUID.randomUUID() + "@example.org";
        contacts.tellEmail(self, proved);
        contacts.proveEmail(self, code());
        outcome = new MessageGateway.Outcome.Unreachable("away", Optional.empty());
        assertRefused(NoticeRefusal.NOT_SENT, () -> contacts.tellEmail(self, "fresh-" + UUID.randomUUID() + "@a.cn"));
        assertThat(contacts.of(account, Way.EMAIL)).contains(proved);
    }

    @Test
    void whatWasChosenHolds() {
        Contacts contacts = contacts(Way.EMAIL, Way.SMS, Way.WECHAT);
        assertThat(contacts.of(account)).isEqualTo(Contact.USUAL);
        contacts.choose(self, new Contacts.Choices("WECHAT", null, "23", "6", "en"));
        assertThat(contacts.of(account))
                .isEqualTo(
                        new Contact(Contact.ByPhone.WECHAT, false, false, new Contact.Quiet(23, 6), Language.ENGLISH));
        assertThat(contacts.reaching(account, contacts.of(account))).containsExactly(Way.WECHAT);
        contacts.choose(self, new Contacts.Choices("NONE", "on", "0", "0", "zh"));
        assertThat(contacts.reaching(account, contacts.of(account))).isEmpty();
        assertThatThrownBy(() -> contacts.choose(self, new Contacts.Choices("PIGEON", null, "24", "x", "fr")))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .extracting(BadInput.Fault::field)
                                .containsExactly("byPhone", "quietFrom", "quietUntil"));
    }

    @Test
    void theSettingsAreOnesOwnPage() {
        Visitor visitor = visitors.fresh().signInByPhone(Given.freshPhone().text());
        assertThat(visitor.get("/me/notices/settings").body()).contains("免打扰时段", "value=\"SMS\" selected");
        var answer = visitor.post(
                "/me/notices/settings",
                Map.of("byPhone", "NONE", "quietFrom", "1", "quietUntil", "2", "language", "zh"));
        assertThat(Visitor.location(answer)).isEqualTo("/me/notices");
        assertThat(visitor.get("/me/notices/settings").body()).contains("value=\"NONE\" selected");
        var wrong = visitor.post("/me/notices/email", Map.of("email", "nobody", "shownAt", "/me/notices/settings"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("这不是一个邮箱地址", "value=\"nobody\"");
    }

    private String code() {
        return sent.getLast().text().replaceAll("[^0-9]+([0-9]{6}).*", "$1");
    }

    /** The same choices, with adapters of our own behind these ways. */
    private Contacts contacts(Way... ways) {
        var gateway = new MessageGateway() {
            @Override
            public Set<Way> ways() {
                return Set.of(ways);
            }

            @Override
            public Outcome send(Message message) {
                sent.add(message);
                return outcome;
            }
        };
        return new Contacts(
                store, new Gateways(List.of(gateway)), phones, limits, sealer, audit, texts, transaction, clock);
    }
}

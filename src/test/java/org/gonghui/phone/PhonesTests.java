package org.gonghui.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.gonghui.access.Accounts;
import org.gonghui.access.Token;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.MessageGateway;
import org.gonghui.limit.Limits;
import org.gonghui.member.PhoneNumber;
import org.gonghui.message.Gateways;
import org.gonghui.seal.Sealer;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A phone is proved by a code that goes there; guessing and flooding end soon. */
@CityTest
class PhonesTests {

    @Autowired
    private PhoneCodes codes;

    @Autowired
    private Phones phones;

    @Autowired
    private PhoneStore store;

    @Autowired
    private Limits limits;

    @Autowired
    private Sealer sealer;

    @Autowired
    private TestTime time;

    @Autowired
    private Clock clock;

    @Autowired
    private Accounts accounts;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @LocalServerPort
    private int port;

    private PhoneNumber phone = Given.freshPhone();
    private final PhoneCodes.Origin here = new PhoneCodes.Origin("test-" + UUID.randomUUID(), "");

    @BeforeEach
    void aPhone() {
        phone = Given.freshPhone();
    }

    @Test
    void aCodeWorksOnceAndForItsPhoneOnly() {
        String code = send();
        assertRefused(PhoneRefusal.WRONG_CODE, () -> codes.prove(Given.freshPhone(), code));
        codes.prove(phone, " " + code + " ");
        assertRefused(PhoneRefusal.WRONG_CODE, () -> codes.prove(phone, code));
    }

    @Test
    void aCodeIsGoodForFiveMinutes() {
        String code = send();
        time.pass(Duration.ofMinutes(6));
        assertRefused(PhoneRefusal.WRONG_CODE, () -> codes.prove(phone, code));
    }

    @Test
    void theFifthWrongGuessEndsTheCode() {
        String code = send();
        String wrong = code.equals("000000") ? "000001" : "000000";
        for (int i = 0; i < 5; i++) {
            assertRefused(PhoneRefusal.WRONG_CODE, () -> codes.prove(phone, wrong));
        }
        assertRefused(PhoneRefusal.WRONG_CODE, () -> codes.prove(phone, code));
    }

    @Test
    void wrongGuessesOfAWholeSignInStayCounted() {
        String code = send();
        String wrong = code.equals("000000") ? "000001" : "000000";
        for (int i = 0; i < 5; i++) {
            assertRefused(PhoneRefusal.WRONG_CODE, () -> phones.signIn(phone, wrong));
        }
        assertRefused(PhoneRefusal.WRONG_CODE, () -> phones.signIn(phone, code));
    }

    @Test
    void oneMinuteLiesBetweenTwoCodesAndTheSecondTakesTheFirstsPlace() {
        String first = send();
        assertRefused(PhoneRefusal.CODE_JUST_SENT, this::send);
        time.pass(Duration.ofSeconds(61));
        String second = send();
        if (!first.equals(second)) {
            assertRefused(PhoneRefusal.WRONG_CODE, () -> codes.prove(phone, first));
        }
        codes.prove(phone, second);
    }

    @Test
    void onePhoneGetsTenCodesADay() {
        for (int i = 0; i < 10; i++) {
            send();
            time.pass(Duration.ofSeconds(61));
        }
        assertRefused(PhoneRefusal.TOO_MANY_CODES, this::send);
    }

    @Test
    void oneDeviceAsksForTwentyPhonesAnHourWhateverAddressItHas() {
        String device = UUID.randomUUID().toString();
        for (int i = 0; i < 20; i++) {
            codes.send(Given.freshPhone(), new PhoneCodes.Origin("address " + device + i, device));
        }
        assertRefused(
                PhoneRefusal.TOO_MANY_CODES,
                () -> codes.send(phone, new PhoneCodes.Origin("another " + device, device)));
    }

    @Test
    void withoutAGatewayNothingIsPretended() {
        var none = new PhoneCodes(store, limits, new Gateways(List.of()), sealer, clock);
        assertRefused(PhoneRefusal.NO_MESSAGES, () -> none.send(phone, here));
    }

    @Test
    void aCodeThatCannotLeaveIsNotPretendedToHaveLeft() {
        var away = new MessageGateway.Outcome.Unreachable("HTTP 503", Optional.empty());
        var codes = new PhoneCodes(store, limits, gateway(new ArrayList<>(), away), sealer, clock);
        assertRefused(PhoneRefusal.NOT_SENT, () -> codes.send(phone, here));
    }

    @Test
    void whatIsNoPhoneIsRefusedAtItsField() {
        for (String typed : List.of("", "12345", "+1 202 555 0100", "2380000123x", "138000012345")) {
            assertThatThrownBy(() -> phones.sendCode(typed, here)).isInstanceOf(BadInput.class);
        }
        assertThat(PhoneNumber.read("＋８６ 138-0000-1234").orElseThrow().text()).isEqualTo("13800001234");
        assertThat(PhoneNumber.read("0086 13800001234").orElseThrow().masked()).isEqualTo("138****1234");
    }

    @Test
    void onePhoneIsOneAccountAndMovesWithItsOwner() {
        Visitor owner = visitor().signInByPhone(phone.text());
        assertThat(owner.get("/me").statusCode()).isEqualTo(200);
        AccountId account = store.accountOf(codes.blind(phone)).orElseThrow();
        assertThat(phones.of(account)).contains(phone);
        time.pass(Duration.ofSeconds(61));
        visitor().signInByPhone(phone.text());
        assertThat(store.accountOf(codes.blind(phone))).contains(account);

        PhoneNumber next = Given.freshPhone();
        var actor = new Actor(Optional.of(account), "", List.of());
        phones.move(actor, next, send(next));
        assertThat(phones.of(account)).contains(next);
        assertThat(owner.get("/me").statusCode()).as("other sessions end").isEqualTo(302);

        PhoneNumber taken = Given.freshPhone();
        visitor().signInByPhone(taken.text());
        time.pass(Duration.ofSeconds(61));
        assertRefused(PhoneRefusal.PHONE_TAKEN, () -> phones.move(actor, taken, send(taken)));
        assertRefused(PhoneRefusal.NO_PHONE_ACCOUNT, () -> phones.move(Actor.nobody(), taken, "000000"));
    }

    @Test
    void whoeverSignedInLongAgoShowsTheirPresentPhoneBeforeItIsAnother() {
        Visitor owner = visitor().signInByPhone(phone.text());
        assertThat(owner.get("/me/phone").body()).contains("name=\"phone\"");
        aged(owner, "confirmed_at", Duration.ofMinutes(16));
        assertThat(owner.get("/me/phone").body())
                .contains("/me/sign-in/confirmation?to=/me/phone")
                .doesNotContain("name=\"phone\"");
        PhoneNumber next = Given.freshPhone();
        assertThat(owner.post("/me/phone", Map.of("phone", next.text())).statusCode())
                .isEqualTo(401);
        assertThat(Visitor.location(owner.get("/me/sign-in/confirmation?to=/me/phone")))
                .isEqualTo("/me/phone/confirmation?to=%2Fme%2Fphone");
        assertThat(owner.get("/me/phone/confirmation?to=/me/phone").body()).contains(phone.masked());
        time.pass(Duration.ofSeconds(61));
        assertThat(Visitor.location(owner.post("/me/phone/confirmation/code", Map.of("to", "/me/phone"))))
                .isEqualTo("/me/phone/confirmation?to=%2Fme%2Fphone&sent=yes");
        owner.get("/me/phone/confirmation?to=/me/phone&sent=yes");
        String before = owner.session();
        assertThat(owner.post("/me/phone/confirmation", Map.of("code", "none", "to", "/me/phone"))
                        .statusCode())
                .isEqualTo(422);
        String code = owner.get("/site/development/message?to=" + phone.text()).body();
        HttpResponse<String> confirmed = owner.post("/me/phone/confirmation", Map.of("code", code, "to", "/me/phone"));
        assertThat(Visitor.location(confirmed)).isEqualTo("/me/phone");
        assertThat(owner.session()).isNotEqualTo(before);
        assertThat(owner.post("/me/phone", Map.of("phone", next.text())).statusCode())
                .isEqualTo(302);
        assertThat(phones.of(store.accountOf(codes.blind(phone)).orElseThrow())).contains(phone);
    }

    @Test
    void aPhoneThatDoesNotComeForAMonthIsSignedOut() {
        Visitor owner = visitor().signInByPhone(phone.text());
        aged(owner, "used_at", Duration.ofDays(29));
        assertThat(owner.get("/me").statusCode()).isEqualTo(200);
        aged(owner, "used_at", Duration.ofDays(29));
        assertThat(owner.get("/me").statusCode()).as("used since").isEqualTo(200);
        aged(owner, "used_at", Duration.ofDays(31));
        assertThat(owner.get("/me").statusCode()).isEqualTo(302);
    }

    @Test
    void afterThreeMonthsItIsSignedOutHoweverOftenItCame() {
        Visitor owner = visitor().signInByPhone(phone.text());
        aged(owner, "expires_at", Duration.ofDays(89));
        assertThat(owner.get("/me").statusCode()).isEqualTo(200);
        aged(owner, "expires_at", Duration.ofDays(2));
        assertThat(owner.get("/me").statusCode()).isEqualTo(302);
    }

    /** As if so much time had gone by for this session: the clock itself stays where other tests need it. */
    private void aged(Visitor owner, String what, Duration by) {
        Token token = new Token(owner.session());
        jdbc.sql("update access_session set " + what + " = " + what + " - make_interval(secs => :by)"
                        + " where token_hash = :hash")
                .param("by", by.toSeconds())
                .param("hash", token.hash())
                .update();
        transaction.executeWithoutResult(status -> accounts.call(
                store.accountOf(codes.blind(phone)).orElseThrow(), "")); // whose session it is, is read anew
    }

    @Test
    void theAnswerIsTheSameWhetherThePhoneIsKnownOrNot() {
        visitor().signInByPhone(phone.text());
        time.pass(Duration.ofSeconds(61));
        var known = ask(phone);
        var unknown = ask(Given.freshPhone());
        assertThat(known).isEqualTo(unknown);
    }

    private String ask(PhoneNumber who) {
        Visitor someone = visitor();
        someone.get("/sign-in/phone");
        var answer = someone.post("/sign-in/phone", Map.of("phone", who.text()));
        return answer.statusCode() + " " + Visitor.location(answer) + " " + answer.body();
    }

    private String send() {
        return send(phone);
    }

    private String send(PhoneNumber to) {
        var sent = new ArrayList<MessageGateway.Message>();
        new PhoneCodes(store, limits, gateway(sent, new MessageGateway.Outcome.Accepted()), sealer, clock)
                .send(to, here);
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().toString()).doesNotContain(sent.getFirst().text(), to.text());
        return sent.getFirst().text();
    }

    private Visitor visitor() {
        return new Visitor("http://localhost:" + port);
    }

    /** An adapter that keeps what it is given, and answers this. */
    private static Gateways gateway(List<MessageGateway.Message> sent, MessageGateway.Outcome outcome) {
        return new Gateways(List.of(new MessageGateway() {
            @Override
            public Set<Way> ways() {
                return Set.of(Way.SMS);
            }

            @Override
            public Outcome send(Message message) {
                sent.add(message);
                return outcome;
            }
        }));
    }
}

package org.gonghui.phone;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.MessageGateway;
import org.gonghui.kernel.Refused;
import org.gonghui.limit.Limits;
import org.gonghui.member.PhoneNumber;
import org.gonghui.message.Gateways;
import org.gonghui.seal.Sealer;
import org.springframework.stereotype.Service;

/**
 * Six digits that go to a phone and come back within five minutes. Whether anyone is known by the phone makes no
 * difference to what happens here. A code is in no log, event or table: only its keyed hash is kept.
 */
@Service
class PhoneCodes {

    /** How long a code is good. */
    static final Duration VALID = Duration.ofMinutes(5);

    private static final int GUESSES = 5;
    private static final Limits.Limit AT_ONCE = new Limits.Limit("phone.at-once", 1, Duration.ofMinutes(1));
    private static final Limits.Limit PER_PHONE = new Limits.Limit("phone.phone", 10, Duration.ofDays(1));
    private static final Limits.Limit PER_DEVICE = new Limits.Limit("phone.device", 20, Duration.ofHours(1));

    /** Many people behind one address join at a stall. */
    private static final Limits.Limit PER_ADDRESS = new Limits.Limit("phone.address", 100, Duration.ofHours(1));

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Where a request comes from: its network address and the mark its browser keeps, empty for none. */
    record Origin(String address, String device) {}

    private final PhoneStore store;
    private final Limits limits;
    private final Gateways gateways;
    private final Sealer sealer;
    private final Clock clock;

    PhoneCodes(PhoneStore store, Limits limits, Gateways gateways, Sealer sealer, Clock clock) {
        this.store = store;
        this.limits = limits;
        this.gateways = gateways;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** Sends a fresh code; it takes the place of an earlier one. */
    void send(PhoneNumber phone, Origin from) {
        MessageGateway gateway =
                gateways.of(MessageGateway.Way.SMS).orElseThrow(() -> new Refused(PhoneRefusal.NO_MESSAGES));
        Limits.Counted atOnce = limits.count(AT_ONCE.of(phone.text()));
        if (atOnce.tooMany()) {
            throw Refused.until(atOnce.again(), PhoneRefusal.CODE_JUST_SENT);
        }
        String device = from.device().isEmpty() ? "address " + from.address() : "device " + from.device();
        Limits.Counted counted =
                limits.count(PER_PHONE.of(phone.text()), PER_DEVICE.of(device), PER_ADDRESS.from(from.address()));
        if (counted.tooMany()) {
            throw Refused.until(counted.again(), PhoneRefusal.TOO_MANY_CODES, counted.hours());
        }
        String code = "%06d".formatted(RANDOM.nextInt(1_000_000));
        Instant now = clock.instant();
        store.replace(blind(phone), hash(phone, code), now, now.plus(VALID));
        MessageGateway.Outcome outcome = gateway.send(new MessageGateway.Message(
                Ids.next(clock), MessageGateway.Way.SMS, phone.text(), MessageGateway.Kind.CODE, "", code));
        if (!(outcome instanceof MessageGateway.Outcome.Accepted)) {
            throw new Refused(PhoneRefusal.NOT_SENT);
        }
    }

    /** Takes the code that was sent last, once. Every guess counts, the fifth wrong one ends the code. */
    void prove(PhoneNumber phone, String typedCode) {
        String code = CleanText.line(typedCode).replace(" ", "");
        boolean mayGuess = store.guess(blind(phone), GUESSES, clock.instant());
        if (!mayGuess || !store.use(blind(phone), hash(phone, code))) {
            throw new Refused(PhoneRefusal.WRONG_CODE);
        }
    }

    byte[] blind(PhoneNumber phone) {
        return sealer.blind(PhoneNumber.BLIND, phone.text());
    }

    private byte[] hash(PhoneNumber phone, String code) {
        return sealer.blind("phone.code", phone.text() + " " + code);
    }
}

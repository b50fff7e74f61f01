package org.gonghui.notice;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.MessageGateway;
import org.gonghui.kernel.MessageGateway.Way;
import org.gonghui.kernel.Refused;
import org.gonghui.layout.Language;
import org.gonghui.layout.Texts;
import org.gonghui.limit.Limits;
import org.gonghui.member.PhoneNumber;
import org.gonghui.message.Addresses;
import org.gonghui.message.Gateways;
import org.gonghui.phone.Phones;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** How people are reached beside the inbox: what they chose, and the e-mail address that they have proved. */
@Service
class Contacts implements Addresses {

    /** How long a code that proves an address is good. */
    static final Duration VALID = Duration.ofMinutes(30);

    static final int LONGEST_ADDRESS = 254;

    /** Plain on purpose: an address proves itself by the code that comes back. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+");

    private static final int GUESSES = 5;
    private static final Limits.Limit PER_ACCOUNT = new Limits.Limit("notice.email", 5, Duration.ofDays(1));
    private static final Limits.Limit PER_ADDRESS = new Limits.Limit("notice.address", 3, Duration.ofDays(1));
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Choices as they were typed. */
    record Choices(
            @Nullable String byPhone,
            @Nullable String byEmail,
            @Nullable String quietFrom,
            @Nullable String quietUntil,
            @Nullable String language) {}

    private final ContactStore store;
    private final Gateways gateways;
    private final Phones phones;
    private final Limits limits;
    private final Sealer sealer;
    private final Audit audit;
    private final Texts texts;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Contacts(
            ContactStore store,
            Gateways gateways,
            Phones phones,
            Limits limits,
            Sealer sealer,
            Audit audit,
            Texts texts,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.gateways = gateways;
        this.phones = phones;
        this.limits = limits;
        this.sealer = sealer;
        this.audit = audit;
        this.texts = texts;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What a person chose, or what is usual. */
    Contact of(AccountId account) {
        return store.find(account).orElse(Contact.USUAL);
    }

    /** What the actor chose, or what is usual. */
    Contact of(Actor actor) {
        return of(own(actor));
    }

    /** True when the actor signs in by phone. */
    boolean hasPhone(Actor actor) {
        return phones.of(own(actor)).isPresent();
    }

    /** The ways by which this person can be told now: chosen, set up here, and with an address. */
    Set<Way> reaching(AccountId account, Contact contact) {
        return contact.ways().stream()
                .filter(gateways.ways()::contains)
                .filter(way -> of(account, way).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The ways that are set up here. */
    Set<Way> ways() {
        return gateways.ways();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<String> of(AccountId account, Way way) {
        return way.isByPhone()
                ? phones.of(account).map(PhoneNumber::text)
                : store.email(account, true).map(stored -> sealer.open(stored, place(account)));
    }

    /** The address that was told last, proved or not. */
    Optional<String> email(Actor actor) {
        AccountId account = own(actor);
        return store.email(account, false).map(stored -> sealer.open(stored, place(account)));
    }

    /** Keeps what the actor chose. */
    void choose(Actor actor, Choices typed) {
        var input = new Input();
        Contact.ByPhone byPhone = input.choice("byPhone", typed.byPhone(), Contact.ByPhone.class);
        var quiet = new Contact.Quiet(
                hour(input, "quietFrom", typed.quietFrom()), hour(input, "quietUntil", typed.quietUntil()));
        input.check();
        Language language = Language.of(CleanText.line(typed.language()));
        recorded(
                actor,
                "notice.choose",
                () -> store.choose(own(actor), byPhone, "on".equals(typed.byEmail()), quiet, language));
    }

    private static int hour(Input input, String field, @Nullable String typed) {
        String text = CleanText.line(typed);
        if (text.matches("[0-9]{1,2}") && Integer.parseInt(text) < 24) {
            return Integer.parseInt(text);
        }
        input.fault(field, text.isEmpty() ? "empty" : "no-such-choice");
        return 0;
    }

    /** Sends a code to an address; it counts once the code has come back. An earlier address counts no more. */
    void tellEmail(Actor actor, @Nullable String typed) {
        var input = new Input();
        String address = CleanText.line(typed);
        if (address.isEmpty()) {
            input.fault("email", "empty");
        } else if (address.length() > LONGEST_ADDRESS
                || !ADDRESS.matcher(address).matches()) {
            input.fault("email", "email");
        }
        input.check();
        AccountId account = own(actor);
        MessageGateway mail = gateways.of(Way.EMAIL).orElseThrow(() -> new Refused(NoticeRefusal.NO_EMAIL));
        // Whoever types others' addresses here must not have them flooded.
        Limits.Counted counted = limits.count(PER_ACCOUNT.of(account.toString()), PER_ADDRESS.of(address));
        if (counted.tooMany()) {
            throw Refused.until(counted.again(), NoticeRefusal.TOO_MANY_CODES, counted.hours());
        }
        String code = "%06d".formatted(RANDOM.nextInt(1_000_000));
        Language language = of(account).language();
        MessageGateway.Outcome outcome = mail.send(new MessageGateway.Message(
                Ids.next(clock),
                Way.EMAIL,
                address,
                MessageGateway.Kind.CODE,
                texts.say(language, "notice.email.code.subject"),
                texts.say(language, "notice.email.code.text", code)));
        if (!(outcome instanceof MessageGateway.Outcome.Accepted)) {
            throw new Refused(NoticeRefusal.NOT_SENT); // the address that was proved before still counts
        }
        transaction.executeWithoutResult(status -> store.setEmail(
                account,
                sealer.seal(address, place(account)),
                hash(account, code),
                clock.instant().plus(VALID)));
    }

    /** Takes the code that came to the address; every guess counts, the fifth wrong one ends the code. */
    void proveEmail(Actor actor, @Nullable String typedCode) {
        AccountId account = own(actor);
        String code = CleanText.line(typedCode).replace(" ", "");
        if (!store.guess(account, GUESSES, clock.instant())) {
            throw new Refused(NoticeRefusal.WRONG_CODE);
        }
        recorded(actor, "notice.email", () -> {
            if (!store.prove(account, hash(account, code))) {
                throw new Refused(NoticeRefusal.WRONG_CODE);
            }
        });
    }

    /** Forgets the address. */
    void forgetEmail(Actor actor) {
        recorded(actor, "notice.email.forget", () -> store.forgetEmail(own(actor)));
    }

    private void recorded(Actor actor, String action, Runnable change) {
        transaction.executeWithoutResult(status -> {
            change.run();
            audit.record(actor, action, own(actor).value(), Audit.facts());
        });
    }

    private byte[] hash(AccountId account, String code) {
        return sealer.blind("notice.code", account + " " + code);
    }

    private static AccountId own(Actor actor) {
        return actor.account().orElseThrow();
    }

    private static Sealer.Place place(AccountId account) {
        return ContactStore.EMAIL.of(account.value());
    }
}

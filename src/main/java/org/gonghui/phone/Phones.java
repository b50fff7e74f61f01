package org.gonghui.phone;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.gonghui.access.Accounts;
import org.gonghui.access.Lasting;
import org.gonghui.access.Sessions;
import org.gonghui.access.Token;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.member.OwnRecords;
import org.gonghui.member.PhoneNumber;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The accounts of those who sign in by phone: one phone, one account, whether its owner is a member yet or not. */
@Service
public class Phones {

    /** How long a phone stays signed in: members come seldom, and whoever has not come for a month may have another phone. */
    static final Lasting SESSION = new Lasting(Duration.ofDays(90), Duration.ofDays(30));

    private final PhoneStore store;
    private final PhoneCodes codes;
    private final Accounts accounts;
    private final Sessions sessions;
    private final OwnRecords own;
    private final Sealer sealer;
    private final Audit audit;
    private final Clock clock;

    Phones(
            PhoneStore store,
            PhoneCodes codes,
            Accounts accounts,
            Sessions sessions,
            OwnRecords own,
            Sealer sealer,
            Audit audit,
            Clock clock) {
        this.store = store;
        this.codes = codes;
        this.accounts = accounts;
        this.sessions = sessions;
        this.own = own;
        this.sealer = sealer;
        this.audit = audit;
        this.clock = clock;
    }

    /** Sends a code to the phone that was typed, known or not. */
    PhoneNumber sendCode(@Nullable String typedPhone, PhoneCodes.Origin from) {
        PhoneNumber phone = read(typedPhone);
        codes.send(phone, from);
        return phone;
    }

    /** Signs in with the code that was sent; the phone's first time makes its account. */
    @Transactional(noRollbackFor = Refused.class) // a wrong guess stays counted
    Token signIn(PhoneNumber phone, String typedCode) {
        codes.prove(phone, typedCode);
        AccountId account = accountOf(phone);
        audit.record(new Actor(Optional.of(account), "", List.of()), "phone.sign-in", account.value(), Audit.facts());
        return sessions.begin(account, SESSION);
    }

    /** Sends a code to the phone by which the actor signs in. */
    void sendOwnCode(Actor actor, PhoneCodes.Origin from) {
        codes.send(of(requireOwn(actor)).orElseThrow(), from);
    }

    /** The actor shows once more who they are, by the code that was sent there. */
    @Transactional(noRollbackFor = Refused.class)
    void confirm(Actor actor, String typedCode) {
        codes.prove(of(requireOwn(actor)).orElseThrow(), typedCode);
    }

    /** Moves the actor's account to another phone, which has just been proved; every session but a new one ends. */
    @Transactional(noRollbackFor = Refused.class)
    public Token move(Actor actor, PhoneNumber to, String typedCode) {
        AccountId account = requireOwn(actor);
        codes.prove(to, typedCode);
        if (!store.setPhone(account, sealer.seal(to.text(), place(account)), codes.blind(to), sealer.blindKeyId())) {
            throw new Refused(PhoneRefusal.PHONE_TAKEN);
        }
        audit.record(actor, "phone.move", account.value(), Audit.facts());
        own.movePhone(actor, to);
        sessions.endAllOf(account);
        return sessions.begin(account, SESSION);
    }

    /** The actor's account, if it is one that signs in by phone. */
    AccountId requireOwn(Actor actor) {
        return actor.account()
                .filter(account -> store.phoneOf(account).isPresent())
                .orElseThrow(() -> new Refused(PhoneRefusal.NO_PHONE_ACCOUNT));
    }

    /** The phone by which this account signs in; empty for an account that signs in otherwise. */
    public Optional<PhoneNumber> of(AccountId account) {
        return store.phoneOf(account).flatMap(stored -> PhoneNumber.read(sealer.open(stored, place(account))));
    }

    /** The number that was typed, or the fault of the field {@code phone}. */
    public static PhoneNumber read(@Nullable String typed) {
        var input = new Input();
        Optional<PhoneNumber> phone = PhoneNumber.read(typed == null ? "" : typed);
        if (phone.isEmpty()) {
            input.fault("phone", typed == null || typed.isBlank() ? "empty" : "phone");
        }
        input.check();
        return phone.orElseThrow();
    }

    /** The account that signs in by this phone, made if there is none. */
    @Transactional
    public AccountId accountOf(PhoneNumber phone) {
        byte[] blind = codes.blind(phone);
        return store.accountOf(blind).orElseGet(() -> {
            AccountId account = accounts.open();
            boolean first = store.insert(
                    account, sealer.seal(phone.text(), place(account)), blind, sealer.blindKeyId(), clock.instant());
            // Of two at once the second finds the account that the first has made.
            return first ? account : store.accountOf(blind).orElseThrow();
        });
    }

    private static Sealer.Place place(AccountId account) {
        return PhoneStore.PHONE.of(account.value());
    }
}

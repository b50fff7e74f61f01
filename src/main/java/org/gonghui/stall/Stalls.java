package org.gonghui.stall;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.joining.JoiningCodes;
import org.gonghui.joining.Joinings;
import org.gonghui.joining.TakingDown;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.limit.Limits;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Takes what phones sealed while they had no network: opens it, and does with it what a page would have done. */
@Service
class Stalls {

    /** A busy stall takes down one person a minute; who tries numbers out wants more. */
    static final Limits.Limit TAKEN_DOWN = new Limits.Limit("stall.take-down", 120, Duration.ofHours(1));

    /** How many parcels go at once at most. */
    static final int AT_ONCE = 20;

    /** What came of a parcel. */
    enum Result {
        /** It waits to be approved. */
        WAITS,
        /** It waits; another union will be asked to let the person go. */
        WAITS_MEMBER_ELSEWHERE,
        /** The same person waits already: nothing was added. */
        TWICE,
        /** The person is a member of this union already: nothing was added. */
        MEMBER_HERE,
        /** Fields are wrong: it stays on the phone, to be looked at. */
        FAULTY,
        /** It cannot be opened: sealed for another code, or altered. */
        UNREADABLE,
        /** This cannot be taken here; the sentence says why. */
        REFUSED,
        /** Too many in a short time: it stays on the phone and goes later. */
        LATER
    }

    /**
     * What came of one parcel.
     *
     * @param faults of the fields that are wrong
     * @param why it was refused; null for every other result
     */
    record Outcome(
            UUID id,
            Result result,
            List<BadInput.Fault> faults,
            @Nullable Refused why) {

        static Outcome of(UUID id, Result result) {
            return new Outcome(id, result, List.of(), null);
        }
    }

    private final StallKeyStore store;
    private final JoiningCodes codes;
    private final Joinings joinings;
    private final TakingDown takingDown;
    private final Unions unions;
    private final Limits limits;
    private final JsonMapper json;
    private final Clock clock;

    Stalls(
            StallKeyStore store,
            JoiningCodes codes,
            Joinings joinings,
            TakingDown takingDown,
            Unions unions,
            Limits limits,
            JsonMapper json,
            Clock clock) {
        this.store = store;
        this.codes = codes;
        this.joinings = joinings;
        this.takingDown = takingDown;
        this.unions = unions;
        this.limits = limits;
        this.json = json;
        this.clock = clock;
    }

    /** The public key of a code, made with the first question for it. */
    @Transactional
    byte[] publicKey(JoiningCodes.Scanned scanned) {
        return store.find(scanned.code())
                .or(() -> {
                    store.insert(Ids.next(clock), scanned.code(), StallKey.fresh(), clock.instant());
                    return store.find(scanned.code()); // another may have been faster
                })
                .orElseThrow()
                .publicKey();
    }

    /** True when the actor takes people down at the stall of this code. */
    boolean mayTakeDown(Actor actor, JoiningCodes.Scanned scanned) {
        return actor.reach(Right.MEMBER_APPROVE).covers(scanned.union().path());
    }

    /** Takes down whom staff typed at the stall of a code; each by itself, one that is wrong does not hold up the others. */
    List<Outcome> takeDown(Actor actor, String code, List<StallKey.Parcel> parcels) {
        JoiningCodes.Scanned scanned = codes.find(code);
        unions.get(actor, scanned.union().id(), Right.MEMBER_APPROVE);
        Optional<StallKey> key = store.find(scanned.code());
        String who = actor.account().map(AccountId::toString).orElse(actor.name());
        var outcomes = new ArrayList<Outcome>();
        boolean tooMany = false;
        for (StallKey.Parcel parcel : parcels) {
            tooMany = tooMany || limits.count(TAKEN_DOWN.of(who)).tooMany();
            outcomes.add(tooMany ? Outcome.of(parcel.id(), Result.LATER) : takeDown(actor, scanned, key, parcel));
        }
        return outcomes;
    }

    /**
     * Sends what somebody typed on their own phone, who has proved its number since. The code may have ended meanwhile.
     *
     * @return false when the parcel cannot be opened
     * @throws BadInput for what nobody can read
     * @throws Refused when they are a member, or have applied before
     */
    boolean send(Actor actor, String code, StallKey.Parcel parcel) {
        JoiningCodes.Scanned scanned = codes.find(code);
        Optional<TakingDown.Typed> opened = opened(store.find(scanned.code()), scanned, parcel);
        opened.ifPresent(typed -> joinings.applyLater(
                actor,
                scanned.code(),
                parcel.id(),
                new Joinings.Who(typed.name(), typed.identity()),
                new Joinings.Work(typed.employment(), typed.employer(), typed.union())));
        return opened.isPresent();
    }

    private Outcome takeDown(
            Actor actor, JoiningCodes.Scanned scanned, Optional<StallKey> key, StallKey.Parcel parcel) {
        Optional<TakingDown.Typed> typed = opened(key, scanned, parcel);
        if (typed.isEmpty()) {
            return Outcome.of(parcel.id(), Result.UNREADABLE);
        }
        try {
            return Outcome.of(
                    parcel.id(),
                    switch (takingDown.takeDown(actor, scanned.code(), parcel.id(), typed.get())) {
                        case WAITS -> Result.WAITS;
                        case WAITS_MEMBER_ELSEWHERE -> Result.WAITS_MEMBER_ELSEWHERE;
                        case TWICE -> Result.TWICE;
                        case MEMBER_HERE -> Result.MEMBER_HERE;
                    });
        } catch (BadInput wrong) {
            return new Outcome(parcel.id(), Result.FAULTY, wrong.faults(), null);
        } catch (Refused no) {
            return new Outcome(parcel.id(), Result.REFUSED, List.of(), no);
        }
    }

    private Optional<TakingDown.Typed> opened(
            Optional<StallKey> key, JoiningCodes.Scanned scanned, StallKey.Parcel parcel) {
        return key.flatMap(of -> of.open(scanned.code(), parcel)).flatMap(this::read);
    }

    private Optional<TakingDown.Typed> read(String text) {
        try {
            return Optional.ofNullable(json.readValue(text, TakingDown.Typed.class));
        } catch (JacksonException notOurs) {
            return Optional.empty();
        }
    }
}

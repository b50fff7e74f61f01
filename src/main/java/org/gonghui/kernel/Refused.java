package org.gonghui.kernel;

import java.time.Duration;
import java.util.List;

/** A clear no: nothing was changed. One handler turns it into problem+json or the sentence on the page. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;
    private final transient List<Object> facts;
    private final transient Duration again;

    /** Refuses for this reason; the facts fill the message's places, in order. */
    public Refused(Refusal refusal, Object... facts) {
        this(refusal, Duration.ZERO, List.of(facts));
    }

    /** Refuses for as long as this. */
    public static Refused until(Duration again, Refusal refusal, Object... facts) {
        return new Refused(refusal, again, List.of(facts));
    }

    private Refused(Refusal refusal, Duration again, List<Object> facts) {
        super(refusal.key());
        this.refusal = refusal;
        this.again = again;
        this.facts = facts;
    }

    public Refusal refusal() {
        return refusal;
    }

    public List<Object> facts() {
        return facts;
    }

    /** How long until the same may be tried again; zero when it is not for time. */
    public Duration again() {
        return again;
    }
}

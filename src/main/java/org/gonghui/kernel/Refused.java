package org.gonghui.kernel;

import java.util.List;

/** A clear no: nothing was changed. One handler turns it into problem+json or the sentence on the page. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;
    private final transient List<Object> facts;

    /** Refuses for this reason; the facts fill the message's places, in order. */
    public Refused(Refusal refusal, Object... facts) {
        super(refusal.key());
        this.refusal = refusal;
        this.facts = List.of(facts);
    }

    public Refusal refusal() {
        return refusal;
    }

    public List<Object> facts() {
        return facts;
    }
}

package org.gonghui.kernel;

import java.util.List;

/** What was typed cannot be taken: each fault names its field and what to do. Nothing was changed. */
public final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** One field's fault: the message is {@code input.<key>}, its places filled by the facts. */
    public record Fault(String field, String key, List<Object> facts) {
        public Fault {
            facts = List.copyOf(facts);
        }

        public Fault(String field, String key, Object... facts) {
            this(field, key, List.of(facts));
        }
    }

    private final transient List<Fault> faults;

    public BadInput(List<Fault> faults) {
        super("bad input: " + faults.stream().map(Fault::field).toList());
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}

package org.gonghui.message;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gonghui.kernel.MessageGateway;
import org.gonghui.kernel.MessageGateway.Way;
import org.springframework.stereotype.Component;

/** The ways out that have been set up here. */
@Component
public class Gateways {

    private final Map<Way, MessageGateway> ways = new EnumMap<>(Way.class);

    /** With these adapters; of two for one way the later counts. */
    public Gateways(List<MessageGateway> gateways) {
        gateways.forEach(gateway -> gateway.ways().forEach(way -> ways.put(way, gateway)));
    }

    /** What stands behind a way; empty when nothing has been set up. */
    public Optional<MessageGateway> of(Way way) {
        return Optional.ofNullable(ways.get(way));
    }

    /** The ways by which messages can leave. */
    public Set<Way> ways() {
        return Set.copyOf(ways.keySet());
    }
}

package org.gonghui.message;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.gonghui.database.DatabaseAway;
import org.gonghui.kernel.MessageGateway;
import org.gonghui.kernel.MessageGateway.Kind;
import org.gonghui.kernel.MessageGateway.Message;
import org.gonghui.kernel.MessageGateway.Outcome;
import org.gonghui.kernel.MessageGateway.Way;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends what waits in the outbox. A message is taken out for {@link #TAKEN_FOR}: if the process dies meanwhile, whoever
 * looks next sends it again under the same id. Each that was accepted is marked at once. A way that does not answer is
 * left alone for a while, and then tried with one message.
 */
@Component
class Sending {

    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    private static final int AT_ONCE = 16;

    /** Longer than a batch takes when nothing answers: the adapters wait ten seconds at most for each. */
    private static final Duration TAKEN_FOR = Duration.ofSeconds(30);

    private static final int IN_VAIN = 3;
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final int STEEPEST = 6;

    /** How often a way has not answered, one after the other, and until when it is left alone. */
    private record Rest(int inVain, Instant until) {}

    private final OutboxStore store;
    private final Gateways gateways;
    private final Addresses addresses;
    private final Clock clock;
    private final ApplicationAvailability availability;
    private final MeterRegistry meters;
    private final ReentrantLock busy = new ReentrantLock();
    private final Map<Way, Rest> rests = new EnumMap<>(Way.class);

    Sending(
            OutboxStore store,
            Gateways gateways,
            Addresses addresses,
            Clock clock,
            ApplicationAvailability availability,
            MeterRegistry meters) {
        this.store = store;
        this.gateways = gateways;
        this.addresses = addresses;
        this.clock = clock;
        this.availability = availability;
        this.meters = meters;
    }

    /**
     * Sends everything that is due. At a rate and not after a delay: what is done after a delay shares one thread with the
     * sealing of the audit trail, and would hold it up while a gateway does not answer.
     */
    @Scheduled(fixedRate = 500)
    void send() {
        if (!busy.tryLock()) {
            return; // the time before is not over yet
        }
        try {
            for (Way way : gateways.ways()) {
                boolean more = true;
                while (more && isOpen()) {
                    more = sendSome(way, gateways.of(way).orElseThrow());
                }
            }
        } finally {
            busy.unlock();
        }
    }

    /** False once the platform is being stopped: what is under way is finished, nothing else begun. */
    private boolean isOpen() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    }

    /** True when there may be more. */
    private boolean sendSome(Way way, MessageGateway gateway) {
        Instant now = clock.instant();
        Rest rest = rests.getOrDefault(way, new Rest(0, now));
        if (rest.until().isAfter(now)) {
            return false;
        }
        int most = rest.inVain() >= IN_VAIN ? 1 : AT_ONCE;
        List<Outgoing> taken = store.take(Set.of(way), most, now, now.plus(TAKEN_FOR));
        if (taken.isEmpty()) {
            return false;
        }
        List<Future<Boolean>> sent;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            sent = taken.stream()
                    .map(message -> executor.submit(() -> send(gateway, message)))
                    .toList();
        } // all have come back now
        boolean answered = sent.stream().filter(Sending::got).count() > 0;
        int inVain = answered ? 0 : rest.inVain() + sent.size();
        Duration pause = inVain < IN_VAIN ? Duration.ZERO : pause(inVain / IN_VAIN);
        rests.put(way, new Rest(inVain, clock.instant().plus(pause)));
        if (inVain >= IN_VAIN) {
            LOG.warn("{} does not answer; the next attempt in {} s", way, pause.toSeconds());
        }
        return taken.size() == most && inVain == 0;
    }

    private static Duration pause(int times) {
        Duration pause = Duration.ofSeconds(1L << Math.min(times, STEEPEST));
        return pause.compareTo(LONGEST_REST) < 0 ? pause : LONGEST_REST;
    }

    private static boolean got(Future<Boolean> answer) {
        return switch (answer.state()) {
            case SUCCESS -> answer.resultNow();
            case FAILED -> {
                if (!DatabaseAway.isReasonOf(answer.exceptionNow())) {
                    LOG.error("A message could not be sent", answer.exceptionNow());
                }
                yield false;
            }
            case RUNNING, CANCELLED -> false;
        };
    }

    /** Sends one and marks what came of it; false when the other side gave no answer. */
    private boolean send(MessageGateway gateway, Outgoing message) {
        Instant now = clock.instant();
        if (!message.isNewsAt(now)) {
            return giveUp(message, "too old");
        }
        Optional<String> address = addresses.of(message.account(), message.way());
        if (address.isEmpty()) {
            return giveUp(message, "no address");
        }
        Outcome outcome = gateway.send(new Message(
                message.id(), message.way(), address.get(), Kind.NOTICE, message.subject(), message.content()));
        return switch (outcome) {
            case Outcome.Accepted accepted -> {
                store.setSent(message.id(), clock.instant());
                count(message, "sent");
                yield true;
            }
            case Outcome.TurnedDown no -> giveUp(message, no.reason());
            case Outcome.Unreachable away -> {
                Duration pause = away.again().orElse(message.pause());
                store.setDue(message.id(), away.reason(), clock.instant().plus(pause));
                yield false;
            }
        };
    }

    private boolean giveUp(Outgoing message, String reason) {
        store.giveUp(message.id(), reason, clock.instant());
        count(message, "given-up");
        return true;
    }

    private void count(Outgoing message, String outcome) {
        meters.counter("gonghui.messages", "way", message.way().name(), "outcome", outcome)
                .increment();
    }
}

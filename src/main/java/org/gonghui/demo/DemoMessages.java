package org.gonghui.demo;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.gonghui.kernel.MessageGateway;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Unless the environment names a way out the demonstration sends no messages: the last ones stand on the development page, and nowhere else. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE) // what the environment names comes after it and counts
@ConditionalOnProperty(name = "gonghui.mode", havingValue = "demo")
class DemoMessages implements MessageGateway {

    private static final int KEPT = 50;

    private final ConcurrentLinkedDeque<Message> sent = new ConcurrentLinkedDeque<>();

    @Override
    public Set<Way> ways() {
        return EnumSet.of(Way.SMS, Way.EMAIL);
    }

    @Override
    public Outcome send(Message message) {
        boolean known = sent.stream().anyMatch(each -> each.id().equals(message.id()));
        if (!known) {
            sent.addFirst(message);
            while (sent.size() > KEPT) {
                sent.pollLast();
            }
        }
        return new Outcome.Accepted();
    }

    /** The last messages, the newest first. */
    List<Message> last() {
        return List.copyOf(sent);
    }
}

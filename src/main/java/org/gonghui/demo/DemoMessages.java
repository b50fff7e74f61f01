package org.gonghui.demo;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.gonghui.kernel.MessageGateway;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** The demonstration sends no messages: the last ones stand on the development page, and nowhere else. */
@Component
@ConditionalOnProperty(name = "gonghui.mode", havingValue = "demo")
class DemoMessages implements MessageGateway {

    private static final int KEPT = 50;

    private final ConcurrentLinkedDeque<Message> sent = new ConcurrentLinkedDeque<>();

    @Override
    public void send(Message message) {
        sent.addFirst(message);
        while (sent.size() > KEPT) {
            sent.pollLast();
        }
    }

    /** The last messages, the newest first. */
    List<Message> last() {
        return List.copyOf(sent);
    }
}

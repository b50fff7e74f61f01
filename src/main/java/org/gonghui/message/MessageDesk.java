package org.gonghui.message;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.MessageGateway.Way;
import org.gonghui.kernel.Right;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.gonghui.org.Unions;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

/** How messages leave: for those who look after the platform. Nobody's phone, address or name stands here. */
@Controller
class MessageDesk {

    /**
     * A way out.
     *
     * @param setUp true when an adapter stands behind it
     */
    record Line(Way way, boolean setUp, Optional<Outbox.WayState> state) {}

    /** The page. */
    record MessagesPage(List<Line> lines, List<Outbox.Failure> failures) {}

    private final Outbox outbox;
    private final Gateways gateways;
    private final Unions unions;
    private final Pages pages;

    MessageDesk(Outbox outbox, Gateways gateways, Unions unions, Pages pages) {
        this.outbox = outbox;
        this.gateways = gateways;
        this.unions = unions;
        this.pages = pages;
    }

    @Bean
    static WorkArea messagesArea() {
        return new WorkArea("desk.group.oversight", "message.area", "envelope", "/desk/messages", Right.AUDIT_READ, 50);
    }

    @GetMapping("/desk/messages")
    @May(Right.AUDIT_READ)
    View messages(Actor actor) {
        List<Outbox.WayState> states = outbox.states(actor);
        return pages.desk(
                actor,
                unions.home(actor, Right.AUDIT_READ),
                "message/messages.jte",
                new MessagesPage(
                        Arrays.stream(Way.values())
                                .map(way -> new Line(
                                        way,
                                        gateways.ways().contains(way),
                                        states.stream()
                                                .filter(state -> state.way() == way)
                                                .findFirst()))
                                .toList(),
                        outbox.failures(actor)));
    }
}

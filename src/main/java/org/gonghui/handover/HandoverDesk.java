package org.gonghui.handover;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gonghui.access.Appointments;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Right;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/** Handing an appointment over, and the list that goes with it. */
@Controller
class HandoverDesk {

    /** The form, with what is open now. */
    record MakingPage(
            Appointments.Appointment appointment, UnionSummary union, List<OpenWork.Waiting> work, LocalDate today) {}

    /**
     * A handover.
     *
     * @param now what is open now, by label; empty for someone who does not reach the union any more, or yet
     * @param isSuccessor true for whoever took it
     * @param link for somebody new, this once
     */
    record HandoverPage(
            Handover handover,
            UnionSummary union,
            Optional<Map<String, OpenWork.Waiting>> now,
            boolean isSuccessor,
            Optional<String> link) {

        /** How much of some work is open now; empty where that is not the reader's to know. */
        Optional<Long> left(OpenWork.Waiting then) {
            return now.map(open -> Optional.ofNullable(open.get(then.label()))
                    .map(OpenWork.Waiting::count)
                    .orElse(0L));
        }
    }

    /** One line of the list. */
    record Line(Handover handover, UnionSummary union) {}

    /** The list. */
    record ListPage(List<Line> lines) {}

    private final Handovers handovers;
    private final Appointments appointments;
    private final Unions unions;
    private final Pages pages;
    private final Clock clock;
    private final String publicUrl;

    HandoverDesk(
            Handovers handovers,
            Appointments appointments,
            Unions unions,
            Pages pages,
            Clock clock,
            @Value("${gonghui.public-url}") String publicUrl) {
        this.handovers = handovers;
        this.appointments = appointments;
        this.unions = unions;
        this.pages = pages;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    @GetMapping("/desk/appointments/{appointment}/handover")
    @May(Right.APPOINT)
    View form(Actor actor, @PathVariable("appointment") UUID id) {
        Appointments.Appointment appointment = appointments.endable(actor, id);
        return pages.desk(
                actor,
                unions.scope(actor, appointment.union(), Right.APPOINT),
                "handover/making.jte",
                new MakingPage(
                        appointment,
                        unions.get(actor, appointment.union(), Right.APPOINT),
                        handovers.openWork(appointment.role(), appointment.union()),
                        LocalDate.now(clock)));
    }

    /** For somebody new the answer itself shows the link: no address names it. */
    @PostMapping("/desk/appointments/{appointment}/handover")
    @May(Right.APPOINT)
    View make(Actor actor, @PathVariable UUID appointment, @ModelAttribute Handovers.Typed typed) {
        Handovers.Made made = handovers.make(actor, appointment, typed);
        return made.link().isPresent()
                ? page(actor, made.id(), made.link().map(publicUrl::concat))
                : LocalAddress.redirect("/desk/handovers/" + made.id());
    }

    @GetMapping("/desk/handovers")
    @May(Right.UNION_READ)
    View list(Actor actor) {
        List<Line> lines = handovers.list(actor).stream()
                .map(handover -> new Line(handover, unions.living(handover.union())))
                .toList();
        return pages.desk(actor, unions.home(actor, Right.UNION_READ), "handover/list.jte", new ListPage(lines));
    }

    @GetMapping("/desk/handovers/{handover}")
    @May(Right.UNION_READ)
    View show(Actor actor, @PathVariable UUID handover) {
        return page(actor, handover, Optional.empty());
    }

    @PostMapping("/desk/handovers/{handover}/taking")
    @May(Right.UNION_READ)
    View take(Actor actor, @PathVariable UUID handover) {
        handovers.take(actor, handover);
        return LocalAddress.redirect("/desk/handovers/" + handover);
    }

    private View page(Actor actor, UUID id, Optional<String> link) {
        Handover handover = handovers.find(actor, id);
        return pages.desk(
                actor,
                unions.home(actor, Right.UNION_READ),
                "handover/handover.jte",
                new HandoverPage(
                        handover,
                        unions.living(handover.union()),
                        handovers
                                .openWork(actor, handover)
                                .map(work -> work.stream()
                                        .collect(Collectors.toMap(OpenWork.Waiting::label, Function.identity()))),
                        actor.account().filter(handover.to()::equals).isPresent(),
                        link));
    }
}

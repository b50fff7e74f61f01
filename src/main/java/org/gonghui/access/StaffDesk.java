package org.gonghui.access;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Who is appointed to what within one's part of the tree; appoint and end. */
@Controller
@RequestMapping("/desk/appointments")
class StaffDesk {

    /** One line of the list. */
    record Line(Accounts.Appointment appointment, UnionSummary union, boolean mayEnd) {}

    /** The list. */
    record StaffPage(List<Line> lines) {}

    /** The form to appoint someone at a union. */
    record AppointingPage(UnionSummary union, Set<Role> roles, LocalDate today) {}

    /** The link to hand to someone new: shown this once. */
    record InvitedPage(UnionSummary union, String link) {}

    private final Accounts accounts;
    private final Unions unions;
    private final Pages pages;
    private final Clock clock;
    private final String publicUrl;

    StaffDesk(
            Accounts accounts,
            Unions unions,
            Pages pages,
            Clock clock,
            @Value("${gonghui.public-url}") String publicUrl) {
        this.accounts = accounts;
        this.unions = unions;
        this.pages = pages;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    @Bean
    static WorkArea staffArea() {
        return new WorkArea(
                "desk.group.organisation", "access.area", "person-badge", "/desk/appointments", Right.APPOINT, 190);
    }

    @GetMapping
    @May(Right.APPOINT)
    View list(Actor actor) {
        List<Accounts.Appointment> appointments = accounts.appointments(actor);
        Set<UUID> mayEnd = accounts.mayEnd(actor, appointments);
        List<Line> lines = appointments.stream()
                .map(appointment -> new Line(
                        appointment,
                        unions.get(actor, appointment.union(), Right.APPOINT),
                        mayEnd.contains(appointment.id())))
                .toList();
        return pages.desk(actor, unions.home(actor, Right.APPOINT), "access/staff.jte", new StaffPage(lines));
    }

    @GetMapping("/new")
    @May(Right.APPOINT)
    View form(Actor actor, @RequestParam(required = false) Optional<UnionId> at) {
        UnionId union = at.orElseGet(() -> unions.home(actor, Right.APPOINT).union());
        return pages.desk(
                actor,
                unions.scope(actor, union, Right.APPOINT),
                "access/appointing.jte",
                new AppointingPage(
                        unions.get(actor, union, Right.APPOINT), accounts.mayGive(actor, union), LocalDate.now(clock)));
    }

    @PostMapping("/new")
    @May(Right.APPOINT)
    View appoint(Actor actor, @RequestParam UnionId at, @ModelAttribute Accounts.Appointing typed) {
        Optional<String> link = accounts.appoint(actor, at, typed);
        return link.<View>map(address -> pages.desk(
                        actor,
                        unions.scope(actor, at, Right.APPOINT),
                        "access/invited.jte",
                        new InvitedPage(unions.get(actor, at, Right.APPOINT), publicUrl + address)))
                .orElseGet(() -> LocalAddress.redirect("/desk/appointments"));
    }

    @PostMapping("/{id}/end")
    @May(Right.APPOINT)
    View end(Actor actor, @PathVariable UUID id) {
        accounts.end(actor, id);
        return LocalAddress.redirect("/desk/appointments");
    }
}

package org.gonghui.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
    record Line(Appointments.Appointment appointment, UnionSummary union, boolean mayEnd) {}

    /** The list. */
    record StaffPage(List<Line> lines) {}

    /** The form to appoint someone at a union. */
    record AppointingPage(UnionSummary union, Set<Role> roles, LocalDate today) {}

    /** The link to hand to someone new: shown this once. */
    record InvitedPage(UnionSummary union, String link) {}

    /** The form before a link for somebody who lost password or second factor, and the link, shown this once. */
    record RenewalPage(Appointments.Appointment appointment, UnionSummary union, Optional<String> link) {}

    /** What ends with an account that somebody left or lost. */
    record AccountPage(
            Appointments.Appointment appointment,
            UnionSummary union,
            List<HeldLine> held,
            int sessions,
            int tokens,
            boolean confirmed) {}

    /** A role, and where; without the union's name where that is dissolved. */
    record HeldLine(Role role, String union) {}

    private final Appointments appointments;
    private final StaffAccounts accounts;
    private final Credentials credentials;
    private final Cookies cookies;
    private final Unions unions;
    private final Pages pages;
    private final Clock clock;
    private final String publicUrl;

    StaffDesk(
            Appointments appointments,
            StaffAccounts accounts,
            Credentials credentials,
            Cookies cookies,
            Unions unions,
            Pages pages,
            Clock clock,
            @Value("${gonghui.public-url}") String publicUrl) {
        this.appointments = appointments;
        this.accounts = accounts;
        this.credentials = credentials;
        this.cookies = cookies;
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
        List<Appointments.Appointment> held = appointments.held(actor);
        Set<UUID> mayEnd = appointments.mayEnd(actor, held);
        List<Line> lines = held.stream()
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
                        unions.get(actor, union, Right.APPOINT),
                        appointments.mayGive(actor, union),
                        LocalDate.now(clock)));
    }

    @PostMapping("/new")
    @May(Right.APPOINT)
    View appoint(Actor actor, @RequestParam UnionId at, @ModelAttribute Appointments.Appointing typed) {
        Optional<String> link = appointments.appoint(actor, at, typed);
        return link.<View>map(address -> pages.desk(
                        actor,
                        unions.scope(actor, at, Right.APPOINT),
                        "access/invited.jte",
                        new InvitedPage(unions.get(actor, at, Right.APPOINT), publicUrl + address)))
                .orElseGet(() -> LocalAddress.redirect("/desk/appointments"));
    }

    @GetMapping("/{appointment}/renewal")
    @May(Right.APPOINT)
    View renewalForm(Actor actor, @PathVariable UUID appointment) {
        return renewalPage(actor, appointment, Optional.empty());
    }

    @PostMapping("/{appointment}/renewal")
    @May(Right.APPOINT)
    View renew(
            Actor actor,
            @PathVariable UUID appointment,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response) {
        String link = credentials.renewal(actor, appointment, code, request.getRemoteAddr());
        cookies.confirmed(request, response);
        return renewalPage(actor, appointment, Optional.of(publicUrl + link));
    }

    private View renewalPage(Actor actor, UUID id, Optional<String> link) {
        Appointments.Appointment appointment = appointments.endable(actor, id);
        return pages.desk(
                actor,
                unions.scope(actor, appointment.union(), Right.APPOINT),
                "access/renewal.jte",
                new RenewalPage(appointment, unions.get(actor, appointment.union(), Right.APPOINT), link));
    }

    @GetMapping("/{appointment}/account")
    @May(Right.APPOINT)
    View account(Actor actor, @PathVariable UUID appointment, HttpServletRequest request) {
        StaffAccounts.Standing standing = accounts.standing(actor, appointment);
        UnionId union = standing.appointment().union();
        return pages.desk(
                actor,
                unions.scope(actor, union, Right.APPOINT),
                "access/account.jte",
                new AccountPage(
                        standing.appointment(),
                        unions.get(actor, union, Right.APPOINT),
                        standing.held().stream()
                                .map(held -> new HeldLine(
                                        held.role(),
                                        unions.named(held.union())
                                                .map(UnionSummary::name)
                                                .orElse("")))
                                .toList(),
                        standing.sessions(),
                        standing.tokens(),
                        CurrentActor.isConfirmedForAForm(request)));
    }

    @PostMapping("/{appointment}/account/sessions/end")
    @May(value = Right.APPOINT, confirmed = true)
    View endSessions(Actor actor, @PathVariable UUID appointment) {
        accounts.endSessions(actor, appointment);
        return LocalAddress.redirect("/desk/appointments/" + appointment + "/account");
    }

    @PostMapping("/{appointment}/account/end")
    @May(value = Right.APPOINT, confirmed = true)
    View close(Actor actor, @PathVariable UUID appointment) {
        accounts.close(actor, appointment);
        return LocalAddress.redirect("/desk/appointments");
    }

    @PostMapping("/{id}/end")
    @May(Right.APPOINT)
    View end(Actor actor, @PathVariable UUID id) {
        appointments.end(actor, id);
        return LocalAddress.redirect("/desk/appointments");
    }
}

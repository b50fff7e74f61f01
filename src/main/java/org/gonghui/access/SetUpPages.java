package org.gonghui.access;

import java.time.Clock;
import java.time.LocalDate;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/** The one-time link that sets a new city up: its federation and the first administrator. */
@Controller
class SetUpPages {

    /** The form behind the link. */
    record SetUpPage(String token, Invitations.Enrolment enrolment, LocalDate today) {}

    /** The form as it was typed. */
    record CityForm(
            @Nullable String city,
            @Nullable String foundedOn,
            @Nullable String login,
            @Nullable String name,
            @Nullable String password,
            @Nullable String again,
            @Nullable String code) {

        Invitations.Acceptance acceptance() {
            return new Invitations.Acceptance(NewPassword.typed(password, again), code == null ? "" : code);
        }
    }

    private final Invitations invitations;
    private final Pages pages;
    private final Clock clock;

    SetUpPages(Invitations invitations, Pages pages, Clock clock) {
        this.invitations = invitations;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/set-up/{token}")
    @May(Right.PUBLIC)
    View form(Actor actor, @PathVariable String token) {
        return pages.portal(
                actor,
                "access/setup.jte",
                new SetUpPage(token, invitations.enrolment(new Token(token)), LocalDate.now(clock)));
    }

    @PostMapping("/set-up/{token}")
    @May(Right.PUBLIC)
    View setUp(@PathVariable String token, @ModelAttribute CityForm city) {
        invitations.setUp(new Token(token), city);
        return LocalAddress.redirect("/sign-in");
    }
}

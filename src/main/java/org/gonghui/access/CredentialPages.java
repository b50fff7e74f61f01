package org.gonghui.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.util.UriComponentsBuilder;

/** My own sign-in: where I am signed in, and for staff by what. */
@Controller
@RequestMapping(CredentialPages.OWN)
class CredentialPages {

    static final String OWN = "/me/sign-in";

    /**
     * The page.
     *
     * @param login of staff; empty for members
     * @param outside another way to sign in, for staff to tie
     * @param confirmed true when its reader has just shown who they are
     */
    record CredentialsPage(
            Optional<String> login, List<Sessions.Open> sessions, Optional<OtherWay> outside, boolean confirmed) {}

    /** The form on which somebody shows once more who they are; {@code to} is where they want to go then. */
    record ConfirmPage(String to) {}

    /** The form that changes a password. */
    record PasswordPage(String login) {}

    /** The form before another second factor is set. */
    record FactorPage(String login) {}

    private final Credentials credentials;
    private final Pages pages;
    private final Cookies cookies;
    private final ObjectProvider<OtherWay> otherWay;
    private final ObjectProvider<ConfirmingPage> withoutFactor;

    CredentialPages(
            Credentials credentials,
            Pages pages,
            Cookies cookies,
            ObjectProvider<OtherWay> otherWay,
            ObjectProvider<ConfirmingPage> withoutFactor) {
        this.credentials = credentials;
        this.pages = pages;
        this.cookies = cookies;
        this.otherWay = otherWay;
        this.withoutFactor = withoutFactor;
    }

    @GetMapping
    @May(Right.SIGNED_IN)
    View own(Actor actor, HttpServletRequest request) {
        return pages.portal(
                actor,
                "access/credentials.jte",
                new CredentialsPage(
                        credentials.login(actor),
                        credentials.sessions(actor, present(request)),
                        Optional.ofNullable(otherWay.getIfAvailable()),
                        CurrentActor.isConfirmedForAForm(request)));
    }

    @GetMapping("/confirmation")
    @May(Right.SIGNED_IN)
    View confirmForm(Actor actor, @RequestParam(defaultValue = "") String to) {
        ConfirmingPage other = withoutFactor.getIfAvailable();
        return credentials.login(actor).isPresent() || other == null
                ? pages.portal(actor, "access/confirm.jte", new ConfirmPage(LocalAddress.orElse(to, OWN)))
                : LocalAddress.redirect(UriComponentsBuilder.fromPath(other.address())
                        .queryParam("to", "{to}")
                        .build(to)
                        .toString());
    }

    @PostMapping("/confirmation")
    @May(Right.SIGNED_IN)
    View confirm(
            Actor actor,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String to,
            HttpServletRequest request,
            HttpServletResponse response) {
        credentials.confirm(actor, code, request.getRemoteAddr());
        cookies.confirmed(request, response);
        return LocalAddress.redirect(LocalAddress.orElse(to, OWN));
    }

    @GetMapping("/password")
    @May(Right.SIGNED_IN)
    View passwordForm(Actor actor) {
        return pages.portal(actor, "access/password.jte", new PasswordPage(login(actor)));
    }

    @PostMapping("/password")
    @May(Right.SIGNED_IN)
    View changePassword(
            Actor actor,
            @ModelAttribute Credentials.PasswordChange typed,
            HttpServletRequest request,
            HttpServletResponse response) {
        credentials.changePassword(actor, present(request), typed, request.getRemoteAddr());
        cookies.confirmed(request, response);
        return LocalAddress.redirect(OWN);
    }

    @GetMapping("/factor")
    @May(Right.SIGNED_IN)
    View factorForm(Actor actor) {
        return pages.portal(actor, "access/factor.jte", new FactorPage(login(actor)));
    }

    @PostMapping("/factor")
    @May(Right.SIGNED_IN)
    View changeFactor(
            Actor actor,
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response) {
        String link = credentials.changeFactor(actor, present, code, request.getRemoteAddr());
        cookies.confirmed(request, response);
        return LocalAddress.redirect(link);
    }

    @PostMapping("/sessions/{session}/end")
    @May(value = Right.SIGNED_IN, confirmed = true)
    View end(Actor actor, @PathVariable UUID session) {
        credentials.end(actor, session);
        return LocalAddress.redirect(OWN);
    }

    @PostMapping("/sessions/end")
    @May(value = Right.SIGNED_IN, confirmed = true)
    View endOthers(Actor actor, HttpServletRequest request) {
        credentials.endOthers(actor, present(request));
        return LocalAddress.redirect(OWN);
    }

    private String login(Actor actor) {
        return credentials.login(actor).orElseThrow(() -> new Refused(AccessRefusal.NO_PASSWORD));
    }

    private static Token present(HttpServletRequest request) {
        return CurrentActor.cookie(request).orElseThrow(() -> new Refused(AccessRefusal.SIGN_IN_EXPIRED));
    }
}

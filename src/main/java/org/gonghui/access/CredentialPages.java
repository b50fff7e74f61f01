package org.gonghui.access;

import jakarta.servlet.http.HttpServletRequest;
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

/** My own sign-in: where I am signed in, and for staff by what. */
@Controller
@RequestMapping("/me/sign-in")
class CredentialPages {

    /**
     * The page.
     *
     * @param login of staff; empty for members
     * @param outside another way to sign in, for staff to tie
     */
    record CredentialsPage(Optional<String> login, List<Sessions.Open> sessions, Optional<OtherWay> outside) {}

    /** The form that changes a password. */
    record PasswordPage(String login) {}

    /** The form before another second factor is set. */
    record FactorPage(String login) {}

    private final Credentials credentials;
    private final Pages pages;
    private final ObjectProvider<OtherWay> otherWay;

    CredentialPages(Credentials credentials, Pages pages, ObjectProvider<OtherWay> otherWay) {
        this.credentials = credentials;
        this.pages = pages;
        this.otherWay = otherWay;
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
                        Optional.ofNullable(otherWay.getIfAvailable())));
    }

    @GetMapping("/password")
    @May(Right.SIGNED_IN)
    View passwordForm(Actor actor) {
        return pages.portal(actor, "access/password.jte", new PasswordPage(login(actor)));
    }

    @PostMapping("/password")
    @May(Right.SIGNED_IN)
    View changePassword(Actor actor, @ModelAttribute Credentials.PasswordChange typed, HttpServletRequest request) {
        credentials.changePassword(actor, present(request), typed, request.getRemoteAddr());
        return LocalAddress.redirect("/me/sign-in");
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
            HttpServletRequest request) {
        return LocalAddress.redirect(credentials.changeFactor(actor, present, code, request.getRemoteAddr()));
    }

    @PostMapping("/sessions/{session}/end")
    @May(Right.SIGNED_IN)
    View end(Actor actor, @PathVariable UUID session) {
        credentials.end(actor, session);
        return LocalAddress.redirect("/me/sign-in");
    }

    @PostMapping("/sessions/end")
    @May(Right.SIGNED_IN)
    View endOthers(Actor actor, HttpServletRequest request) {
        credentials.endOthers(actor, present(request));
        return LocalAddress.redirect("/me/sign-in");
    }

    private String login(Actor actor) {
        return credentials.login(actor).orElseThrow(() -> new Refused(AccessRefusal.NO_PASSWORD));
    }

    private static Token present(HttpServletRequest request) {
        return CurrentActor.cookie(request).orElseThrow(() -> new Refused(AccessRefusal.SIGN_IN_EXPIRED));
    }
}

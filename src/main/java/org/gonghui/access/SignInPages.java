package org.gonghui.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.util.UriComponentsBuilder;

/** Signing in and out, and the link by which someone invited sets password and second factor. */
@Controller
class SignInPages {

    private static final String FIRST_STEP = "gonghui-first";

    /** A browser that nobody signs in by for so long is a stranger's again. */
    private static final Duration KNOWN = Duration.ofDays(180);

    /** The sign-in form; {@code to} is where the person wanted to go. */
    record SignInPage(String to, Optional<OtherWay> other) {

        /** Where the other way begins, for this person. */
        String otherAddress() {
            return other.map(way -> UriComponentsBuilder.fromPath(way.address())
                            .queryParam("to", "{to}")
                            .build(to)
                            .toString())
                    .orElse("");
        }
    }

    /** The form of the second factor's code. */
    record CodePage(String to) {}

    /** The form behind an invitation's link. */
    record InvitationPage(String token, Invitations.Enrolment enrolment) {}

    private final SignIn signIn;
    private final Invitations invitations;
    private final Pages pages;
    private final Cookies cookies;
    private final ObjectProvider<OtherWay> otherWay;

    SignInPages(
            SignIn signIn, Invitations invitations, Pages pages, Cookies cookies, ObjectProvider<OtherWay> otherWay) {
        this.signIn = signIn;
        this.invitations = invitations;
        this.pages = pages;
        this.cookies = cookies;
        this.otherWay = otherWay;
    }

    @GetMapping("/sign-in")
    @May(Right.PUBLIC)
    View form(Actor actor, @RequestParam(defaultValue = "") String to) {
        return actor.isSignedIn()
                ? LocalAddress.redirect(destination(actor, to))
                : pages.portal(
                        actor, "access/signin.jte", new SignInPage(to, Optional.ofNullable(otherWay.getIfAvailable())));
    }

    @PostMapping("/sign-in")
    @May(Right.PUBLIC)
    View password(
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String to,
            HttpServletRequest request,
            HttpServletResponse response) {
        Token first = signIn.withPassword(login, password, origin(request));
        cookies.set(response, FIRST_STEP, first.text(), Duration.ofMinutes(5));
        return LocalAddress.redirect(UriComponentsBuilder.fromPath("/sign-in/code")
                .queryParam("to", "{to}")
                .build(to)
                .toString());
    }

    @GetMapping("/sign-in/code")
    @May(Right.PUBLIC)
    View codeForm(Actor actor, @RequestParam(defaultValue = "") String to) {
        return pages.portal(actor, "access/code.jte", new CodePage(to));
    }

    @PostMapping("/sign-in/code")
    @May(Right.PUBLIC)
    View code(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String to,
            HttpServletRequest request,
            HttpServletResponse response) {
        Token first = firstStep(request);
        Token token = signIn.withCode(first, code, origin(request));
        cookies.signIn(request, response, token, SignIn.SESSION);
        cookies.set(response, KnownBrowsers.COOKIE, signIn.markFor(token), KNOWN);
        cookies.set(response, FIRST_STEP, "", Duration.ZERO);
        return LocalAddress.redirect(wanted(to, "/sign-in"));
    }

    @PostMapping("/sign-out")
    @May(Right.PUBLIC)
    View out(HttpServletRequest request, HttpServletResponse response) {
        CurrentActor.cookie(request).ifPresent(signIn::out);
        cookies.signOut(response);
        return LocalAddress.redirect("/");
    }

    @GetMapping("/invitations/{token}")
    @May(Right.PUBLIC)
    View invitation(Actor actor, @PathVariable String token) {
        return pages.portal(
                actor, "access/invitation.jte", new InvitationPage(token, invitations.enrolment(new Token(token))));
    }

    @PostMapping("/invitations/{token}")
    @May(Right.PUBLIC)
    View accept(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            @RequestParam(defaultValue = "") String code) {
        invitations.accept(new Token(token), new Invitations.Acceptance(new NewPassword(password, again), code));
        return LocalAddress.redirect("/sign-in");
    }

    private static SignIn.Origin origin(HttpServletRequest request) {
        return new SignIn.Origin(
                request.getRemoteAddr(),
                Cookies.read(request, KnownBrowsers.COOKIE).orElse(""));
    }

    /** Where someone goes who has signed in: where they wanted to, else where their work is. */
    private static String destination(Actor actor, String to) {
        return wanted(to, actor.may(Right.UNION_READ) ? "/desk" : "/");
    }

    /** Only addresses of our own: anything else would let a link send people elsewhere after signing in. */
    private static String wanted(String to, String otherwise) {
        return to.startsWith("/sign-in") ? otherwise : LocalAddress.orElse(to, otherwise);
    }

    private static Token firstStep(HttpServletRequest request) {
        return Cookies.read(request, FIRST_STEP)
                .map(Token::new)
                .orElseThrow(() -> new Refused(AccessRefusal.SIGN_IN_EXPIRED));
    }
}

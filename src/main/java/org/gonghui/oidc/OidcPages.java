package org.gonghui.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.gonghui.access.Cookies;
import org.gonghui.access.CurrentActor;
import org.gonghui.access.SignIn;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.layout.Attempt;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.org.Unions;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** To the provider and back, and the page on which somebody ties and unties their own account there. */
@Controller
class OidcPages {

    static final String BEGIN = "/sign-in/outside";
    static final String CALLBACK = "/sign-in/outside/callback";
    static final String TYING = "/desk/outside-sign-in";

    /** Lax: it must come along when the provider leads the browser back. */
    private static final String STATE = "gonghui-outside";

    /** How it stands, and whether its reader has just shown who they are. */
    record TyingPage(OutsideSignIn.State state, boolean confirmed) {}

    private final OutsideSignIn outside;
    private final Unions unions;
    private final Pages pages;
    private final Cookies cookies;

    OidcPages(OutsideSignIn outside, Unions unions, Pages pages, Cookies cookies) {
        this.outside = outside;
        this.unions = unions;
        this.pages = pages;
        this.cookies = cookies;
    }

    @GetMapping(BEGIN)
    @May(Right.PUBLIC)
    View begin(@RequestParam(defaultValue = "") String to, HttpServletRequest request, HttpServletResponse response) {
        refusedOn("/sign-in", request);
        return leave(outside.begin(Optional.empty(), LocalAddress.orElse(to, ""), request.getRemoteAddr()), response);
    }

    @GetMapping(CALLBACK)
    @May(Right.PUBLIC)
    View comeBack(
            Actor actor,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String iss,
            @CookieValue(name = STATE, defaultValue = "") String kept,
            HttpServletRequest request,
            HttpServletResponse response) {
        refusedOn(actor.may(Right.UNION_READ) ? TYING : "/sign-in", request);
        cookies.set(response, STATE, "", Duration.ZERO);
        return switch (outside.comeBack(actor, state, kept, code, iss)) {
            case OutsideSignIn.SignedIn in -> {
                cookies.signIn(request, response, in.token(), SignIn.SESSION);
                yield LocalAddress.redirect(
                        in.to().startsWith("/sign-") ? "/desk" : LocalAddress.orElse(in.to(), "/desk"));
            }
            case OutsideSignIn.MayTie ignored -> LocalAddress.redirect(TYING);
        };
    }

    @GetMapping(TYING)
    @May(Right.UNION_READ)
    View tying(Actor actor, HttpServletRequest request) {
        return pages.desk(
                actor,
                unions.home(actor, Right.UNION_READ),
                "oidc/tying.jte",
                new TyingPage(outside.state(actor), CurrentActor.isConfirmedForAForm(request)));
    }

    @GetMapping(TYING + "/away")
    @May(Right.UNION_READ)
    View beginTying(Actor actor, HttpServletRequest request, HttpServletResponse response) {
        refusedOn(TYING, request);
        return leave(outside.begin(actor.account(), "", request.getRemoteAddr()), response);
    }

    @PostMapping(TYING)
    @May(Right.UNION_READ)
    View tie(
            Actor actor,
            @RequestParam(defaultValue = "") String waiting,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response) {
        outside.tie(actor, waiting, code, request.getRemoteAddr());
        cookies.confirmed(request, response);
        return LocalAddress.redirect(TYING);
    }

    @PostMapping(TYING + "/end")
    @May(value = Right.UNION_READ, confirmed = true)
    View untie(Actor actor) {
        outside.untie(actor);
        return LocalAddress.redirect(TYING);
    }

    private View leave(OutsideSignIn.Away away, HttpServletResponse response) {
        cookies.set(response, STATE, away.state(), OutsideSignIn.WAY);
        var view = new RedirectView(away.address().toString());
        view.setExpandUriTemplateVariables(false);
        return view;
    }

    /** A no on the way is told on the page from which people go on, with the password for instance. */
    private void refusedOn(String page, HttpServletRequest request) {
        if (outside.isOffered()) {
            Attempt.showOn(request, page);
        }
    }
}

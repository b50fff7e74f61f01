package org.gonghui.joining;

import java.util.List;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.member.Employment;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.Members;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.phone.Phones;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/** The way in, on a phone: what a code leads to, and the three steps. */
@Controller
class JoinPages {

    /**
     * What a code leads to.
     *
     * @param scanned the code, its union, and the place where it hangs
     * @param above the places above, the highest first, to go back to
     * @param below the places to choose from where nobody joins at the place itself
     */
    record PlacePage(JoiningCodes.Scanned scanned, List<UnionSummary> above, List<UnionSummary> below) {}

    /** Step one; what was told before stands in it. */
    record WhoPage(JoiningCodes.Scanned scanned, String name, String identity) {}

    /** Step two. */
    record WorkPage(
            JoiningCodes.Scanned scanned,
            List<Employment> employments,
            String employment,
            String employer,
            List<UnionSummary> employers,
            String union) {}

    /** Step three: everything once more, before it is sent. */
    record CheckPage(Application application, String identity, String phone, UnionSummary union) {}

    private final Joinings joinings;
    private final JoiningCodes codes;
    private final Members members;
    private final Unions unions;
    private final Phones phones;
    private final Pages pages;

    JoinPages(Joinings joinings, JoiningCodes codes, Members members, Unions unions, Phones phones, Pages pages) {
        this.joinings = joinings;
        this.codes = codes;
        this.members = members;
        this.unions = unions;
        this.phones = phones;
        this.pages = pages;
    }

    /** Without a code: the whole city, to find one's own street in. */
    @GetMapping("/join")
    @May(Right.PUBLIC)
    View begin() {
        return LocalAddress.redirect("/j/"
                + unions.city().map(UnionSummary::code).orElseThrow(() -> new Refused(JoiningRefusal.NO_SUCH_CODE)));
    }

    @GetMapping("/j/{code}")
    @May(Right.PUBLIC)
    View place(Actor actor, @PathVariable String code) {
        JoiningCodes.Scanned scanned = codes.scan(code);
        UnionSummary place = scanned.union();
        List<UnionSummary> below = Joinings.takesApplications(place)
                ? List.of()
                : unions.below(place).stream()
                        .filter(union -> Joinings.takesApplications(union) || union.children() > 0)
                        .toList();
        return pages.portal(actor, "joining/place.jte", new PlacePage(scanned, unions.above(place), below));
    }

    @GetMapping("/join/{code}/who")
    @May(Right.SIGNED_IN)
    View who(Actor actor, @PathVariable String code) {
        JoiningCodes.Scanned scanned = joinings.scanned(actor, code);
        Optional<Application> open = joinings.open(actor);
        if (isWaiting(open) || members.isMember(actor)) {
            return LocalAddress.redirect("/me");
        }
        String name = open.map(Application::name).orElse("");
        String identity = open.flatMap(application -> joinings.identity(actor, application))
                .map(IdentityNumber::text)
                .orElse("");
        return pages.portal(actor, "joining/who.jte", new WhoPage(scanned, name, identity));
    }

    @PostMapping("/join/{code}/who")
    @May(Right.SIGNED_IN)
    View tellWho(Actor actor, @PathVariable String code, @ModelAttribute Joinings.Who who) {
        joinings.tellWho(actor, code, who);
        return LocalAddress.redirect("/join/work");
    }

    @GetMapping("/join/work")
    @May(Right.SIGNED_IN)
    View work(Actor actor) {
        Optional<Application> open = joinings.open(actor);
        if (open.isEmpty() || isWaiting(open)) {
            return LocalAddress.redirect("/me");
        }
        Application application = open.get();
        JoiningCodes.Scanned scanned = codes.find(application.scanned());
        return pages.portal(
                actor,
                "joining/work.jte",
                new WorkPage(
                        scanned,
                        members.employments(),
                        application.employment(),
                        application.employer(),
                        joinings.employersAt(scanned.union()),
                        application.union().map(Object::toString).orElse("")));
    }

    @PostMapping("/join/work")
    @May(Right.SIGNED_IN)
    View tellWork(Actor actor, @ModelAttribute Joinings.Work work) {
        joinings.tellWork(actor, work);
        return LocalAddress.redirect("/join/check");
    }

    @GetMapping("/join/check")
    @May(Right.SIGNED_IN)
    View check(Actor actor) {
        Optional<Application> open = joinings.open(actor);
        if (open.isEmpty() || isWaiting(open)) {
            return LocalAddress.redirect("/me");
        }
        Application application = open.get();
        Optional<UnionSummary> union = application.union().flatMap(unions::named);
        if (union.isEmpty()) {
            return LocalAddress.redirect("/join/work");
        }
        return pages.portal(
                actor,
                "joining/check.jte",
                new CheckPage(
                        application,
                        joinings.identity(actor, application)
                                .map(IdentityNumber::text)
                                .orElse(""),
                        application
                                .account()
                                .flatMap(phones::of)
                                .map(phone -> phone.text())
                                .orElse(""),
                        union.get()));
    }

    @PostMapping("/join/check")
    @May(Right.SIGNED_IN)
    View send(Actor actor) {
        joinings.send(actor);
        return LocalAddress.redirect("/me");
    }

    @PostMapping("/join/withdrawal")
    @May(Right.SIGNED_IN)
    View withdraw(Actor actor) {
        joinings.withdraw(actor);
        return LocalAddress.redirect("/me");
    }

    private static boolean isWaiting(Optional<Application> open) {
        return open.filter(application -> application.state() == Application.State.WAITING)
                .isPresent();
    }
}

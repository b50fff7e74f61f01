package org.gonghui.notice;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gonghui.access.CurrentActor;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.May;
import org.gonghui.kernel.MessageGateway.Way;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** My notices, and how else I want to be told. */
@Controller
@RequestMapping("/me/notices")
class NoticePages {

    /**
     * The inbox, on the portal and on the desk.
     *
     * @param unions the unions whose staff wrote, by id
     * @param here the page's own address
     */
    record InboxPage(Notices.Inbox inbox, Map<UnionId, UnionSummary> unions, String here, boolean atBeginning) {

        static InboxPage of(Notices.Inbox inbox, Unions unions, String here, boolean atBeginning) {
            return new InboxPage(
                    inbox,
                    inbox.notices().stream()
                            .filter(Notice.Written.class::isInstance)
                            .map(notice -> ((Notice.Written) notice).union())
                            .distinct()
                            .flatMap(union -> unions.named(union).stream())
                            .collect(Collectors.toMap(UnionSummary::id, Function.identity())),
                    here,
                    atBeginning);
        }

        Optional<String> next() {
            return inbox.next().map(mark -> here + "?after=" + mark.text());
        }

        String senderOf(Notice.Written notice) {
            UnionSummary union = unions.get(notice.union());
            return union == null ? notice.sender() : union.name() + " · " + notice.sender();
        }
    }

    /**
     * The choices.
     *
     * @param email as told last; empty for none
     * @param hasPhone true for who signs in by phone
     * @param confirmed true when its reader has just shown who they are
     */
    record SettingsPage(Contact contact, String email, boolean hasPhone, List<Way> ways, boolean confirmed) {

        boolean reaches(Way way) {
            return ways.contains(way);
        }
    }

    private final Notices notices;
    private final Contacts contacts;
    private final Unions unions;
    private final Pages pages;

    NoticePages(Notices notices, Contacts contacts, Unions unions, Pages pages) {
        this.notices = notices;
        this.contacts = contacts;
        this.unions = unions;
        this.pages = pages;
    }

    @GetMapping
    @May(Right.SIGNED_IN)
    View inbox(Actor actor, @RequestParam(defaultValue = "") String after) {
        Optional<Mark> mark = Mark.of(after);
        return pages.portal(
                actor,
                "notice/inbox.jte",
                InboxPage.of(notices.open(actor, mark), unions, "/me/notices", mark.isEmpty()));
    }

    @GetMapping("/settings")
    @May(Right.SIGNED_IN)
    View settings(Actor actor, HttpServletRequest request) {
        return pages.portal(
                actor,
                "notice/settings.jte",
                new SettingsPage(
                        contacts.of(actor),
                        contacts.email(actor).orElse(""),
                        contacts.hasPhone(actor),
                        List.copyOf(contacts.ways()),
                        CurrentActor.isConfirmedForAForm(request)));
    }

    @PostMapping("/settings")
    @May(Right.SIGNED_IN)
    View choose(Actor actor, @ModelAttribute Contacts.Choices choices) {
        contacts.choose(actor, choices);
        return LocalAddress.redirect("/me/notices");
    }

    @PostMapping("/email")
    @May(value = Right.SIGNED_IN, confirmed = true)
    View tellEmail(Actor actor, @RequestParam(required = false) @Nullable String email) {
        contacts.tellEmail(actor, email);
        return LocalAddress.redirect("/me/notices/settings");
    }

    @PostMapping("/email/code")
    @May(Right.SIGNED_IN)
    View proveEmail(Actor actor, @RequestParam(required = false) @Nullable String code) {
        contacts.proveEmail(actor, code);
        return LocalAddress.redirect("/me/notices/settings");
    }

    @PostMapping("/email/forget")
    @May(value = Right.SIGNED_IN, confirmed = true)
    View forgetEmail(Actor actor) {
        contacts.forgetEmail(actor);
        return LocalAddress.redirect("/me/notices/settings");
    }
}

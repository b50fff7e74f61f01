package org.gonghui.notice;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Staff's own inbox, and the notices that they write to their part of the tree. */
@Controller
@RequestMapping("/desk")
class NoticeDesk {

    /**
     * What was sent, and the form for one more.
     *
     * @param unions those to which something was sent, by id
     * @param formKey the id of the notice that the form would send
     */
    record CircularsPage(
            UnionSummary union, List<Circular> circulars, Map<UnionId, UnionSummary> unions, UUID formKey) {}

    private final Notices notices;
    private final Circulars circulars;
    private final Unions unions;
    private final Pages pages;
    private final Clock clock;

    NoticeDesk(Notices notices, Circulars circulars, Unions unions, Pages pages, Clock clock) {
        this.notices = notices;
        this.circulars = circulars;
        this.unions = unions;
        this.pages = pages;
        this.clock = clock;
    }

    @Bean
    static WorkArea circularsArea() {
        return new WorkArea(
                "desk.group.oversight", "notice.area", "megaphone", "/desk/circulars", Right.NOTICE_SEND, 30);
    }

    @GetMapping("/notices")
    @May(Right.UNION_READ)
    View inbox(Actor actor, @RequestParam(defaultValue = "") String after) {
        Optional<Mark> mark = Mark.of(after);
        return pages.desk(
                actor,
                unions.home(actor, Right.UNION_READ),
                "notice/desk.jte",
                NoticePages.InboxPage.of(notices.open(actor, mark), unions, "/desk/notices", mark.isEmpty()));
    }

    @GetMapping("/circulars")
    @May(Right.NOTICE_SEND)
    View home(Actor actor) {
        return to(unions.home(actor, Right.NOTICE_SEND).union());
    }

    @GetMapping("/circulars/{id}")
    @May(Right.NOTICE_SEND)
    View sent(Actor actor, @PathVariable UnionId id) {
        List<Circular> sent = circulars.sent(actor, id);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.NOTICE_SEND),
                "notice/circulars.jte",
                new CircularsPage(
                        unions.get(actor, id, Right.NOTICE_SEND),
                        sent,
                        sent.stream()
                                .map(Circular::union)
                                .distinct()
                                .flatMap(union -> unions.named(union).stream())
                                .collect(Collectors.toMap(UnionSummary::id, Function.identity())),
                        Ids.next(clock)));
    }

    @PostMapping("/circulars/{id}")
    @May(Right.NOTICE_SEND)
    View send(
            Actor actor, @PathVariable UnionId id, @RequestParam UUID key, @ModelAttribute Circulars.Writing writing) {
        circulars.send(actor, id, key, writing);
        return to(id);
    }

    @PostMapping("/circulars/{id}/sent/{circular}/end")
    @May(Right.NOTICE_SEND)
    View withdraw(Actor actor, @PathVariable UnionId id, @PathVariable UUID circular) {
        circulars.withdraw(actor, circular);
        return to(id);
    }

    private static View to(UnionId union) {
        return LocalAddress.redirect("/desk/circulars/" + union);
    }
}

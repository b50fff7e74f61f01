package org.gonghui.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.WorkArea;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Who wants to become a member, at the desk: approve, refuse, undo, take in at the counter. */
@Controller
@RequestMapping("/desk/joining")
class JoiningDesk {

    /**
     * The queue.
     *
     * @param entered who was taken in at the counter
     * @param approved how many were approved just now
     * @param asked for how many another union was asked just now
     * @param left how many of those chosen could not be: they are still in the queue
     */
    record QueuePage(
            UnionSummary union,
            int waiting,
            List<Approvals.Waiting> queue,
            Optional<UUID> next,
            List<Approvals.Decided> decided,
            List<StaffEntry.Recent> entered,
            int approved,
            int asked,
            int left) {

        /** Those who can be approved without a closer look. */
        long plain() {
            return queue.stream()
                    .filter(each -> !each.isSuspect() && !each.lacksUnion())
                    .count();
        }
    }

    /** One applicant for whom a union must be chosen. */
    record PlacingPage(UnionSummary union, Approvals.Waiting applicant, List<UnionSummary> employers) {}

    /** Someone at the counter. */
    record EntryPage(UnionSummary union, List<UnionSummary> choices, List<Employment> employments) {}

    private final Approvals approvals;
    private final StaffEntry entry;
    private final Members members;
    private final Joinings joinings;
    private final Unions unions;
    private final Pages pages;

    JoiningDesk(Approvals approvals, StaffEntry entry, Members members, Joinings joinings, Unions unions, Pages pages) {
        this.approvals = approvals;
        this.entry = entry;
        this.members = members;
        this.joinings = joinings;
        this.unions = unions;
        this.pages = pages;
    }

    @Bean
    static WorkArea joiningArea() {
        return new WorkArea(
                "desk.group.organisation", "joining.area", "person-plus", "/desk/joining", Right.MEMBER_APPROVE, 120);
    }

    @GetMapping
    @May(Right.MEMBER_APPROVE)
    View begin(Actor actor) {
        return LocalAddress.redirect(
                address(unions.home(actor, Right.MEMBER_APPROVE).union()));
    }

    @GetMapping("/{id}")
    @May(Right.MEMBER_APPROVE)
    View queue(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) Optional<UUID> after,
            @RequestParam(defaultValue = "0") int approved,
            @RequestParam(defaultValue = "0") int asked,
            @RequestParam(defaultValue = "0") int left) {
        List<Approvals.Waiting> queue = approvals.queue(actor, id, after);
        Optional<UUID> next = queue.size() < Approvals.MOST_SHOWN
                ? Optional.empty()
                : Optional.of(queue.getLast().id());
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.MEMBER_APPROVE),
                "joining/queue.jte",
                new QueuePage(
                        unions.get(actor, id, Right.MEMBER_APPROVE),
                        approvals.waiting(actor, id),
                        queue,
                        next,
                        approvals.decided(actor, id),
                        entry.recent(actor, id),
                        approved,
                        asked,
                        left));
    }

    @GetMapping("/{id}/people")
    @May(Right.MEMBER_APPROVE)
    View entryForm(Actor actor, @PathVariable UnionId id) {
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.MEMBER_APPROVE),
                "joining/entry.jte",
                new EntryPage(
                        unions.get(actor, id, Right.MEMBER_APPROVE), entry.choices(actor, id), members.employments()));
    }

    /** Takes somebody in at the counter. */
    @PostMapping("/{id}/people")
    @May(Right.MEMBER_APPROVE)
    View enter(Actor actor, @PathVariable UnionId id, @ModelAttribute StaffEntry.Typed typed) {
        return switch (entry.enter(actor, id, typed)) {
            case StaffEntry.Entered.Member member ->
                LocalAddress.redirect(
                        "/desk/members/people/" + member.member() + (member.already() ? "?already=true" : ""));
            case StaffEntry.Entered.TransferAsked asked -> LocalAddress.redirect("/desk/transfers/" + id);
        };
    }

    /** Undoes that somebody was taken in at the counter. */
    @PostMapping("/entries/{membership}/undoing")
    @May(Right.MEMBER_APPROVE)
    View undoEntry(Actor actor, @PathVariable UUID membership, @RequestParam UnionId at) {
        entry.undo(actor, membership);
        return LocalAddress.redirect(address(at));
    }

    @GetMapping("/applications/{application}")
    @May(Right.MEMBER_APPROVE)
    View placing(Actor actor, @PathVariable UUID application) {
        Approvals.Waiting applicant = approvals.one(actor, application);
        UnionSummary union = applicant.union();
        return pages.desk(
                actor,
                unions.scope(actor, union.id(), Right.MEMBER_APPROVE),
                "joining/placing.jte",
                new PlacingPage(union, applicant, joinings.employersAt(union)));
    }

    /** Approves everyone ticked, each by itself: one that cannot be approved does not hold up the others. */
    @PostMapping("/applications")
    @May(Right.MEMBER_APPROVE)
    View approve(
            Actor actor,
            @RequestParam UnionId at,
            @RequestParam(required = false) @Nullable List<UUID> application,
            @RequestParam(required = false) Optional<UnionId> into) {
        List<UUID> chosen = application == null ? List.of() : application;
        var done = new ArrayList<Approvals.Approved>();
        for (UUID each : chosen) {
            try {
                done.add(approvals.approve(actor, each, chosen.size() == 1 ? into : Optional.empty()));
            } catch (Refused no) {
                if (chosen.size() == 1) {
                    throw no; // it says its own reason
                }
            }
        }
        int members = Collections.frequency(done, Approvals.Approved.MEMBER);
        return LocalAddress.redirect("%s?approved=%d&asked=%d&left=%d"
                .formatted(address(at), members, done.size() - members, chosen.size() - done.size()));
    }

    @PostMapping("/applications/{application}/refusal")
    @May(Right.MEMBER_APPROVE)
    View refuse(
            Actor actor,
            @PathVariable UUID application,
            @RequestParam UnionId at,
            @RequestParam(required = false) @Nullable String reason) {
        approvals.refuse(actor, application, reason);
        return LocalAddress.redirect(address(at));
    }

    @PostMapping("/applications/{application}/undoing")
    @May(Right.MEMBER_APPROVE)
    View undo(Actor actor, @PathVariable UUID application, @RequestParam UnionId at) {
        approvals.undo(actor, application);
        return LocalAddress.redirect(address(at));
    }

    private static String address(UnionId union) {
        return "/desk/joining/" + union;
    }
}

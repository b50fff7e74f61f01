package org.gonghui.outreach;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.employer.EmployerId;
import org.gonghui.joining.JoiningCodes;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** One meeting at the desk: its stall kit, who came, what was asked, whom it brought. */
@Controller
@RequestMapping("/desk/outreach/of/{meeting}")
class MeetingDesk {

    /** One meeting. */
    record MeetingPage(
            MeetingLists.File file,
            List<JoiningCodes.Brought> brought,
            boolean mayApprove,
            List<Meeting.Level> levels,
            List<Audit.Entry> history,
            LocalDate today,
            UUID formKey) {

        Meeting meeting() {
            return file.meeting();
        }

        OutreachDesk.Entry entry() {
            return new OutreachDesk.Entry(meeting(), file.union(), file.came());
        }

        UnionId unionId() {
            return file.union().id();
        }

        /** True once its day has come: what came of it can be written down. */
        boolean isDue() {
            return !meeting().on().isAfter(today);
        }

        long waiting() {
            return brought.stream()
                    .filter(each -> each.state().equals("waiting"))
                    .count();
        }
    }

    /** The sheet that is hung up. */
    record PosterPage(Meeting meeting, UnionSummary union, String address) {}

    private final Meetings meetings;
    private final Minutes minutes;
    private final MeetingLists lists;
    private final JoiningCodes codes;
    private final Unions unions;
    private final Pages pages;
    private final Clock clock;
    private final String publicUrl;

    MeetingDesk(
            Meetings meetings,
            Minutes minutes,
            MeetingLists lists,
            JoiningCodes codes,
            Unions unions,
            Pages pages,
            Clock clock,
            @Value("${gonghui.public-url}") String publicUrl) {
        this.meetings = meetings;
        this.minutes = minutes;
        this.lists = lists;
        this.codes = codes;
        this.unions = unions;
        this.pages = pages;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    @GetMapping
    @May(Right.OUTREACH_READ)
    View show(Actor actor, @PathVariable MeetingId meeting) {
        MeetingLists.File file = lists.file(actor, meeting);
        boolean mayApprove =
                actor.reach(Right.MEMBER_APPROVE).covers(file.union().path());
        return pages.desk(
                actor,
                unions.scope(actor, file.union().id(), Right.OUTREACH_READ),
                "outreach/meeting.jte",
                new MeetingPage(
                        file,
                        file.meeting()
                                .code()
                                .map(code -> codes.brought(actor, code.text()))
                                .orElse(List.of()),
                        mayApprove,
                        Meeting.Level.of(file.union()),
                        lists.history(actor, meeting),
                        LocalDate.now(clock),
                        Ids.next(clock)));
    }

    @GetMapping("/poster")
    @May(Right.OUTREACH_READ)
    View poster(Actor actor, @PathVariable MeetingId meeting) {
        MeetingLists.File file = lists.file(actor, meeting);
        String code = file.meeting()
                .code()
                .map(Meeting.Code::text)
                .orElseThrow(() -> new Refused(OutreachRefusal.NOT_FROM_HERE));
        return pages.desk(
                actor,
                unions.scope(actor, file.union().id(), Right.OUTREACH_READ),
                "outreach/poster.jte",
                new PosterPage(file.meeting(), file.union(), publicUrl + "/j/" + code));
    }

    @PostMapping("/change")
    @May(Right.OUTREACH_EDIT)
    View change(Actor actor, @PathVariable MeetingId meeting, @ModelAttribute Meetings.Typed typed) {
        meetings.change(actor, meeting, typed);
        return to(meeting);
    }

    @PostMapping("/announcement")
    @May(Right.OUTREACH_EDIT)
    View announce(Actor actor, @PathVariable MeetingId meeting) {
        meetings.announce(actor, meeting);
        return to(meeting);
    }

    @PostMapping("/cancellation")
    @May(Right.OUTREACH_EDIT)
    View cancel(Actor actor, @PathVariable MeetingId meeting, @RequestParam(required = false) @Nullable String note) {
        meetings.cancel(actor, meeting, note);
        return to(meeting);
    }

    @PostMapping("/outcome")
    @May(Right.OUTREACH_EDIT)
    View hold(Actor actor, @PathVariable MeetingId meeting, @ModelAttribute Minutes.Held held) {
        minutes.hold(actor, meeting, held);
        return to(meeting);
    }

    @PostMapping("/closing")
    @May(Right.OUTREACH_EDIT)
    View close(Actor actor, @PathVariable MeetingId meeting) {
        meetings.close(actor, meeting);
        return to(meeting);
    }

    @PostMapping("/reopening")
    @May(Right.OUTREACH_EDIT)
    View reopen(Actor actor, @PathVariable MeetingId meeting) {
        meetings.reopen(actor, meeting);
        return to(meeting);
    }

    @PostMapping("/guests")
    @May(Right.OUTREACH_EDIT)
    View putGuest(
            Actor actor,
            @PathVariable MeetingId meeting,
            @RequestParam(required = false) @Nullable String guest,
            @RequestParam(required = false) @Nullable String came) {
        minutes.putGuest(actor, meeting, guest, came);
        return to(meeting);
    }

    @PostMapping("/guests/{employer}/end")
    @May(Right.OUTREACH_EDIT)
    View removeGuest(Actor actor, @PathVariable MeetingId meeting, @PathVariable EmployerId employer) {
        minutes.removeGuest(actor, meeting, employer);
        return to(meeting);
    }

    @PostMapping("/questions")
    @May(Right.OUTREACH_EDIT)
    View ask(
            Actor actor,
            @PathVariable MeetingId meeting,
            @RequestParam UUID key,
            @RequestParam(required = false) @Nullable String asked,
            @RequestParam(required = false) @Nullable String of) {
        minutes.ask(actor, meeting, key, asked, of);
        return to(meeting);
    }

    @PostMapping("/questions/{question}/answer")
    @May(Right.OUTREACH_EDIT)
    View answer(
            Actor actor,
            @PathVariable MeetingId meeting,
            @PathVariable UUID question,
            @RequestParam(required = false) @Nullable String answer) {
        minutes.answer(actor, meeting, question, answer);
        return to(meeting);
    }

    @PostMapping("/questions/{question}/need")
    @May(Right.OUTREACH_EDIT)
    View becomesNeed(Actor actor, @PathVariable MeetingId meeting, @PathVariable UUID question) {
        minutes.becomesNeed(actor, meeting, question);
        return to(meeting);
    }

    private static View to(MeetingId meeting) {
        return LocalAddress.redirect("/desk/outreach/of/" + meeting);
    }
}

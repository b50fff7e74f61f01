package org.gonghui.outreach;

import java.util.List;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.layout.Pages;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** What is announced, for everyone: when and where the union can be met. */
@Controller
class MeetingPages {

    /** A meeting to come, and who holds it. */
    record Announced(Meeting meeting, UnionSummary by) {}

    /**
     * The page.
     *
     * @param in the district that was chosen; empty for the whole city
     */
    record ComingPage(Optional<UnionSummary> in, List<UnionSummary> districts, List<Announced> meetings) {}

    private final MeetingLists meetings;
    private final Unions unions;
    private final Pages pages;

    MeetingPages(MeetingLists meetings, Unions unions, Pages pages) {
        this.meetings = meetings;
        this.unions = unions;
        this.pages = pages;
    }

    @GetMapping("/meetings")
    @May(Right.PUBLIC)
    View coming(Actor actor, @RequestParam(defaultValue = "") String district) {
        UnionSummary city = unions.city().orElseThrow(() -> new Refused(OutreachRefusal.NO_SUCH_MEETING));
        List<UnionSummary> districts =
                unions.below(city).stream().filter(each -> each.children() > 0).toList();
        Optional<UnionSummary> in =
                districts.stream().filter(each -> each.code().equals(district)).findFirst();
        return pages.portal(
                actor,
                "outreach/coming.jte",
                new ComingPage(
                        in,
                        districts,
                        meetings.announced(in.orElse(city)).stream()
                                .map(each -> new Announced(each, unions.living(each.union())))
                                .toList()));
    }
}

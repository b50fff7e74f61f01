package org.gonghui.outreach;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Meeting days: what comes again is planned some weeks ahead, and changed or cancelled one by one. */
@Service
public class MeetingDays {

    /** So far ahead everything is planned. */
    static final Period AHEAD = Period.ofWeeks(8);

    /** A meeting day as it was typed: nothing checked yet. */
    public record Typed(
            @Nullable String kind,
            @Nullable String level,
            @Nullable String title,
            @Nullable String place,
            @Nullable String weekday,
            @Nullable String week,
            @Nullable String from,
            @Nullable String to) {

        private Occasion.Typed occasion() {
            return new Occasion.Typed(kind, level, title, place, from, to);
        }
    }

    private final MeetingDayStore store;
    private final MeetingStore meetings;
    private final Unions unions;
    private final Audit audit;
    private final Clock clock;

    MeetingDays(MeetingDayStore store, MeetingStore meetings, Unions unions, Audit audit, Clock clock) {
        this.store = store;
        this.meetings = meetings;
        this.unions = unions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Sets a meeting day from tomorrow on and plans the first weeks; sent twice, once. */
    @Transactional
    public void set(Actor actor, UnionId union, UUID proposed, Typed typed) {
        UnionSummary at = unions.get(actor, union, Right.OUTREACH_EDIT);
        var input = new Input();
        Occasion occasion = Occasion.read(input, at, typed.occasion());
        DayOfWeek weekday = input.choice("weekday", typed.weekday(), DayOfWeek.class);
        int week = week(input, typed.week());
        input.check();
        LocalDate today = LocalDate.now(clock);
        var day = new MeetingDay(proposed, union, occasion, weekday, week, today.plusDays(1));
        if (!store.insert(day)) {
            if (store.lock(proposed, actor.reach(Right.OUTREACH_EDIT))
                    .filter(day::isLike)
                    .isEmpty()) {
                throw new Refused(OutreachRefusal.FORM_USED_BEFORE);
            }
            return; // the same form, sent again
        }
        plan(day, today);
        audit.record(
                actor,
                "outreach.day",
                proposed,
                at.path(),
                Audit.facts("title", day.occasion().title()));
    }

    private static int week(Input input, @Nullable String typed) {
        if (typed == null || !typed.matches("[0-5]")) {
            input.fault("week", typed == null || typed.isEmpty() ? "empty" : "no-such-choice");
            return 0;
        }
        return Integer.parseInt(typed);
    }

    /** Ends a meeting day; what was planned by it and nobody has announced is taken back. */
    @Transactional
    public void end(Actor actor, UUID id) {
        MeetingDay day = store.lock(id, actor.reach(Right.OUTREACH_EDIT))
                .orElseThrow(() -> new Refused(OutreachRefusal.NO_SUCH_MEETING));
        LocalDate today = LocalDate.now(clock);
        store.end(id, today);
        int takenBack = meetings.removePlanned(id, today);
        audit.record(
                actor,
                "outreach.day-end",
                id,
                unions.living(day.union()).path(),
                Audit.facts("title", day.occasion().title(), "count", Integer.toString(takenBack)));
    }

    /** The meeting days of a union and all below it. */
    @Transactional(readOnly = true)
    List<MeetingDay> of(Actor actor, UnionSummary union) {
        return store.within(union.path(), actor.reach(Right.OUTREACH_READ));
    }

    /** Plans the coming weeks, on every node alike: what is there stays as it is, what was cancelled stays cancelled. */
    @Scheduled(cron = "0 20 4 * * *", zone = "Asia/Shanghai")
    @Transactional
    public void planAhead() {
        LocalDate today = LocalDate.now(clock);
        store.lockAll().forEach(day -> plan(day, today));
    }

    private void plan(MeetingDay day, LocalDate today) {
        for (LocalDate on : day.days(today, today.plus(AHEAD))) {
            meetings.insert(Meeting.planned(
                    new MeetingId(Ids.next(clock)),
                    unions.living(day.union()).id(),
                    day.occasion(),
                    Optional.empty(),
                    on,
                    Optional.of(new Meeting.Occurrence(day.id(), on))));
        }
    }
}

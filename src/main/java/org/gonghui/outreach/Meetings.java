package org.gonghui.outreach;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Employers;
import org.gonghui.joining.JoiningCodes;
import org.gonghui.joining.Joinings;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Meetings with enterprises and with workers: plan, announce, hold, close. */
@Service
class Meetings {

    /** Characters that an answer, or a remark about a meeting, may have at most. */
    static final int LONGEST_NOTE = 500;

    /** A meeting of longer ago has been reported: its month's figures stay. */
    static final Period WRITTEN_DOWN_WITHIN = Period.ofDays(31);

    /** A meeting as it was typed: nothing checked yet. */
    record Typed(
            @Nullable String kind,
            @Nullable String level,
            @Nullable String title,
            @Nullable String place,
            @Nullable String employer,
            @Nullable String on,
            @Nullable String from,
            @Nullable String to) {

        private Occasion.Typed occasion() {
            return new Occasion.Typed(kind, level, title, place, from, to);
        }
    }

    private final MeetingStore store;
    private final JoiningCodes codes;
    private final Employers employers;
    private final Unions unions;
    private final Audit audit;
    private final Clock clock;

    Meetings(MeetingStore store, JoiningCodes codes, Employers employers, Unions unions, Audit audit, Clock clock) {
        this.store = store;
        this.codes = codes;
        this.employers = employers;
        this.unions = unions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Plans a meeting. Where people join at the union itself it has a code of its own from the start. Sent twice, once. */
    @Transactional
    public MeetingId plan(Actor actor, UnionId union, MeetingId proposed, Typed typed) {
        UnionSummary at = unions.get(actor, union, Right.OUTREACH_EDIT);
        Meeting meeting = read(actor, at, proposed, typed);
        if (!store.insert(meeting)) {
            Optional<Meeting> before = store.find(proposed, actor.reach(Right.OUTREACH_EDIT));
            if (before.filter(meeting::isPlannedLike).isPresent()) {
                return proposed; // the same form, sent again
            }
            throw before.isPresent()
                    ? new Refused(OutreachRefusal.FORM_USED_BEFORE)
                    : new Refused(OutreachRefusal.PLANNED_ALREADY, meeting.title());
        }
        Meeting planned = withCode(actor, at, meeting);
        store.update(planned);
        record(actor, at, planned, "outreach.plan");
        return proposed;
    }

    private Meeting read(Actor actor, UnionSummary union, MeetingId id, Typed typed) {
        var input = new Input();
        LocalDate today = LocalDate.now(clock);
        Occasion occasion = Occasion.read(input, union, typed.occasion());
        LocalDate on = input.dayWithin("on", typed.on(), today.minus(WRITTEN_DOWN_WITHIN), today.plusYears(1));
        Optional<EmployerId> employer = Optional.empty();
        if (!CleanText.line(typed.employer()).isEmpty()) {
            employer = employers.byCode(actor, typed.employer()).map(Employer::id);
            if (employer.isEmpty()) {
                input.fault("employer", "no-such-employer");
            }
        }
        input.check();
        return Meeting.planned(id, union.id(), occasion, employer, on, Optional.empty());
    }

    /** The meeting with a code, where people join at its union and the actor gives codes there. */
    private Meeting withCode(Actor actor, UnionSummary union, Meeting meeting) {
        if (meeting.code().isPresent()
                || !Joinings.takesApplications(union)
                || !actor.reach(Right.MEMBER_APPROVE).covers(union.path())) {
            return meeting;
        }
        JoiningCodes.Code given = codes.giveLike(actor, union.id(), label(meeting));
        return meeting.with(new Meeting.Code(given.id(), given.code()));
    }

    /** What its code is called among the union's others. */
    private static String label(Meeting meeting) {
        String when = " %02d-%02d %s"
                .formatted(meeting.on().getMonthValue(), meeting.on().getDayOfMonth(), meeting.from());
        return CleanText.cut(meeting.title(), JoiningCodes.LONGEST_SHARED_LABEL - when.length()) + when;
    }

    /** Changes what is planned, as long as it is to come. */
    @Transactional
    public void change(Actor actor, MeetingId id, Typed typed) {
        Meeting meeting = toCome(actor, id);
        UnionSummary at = unions.living(meeting.union());
        Meeting changed = meeting.planned(read(actor, at, id, typed));
        if (changed.equals(meeting)) {
            return;
        }
        if (store.isHeldThen(changed)) {
            throw new Refused(OutreachRefusal.PLANNED_ALREADY, changed.title());
        }
        store.update(changed);
        if (actor.reach(Right.MEMBER_APPROVE).covers(at.path())
                && !label(changed).equals(label(meeting))) {
            changed.code().ifPresent(code -> codes.relabel(actor, code.id(), label(changed)));
        }
        record(actor, at, changed, "outreach.change");
    }

    /** Announces it: everyone sees when and where. */
    @Transactional
    public void announce(Actor actor, MeetingId id) {
        Meeting meeting = toCome(actor, id);
        if (meeting.stage() == Meeting.Stage.ANNOUNCED) {
            return; // pressed twice
        }
        UnionSummary at = unions.living(meeting.union());
        Meeting announced = withCode(actor, at, meeting.at(Meeting.Stage.ANNOUNCED));
        store.update(announced);
        record(actor, at, announced, "outreach.announce");
    }

    /** Cancels what is to come, and says why; its code ends. */
    @Transactional
    public void cancel(Actor actor, MeetingId id, @Nullable String typedWhy) {
        var input = new Input();
        String why = input.text("note", typedWhy, LONGEST_NOTE);
        input.check();
        if (locked(actor, id).stage() == Meeting.Stage.CANCELLED) {
            return; // pressed twice
        }
        Meeting meeting = toCome(actor, id);
        Meeting cancelled = meeting.at(Meeting.Stage.CANCELLED).with(why);
        store.update(cancelled);
        endCode(actor, cancelled);
        record(actor, unions.living(meeting.union()), cancelled, "outreach.cancel");
    }

    private void endCode(Actor actor, Meeting meeting) {
        if (actor.reach(Right.MEMBER_APPROVE)
                .covers(unions.living(meeting.union()).path())) {
            meeting.code().ifPresent(code -> codes.end(actor, code.id()));
        }
    }

    /** Closes it: nothing is written down any more, its code ends. All that was asked there is settled by then. */
    @Transactional
    public void close(Actor actor, MeetingId id) {
        Meeting meeting = locked(actor, id);
        if (meeting.stage() == Meeting.Stage.CLOSED) {
            return; // pressed twice
        }
        if (meeting.stage() != Meeting.Stage.HELD) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
        long open = store.questions(id).stream()
                .filter(question -> question.became().isEmpty())
                .count();
        if (open > 0) {
            throw new Refused(OutreachRefusal.QUESTIONS_OPEN, open);
        }
        Meeting closed = meeting.at(Meeting.Stage.CLOSED);
        store.update(closed);
        endCode(actor, closed);
        record(actor, unions.living(meeting.union()), closed, "outreach.close");
    }

    /** Opens it again, to correct what was written down: as long as it could be written down. */
    @Transactional
    public void reopen(Actor actor, MeetingId id) {
        Meeting meeting = locked(actor, id);
        if (meeting.stage() == Meeting.Stage.HELD) {
            return; // pressed twice
        }
        if (meeting.stage() != Meeting.Stage.CLOSED) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
        if (meeting.on().isBefore(LocalDate.now(clock).minus(WRITTEN_DOWN_WITHIN))) {
            throw new Refused(OutreachRefusal.TOO_LATE);
        }
        Meeting held = meeting.at(Meeting.Stage.HELD);
        store.update(held);
        record(actor, unions.living(meeting.union()), held, "outreach.reopen");
    }

    Meeting locked(Actor actor, MeetingId id) {
        return store.lock(id, actor.reach(Right.OUTREACH_EDIT))
                .orElseThrow(() -> new Refused(OutreachRefusal.NO_SUCH_MEETING));
    }

    private Meeting toCome(Actor actor, MeetingId id) {
        Meeting meeting = locked(actor, id);
        if (!meeting.isToCome()) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
        return meeting;
    }

    void record(Actor actor, UnionSummary at, Meeting meeting, String action, String... facts) {
        String[] all = Stream.concat(
                        Stream.of("title", meeting.title(), "on", meeting.on().toString()), Stream.of(facts))
                .toArray(String[]::new);
        audit.record(actor, action, meeting.id().value(), at.path(), Audit.facts(all));
    }
}

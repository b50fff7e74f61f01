package org.gonghui.outreach;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerFiles;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Employers;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.Refused;
import org.gonghui.measure.Counters;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is written down of a meeting: which employers came, what was asked, and what became of it. */
@Service
class Minutes {

    private static final int MOST_PEOPLE = 100_000;
    private static final Money MOST_COST = new Money(100_000_000);

    /** What came of a meeting, as it was typed. */
    public record Held(
            @Nullable String people,
            @Nullable String cost,
            @Nullable String note) {}

    private final Meetings meetings;
    private final MeetingStore store;
    private final Employers employers;
    private final EmployerFiles employerFiles;
    private final Unions unions;
    private final Counters counters;
    private final Clock clock;

    Minutes(
            Meetings meetings,
            MeetingStore store,
            Employers employers,
            EmployerFiles employerFiles,
            Unions unions,
            Counters counters,
            Clock clock) {
        this.meetings = meetings;
        this.store = store;
        this.employers = employers;
        this.employerFiles = employerFiles;
        this.unions = unions;
        this.counters = counters;
        this.clock = clock;
    }

    /** Writes down what came of it, or corrects that until it is closed. From then on it counts, in the month of its day. */
    @Transactional
    public void hold(Actor actor, MeetingId id, Held typed) {
        var input = new Input();
        int people = number(input, "people", typed.people(), MOST_PEOPLE);
        Money cost = cost(input, typed.cost());
        String note = CleanText.text(typed.note());
        if (CleanText.length(note) > Meetings.LONGEST_NOTE) {
            input.fault("note", "too-long", Meetings.LONGEST_NOTE);
        }
        input.check();
        Meeting meeting = open(actor, id);
        refuseOutOfTime(meeting);
        int fromEmployers = store.guests(id).stream()
                .mapToInt(guest -> guest.people().orElse(0))
                .sum();
        if (people < fromEmployers) {
            input.fault("people", "fewer-than-guests", fromEmployers);
            input.check();
        }
        Meeting held = meeting.at(Meeting.Stage.HELD).with(note).with(new Meeting.Outcome(people, cost));
        if (held.equals(meeting)) {
            return; // sent twice
        }
        UnionSummary at = unions.living(meeting.union());
        store.update(held);
        counters.changed(OutreachMeasures.COUNTERS, at.path(), held.on());
        meetings.record(actor, at, held, "outreach.hold");
    }

    /** Who came is known from the day on, and changed until the month has been reported. */
    private void refuseOutOfTime(Meeting meeting) {
        LocalDate today = LocalDate.now(clock);
        if (meeting.on().isAfter(today)) {
            throw new Refused(OutreachRefusal.NOT_YET);
        }
        if (meeting.on().isBefore(today.minus(Meetings.WRITTEN_DOWN_WITHIN))) {
            throw new Refused(OutreachRefusal.TOO_LATE);
        }
    }

    /** Nothing typed is nothing spent. */
    private static Money cost(Input input, @Nullable String typed) {
        if (CleanText.line(typed).isEmpty()) {
            return new Money(0);
        }
        Optional<Money> cost = Money.read(typed).filter(money -> money.fen() <= MOST_COST.fen());
        if (cost.isEmpty()) {
            input.fault("cost", "no-amount", MOST_COST.fen() / 100);
        }
        return cost.orElse(new Money(0));
    }

    /** Invites an employer of the actor's, or writes down how many came from one: as long as the meeting is not closed. */
    @Transactional
    public void putGuest(Actor actor, MeetingId id, @Nullable String typedCode, @Nullable String typedPeople) {
        var input = new Input();
        Meeting meeting = open(actor, id);
        Optional<Employer> employer = employers.byCode(actor, typedCode);
        if (employer.isEmpty()) {
            input.fault("guest", CleanText.line(typedCode).isEmpty() ? "empty" : "no-such-employer");
        }
        Optional<Integer> people = CleanText.line(typedPeople).isEmpty()
                ? Optional.empty()
                : Optional.of(number(input, "came", typedPeople, MOST_PEOPLE));
        input.check();
        if (people.isPresent()) {
            refuseOutOfTime(meeting);
        }
        Employer guest = employer.orElseThrow();
        refuseMoreThanCame(meeting, guest.id(), people.orElse(0));
        store.putGuest(id, guest.id(), people);
        meetings.record(actor, unions.living(meeting.union()), meeting, "outreach.guest", "employer", guest.name());
    }

    /** More from the employers than came at all cannot be. */
    private void refuseMoreThanCame(Meeting meeting, EmployerId guest, int people) {
        int others = store.guests(meeting.id()).stream()
                .filter(each -> !each.employer().equals(guest))
                .mapToInt(each -> each.people().orElse(0))
                .sum();
        int most = meeting.outcome().map(Meeting.Outcome::people).orElse(MOST_PEOPLE) - others;
        if (people > most) {
            var input = new Input();
            input.fault("came", "number-at-most", most);
            input.check();
        }
    }

    /** Takes an employer off the list. */
    @Transactional
    public void removeGuest(Actor actor, MeetingId id, EmployerId employer) {
        Meeting meeting = open(actor, id);
        if (store.removeGuest(id, employer)) {
            meetings.record(actor, unions.living(meeting.union()), meeting, "outreach.guest-end");
        }
    }

    /** Writes down what was asked there; sent twice, once. */
    @Transactional
    public void ask(Actor actor, MeetingId id, UUID proposed, @Nullable String typed, @Nullable String typedEmployer) {
        var input = new Input();
        String asked = input.text("asked", typed, EmployerFiles.LONGEST_TEXT);
        Meeting meeting = meetings.locked(actor, id);
        Optional<EmployerId> employer = Optional.empty();
        if (!CleanText.line(typedEmployer).isEmpty()) {
            employer = Optional.of(new EmployerId(input.id("of", typedEmployer)))
                    .filter(each -> meeting.employer().filter(each::equals).isPresent()
                            || store.guests(id).stream()
                                    .anyMatch(guest -> guest.employer().equals(each)));
            if (employer.isEmpty()) {
                input.fault("of", "no-such-choice");
            }
        }
        input.check();
        if (meeting.stage() != Meeting.Stage.HELD) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
        if (store.insertQuestion(id, proposed, asked, employer, clock.instant())) {
            meetings.record(actor, unions.living(meeting.union()), meeting, "outreach.ask");
        } else if (!store.holdsQuestion(id, proposed, asked)) {
            throw new Refused(OutreachRefusal.FORM_USED_BEFORE);
        }
    }

    /** Answers what was asked. */
    @Transactional
    public void answer(Actor actor, MeetingId id, UUID question, @Nullable String typed) {
        var input = new Input();
        String answer = input.text("answer", typed, Meetings.LONGEST_NOTE);
        input.check();
        settle(actor, id, question, Meeting.Became.ANSWERED, answer);
    }

    /** Writes what an employer asked into its service package, where it is promised and done. */
    @Transactional
    public void becomesNeed(Actor actor, MeetingId id, UUID question) {
        meetings.locked(actor, id);
        Meeting.Asked asked = asked(id, question);
        EmployerId employer = asked.employer().orElseThrow(() -> new Refused(OutreachRefusal.NOT_FROM_HERE));
        if (settle(actor, id, question, Meeting.Became.NEED, "")) {
            employerFiles.ask(actor, employer, Ids.next(clock), asked.text());
        }
    }

    /** False when it is settled already. */
    private boolean settle(Actor actor, MeetingId id, UUID question, Meeting.Became became, String answer) {
        Meeting meeting = meetings.locked(actor, id);
        Meeting.Asked asked = asked(id, question);
        if (asked.became().filter(became::equals).isPresent() && asked.answer().equals(answer)) {
            return false; // pressed twice
        }
        if (!store.settle(id, question, became, answer, actor, clock.instant())) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
        meetings.record(actor, unions.living(meeting.union()), meeting, "outreach.settle");
        return true;
    }

    private Meeting.Asked asked(MeetingId id, UUID question) {
        return store.questions(id).stream()
                .filter(each -> each.id().equals(question))
                .findFirst()
                .orElseThrow(() -> new Refused(OutreachRefusal.NO_SUCH_MEETING));
    }

    /** One that is neither closed nor cancelled. */
    private Meeting open(Actor actor, MeetingId id) {
        Meeting meeting = meetings.locked(actor, id);
        if (meeting.stage() == Meeting.Stage.CLOSED || meeting.stage() == Meeting.Stage.CANCELLED) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
        return meeting;
    }

    private static int number(Input input, String field, @Nullable String typed, int most) {
        String text = CleanText.line(typed).replace(",", "").replace("，", "");
        if (!text.matches("\\d{1,9}")) {
            input.fault(field, text.isEmpty() ? "empty" : "no-number");
            return 0;
        }
        int number = Integer.parseInt(text);
        if (number > most) {
            input.fault(field, "number-at-most", most);
        }
        return number;
    }
}

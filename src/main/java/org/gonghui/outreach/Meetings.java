package org.gonghui.outreach;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerFiles;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Employers;
import org.gonghui.joining.JoiningCodes;
import org.gonghui.joining.Joinings;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.measure.Counters;
import org.gonghui.member.Roster;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Meetings with enterprises and with workers: plan, announce, hold, close. */
@Service
public class Meetings implements OpenWork {

    static final int LONGEST_NOTE = 500;
    static final int PAGE = 50;
    static final int ON_BOARD = 12;
    private static final int USUAL_MINUTES = 90;
    private static final int MOST_PEOPLE = 100_000;
    private static final long MOST_COST = 100_000_000L;

    /** A meeting of longer ago has been reported: its month's figures stay. */
    static final Period WRITTEN_DOWN_WITHIN = Period.ofDays(31);

    /** A meeting as it was typed: nothing checked yet. */
    public record Typed(
            @Nullable String kind,
            @Nullable String level,
            @Nullable String title,
            @Nullable String place,
            @Nullable String employer,
            @Nullable String on,
            @Nullable String from,
            @Nullable String to) {}

    /** What came of a meeting, as it was typed. */
    public record Held(
            @Nullable String people,
            @Nullable String cost,
            @Nullable String note) {}

    /**
     * The meetings behind a figure.
     *
     * @param measure what the address asked for
     */
    record Question(
            UnionSummary union,
            Optional<Meeting.Kind> kind,
            Optional<Meeting.Level> level,
            String measure,
            Roster.Period period) {}

    /** A page of a list. */
    record Answer(List<Meeting> meetings, Optional<Mark> next) {}

    /**
     * Everything about one meeting.
     *
     * @param mayEdit true for whoever holds it
     * @param came how many applied and joined by its code
     */
    record File(
            Meeting meeting,
            UnionSummary union,
            Optional<Employer> employer,
            List<Meeting.Guest> guests,
            List<Meeting.Question> questions,
            boolean mayEdit,
            JoiningCodes.Came came) {}

    private final MeetingStore store;
    private final JoiningCodes codes;
    private final Employers employers;
    private final EmployerFiles employerFiles;
    private final Unions unions;
    private final Counters counters;
    private final Audit audit;
    private final Clock clock;

    Meetings(
            MeetingStore store,
            JoiningCodes codes,
            Employers employers,
            EmployerFiles employerFiles,
            Unions unions,
            Counters counters,
            Audit audit,
            Clock clock) {
        this.store = store;
        this.codes = codes;
        this.employers = employers;
        this.employerFiles = employerFiles;
        this.unions = unions;
        this.counters = counters;
        this.audit = audit;
        this.clock = clock;
    }

    /** Plans a meeting. Where people join at the union itself it has a code of its own from the start. Sent twice, once. */
    @Transactional
    public MeetingId plan(Actor actor, UnionId union, MeetingId proposed, Typed typed) {
        UnionSummary at = unions.get(actor, union, Right.OUTREACH_EDIT);
        if (store.find(proposed, actor.reach(Right.OUTREACH_EDIT)).isPresent()) {
            return proposed; // the same form, sent again
        }
        Meeting meeting = read(actor, at, proposed, typed);
        if (store.isHeldThen(meeting)) {
            throw new Refused(OutreachRefusal.PLANNED_ALREADY, meeting.title());
        }
        meeting = withCode(actor, at, meeting);
        if (!store.insert(meeting)) {
            throw new Refused(OutreachRefusal.PLANNED_ALREADY, meeting.title());
        }
        record(actor, at, meeting, "outreach.plan");
        return proposed;
    }

    private Meeting read(Actor actor, UnionSummary union, MeetingId id, Typed typed) {
        var input = new Input();
        LocalDate today = LocalDate.now(clock);
        Occasion occasion = Occasion.read(
                input,
                union,
                new Occasion.Typed(
                        typed.kind(), typed.level(), typed.title(), typed.place(), typed.from(), typed.to()));
        LocalDate on = input.dayWithin("on", typed.on(), today.minus(WRITTEN_DOWN_WITHIN), today.plusYears(1));
        Optional<EmployerId> employer = Optional.empty();
        if (!CleanText.line(typed.employer()).isEmpty()) {
            employer = employers.byCode(actor, typed.employer()).map(Employer::id);
            if (employer.isEmpty()) {
                input.fault("employer", "no-such-employer");
            }
        }
        input.check();
        return new Meeting(
                id,
                union.id(),
                occasion.kind(),
                occasion.level(),
                occasion.title(),
                occasion.place(),
                employer,
                on,
                occasion.from(),
                occasion.to(),
                Meeting.Stage.PLANNED,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    /** The meeting with a code, where people join at its union and the actor gives codes there. */
    private Meeting withCode(Actor actor, UnionSummary union, Meeting meeting) {
        if (meeting.code().isPresent()
                || !Joinings.takesApplications(union)
                || !actor.reach(Right.MEMBER_APPROVE).covers(union.path())) {
            return meeting;
        }
        String when = " %02d-%02d %s"
                .formatted(meeting.on().getMonthValue(), meeting.on().getDayOfMonth(), meeting.from());
        String label = CleanText.cut(meeting.title(), JoiningCodes.LONGEST_LABEL - when.length()) + when;
        JoiningCodes.Code given = codes.give(actor, union.id(), label);
        return meeting.with(new Meeting.Code(given.id(), given.code()));
    }

    /** Changes what is planned, as long as it is to come. */
    @Transactional
    public void change(Actor actor, MeetingId id, Typed typed) {
        Meeting meeting = toCome(actor, id);
        UnionSummary at = unions.living(meeting.union());
        Meeting wanted = read(actor, at, id, typed);
        Meeting changed = new Meeting(
                id,
                meeting.union(),
                wanted.kind(),
                wanted.level(),
                wanted.title(),
                wanted.place(),
                wanted.employer(),
                wanted.on(),
                wanted.from(),
                wanted.to(),
                meeting.stage(),
                meeting.code(),
                meeting.outcome(),
                meeting.note(),
                meeting.day());
        if (changed.equals(meeting)) {
            return;
        }
        if (store.isHeldThen(changed)) {
            throw new Refused(OutreachRefusal.PLANNED_ALREADY, changed.title());
        }
        store.update(changed);
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
        Meeting meeting = locked(actor, id);
        if (meeting.stage() == Meeting.Stage.CANCELLED) {
            return; // pressed twice
        }
        if (!meeting.isToCome()) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
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

    /** Writes down what came of it, or corrects that until it is closed. From then on it counts, in the month of its day. */
    @Transactional
    public void hold(Actor actor, MeetingId id, Held typed) {
        var input = new Input();
        int people = number(input, "people", typed.people(), MOST_PEOPLE);
        Money cost = cost(input, typed.cost());
        String note = CleanText.text(typed.note());
        if (CleanText.length(note) > LONGEST_NOTE) {
            input.fault("note", "too-long", LONGEST_NOTE);
        }
        input.check();
        Meeting meeting = locked(actor, id);
        if (meeting.stage() == Meeting.Stage.CLOSED || meeting.stage() == Meeting.Stage.CANCELLED) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
        LocalDate today = LocalDate.now(clock);
        if (meeting.on().isAfter(today)) {
            throw new Refused(OutreachRefusal.NOT_YET);
        }
        if (meeting.on().isBefore(today.minus(WRITTEN_DOWN_WITHIN))) {
            throw new Refused(OutreachRefusal.TOO_LATE);
        }
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
        record(actor, at, held, "outreach.hold");
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

    /** Nothing typed is nothing spent. */
    private static Money cost(Input input, @Nullable String typed) {
        if (CleanText.line(typed).isEmpty()) {
            return new Money(0);
        }
        Optional<Money> cost = Money.read(typed).filter(money -> money.fen() <= MOST_COST);
        if (cost.isEmpty()) {
            input.fault("cost", "no-amount", MOST_COST / 100);
        }
        return cost.orElse(new Money(0));
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
        Employer guest = employer.orElseThrow();
        refuseMoreThanCame(meeting, guest.id(), people.orElse(0));
        store.putGuest(id, guest.id(), people);
        record(actor, unions.living(meeting.union()), meeting, "outreach.guest", "employer", guest.name());
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
            record(actor, unions.living(meeting.union()), meeting, "outreach.guest-end");
        }
    }

    /** Writes down what was asked there; sent twice, once. */
    @Transactional
    public void ask(Actor actor, MeetingId id, UUID proposed, @Nullable String typed, @Nullable String typedEmployer) {
        var input = new Input();
        String asked = input.text("asked", typed, LONGEST_NOTE);
        Meeting meeting = locked(actor, id);
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
        if (!meeting.wasHeld()) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
        if (meeting.stage() == Meeting.Stage.CLOSED) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
        if (store.insertQuestion(id, proposed, asked, employer, clock.instant())) {
            record(actor, unions.living(meeting.union()), meeting, "outreach.ask");
        }
    }

    /** Answers what was asked. */
    @Transactional
    public void answer(Actor actor, MeetingId id, UUID question, @Nullable String typed) {
        var input = new Input();
        String answer = input.text("answer", typed, LONGEST_NOTE);
        input.check();
        settle(actor, id, question, Meeting.Became.ANSWERED, answer);
    }

    /** Writes what an employer asked into its service package, where it is promised and done. */
    @Transactional
    public void becomesNeed(Actor actor, MeetingId id, UUID question) {
        locked(actor, id);
        Meeting.Question asked = store.questions(id).stream()
                .filter(each -> each.id().equals(question))
                .findFirst()
                .orElseThrow(() -> new Refused(OutreachRefusal.NO_SUCH_MEETING));
        EmployerId employer = asked.employer().orElseThrow(() -> new Refused(OutreachRefusal.NOT_FROM_HERE));
        if (settle(actor, id, question, Meeting.Became.NEED, "")) {
            employerFiles.ask(actor, employer, Ids.next(clock), asked.asked());
        }
    }

    /** False when it is settled already. */
    private boolean settle(Actor actor, MeetingId id, UUID question, Meeting.Became became, String answer) {
        Meeting meeting = locked(actor, id);
        Meeting.Question asked = store.questions(id).stream()
                .filter(each -> each.id().equals(question))
                .findFirst()
                .orElseThrow(() -> new Refused(OutreachRefusal.NO_SUCH_MEETING));
        if (asked.became().filter(became::equals).isPresent() && asked.answer().equals(answer)) {
            return false; // pressed twice
        }
        if (!store.settle(id, question, became, answer, actor, clock.instant())) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
        record(actor, unions.living(meeting.union()), meeting, "outreach.settle");
        return true;
    }

    private Meeting locked(Actor actor, MeetingId id) {
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

    /** One that is neither closed nor cancelled. */
    private Meeting open(Actor actor, MeetingId id) {
        Meeting meeting = locked(actor, id);
        if (meeting.stage() == Meeting.Stage.CLOSED || meeting.stage() == Meeting.Stage.CANCELLED) {
            throw new Refused(OutreachRefusal.NOT_FROM_HERE);
        }
        return meeting;
    }

    /** A meeting within the actor's part of the tree. */
    @Transactional(readOnly = true)
    File file(Actor actor, MeetingId id) {
        Meeting meeting = store.find(id, actor.reach(Right.OUTREACH_READ))
                .orElseThrow(() -> new Refused(OutreachRefusal.NO_SUCH_MEETING));
        UnionSummary union = unions.living(meeting.union());
        return new File(
                meeting,
                union,
                meeting.employer().map(employers::named),
                store.guests(id),
                store.questions(id),
                actor.reach(Right.OUTREACH_EDIT).covers(union.path()),
                came(List.of(meeting)).getOrDefault(id, JoiningCodes.Came.NONE));
    }

    /** How many came by the codes of these meetings. */
    Map<MeetingId, JoiningCodes.Came> came(List<Meeting> meetings) {
        Map<String, JoiningCodes.Came> byCode = codes.came(meetings.stream()
                .flatMap(each -> each.code().stream())
                .map(Meeting.Code::text)
                .toList());
        return meetings.stream()
                .filter(each -> each.code().isPresent())
                .collect(java.util.stream.Collectors.toMap(
                        Meeting::id,
                        each -> byCode.getOrDefault(each.code().orElseThrow().text(), JoiningCodes.Came.NONE)));
    }

    /** The history of a meeting, newest first. */
    @Transactional(readOnly = true)
    List<Audit.Entry> history(Actor actor, MeetingId id) {
        return audit.historyOf(id.value(), actor.reach(Right.OUTREACH_READ));
    }

    /** What the first page of a union shows. */
    record Board(List<Meeting> overdue, List<Meeting> toCome, List<Meeting> latest) {}

    @Transactional(readOnly = true)
    Board board(Actor actor, UnionSummary union) {
        Reach reach = actor.reach(Right.OUTREACH_READ);
        LocalDate today = LocalDate.now(clock);
        return new Board(
                store.overdue(union.path(), reach, today, ON_BOARD),
                store.toCome(union.path(), reach, today, ON_BOARD),
                store.held(
                        question(actor, union.id(), "", Integer.toString(today.getYear())),
                        reach,
                        Optional.empty(),
                        ON_BOARD));
    }

    /**
     * What a year's meetings have cost, and how many people joined by their codes.
     *
     * @param joined of those who applied, the ones who are members now
     */
    record YearSum(Money cost, long joined) {}

    @Transactional(readOnly = true)
    YearSum year(Actor actor, UnionSummary union, int year) {
        Reach reach = actor.reach(Right.OUTREACH_READ);
        LocalDate first = LocalDate.of(year, 1, 1);
        LocalDate end = first.plusYears(1);
        long joined = codes.came(store.codes(union.path(), reach, first, end)).values().stream()
                .mapToLong(JoiningCodes.Came::joined)
                .sum();
        return new YearSum(store.cost(union.path(), reach, first, end), joined);
    }

    /** Reads a question as an address has it: {@code of} is the key of a measure, nothing is all of this year. */
    Question question(Actor actor, UnionId union, @Nullable String of, @Nullable String period) {
        UnionSummary at = unions.get(actor, union, Right.OUTREACH_READ);
        var input = new Input();
        Roster.Period within = Roster.Period.read(
                input, "period", period, org.gonghui.member.Members.FIRST_YEAR, LocalDate.now(clock));
        input.check();
        String key = CleanText.line(of);
        return new Question(
                at,
                Stream.of(Meeting.Kind.values())
                        .filter(kind -> OutreachMeasures.of(kind).key().equals(key))
                        .findFirst(),
                Stream.of(Meeting.Level.values())
                        .filter(level -> OutreachMeasures.of(level).key().equals(key))
                        .findFirst(),
                OutreachMeasures.ALL.stream().anyMatch(each -> each.key().equals(key))
                        ? key
                        : OutreachMeasures.MEETINGS.key(),
                within);
    }

    /** A page of meetings. */
    @Transactional(readOnly = true)
    Answer list(Actor actor, Question question, Optional<Mark> after) {
        List<Meeting> found = store.held(question, actor.reach(Right.OUTREACH_READ), after, PAGE + 1);
        List<Meeting> shown = found.subList(0, Math.min(PAGE, found.size()));
        return new Answer(shown, found.size() > PAGE ? Optional.of(mark(shown.getLast())) : Optional.empty());
    }

    private Mark mark(Meeting meeting) {
        return new Mark(
                meeting.on().atStartOfDay(clock.getZone()).toInstant(),
                meeting.id().value());
    }

    /** What is announced, for everyone to see; of one union and all below it. */
    @Transactional(readOnly = true)
    List<Meeting> announced(UnionSummary union) {
        return store.announced(union.path(), LocalDate.now(clock), PAGE);
    }

    /** What a successor finds: meetings nobody has written down, and questions that wait for an answer. */
    @Override
    @Transactional(readOnly = true)
    public List<OpenWork.Waiting> waiting(Actor holder, UnionId union, UnionPath at) {
        Reach reach = holder.reach(Right.OUTREACH_EDIT);
        String board = "/desk/outreach/" + union;
        return Stream.of(
                        waiting("outreach.open-work", store.overdue(at, reach, LocalDate.now(clock)), board),
                        waiting("outreach.open-questions", store.withOpenQuestions(at, reach), board))
                .filter(each -> each.count() > 0)
                .toList();
    }

    private OpenWork.Waiting waiting(String label, MeetingStore.Standing standing, String address) {
        return new OpenWork.Waiting(
                label,
                standing.count(),
                standing.oldest().map(day -> day.atStartOfDay(clock.getZone()).toInstant()),
                address);
    }

    /**
     * A meeting as it is loaded with a whole city.
     *
     * @param kind a word of {@code Meeting.Kind}
     * @param level a word of {@code Meeting.Level}
     * @param people who came; -1 for one that is announced and to come
     */
    public record Established(
            MeetingId id,
            UnionId union,
            String kind,
            String level,
            String title,
            String place,
            LocalDate on,
            LocalTime from,
            int people,
            Money cost) {

        private Meeting meeting() {
            boolean held = people >= 0;
            return new Meeting(
                    id,
                    union,
                    Meeting.Kind.valueOf(kind),
                    Meeting.Level.valueOf(level),
                    title,
                    place,
                    Optional.empty(),
                    on,
                    from,
                    from.plusMinutes(USUAL_MINUTES),
                    held ? Meeting.Stage.CLOSED : Meeting.Stage.ANNOUNCED,
                    Optional.empty(),
                    held ? Optional.of(new Meeting.Outcome(people, cost)) : Optional.empty(),
                    "",
                    Optional.empty());
        }
    }

    /** Loads meetings with all that came of them, for generated cities. One audit row for all. */
    @Transactional
    public void establish(Actor platform, UnionSummary city, List<Established> all) {
        all.stream().map(Established::meeting).forEach(store::insert);
        audit.record(
                platform,
                "outreach.establish",
                city.id().value(),
                city.path(),
                Audit.facts("count", Integer.toString(all.size())));
    }

    private void record(Actor actor, UnionSummary at, Meeting meeting, String action, String... facts) {
        String[] all = Stream.concat(
                        Stream.of("title", meeting.title(), "on", meeting.on().toString()), Stream.of(facts))
                .toArray(String[]::new);
        audit.record(actor, action, meeting.id().value(), at.path(), Audit.facts(all));
    }
}

package org.gonghui.outreach;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.employer.Employer;
import org.gonghui.employer.Employers;
import org.gonghui.joining.JoiningCodes;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.Members;
import org.gonghui.member.Roster;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Meetings as they are read: one with all about it, those of a union, of a figure, of everyone. */
@Service
class MeetingLists implements OpenWork {

    static final int PAGE = 50;
    private static final int ON_BOARD = 12;

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
            List<Meeting.Asked> questions,
            boolean mayEdit,
            JoiningCodes.Came came) {}

    private final MeetingStore store;
    private final JoiningCodes codes;
    private final Employers employers;
    private final Unions unions;
    private final Audit audit;
    private final Clock clock;

    MeetingLists(MeetingStore store, JoiningCodes codes, Employers employers, Unions unions, Audit audit, Clock clock) {
        this.store = store;
        this.codes = codes;
        this.employers = employers;
        this.unions = unions;
        this.audit = audit;
        this.clock = clock;
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
                .collect(Collectors.toMap(
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
                store.overdue(union.path(), reach, today.minus(Meetings.WRITTEN_DOWN_WITHIN), today, ON_BOARD),
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
        Roster.Period within = Roster.Period.read(input, "period", period, Members.FIRST_YEAR, LocalDate.now(clock));
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
}

package org.gonghui.founding;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Employers;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionPath;
import org.gonghui.org.UnionKind;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The road from an employer without a union to an approved one (建会). */
@Service
public class Foundings {

    static final int MOST_OFFICERS = 7;
    private static final int LONGEST_NOTE = 300;
    private static final long MOST_GRANT = 100_000_000L;

    /**
     * Everything about one founding.
     *
     * @param mayWork true for whoever works towards it
     * @param mayDecide true for whoever decides on the application
     */
    record File(
            Founding founding,
            List<Employer> employers,
            List<Founding.Step> steps,
            List<Founding.Officer> officers,
            List<Founding.Paper> papers,
            boolean mayWork,
            boolean mayDecide) {

        /** True for a paper that went with an application, whatever became of that. */
        boolean stays(Founding.Paper paper) {
            return wentAlong(steps, paper);
        }

        int workers() {
            return employers.stream().mapToInt(Employer::workers).sum();
        }
    }

    /**
     * An application as it was typed.
     *
     * @param superior the code of the union below which it shall stand
     * @param lines who was elected: {@code position-0}, {@code officer-0}, {@code login-0} and so on
     */
    record Applying(
            @Nullable String name,
            @Nullable String shortName,
            @Nullable String superior,
            @Nullable String electedOn,
            @Nullable String grant,
            Map<String, String> lines) {

        static Applying of(Map<String, String> typed) {
            return new Applying(
                    typed.get("name"),
                    typed.get("shortName"),
                    typed.get("superior"),
                    typed.get("electedOn"),
                    typed.get("grant"),
                    typed);
        }
    }

    private final FoundingStore store;
    private final PaperStore papers;
    private final Employers employers;
    private final Unions unions;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Foundings(
            FoundingStore store,
            PaperStore papers,
            Employers employers,
            Unions unions,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.papers = papers;
        this.employers = employers;
        this.unions = unions;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** The founding under way for an employer that the actor may read. */
    @Transactional(readOnly = true)
    public Optional<FoundingId> open(Actor actor, EmployerId employer) {
        employers.get(actor, employer);
        return store.open(employer);
    }

    /**
     * Begins to work towards a union at an employer that has none.
     *
     * @param proposed the id that the form was given when it was opened: sent twice, it begins once
     */
    @Transactional
    public FoundingId begin(Actor actor, EmployerId id, FoundingId proposed, @Nullable String typedNote) {
        String note = note(typedNote, false);
        Employer employer = employers.hold(actor, id);
        if (store.open(id).filter(proposed::equals).isPresent()) {
            return proposed;
        }
        if (employer.union().isPresent()) {
            throw new Refused(FoundingRefusal.HAS_UNION, employer.name());
        }
        if (!store.insert(proposed, employer.street()) || !store.insertEmployer(proposed, id)) {
            throw new Refused(FoundingRefusal.BEGUN_ALREADY, employer.name());
        }
        store.insertStep(proposed, Stage.VERIFIED, actor, note);
        UnionSummary street = unions.living(employer.street());
        audit.record(actor, "founding.begin", proposed.value(), street.path(), Audit.facts("name", employer.name()));
        return proposed;
    }

    /** Goes on to a stage that is reached by a press; giving up needs its reason. */
    @Transactional
    public void go(Actor actor, FoundingId id, @Nullable String typedStage, @Nullable String typedNote) {
        var input = new Input();
        Stage stage = input.choice("stage", typedStage, Stage.class);
        input.check();
        String note = note(typedNote, stage == Stage.GIVEN_UP);
        FoundingStore.Locked locked = locked(actor, id);
        Stage before = locked.founding().stage();
        if (before == stage && (stage != Stage.CONTACTED || note.isEmpty())) {
            return; // pressed twice; but one speaks with an employer more than once
        }
        if (!before.next().contains(stage)) {
            throw new Refused(FoundingRefusal.NOT_FROM_HERE);
        }
        if (before == Stage.GIVEN_UP) {
            takeUpAgain(actor, id);
        }
        if (stage == Stage.GIVEN_UP) {
            store.setOpen(id, false);
        }
        store.step(id, stage, actor, note);
        record(actor, locked, "founding.step", "stage", stage.name());
    }

    private void takeUpAgain(Actor actor, FoundingId id) {
        for (EmployerId each : store.employers(id)) {
            Employer employer = employers.hold(actor, each);
            if (employer.union().isPresent()) {
                throw new Refused(FoundingRefusal.HAS_UNION, employer.name());
            }
        }
        store.taken(id).ifPresent(name -> {
            throw new Refused(FoundingRefusal.BEGUN_ALREADY, name);
        });
        store.setOpen(id, true);
    }

    /** Makes it a joint union of another small employer too. */
    @Transactional
    public void add(Actor actor, FoundingId id, @Nullable String typedCode) {
        FoundingStore.Locked locked = beforeApplication(actor, id);
        var input = new Input();
        Optional<Employer> other = employers.byCode(actor, typedCode);
        if (other.isEmpty()) {
            input.fault("employer", CleanText.line(typedCode).isEmpty() ? "empty" : "no-such-employer");
        }
        input.check();
        EmployerId added = other.orElseThrow().id();
        List<EmployerId> known = store.employers(id);
        if (known.contains(added)) {
            return;
        }
        // All of them in the order of their ids, as everybody locks them.
        List<Employer> all = Stream.concat(known.stream(), Stream.of(added))
                .sorted(Comparator.comparing(EmployerId::value))
                .map(each -> employers.hold(actor, each))
                .toList();
        Employer employer =
                all.stream().filter(each -> each.id().equals(added)).findFirst().orElseThrow();
        if (!unions.living(employer.street())
                .equals(unions.living(locked.founding().street()))) {
            throw new Refused(FoundingRefusal.OTHER_STREET, employer.name());
        }
        if (employer.union().isPresent()) {
            throw new Refused(FoundingRefusal.HAS_UNION, employer.name());
        }
        ApplicationRules.check(ApplicationRules.ofSize(all));
        if (!store.insertEmployer(id, added)) {
            throw new Refused(FoundingRefusal.BEGUN_ALREADY, employer.name());
        }
        store.setJoint(id, true);
        record(actor, locked, "founding.add", "name", employer.name());
    }

    /** Takes an employer out of a joint union to come; with one left it is no joint union any more. */
    @Transactional
    public void remove(Actor actor, FoundingId id, EmployerId employer) {
        FoundingStore.Locked locked = beforeApplication(actor, id);
        List<EmployerId> all = store.employers(id);
        if (!all.contains(employer)) {
            return;
        }
        if (all.size() == 1) {
            throw new Refused(FoundingRefusal.TOO_FEW_EMPLOYERS);
        }
        store.deleteEmployer(id, employer);
        store.setJoint(id, all.size() > 2);
        record(
                actor,
                locked,
                "founding.remove",
                "name",
                employers.get(actor, employer).name());
    }

    /** Hands the application to the superior union, from preparation or after a rejection. */
    @Transactional
    public void apply(Actor actor, FoundingId id, Applying typed) {
        var input = new Input();
        String name = input.name("name", typed.name(), Unions.LONGEST_NAME);
        String shortName = input.optionalName("shortName", typed.shortName(), Unions.LONGEST_SHORT_NAME);
        LocalDate today = LocalDate.now(clock);
        LocalDate elected = input.dayWithin("electedOn", typed.electedOn(), today.minusYears(1), today);
        Optional<Money> grant = grant(input, typed.grant());
        List<Founding.Officer> officers = Officers.read(input, clock, typed.lines());
        Optional<UnionSummary> superior =
                unions.byCode(CleanText.line(typed.superior())).filter(found -> !found.dissolved());
        if (superior.isEmpty()) {
            input.fault("superior", CleanText.line(typed.superior()).isEmpty() ? "empty" : "no-such-union");
        }
        input.check();
        FoundingStore.Locked locked = locked(actor, id);
        Founding founding = locked.founding();
        Optional<Founding.Application> wanted =
                superior.map(above -> new Founding.Application(above.id(), name, shortName, elected, grant));
        if (founding.stage() == Stage.APPLIED
                && founding.application().equals(wanted)
                && Officers.areTheSame(store.officers(id), officers)) {
            return; // sent twice
        }
        if (founding.stage() != Stage.PREPARING && founding.stage() != Stage.REJECTED) {
            throw new Refused(FoundingRefusal.NOT_FROM_HERE);
        }
        List<Employer> held = held(actor, id);
        ApplicationRules.check(ApplicationRules.ofEmployers(founding.joint(), held));
        ApplicationRules.check(ApplicationRules.ofPapers(papers.papers(id)));
        UnionSummary above = superior.orElseThrow();
        if (!fits(actor, founding, above)) {
            throw new Refused(FoundingRefusal.SUPERIOR_DOES_NOT_FIT, above.name());
        }
        store.apply(id, wanted.orElseThrow(), officers);
        store.step(id, Stage.APPLIED, actor, "");
        record(actor, locked, "founding.apply", "name", name, "union", above.name());
        events.publishEvent(
                new FoundingApplied(Ids.next(clock), actor.account(), id, name, founding.street(), above.id()));
    }

    /** True for a paper that was there when something was applied for. */
    static boolean wentAlong(List<Founding.Step> steps, Founding.Paper paper) {
        return steps.stream()
                .filter(step -> step.stage() == Stage.APPLIED)
                .anyMatch(step -> !paper.sentAt().isAfter(step.at()));
    }

    private static Optional<Money> grant(Input input, @Nullable String typed) {
        if (CleanText.line(typed).isEmpty()) {
            return Optional.empty();
        }
        Optional<Money> grant = Money.read(typed).filter(money -> money.fen() > 0 && money.fen() <= MOST_GRANT);
        if (grant.isEmpty()) {
            input.fault("grant", "no-amount", MOST_GRANT / 100);
        }
        return grant;
    }

    /** The street's own, or a union that stands where the street does: below it, or above both. */
    private boolean fits(Actor actor, Founding founding, UnionSummary above) {
        UnionPath street = unions.living(founding.street()).path();
        boolean near = street.covers(above.path())
                || above.path().covers(street)
                || actor.reach(Right.EMPLOYER_EDIT).covers(above.path());
        return near && above.kind().mayFound().contains(kind(founding));
    }

    static UnionKind kind(Founding founding) {
        return founding.joint() ? UnionKind.JOINT_BASE_UNION : UnionKind.BASE_UNION;
    }

    /**
     * The superior says no, and why.
     *
     * @param seen when the application was sent that the page showed: {@link Founding#stageAt}
     */
    @Transactional
    public void reject(Actor actor, FoundingId id, @Nullable String seen, @Nullable String typedReason) {
        String reason = note(typedReason, true);
        FoundingStore.Locked locked = lockedToDecide(actor, id);
        if (locked.founding().stage() == Stage.REJECTED) {
            return; // pressed twice
        }
        refuseUnseen(locked.founding(), seen);
        store.step(id, Stage.REJECTED, actor, reason);
        record(actor, locked, "founding.reject");
        decided(actor, locked.founding(), Optional.of(reason));
    }

    /** Tells whoever applied, unless it was the one who decided. */
    void decided(Actor actor, Founding founding, Optional<String> rejectedFor) {
        Founding.Application application = founding.application().orElseThrow();
        store.applicant(founding.id())
                .filter(applicant -> actor.account().filter(applicant::equals).isEmpty())
                .ifPresent(applicant -> events.publishEvent(new FoundingDecided(
                        Ids.next(clock),
                        applicant,
                        founding.id(),
                        application.name(),
                        application.superior(),
                        rejectedFor)));
    }

    /** Whoever decides decides about what they saw: withdrawn and sent anew meanwhile, it may be another application. */
    static void refuseUnseen(Founding founding, @Nullable String seen) {
        if (founding.stage() != Stage.APPLIED || !founding.stageAt().toString().equals(seen)) {
            throw new Refused(FoundingRefusal.NOT_FROM_HERE);
        }
    }

    /** A founding whose application the actor decides on and may read, locked. */
    FoundingStore.Locked lockedToDecide(Actor actor, FoundingId id) {
        return store.lockToDecide(id, actor.reach(Right.UNION_FOUND))
                .filter(locked ->
                        store.find(id, actor.reach(Right.EMPLOYER_READ)).isPresent())
                .orElseThrow(() -> new Refused(FoundingRefusal.NO_SUCH_FOUNDING));
    }

    /** A founding that the actor works on, locked, and not applied for yet. */
    FoundingStore.Locked beforeApplication(Actor actor, FoundingId id) {
        FoundingStore.Locked locked = locked(actor, id);
        if (!locked.founding().stage().isStillChanging()) {
            throw new Refused(FoundingRefusal.NOT_FROM_HERE);
        }
        return locked;
    }

    private FoundingStore.Locked locked(Actor actor, FoundingId id) {
        return store.lock(id, actor.reach(Right.EMPLOYER_EDIT))
                .orElseThrow(() -> new Refused(FoundingRefusal.NO_SUCH_FOUNDING));
    }

    private List<Employer> held(Actor actor, FoundingId id) {
        return store.employers(id).stream()
                .map(employer -> employers.hold(actor, employer))
                .toList();
    }

    /** A founding within the actor's part of the tree. */
    @Transactional(readOnly = true)
    Founding get(Actor actor, FoundingId id) {
        return store.find(id, actor.reach(Right.EMPLOYER_READ))
                .orElseThrow(() -> new Refused(FoundingRefusal.NO_SUCH_FOUNDING));
    }

    /** Its steps, the latest first. */
    List<Founding.Step> steps(FoundingId id) {
        return store.steps(id);
    }

    /** Where whoever works towards it stands. */
    UnionPath place(Founding founding) {
        return unions.living(founding.street()).path();
    }

    /** Everything about a founding within the actor's part of the tree. */
    @Transactional(readOnly = true)
    File file(Actor actor, FoundingId id) {
        Founding founding = get(actor, id);
        UnionPath street = unions.living(founding.street()).path();
        return new File(
                founding,
                store.employers(id).stream()
                        .map(employer -> employers.named(employer))
                        .toList(),
                store.steps(id),
                store.officers(id),
                papers.papers(id),
                actor.reach(Right.EMPLOYER_EDIT).covers(street),
                founding.application()
                        .map(application -> unions.living(application.superior()))
                        .filter(above -> actor.reach(Right.UNION_FOUND).covers(above.path())
                                && actor.reach(Right.EMPLOYER_READ).covers(above.path()))
                        .isPresent());
    }

    private static String note(@Nullable String typed, boolean needed) {
        var input = new Input();
        String note = CleanText.text(typed);
        if (needed) {
            note = input.text("note", typed, LONGEST_NOTE);
        } else if (CleanText.length(note) > LONGEST_NOTE) {
            input.fault("note", "too-long", LONGEST_NOTE);
        }
        input.check();
        return note;
    }

    private void record(Actor actor, FoundingStore.Locked locked, String action, String... facts) {
        audit.record(actor, action, locked.founding().id().value(), locked.place(), Audit.facts(facts));
    }

    /** The history of a founding, newest first. */
    @Transactional(readOnly = true)
    List<Audit.Entry> history(Actor actor, UUID id) {
        return audit.historyOf(id, actor.reach(Right.EMPLOYER_READ));
    }
}

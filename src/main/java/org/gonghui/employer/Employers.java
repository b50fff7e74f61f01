package org.gonghui.employer;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.org.Places;
import org.gonghui.org.UnionDissolving;
import org.gonghui.org.UnionMerging;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The city's employers, one at a time: put on record, put right, counted, closed. */
@Service
public class Employers {

    /** Characters that an employer's name may have at most. */
    public static final int LONGEST_NAME = 80;

    /** An employer as it was typed: nothing checked yet. The first headcount may be left out. */
    public record Typed(
            @Nullable String name,
            @Nullable String code,
            @Nullable String address,
            @Nullable String trade,
            @Nullable String ownership,
            @Nullable String workers,
            @Nullable String women,
            @Nullable String countedOn) {}

    private final EmployerStore store;
    private final UnionsUnderWay underWay;
    private final Members members;
    private final Unions unions;
    private final Places places;
    private final Audit audit;
    private final Clock clock;

    Employers(
            EmployerStore store,
            UnionsUnderWay underWay,
            Members members,
            Unions unions,
            Places places,
            Audit audit,
            Clock clock) {
        this.store = store;
        this.underWay = underWay;
        this.members = members;
        this.unions = unions;
        this.places = places;
        this.audit = audit;
        this.clock = clock;
    }

    /** An employer within the actor's part of the tree. */
    @Transactional(readOnly = true)
    public Employer get(Actor actor, EmployerId id) {
        return store.find(id, actor.reach(Right.EMPLOYER_READ))
                .orElseThrow(() -> new Refused(EmployerRefusal.NO_SUCH_EMPLOYER));
    }

    /** The union of this id within the actor's part of the tree, if it keeps employers, as all but base unions do. */
    public UnionSummary keeper(Actor actor, UnionId id) {
        UnionSummary union = unions.get(actor, id, Right.EMPLOYER_EDIT);
        if (union.kind().isBase()) {
            throw new Refused(EmployerRefusal.NOT_BY_BASE_UNIONS);
        }
        return union;
    }

    /** The headcounts of an employer within the actor's part of the tree, the latest first. */
    @Transactional(readOnly = true)
    List<Headcount> headcounts(Actor actor, EmployerId id) {
        get(actor, id);
        return store.headcounts(id);
    }

    /** The forms of employment, regular employment first. */
    List<Employment> employments() {
        return members.employments();
    }

    /**
     * Puts an employer on record in the streets of a union.
     *
     * @param proposed the id that the form was given when it was opened: sent twice, the form makes one
     */
    @Transactional
    public EmployerId record(Actor actor, UnionId street, EmployerId proposed, Typed typed) {
        places.hold();
        UnionSummary union = keeper(actor, street);
        var input = new Input();
        Employer employer = EmployerRules.read(input, proposed, street, typed);
        Optional<Headcount> first = CleanText.line(typed.workers()).isEmpty()
                ? Optional.empty()
                : Optional.of(EmployerRules.headcount(
                        input,
                        proposed.value(),
                        members.employments(),
                        LocalDate.now(clock),
                        actor.name(),
                        new Count(typed.countedOn(), typed.workers(), typed.women(), Map.of())));
        input.check();
        if (store.find(proposed, actor.reach(Right.EMPLOYER_EDIT))
                .filter(same ->
                        same.name().equals(employer.name()) && same.street().equals(street))
                .isPresent()) {
            return proposed;
        }
        refuseTwins(employer);
        if (!store.insert(employer)) {
            throw new Refused(EmployerRefusal.FORM_USED_BEFORE);
        }
        first.ifPresent(headcount -> store.putHeadcount(proposed, headcount));
        audit.record(
                actor,
                "employer.record",
                proposed.value(),
                union.path(),
                Audit.facts(
                        "name",
                        employer.name(),
                        "workers",
                        Integer.toString(first.map(Headcount::workers).orElse(0))));
        return proposed;
    }

    /** Puts right what is known of an employer. */
    @Transactional
    public void correct(Actor actor, EmployerId id, Typed typed) {
        places.hold();
        EmployerStore.Locked locked = locked(actor, id);
        var input = new Input();
        UnionId street = unions.living(locked.employer().street()).id();
        Employer employer = EmployerRules.read(input, id, street, typed);
        input.check();
        refuseTwins(employer);
        store.update(employer);
        audit.record(
                actor,
                "employer.correct",
                id.value(),
                locked.place(),
                Audit.facts("before", locked.employer().name(), "name", employer.name()));
    }

    private void refuseTwins(Employer employer) {
        employer.code().filter(code -> store.codeTaken(code, employer.id())).ifPresent(code -> {
            throw new Refused(EmployerRefusal.CODE_TAKEN, code.text());
        });
        if (store.nameTaken(employer)) {
            throw new Refused(EmployerRefusal.NAME_TAKEN, employer.name());
        }
    }

    /**
     * A headcount as it was typed.
     *
     * @param byForm by the code of the form of employment; regular employment is whatever is left
     */
    public record Count(
            @Nullable String countedOn,
            @Nullable String workers,
            @Nullable String women,
            Map<String, String> byForm) {}

    /** Writes down how many worked at an employer on a day; a count of the same day takes the place of the one before. */
    @Transactional
    public void count(Actor actor, EmployerId id, Count typed) {
        EmployerStore.Locked locked = locked(actor, id);
        var input = new Input();
        Headcount headcount = EmployerRules.headcount(
                input, Ids.next(clock), members.employments(), LocalDate.now(clock), actor.name(), typed);
        input.check();
        store.putHeadcount(id, headcount);
        audit.record(
                actor,
                "employer.count",
                id.value(),
                locked.place(),
                Audit.facts(
                        "workers",
                        Integer.toString(headcount.workers()),
                        "women",
                        headcount.women() == null ? "" : headcount.women().toString(),
                        "on",
                        headcount.countedOn().toString()));
    }

    /** Says that an employer is not there any more. */
    @Transactional
    public void close(Actor actor, EmployerId id) {
        EmployerStore.Locked locked = locked(actor, id);
        if (!underWay.at(List.of(id), Reach.everywhere()).isEmpty()) {
            throw new Refused(EmployerRefusal.UNION_UNDER_WAY, locked.employer().name());
        }
        store.setClosed(id, LocalDate.now(clock));
        audit.record(actor, "employer.close", id.value(), locked.place(), name(locked));
    }

    /** Says that an employer is there again, or was there all the time. */
    @Transactional
    public void open(Actor actor, EmployerId id) {
        EmployerStore.Locked locked = lockedEvenClosed(actor, id);
        if (locked.employer().closedOn().isEmpty()) {
            return;
        }
        refuseTwins(locked.employer());
        store.setClosed(id, null);
        audit.record(actor, "employer.open", id.value(), locked.place(), name(locked));
    }

    /** Says that an employer's workers belong to a base union that is there already. */
    @Transactional
    public void joins(Actor actor, EmployerId id, @Nullable String typedUnion) {
        places.hold();
        var input = new Input();
        EmployerStore.Locked locked = locked(actor, id);
        Optional<UnionSummary> union = unions.byCode(CleanText.line(typedUnion))
                .filter(found -> found.kind().isBase() && !found.dissolved())
                .filter(found -> actor.reach(Right.EMPLOYER_EDIT).covers(found.path()));
        if (union.isEmpty()) {
            input.fault("union", CleanText.line(typedUnion).isEmpty() ? "empty" : "no-such-union");
        }
        input.check();
        belong(actor, locked, union.orElseThrow());
    }

    /** The same for a union that has just been founded for it, within the transaction of whoever may found it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void founded(Actor actor, EmployerId id, UnionId union) {
        belong(actor, lockedByAnybody(id), unions.get(actor, union, Right.UNION_READ));
    }

    private void belong(Actor actor, EmployerStore.Locked locked, UnionSummary union) {
        Employer employer = locked.employer();
        if (employer.union().filter(union.id()::equals).isPresent()) {
            return;
        }
        if (employer.union().isPresent()) {
            throw new Refused(EmployerRefusal.HAS_UNION, employer.name());
        }
        store.setUnion(employer.id(), union.id());
        audit.record(
                actor,
                "employer.union",
                employer.id().value(),
                locked.place(),
                Audit.facts("name", employer.name(), "union", union.name()));
    }

    /** Takes back which union its workers belong to: it was another one's code, or they have gone. */
    @Transactional
    public void leaves(Actor actor, EmployerId id) {
        EmployerStore.Locked locked = locked(actor, id);
        if (locked.employer().union().isEmpty()) {
            return;
        }
        store.leave(id);
        audit.record(actor, "employer.union-end", id.value(), locked.place(), name(locked));
    }

    /** Workers of a union that goes up in another one belong to that one. */
    @EventListener
    @Transactional
    void merging(UnionMerging merging) {
        int count = store.goOver(merging.union(), merging.into());
        record(merging.by(), "employer.union-merge", merging.union(), merging.into(), count);
    }

    /**
     * Workers of a union that is no more, and went up in no other, belong to none. What lay in its streets lies in those
     * of its heir.
     */
    @EventListener
    @Transactional
    void dissolving(UnionDissolving dissolving) {
        store.leaveAll(dissolving.union());
        int count = store.changeStreet(dissolving.union(), dissolving.heir());
        record(dissolving.by(), "employer.street-merge", dissolving.union(), dissolving.heir(), count);
    }

    /** One row in the trail for all employers that went over with a union. */
    private void record(Actor actor, String action, UnionId from, UnionId to, int count) {
        if (count == 0) {
            return;
        }
        UnionSummary heir = unions.named(to).orElseThrow();
        audit.record(
                actor,
                action,
                heir.id().value(),
                heir.path(),
                Audit.facts(
                        "before",
                        unions.named(from).map(UnionSummary::name).orElse(""),
                        "name",
                        heir.name(),
                        "count",
                        Integer.toString(count)));
    }

    /** An employer that the actor keeps, locked to the end of the transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Employer hold(Actor actor, EmployerId id) {
        return locked(actor, id).employer();
    }

    /** The same for whoever decides on what concerns it, wherever it lies. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Employer holdNamed(EmployerId id) {
        return lockedByAnybody(id).employer();
    }

    /** An employer beside a record that the reader may see, wherever it lies. */
    @Transactional(readOnly = true)
    public Employer named(EmployerId id) {
        return store.find(id, Reach.everywhere()).orElseThrow(() -> new Refused(EmployerRefusal.NO_SUCH_EMPLOYER));
    }

    /** The employer of this credit code, if the actor keeps it. */
    @Transactional(readOnly = true)
    public Optional<Employer> byCode(Actor actor, @Nullable String typed) {
        return CreditCode.find(CleanText.line(typed))
                .flatMap(code -> store.byCode(code, actor.reach(Right.EMPLOYER_EDIT)));
    }

    private static Map<String, String> name(EmployerStore.Locked locked) {
        return Audit.facts("name", locked.employer().name());
    }

    private EmployerStore.Locked locked(Actor actor, EmployerId id) {
        return refuseClosed(lockedEvenClosed(actor, id));
    }

    private EmployerStore.Locked lockedByAnybody(EmployerId id) {
        EmployerStore.Locked locked =
                store.lock(id, Reach.everywhere()).orElseThrow(() -> new Refused(EmployerRefusal.NO_SUCH_EMPLOYER));
        return refuseClosed(locked);
    }

    private static EmployerStore.Locked refuseClosed(EmployerStore.Locked locked) {
        if (locked.employer().closedOn().isPresent()) {
            throw new Refused(EmployerRefusal.CLOSED, locked.employer().name());
        }
        return locked;
    }

    private EmployerStore.Locked lockedEvenClosed(Actor actor, EmployerId id) {
        return store.lock(id, actor.reach(Right.EMPLOYER_EDIT))
                .orElseThrow(() -> new Refused(EmployerRefusal.NO_SUCH_EMPLOYER));
    }
}

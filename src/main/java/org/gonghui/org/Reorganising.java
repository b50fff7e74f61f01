package org.gonghui.org;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.measure.Counters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves, merges and dissolves unions as of a day: at once, or when the day comes. Whoever is over the superior decides, and
 * for a move whoever is over the new superior too.
 */
@Service
class Reorganising implements OpenWork {

    private static final Logger LOG = LoggerFactory.getLogger(Reorganising.class);
    private static final int MOST_NAMESAKES = 50;
    /** How far ahead something can be ordered. */
    static final Period AHEAD = Period.ofYears(1);

    /** What is ordered, as it was typed: nothing checked yet. */
    record Typed(
            @Nullable String kind,
            @Nullable String code,
            @Nullable String from) {}

    private final ReorganisationStore store;
    private final UnionStore unions;
    private final Tree tree;
    private final Places places;
    private final Counters counters;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Reorganising(
            ReorganisationStore store,
            UnionStore unions,
            Tree tree,
            Places places,
            Counters counters,
            Audit audit,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.unions = unions;
        this.tree = tree;
        this.places = places;
        this.counters = counters;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Orders that something be done to a union's place: done at once when its day has come, else planned.
     *
     * @param proposed the id that the form was given when it was opened: sent twice, the form orders once
     */
    @Transactional
    Reorganisation order(Actor actor, UnionId id, UUID proposed, Typed typed) {
        places.change(); // before any row is locked, as everybody does
        Optional<Reorganisation> before = store.find(proposed);
        if (before.isPresent()) {
            if (before.get().union().equals(id)) {
                return before.get(); // the same form, sent again
            }
            throw new Refused(UnionRefusal.FORM_USED_BEFORE);
        }
        Reach reach = actor.reach(Right.UNION_FOUND);
        UnionSummary union = superiorCovered(id, reach);
        LocalDate today = LocalDate.now(clock);
        var input = new Input();
        Reorganisation.Kind kind = input.choice("kind", typed.kind(), Reorganisation.Kind.class);
        LocalDate from = input.day("from", typed.from());
        input.check();
        Optional<UnionSummary> target = kind == Reorganisation.Kind.DISSOLVE
                ? Optional.empty()
                : Optional.of(target(input, typed.code(), kind, reach));
        checkDay(input, from, earliest(kind, id, today), today.plus(AHEAD));
        input.check();
        if (store.planned(id).isPresent()) {
            throw new Refused(UnionRefusal.PLANNED_ALREADY);
        }
        boolean atOnce = !from.isAfter(today);
        var ordered = new Reorganisation(
                proposed,
                id,
                kind,
                target.map(UnionSummary::id),
                from,
                atOnce ? Reorganisation.State.DONE : Reorganisation.State.PLANNED,
                "",
                clock.instant(),
                actor.name());
        store.insert(ordered, actor);
        if (atOnce) {
            apply(actor, ordered);
        } else {
            check(ordered); // what cannot be done today is said today
            tree.changed();
            audit.record(
                    actor,
                    "org.plan",
                    id.value(),
                    union.path(),
                    Audit.facts(
                            "what",
                            kind.name(),
                            "name",
                            target.map(UnionSummary::name).orElse(""),
                            "from",
                            from.toString()));
        }
        return ordered;
    }

    /** Takes back what waits for its day. */
    @Transactional
    void cancel(Actor actor, UnionId id, UUID ordered) {
        UnionSummary union = superiorCovered(id, actor.reach(Right.UNION_FOUND));
        Reorganisation planned = store.lockPlanned(ordered)
                .filter(each -> each.union().equals(id))
                .orElseThrow(() -> new Refused(UnionRefusal.NOT_PLANNED));
        store.setState(ordered, Reorganisation.State.CANCELLED, "");
        tree.changed();
        audit.record(
                actor,
                "org.plan.cancel",
                id.value(),
                union.path(),
                Audit.facts("what", planned.kind().name()));
    }

    /** What was ordered for a union, the latest first. */
    List<Reorganisation> of(UnionId union) {
        return store.of(union);
    }

    /** What is planned up to a day for unions that the actor reaches, in the order in which it will be done. */
    List<Reorganisation> plannedUntil(Actor actor, LocalDate day) {
        Reach reach = actor.reach(Right.UNION_READ);
        return store.plannedUntil(day).stream()
                .filter(planned -> tree.today().find(planned.union(), reach).isPresent())
                .toList();
    }

    /** True when the actor may order something about a union. */
    boolean mayOrder(Actor actor, UnionSummary union) {
        return superiorOf(union.id())
                .filter(superior -> actor.reach(Right.UNION_FOUND).covers(superior.path()))
                .isPresent();
    }

    /** Does what is due; every node looks, and one of them does it. What cannot be done any more is marked as failed. */
    @Scheduled(fixedDelay = 30_000)
    void applyDue() {
        for (UUID id : store.due(LocalDate.now(clock))) {
            try {
                transaction.executeWithoutResult(status -> applyPlanned(id));
            } catch (Refused no) {
                LOG.warn(
                        "A planned reorganisation {} cannot be done: {}",
                        id,
                        no.refusal().key());
                transaction.executeWithoutResult(
                        status -> failPlanned(id, no.refusal().key()));
            }
        }
    }

    private void failPlanned(UUID id, String reason) {
        store.lockPlanned(id).ifPresent(planned -> {
            store.setState(id, Reorganisation.State.FAILED, reason);
            store.orderer(id)
                    .ifPresent(account ->
                            events.publishEvent(new ReorganisationFailed(id, planned.union(), account, reason)));
        });
    }

    private void applyPlanned(UUID id) {
        places.change();
        store.lockPlanned(id).ifPresent(planned -> {
            apply(Actor.platform(planned.orderedBy()), planned);
            store.setState(id, Reorganisation.State.DONE, "");
        });
    }

    private void apply(Actor actor, Reorganisation ordered) {
        check(ordered);
        UnionId union = ordered.union();
        LocalDate on = ordered.effectiveOn();
        UnionSummary superior = superiorOf(union).orElseThrow();
        switch (ordered.kind()) {
            case MOVE -> {
                UnionId to = ordered.target().orElseThrow();
                UnionPath path = move(union, to, on);
                record(actor, "org.move", union, path, superior, nameOf(to), on);
            }
            case MERGE -> {
                UnionId into = ordered.target().orElseThrow();
                merge(actor, union, into, on);
                record(actor, "org.merge", union, placed(into).path(), superior, nameOf(into), on);
            }
            case DISSOLVE -> {
                end(actor, union, superior.id(), on);
                record(actor, "org.dissolve", union, superior.path(), superior, superior.name(), on);
            }
        }
        tree.changed();
    }

    private void record(
            Actor actor, String action, UnionId union, UnionPath at, UnionSummary before, String after, LocalDate on) {
        audit.record(
                actor,
                action,
                union.value(),
                at,
                Audit.facts("before", before.name(), "name", after, "from", on.toString()));
    }

    /** Puts a union with everything below it under another one; where it stands then. */
    private UnionPath move(UnionId union, UnionId to, LocalDate on) {
        UnionPath from = placed(union).path();
        Map<UnionId, UnionId> before = store.streets(from);
        UnionPath path = placed(to).path().child(unions.nextChildNumber(to));
        List<ReorganisationStore.Placed> after = store.subtree(from).stream()
                .map(row -> new ReorganisationStore.Placed(
                        row.id(),
                        row.union(),
                        row.union().equals(union) ? Optional.of(to) : row.parent(),
                        new UnionPath(path.value()
                                + row.path().value().substring(from.value().length())),
                        row.since(),
                        row.estate()))
                .toList();
        store.replace(after, on);
        tell(before, store.streets(path));
        return path;
    }

    private void merge(Actor actor, UnionId union, UnionId into, LocalDate on) {
        Optional<UnionId> joint = jointBelow(into);
        for (ReorganisationStore.Placed child : childrenOf(union)) {
            boolean forNewForm = joint.isPresent() && isForNewForm(child.union());
            if (forNewForm) {
                merge(actor, child.union(), joint.get(), on);
            } else {
                move(child.union(), into, on);
            }
        }
        events.publishEvent(new UnionMerging(union, into, on, actor));
        end(actor, union, into, on);
    }

    /** Ends a union below which nothing stands any more. */
    private void end(Actor actor, UnionId union, UnionId heir, LocalDate on) {
        events.publishEvent(new UnionDissolving(union, heir, actor));
        UnionPath from = placed(union).path();
        UnionPath path = placed(heir).path();
        Map<UnionId, UnionId> before = store.streets(from);
        List<ReorganisationStore.Placed> after = store.subtree(from).stream()
                .map(row -> new ReorganisationStore.Placed(
                        row.id(), row.union(), Optional.empty(), path, row.since(), true))
                .toList();
        store.replace(after, on);
        store.dissolve(union, heir, on);
        tell(before, store.streets(path));
    }

    private void tell(Map<UnionId, UnionId> before, Map<UnionId, UnionId> after) {
        var moved = new ArrayList<UnionsMoved.Moved>();
        before.forEach(
                (union, street) -> moved.add(new UnionsMoved.Moved(union, street, after.getOrDefault(union, street))));
        counters.unionsMoved();
        events.publishEvent(new UnionsMoved(moved));
    }

    /** Says no to what cannot be done to the tree as it stands. */
    private void check(Reorganisation ordered) {
        ReorganisationStore.Placed own = placed(ordered.union());
        if (isForNewForm(ordered.union())) {
            throw new Refused(UnionRefusal.JOINT_UNION_STAYS);
        }
        if (ordered.effectiveOn().isBefore(own.since()) || store.leftAfter(own.path(), ordered.effectiveOn())) {
            throw new Refused(UnionRefusal.MOVED_LATER);
        }
        if (ordered.kind() == Reorganisation.Kind.DISSOLVE) {
            if (!childrenOf(ordered.union()).isEmpty()) {
                throw new Refused(UnionRefusal.UNIONS_BELOW);
            }
            return;
        }
        ReorganisationStore.Placed target = placed(ordered.target().orElseThrow());
        if (own.path().covers(target.path())) {
            throw new Refused(UnionRefusal.INTO_ITSELF);
        }
        UnionKind kind = kindOf(own.union());
        UnionKind targetKind = kindOf(target.union());
        if (ordered.kind() == Reorganisation.Kind.MOVE) {
            if (own.parent().get().equals(target.union())) {
                throw new Refused(UnionRefusal.THERE_ALREADY);
            }
            if (!targetKind.mayFound().contains(kind)) {
                throw new Refused(UnionRefusal.KIND_DOES_NOT_FIT);
            }
            checkNames(List.of(own), target.union());
            checkDepth(own, target.path().depth() + 1);
        } else {
            boolean alike = kind == targetKind || (kind.isBase() && targetKind.isBase());
            if (!alike) {
                throw new Refused(UnionRefusal.KIND_DOES_NOT_FIT);
            }
            boolean joint = jointBelow(target.union()).isPresent();
            checkNames(
                    childrenOf(own.union()).stream()
                            .filter(child -> !joint || !isForNewForm(child.union()))
                            .toList(),
                    target.union());
            checkDepth(own, target.path().depth());
        }
    }

    private void checkNames(List<ReorganisationStore.Placed> coming, UnionId superior) {
        for (ReorganisationStore.Placed each : coming) {
            String name = nameOf(each.union());
            if (unions.nameTakenBelow(superior, name, each.union())) {
                throw new Refused(UnionRefusal.NAME_TAKEN, name);
            }
        }
    }

    private void checkDepth(ReorganisationStore.Placed own, int depth) {
        int below = store.subtree(own.path()).stream()
                        .mapToInt(row -> row.path().depth())
                        .max()
                        .orElseThrow()
                - own.path().depth();
        if (depth + below > UnionPath.DEEPEST) {
            throw new Refused(UnionRefusal.TOO_DEEP);
        }
    }

    /** A move may be recorded after its day as long as the month is open; what ends a union changes members from today. */
    private LocalDate earliest(Reorganisation.Kind kind, UnionId union, LocalDate today) {
        if (kind != Reorganisation.Kind.MOVE) {
            return today;
        }
        LocalDate since = placed(union).since();
        LocalDate month = today.withDayOfMonth(1);
        return since.isAfter(month) ? since : month;
    }

    private static void checkDay(Input input, LocalDate day, LocalDate earliest, LocalDate latest) {
        if (day.isBefore(earliest)) {
            input.fault("from", "earliest", earliest.toString());
        } else if (day.isAfter(latest)) {
            input.fault("from", "latest", latest.toString());
        }
    }

    /** The one union with this code, or with this name, that the actor may put something below or into. */
    private UnionSummary target(Input input, @Nullable String typed, Reorganisation.Kind kind, Reach reach) {
        String meant = CleanText.line(typed);
        TreeSnapshot today = tree.today();
        List<UnionSummary> found = today
                .byCode(meant)
                .map(List::of)
                .orElseGet(() -> today.search(meant, Reach.everywhere(), MOST_NAMESAKES).stream()
                        .filter(union ->
                                union.name().equals(meant) || union.shortName().equals(meant))
                        .toList())
                .stream()
                .filter(union -> isOver(reach, union, kind))
                .toList();
        if (found.size() != 1) {
            input.fault("code", meant.isEmpty() ? "empty" : found.isEmpty() ? "no-such-union" : "several-unions");
            input.check();
        }
        return found.getFirst();
    }

    private boolean isOver(Reach reach, UnionSummary union, Reorganisation.Kind kind) {
        Optional<ReorganisationStore.Placed> own = store.placed(union.id());
        return (kind == Reorganisation.Kind.MOVE
                        ? own
                        : own.flatMap(ReorganisationStore.Placed::parent).flatMap(store::placed))
                .filter(place -> reach.covers(place.path()))
                .isPresent();
    }

    /** The union, for an actor who is over its superior: where both stand now, which the tree in memory may not know yet. */
    private UnionSummary superiorCovered(UnionId id, Reach reach) {
        ReorganisationStore.Placed own = store.placed(id)
                .filter(place -> reach.covers(place.path()))
                .orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
        UnionId superior = own.parent().orElseThrow(() -> new Refused(UnionRefusal.CITY_STAYS));
        if (!reach.covers(placed(superior).path())) {
            throw new Refused(UnionRefusal.SUPERIOR_DECIDES);
        }
        return tree.today().find(id).orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
    }

    private Optional<UnionSummary> superiorOf(UnionId id) {
        return store.placed(id)
                .flatMap(ReorganisationStore.Placed::parent)
                .flatMap(parent -> tree.today().find(parent));
    }

    private ReorganisationStore.Placed placed(UnionId union) {
        return store.placed(union).orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
    }

    private List<ReorganisationStore.Placed> childrenOf(UnionId union) {
        return store.subtree(placed(union).path()).stream()
                .filter(row -> row.parent().equals(Optional.of(union)))
                .toList();
    }

    private Optional<UnionId> jointBelow(UnionId union) {
        return childrenOf(union).stream()
                .map(ReorganisationStore.Placed::union)
                .filter(this::isForNewForm)
                .findFirst();
    }

    private boolean isForNewForm(UnionId union) {
        return tree.today().find(union).filter(UnionSummary::forNewForm).isPresent();
    }

    private UnionKind kindOf(UnionId union) {
        return tree.today().find(union).map(UnionSummary::kind).orElseThrow();
    }

    private String nameOf(UnionId union) {
        return tree.today().find(union).map(UnionSummary::name).orElse("");
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenWork.Waiting> waiting(Actor holder, UnionId union, UnionPath at) {
        int planned = holder.reach(Right.UNION_EDIT).covers(at) ? store.planned(at) : 0;
        return planned == 0
                ? List.of()
                : List.of(new OpenWork.Waiting(
                        "org.open-work", planned, Optional.empty(), "/desk/unions/" + union + "/reorganisations"));
    }
}

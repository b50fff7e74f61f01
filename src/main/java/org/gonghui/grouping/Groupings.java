package org.gonghui.grouping;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.Places;
import org.gonghui.org.UnionDissolving;
import org.gonghui.org.UnionMerging;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.org.UnionsMoved;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Areas and associations: make them, say from which day to which a union belongs, close them. */
@Service
public class Groupings {

    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_SHORT_NAME = 20;
    private static final int NAMESAKES = 20;

    /** A new grouping as it was typed. */
    public record Making(
            @Nullable String kind,
            @Nullable String name,
            @Nullable String shortName,
            @Nullable String from) {}

    /** A new name as it was typed. */
    public record Naming(@Nullable String name, @Nullable String shortName) {}

    /** A union that shall belong, by code or name, as it was typed. */
    public record Adding(@Nullable String union, @Nullable String from) {}

    /**
     * A union's time in a grouping.
     *
     * @param union as it is today
     * @param to the first day on which it belongs no more; null as long as it does
     */
    public record Belonging(
            UUID id,
            UnionSummary union,
            LocalDate from,
            @Nullable LocalDate to) {

        /** True when it belonged on this day. */
        boolean on(LocalDate day) {
            return !from.isAfter(day) && (to == null || to.isAfter(day));
        }
    }

    private final GroupingStore store;
    private final Unions unions;
    private final Places places;
    private final Audit audit;
    private final Clock clock;

    Groupings(GroupingStore store, Unions unions, Places places, Audit audit, Clock clock) {
        this.store = store;
        this.unions = unions;
        this.places = places;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a grouping that a union looks after; nothing belongs to it yet.
     *
     * @param proposed the id that the form was given when it was opened: sent twice, the form makes one
     */
    @Transactional
    public GroupingId make(Actor actor, UnionId owner, GroupingId proposed, Making typed) {
        var input = new Input();
        Grouping.Kind kind = input.choice("kind", typed.kind(), Grouping.Kind.class);
        String name = input.name("name", typed.name(), LONGEST_NAME);
        String shortName = input.optionalName("shortName", typed.shortName(), LONGEST_SHORT_NAME);
        LocalDate from = input.day("from", typed.from());
        refuseFuture(input, "from", from);
        input.check();
        UnionSummary union = unions.get(actor, owner, Right.UNION_FOUND);
        if (store.nameTaken(owner, name, proposed)) {
            throw new Refused(GroupingRefusal.NAME_TAKEN, name);
        }
        var grouping = new Grouping(proposed, kind, owner, name, shortName, from, null);
        if (!store.insert(grouping, actor.reach(Right.UNION_FOUND))) {
            return alreadyMade(actor, grouping);
        }
        audit.record(
                actor,
                "grouping.make",
                proposed.value(),
                union.path(),
                Audit.facts("name", name, "from", from.toString()));
        return proposed;
    }

    private GroupingId alreadyMade(Actor actor, Grouping grouping) {
        return store.find(grouping.id(), actor.reach(Right.UNION_FOUND))
                .filter(grouping::equals)
                .map(Grouping::id)
                .orElseThrow(() -> new Refused(GroupingRefusal.FORM_USED_BEFORE));
    }

    /** Gives a grouping another name. */
    @Transactional
    public void rename(Actor actor, GroupingId id, Naming typed) {
        var input = new Input();
        String name = input.name("name", typed.name(), LONGEST_NAME);
        String shortName = input.optionalName("shortName", typed.shortName(), LONGEST_SHORT_NAME);
        input.check();
        GroupingStore.Locked locked = open(actor, id);
        if (store.nameTaken(locked.grouping().owner(), name, id)) {
            throw new Refused(GroupingRefusal.NAME_TAKEN, name);
        }
        store.rename(id, name, shortName);
        record(actor, locked, "grouping.rename", "before", locked.grouping().name(), "name", name);
    }

    /**
     * Lets a union belong from a day on.
     *
     * @param proposed the id that the form was given when it was opened
     */
    @Transactional
    public void add(Actor actor, GroupingId id, UUID proposed, Adding typed) {
        var input = new Input();
        Optional<UnionSummary> meant = meant(actor, input, CleanText.line(typed.union()));
        LocalDate from = input.day("from", typed.from());
        refuseFuture(input, "from", from);
        input.check();
        UnionSummary union = meant.orElseThrow();
        places.hold();
        GroupingStore.Locked locked = open(actor, id);
        checkSince(input, "from", from, later(locked.grouping().beganOn(), union.foundedOn()));
        input.check();
        if (!locked.grouping().kind().members().contains(union.kind())) {
            throw new Refused(GroupingRefusal.KIND_DOES_NOT_FIT);
        }
        List<GroupingStore.Belonging> before = store.belongings(id);
        var belonging = new GroupingStore.Belonging(proposed, union.id(), from, null);
        if (before.contains(belonging)) {
            return; // the same form, sent again
        }
        if (before.stream().anyMatch(each -> each.union().equals(union.id()) && !each.isOverBy(from))) {
            throw new Refused(GroupingRefusal.BELONGS_ALREADY, union.name());
        }
        if (!store.insertBelonging(id, belonging, locked.place())) {
            input.fault("union", "no-such-union");
            input.check();
        }
        record(actor, locked, "grouping.add", "name", union.name(), "from", from.toString());
    }

    /** The union of this code or name, as far as the actor reaches. */
    private Optional<UnionSummary> meant(Actor actor, Input input, String text) {
        List<UnionSummary> hits = unions.search(actor, text, NAMESAKES);
        List<UnionSummary> found = hits.stream()
                .filter(union -> union.code().equals(text)
                        || union.name().equals(text)
                        || union.shortName().equals(text))
                .toList();
        if (found.size() == 1) {
            return Optional.of(found.getFirst());
        }
        input.fault("union", text.isEmpty() ? "empty" : found.isEmpty() ? "no-such-union" : "several-unions");
        return Optional.empty();
    }

    /** Ends a union's time in a grouping as of a day; with the day on which it began nothing of it is left. */
    @Transactional
    public void remove(Actor actor, GroupingId id, UUID belonging, @Nullable String until) {
        var input = new Input();
        LocalDate on = input.day("until", until);
        refuseFuture(input, "until", on);
        input.check();
        GroupingStore.Locked locked = open(actor, id);
        GroupingStore.Belonging ended = store.belongings(id).stream()
                .filter(each -> each.id().equals(belonging) && each.to() == null)
                .findFirst()
                .orElseThrow(() -> new Refused(GroupingRefusal.GONE_ALREADY));
        checkSince(input, "until", on, ended.from());
        input.check();
        store.endBelonging(belonging, on);
        String name = unions.named(ended.union()).map(UnionSummary::name).orElse("");
        record(actor, locked, "grouping.remove", "name", name, "until", on.toString());
    }

    /** Closes a grouping as of today: nothing belongs to it any more, what it counted before stays. */
    @Transactional
    public void close(Actor actor, GroupingId id) {
        GroupingStore.Locked locked = open(actor, id);
        LocalDate today = LocalDate.now(clock);
        store.endBelongings(id, today);
        store.close(id, today);
        record(actor, locked, "grouping.close", "name", locked.grouping().name());
    }

    /** The groupings that a union and those below it look after, the open ones first. */
    @Transactional(readOnly = true)
    public List<Grouping> below(Actor actor, UnionId union) {
        return store.below(unions.get(actor, union, Right.UNION_READ).path(), actor.reach(Right.UNION_READ));
    }

    /** The grouping of this id, if the actor reaches whoever looks after it. */
    @Transactional(readOnly = true)
    public Grouping get(Actor actor, GroupingId id) {
        return store.find(id, actor.reach(Right.UNION_READ))
                .orElseThrow(() -> new Refused(GroupingRefusal.NO_SUCH_GROUPING));
    }

    /** Which unions belong and belonged to it, those that do first. */
    @Transactional(readOnly = true)
    public List<Belonging> belongings(Actor actor, GroupingId id) {
        get(actor, id);
        return store.belongings(id).stream()
                .flatMap(each -> unions.named(each.union()).stream()
                        .map(union -> new Belonging(each.id(), union, each.from(), each.to())))
                .toList();
    }

    /** What was done to it, newest first. */
    @Transactional(readOnly = true)
    public List<Audit.Entry> history(Actor actor, GroupingId id) {
        return audit.historyOf(id.value(), actor.reach(Right.UNION_READ));
    }

    /** A union that goes up in another one belongs nowhere any more; whoever it goes up in has a place of its own. */
    @EventListener
    @Transactional
    void merging(UnionMerging merging) {
        store.endBelongings(merging.union(), merging.on());
    }

    @EventListener
    @Transactional
    void dissolving(UnionDissolving dissolving) {
        store.endBelongings(dissolving.union(), LocalDate.now(clock));
    }

    /** Whoever has gone to stand elsewhere than below the owner belongs no more. */
    @EventListener
    @Transactional
    void moved(UnionsMoved moved) {
        LocalDate today = LocalDate.now(clock);
        store.strays().forEach(stray -> store.endBelonging(stray, today));
    }

    private GroupingStore.Locked open(Actor actor, GroupingId id) {
        GroupingStore.Locked locked = store.lock(id, actor.reach(Right.UNION_FOUND))
                .orElseThrow(() -> new Refused(GroupingRefusal.NO_SUCH_GROUPING));
        if (!locked.grouping().isOpen()) {
            throw new Refused(GroupingRefusal.CLOSED);
        }
        return locked;
    }

    private void record(Actor actor, GroupingStore.Locked locked, String action, String... facts) {
        audit.record(actor, action, locked.grouping().id().value(), locked.place(), Audit.facts(facts));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static void checkSince(Input input, String field, LocalDate day, LocalDate first) {
        if (day.isBefore(first)) {
            input.fault(field, "earliest", first.toString());
        }
    }

    private void refuseFuture(Input input, String field, LocalDate day) {
        if (day.isAfter(LocalDate.now(clock))) {
            input.fault(field, "in-future");
        }
    }
}

package org.gonghui.org;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.layout.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The unions of the city: found and rename them, keep their files, find them in the tree. */
@Service
public class Unions {

    /** Characters that a union's name may have at most. */
    public static final int LONGEST_NAME = 80;

    /** Characters that a short name may have at most. */
    public static final int LONGEST_SHORT_NAME = 20;

    private static final int LONGEST_PERSON = 40;

    /**
     * A union as it is loaded with a whole tree, its place already known.
     *
     * @param children how many numbers below it are given already
     * @param chair the chair's name; empty when none is known
     * @param chairSince the day the chair took office
     */
    public record Established(
            UnionId id,
            @Nullable UnionId parent,
            UnionPath path,
            UnionKind kind,
            boolean forNewForm,
            String name,
            String shortName,
            String chair,
            LocalDate chairSince,
            LocalDate foundedOn,
            int children) {}

    /** A founding as it was typed: nothing checked yet. */
    public record Founding(
            @Nullable String name,
            @Nullable String shortName,
            @Nullable String kind,
            @Nullable String foundedOn,
            @Nullable String industry) {}

    /** A new name as it was typed. */
    public record Renaming(
            @Nullable String name,
            @Nullable String shortName,
            @Nullable String from) {}

    /** A committee or branch as it was typed. */
    public record NewBody(
            @Nullable String kind,
            @Nullable String name,
            @Nullable String from) {}

    /** An officer as typed. */
    public record NewStaff(
            @Nullable String position,
            @Nullable String name,
            @Nullable String qualification,
            @Nullable String from) {}

    private final UnionStore store;
    private final Tree tree;
    private final FoundUnion foundUnion;
    private final Audit audit;
    private final Clock clock;

    Unions(UnionStore store, Tree tree, FoundUnion foundUnion, Audit audit, Clock clock) {
        this.store = store;
        this.tree = tree;
        this.foundUnion = foundUnion;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Founds a union below another.
     *
     * @param proposed the id that the form was given when it was opened: sent twice, the form founds once
     */
    @Transactional
    public UnionId found(Actor actor, UnionId below, UnionId proposed, Founding typed) {
        return foundUnion.found(actor, below, proposed, typed);
    }

    /** Gives a union a new name from a day on, not before its present name began and not in the future. */
    @Transactional
    public void rename(Actor actor, UnionId id, Renaming typed) {
        var input = new Input();
        String name = input.name("name", typed.name(), LONGEST_NAME);
        String shortName = input.optionalName("shortName", typed.shortName(), LONGEST_SHORT_NAME);
        LocalDate from = input.day("from", typed.from());
        input.check();
        @Nullable UnionId parent = store.parentOf(id).orElse(null);
        if (parent != null) {
            store.lockNamesBelow(parent); // before the union itself, in the order in which founding locks
        }
        UnionStore.Locked union = locked(actor, id, Right.UNION_EDIT);
        LocalDate since = store.nameInForceSince(id);
        if (from.isBefore(since)) {
            input.fault("from", "before", since.toString());
        }
        refuseFuture(input, "from", from);
        input.check();
        if (store.nameTakenBelow(parent, name, id)) {
            throw new Refused(UnionRefusal.NAME_TAKEN, name);
        }
        String before = tree.today().find(id).map(UnionSummary::name).orElse("");
        if (from.equals(since)) {
            store.correctName(id, name, shortName);
        } else {
            store.endName(id, from);
            store.insertName(id, name, shortName, from);
        }
        audit.record(
                actor,
                "org.rename",
                id.value(),
                union.path(),
                Audit.facts("before", before, "name", name, "from", from.toString()));
        tree.changed();
    }

    /** Records a committee, a branch or a preparatory group of a union. */
    @Transactional
    public void addBody(Actor actor, UnionId id, UUID proposed, NewBody typed) {
        var input = new Input();
        UnionFile.BodyKind kind = input.choice("kind", typed.kind(), UnionFile.BodyKind.class);
        String name = input.name("name", typed.name(), LONGEST_NAME);
        LocalDate from = input.day("from", typed.from());
        input.check();
        UnionStore.Locked union = locked(actor, id, Right.UNION_EDIT);
        checkWithinLife(input, "from", from, union);
        if (!store.insertBody(id, new UnionFile.Body(proposed, kind, name, from, null))) {
            if (store.bodies(id).stream().anyMatch(body -> body.id().equals(proposed))) {
                return; // the same form, sent again
            }
            throw new Refused(UnionRefusal.FORM_USED_BEFORE);
        }
        audit.record(actor, "org.body.add", id.value(), union.path(), Audit.facts("kind", kind.name(), "name", name));
    }

    /** Dissolves a committee or branch as of today. */
    @Transactional
    public void endBody(Actor actor, UnionId id, UUID body) {
        UnionStore.Locked union = locked(actor, id, Right.UNION_EDIT);
        String name = store.endBody(id, body, LocalDate.now(clock))
                .orElseThrow(() -> new Refused(UnionRefusal.ALREADY_ENDED));
        audit.record(actor, "org.body.end", id.value(), union.path(), Audit.facts("name", name));
    }

    /** Records an officer or social worker of a union. */
    @Transactional
    public void addStaff(Actor actor, UnionId id, UUID proposed, NewStaff typed) {
        var input = new Input();
        UnionFile.Position position = input.choice("position", typed.position(), UnionFile.Position.class);
        String name = input.name("name", typed.name(), LONGEST_PERSON);
        String qualification = input.optionalName("qualification", typed.qualification(), LONGEST_NAME);
        LocalDate from = input.day("from", typed.from());
        input.check();
        UnionStore.Locked union = locked(actor, id, Right.UNION_EDIT);
        checkWithinLife(input, "from", from, union);
        if (!store.insertStaff(id, new UnionFile.Staff(proposed, position, name, qualification, from, null))) {
            if (store.staff(id).stream().anyMatch(staff -> staff.id().equals(proposed))) {
                return; // the same form, sent again
            }
            throw new Refused(UnionRefusal.FORM_USED_BEFORE);
        }
        audit.record(
                actor,
                "org.staff.add",
                id.value(),
                union.path(),
                Audit.facts("position", position.name(), "name", name));
    }

    /** Ends an officer's time as of today. */
    @Transactional
    public void endStaff(Actor actor, UnionId id, UUID staff) {
        UnionStore.Locked union = locked(actor, id, Right.UNION_EDIT);
        String name = store.endStaff(id, staff, LocalDate.now(clock))
                .orElseThrow(() -> new Refused(UnionRefusal.ALREADY_ENDED));
        audit.record(actor, "org.staff.end", id.value(), union.path(), Audit.facts("name", name));
    }

    /** Loads a whole tree into a city that has none, for set-up and generated cities. One audit row for all. */
    @Transactional
    public void establish(Actor platform, List<Established> unions) {
        store.load(unions, store.freshCodes(unions.size(), List.of()));
        audit.record(
                platform,
                "org.establish",
                unions.getFirst().id().value(),
                unions.getFirst().path(),
                Audit.facts("count", Integer.toString(unions.size())));
        tree.changed();
        store.analyse();
    }

    /** Makes the city federation, the root of the tree, in a city that has none. */
    @Transactional
    public UnionId establishCity(Actor platform, String name, LocalDate foundedOn) {
        var city = new UnionId(Ids.next(clock));
        establish(
                platform,
                List.of(new Established(
                        city,
                        null,
                        UnionPath.root(),
                        UnionKind.CITY_FEDERATION,
                        false,
                        name,
                        "",
                        "",
                        foundedOn,
                        foundedOn,
                        0)));
        return city;
    }

    /** True as long as the city has no union at all. */
    public boolean isEmpty() {
        return tree.today().size() == 0;
    }

    /**
     * The union of this id, within the part of the tree over which the actor holds the right; also one that the surrounding
     * transaction has founded.
     */
    public UnionSummary get(Actor actor, UnionId id, Right right) {
        Reach reach = actor.reach(right);
        return tree.today()
                .find(id, reach)
                .or(() -> tree.justFounded(id).filter(union -> reach.covers(union.path())))
                .orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
    }

    /** The tree as it stood at the end of a day, or will stand by what is planned, for this reader and right. */
    public TreeView asOf(Actor actor, Right right, LocalDate day) {
        return TreeView.of(tree, actor, right, day);
    }

    /**
     * The tree of a day as it was typed, past or to come as far as something can be planned; without one, today's.
     *
     * @param field the name that the day has in the form
     */
    TreeView onDay(Actor actor, String field, @Nullable String typed) {
        LocalDate today = LocalDate.now(clock);
        if (typed == null) {
            return asOf(actor, Right.UNION_READ, today);
        }
        var input = new Input();
        LocalDate first = city().map(UnionSummary::foundedOn).orElse(today);
        LocalDate day = input.dayWithin(field, typed, first, today.plus(Reorganising.AHEAD));
        input.check();
        return asOf(actor, Right.UNION_READ, day);
    }

    /**
     * The day on whose tree something is added up, as asked: {@code today} or a day up to today, but not before the end of
     * what is asked about, because what happened later is on no earlier tree. Without a wish, that end.
     */
    public LocalDate treeDay(String asked, LocalDate end) {
        LocalDate today = LocalDate.now(clock);
        if (asked.isEmpty()) {
            return end; // as nearly always: a reading that fails costs more than a list
        }
        var input = new Input();
        LocalDate first = city().map(UnionSummary::foundedOn).orElse(today);
        LocalDate day = asked.equals("today") ? today : input.dayWithin("tree", asked, first, today);
        input.check();
        return day.isBefore(end) ? end : day;
    }

    /** The union itself, or whoever took over when it ended: where what concerned it goes on. */
    public UnionSummary living(UnionId id) {
        TreeSnapshot today = tree.today();
        UnionSummary union = today.find(id).orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
        return union.dissolved() ? today.at(union.path()).orElseThrow() : union;
    }

    /** The city federation, whoever asks: its name is on every page. */
    public Optional<UnionSummary> city() {
        return tree.today().tops(Reach.everywhere()).stream().findFirst();
    }

    /** The union of this code, or whoever took over from it, whoever asks: names and codes of unions stand on posters for everyone to see. */
    public Optional<UnionSummary> byCode(String code) {
        return tree.today().byCode(code);
    }

    /** The union of this id, whoever asks, for a name beside a record that the reader may see; a dissolved one too. */
    public Optional<UnionSummary> named(UnionId id) {
        return tree.today().find(id).or(() -> tree.justFounded(id));
    }

    /** The unions above one, whoever asks, the highest first. */
    public List<UnionSummary> above(UnionSummary union) {
        return tree.today().above(union);
    }

    /** The unions directly below one, whoever asks. */
    public List<UnionSummary> below(UnionSummary union) {
        return tree.today().children(union);
    }

    /** Where the actor's view of the tree begins: the highest unions within the right's reach. */
    public List<UnionSummary> tops(Actor actor, Right right) {
        return tree.today().tops(actor.reach(right));
    }

    /** The unions directly below one that the actor reaches. */
    public List<UnionSummary> children(Actor actor, UnionId id) {
        return tree.today().children(get(actor, id, Right.UNION_READ));
    }

    /** The unions above one that the actor reaches, as far up as the actor reaches, the highest first. */
    public List<UnionSummary> above(Actor actor, UnionId id) {
        Reach reach = actor.reach(Right.UNION_READ);
        return tree.today().above(get(actor, id, Right.UNION_READ)).stream()
                .filter(union -> reach.covers(union.path()))
                .toList();
    }

    /** Unions by name, short name, code, pinyin or initials, within the actor's part of the tree. */
    public List<UnionSummary> search(Actor actor, String lookedFor, int atMost) {
        return tree.today().search(lookedFor, actor.reach(Right.UNION_READ), atMost);
    }

    /** What the frame of a desk page shows of the union it looks at. */
    public Scope scope(Actor actor, UnionId id, Right right) {
        return scope(get(actor, id, right));
    }

    /** The same for the first union that the actor reaches, for pages about no union in particular. */
    public Scope home(Actor actor, Right right) {
        return tops(actor, right).stream()
                .findFirst()
                .map(this::scope)
                .orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
    }

    private Scope scope(UnionSummary union) {
        return new Scope(union.id(), union.name(), union.below(), tree.today().day());
    }

    /** Everything on record about a union. */
    @Transactional(readOnly = true)
    UnionFile file(Actor actor, UnionId id) {
        Reach reach = actor.reach(Right.UNION_READ);
        TreeSnapshot today = tree.today();
        UnionSummary union = today.find(id)
                .filter(each -> reach.covers(each.path()))
                .orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
        UnionStore.Own own = store.own(id, reach).orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
        return new UnionFile(
                union,
                own.foundedOn(),
                own.forNewForm(),
                today.above(union).stream()
                        .filter(each -> reach.covers(each.path()))
                        .toList(),
                store.names(id),
                store.places(id),
                store.staff(id),
                store.bodies(id),
                store.affiliations(id).stream()
                        .flatMap(federation -> today.find(federation).stream())
                        .toList(),
                history(actor, union));
    }

    private List<Audit.Entry> history(Actor actor, UnionSummary union) {
        List<Audit.Entry> history = audit.historyOf(union.id().value(), actor.reach(Right.UNION_READ));
        return actor.reach(Right.MEMBER_READ).covers(union.path())
                ? history
                : history.stream().map(Audit.Entry::discreet).toList();
    }

    /** The industry unions of the city, which a base union of a territory may belong to as well. */
    List<UnionSummary> industries() {
        return city().stream()
                .flatMap(city -> tree.today().children(city).stream())
                .filter(union -> union.kind() == UnionKind.INDUSTRY_UNION)
                .toList();
    }

    private UnionStore.Locked locked(Actor actor, UnionId id, Right right) {
        return store.lock(id, actor.reach(right)).orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
    }

    private void checkWithinLife(Input input, String field, LocalDate day, UnionStore.Locked union) {
        if (day.isBefore(union.foundedOn())) {
            input.fault(field, "before", union.foundedOn().toString());
        }
        refuseFuture(input, field, day);
        input.check();
    }

    private void refuseFuture(Input input, String field, LocalDate day) {
        if (day.isAfter(LocalDate.now(clock))) {
            input.fault(field, "in-future");
        }
    }
}

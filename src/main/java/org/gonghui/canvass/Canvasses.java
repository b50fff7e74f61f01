package org.gonghui.canvass;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.employer.Employers;
import org.gonghui.employer.ManyEmployers;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Language;
import org.gonghui.limit.Limits;
import org.gonghui.org.Places;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Tables of employers: sent and kept sealed, looked through as often as one likes, entered once, in one transaction. */
@Service
class Canvasses {

    /** A table tells of every code in it whether the city knows it: nobody makes a search of it. */
    private static final Limits.Limit TABLES = new Limits.Limit("canvass.table", 40, Duration.ofDays(1));

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int LONGEST_FILE_NAME = 100;

    /**
     * A table looked through, or entered already.
     *
     * @param unread headings that nobody understood
     * @param hidden rows that the spreadsheet does not show
     */
    record Looked(
            String fileName,
            Optional<CanvassStore.Entered> entered,
            CanvassPlan plan,
            List<String> unread,
            int hidden) {}

    private final CanvassStore store;
    private final CanvassFile file;
    private final Employers keepers;
    private final ManyEmployers employers;
    private final Unions unions;
    private final Places places;
    private final Limits limits;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Canvasses(
            CanvassStore store,
            CanvassFile file,
            Employers keepers,
            ManyEmployers employers,
            Unions unions,
            Places places,
            Limits limits,
            Audit audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.file = file;
        this.keepers = keepers;
        this.employers = employers;
        this.unions = unions;
        this.places = places;
        this.limits = limits;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Keeps a table that can be read; nothing is entered.
     *
     * @param proposed the id that the form was given when it was opened: sent twice, the first table stays
     */
    void keep(Actor actor, UnionId id, UUID proposed, String fileName, byte[] content, Language language) {
        UnionSummary union = keepers.keeper(actor, id);
        file.read(content, language);
        AccountId account = account(actor);
        Limits.Counted counted = limits.count(TABLES.of(account.toString()));
        if (counted.tooMany()) {
            throw Refused.until(counted.again(), CanvassRefusal.TOO_MANY_TABLES, counted.hours());
        }
        String name = CleanText.cut(CleanText.line(fileName), LONGEST_FILE_NAME);
        boolean fresh = Objects.requireNonNull(transaction.execute(status -> {
            store.deleteKeptBefore(clock.instant().minus(KEPT));
            boolean first =
                    store.insert(proposed, union.id(), account, name, content, actor.reach(Right.EMPLOYER_EDIT));
            if (!first && store.find(proposed, union.id(), account).isEmpty()) {
                throw noSuchCanvass();
            }
            return first;
        }));
        if (!fresh) {
            limits.forget(counted);
        }
    }

    /** What the table would come to today. */
    @Transactional(readOnly = true)
    public Looked look(Actor actor, UnionId id, UUID canvass, Language language) {
        UnionSummary union = keepers.keeper(actor, id);
        return look(
                actor,
                union,
                store.find(canvass, union.id(), account(actor)).orElseThrow(Canvasses::noSuchCanvass),
                language);
    }

    /**
     * Enters every good row; asked again, it enters nothing more.
     *
     * @param seen the {@link CanvassPlan#fingerprint} of what the page showed
     * @param goodOnly true to leave out the rows with faults; without it a table that has any is not entered
     */
    @Transactional
    public CanvassStore.Entered enter(
            Actor actor, UnionId id, UUID canvass, @Nullable String seen, boolean goodOnly, Language language) {
        places.hold();
        UnionSummary union = keepers.keeper(actor, id);
        CanvassStore.Kept kept = store.lock(canvass, union.id(), account(actor)).orElseThrow(Canvasses::noSuchCanvass);
        if (kept.entered().isPresent()) {
            return kept.entered().get();
        }
        employers.hold(look(actor, union, kept, language).plan().onRecord());
        CanvassPlan plan = look(actor, union, kept, language).plan();
        if (!plan.fingerprint().equals(seen)) {
            throw new Refused(CanvassRefusal.OVERTAKEN);
        }
        if (!goodOnly && !plan.lines(CanvassLine.Outcome.BAD).isEmpty()) {
            throw new Refused(CanvassRefusal.HAS_FAULTS);
        }
        List<ManyEmployers.Entry> entries = plan.entries();
        if (entries.isEmpty()) {
            throw new Refused(CanvassRefusal.NOTHING_TO_ENTER);
        }
        employers.enter(actor, entries);
        int recorded = plan.lines(CanvassLine.Outcome.NEW).size();
        var entered = new CanvassStore.Entered(recorded, entries.size() - recorded);
        store.markEntered(canvass, entered);
        audit.record(
                actor,
                "employer.import",
                union.id().value(),
                union.path(),
                Audit.facts("count", Integer.toString(recorded), "changed", Integer.toString(entered.changed())));
        return entered;
    }

    private Looked look(Actor actor, UnionSummary union, CanvassStore.Kept kept, Language language) {
        CanvassFile.Content content = kept.content()
                .map(bytes -> file.read(bytes, language))
                .orElse(new CanvassFile.Content(List.of(), List.of(), 0));
        CanvassPlan plan = CanvassPlan.of(content.rows(), world(actor, union));
        plan.look(employers.known(actor, plan.sought()), employers.taken(plan.codes()), () -> Ids.next(clock));
        return new Looked(kept.fileName(), kept.entered(), plan, content.unread(), content.hidden());
    }

    private CanvassPlan.World world(Actor actor, UnionSummary union) {
        Map<String, List<UnionSummary>> streets = new HashMap<>();
        boolean alone =
                unions.below(union).stream().allMatch(below -> below.kind().isBase());
        gather(union, streets);
        return new CanvassPlan.World(
                streets,
                alone ? Optional.of(union) : Optional.empty(),
                street -> unions.living(street).name(),
                employers.employments(),
                LocalDate.now(clock),
                actor.name());
    }

    /** All that keep employers, from this union down. */
    private void gather(UnionSummary union, Map<String, List<UnionSummary>> streets) {
        Stream.of(union.code(), union.name(), union.shortName())
                .filter(word -> !word.isEmpty())
                .map(CanvassPlan::plain)
                .distinct()
                .forEach(word ->
                        streets.computeIfAbsent(word, each -> new ArrayList<>()).add(union));
        unions.below(union).stream().filter(below -> !below.kind().isBase()).forEach(below -> gather(below, streets));
    }

    private static AccountId account(Actor actor) {
        return actor.account().orElseThrow(Canvasses::noSuchCanvass);
    }

    private static Refused noSuchCanvass() {
        return new Refused(CanvassRefusal.NO_SUCH_CANVASS);
    }
}

package org.gonghui.org;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.database.TransactionLocks;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.layout.Language;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Founds many unions from a file: it is sent and kept, looked through as often as one likes, and founded once, all in one
 * transaction.
 */
@Service
class TreeImports {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int LONGEST_FILE_NAME = 100;
    private static final String LOCK = "org.import";

    /**
     * A file looked through, or founded already.
     *
     * @param founded how many unions were founded from it; 0 as long as none were
     * @param unread headings that nobody understood
     */
    record Looked(String fileName, int founded, ImportPlan plan, List<String> unread) {}

    private final TreeImportStore store;
    private final UnionStore unions;
    private final TreeFile file;
    private final Tree tree;
    private final Places places;
    private final TransactionLocks locks;
    private final Audit audit;
    private final Clock clock;

    TreeImports(
            TreeImportStore store,
            UnionStore unions,
            TreeFile file,
            Tree tree,
            Places places,
            TransactionLocks locks,
            Audit audit,
            Clock clock) {
        this.store = store;
        this.unions = unions;
        this.file = file;
        this.tree = tree;
        this.places = places;
        this.locks = locks;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Keeps a file that can be read; nothing is founded.
     *
     * @param proposed the id that the form was given when it was opened: sent twice, the first file stays
     */
    @Transactional
    public void keep(Actor actor, UnionId below, UUID proposed, String fileName, byte[] content, Language language) {
        file.read(content, language);
        store.deleteKeptBefore(clock.instant().minus(KEPT));
        String name = CleanText.cut(CleanText.line(fileName), LONGEST_FILE_NAME);
        AccountId account = account(actor);
        boolean kept =
                store.insert(proposed, below, account, name, content, clock.instant(), actor.reach(Right.UNION_FOUND));
        if (!kept && store.find(proposed, below, account).isEmpty()) {
            throw new Refused(UnionRefusal.NO_SUCH_UNION);
        }
    }

    /** What the file would found today. */
    @Transactional(readOnly = true)
    public Looked look(Actor actor, UnionId below, UUID id, Language language) {
        TreeImportStore.Kept kept =
                store.find(id, below, account(actor)).orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_IMPORT));
        return look(actor, below, kept, language);
    }

    /**
     * Founds every good row and says how many these were; asked again, it founds nothing more.
     *
     * @param goodOnly true to leave out the rows with faults; without it a file that has any founds nothing
     */
    @Transactional
    public int found(Actor actor, UnionId below, UUID id, boolean goodOnly, Language language) {
        TreeImportStore.Kept kept =
                store.lock(id, below, account(actor)).orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_IMPORT));
        if (kept.founded().isPresent()) {
            return kept.founded().get();
        }
        places.hold();
        locks.alone(LOCK); // two files never give the same code
        ImportPlan plan = lookLocked(actor, below, kept, language);
        if (!goodOnly && !plan.lines(ImportPlan.Outcome.BAD).isEmpty()) {
            throw new Refused(UnionRefusal.IMPORT_HAS_FAULTS);
        }
        List<ImportPlan.Line> foundings = plan.foundings();
        if (foundings.isEmpty()) {
            throw new Refused(UnionRefusal.NOTHING_TO_FOUND);
        }
        write(foundings);
        store.markFounded(id, foundings.size());
        audit.record(
                actor,
                "org.import",
                below.value(),
                plan.below().path(),
                Audit.facts("count", Integer.toString(foundings.size()), "file", kept.fileName()));
        tree.changed();
        return foundings.size();
    }

    /** Looks the file through again once nobody can found or rename below the unions that it names. */
    private ImportPlan lookLocked(Actor actor, UnionId below, TreeImportStore.Kept kept, Language language) {
        Map<UnionId, Long> first = look(actor, below, kept, language).plan().superiors();
        store.lockNamesBelow(first.keySet());
        ImportPlan again = look(actor, below, kept, language).plan();
        if (!again.superiors().equals(first)) {
            throw new Refused(UnionRefusal.IMPORT_OVERTAKEN);
        }
        return again;
    }

    private Looked look(Actor actor, UnionId below, TreeImportStore.Kept kept, Language language) {
        Reach reach = actor.reach(Right.UNION_FOUND);
        List<ImportPlan.Standing> standing = store.standing(reach);
        ImportPlan.Standing here = standing.stream()
                .filter(union -> union.id().equals(below))
                .findFirst()
                .orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
        TreeFile.Content content = kept.founded().isPresent()
                ? new TreeFile.Content(List.of(), List.of())
                : file.read(kept.content(), language);
        List<String> codes =
                content.rows().stream().map(row -> row.text("code")).toList();
        var plan = new ImportPlan(content.rows(), here, standing, store.takenOf(codes), LocalDate.now(clock));
        return new Looked(kept.fileName(), kept.founded().orElse(0), plan, content.unread());
    }

    private void write(List<ImportPlan.Line> foundings) {
        Map<ImportPlan.Superior, Integer> children = new HashMap<>();
        foundings.forEach(line -> children.merge(line.superior(), 1, Integer::sum));
        Map<ImportPlan.Superior, Unions.Established> founded = new HashMap<>();
        Map<ImportPlan.Superior, Integer> numbers = new HashMap<>();
        Map<UnionId, Integer> added = new HashMap<>();
        List<Unions.Established> all = new ArrayList<>(foundings.size());
        for (ImportPlan.Line line : foundings) {
            ImportPlan.Superior above = line.superior();
            int number = numbers.merge(above, 1, Integer::sum);
            Unions.Established union = switch (above) {
                case ImportPlan.Standing standing -> {
                    added.put(standing.id(), number);
                    yield established(
                            line, standing.id(), standing.path().child(standing.childrenEver() + number), children);
                }
                case ImportPlan.Line other -> {
                    Unions.Established superior = Objects.requireNonNull(founded.get(other));
                    yield established(line, superior.id(), superior.path().child(number), children);
                }
            };
            founded.put(line, union);
            all.add(union);
        }
        unions.load(all, codes(foundings));
        store.addChildren(added);
    }

    private Unions.Established established(
            ImportPlan.Line line, UnionId superior, UnionPath path, Map<ImportPlan.Superior, Integer> children) {
        FoundingRules.Founding founding = line.founding();
        return new Unions.Established(
                new UnionId(Ids.next(clock)),
                superior,
                path,
                founding.kind(),
                false,
                founding.name(),
                founding.shortName(),
                "",
                founding.foundedOn(),
                founding.foundedOn(),
                children.getOrDefault(line, 0));
    }

    /** The codes that the file gives, and fresh ones for the rows that have none. */
    private List<String> codes(List<ImportPlan.Line> foundings) {
        List<String> codes =
                foundings.stream().map(line -> line.row().text("code")).toList();
        List<String> typed = codes.stream().filter(code -> !code.isEmpty()).toList();
        Iterator<String> fresh =
                unions.freshCodes(codes.size() - typed.size(), typed).iterator();
        return codes.stream().map(code -> code.isEmpty() ? fresh.next() : code).toList();
    }

    private static AccountId account(Actor actor) {
        return actor.account().orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_IMPORT));
    }
}

package org.gonghui.duplicate;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Scope;
import org.gonghui.layout.WorkArea;
import org.gonghui.member.MemberFiles;
import org.gonghui.member.MergePeople;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Suspected duplicates at the desk: the list, two records beside each other, what was merged. */
@Controller
@RequestMapping("/desk/duplicates")
class DuplicateDesk {

    /** One record on a list; empty where it is kept elsewhere. */
    record Shown(DuplicateStore.Seen seen, UnionSummary union) {}

    record Row(Pair pair, Optional<Shown> one, Optional<Shown> other) {}

    /** A list of pairs, or of merges. */
    record ListPage(UnionSummary union, Duplicates.Of of, long waiting, List<Row> rows, List<MergePeople.Done> merges) {

        static List<Duplicates.Of> kinds() {
            return Arrays.asList(Duplicates.Of.values());
        }
    }

    /**
     * Two records beside each other.
     *
     * @param merge the id that a merge by this page will have
     * @param opened what was opened of both just now
     */
    record BesidePage(Duplicates.Beside beside, UUID merge, Optional<Duplicates.Both> opened) {

        static List<MemberFiles.Purpose> purposes() {
            return Arrays.asList(MemberFiles.Purpose.values());
        }
    }

    record DonePage(MergePeople.Done done) {}

    private final Duplicates duplicates;
    private final MergePeople merging;
    private final Unions unions;
    private final Pages pages;
    private final Clock clock;

    DuplicateDesk(Duplicates duplicates, MergePeople merging, Unions unions, Pages pages, Clock clock) {
        this.duplicates = duplicates;
        this.merging = merging;
        this.unions = unions;
        this.pages = pages;
        this.clock = clock;
    }

    @Bean
    static WorkArea duplicatesArea() {
        return new WorkArea(
                "desk.group.organisation", "duplicate.area", "people", "/desk/duplicates", Right.MEMBER_MERGE, 135);
    }

    @GetMapping
    @May(Right.MEMBER_MERGE)
    View begin(Actor actor) {
        return LocalAddress.redirect(
                "/desk/duplicates/" + unions.home(actor, Right.MEMBER_MERGE).union());
    }

    @GetMapping("/{id}")
    @May(Right.MEMBER_MERGE)
    View list(Actor actor, @PathVariable UnionId id, @RequestParam(required = false) @Nullable String of) {
        Duplicates.Of kind = Arrays.stream(Duplicates.Of.values())
                .filter(each -> each.name().equals(of))
                .findFirst()
                .orElse(Duplicates.Of.OPEN);
        return pages.desk(
                actor,
                unions.scope(actor, id, Right.MEMBER_MERGE),
                "duplicate/list.jte",
                new ListPage(
                        unions.get(actor, id, Right.MEMBER_MERGE),
                        kind,
                        duplicates.count(actor, id),
                        duplicates.pairs(actor, id, kind).stream()
                                .map(this::row)
                                .toList(),
                        kind == Duplicates.Of.MERGED ? duplicates.merges(actor, id) : List.of()));
    }

    private Row row(DuplicateStore.Line line) {
        return new Row(
                line.pair(), line.one().flatMap(this::shown), line.other().flatMap(this::shown));
    }

    private Optional<Shown> shown(DuplicateStore.Seen seen) {
        return unions.named(new UnionId(seen.union())).map(union -> new Shown(seen, union));
    }

    @GetMapping("/pairs/{pair}")
    @May(Right.MEMBER_MERGE)
    View beside(Actor actor, @PathVariable UUID pair) {
        Optional<UUID> merged = duplicates.mergeOf(pair);
        return merged.isPresent()
                ? LocalAddress.redirect("/desk/duplicates/merges/" + merged.get())
                : beside(actor, pair, Optional.empty());
    }

    /** Opens what is masked of both: shown on the answer itself, which no cache keeps and no address names. */
    @PostMapping("/pairs/{pair}/looks")
    @May(Right.MEMBER_OPEN)
    View open(
            Actor actor,
            @PathVariable UUID pair,
            @RequestParam(required = false) @Nullable String purpose,
            @RequestParam(required = false) @Nullable String note) {
        return beside(actor, pair, Optional.of(duplicates.open(actor, pair, purpose, note)));
    }

    private View beside(Actor actor, UUID pair, Optional<Duplicates.Both> opened) {
        Duplicates.Beside beside = duplicates.beside(actor, pair);
        return pages.desk(
                actor,
                scopeOf(actor, beside.one()),
                "duplicate/beside.jte",
                new BesidePage(beside, Ids.next(clock), opened));
    }

    private Scope scopeOf(Actor actor, MergePeople.Side side) {
        return side.spells().stream()
                .flatMap(spell -> spell.union().stream())
                .findFirst()
                .map(union -> unions.scope(actor, union.id(), Right.MEMBER_MERGE))
                .orElseGet(() -> unions.home(actor, Right.MEMBER_MERGE));
    }

    @PostMapping("/pairs/{pair}/merge")
    @May(Right.MEMBER_MERGE)
    View merge(Actor actor, @PathVariable UUID pair, @RequestParam UUID key, @ModelAttribute Duplicates.Chosen chosen) {
        duplicates.merge(actor, pair, key, chosen);
        return LocalAddress.redirect("/desk/duplicates/merges/" + key);
    }

    @PostMapping("/pairs/{pair}/dismissal")
    @May(Right.MEMBER_MERGE)
    View dismiss(Actor actor, @PathVariable UUID pair, @RequestParam(required = false) @Nullable String reason) {
        duplicates.dismiss(actor, pair, reason);
        return LocalAddress.redirect("/desk/duplicates/pairs/" + pair);
    }

    @GetMapping("/merges/{merge}")
    @May(Right.MEMBER_MERGE)
    View done(Actor actor, @PathVariable UUID merge) {
        MergePeople.Done done = merging.done(actor, merge);
        return pages.desk(actor, unions.home(actor, Right.MEMBER_MERGE), "duplicate/done.jte", new DonePage(done));
    }

    @PostMapping("/merges/{merge}/undoing")
    @May(Right.MEMBER_MERGE)
    View undo(Actor actor, @PathVariable UUID merge) {
        duplicates.undo(actor, merge);
        return LocalAddress.redirect("/desk/duplicates/merges/" + merge);
    }
}

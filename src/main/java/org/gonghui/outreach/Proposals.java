package org.gonghui.outreach;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Roster;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where to hold the next meeting: employers without union and unions without members, weighed by what is known of them. The
 * largest employers are weighed, and the unions founded last: others have had their turn or bring less.
 */
@Service
class Proposals {

    static final int SHOWN = 30;
    private static final int EMPLOYERS_WEIGHED = 200;
    private static final int UNIONS_LOOKED_AT = 2_000;
    private static final Period SOON = Period.ofDays(14);

    private final ProposalStore store;
    private final Roster roster;
    private final Unions unions;
    private final Clock clock;

    Proposals(ProposalStore store, Roster roster, Unions unions, Clock clock) {
        this.store = store;
        this.roster = roster;
        this.unions = unions;
        this.clock = clock;
    }

    /** The best places within a union's part of the tree, the best first. */
    @Transactional(readOnly = true)
    List<Proposal> of(Actor actor, UnionSummary union) {
        LocalDate today = LocalDate.now(clock);
        LocalDate soon = today.plus(SOON);
        Reach reach = actor.reach(Right.OUTREACH_READ);
        var candidates = new ArrayList<>(store.employers(union, reach, today, soon, EMPLOYERS_WEIGHED));
        Set<UnionId> empty = withoutMembers(actor, union, reach);
        List<Proposal.Candidate> ofUnions = store.ofUnions(empty, reach, today, soon);
        candidates.addAll(ofUnions);
        Set<UnionId> known =
                ofUnions.stream().flatMap(each -> each.union().stream()).collect(Collectors.toSet());
        empty.stream()
                .filter(each -> !known.contains(each))
                .map(each -> unions.named(each).orElseThrow())
                .map(this::byItself)
                .forEach(candidates::add);
        return candidates.stream()
                .map(each -> Proposal.weigh(each, today))
                .sorted(Comparator.comparingInt(Proposal::points)
                        .reversed()
                        .thenComparing(Proposal::workers, Comparator.reverseOrder())
                        .thenComparing(Proposal::name))
                .limit(SHOWN)
                .toList();
    }

    private Set<UnionId> withoutMembers(Actor actor, UnionSummary union, Reach reach) {
        var tree = unions.asOf(actor, Right.OUTREACH_READ, LocalDate.now(clock));
        return roster.withoutMembers(tree.subtree(union).stream()
                .filter(each -> each.kind().isBase() && !each.dissolved() && reach.covers(each.path()))
                .sorted(Comparator.comparing(UnionSummary::foundedOn).reversed())
                .limit(UNIONS_LOOKED_AT)
                .map(UnionSummary::id)
                .toList());
    }

    /** A union of which no employer is on record. */
    private Proposal.Candidate byItself(UnionSummary union) {
        return new Proposal.Candidate(
                Optional.empty(),
                Optional.of(union.id()),
                union.name(),
                unions.above(union).getLast().id(),
                "",
                -1,
                Optional.empty(),
                0);
    }
}

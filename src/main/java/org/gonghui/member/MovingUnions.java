package org.gonghui.member;

import java.util.List;
import org.gonghui.kernel.Refused;
import org.gonghui.org.UnionDissolving;
import org.gonghui.org.UnionMerging;
import org.gonghui.org.UnionsMoved;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What happens to members and their counters when unions move, merge and end, within the same transaction. */
@Service
class MovingUnions {

    private final MovingStore store;
    private final MonthStore months;

    MovingUnions(MovingStore store, MonthStore months) {
        this.store = store;
        this.months = months;
    }

    /** The counters of a street hold what is counted below it as the tree stands now; lists are cut by place too. */
    @EventListener
    @Transactional
    void moved(UnionsMoved moved) {
        moved.unions().stream()
                .filter(union -> !union.streetBefore().equals(union.streetAfter()))
                .forEach(union -> months.regroup(union.union(), union.streetBefore(), union.streetAfter()));
        store.carryPlaces(moved.unions().stream().map(UnionsMoved.Moved::union).toList());
    }

    /** All members go over at once: nobody asked for a transfer, so none is counted. */
    @EventListener
    @Transactional
    void merging(UnionMerging merging) {
        List<MonthStore.Change> changes = store.goOver(merging.union(), merging.into(), merging.on());
        months.add(changes);
    }

    /** A union with members is not dissolved: they go elsewhere first. */
    @EventListener
    @Transactional
    void dissolving(UnionDissolving dissolving) {
        if (store.hasLiveMembers(dissolving.union())) {
            throw new Refused(MemberRefusal.MEMBERS_LEFT);
        }
    }
}

package org.gonghui.org;

import java.time.LocalDate;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;

/**
 * A union as lists, pickers and other modules show it, as it is on the day of the tree that it comes from.
 *
 * @param code for humans: on paper and on the telephone
 * @param forNewForm true for the joint base union of a street's new-form workers
 * @param dissolved true for one that is no more: its place is that of whoever has its records
 * @param below how many unions stand below it, at every level
 * @param children how many stand directly below it
 */
public record UnionSummary(
        UnionId id,
        String code,
        UnionKind kind,
        String name,
        String shortName,
        UnionPath path,
        boolean forNewForm,
        boolean dissolved,
        LocalDate foundedOn,
        int below,
        int children) {

    /**
     * True for the city and its districts. So much of what a city has is theirs that the first few of it are found soonest in
     * the order of all, asking one by one whether it is; joined, the planner, which does not know how wide a part is, sorts all
     * of it.
     */
    public boolean isWide() {
        return !kind.isBase() && path.depth() <= 2;
    }
}

package org.gonghui.org;

import java.util.List;
import org.gonghui.kernel.UnionId;

/**
 * Unions have changed their place; told within the same transaction, for whoever keeps something by place.
 *
 * @param unions those that stand elsewhere now, with whoever stands below them
 */
public record UnionsMoved(List<Moved> unions) {

    /**
     * One of them.
     *
     * @param streetBefore the union at street level in whose figures it was counted, perhaps itself
     * @param streetAfter the one in whose figures it is counted from now on
     */
    public record Moved(UnionId union, UnionId streetBefore, UnionId streetAfter) {}
}

package org.gonghui.seal;

import java.util.List;

/** Says which columns of a module's tables are sealed. */
@FunctionalInterface
public interface SealedColumns {

    /**
     * The lock that whoever copies a sealed value from one row to another holds together with others: while one is on its way,
     * nobody can say that nothing is left that an old key has sealed.
     */
    String MOVING = "seal.moving";

    /** Every one of them: what is missing here stays sealed with an old key. */
    List<SealedColumn> sealedColumns();
}

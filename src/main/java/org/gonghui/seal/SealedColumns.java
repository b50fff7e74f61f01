package org.gonghui.seal;

import java.util.List;

/** Says which columns of a module's tables are sealed. */
@FunctionalInterface
public interface SealedColumns {

    /** Every one of them: what is missing here stays sealed with an old key. */
    List<SealedColumn> sealedColumns();
}

package org.gonghui.founding;

import java.util.Collection;
import java.util.Map;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.UnionsUnderWay;
import org.gonghui.kernel.Reach;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the employers' pages which of them are on their way to a union. */
@Component
class OpenFoundings implements UnionsUnderWay {

    private final FoundingListStore store;

    OpenFoundings(FoundingListStore store) {
        this.store = store;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<EmployerId, UnderWay> at(Collection<EmployerId> employers, Reach reach) {
        return store.open(employers, reach);
    }
}

package org.gonghui.employer;

import java.util.Collection;
import java.util.Map;
import org.gonghui.kernel.Reach;

/** Whether somebody works towards a union at an employer; whoever keeps foundings answers. */
public interface UnionsUnderWay {

    /**
     * A founding under way.
     *
     * @param stage key of the word for where it stands
     * @param address of its page
     */
    record UnderWay(String stage, String address) {}

    /** Of these employers, those where one is under way that the reach covers. */
    Map<EmployerId, UnderWay> at(Collection<EmployerId> employers, Reach reach);
}

package org.gonghui.measure;

import java.util.List;
import org.gonghui.kernel.Right;

/**
 * What a feature counts besides people whom a figure might point at: shown beside the figures of members. A bean for each.
 *
 * @param name the message above it
 * @param measures of the same counters
 * @param rows the list behind a figure stands at this address, the union's id and {@code /list}
 * @param right of whoever may open that list
 */
public record MeasureGroup(String name, List<Measure> measures, String rows, Right right) {

    /** Where the rows of a figure stand. */
    public String rows(String union, Measure measure, String period) {
        return rows + union + "/list?of=" + measure.key() + "&period=" + period;
    }
}

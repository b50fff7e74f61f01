package org.gonghui.employer;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How many worked at an employer on a day.
 *
 * @param women null where nobody counted them
 * @param byForm by the code of the form of employment, without those that nobody worked in; together all workers
 */
public record Headcount(
        UUID id,
        LocalDate countedOn,
        int workers,
        @Nullable Integer women,
        Map<String, Integer> byForm,
        String recordedBy) {}

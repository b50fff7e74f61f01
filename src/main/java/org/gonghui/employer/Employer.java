package org.gonghui.employer;

import java.time.LocalDate;
import java.util.Optional;
import org.gonghui.kernel.UnionId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who employs people in the city.
 *
 * @param code empty as long as nobody knows it
 * @param street the union in whose streets it lies: of a street, a town, a district
 * @param union the union that its workers belong to; empty as long as there is none
 * @param closedOn the first day without it
 * @param staff its latest headcount; empty before the first
 */
public record Employer(
        EmployerId id,
        Optional<CreditCode> code,
        String name,
        UnionId street,
        String address,
        Trade trade,
        Ownership ownership,
        Optional<UnionId> union,
        Optional<LocalDate> closedOn,
        Optional<Staff> staff) {

    /**
     * How many work there, as counted on a day.
     *
     * @param women null where nobody counted them
     * @param newForm of the workers in one of the new forms of employment
     */
    public record Staff(
            LocalDate countedOn, int workers, @Nullable Integer women, int newForm) {}

    /** How many work there as far as it is known. */
    public int workers() {
        return staff.map(Staff::workers).orElse(0);
    }
}

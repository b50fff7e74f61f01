package org.gonghui.founding;

import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.UnionId;

/**
 * The superior union decided on an application; heard within the same transaction.
 *
 * @param decision its id: no other decision has it
 * @param applicant who sent the application
 * @param name of the union that was applied for
 * @param rejectedFor the reason; empty for an approval
 */
public record FoundingDecided(
        UUID decision,
        AccountId applicant,
        FoundingId founding,
        String name,
        UnionId superior,
        Optional<String> rejectedFor) {}

package org.gonghui.founding;

import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.UnionId;

/**
 * An application waits for the superior union's decision; heard within the same transaction.
 *
 * @param application its id: no other application has it
 * @param applicant who sent it, if that was somebody who signs in
 * @param name of the union that is applied for
 * @param street whoever worked towards it
 */
public record FoundingApplied(
        UUID application,
        Optional<AccountId> applicant,
        FoundingId founding,
        String name,
        UnionId street,
        UnionId superior) {}

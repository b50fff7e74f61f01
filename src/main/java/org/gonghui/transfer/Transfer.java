package org.gonghui.transfer;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.MemberId;

/**
 * A wish that a member belong to another base union.
 *
 * @param askedBy the side that asked; the other one answers
 * @param name the person's name as the asking side knows it
 * @param employment code of what they will work as; empty for the same as before
 * @param account by which they will sign in; empty for the same as before
 * @param reason why the other side objected; empty for none
 * @param arrived the membership that came of it
 * @param atOnce true when whoever asked answers for both sides, and nobody had to be asked
 */
record Transfer(
        UUID id,
        MemberId member,
        UUID membership,
        UnionId from,
        UnionId to,
        Side askedBy,
        String name,
        Optional<String> employment,
        Optional<AccountId> account,
        State state,
        Instant askedAt,
        String asker,
        Optional<Instant> answeredAt,
        String answerer,
        String reason,
        Optional<UUID> arrived,
        boolean atOnce) {

    /** The two unions that a transfer is between. */
    enum Side {
        /** The union that the member comes to. */
        TAKING,
        /** The union that the member comes from. */
        GIVING
    }

    /** Where the wish stands. */
    enum State {
        WAITING,
        AGREED,
        OBJECTED,
        WITHDRAWN
    }

    /** The side that has to answer. */
    Side answeredBy() {
        return askedBy == Side.TAKING ? Side.GIVING : Side.TAKING;
    }

    /** The same, agreed to by whoever asked. */
    Transfer agreedAtOnce(UUID arrivedAs) {
        return new Transfer(
                id,
                member,
                membership,
                from,
                to,
                askedBy,
                name,
                employment,
                account,
                State.AGREED,
                askedAt,
                asker,
                Optional.of(askedAt),
                asker,
                "",
                Optional.of(arrivedAs),
                true);
    }
}

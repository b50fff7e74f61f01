package org.gonghui.joining;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.UnionId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish to become a member, from the first step on. What is not told yet is empty.
 *
 * @param account of whoever applies; empty for somebody whom staff took down at a stall
 * @param scanned the code by which it began
 * @param identitySealed sealed for {@link JoiningStore#identityPlace}; null before it is told
 * @param employment code of the form of employment
 * @param union where it goes: a base union, or the street while the applicant's own union is not known
 * @param deciding the union whose officers decide
 * @param transfer the wish for a transfer that came of it, for someone who is a member elsewhere
 * @param objection what the other union objected; empty for nothing
 * @param takenBy the name of whoever took it down at a stall; empty when it was sent from a phone of one's own
 * @param phoneSealed of somebody without an account; null for none
 */
public record Application(
        UUID id,
        Optional<AccountId> account,
        String scanned,
        State state,
        String name,
        byte @Nullable [] identitySealed,
        Optional<LocalDate> birthDate,
        String employment,
        String employer,
        Optional<UnionId> union,
        Optional<UnionId> deciding,
        Optional<Instant> sentAt,
        Optional<UUID> membership,
        Optional<UUID> transfer,
        String objection,
        String takenBy,
        byte @Nullable [] phoneSealed) {

    /** True when this account sent it. */
    boolean isOf(AccountId other) {
        return account.filter(other::equals).isPresent();
    }

    /** True while another union is asked to let the applicant go. */
    boolean isInTransfer() {
        return state == State.WAITING && transfer.isPresent() && objection.isEmpty();
    }

    /** Where it stands. */
    public enum State {
        DRAFT,
        WAITING,
        APPROVED,
        REFUSED,
        WITHDRAWN
    }

    /** What was decided last, and why. */
    public record Decision(String decision, Instant at, String actor, String reason) {}
}

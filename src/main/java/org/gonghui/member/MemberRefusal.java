package org.gonghui.member;

import org.gonghui.kernel.Refusal;

/** Why a change of memberships is refused. */
enum MemberRefusal implements Refusal {
    /** There is no such member within the actor's part of the tree. */
    NO_SUCH_MEMBER(404),
    /** More people than numbers are given out for at once. */
    TOO_MANY_TO_OPEN(409),
    /** Too many searches by identity number or phone within the hour. */
    TOO_MANY_SEARCHES(429),
    /** Too many tries to claim a membership within a day. */
    TOO_MANY_CLAIMS(429),
    /** The identity number is that of another person on record. */
    SOMEBODY_ELSES_IDENTITY(409),
    /** There is no such base union within the actor's part of the tree. */
    NO_SUCH_UNION(404),
    /** Members belong to base unions, not to federations. */
    NOT_A_BASE_UNION(409),
    /** The member belongs to this union already. */
    HERE_ALREADY(409),
    /** On record as dead: that is taken back first, or put right by the union that recorded it. */
    DIED(409),
    /** The membership has ended already. */
    ENDED_ALREADY(409),
    /** It can be taken back for a day only, and only within its month: what a closed month counted stays. */
    TOO_LATE_TO_TAKE_BACK(409),
    /** Something else has happened to the member since: that must be taken back first. */
    CHANGED_SINCE(409),
    /** Since then two records were merged into this one: that is undone first. */
    MERGED_SINCE(409),
    /** The number is on a record that was merged into this one: undo the merge, and keep the other number. */
    MERGED_IDENTITY(409),
    /** One of the two records leads to another already. */
    MERGED_ALREADY(409),
    /** One of the two is on record as dead while the other is a member: one of the records is wrong, and that comes first. */
    ONE_DIED(409),
    /** The form has made another merge before. */
    MERGE_USED_BEFORE(409),
    /** There is no such merge within the actor's part of the tree. */
    NO_SUCH_MERGE(404),
    /** The record was merged again since, with yet another one: that is undone first. */
    MERGED_AGAIN(409),
    /** The person joined, or came to another union, since the merge: nobody can say which of the two that was. */
    BEGUN_SINCE(409),
    /** The union of the membership that the merge ended is no more. */
    UNION_IS_NO_MORE(409),
    /** A union that still has members is not dissolved. */
    MEMBERS_LEFT(409);

    private final int status;

    MemberRefusal(int status) {
        this.status = status;
    }

    @Override
    public String module() {
        return "member";
    }

    @Override
    public int status() {
        return status;
    }
}

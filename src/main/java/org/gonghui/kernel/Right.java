package org.gonghui.kernel;

/** What a person may do. A role is a set of these, held over a part of the tree by an appointment. */
public enum Right {
    /** Open to everyone, signed in or not. */
    PUBLIC,
    /** Open to everyone who has signed in, whatever the role. */
    SIGNED_IN,
    /** Only in demonstration mode: codes and sign-ins laid open. */
    DEVELOPMENT,
    /** Read the tree and the files of unions. */
    UNION_READ,
    /** Found a union below one's own. */
    UNION_FOUND,
    /** Rename a union, keep its staff, committees and branches. */
    UNION_EDIT,
    /** Read figures and their definition cards. */
    FIGURE_READ,
    /** Appoint staff to a role at a union, end an appointment, invite an account. */
    APPOINT,
    /** Read who is a member, identity numbers and phones masked. */
    MEMBER_READ,
    /** Decide who becomes a member. */
    MEMBER_APPROVE,
    /** Keep memberships: enter, transfer, end, correct. */
    MEMBER_EDIT,
    /** Say that two records of members are one person's, and that they are not. */
    MEMBER_MERGE,
    /** Open what is masked, with a purpose. */
    MEMBER_OPEN,
    /** Read the files of employers. */
    EMPLOYER_READ,
    /** Keep the files of employers, and work towards a union at those that have none. */
    EMPLOYER_EDIT,
    /** Read of meetings with enterprises and workers, and what they brought. */
    OUTREACH_READ,
    /** Plan, announce and hold such meetings. */
    OUTREACH_EDIT,
    /** Write notices to those who belong to one's part of the tree. */
    NOTICE_SEND,
    /** Read the audit trail. */
    AUDIT_READ
}

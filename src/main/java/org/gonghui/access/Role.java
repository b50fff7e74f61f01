package org.gonghui.access;

import static org.gonghui.kernel.Right.APPOINT;
import static org.gonghui.kernel.Right.AUDIT_READ;
import static org.gonghui.kernel.Right.EMPLOYER_EDIT;
import static org.gonghui.kernel.Right.EMPLOYER_READ;
import static org.gonghui.kernel.Right.FIGURE_READ;
import static org.gonghui.kernel.Right.MEMBER_APPROVE;
import static org.gonghui.kernel.Right.MEMBER_EDIT;
import static org.gonghui.kernel.Right.MEMBER_MERGE;
import static org.gonghui.kernel.Right.MEMBER_OPEN;
import static org.gonghui.kernel.Right.MEMBER_READ;
import static org.gonghui.kernel.Right.NOTICE_SEND;
import static org.gonghui.kernel.Right.OUTREACH_EDIT;
import static org.gonghui.kernel.Right.OUTREACH_READ;
import static org.gonghui.kernel.Right.UNION_EDIT;
import static org.gonghui.kernel.Right.UNION_FOUND;
import static org.gonghui.kernel.Right.UNION_READ;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.gonghui.kernel.Right;

/** A named set of rights, held over a part of the tree by an appointment. The word is {@code access.role.<name>}. */
public enum Role {
    /** A worker who belongs to a union; nothing of the desk. */
    MEMBER(),
    /** Chair or officer of a base union. */
    BASE_OFFICER(
            UNION_READ,
            UNION_EDIT,
            FIGURE_READ,
            MEMBER_READ,
            MEMBER_APPROVE,
            MEMBER_EDIT,
            MEMBER_MERGE,
            MEMBER_OPEN,
            EMPLOYER_READ,
            OUTREACH_READ,
            OUTREACH_EDIT,
            NOTICE_SEND),
    /** Officer or social worker of a street or town federation. */
    STREET_OFFICER(
            UNION_READ,
            UNION_FOUND,
            UNION_EDIT,
            FIGURE_READ,
            APPOINT,
            MEMBER_READ,
            MEMBER_APPROVE,
            MEMBER_EDIT,
            MEMBER_MERGE,
            MEMBER_OPEN,
            EMPLOYER_READ,
            EMPLOYER_EDIT,
            OUTREACH_READ,
            OUTREACH_EDIT,
            NOTICE_SEND),
    /** Officer of a district federation. */
    DISTRICT_OFFICER(
            UNION_READ,
            UNION_FOUND,
            UNION_EDIT,
            FIGURE_READ,
            APPOINT,
            MEMBER_READ,
            MEMBER_APPROVE,
            MEMBER_EDIT,
            MEMBER_MERGE,
            MEMBER_OPEN,
            EMPLOYER_READ,
            EMPLOYER_EDIT,
            OUTREACH_READ,
            OUTREACH_EDIT,
            NOTICE_SEND),
    /** Officer of the city federation. */
    CITY_OFFICER(
            UNION_READ,
            UNION_FOUND,
            UNION_EDIT,
            FIGURE_READ,
            APPOINT,
            MEMBER_READ,
            MEMBER_MERGE,
            MEMBER_OPEN,
            EMPLOYER_READ,
            EMPLOYER_EDIT,
            OUTREACH_READ,
            NOTICE_SEND),
    /** Reads the audit trail and what it speaks of; changes nothing. */
    AUDITOR(UNION_READ, FIGURE_READ, AUDIT_READ),
    /** The city's IT office: accounts and the tree, no personal data. */
    ADMINISTRATOR(UNION_READ, UNION_FOUND, UNION_EDIT, APPOINT, AUDIT_READ);

    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
    private final Set<Right> rights;

    Role(Right... rights) {
        this.rights = Set.of(rights);
    }

    /** What its holder may do within the appointment's part of the tree. */
    public Set<Right> rights() {
        return rights;
    }

    /** The roles whose holders may do this. */
    static List<Role> with(Right right) {
        return Arrays.stream(values())
                .filter(role -> role.rights.contains(right))
                .toList();
    }

    /** The roles whose holders may do all of these. */
    static List<Role> with(Set<Right> rights) {
        return Arrays.stream(values())
                .filter(role -> role.rights.containsAll(rights))
                .toList();
    }

    /** The roles that its holder may give to others within its own reach; its own rights are another matter. */
    public Set<Role> mayGive() {
        return switch (this) {
            case MEMBER, BASE_OFFICER, AUDITOR -> EnumSet.noneOf(Role.class);
            case STREET_OFFICER -> EnumSet.of(BASE_OFFICER);
            case DISTRICT_OFFICER -> EnumSet.of(BASE_OFFICER, STREET_OFFICER);
            case CITY_OFFICER -> EnumSet.of(BASE_OFFICER, STREET_OFFICER, DISTRICT_OFFICER);
            case ADMINISTRATOR -> EnumSet.complementOf(EnumSet.of(MEMBER));
        };
    }
}

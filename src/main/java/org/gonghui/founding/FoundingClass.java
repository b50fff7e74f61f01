package org.gonghui.founding;

import org.gonghui.employer.Ownership;
import org.gonghui.employer.SizeClass;

/**
 * As what a union is counted that was founded: separate base unions of non-public enterprises by the headcount at the
 * approval, the others apart. The classes exclude each other. The word is {@code founding.as.<name>}.
 */
public enum FoundingClass {
    LARGE,
    MEDIUM,
    SMALL,
    TINY,
    /** A joint base union of several small units. */
    JOINT,
    /** The union of a state-owned or collective enterprise, a public institution, an office, an organisation. */
    PUBLIC;

    static FoundingClass separate(Ownership ownership, int workers) {
        return ownership.isNonPublicEnterprise() ? valueOf(SizeClass.of(workers).name()) : PUBLIC;
    }
}

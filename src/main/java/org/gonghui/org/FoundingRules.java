package org.gonghui.org;

import java.time.LocalDate;
import java.util.Optional;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.UnionPath;

/** What a founding must keep to, typed into the form or in a row of a file. */
final class FoundingRules {

    /** A founding whose words can be read. */
    record Founding(String name, String shortName, UnionKind kind, LocalDate foundedOn) {}

    private FoundingRules() {}

    /** Reads the words; a fault is noted at its field. */
    static Founding read(Input input, Unions.Founding typed) {
        return new Founding(
                input.name("name", typed.name(), Unions.LONGEST_NAME),
                input.optionalName("shortName", typed.shortName(), Unions.LONGEST_SHORT_NAME),
                input.choice("kind", typed.kind(), UnionKind.class),
                input.day("foundedOn", typed.foundedOn()));
    }

    /** No union is older than its superior, and none is founded on a day to come. */
    static void checkDay(Input input, Founding founding, LocalDate superiorFoundedOn, LocalDate today) {
        if (founding.foundedOn().isBefore(superiorFoundedOn)) {
            input.fault("foundedOn", "before", superiorFoundedOn.toString());
        }
        if (founding.foundedOn().isAfter(today)) {
            input.fault("foundedOn", "in-future");
        }
    }

    /** Why a union of this kind cannot stand below one of that kind at that depth; empty when it can. */
    static Optional<UnionRefusal> refusal(UnionKind kind, UnionKind superior, int depth) {
        if (!superior.mayFound().contains(kind)) {
            return Optional.of(UnionRefusal.KIND_DOES_NOT_FIT);
        }
        return depth == UnionPath.DEEPEST ? Optional.of(UnionRefusal.TOO_DEEP) : Optional.empty();
    }
}

package org.gonghui.founding;

import java.util.EnumSet;
import java.util.Set;

/** Where a founding stands, in the order in which it goes. The word is {@code founding.stage.<name>}. */
public enum Stage {
    /** There is such an employer, and it has no union. */
    VERIFIED,
    /** Somebody spoke with it. */
    CONTACTED,
    /** A preparatory group is at work. */
    PREPARING,
    /** The superior union has the application. */
    APPLIED,
    /** The union stands in the tree. */
    APPROVED,
    /** The superior union said no, with its reason. */
    REJECTED,
    /** Nobody works towards it any more. */
    GIVEN_UP;

    /** The stages to which one goes from here by a press of whoever works towards the union. */
    Set<Stage> next() {
        return switch (this) {
            case VERIFIED -> EnumSet.of(CONTACTED, PREPARING, GIVEN_UP);
            case CONTACTED -> EnumSet.of(CONTACTED, PREPARING, GIVEN_UP);
            case PREPARING -> EnumSet.of(GIVEN_UP);
            case APPLIED, REJECTED -> EnumSet.of(PREPARING, GIVEN_UP);
            case GIVEN_UP -> EnumSet.of(CONTACTED);
            case APPROVED -> EnumSet.noneOf(Stage.class);
        };
    }

    /** True as long as employers, papers and officers may change: nothing waits for a decision, and nothing is over. */
    boolean isStillChanging() {
        return this == VERIFIED || this == CONTACTED || this == PREPARING || this == REJECTED;
    }
}

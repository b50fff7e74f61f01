package org.gonghui.member;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.UnionId;

/**
 * One time that somebody belonged to a base union, from a day to a day.
 *
 * @param beganBy how it began
 * @param employment what the person works as now, or did when it ended
 * @param endedOn the day from which they belong to it no more; empty while it lives
 * @param why the officer's words about its end; empty for none
 */
public record Membership(
        UUID id,
        MemberId member,
        UnionId union,
        LocalDate beganOn,
        Beginning beganBy,
        Employment employment,
        Optional<LocalDate> endedOn,
        Optional<Ending> endedBy,
        String why) {

    /** How a membership began. */
    public enum Beginning {
        /** Was there before the records began: stock, never counted as new. */
        OPENING("opening"),
        /** Joined for the first time. */
        JOINED("joined"),
        /** Joined again after having left. */
        REJOINED("rejoined"),
        /** Came from another union of the city. */
        TRANSFERRED_IN("transferred-in"),
        /** Came with a whole union that went up in this one. */
        MERGED_IN("merged-in"),
        /** Turned out to be somebody of their own, in a later month than the one in which two records were merged. */
        SEPARATED("separated");

        private final String code;

        Beginning(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        static Beginning of(String code) {
            return Beginning.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** How a membership ended. */
    public enum Ending {
        /** Left the union. */
        LEFT("left"),
        /** Retired with membership kept: a member still, but not in the total of members. */
        RETIRED("retired"),
        DIED("died"),
        /** Went to another union of the city. */
        TRANSFERRED_OUT("transferred-out"),
        /** The whole union went up in another one, and its members with it. */
        MERGED_OUT("merged-out"),
        /** Was a second membership of somebody who has another: two records were merged. */
        DOUBLED("doubled");

        private final String code;

        Ending(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        static Ending of(String code) {
            return Ending.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public boolean isLive() {
        return endedOn.isEmpty();
    }
}

package org.gonghui.member;

import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Consumer;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.measure.Measure;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The members of the city's unions. */
@Service
public class Members {

    static final String COUNTERS = "member";

    /** Members at the end of a month: everyone who belongs to a base union; retired with membership kept are not in it. */
    public static final Measure TOTAL = new Measure(
            "member.total",
            Measure.Unit.PERSON,
            Measure.Kind.STOCK,
            COUNTERS,
            "opening + joined + rejoined + transferred_in - transferred_out - left_union - retired - died",
            "count(*) from member_membership where began_on <= :day and (ended_on is null or ended_on > :day)");

    /** People who became members for the first time, in the month of approval. */
    public static final Measure JOINED = new Measure(
            "member.joined",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "joined",
            "count(*) from member_membership where began_by = 'joined' and began_on in [:from, :to)");

    /** Of those who joined, the ones who worked in a new form when they joined. */
    public static final Measure JOINED_NEW_FORM = new Measure(
            "member.joined-new-form",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "joined_new_form",
            "count(*) from member_membership where began_by = 'joined' and began_on in [:from, :to) and new_form at start");

    /** Members who work in a new form now, whatever they did when they joined. */
    public static final Measure NEW_FORM = new Measure(
            "member.new-form",
            Measure.Unit.PERSON,
            Measure.Kind.STOCK,
            COUNTERS,
            "new_form_change",
            "count(*) from member_membership join member where live on :day and member.employment is new_form");

    /** Members who left, retired with membership kept, or died. */
    public static final Measure GONE = new Measure(
            "member.gone",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "left_union + retired + died",
            "count(*) from member_membership where ended_by in ('left', 'retired', 'died') and ended_on in [:from, :to)");

    /** How a membership began. */
    public enum Beginning {
        OPENING("opening"),
        JOINED("joined");

        private final String code;

        Beginning(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /**
     * One person with one membership, as a whole roster is loaded.
     *
     * @param employment a code of the table of forms of employment, the same since the membership began
     * @param endedOn the day from which the person is a member no more; null for a live membership
     * @param endedBy {@code left}, {@code retired} or {@code died}; null with {@code endedOn}
     */
    public record Enrolled(
            UUID id,
            UUID membership,
            UnionId union,
            String name,
            IdentityNumber identity,
            String phone,
            String employment,
            LocalDate beganOn,
            Beginning beganBy,
            @Nullable LocalDate endedOn,
            @Nullable String endedBy) {}

    private final MemberStore store;
    private final Audit audit;

    Members(MemberStore store, Audit audit) {
        this.store = store;
        this.audit = audit;
    }

    /**
     * Loads whole rosters into a city that has no members yet, and counts its months from the records just loaded. One
     * audit row for all.
     *
     * @param rosters gives each person once to its consumer; it is called twice and must give the same both times, so
     *     that a roster of any size needs no memory
     */
    @Transactional
    public void enrol(Actor platform, UUID subject, Consumer<Consumer<Enrolled>> rosters) {
        long count = store.load(rosters);
        store.countFromRecords();
        audit.record(platform, "member.enrol", subject, UnionPath.root(), Audit.facts("count", Long.toString(count)));
    }
}

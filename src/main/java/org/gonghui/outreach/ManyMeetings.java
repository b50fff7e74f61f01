package org.gonghui.outreach;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Meetings by the thousand, for generated cities. */
@Service
public class ManyMeetings {

    private static final int USUAL_MINUTES = 90;

    private final MeetingStore store;
    private final Audit audit;

    ManyMeetings(MeetingStore store, Audit audit) {
        this.store = store;
        this.audit = audit;
    }

    /**
     * A meeting as it is loaded with a whole city.
     *
     * @param kind a word of {@code Meeting.Kind}
     * @param level a word of {@code Meeting.Level}
     * @param people who came; empty for one that is announced and to come
     */
    public record Established(
            MeetingId id,
            UnionId union,
            String kind,
            String level,
            String title,
            String place,
            LocalDate on,
            LocalTime from,
            Optional<Integer> people,
            Money cost) {

        private Meeting meeting() {
            return new Meeting(
                    id,
                    union,
                    new Occasion(
                            Meeting.Kind.valueOf(kind),
                            Meeting.Level.valueOf(level),
                            title,
                            place,
                            from,
                            from.plusMinutes(USUAL_MINUTES)),
                    Optional.empty(),
                    on,
                    people.isPresent() ? Meeting.Stage.CLOSED : Meeting.Stage.ANNOUNCED,
                    Optional.empty(),
                    people.map(came -> new Meeting.Outcome(came, cost)),
                    "",
                    Optional.empty());
        }
    }

    /** Loads meetings with all that came of them, for generated cities. One audit row for all. */
    @Transactional
    public void establish(Actor platform, UnionSummary city, List<Established> all) {
        all.stream().map(Established::meeting).forEach(store::insert);
        audit.record(
                platform,
                "outreach.establish",
                city.id().value(),
                city.path(),
                Audit.facts("count", Integer.toString(all.size())));
    }
}

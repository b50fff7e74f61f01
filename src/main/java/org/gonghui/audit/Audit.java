package org.gonghui.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionPath;
import org.gonghui.kernel.Vitals;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The audit trail: written with the change it tells of, read by auditors over their part of the tree. */
@Service
public class Audit implements Vitals {

    /**
     * One command that was carried out.
     *
     * @param action what was done, as in message keys: {@code org.found}
     * @param subject the record it was done to
     * @param place where in the tree; empty for what concerns no union
     * @param facts names and counts that tell the change; never sealed data
     * @param number in the chain; empty until it is sealed
     */
    public record Entry(
            UUID id,
            Instant at,
            String actor,
            String action,
            Optional<UUID> subject,
            Optional<UnionPath> place,
            Map<String, String> facts,
            OptionalLong number) {

        /** Entries about people: their names are facts of the entry. */
        private static final Set<String> ABOUT_PEOPLE = Set.of("member", "enrolment", "joining", "transfer", "phone");

        private static final Set<String> NAMES = Set.of("name", "before", "note");

        /** How many people are on a list that somebody took along, or were entered at once. */
        private static final String PEOPLE = "count";

        private static final String LEFT_OUT = "＊";

        /** What people do about themselves: whoever did it is no officer. */
        private static final Set<String> BY_THEMSELVES = Set.of(
                "joining.send",
                "joining.withdraw",
                "member.claim",
                "member.phone",
                "phone.sign-in",
                "phone.move",
                "notice.choose",
                "notice.email",
                "notice.email.forget");

        /**
         * The entry for somebody who may not read the people of its place: of names only the first character stays, and of
         * how many they were nothing.
         */
        public Entry discreet() {
            boolean isAboutPeople = ABOUT_PEOPLE.contains(action.substring(0, action.indexOf('.')));
            if (!isAboutPeople && !isByPerson()) {
                return this;
            }
            Map<String, String> said = new LinkedHashMap<>(facts);
            said.replaceAll((fact, value) -> NAMES.contains(fact) ? initial(value) : value);
            said.computeIfPresent(PEOPLE, (fact, value) -> LEFT_OUT);
            return new Entry(id, at, isByPerson() ? initial(actor) : actor, action, subject, place, said, number);
        }

        private boolean isByPerson() {
            return BY_THEMSELVES.contains(action) || actor.equals(facts.get("name"));
        }

        private static String initial(String name) {
            return name.isEmpty() ? name : Character.toString(name.codePointAt(0)) + LEFT_OUT + LEFT_OUT;
        }
    }

    /**
     * What is looked for in the trail.
     *
     * @param under a part of the tree; of the whole city's, also what concerns no place
     * @param from the first moment
     * @param to the moment after the last
     * @param subject the first part of the actions; empty for all
     * @param actor the name of who did it; empty for anybody
     */
    public record Search(UnionPath under, Instant from, Instant to, String subject, String actor) {}

    /**
     * How far the trail is sealed.
     *
     * @param sealed entries in the chain
     * @param waiting entries that are not in it yet
     */
    public record State(long sealed, long waiting) {}

    private final AuditStore store;
    private final ChainStore chain;
    private final Clock clock;

    Audit(AuditStore store, ChainStore chain, Clock clock) {
        this.store = store;
        this.chain = chain;
        this.clock = clock;
    }

    /** Writes the row of one command in the transaction of the command itself: both are there or neither is. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Actor actor, String action, UUID subject, UnionPath place, Map<String, String> facts) {
        store.insert(Ids.next(clock), clock.instant(), actor, action, subject, place.value(), facts);
    }

    /** The same for a command that concerns no place in the tree: signing in, setting the city up. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Actor actor, String action, UUID subject, Map<String, String> facts) {
        store.insert(Ids.next(clock), clock.instant(), actor, action, subject, null, facts);
    }

    /** What was done to one record, newest first, as far as the actor may read it. */
    @Transactional(readOnly = true)
    public List<Entry> historyOf(UUID subject, Reach reach) {
        return store.historyOf(subject, reach);
    }

    /** How often and when one thing was done to one record, newest first, the last 500, whoever asks. */
    @Transactional(readOnly = true)
    public List<Entry> historyOf(UUID subject, String action) {
        return store.historyOf(subject, action);
    }

    /** Entries of the trail, newest first, as far as the actor may read it. */
    @Transactional(readOnly = true)
    public List<Entry> find(Search search, Reach reach, Optional<Mark> after, int most) {
        return store.find(search, reach, after, most);
    }

    /** How far the trail is sealed just now. */
    @Transactional(readOnly = true)
    public State state() {
        return new State(chain.head().number(), chain.tail().entries());
    }

    @Override
    @Transactional(readOnly = true)
    public List<Vital> vitals() {
        ChainStore.Tail tail = chain.tail();
        Instant now = clock.instant();
        Instant oldest = tail.oldest() == null ? now : tail.oldest();
        return List.of(
                new Vital("gonghui.audit.unsealed", "", tail.entries()),
                new Vital(
                        "gonghui.audit.unsealed.seconds",
                        "",
                        Math.max(0, Duration.between(oldest, now).toSeconds())));
    }

    /** The time of the last command; empty for a city in which nothing was done yet. */
    @Transactional(readOnly = true)
    public Optional<Instant> lastAt() {
        return store.lastAt();
    }

    /** Facts for the row's sentence, each a name and its value. */
    public static Map<String, String> facts(String... namesAndValues) {
        var facts = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            facts.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return facts;
    }
}

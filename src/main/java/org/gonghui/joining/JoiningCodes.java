package org.gonghui.joining;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people scan to join: the code of a union, or one that a union gave to a place of its own, such as a station, a
 * stall or a site, to see who came by it.
 */
@Service
public class JoiningCodes {

    /** Characters that a place's label may have at most. */
    public static final int LONGEST_LABEL = 30;

    /** Characters of a label that others may have too. */
    public static final int LONGEST_SHARED_LABEL = LONGEST_LABEL - " #999".length();

    private static final int MOST_ALIKE = 1_000;

    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String SIGNS = LETTERS + "23456789"; // none that is taken for another
    private static final int LENGTH = 7;

    /**
     * Where a code leads.
     *
     * @param label of the place; empty for a union's own code
     * @param ended true when nobody begins by it any more
     */
    public record Scanned(String code, UnionSummary union, String label, boolean ended) {}

    /**
     * A code that a union gave to a place.
     *
     * @param sent applications that came by it
     * @param joined those of them that were approved
     * @param endedAt empty while it can be scanned
     */
    public record Code(
            UUID id,
            String code,
            UnionId union,
            String label,
            Instant madeAt,
            Optional<Instant> endedAt,
            int sent,
            int joined) {}

    /** How many applied by a code, and how many of them are members now. */
    public record Came(long sent, long joined) {

        /** Nobody. */
        public static final Came NONE = new Came(0, 0);
    }

    /**
     * Somebody who came by a code.
     *
     * @param state {@code waiting, approved, refused, withdrawn}
     * @param takenBy who took them down at a stall; empty for who applied by a phone of their own
     */
    public record Brought(String name, String state, UnionId union, Instant at, String takenBy) {}

    private final JoiningCodeStore store;
    private final Unions unions;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    JoiningCodes(JoiningCodeStore store, Unions unions, Audit audit, Clock clock) {
        this.store = store;
        this.unions = unions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Where a code leads that was scanned or typed just now. */
    public Scanned scan(String typed) {
        Scanned scanned = find(typed);
        if (scanned.ended()) {
            throw new Refused(JoiningRefusal.CODE_ENDED);
        }
        return scanned;
    }

    /** Where a code led when it was scanned: who has begun goes on, even if it has ended since. */
    public Scanned find(String typed) {
        String code = read(typed);
        return unions.byCode(code)
                .map(union -> new Scanned(code, union, "", false))
                .or(() -> store.find(code)
                        .map(led -> new Scanned(code, unions.living(led.union()), led.label(), led.ended())))
                .orElseThrow(() -> new Refused(JoiningRefusal.NO_SUCH_CODE));
    }

    /** A code as it is kept, however it was typed. */
    static String read(String typed) {
        return CleanText.line(typed).toUpperCase(Locale.ROOT);
    }

    /** How many came by each of these codes; codes by which nobody came are left out. */
    @Transactional(readOnly = true)
    public Map<String, Came> came(Collection<String> given) {
        return given.isEmpty() ? Map.of() : store.came(given);
    }

    /** Who came by a code, the first to come first, of those whose applications the actor decides about. */
    @Transactional(readOnly = true)
    public List<Brought> brought(Actor actor, String code) {
        return store.brought(code, actor.reach(Right.MEMBER_APPROVE));
    }

    /** The codes that a union gave, those in use first. */
    @Transactional(readOnly = true)
    List<Code> given(Actor actor, UnionId union) {
        return store.given(unions.get(actor, union, Right.MEMBER_APPROVE).id());
    }

    /** Gives a place of a union a code of its own. */
    @Transactional
    public Code give(Actor actor, UnionId union, @Nullable String typedLabel) {
        var input = new Input();
        String label = input.name("label", typedLabel, LONGEST_LABEL);
        input.check();
        UnionSummary at = unions.get(actor, union, Right.MEMBER_APPROVE);
        if (!Joinings.takesApplications(at)) {
            throw new Refused(JoiningRefusal.CHOOSE_A_PLACE);
        }
        return insert(actor, at, label).orElseThrow(() -> new Refused(JoiningRefusal.LABEL_TAKEN, label));
    }

    /** The same with a label that others may have too: the second of a name is told from the first by a number. */
    @Transactional
    public Code giveLike(Actor actor, UnionId union, String label) {
        UnionSummary at = unions.get(actor, union, Right.MEMBER_APPROVE);
        return numbered(label)
                .flatMap(each -> insert(actor, at, each).stream())
                .findFirst()
                .orElseThrow(() -> new Refused(JoiningRefusal.LABEL_TAKEN, label));
    }

    /** Calls a code by another label, which others may have too; whoever moves what it is for has that on record. */
    @Transactional
    public void relabel(Actor actor, UUID id, String label) {
        Code given = one(actor, id);
        if (numbered(label).noneMatch(each -> store.relabel(given, each))) {
            throw new Refused(JoiningRefusal.LABEL_TAKEN, label);
        }
    }

    private static Stream<String> numbered(String label) {
        return IntStream.range(1, MOST_ALIKE).mapToObj(number -> number == 1 ? label : label + " #" + number);
    }

    private Optional<Code> insert(Actor actor, UnionSummary at, String label) {
        var given = new Code(Ids.next(clock), freshCode(), at.id(), label, clock.instant(), Optional.empty(), 0, 0);
        if (!store.insert(given)) {
            return Optional.empty();
        }
        audit.record(actor, "joining.code", given.id(), at.path(), Audit.facts("label", label, "code", given.code()));
        return Optional.of(given);
    }

    /** A code of the actor's. */
    @Transactional(readOnly = true)
    Code one(Actor actor, UUID id) {
        return store.one(id, actor.reach(Right.MEMBER_APPROVE))
                .orElseThrow(() -> new Refused(JoiningRefusal.NO_SUCH_CODE));
    }

    /** Ends a code: whoever scans it from now on is told so, whoever has begun goes on. */
    @Transactional
    public void end(Actor actor, UUID id) {
        Code given = one(actor, id);
        if (!store.end(id, clock.instant())) {
            return; // the same button, pressed twice
        }
        audit.record(
                actor,
                "joining.code-end",
                id,
                unions.get(actor, given.union(), Right.MEMBER_APPROVE).path(),
                Audit.facts("label", given.label(), "code", given.code()));
    }

    private String freshCode() {
        var code = new StringBuilder(LENGTH);
        code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        while (code.length() < LENGTH) {
            code.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return code.toString();
    }
}

package org.gonghui.org;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.jspecify.annotations.Nullable;

/**
 * What a file would found: each of its rows checked against the unions that there are and against the other rows, in
 * whatever order they stand.
 */
final class ImportPlan {

    /** What becomes of a row; the word is the message {@code org.import.outcome.<name>}. */
    enum Outcome {
        /** Founds a union. */
        NEW,
        /** Names a union that there is already; nothing is done. */
        THERE,
        /** Has faults. */
        BAD
    }

    /** Where a union can be founded: below one that there is, or below another row. */
    sealed interface Superior permits Standing, Line {
        String code();

        String name();

        String shortName();
    }

    /** A union that stands within the reach of whoever sent the file. */
    record Standing(
            UnionId id,
            String code,
            UnionKind kind,
            String name,
            String shortName,
            LocalDate foundedOn,
            UnionPath path,
            @Nullable UnionId parent,
            int childrenEver)
            implements Superior {}

    /**
     * What is to be said of a cell.
     *
     * @param key of the whole message
     */
    record Note(String column, String key, List<Object> facts) {}

    /** A row and what becomes of it. */
    static final class Line implements Superior {

        private final TreeFile.Row row;
        private final FoundingRules.Founding founding;
        private final List<Note> notes = new ArrayList<>();
        private @Nullable Standing there;
        private @Nullable Superior superior;
        private boolean settled;
        private int depth;

        private Line(TreeFile.Row row) {
            this.row = row;
            var input = new Input();
            founding = FoundingRules.read(input, row.founding());
            note(input);
            row.formulas().forEach(column -> note(column, "org.import.formula"));
        }

        TreeFile.Row row() {
            return row;
        }

        FoundingRules.Founding founding() {
            return founding;
        }

        /** Faults of a bad row, differences of one that is there already. */
        List<Note> notes() {
            return notes;
        }

        Outcome outcome() {
            return there != null ? Outcome.THERE : notes.isEmpty() ? Outcome.NEW : Outcome.BAD;
        }

        /** What a row that founds a union stands below: a union that there is, or another such row. */
        Superior superior() {
            Superior above = Objects.requireNonNull(superior);
            return above instanceof Line line && line.there != null ? line.there : above;
        }

        /** The union that there is, at the top of the rows above this one. */
        private Standing top() {
            Superior above = superior();
            while (above instanceof Line line) {
                above = line.superior();
            }
            return (Standing) above;
        }

        @Override
        public String code() {
            return row.text("code");
        }

        @Override
        public String name() {
            return row.text("name");
        }

        @Override
        public String shortName() {
            return row.text("short-name");
        }

        private void note(String column, String key, Object... facts) {
            notes.add(new Note(column, key, List.of(facts)));
        }

        private void note(Input input) {
            for (BadInput.Fault fault : input.faults()) {
                String column = COLUMN_OF.getOrDefault(fault.field(), fault.field());
                // A table shows no options to choose from.
                String key = fault.key().equals("no-such-choice") ? "org.import.kind-unknown" : "input." + fault.key();
                notes.add(new Note(column, key, fault.facts()));
            }
        }
    }

    private static final Map<String, String> COLUMN_OF = Map.of("shortName", "short-name", "foundedOn", "founded-on");
    private static final String CODE_FORM = "[0-9A-Za-z-]{1,20}";

    private final LocalDate today;
    private final Standing below;
    private final List<Line> lines;
    /** In an order in which each row follows the one it stands below. */
    private final List<Line> settled = new ArrayList<>();

    private final Map<UnionId, Standing> standing;
    private final Map<String, List<Superior>> byCode = new HashMap<>();
    private final Map<String, List<Superior>> byName = new HashMap<>();
    private final Map<UnionId, Map<String, Standing>> children = new HashMap<>();

    /**
     * Looks a file through.
     *
     * @param below the union below which rows that name no superior are founded
     * @param standing every union within the reach of whoever sent the file
     * @param taken the codes of the file that some union of the city has or had
     */
    ImportPlan(
            List<TreeFile.Row> rows,
            Standing below,
            Collection<Standing> standing,
            Set<String> taken,
            LocalDate today) {
        this.today = today;
        this.below = below;
        this.lines = rows.stream().map(Line::new).toList();
        this.standing = standing.stream().collect(Collectors.toMap(Standing::id, Function.identity()));
        checkCodes();
        Map<String, Standing> coded = standing.stream().collect(Collectors.toMap(Standing::code, Function.identity()));
        lines.forEach(line -> recognise(line, coded, taken));
        indexNames(standing);
        List<Line> open = lines.stream().filter(line -> line.there == null).toList();
        open.forEach(this::findSuperior);
        checkNames(open);
        settle(open);
        lines.stream().filter(line -> line.there != null).forEach(this::tellDifferences);
    }

    /** The union for which the file was sent. */
    Standing below() {
        return below;
    }

    List<Line> lines() {
        return lines;
    }

    /** The rows of one outcome, in the order of the file. */
    List<Line> lines(Outcome outcome) {
        return lines.stream().filter(line -> line.outcome() == outcome).toList();
    }

    /** The rows that found a union, each after the one it stands below. */
    List<Line> foundings() {
        return settled.stream().filter(line -> line.outcome() == Outcome.NEW).toList();
    }

    /** How many unions are founded below each one that there is, however deep, the one with most first. */
    Map<UnionId, Long> superiors() {
        Map<UnionId, Long> counts = foundings().stream()
                .collect(Collectors.groupingBy(line -> line.top().id(), Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<UnionId, Long>comparingByValue().reversed())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, LinkedHashMap::new));
    }

    private void checkCodes() {
        Map<String, List<Line>> byCodeTyped = lines.stream()
                .filter(line -> !line.row.text("code").isEmpty())
                .collect(Collectors.groupingBy(line -> line.row.text("code")));
        byCodeTyped.forEach((code, same) -> {
            if (!code.matches(CODE_FORM)) {
                same.forEach(line -> line.note("code", "org.import.code-form"));
            } else if (same.size() > 1) {
                tellTwins(same, "code", "org.import.code-twice");
            }
        });
    }

    private static void tellTwins(List<Line> same, String column, String key) {
        for (Line line : same) {
            Line other = line == same.getFirst() ? same.get(1) : same.getFirst();
            line.note(column, key, Integer.toString(other.row.number()));
        }
    }

    /** A row is known by its code; what else is wrong with it does not matter then. */
    private void recognise(Line line, Map<String, Standing> coded, Set<String> taken) {
        String code = line.row.text("code");
        boolean once = line.notes.stream().noneMatch(note -> note.column().equals("code"));
        if (once && coded.containsKey(code)) {
            there(line, Objects.requireNonNull(coded.get(code)));
        } else if (once && taken.contains(code)) {
            line.note("code", "org.import.code-taken");
        }
    }

    private static void there(Line line, Standing union) {
        line.there = union;
        line.notes.clear();
    }

    /** Who is named in a file is looked for among its rows first. */
    private void indexNames(Collection<Standing> standing) {
        for (Line line : lines) {
            Superior named = line.there != null ? line.there : line;
            add(byCode, line.row.text("code"), named);
            add(byName, line.name(), named);
        }
        Set<String> inFile = new HashSet<>(byName.keySet());
        for (Standing union : standing) {
            if (!byCode.containsKey(union.code())) {
                add(byCode, union.code(), union);
            }
            if (!inFile.contains(union.name())) {
                add(byName, union.name(), union);
            }
            if (union.parent() != null) {
                children.computeIfAbsent(union.parent(), id -> new HashMap<>()).put(union.name(), union);
            }
        }
    }

    private static void add(Map<String, List<Superior>> index, String key, Superior named) {
        if (!key.isEmpty()) {
            index.computeIfAbsent(key, empty -> new ArrayList<>()).add(named);
        }
    }

    private void findSuperior(Line line) {
        String code = line.row.text("superior-code");
        String name = line.row.text("superior");
        if (code.isEmpty() && name.isEmpty()) {
            line.superior = below;
            return;
        }
        String column = code.isEmpty() ? "superior" : "superior-code";
        List<Superior> known = code.isEmpty() ? meant(name, byName, byCode) : meant(code, byCode, byName);
        List<Superior> found = code.isEmpty() || name.isEmpty()
                ? known
                : known.stream().filter(union -> isMeant(union, name)).toList();
        if (known.isEmpty()) {
            line.note(column, "org.import.superior-unknown");
        } else if (found.isEmpty()) {
            line.note(
                    "superior", "org.import.superior-differs", known.getFirst().name());
        } else if (found.size() > 1) {
            line.note(column, "org.import.superior-several");
        } else {
            line.superior = found.getFirst();
        }
    }

    /** People put a code where a name is asked for and the other way round: what the column does not know may be that. */
    private static List<Superior> meant(
            String typed, Map<String, List<Superior>> asked, Map<String, List<Superior>> otherwise) {
        return asked.getOrDefault(typed, otherwise.getOrDefault(typed, List.of()));
    }

    private static boolean isMeant(Superior union, String typed) {
        return union.code().equals(typed)
                || union.name().equals(typed)
                || union.shortName().equals(typed);
    }

    private static void checkNames(List<Line> open) {
        Map<Superior, Map<String, List<Line>>> named = new HashMap<>();
        for (Line line : open) {
            if (line.superior != null && !line.name().isEmpty()) {
                named.computeIfAbsent(line.superior, each -> new HashMap<>())
                        .computeIfAbsent(line.name(), each -> new ArrayList<>())
                        .add(line);
            }
        }
        named.values().stream()
                .flatMap(names -> names.values().stream())
                .filter(same -> same.size() > 1)
                .forEach(same -> tellTwins(same, "name", "org.import.name-twice"));
    }

    /** Walks down from the unions that there are; rows that are not met stand below each other in a circle. */
    private void settle(List<Line> open) {
        Map<Superior, List<Line>> below = new HashMap<>();
        Deque<Line> next = new ArrayDeque<>();
        for (Line line : open) {
            if (line.superior instanceof Line above) {
                below.computeIfAbsent(above, each -> new ArrayList<>()).add(line);
            } else {
                next.add(line);
            }
        }
        while (!next.isEmpty()) {
            Line line = next.remove();
            line.settled = true;
            settled.add(line);
            if (line.superior != null) {
                checkPlace(line);
            }
            next.addAll(below.getOrDefault(line, List.of()));
        }
        open.stream().filter(line -> !line.settled).forEach(line -> line.note("superior", "org.import.circle"));
    }

    private void checkPlace(Line line) {
        switch (line.superior()) {
            case Standing union -> checkBelow(line, union);
            case Line above
            when above.outcome() == Outcome.BAD ->
                line.note("superior", "org.import.superior-bad", Integer.toString(above.row.number()));
            case Line above -> checkRules(line, above.founding.kind(), above.founding.foundedOn(), above.depth);
        }
    }

    private void checkBelow(Line line, Standing union) {
        Standing namesake = children.getOrDefault(union.id(), Map.of()).get(line.name());
        if (namesake != null && line.row.text("code").isEmpty()) {
            there(line, namesake);
            return;
        }
        if (namesake != null) {
            line.note("name", UnionRefusal.NAME_TAKEN.key(), line.name());
        }
        checkRules(line, union.kind(), union.foundedOn(), union.path().depth());
    }

    private void checkRules(Line line, UnionKind superior, LocalDate superiorFoundedOn, int superiorDepth) {
        line.depth = superiorDepth + 1;
        if (!line.notes.isEmpty()) {
            return; // what could not be read is no kind and no day
        }
        var input = new Input();
        FoundingRules.checkDay(input, line.founding, superiorFoundedOn, today);
        line.note(input);
        FoundingRules.refusal(line.founding.kind(), superior, superiorDepth)
                .ifPresent(why -> line.note("kind", why.key()));
    }

    /** What the file says otherwise than the record; an empty cell says nothing. */
    private void tellDifferences(Line line) {
        Standing union = Objects.requireNonNull(line.there);
        compare(line, "name", union.name());
        compare(line, "short-name", union.shortName());
        compare(line, "kind", union.kind().name());
        compare(line, "founded-on", union.foundedOn().toString());
        Standing superior = union.parent() == null ? null : standing.get(union.parent());
        if (superior != null) {
            compareSuperior(line, "superior-code", superior, superior.code());
            compareSuperior(line, "superior", superior, superior.name());
        }
    }

    private static void compareSuperior(Line line, String column, Superior superior, String onRecord) {
        if (!isMeant(superior, line.row.text(column))) {
            compare(line, column, onRecord);
        }
    }

    private static void compare(Line line, String column, String onRecord) {
        String typed = line.row.text(column);
        if (!typed.isEmpty() && !typed.equals(onRecord)) {
            line.note(column, "org.import.differs", onRecord);
        }
    }
}

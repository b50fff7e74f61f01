package org.gonghui.canvass;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.gonghui.employer.CreditCode;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.ManyEmployers;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Employment;
import org.gonghui.org.UnionSummary;

/**
 * What a table would come to: each of its rows read by the rules of the form, against what is on record and against the
 * other rows. An empty cell says nothing: what is on record stays.
 */
final class CanvassPlan {

    /**
     * What the rows are looked through with.
     *
     * @param streets in whose streets an employer may lie, by every word for them
     * @param here in whose streets rows lie that name none; empty where they have to say it
     * @param names what a union is called
     * @param forms of employment, regular employment first
     * @param by who sends the table
     */
    record World(
            Map<String, List<UnionSummary>> streets,
            Optional<UnionSummary> here,
            Function<UnionId, String> names,
            List<Employment> forms,
            LocalDate today,
            String by) {}

    private final World world;
    private final List<CanvassLine> lines;

    private CanvassPlan(World world, List<CanvassLine> lines) {
        this.world = world;
        this.lines = lines;
    }

    /** The rows with what they are looked for by: before it is known what is on record. */
    static CanvassPlan of(List<CanvassFile.Row> rows, World world) {
        var plan = new CanvassPlan(world, rows.stream().map(CanvassLine::new).toList());
        plan.lines.forEach(plan::begin);
        plan.tellTwins();
        return plan;
    }

    private void begin(CanvassLine line) {
        CanvassFile.Row row = line.row;
        row.formulas().forEach(column -> line.fault(column, "input.formula"));
        if (row.rounded()) {
            line.fault(CanvassFile.CODE, "canvass.code-rounded");
        } else {
            line.code = CreditCode.find(row.text(CanvassFile.CODE));
        }
        String typed = row.text(CanvassFile.STREET);
        List<UnionSummary> called = typed.isEmpty()
                ? world.here().stream().toList()
                : world.streets().getOrDefault(plain(typed), List.of());
        if (called.size() == 1) {
            line.street = called.getFirst();
        } else if (typed.isEmpty()) {
            line.fault(CanvassFile.STREET, "input.empty");
        } else {
            line.fault(CanvassFile.STREET, called.isEmpty() ? "canvass.no-such-street" : "input.several-unions");
        }
    }

    static String plain(String word) {
        return word.replace(" ", "");
    }

    /** Of the same code, or of the same name in the same street where a code is missing: one of them is too many. */
    private void tellTwins() {
        lines.stream()
                .filter(line -> line.code.isPresent())
                .collect(Collectors.groupingBy(line -> line.code))
                .values()
                .forEach(same -> tellTwins(same, CanvassFile.CODE, "canvass.code-twice"));
        Map<String, List<CanvassLine>> named = new HashMap<>();
        for (CanvassLine line : lines) {
            if (line.street != null && !line.row.text(CanvassFile.NAME).isEmpty()) {
                named.computeIfAbsent(place(line), each -> new ArrayList<>()).add(line);
            }
        }
        named.values().stream()
                .filter(same -> same.stream().anyMatch(line -> line.code.isEmpty()))
                .forEach(same -> tellTwins(same, CanvassFile.NAME, "canvass.name-twice"));
    }

    private static String place(CanvassLine line) {
        return Objects.requireNonNull(line.street).id() + "|" + line.row.text(CanvassFile.NAME);
    }

    private static void tellTwins(List<CanvassLine> same, String column, String key) {
        if (same.size() > 1) {
            for (CanvassLine line : same) {
                CanvassLine other = line == same.getFirst() ? same.get(1) : same.getFirst();
                line.fault(column, key, Integer.toString(other.row.number()));
            }
        }
    }

    /** By what the rows are looked for on record. */
    ManyEmployers.Sought sought() {
        return new ManyEmployers.Sought(
                codes(),
                lines.stream()
                        .map(line -> line.row.text(CanvassFile.NAME))
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList(),
                lines.stream()
                        .flatMap(line -> line.street().stream())
                        .map(UnionSummary::id)
                        .distinct()
                        .toList(),
                lines.stream()
                        .flatMap(line -> CanvassReading.day(line).stream())
                        .distinct()
                        .toList());
    }

    List<CreditCode> codes() {
        return lines.stream().flatMap(line -> line.code.stream()).distinct().toList();
    }

    /**
     * What becomes of the rows.
     *
     * @param known of the sought, whatever the actor keeps
     * @param taken codes that some employer of the city has
     * @param id gives ids to what will be on record
     */
    void look(List<ManyEmployers.Known> known, Set<CreditCode> taken, Supplier<UUID> id) {
        Map<CreditCode, ManyEmployers.Known> byCode = known.stream()
                .filter(each -> each.employer().code().isPresent())
                .collect(Collectors.toMap(each -> each.employer().code().orElseThrow(), Function.identity()));
        Map<String, List<ManyEmployers.Known>> byName = known.stream()
                .filter(each -> each.employer().closedOn().isEmpty())
                .collect(Collectors.groupingBy(
                        each -> each.employer().street() + "|" + each.employer().name()));
        for (CanvassLine line : lines) {
            recognise(line, byCode, byName, taken);
        }
        lines.stream()
                .filter(line -> line.known != null)
                .collect(Collectors.groupingBy(line -> line.known().orElseThrow()))
                .values()
                .forEach(same -> tellTwins(same, CanvassFile.NAME, "canvass.same-twice"));
        var reading = new CanvassReading(world, id);
        for (CanvassLine line : lines) {
            reading.read(line);
            if (line.known != null) {
                CanvassChanges.tell(line, line.known, Objects.requireNonNull(line.entry));
            }
            tellNamesake(line, byName);
        }
    }

    /** Two of one name in a street are two as long as both codes are known: as in the form. */
    private static void tellNamesake(CanvassLine line, Map<String, List<ManyEmployers.Known>> byName) {
        Employer after = Objects.requireNonNull(line.entry).employer();
        boolean taken = byName.getOrDefault(after.street() + "|" + after.name(), List.of()).stream()
                .map(ManyEmployers.Known::employer)
                .filter(other -> !other.id().equals(after.id()))
                .anyMatch(other -> other.code().isEmpty() || after.code().isEmpty());
        if (taken && line.known != null) {
            line.fault(CanvassFile.NAME, "refusal.employer.name-taken", after.name());
        }
    }

    /** A row is known by its code; without one, or where the record has none, by its name in its street. */
    private static void recognise(
            CanvassLine line,
            Map<CreditCode, ManyEmployers.Known> byCode,
            Map<String, List<ManyEmployers.Known>> byName,
            Set<CreditCode> taken) {
        ManyEmployers.Known coded = line.code.map(byCode::get).orElse(null);
        if (coded != null) {
            line.known = coded;
            return;
        }
        if (line.code.filter(taken::contains).isPresent()) {
            line.fault(
                    CanvassFile.CODE,
                    "refusal.employer.code-taken",
                    line.code.orElseThrow().text());
            return;
        }
        List<ManyEmployers.Known> named = line.street == null ? List.of() : byName.getOrDefault(place(line), List.of());
        List<ManyEmployers.Known> meant = line.code.isEmpty()
                ? named
                : named.stream()
                        .filter(each -> each.employer().code().isEmpty())
                        .toList();
        if (meant.size() > 1) {
            line.fault(CanvassFile.NAME, "canvass.several");
        } else if (!meant.isEmpty()) {
            line.known = meant.getFirst();
        }
    }

    List<CanvassLine> lines() {
        return lines;
    }

    /** The rows of one outcome, in the order of the file. */
    List<CanvassLine> lines(CanvassLine.Outcome outcome) {
        return lines.stream().filter(line -> line.outcome() == outcome).toList();
    }

    /** What is to be written. */
    List<ManyEmployers.Entry> entries() {
        return lines.stream()
                .filter(line ->
                        line.outcome() == CanvassLine.Outcome.NEW || line.outcome() == CanvassLine.Outcome.CHANGED)
                .map(line -> Objects.requireNonNull(line.entry))
                .toList();
    }

    /** Those on record, whose rows have to be held while it is written. */
    Collection<EmployerId> onRecord() {
        return lines.stream().flatMap(line -> line.known().stream()).distinct().toList();
    }

    /** What it would come to, in few signs: whoever confirms confirms what the page showed. */
    String fingerprint() {
        String all = lines.stream()
                .map(line -> line.row.number() + line.outcome().name() + line.notes())
                .collect(Collectors.joining("\n"));
        return Integer.toHexString(all.hashCode());
    }
}

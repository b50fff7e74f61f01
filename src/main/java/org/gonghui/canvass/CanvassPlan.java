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
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.gonghui.employer.CreditCode;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.EmployerRules;
import org.gonghui.employer.Employers;
import org.gonghui.employer.Headcount;
import org.gonghui.employer.ManyEmployers;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Employment;
import org.gonghui.member.PhoneNumber;
import org.gonghui.org.UnionSummary;
import org.jspecify.annotations.Nullable;

/**
 * What a table would come to: each of its rows read by the rules of the form, against what is on record and against the
 * other rows. An empty cell says nothing: what is on record stays.
 */
final class CanvassPlan {

    /** What becomes of a row; the word is {@code canvass.outcome.<name>}. */
    enum Outcome {
        /** Comes to be on record. */
        NEW,
        /** Is on record, and something about it changes. */
        CHANGED,
        /** Is on record as it says. */
        SAME,
        /** Has faults. */
        BAD
    }

    /** A word in whatever language the reader has. */
    record Word(String key) {}

    /**
     * What is to be said of a cell.
     *
     * @param key of the whole message
     */
    record Note(String column, String key, List<Object> facts) {}

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

    /** A row and what becomes of it. */
    static final class Line {

        private final CanvassFile.Row row;
        private final List<Note> notes = new ArrayList<>();
        private final List<Note> changes = new ArrayList<>();
        private Optional<CreditCode> code = Optional.empty();
        private @Nullable UnionSummary street;
        private ManyEmployers.@Nullable Known known;
        private ManyEmployers.@Nullable Entry entry;

        private Line(CanvassFile.Row row) {
            this.row = row;
        }

        CanvassFile.Row row() {
            return row;
        }

        /** Faults of a bad row, changes of one that is on record. */
        List<Note> notes() {
            return notes.isEmpty() ? changes : notes;
        }

        Outcome outcome() {
            if (!notes.isEmpty()) {
                return Outcome.BAD;
            }
            return known == null ? Outcome.NEW : changes.isEmpty() ? Outcome.SAME : Outcome.CHANGED;
        }

        /** The name as it will stand. */
        String name() {
            return entry == null ? row.text(CanvassFile.NAME) : entry.employer().name();
        }

        /** In whose streets it lies; empty where the row does not say it rightly. */
        Optional<UnionSummary> street() {
            return Optional.ofNullable(street);
        }

        /** The headcount that would be written. */
        Optional<Headcount> headcount() {
            return Optional.ofNullable(entry).flatMap(ManyEmployers.Entry::headcount);
        }

        /** The one on record. */
        Optional<EmployerId> known() {
            return Optional.ofNullable(known).map(each -> each.employer().id());
        }

        private void fault(String column, String key, Object... facts) {
            notes.add(new Note(column, key, List.of(facts)));
        }

        private void change(String column, String key, Object... facts) {
            changes.add(new Note(column, key, List.of(facts)));
        }
    }

    /** The fields of the forms that are called otherwise than the column. */
    private static final Map<String, String> COLUMN_OF = Map.of("countedOn", CanvassFile.COUNTED_ON);

    private final World world;
    private final List<Line> lines;

    private CanvassPlan(World world, List<Line> lines) {
        this.world = world;
        this.lines = lines;
    }

    /** The rows with what they are looked for by: before it is known what is on record. */
    static CanvassPlan of(List<CanvassFile.Row> rows, World world) {
        var plan = new CanvassPlan(world, rows.stream().map(Line::new).toList());
        plan.lines.forEach(plan::begin);
        plan.tellTwins();
        return plan;
    }

    private void begin(Line line) {
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
        Map<String, List<Line>> named = new HashMap<>();
        for (Line line : lines) {
            if (line.street != null && !line.row.text(CanvassFile.NAME).isEmpty()) {
                named.computeIfAbsent(place(line), each -> new ArrayList<>()).add(line);
            }
        }
        named.values().stream()
                .filter(same -> same.stream().anyMatch(line -> line.code.isEmpty()))
                .forEach(same -> tellTwins(same, CanvassFile.NAME, "canvass.name-twice"));
    }

    private static String place(Line line) {
        return Objects.requireNonNull(line.street).id() + "|" + line.row.text(CanvassFile.NAME);
    }

    private static void tellTwins(List<Line> same, String column, String key) {
        if (same.size() > 1) {
            for (Line line : same) {
                Line other = line == same.getFirst() ? same.get(1) : same.getFirst();
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
                lines.stream().flatMap(line -> day(line).stream()).distinct().toList());
    }

    List<CreditCode> codes() {
        return lines.stream().flatMap(line -> line.code.stream()).distinct().toList();
    }

    private static Optional<LocalDate> day(Line line) {
        var input = new Input();
        LocalDate day = input.day("day", line.row.text(CanvassFile.COUNTED_ON));
        return input.faults().isEmpty() ? Optional.of(day) : Optional.empty();
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
        for (Line line : lines) {
            recognise(line, byCode, byName, taken);
        }
        lines.stream()
                .filter(line -> line.known != null)
                .collect(Collectors.groupingBy(line -> line.known().orElseThrow()))
                .values()
                .forEach(same -> tellTwins(same, CanvassFile.NAME, "canvass.same-twice"));
        for (Line line : lines) {
            read(line, id);
            tellNamesake(line, byName);
        }
    }

    /** Two of one name in a street are two as long as both codes are known: as in the form. */
    private static void tellNamesake(Line line, Map<String, List<ManyEmployers.Known>> byName) {
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
            Line line,
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

    private void read(Line line, Supplier<UUID> id) {
        CanvassFile.Row row = line.row;
        Optional<Employer> before = Optional.ofNullable(line.known).map(ManyEmployers.Known::employer);
        before.filter(employer -> employer.closedOn().isPresent())
                .ifPresent(closed -> line.fault(CanvassFile.NAME, "refusal.employer.closed", closed.name()));
        before.filter(employer -> line.street != null && !employer.street().equals(line.street.id()))
                .ifPresent(elsewhere -> line.fault(
                        CanvassFile.STREET,
                        "canvass.other-street",
                        world.names().apply(elsewhere.street())));
        var input = new Input();
        String code = row.rounded()
                ? ""
                : or(row, CanvassFile.CODE, before.flatMap(Employer::code).map(CreditCode::text));
        Employer employer = EmployerRules.read(
                input,
                before.map(Employer::id).orElseGet(() -> new EmployerId(id.get())),
                before.map(Employer::street)
                        .orElse(line.street == null ? new UnionId(new UUID(0, 0)) : line.street.id()),
                new Employers.Typed(
                        or(row, CanvassFile.NAME, before.map(Employer::name)),
                        code,
                        or(row, "address", before.map(Employer::address)),
                        or(
                                row,
                                CanvassFile.TRADE,
                                before.map(each -> each.trade().name())),
                        or(
                                row,
                                CanvassFile.OWNERSHIP,
                                before.map(each -> each.ownership().name())),
                        "",
                        "",
                        ""));
        Optional<Headcount> headcount = headcount(line, input, id);
        Optional<ManyEmployers.NewContact> contact = contact(line, input);
        for (BadInput.Fault fault : input.faults()) {
            String column = COLUMN_OF.getOrDefault(fault.field(), fault.field());
            // A table shows no options to choose from.
            String key = fault.key().equals("no-such-choice") ? "canvass.unknown." + column : "input." + fault.key();
            line.notes.add(new Note(column, key, fault.facts()));
        }
        line.entry = new ManyEmployers.Entry(employer, before.isEmpty(), headcount, contact);
        if (line.known != null) {
            tellChanges(line, line.known, line.entry);
        }
    }

    private static String or(CanvassFile.Row row, String column, Optional<String> before) {
        String typed = row.text(column);
        return typed.isEmpty() ? before.orElse("") : typed;
    }

    /** The headcount that the row has, unless one that says the same is on record. */
    private Optional<Headcount> headcount(Line line, Input input, Supplier<UUID> id) {
        CanvassFile.Row row = line.row;
        Map<String, String> byForm = new TreeMap<>();
        world.forms().stream()
                .skip(1)
                .map(Employment::code)
                .filter(form -> !row.text(form).isEmpty())
                .forEach(form -> byForm.put(form, row.text(form)));
        String workers = row.text(CanvassFile.WORKERS);
        String women = row.text("women");
        if (workers.isEmpty()) {
            if (!women.isEmpty() || !byForm.isEmpty()) {
                input.fault(CanvassFile.WORKERS, "empty");
            }
            return Optional.empty();
        }
        if (row.text(CanvassFile.COUNTED_ON).isEmpty()) {
            input.fault(CanvassFile.COUNTED_ON, "empty");
            return Optional.empty();
        }
        Headcount said = EmployerRules.headcount(
                input,
                id.get(),
                world.forms(),
                world.today(),
                world.by(),
                new Employers.Count(row.text(CanvassFile.COUNTED_ON), workers, women, byForm));
        Optional<Headcount> before = sameDay(line, said.countedOn());
        if (before.isEmpty() || before.get().workers() != said.workers()) {
            return Optional.of(said);
        }
        // Of as many workers, what the row leaves empty is as it was counted.
        var whole = new Headcount(
                said.id(),
                said.countedOn(),
                said.workers(),
                women.isEmpty() ? before.get().women() : said.women(),
                byForm.isEmpty() ? before.get().byForm() : said.byForm(),
                said.recordedBy());
        boolean same = Objects.equals(whole.women(), before.get().women())
                && whole.byForm().equals(before.get().byForm());
        return same ? Optional.empty() : Optional.of(whole);
    }

    private static Optional<Headcount> sameDay(Line line, LocalDate day) {
        return line.known == null
                ? Optional.empty()
                : line.known.headcounts().stream()
                        .filter(each -> each.countedOn().equals(day))
                        .findFirst();
    }

    /** Somebody to speak with, unless they are in the file with this number. */
    private static Optional<ManyEmployers.NewContact> contact(Line line, Input input) {
        String typedPhone = line.row.text(CanvassFile.PHONE);
        String name = input.optionalName(CanvassFile.CONTACT, line.row.text(CanvassFile.CONTACT), LONGEST_CONTACT);
        Optional<PhoneNumber> phone = PhoneNumber.read(typedPhone);
        if (phone.isEmpty() && !typedPhone.isEmpty()) {
            input.fault(CanvassFile.PHONE, "phone");
        }
        if (name.isEmpty()) {
            if (!typedPhone.isEmpty()) {
                input.fault(CanvassFile.CONTACT, "empty");
            }
            return Optional.empty();
        }
        Optional<ManyEmployers.Contact> before = line.known == null
                ? Optional.empty()
                : line.known.contacts().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst();
        boolean same =
                before.isPresent() && (phone.isEmpty() || before.get().phone().equals(phone));
        return same
                ? Optional.empty()
                : Optional.of(new ManyEmployers.NewContact(before.map(ManyEmployers.Contact::id), name, phone));
    }

    private static final int LONGEST_CONTACT = 40;

    private static void tellChanges(Line line, ManyEmployers.Known known, ManyEmployers.Entry entry) {
        Employer before = known.employer();
        Employer after = entry.employer();
        differs(line, CanvassFile.NAME, before.name(), after.name());
        differs(line, CanvassFile.CODE, text(before), text(after));
        differs(line, "address", before.address(), after.address());
        if (before.trade() != after.trade()) {
            line.change(
                    CanvassFile.TRADE,
                    "canvass.changes",
                    new Word("employer.trade." + before.trade()),
                    new Word("employer.trade." + after.trade()));
        }
        if (before.ownership() != after.ownership()) {
            line.change(
                    CanvassFile.OWNERSHIP,
                    "canvass.changes",
                    new Word("employer.ownership." + before.ownership()),
                    new Word("employer.ownership." + after.ownership()));
        }
        entry.headcount().ifPresent(count -> tellCount(line, before, count));
        entry.contact()
                .ifPresent(contact -> line.change(
                        CanvassFile.CONTACT,
                        contact.inPlaceOf().isPresent() ? "canvass.phone-changes" : "canvass.contact-new",
                        contact.name()));
    }

    private static String text(Employer employer) {
        return employer.code().map(CreditCode::text).orElse("");
    }

    private static void differs(Line line, String column, String before, String after) {
        if (!before.equals(after)) {
            if (before.isEmpty()) {
                line.change(column, "canvass.fills-in", after);
            } else {
                line.change(column, "canvass.changes", before, after);
            }
        }
    }

    private static void tellCount(Line line, Employer before, Headcount count) {
        String workers = Integer.toString(count.workers());
        String on = count.countedOn().toString();
        Optional<Headcount> sameDay = sameDay(line, count.countedOn());
        if (sameDay.isPresent()) {
            line.change(
                    CanvassFile.WORKERS,
                    "canvass.count-again",
                    on,
                    Integer.toString(sameDay.get().workers()),
                    workers);
        } else if (before.staff().isEmpty()) {
            line.change(CanvassFile.WORKERS, "canvass.count-first", workers, on);
        } else if (before.staff().get().countedOn().isBefore(count.countedOn())) {
            line.change(
                    CanvassFile.WORKERS,
                    "canvass.count-newer",
                    Integer.toString(before.workers()),
                    before.staff().get().countedOn().toString(),
                    workers,
                    on);
        } else {
            line.change(CanvassFile.WORKERS, "canvass.count-older", workers, on);
        }
    }

    List<Line> lines() {
        return lines;
    }

    /** The rows of one outcome, in the order of the file. */
    List<Line> lines(Outcome outcome) {
        return lines.stream().filter(line -> line.outcome() == outcome).toList();
    }

    /** What is to be written. */
    List<ManyEmployers.Entry> entries() {
        return lines.stream()
                .filter(line -> line.outcome() == Outcome.NEW || line.outcome() == Outcome.CHANGED)
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

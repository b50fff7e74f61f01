package org.gonghui.canvass;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
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

/** One row by the rules of the form, beside what is on record of its employer: an empty cell says nothing. */
final class CanvassReading {

    private static final int LONGEST_CONTACT = 40;

    /** The fields of the forms that are called otherwise than the column. */
    private static final Map<String, String> COLUMN_OF = Map.of("countedOn", CanvassFile.COUNTED_ON);

    private final CanvassPlan.World world;
    private final Supplier<UUID> id;

    /**
     * @param id gives ids to what will be on record
     */
    CanvassReading(CanvassPlan.World world, Supplier<UUID> id) {
        this.world = world;
        this.id = id;
    }

    /** The day of its headcount, where it has one. */
    static Optional<LocalDate> day(CanvassLine line) {
        var input = new Input();
        LocalDate day = input.day("day", line.row.text(CanvassFile.COUNTED_ON));
        return input.faults().isEmpty() ? Optional.of(day) : Optional.empty();
    }

    /** Reads a row: its faults, and what would be written of it. */
    void read(CanvassLine line) {
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
        Optional<Headcount> headcount = headcount(line, input);
        Optional<ManyEmployers.NewContact> contact = contact(line, input);
        for (BadInput.Fault fault : input.faults()) {
            String column = COLUMN_OF.getOrDefault(fault.field(), fault.field());
            // A table shows no options to choose from.
            String key = fault.key().equals("no-such-choice") ? "canvass.unknown." + column : "input." + fault.key();
            line.fault(new CanvassLine.Note(column, key, fault.facts()));
        }
        line.entry = new ManyEmployers.Entry(employer, before.isEmpty(), headcount, contact);
    }

    private static String or(CanvassFile.Row row, String column, Optional<String> before) {
        String typed = row.text(column);
        return typed.isEmpty() ? before.orElse("") : typed;
    }

    /** The headcount that the row has, unless one that says the same is on record. */
    private Optional<Headcount> headcount(CanvassLine line, Input input) {
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
        Optional<Headcount> before = line.sameDay(said.countedOn());
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

    /** Somebody to speak with, unless they are in the file with this number. */
    private static Optional<ManyEmployers.NewContact> contact(CanvassLine line, Input input) {
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
}

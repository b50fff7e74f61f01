package org.gonghui.employer;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.member.PhoneNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What stands in an employer's file (一企一档): whom to speak with, and its service package (一企一策). */
@Service
public class EmployerFiles {

    private static final int LONGEST_NAME = 40;

    /** Characters that a line of the service package may have at most. */
    public static final int LONGEST_TEXT = 300;

    /**
     * Somebody to speak with.
     *
     * @param phone masked; empty for none
     */
    record Contact(UUID id, String name, String post, String phone) {}

    /** A contact as typed. */
    record NewContact(
            @Nullable String name,
            @Nullable String post,
            @Nullable String phone) {}

    /**
     * A service of an employer's package (一企一策): asked for, promised, done.
     *
     * @param promised empty as long as nothing is
     * @param done empty as long as it is not
     */
    record EmployerService(
            UUID id,
            String asked,
            LocalDate askedOn,
            String promised,
            Optional<LocalDate> promisedBy,
            String done,
            Optional<LocalDate> doneOn) {

        boolean isLate(LocalDate today) {
            return doneOn.isEmpty() && promisedBy.filter(today::isAfter).isPresent();
        }
    }

    private final EmployerStore employers;
    private final EmployerFileStore store;
    private final Audit audit;
    private final Clock clock;

    EmployerFiles(EmployerStore employers, EmployerFileStore store, Audit audit, Clock clock) {
        this.employers = employers;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whom to speak with at an employer. */
    @Transactional(readOnly = true)
    List<Contact> contacts(Employer employer) {
        return store.contacts(employer.id()).stream()
                .map(each -> new Contact(
                        each.id(),
                        each.name(),
                        each.post(),
                        each.phone().map(PhoneNumber::masked).orElse("")))
                .toList();
    }

    /** What an employer asked for, the latest first. */
    @Transactional(readOnly = true)
    List<EmployerService> services(Employer employer) {
        return store.services(employer.id());
    }

    /** What was done to an employer's file, newest first. */
    @Transactional(readOnly = true)
    List<Audit.Entry> history(Actor actor, Employer employer) {
        return audit.historyOf(employer.id().value(), actor.reach(Right.EMPLOYER_READ));
    }

    /** Writes down somebody to speak with; sent twice, once. */
    @Transactional
    void addContact(Actor actor, EmployerId id, UUID proposed, NewContact typed) {
        var input = new Input();
        String name = input.name("name", typed.name(), LONGEST_NAME);
        String post = input.optionalName("post", typed.post(), LONGEST_NAME);
        Optional<PhoneNumber> phone = PhoneNumber.read(typed.phone() == null ? "" : typed.phone());
        if (phone.isEmpty() && !CleanText.line(typed.phone()).isEmpty()) {
            input.fault("phone", "phone");
        }
        input.check();
        EmployerStore.Locked locked = locked(actor, id);
        if (store.insertContact(id, new EmployerFileStore.Contact(proposed, name, post, phone))) {
            record(actor, locked, "employer.contact", "contact", post);
        }
    }

    /** Takes somebody out of the file. */
    @Transactional
    void endContact(Actor actor, EmployerId id, UUID contact) {
        EmployerStore.Locked locked = locked(actor, id);
        String post = store.endContact(id, contact).orElseThrow(EmployerFiles::noSuchLine);
        record(actor, locked, "employer.contact-end", "contact", post);
    }

    /** The whole phone number of somebody to speak with, to be rung up; who looked is on record. */
    @Transactional
    String phone(Actor actor, EmployerId id, UUID contact) {
        EmployerStore.Locked locked = locked(actor, id);
        EmployerFileStore.Contact found = store.contacts(id).stream()
                .filter(each -> each.id().equals(contact))
                .findFirst()
                .orElseThrow(EmployerFiles::noSuchLine);
        record(actor, locked, "employer.contact-look", "contact", found.post());
        return found.phone().map(PhoneNumber::text).orElse("");
    }

    /** Writes down what an employer asked for; sent twice, once. */
    @Transactional
    public void ask(Actor actor, EmployerId id, UUID proposed, @Nullable String typed) {
        var input = new Input();
        String asked = input.text("asked", typed, LONGEST_TEXT);
        input.check();
        EmployerStore.Locked locked = locked(actor, id);
        if (store.insertService(id, proposed, asked, LocalDate.now(clock))) {
            record(actor, locked, "employer.asked");
        }
    }

    /** Writes down what the union promised, and by when. */
    @Transactional
    void promise(Actor actor, EmployerId id, UUID service, @Nullable String typed, @Nullable String typedBy) {
        var input = new Input();
        String promised = input.text("promised", typed, LONGEST_TEXT);
        LocalDate today = LocalDate.now(clock);
        LocalDate by = input.dayWithin("promisedBy", typedBy, today, today.plusYears(2));
        input.check();
        EmployerStore.Locked locked = locked(actor, id);
        if (!store.promise(id, service, promised, by)) {
            throw noSuchLine();
        }
        record(actor, locked, "employer.promised", "on", by.toString());
    }

    /** Writes down what was done. */
    @Transactional
    void fulfil(Actor actor, EmployerId id, UUID service, @Nullable String typed) {
        var input = new Input();
        String done = input.text("done", typed, LONGEST_TEXT);
        input.check();
        EmployerStore.Locked locked = locked(actor, id);
        if (!store.fulfil(id, service, done, LocalDate.now(clock))) {
            throw noSuchLine();
        }
        record(actor, locked, "employer.done");
    }

    private EmployerStore.Locked locked(Actor actor, EmployerId id) {
        EmployerStore.Locked locked = employers
                .lock(id, actor.reach(Right.EMPLOYER_EDIT))
                .orElseThrow(() -> new Refused(EmployerRefusal.NO_SUCH_EMPLOYER));
        if (locked.employer().closedOn().isPresent()) {
            throw new Refused(EmployerRefusal.CLOSED, locked.employer().name());
        }
        return locked;
    }

    private static Refused noSuchLine() {
        return new Refused(EmployerRefusal.NO_SUCH_LINE);
    }

    private void record(Actor actor, EmployerStore.Locked locked, String action, String... facts) {
        audit.record(actor, action, locked.employer().id().value(), locked.place(), Audit.facts(facts));
    }
}

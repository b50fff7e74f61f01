package org.gonghui.employer;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.member.PhoneNumber;
import org.gonghui.org.UnionSummary;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Employers by the thousand: what is on record of those that a table names, and writing them at once. */
@Service
public class ManyEmployers {

    /**
     * An employer on record.
     *
     * @param headcounts of the days that were asked for
     */
    public record Known(Employer employer, List<Headcount> headcounts, List<Contact> contacts) {}

    /** Somebody to speak with. */
    public record Contact(UUID id, String name, Optional<PhoneNumber> phone) {}

    /**
     * What employers are looked for by: code, or name within one of these streets.
     *
     * @param days of which headcounts are wanted
     */
    public record Sought(
            Collection<CreditCode> codes,
            Collection<String> names,
            Collection<UnionId> streets,
            Collection<LocalDate> days) {}

    /**
     * What is to be written of an employer.
     *
     * @param employer as it shall stand; union and end stay as they are
     * @param fresh true for one that is not on record
     * @param headcount takes the place of one of the same day
     * @param contact takes the place of the one of this name
     */
    public record Entry(
            Employer employer, boolean fresh, Optional<Headcount> headcount, Optional<NewContact> contact) {}

    /**
     * Somebody to speak with, to be written down.
     *
     * @param inPlaceOf whose number changes; empty for somebody new
     */
    public record NewContact(Optional<UUID> inPlaceOf, String name, Optional<PhoneNumber> phone) {}

    /**
     * An employer as it is loaded with a whole city.
     *
     * @param employer with its headcount
     * @param byForm of the headcount, by the code of the form of employment
     */
    public record Established(Employer employer, Map<String, Integer> byForm) {}

    private final ManyEmployersStore store;
    private final EmployerFileStore files;
    private final Members members;
    private final Audit audit;
    private final Clock clock;

    ManyEmployers(ManyEmployersStore store, EmployerFileStore files, Members members, Audit audit, Clock clock) {
        this.store = store;
        this.files = files;
        this.members = members;
        this.audit = audit;
        this.clock = clock;
    }

    /** The forms of employment, regular employment first. */
    public List<Employment> employments() {
        return members.employments();
    }

    /** Those of the sought that the actor keeps, closed ones too. */
    @Transactional(readOnly = true)
    public List<Known> known(Actor actor, Sought sought) {
        List<Employer> found = store.sought(sought, actor.reach(Right.EMPLOYER_EDIT));
        List<EmployerId> ids = found.stream().map(Employer::id).toList();
        Map<EmployerId, List<Headcount>> headcounts = store.headcounts(ids, sought.days());
        Map<EmployerId, List<EmployerFileStore.Contact>> contacts = files.contactsOf(ids);
        return found.stream()
                .map(employer -> new Known(
                        employer,
                        headcounts.getOrDefault(employer.id(), List.of()),
                        contacts.getOrDefault(employer.id(), List.of()).stream()
                                .map(each -> new Contact(each.id(), each.name(), each.phone()))
                                .toList()))
                .toList();
    }

    /** Which of these codes some employer of the city has, whoever keeps it. */
    @Transactional(readOnly = true)
    public Set<CreditCode> taken(Collection<CreditCode> codes) {
        return store.taken(codes);
    }

    /** Locks employers to the end of the transaction, in the order in which everybody locks several. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(Collection<EmployerId> ids) {
        store.lock(ids);
    }

    /**
     * Writes them all, or none; those on record are held by the caller.
     *
     * @throws Refused when a fresh one has come to be on record meanwhile, or one lies outside the actor's part of the tree
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void enter(Actor actor, List<Entry> entries) {
        List<Employer> fresh =
                entries.stream().filter(Entry::fresh).map(Entry::employer).toList();
        List<Employer> known = entries.stream()
                .filter(entry -> !entry.fresh())
                .map(Entry::employer)
                .toList();
        if (store.insert(fresh, actor.reach(Right.EMPLOYER_EDIT)) < fresh.size()
                || store.update(known, actor.reach(Right.EMPLOYER_EDIT)) < known.size()) {
            throw new Refused(EmployerRefusal.ENTERED_MEANWHILE);
        }
        store.putHeadcounts(
                entries.stream().filter(entry -> entry.headcount().isPresent()).toList());
        for (Entry entry : entries) {
            entry.contact().ifPresent(contact -> put(entry.employer().id(), contact));
        }
    }

    private void put(EmployerId employer, NewContact contact) {
        String post = contact.inPlaceOf()
                .flatMap(before -> files.endContact(employer, before))
                .orElse("");
        files.insertContact(
                employer, new EmployerFileStore.Contact(Ids.next(clock), contact.name(), post, contact.phone()));
    }

    /** Loads many employers, each with its headcount, for generated cities. One audit row for all. */
    @Transactional
    public void establish(Actor platform, UnionSummary city, List<Established> employers) {
        store.load(employers, platform.name());
        audit.record(
                platform,
                "employer.establish",
                city.id().value(),
                city.path(),
                Audit.facts("count", Integer.toString(employers.size())));
    }
}

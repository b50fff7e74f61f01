package org.gonghui.founding;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gonghui.access.Appointments;
import org.gonghui.audit.Audit;
import org.gonghui.employer.Employer;
import org.gonghui.employer.Employers;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Counters;
import org.gonghui.org.Places;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The superior union approves: in one transaction the union stands in the tree, its elected officers are on record and have
 * their appointments, the employers' workers belong to it, and it is counted.
 */
@Service
public class ApproveFounding {

    /**
     * A link for somebody who signs in for the first time, shown once.
     *
     * @param path of the address
     */
    public record Invited(String name, String login, String path) {}

    /** What came of it. */
    public record Approved(UnionId union, List<Invited> invited) {}

    private final Foundings foundings;
    private final FoundingStore store;
    private final Employers employers;
    private final Unions unions;
    private final Places places;
    private final Appointments appointments;
    private final Counters counters;
    private final Audit audit;
    private final Clock clock;

    ApproveFounding(
            Foundings foundings,
            FoundingStore store,
            Employers employers,
            Unions unions,
            Places places,
            Appointments appointments,
            Counters counters,
            Audit audit,
            Clock clock) {
        this.foundings = foundings;
        this.store = store;
        this.employers = employers;
        this.unions = unions;
        this.places = places;
        this.appointments = appointments;
        this.counters = counters;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Approves an application; approved twice, it is approved once.
     *
     * @param seen when the application was sent that the page showed: {@link Founding#stageAt}
     * @param logins by the officer's id, the sign-in name as it stands in the form of the approval; an empty one gives no
     *     appointment
     */
    @Transactional
    public Approved approve(Actor actor, FoundingId id, @Nullable String seen, Map<String, String> logins) {
        places.hold();
        FoundingStore.Locked locked = foundings.lockedToDecide(actor, id);
        Founding founding = locked.founding();
        if (founding.approval().isPresent()) {
            return new Approved(founding.approval().get().union(), List.of());
        }
        Foundings.refuseUnseen(founding, seen);
        Founding.Application application = founding.application().orElseThrow();
        List<Employer> held =
                store.employers(id).stream().map(employers::holdNamed).toList();
        ApplicationRules.check(ApplicationRules.ofEmployers(founding.joint(), held));
        LocalDate today = LocalDate.now(clock);
        UnionSummary superior = unions.living(application.superior());
        UnionId union = unions.found(
                actor,
                superior.id(),
                new UnionId(Ids.next(clock)),
                new Unions.Founding(
                        application.name(),
                        application.shortName(),
                        Foundings.kind(founding).name(),
                        today.toString(),
                        ""));
        List<Invited> invited = take(actor, union, store.officers(id), logins);
        int workers = held.stream().mapToInt(Employer::workers).sum();
        FoundingClass foundingClass = founding.joint()
                ? FoundingClass.JOINT
                : FoundingClass.separate(held.getFirst().ownership(), workers);
        store.approve(id, new Founding.Approval(union, today, foundingClass, workers), actor);
        for (Employer each : held) {
            employers.founded(actor, each.id(), union);
        }
        store.setOpen(id, false);
        counters.changed(
                FoundingMeasures.COUNTERS, unions.named(union).orElse(superior).path(), today);
        audit.record(
                actor,
                "founding.approve",
                id.value(),
                locked.place(),
                Audit.facts("name", application.name(), "workers", Integer.toString(workers)));
        foundings.decided(actor, founding, Optional.empty());
        return new Approved(union, invited);
    }

    /** The elected take office: on record for all, an appointment for those who work at the desk. */
    private List<Invited> take(
            Actor actor, UnionId union, List<Founding.Officer> officers, Map<String, String> logins) {
        List<Invited> invited = new ArrayList<>();
        Map<Founding.Officer, String> wanted = Officers.logins(officers, logins);
        for (Founding.Officer officer : officers) {
            unions.addStaff(
                    actor,
                    union,
                    officer.id(),
                    new Unions.NewStaff(
                            officer.position(),
                            officer.name(),
                            "",
                            LocalDate.now(clock).toString()));
        }
        // By sign-in name: two approvals that want the same ones wait for each other in one order.
        wanted.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .sorted(Map.Entry.comparingByValue())
                .forEach(each -> {
                    String name = each.getKey().name();
                    Optional<String> link = appointments.elected(actor, union, each.getValue(), name);
                    link.ifPresent(path -> invited.add(new Invited(name, each.getValue(), path)));
                });
        return invited;
    }
}

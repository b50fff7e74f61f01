package org.gonghui.notice;

import java.util.List;
import java.util.Set;
import org.gonghui.access.Appointed;
import org.gonghui.access.AppointmentEnded;
import org.gonghui.access.Appointments;
import org.gonghui.access.CredentialsChanged;
import org.gonghui.founding.FoundingApplied;
import org.gonghui.founding.FoundingDecided;
import org.gonghui.handover.HandedOver;
import org.gonghui.joining.ApplicationDecided;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.measure.RecountDiffered;
import org.gonghui.member.MemberTransferred;
import org.gonghui.org.ReorganisationFailed;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happens elsewhere and whom it concerns. Heard within the transaction of the fact: the notice is there when the
 * fact is, and the outbox needs no second one before it (decision 18).
 */
@Component
class Telling {

    private static final String ME = "/me";
    private static final String DESK = "/desk";

    private final Notices notices;
    private final Appointments appointments;
    private final Unions unions;

    Telling(Notices notices, Appointments appointments, Unions unions) {
        this.notices = notices;
        this.appointments = appointments;
        this.unions = unions;
    }

    /** Whoever applied is told what was decided. */
    @EventListener
    @Transactional
    public void decided(ApplicationDecided event) {
        Notice.Kind kind = switch (event.outcome()) {
            case APPROVED -> Notice.Kind.APPROVED;
            case REFUSED -> Notice.Kind.REFUSED;
            case UNDONE -> Notice.Kind.UNDONE;
        };
        event.applicant()
                .ifPresent(applicant ->
                        notices.tell(applicant, kind, event.decision(), List.of(name(event.at()), event.reason()), ME));
    }

    /** Whoever may decide is told that something waits; whoever applied knows. */
    @EventListener
    @Transactional
    public void foundingApplied(FoundingApplied event) {
        unions
                .named(event.superior())
                .map(superior -> appointments.nearest(Set.of(Right.UNION_FOUND, Right.EMPLOYER_READ), superior.path()))
                .orElse(List.of())
                .stream()
                .filter(account -> event.applicant().filter(account::equals).isEmpty())
                .forEach(account -> notices.tell(
                        account,
                        Notice.Kind.FOUNDING_APPLIED,
                        event.application(),
                        List.of(event.name(), name(event.street()), name(event.superior())),
                        "/desk/foundings/of/" + event.founding()));
    }

    /** Whoever applied for a founding is told what became of it. */
    @EventListener
    @Transactional
    public void foundingDecided(FoundingDecided event) {
        notices.tell(
                event.applicant(),
                event.rejectedFor().isEmpty() ? Notice.Kind.FOUNDING_APPROVED : Notice.Kind.FOUNDING_REJECTED,
                event.decision(),
                List.of(
                        event.name(),
                        name(event.superior()),
                        event.rejectedFor().orElse("")),
                "/desk/foundings/of/" + event.founding());
    }

    /** A member is told to whom they belong now. */
    @EventListener
    @Transactional
    public void transferred(MemberTransferred event) {
        notices.tell(
                event.account(),
                Notice.Kind.TRANSFERRED,
                event.change(),
                List.of(name(event.from()), name(event.to())),
                ME);
    }

    /** Staff are told of a role. */
    @EventListener
    @Transactional
    public void appointed(Appointed event) {
        notices.tell(
                event.account(),
                Notice.Kind.APPOINTED,
                event.appointment(),
                List.of("access.role." + event.role(), name(event.union())),
                DESK);
    }

    /** And of its end. */
    @EventListener
    @Transactional
    public void appointmentEnded(AppointmentEnded event) {
        notices.tell(
                event.account(),
                Notice.Kind.APPOINTMENT_ENDED,
                event.appointment(),
                List.of("access.role." + event.role(), name(event.union())),
                DESK);
    }

    /** Both are told of a handover: the successor with the list. */
    @EventListener
    @Transactional
    public void handedOver(HandedOver event) {
        String role = "access.role." + event.role();
        String union = name(event.union());
        String on = event.on().toString();
        notices.tell(
                event.to(),
                Notice.Kind.HANDED_TO,
                event.handover(),
                List.of(role, union, event.fromName(), on),
                "/desk/handovers/" + event.handover());
        notices.tell(
                event.from(),
                Notice.Kind.HANDED_FROM,
                event.handover(),
                List.of(role, union, event.toName(), on),
                "/me/notices");
    }

    /** Whose account it is is told, so that nobody opens it unseen. */
    @EventListener
    @Transactional
    public void credentialsChanged(CredentialsChanged event) {
        Notice.Kind kind = switch (event.what()) {
            case PASSWORD, FACTOR, EVERYTHING, OUTSIDE -> Notice.Kind.CREDENTIALS_CHANGED;
            case LINK -> Notice.Kind.RENEWAL_LINK;
            case SESSIONS -> Notice.Kind.SESSIONS_ENDED;
            case CLOSED -> Notice.Kind.ACCOUNT_CLOSED;
        };
        notices.tell(
                event.account(),
                kind,
                event.change(),
                List.of(kind == Notice.Kind.CREDENTIALS_CHANGED ? "access.credential." + event.what() : event.by()),
                "/me/sign-in");
    }

    /** Whoever planned a change of the tree is told that it could not be done, and why. */
    @EventListener
    @Transactional
    public void failed(ReorganisationFailed event) {
        notices.tell(
                event.orderedBy(),
                Notice.Kind.CHANGE_FAILED,
                event.reorganisation(),
                List.of(name(event.union()), event.reason()),
                "/desk/unions/" + event.union());
    }

    /** Everyone who reads the whole city's figures is told that counters are wrong. */
    @EventListener
    @Transactional
    public void differs(RecountDiffered event) {
        appointments
                .holders(Right.FIGURE_READ, UnionPath.root())
                .forEach(account -> notices.tell(
                        account,
                        Notice.Kind.RECOUNT_DIFFERS,
                        event.recount(),
                        List.of("measure.counters." + event.counters(), Integer.toString(event.differences())),
                        "/desk/overview"));
    }

    private String name(UnionId union) {
        return unions.named(union).map(UnionSummary::name).orElse("");
    }
}

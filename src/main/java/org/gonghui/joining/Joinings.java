package org.gonghui.joining;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Accounts;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Employment;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.Members;
import org.gonghui.org.UnionKind;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.seal.Sealer;
import org.gonghui.transfer.Transfers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Someone joins: three short steps, saved as they are typed, sent once, followed until they are decided. */
@Service
public class Joinings {

    static final int LONGEST_EMPLOYER = 60;

    /** Who the applicant is, as typed. */
    public record Who(@Nullable String name, @Nullable String identity) {}

    /** What the applicant works as and where, as typed. */
    public record Work(
            @Nullable String employment,
            @Nullable String employer,
            @Nullable String union) {}

    /** Where an application goes and who decides about it. */
    record Destination(UnionSummary union, UnionSummary deciding) {}

    private final JoiningStore store;
    private final JoiningCodes codes;
    private final Members members;
    private final Unions unions;
    private final Accounts accounts;
    private final Transfers transfers;
    private final Sealer sealer;
    private final Audit audit;
    private final Clock clock;

    Joinings(
            JoiningStore store,
            JoiningCodes codes,
            Members members,
            Unions unions,
            Accounts accounts,
            Transfers transfers,
            Sealer sealer,
            Audit audit,
            Clock clock) {
        this.store = store;
        this.codes = codes;
        this.members = members;
        this.unions = unions;
        this.accounts = accounts;
        this.transfers = transfers;
        this.sealer = sealer;
        this.audit = audit;
        this.clock = clock;
    }

    /** True for places where people join; elsewhere a place below is chosen first. */
    public static boolean takesApplications(UnionSummary place) {
        return place.kind().isBase() || isStreet(place);
    }

    /** The street or town that a place is or stands in. */
    Optional<UnionSummary> street(UnionSummary place) {
        return isStreet(place)
                ? Optional.of(place)
                : unions.above(place).stream().filter(Joinings::isStreet).findFirst();
    }

    /** The employers' unions that someone can belong to who scanned this place: those of its street. */
    public List<UnionSummary> employersAt(UnionSummary place) {
        if (place.kind().isBase() && !place.forNewForm()) {
            return List.of();
        }
        return street(place).map(this::baseUnions).orElse(List.of()).stream()
                .filter(union -> !union.forNewForm())
                .toList();
    }

    /** Every base union below a place. */
    List<UnionSummary> baseUnions(UnionSummary above) {
        return unions.below(above).stream()
                .flatMap(union -> union.kind().isBase() ? List.of(union).stream() : baseUnions(union).stream())
                .toList();
    }

    /** The application that the actor has begun or sent; empty when there is none. */
    @Transactional(readOnly = true)
    Optional<Application> open(Actor actor) {
        return actor.account().flatMap(store::open);
    }

    /** The application that the actor made last, whatever became of it. */
    @Transactional(readOnly = true)
    Optional<Application> latest(Actor actor) {
        return actor.account().flatMap(store::latest);
    }

    /** Why the actor's application was decided as it was. */
    @Transactional(readOnly = true)
    Optional<Application.Decision> decision(Actor actor, Application application) {
        return actor.account().filter(application::isOf).flatMap(account -> store.lastDecision(application.id()));
    }

    /** The identity number of the actor's own application: they typed it and may see it to check it. */
    Optional<IdentityNumber> identity(Actor actor, Application application) {
        byte[] sealed = application.identitySealed();
        boolean own = actor.account().filter(application::isOf).isPresent();
        return sealed == null || !own
                ? Optional.empty()
                : IdentityNumber.read(sealer.open(sealed, JoiningStore.identityPlace(application.id())));
    }

    /** Where a code leads by which the actor begins, or has begun before it ended. */
    JoiningCodes.Scanned scanned(Actor actor, String code) {
        boolean begun = actor.account()
                .flatMap(store::open)
                .filter(application -> application.scanned().equals(JoiningCodes.read(code)))
                .isPresent();
        return begun ? codes.find(code) : codes.scan(code);
    }

    /** Step one, and a fresh beginning: saved under the code that was scanned last. */
    @Transactional
    void tellWho(Actor actor, String code, Who typed) {
        var input = new Input();
        String name = input.name("name", typed.name(), Members.LONGEST_NAME);
        Optional<IdentityNumber> identity = IdentityNumber.ofWorker(input, typed.identity(), LocalDate.now(clock));
        input.check();
        JoiningCodes.Scanned scanned = scanned(actor, code);
        AccountId account = account(actor);
        refuseMembers(actor);
        store.insert(Ids.next(clock), account, scanned.code(), clock.instant());
        Application application = store.open(account).orElseThrow(() -> new Refused(JoiningRefusal.NOT_BEGUN));
        if (!store.setWho(application.id(), scanned.code(), name, identity.orElseThrow())) {
            throw new Refused(JoiningRefusal.WAITING_ALREADY);
        }
    }

    /** Step two. New-form workers go to their street's joint base union, which the street decides about. */
    @Transactional
    void tellWork(Actor actor, Work typed) {
        var input = new Input();
        Employment employment = members.employment(input, typed.employment());
        String employer = input.optionalName("employer", typed.employer(), LONGEST_EMPLOYER);
        Application application = draft(actor);
        UnionSummary place = codes.find(application.scanned()).union();
        Optional<UnionSummary> chosen = chosen(input, place, typed.union());
        input.check();
        Destination to = destination(place, employment, chosen);
        if (!store.setWork(
                application.id(),
                employment.code(),
                employer,
                to.union().id(),
                to.deciding().id())) {
            throw new Refused(JoiningRefusal.WAITING_ALREADY);
        }
    }

    /** Step three: sends the application on its way. Sent twice it goes once. */
    @Transactional
    void send(Actor actor) {
        Application application = open(actor).orElseThrow(() -> new Refused(JoiningRefusal.NOT_BEGUN));
        if (application.state() == Application.State.WAITING) {
            return; // the same form, sent again
        }
        if (application.union().isEmpty()) {
            throw new Refused(JoiningRefusal.NOT_BEGUN);
        }
        refuseMembers(actor);
        if (!store.send(application.id(), clock.instant())) {
            return; // the same form, sent at the same moment
        }
        accounts.call(account(actor), application.name());
        audit.record(
                new Actor(actor.account(), application.name(), List.of()),
                "joining.send",
                application.id(),
                unions.named(application.deciding().orElseThrow()).orElseThrow().path(),
                Audit.facts("name", application.name(), "scanned", application.scanned()));
    }

    /** The three steps in one, for programs. */
    @Transactional
    public Application apply(Actor actor, String code, Who who, Work work) {
        tellWho(actor, code, who);
        tellWork(actor, work);
        send(actor);
        return open(actor).orElseThrow();
    }

    /**
     * The same for what was typed where there was no network, under an id that was chosen there: sent again it is there once,
     * and takes the place of what was begun and not sent. The code may have ended since, the chosen union may be no more: then
     * the street chooses.
     *
     * @throws BadInput for what nobody can read
     * @throws Refused when the actor is a member, or has applied before
     */
    @Transactional
    public Application applyLater(Actor actor, String code, UUID id, Who who, Work work) {
        Optional<Application> before = sentBefore(actor, id);
        if (before.isPresent()) {
            return before.get();
        }
        JoiningCodes.Scanned scanned = codes.find(code);
        var input = new Input();
        String name = input.name("name", who.name(), Members.LONGEST_NAME);
        Optional<IdentityNumber> identity = IdentityNumber.ofWorker(input, who.identity(), LocalDate.now(clock));
        Employment employment = members.employment(input, work.employment());
        String employer = input.optionalName("employer", work.employer(), LONGEST_EMPLOYER);
        Optional<UnionSummary> chosen = chosenThen(input, scanned.union(), work.union());
        input.check();
        Destination to = destination(scanned.union(), employment, chosen);
        AccountId account = account(actor);
        refuseMembers(actor);
        store.deleteDraft(account);
        if (!store.insert(id, account, scanned.code(), clock.instant())) {
            // the same at the same moment, or another that waits
            return sentBefore(actor, id).orElseThrow(() -> new Refused(JoiningRefusal.WAITING_ALREADY));
        }
        store.setWho(id, scanned.code(), name, identity.orElseThrow());
        store.setWork(
                id, employment.code(), employer, to.union().id(), to.deciding().id());
        send(actor);
        return store.byId(id).orElseThrow();
    }

    /** What was sent under this id, whatever became of it; another's application is none of the actor's. */
    private Optional<Application> sentBefore(Actor actor, UUID id) {
        Optional<Application> there = store.byId(id);
        if (there.isPresent() && actor.account().filter(there.get()::isOf).isEmpty()) {
            throw new Refused(JoiningRefusal.NO_SUCH_APPLICATION);
        }
        return there;
    }

    /** Takes a wish back before it is decided. */
    @Transactional
    void withdraw(Actor actor) {
        Application application = open(actor).orElseThrow(() -> new Refused(JoiningRefusal.NOT_BEGUN));
        application.transfer().ifPresent(transfer -> transfers.withdrawFor(actor, transfer));
        Optional<UUID> left = open(actor).flatMap(Application::transfer); // one that was answered stays with it
        if (!store.withdraw(application.id(), left)) {
            throw new Refused(JoiningRefusal.DECIDED_ALREADY);
        }
        if (application.state() == Application.State.WAITING) {
            store.insertDecision(Ids.next(clock), application.id(), "withdrawn", clock.instant(), actor, "");
            audit.record(actor, "joining.withdraw", application.id(), Audit.facts("name", application.name()));
        }
    }

    /** Where someone goes who scanned this place and works as this. */
    Destination destination(UnionSummary place, Employment employment, Optional<UnionSummary> chosen) {
        if (!takesApplications(place)) {
            throw new Refused(JoiningRefusal.CHOOSE_A_PLACE);
        }
        Optional<UnionSummary> street = street(place);
        if (employment.newForm()) {
            Optional<UnionSummary> joint = street.flatMap(of ->
                    unions.below(of).stream().filter(UnionSummary::forNewForm).findFirst());
            if (joint.isPresent()) {
                return new Destination(joint.get(), street.orElseThrow());
            }
            return new Destination(place, place);
        }
        if (place.kind().isBase() && !place.forNewForm()) {
            return new Destination(place, place);
        }
        UnionSummary to = chosen.or(() -> street).orElse(place);
        return new Destination(to, to);
    }

    /** The employer's union that was chosen of those at a place; empty for none. */
    Optional<UnionSummary> chosen(Input input, UnionSummary place, @Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return Optional.empty();
        }
        var id = new UnionId(input.id("union", typed));
        Optional<UnionSummary> chosen = employersAt(place).stream()
                .filter(union -> union.id().equals(id))
                .findFirst();
        if (chosen.isEmpty()) {
            input.fault("union", "no-such-choice");
        }
        return chosen;
    }

    /** The same for a choice made some time ago: of a union that is no more, nothing is known. */
    Optional<UnionSummary> chosenThen(Input input, UnionSummary place, @Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return Optional.empty();
        }
        var id = new UnionId(input.id("union", typed));
        return employersAt(place).stream()
                .filter(union -> union.id().equals(id))
                .findFirst();
    }

    private Application draft(Actor actor) {
        Application application = open(actor).orElseThrow(() -> new Refused(JoiningRefusal.NOT_BEGUN));
        if (application.state() != Application.State.DRAFT) {
            throw new Refused(JoiningRefusal.WAITING_ALREADY);
        }
        return application;
    }

    /** Said only to someone who has proved the phone that the membership is tied to. */
    private void refuseMembers(Actor actor) {
        if (members.isMember(actor)) {
            throw new Refused(JoiningRefusal.MEMBER_ALREADY);
        }
    }

    private static AccountId account(Actor actor) {
        return actor.account().orElseThrow(() -> new Refused(JoiningRefusal.NOT_BEGUN));
    }

    private static boolean isStreet(UnionSummary union) {
        return union.kind() == UnionKind.STREET_FEDERATION || union.kind() == UnionKind.TOWN_FEDERATION;
    }
}

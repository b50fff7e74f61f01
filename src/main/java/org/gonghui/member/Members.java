package org.gonghui.member;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.measure.Measure;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The members of the city's unions. */
@Service
public class Members {

    static final String COUNTERS = "member";

    /** The first year whose months are on record; what came before is opening stock. */
    public static final int FIRST_YEAR = 2022;

    /** Members at the end of a month: everyone who belongs to a base union; retired with membership kept are not in it. */
    public static final Measure TOTAL = new Measure(
            "member.total",
            Measure.Unit.PERSON,
            Measure.Kind.STOCK,
            COUNTERS,
            "opening + joined + rejoined + transferred_in - transferred_out + merged_in - merged_out + separated - doubled"
                    + " - left_union - retired - died",
            "count(*) from member_membership where began_on <= :day and (ended_on is null or ended_on > :day)");

    /** People who became members for the first time, in the month of approval. */
    public static final Measure JOINED = new Measure(
            "member.joined",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "joined",
            "count(*) from member_membership where began_by = 'joined' and began_on in [:from, :to)");

    /** Of those who joined, the ones who worked in a new form when they joined. */
    public static final Measure JOINED_NEW_FORM = new Measure(
            "member.joined-new-form",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "joined_new_form",
            "count(*) from member_membership where began_by = 'joined' and began_on in [:from, :to) and new_form at start");

    /** Members who work in a new form now, whatever they did when they joined. */
    public static final Measure NEW_FORM = new Measure(
            "member.new-form",
            Measure.Unit.PERSON,
            Measure.Kind.STOCK,
            COUNTERS,
            "new_form_change",
            "count(*) from member_membership where live on :day and employment is new_form");

    /** Members who left, retired with membership kept, or died. */
    public static final Measure GONE = new Measure(
            "member.gone",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "left_union + retired + died",
            "count(*) from member_membership where ended_by in ('left', 'retired', 'died') and ended_on in [:from, :to)");

    /** People who had left and joined again. */
    public static final Measure REJOINED = new Measure(
            "member.rejoined",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "rejoined",
            "count(*) from member_membership where began_by = 'rejoined' and began_on in [:from, :to)");

    /** Members who came from another union of the city. */
    public static final Measure TRANSFERRED_IN = new Measure(
            "member.transferred-in",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "transferred_in",
            "count(*) from member_membership where began_by = 'transferred-in' and began_on in [:from, :to)");

    /** Members who went to another union of the city. */
    public static final Measure TRANSFERRED_OUT = new Measure(
            "member.transferred-out",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "transferred_out",
            "count(*) from member_membership where ended_by = 'transferred-out' and ended_on in [:from, :to)");

    /** Members who left the union. */
    public static final Measure LEFT = new Measure(
            "member.left",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "left_union",
            "count(*) from member_membership where ended_by = 'left' and ended_on in [:from, :to)");

    /** Members who retired with membership kept. */
    public static final Measure RETIRED = new Measure(
            "member.retired",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "retired",
            "count(*) from member_membership where ended_by = 'retired' and ended_on in [:from, :to)");

    /** Members who died. */
    public static final Measure DIED = new Measure(
            "member.died",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "died",
            "count(*) from member_membership where ended_by = 'died' and ended_on in [:from, :to)");

    /** Second memberships that ended because two records turned out to be one person's. */
    public static final Measure DOUBLED = new Measure(
            "member.doubled",
            Measure.Unit.PERSON,
            Measure.Kind.FLOW,
            COUNTERS,
            "doubled",
            "count(*) from member_membership where ended_by = 'doubled' and ended_on in [:from, :to)");

    /** Everything that is counted about members, in the order in which it is shown. */
    public static final List<Measure> MEASURES = List.of(
            TOTAL,
            NEW_FORM,
            JOINED,
            JOINED_NEW_FORM,
            REJOINED,
            TRANSFERRED_IN,
            TRANSFERRED_OUT,
            GONE,
            LEFT,
            RETIRED,
            DIED,
            DOUBLED);

    /**
     * One person with one membership, as a whole roster is loaded.
     *
     * @param employment a code of the table of forms of employment, the same since the membership began
     * @param endedOn the day from which the person is a member no more; null for a live membership
     * @param endedBy {@code left}, {@code retired} or {@code died}; null with {@code endedOn}
     */
    public record Enrolled(
            UUID id,
            UUID membership,
            UnionId union,
            String name,
            IdentityNumber identity,
            String phone,
            String employment,
            LocalDate beganOn,
            Membership.Beginning beganBy,
            @Nullable LocalDate endedOn,
            @Nullable String endedBy) {}

    /** What came of admitting someone. */
    public sealed interface Admission {

        /** A member now. */
        record Admitted(MemberId member, UUID membership, Membership.Beginning as) implements Admission {}

        /** A member of this union already: nothing was changed. */
        record MemberHere(MemberId member) implements Admission {}

        /** A member of another union of the city, which is not named: nothing was changed. */
        record MemberElsewhere(MemberId member, UUID membership) implements Admission {}
    }

    /**
     * Where a transferred member arrives, and as whom.
     *
     * @param employment what they work as there; empty for the same as before
     * @param phone theirs, taken over if none is on record; empty for none
     * @param account by which they sign in from now on; empty for the same as before
     */
    public record Arrival(
            UnionId union, Optional<Employment> employment, Optional<PhoneNumber> phone, Optional<AccountId> account) {

        /** The same person at another union, and nothing else new. */
        public static Arrival at(UnionId union) {
            return new Arrival(union, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** How long what was done to a membership can be taken back, within its month. */
    public static final Duration TAKEN_BACK_WITHIN = Duration.ofDays(1);

    /** Characters that a person's name may have at most. */
    public static final int LONGEST_NAME = 40;

    private static final int LONGEST_WHY = 200;

    private final MemberStore store;
    private final MonthStore months;
    private final Unions unions;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Members(
            MemberStore store,
            MonthStore months,
            Unions unions,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.months = months;
        this.unions = unions;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** The forms of employment that can be chosen today, regular employment first. */
    @Transactional(readOnly = true)
    public List<Employment> employments() {
        return store.employments(LocalDate.now(clock));
    }

    /**
     * Makes someone a member of a base union from today. One person is one person: whoever has this identity number and
     * belongs to any union of the city is not admitted a second time. Of two unions that admit the same person at once,
     * one does.
     *
     * @param account by which the person signs in; empty for someone whom staff enter
     */
    @Transactional
    public Admission admit(Actor actor, UnionId union, Person person, Optional<AccountId> account) {
        UnionPath place = store.placeOf(union, actor.reach(Right.MEMBER_APPROVE))
                .orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_UNION));
        requireBase(union);
        MemberStore.Known known = store.lockOrInsert(new MemberId(Ids.next(clock)), person);
        Optional<Membership> live = store.live(known.id());
        if (live.isPresent()) {
            return live.get().union().equals(union)
                    ? new Admission.MemberHere(known.id())
                    : new Admission.MemberElsewhere(known.id(), live.get().id());
        }
        if (store.hasDied(known.id())) {
            throw new Refused(MemberRefusal.DIED);
        }
        Membership.Beginning beginning = known.fresh() ? Membership.Beginning.JOINED : Membership.Beginning.REJOINED;
        UUID membership = Ids.next(clock);
        LocalDate today = LocalDate.now(clock);
        store.insertMembership(membership, known.id(), union, today, beginning, person.employment());
        keepBefore(membership, known.id(), person.phone(), account, today);
        person.phone().ifPresent(phone -> store.setPhone(known.id(), phone));
        account.ifPresent(of -> store.setAccount(known.id(), of));
        months.add(changes(union, today, beginning, person.employment()));
        audit.record(
                actor,
                "member.admit",
                known.id().value(),
                place,
                Audit.facts("name", person.name(), "as", beginning.code()));
        return new Admission.Admitted(known.id(), membership, beginning);
    }

    /** Ends a membership as of today: the member left, retired with membership kept, or died. */
    @Transactional
    public void end(Actor actor, UUID membership, Membership.Ending by, @Nullable String typedWhy) {
        var input = new Input();
        String why = input.optionalName("why", typedWhy, LONGEST_WHY);
        if (by != Membership.Ending.LEFT && by != Membership.Ending.RETIRED && by != Membership.Ending.DIED) {
            input.fault("by", "no-such-choice"); // the others are part of what is done to another membership
        }
        input.check();
        Membership held = locked(actor, membership);
        if (!held.isLive()) {
            throw new Refused(MemberRefusal.ENDED_ALREADY);
        }
        end(held, by, why);
        audit.record(actor, "member.end", held.member().value(), place(held), Audit.facts("by", by.code()));
    }

    /**
     * Moves a member to another base union from today, as both unions have agreed: the actor answers for at least one of
     * them.
     */
    @Transactional
    public UUID transfer(Actor actor, UUID membership, Arrival arrival) {
        UnionId to = arrival.union();
        boolean answersThere =
                store.placeOf(to, actor.reach(Right.MEMBER_APPROVE)).isPresent();
        Membership held = store.lock(membership, answersThere ? Reach.everywhere() : actor.reach(Right.MEMBER_EDIT))
                .orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_MEMBER));
        if (!held.isLive()) {
            throw new Refused(MemberRefusal.ENDED_ALREADY);
        }
        if (held.union().equals(to)) {
            throw new Refused(MemberRefusal.HERE_ALREADY);
        }
        UnionPath target =
                store.placeOf(to, Reach.everywhere()).orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_UNION));
        requireBase(to);
        Employment after = arrival.employment().orElse(held.employment());
        LocalDate today = LocalDate.now(clock);
        UUID next = Ids.next(clock);
        store.endMembership(held.id(), today, Membership.Ending.TRANSFERRED_OUT, "");
        store.insertMembership(next, held.member(), to, today, Membership.Beginning.TRANSFERRED_IN, after);
        keepBefore(next, held.member(), arrival.phone(), arrival.account(), today);
        arrival.phone().ifPresent(phone -> store.setPhoneIfNone(held.member(), phone));
        arrival.account().ifPresent(account -> store.setAccount(held.member(), account));
        months.add(transferred(held, to, today, after));
        audit.record(actor, "member.transfer", held.member().value(), target, Audit.facts());
        if (arrival.account().isEmpty()) {
            tellTransferred(next, held.member(), held.union(), to);
        }
        return next;
    }

    /**
     * Undoes a transfer within a day and within its month: the member belongs again where they came from, and both
     * counters stand as if nothing had been. Phone and account are again what they were before.
     */
    @Transactional
    public void undoTransfer(Actor actor, UUID membership) {
        Membership arrived = store.lock(membership, Reach.everywhere())
                .filter(Membership::isLive)
                .filter(held -> held.beganBy() == Membership.Beginning.TRANSFERRED_IN)
                .orElseThrow(() -> new Refused(MemberRefusal.CHANGED_SINCE));
        if (store.isMerged(arrived.id())) {
            throw new Refused(MemberRefusal.MERGED_SINCE);
        }
        Set<UUID> others = store.endedWhenMerged(arrived.member());
        Membership before = store.memberships(arrived.member()).stream()
                .filter(held -> held.endedBy().equals(Optional.of(Membership.Ending.TRANSFERRED_OUT)))
                .filter(held -> !others.contains(held.id()))
                .findFirst()
                .orElseThrow();
        Reach reach = actor.reach(Right.MEMBER_EDIT);
        boolean answers = reach.covers(place(before)) || reach.covers(place(arrived));
        if (!answers) {
            throw new Refused(MemberRefusal.NO_SUCH_MEMBER);
        }
        requireRecent(arrived.beganOn());
        if (store.hasEmploymentChanges(arrived.id())) {
            throw new Refused(MemberRefusal.CHANGED_SINCE);
        }
        store.restoreBefore(arrived.id());
        store.deleteMembership(arrived.id());
        store.reopenMembership(before.id());
        months.add(undone(transferred(before, arrived.union(), arrived.beganOn(), arrived.employment())));
        audit.record(actor, "member.take-back", arrived.member().value(), place(before), Audit.facts());
        tellTransferred(Ids.next(clock), arrived.member(), arrived.union(), before.union());
    }

    private void tellTransferred(UUID change, MemberId member, UnionId from, UnionId to) {
        store.accountOf(member)
                .ifPresent(account -> events.publishEvent(new MemberTransferred(change, account, from, to)));
    }

    /** Only what brings a phone or an account overwrites any: else what the member changes meanwhile is theirs. */
    private void keepBefore(
            UUID membership,
            MemberId member,
            Optional<PhoneNumber> phone,
            Optional<AccountId> account,
            LocalDate today) {
        if (phone.isPresent() || account.isPresent()) {
            store.keepBefore(membership, member, account, today, today.minusDays(TAKEN_BACK_WITHIN.toDays() + 1));
        }
    }

    private boolean answersForBoth(Actor actor, Membership arrived) {
        Reach reach = actor.reach(Right.MEMBER_EDIT);
        return store.memberships(arrived.member()).stream().limit(2).allMatch(held -> reach.covers(place(held)));
    }

    private static List<MonthStore.Change> transferred(Membership from, UnionId to, LocalDate day, Employment after) {
        return Stream.concat(
                        changes(from.union(), day, Membership.Ending.TRANSFERRED_OUT, from.employment()).stream(),
                        changes(to, day, Membership.Beginning.TRANSFERRED_IN, after).stream())
                .toList();
    }

    /** Records that a member works as something else from today. */
    @Transactional
    public void changeEmployment(Actor actor, UUID membership, String code) {
        Membership held = locked(actor, membership);
        if (!held.isLive()) {
            throw new Refused(MemberRefusal.ENDED_ALREADY);
        }
        var input = new Input();
        Employment after = employment(input, code);
        input.check();
        if (after.equals(held.employment())) {
            return;
        }
        LocalDate today = LocalDate.now(clock);
        store.insertEmploymentChange(Ids.next(clock), held.id(), today, held.employment(), after);
        store.setEmployment(held.id(), after);
        int change = (after.newForm() ? 1 : 0) - (held.employment().newForm() ? 1 : 0);
        months.add(
                List.of(new MonthStore.Change(held.union(), month(today), MonthStore.Column.NEW_FORM_CHANGE, change)));
        audit.record(
                actor,
                "member.employment",
                held.member().value(),
                place(held),
                Audit.facts("before", held.employment().code(), "after", after.code()));
    }

    /**
     * Takes back what was done to a membership last, within a day and within its month: an admission, or its end. The
     * counters stand as if it had not been.
     */
    @Transactional
    public void takeBack(Actor actor, UUID membership) {
        Membership held = locked(actor, membership);
        Membership latest = store.memberships(held.member()).getFirst();
        if (!latest.id().equals(held.id())) {
            throw new Refused(MemberRefusal.CHANGED_SINCE);
        }
        Optional<Membership.Ending> ending = held.endedBy();
        LocalDate on = held.endedOn().orElse(held.beganOn());
        requireRecent(on);
        if (ending.filter(by -> by == Membership.Ending.TRANSFERRED_OUT || by == Membership.Ending.MERGED_OUT)
                .isPresent()) {
            throw new Refused(MemberRefusal.CHANGED_SINCE); // a transfer is undone as a whole, a merger not at all
        }
        if (ending.isPresent()) {
            if (store.live(held.member()).isPresent()) {
                throw new Refused(MemberRefusal.MERGED_SINCE); // the other record of this person has gone on
            }
            store.reopenMembership(held.id());
            months.add(undone(changes(held.union(), on, ending.get(), held.employment())));
        } else {
            if (store.isMerged(held.id())) {
                throw new Refused(MemberRefusal.MERGED_SINCE);
            }
            if (held.beganBy() == Membership.Beginning.TRANSFERRED_IN && answersForBoth(actor, held)) {
                undoTransfer(actor, membership);
                return;
            }
            if (store.hasEmploymentChanges(held.id())
                    || held.beganBy() == Membership.Beginning.TRANSFERRED_IN
                    || held.beganBy() == Membership.Beginning.MERGED_IN
                    || held.beganBy() == Membership.Beginning.SEPARATED
                    || held.beganBy() == Membership.Beginning.OPENING) {
                throw new Refused(MemberRefusal.CHANGED_SINCE);
            }
            store.restoreBefore(held.id());
            store.deleteMembership(held.id());
            store.deleteIfNeverMember(held.member());
            months.add(undone(changes(held.union(), on, held.beganBy(), held.employment())));
        }
        audit.record(actor, "member.take-back", held.member().value(), place(held), Audit.facts());
    }

    /** Takes back an admission, and nothing that was done to the membership since. */
    @Transactional
    public void takeBackAdmission(Actor actor, UUID membership) {
        if (!locked(actor, membership).isLive()) {
            throw new Refused(MemberRefusal.CHANGED_SINCE);
        }
        takeBack(actor, membership);
    }

    /** Takes back how a membership ended, and nothing else: an admission is undone where it was decided. */
    @Transactional
    public void takeBackEnd(Actor actor, UUID membership) {
        if (locked(actor, membership).isLive()) {
            return; // the same button, pressed twice
        }
        takeBack(actor, membership);
    }

    /** The form of employment of this code, or the fault of the field {@code employment}. */
    public Employment employment(Input input, @Nullable String code) {
        String typed = CleanText.line(code);
        List<Employment> all = employments();
        Optional<Employment> chosen =
                all.stream().filter(each -> each.code().equals(typed)).findFirst();
        if (chosen.isEmpty()) {
            input.fault("employment", typed.isEmpty() ? "empty" : "no-such-choice");
        }
        return chosen.orElse(all.getFirst());
    }

    /** The form of employment of a code on record. */
    @Transactional(readOnly = true)
    public Employment employmentOf(String code) {
        return store.employmentOf(code).orElseThrow(() -> new IllegalArgumentException("no such form of employment"));
    }

    /** Of these memberships the ones that live. */
    @Transactional(readOnly = true)
    public Set<UUID> liveOf(Collection<UUID> memberships) {
        return store.liveOf(memberships);
    }

    /** A membership of a union within the actor's reach. */
    @Transactional(readOnly = true)
    public Optional<Membership> membership(Actor actor, UUID membership, Right right) {
        return store.membership(membership, actor.reach(right));
    }

    /** The name of the person on record, for whoever may read the record. */
    @Transactional(readOnly = true)
    public String nameOf(MemberId member) {
        return store.person(member).map(MemberStore.Row::name).orElse("");
    }

    /** A person on record who may be the same as somebody new. */
    public record Alike(Likeness how, boolean live, Optional<UnionId> union) {}

    /** In what somebody on record is like somebody new, the surest first. */
    public enum Likeness {
        SAME_IDENTITY,
        SAME_PHONE,
        SAME_NAME_AND_BIRTH_DATE
    }

    /**
     * People on record, anywhere in the city, who may be this person, at most five. Their union is told only where the
     * actor may read its members.
     */
    @Transactional(readOnly = true)
    public List<Alike> alike(Actor actor, Person person) {
        return store.alike(person, actor.reach(Right.MEMBER_READ));
    }

    /** True when the actor's own account is tied to a live membership. */
    @Transactional(readOnly = true)
    public boolean isMember(Actor actor) {
        return actor.account().flatMap(store::byAccount).flatMap(store::live).isPresent();
    }

    /**
     * Somebody's own membership, as their card shows it.
     *
     * @param memberships every one, the latest first
     */
    public record Card(MemberId member, long number, String name, List<Membership> memberships) {

        /** The membership that lives, if any. */
        public Optional<Membership> live() {
            return memberships.stream().filter(Membership::isLive).findFirst();
        }
    }

    /** The actor's own card; empty for someone who never was a member. */
    @Transactional(readOnly = true)
    public Optional<Card> cardOf(Actor actor) {
        return actor.account()
                .flatMap(store::byAccount)
                .flatMap(store::person)
                .map(person -> new Card(person.id(), person.number(), person.name(), store.memberships(person.id())));
    }

    /** Where the month counters differ from a recount of the records, as sentences for a log; empty when all is well. */
    @Transactional(readOnly = true)
    public List<String> recount() {
        return months.differences().stream().map(Object::toString).toList();
    }

    private void requireRecent(LocalDate on) {
        if (!canBeTakenBack(on)) {
            throw new Refused(MemberRefusal.TOO_LATE_TO_TAKE_BACK);
        }
    }

    /** True when what was done on this day can still be taken back today: what a closed month counted stays. */
    public boolean canBeTakenBack(LocalDate on) {
        LocalDate today = LocalDate.now(clock);
        return month(on).equals(month(today))
                && !on.plusDays(TAKEN_BACK_WITHIN.toDays()).isBefore(today);
    }

    private Membership locked(Actor actor, UUID membership) {
        return store.lock(membership, actor.reach(Right.MEMBER_EDIT))
                .orElseThrow(() -> new Refused(MemberRefusal.NO_SUCH_MEMBER));
    }

    private void requireBase(UnionId union) {
        if (unions.named(union)
                .filter(of -> of.kind().isBase() && !of.dissolved())
                .isEmpty()) {
            throw new Refused(MemberRefusal.NOT_A_BASE_UNION);
        }
    }

    private void end(Membership held, Membership.Ending by, String why) {
        LocalDate today = LocalDate.now(clock);
        store.endMembership(held.id(), today, by, why);
        months.add(changes(held.union(), today, by, held.employment()));
    }

    private UnionPath place(Membership held) {
        return store.placeOf(held.union(), Reach.everywhere()).orElseThrow();
    }

    static List<MonthStore.Change> changes(
            UnionId union, LocalDate day, Membership.Beginning by, Employment employment) {
        int newForm = employment.newForm() ? 1 : 0;
        MonthStore.Column column = switch (by) {
            case OPENING -> MonthStore.Column.OPENING;
            case JOINED -> MonthStore.Column.JOINED;
            case REJOINED -> MonthStore.Column.REJOINED;
            case TRANSFERRED_IN -> MonthStore.Column.TRANSFERRED_IN;
            case MERGED_IN -> MonthStore.Column.MERGED_IN;
            case SEPARATED -> MonthStore.Column.SEPARATED;
        };
        return List.of(
                new MonthStore.Change(union, month(day), column, 1),
                new MonthStore.Change(
                        union,
                        month(day),
                        MonthStore.Column.JOINED_NEW_FORM,
                        by == Membership.Beginning.JOINED ? newForm : 0),
                new MonthStore.Change(union, month(day), MonthStore.Column.NEW_FORM_CHANGE, newForm));
    }

    static List<MonthStore.Change> changes(UnionId union, LocalDate day, Membership.Ending by, Employment employment) {
        MonthStore.Column column = switch (by) {
            case LEFT -> MonthStore.Column.LEFT_UNION;
            case RETIRED -> MonthStore.Column.RETIRED;
            case DIED -> MonthStore.Column.DIED;
            case TRANSFERRED_OUT -> MonthStore.Column.TRANSFERRED_OUT;
            case MERGED_OUT -> MonthStore.Column.MERGED_OUT;
            case DOUBLED -> MonthStore.Column.DOUBLED;
        };
        return List.of(
                new MonthStore.Change(union, month(day), column, 1),
                new MonthStore.Change(
                        union, month(day), MonthStore.Column.NEW_FORM_CHANGE, employment.newForm() ? -1 : 0));
    }

    static List<MonthStore.Change> undone(List<MonthStore.Change> changes) {
        return changes.stream().map(MonthStore.Change::undone).toList();
    }

    private static LocalDate month(LocalDate day) {
        return day.withDayOfMonth(1);
    }

    /**
     * Loads whole rosters into a city that has no members yet, and counts its months from the records just loaded. One
     * audit row for all.
     *
     * @param rosters gives each person once to its consumer; it is called twice and must give the same both times, so
     *     that a roster of any size needs no memory
     */
    @Transactional
    public void enrol(Actor platform, UUID subject, Consumer<Consumer<Enrolled>> rosters) {
        long count = store.load(rosters);
        months.countFromRecords();
        audit.record(platform, "member.enrol", subject, UnionPath.root(), Audit.facts("count", Long.toString(count)));
    }
}

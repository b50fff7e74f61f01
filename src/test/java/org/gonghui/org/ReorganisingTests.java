package org.gonghui.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gonghui.access.Role;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Counters;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.member.Members.Admission;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Unions are moved, merged and dissolved, at once or when the day comes. */
@CityTest
class ReorganisingTests {

    private static final Actor ALL = Actor.platform("test");
    private static final Employment REGULAR = new Employment("regular", false);
    private static final String LONG_AGO = "2023-03-01";

    @Autowired
    private Unions unions;

    @Autowired
    private Reorganising reorganising;

    @Autowired
    private Members members;

    @Autowired
    private Counters counters;

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @Autowired
    private Visitors visitors;

    private UnionSummary here;
    private UnionSummary there;
    private UnionSummary street;
    private UnionSummary otherStreet;
    private UnionSummary base;

    ReorganisingTests(@Autowired Given given) {
        here = given.city();
        there = here;
        street = here;
        otherStreet = here;
        base = here;
    }

    @BeforeEach
    void twoDistricts() {
        here = found(given.city(), UnionKind.DISTRICT_FEDERATION);
        there = found(given.city(), UnionKind.DISTRICT_FEDERATION);
        street = found(here, UnionKind.STREET_FEDERATION);
        otherStreet = found(there, UnionKind.STREET_FEDERATION);
        base = found(street, UnionKind.BASE_UNION);
        here = given.union(here.id());
        there = given.union(there.id());
        street = given.union(street.id());
    }

    @AfterEach
    void theCountersAreARecount() {
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void aStreetGoesToAnotherDistrictWithEverythingBelowIt() {
        admit(base);
        LocalDate yesterday = today().minusDays(1);
        assertThat(total(here, today())).isOne(); // known now, and to be known otherwise after the move
        assertThat(total(there, today())).isZero();
        order(street, "MOVE", there, today());
        assertThat(given.union(base.id()).path().value())
                .startsWith(given.union(there.id()).path().value() + ".");
        assertThat(total(here, today())).isZero();
        assertThat(total(there, today())).isOne();
        assertThat(jdbc.sql("select distinct district_id from member_membership where union_id = :union")
                        .param("union", base.id().value())
                        .query(UUID.class)
                        .list())
                .containsExactly(there.id().value());
        TreeView before = unions.asOf(officer(here), Right.UNION_READ, yesterday);
        assertThat(before.find(base.id())).isPresent();
        assertThat(before.isAsToday()).isFalse();
        assertThat(unions.asOf(officer(there), Right.UNION_READ, yesterday).find(base.id()))
                .isEmpty();
        assertThatThrownBy(() -> unions.get(officer(here), base.id(), Right.UNION_READ))
                .isInstanceOf(Refused.class);
        assertThat(unions.get(officer(there), base.id(), Right.UNION_READ).name())
                .isEqualTo(base.name());
        UnionFile file = unions.file(officer(there), street.id());
        assertThat(file.places()).hasSize(2);
        assertThat(file.history()).extracting(entry -> entry.action()).contains("org.move");
    }

    @Test
    void membersOfAMergedUnionGoOverAndItsRecordsStayFindable() {
        UnionSummary other = found(otherStreet, UnionKind.BASE_UNION);
        UUID membership = admit(base);
        order(base, "MERGE", other, today());
        assertThat(members.liveOf(List.of(membership))).isEmpty();
        assertThat(total(there, today())).isOne();
        assertThat(total(here, today())).isZero();
        assertThatThrownBy(() -> unions.get(ALL, base.id(), Right.UNION_READ)).isInstanceOf(Refused.class);
        assertThat(unions.living(base.id()).id()).isEqualTo(other.id());
        assertThat(unions.byCode(base.code())).map(UnionSummary::id).contains(other.id());
        UnionFile file = unions.file(officer(otherStreet), base.id());
        assertThat(file.union().dissolved()).isTrue();
        assertThatThrownBy(() -> members.admit(ALL, base.id(), Given.freshPerson(REGULAR), Optional.empty()))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> unions.file(officer(street), base.id()))
                .as("its records are its heir's")
                .isInstanceOf(Refused.class);
    }

    @Test
    void aMergedStreetBringsItsUnions() {
        order(street, "MERGE", otherStreet, today());
        assertThat(unions.children(ALL, otherStreet.id()))
                .extracting(UnionSummary::id)
                .contains(base.id());
        assertThat(unions.named(street.id()).orElseThrow().dissolved()).isTrue();
    }

    @Test
    void whatIsPlannedHappensOnItsDayOnly() {
        UUID planned = order(base, "MOVE", otherStreet, today().plusDays(20));
        assertThat(parentOf(base)).isEqualTo(street.id());
        reorganising.applyDue();
        assertThat(parentOf(base)).isEqualTo(street.id());
        assertRefused(UnionRefusal.PLANNED_ALREADY, () -> order(base, "MOVE", otherStreet, today().plusDays(3)));
        comes(planned);
        reorganising.applyDue();
        assertThat(parentOf(base)).isEqualTo(otherStreet.id());
        assertRefused(UnionRefusal.NOT_PLANNED, () -> reorganising.cancel(ALL, base.id(), planned));
    }

    @Test
    void whatIsPlannedCanBeCancelled() {
        UUID planned = order(base, "DISSOLVE", null, today().plusDays(20));
        assertRefused(UnionRefusal.NO_SUCH_UNION, () -> reorganising.cancel(officer(there), base.id(), planned));
        assertRefused(UnionRefusal.NOT_PLANNED, () -> reorganising.cancel(ALL, street.id(), planned));
        reorganising.cancel(officer(street), base.id(), planned);
        comes(planned);
        reorganising.applyDue();
        assertThat(unions.named(base.id()).orElseThrow().dissolved()).isFalse();
    }

    @Test
    void whatCannotBeDoneOnItsDayIsSaidToHaveFailed() {
        UUID planned = order(base, "DISSOLVE", null, today().plusDays(20));
        admit(base);
        comes(planned);
        reorganising.applyDue();
        Reorganisation failed = reorganising.of(base.id()).getFirst();
        assertThat(failed.state()).isEqualTo(Reorganisation.State.FAILED);
        assertThat(failed.failure()).isEqualTo("refusal.member.members-left");
        assertThat(unions.named(base.id()).orElseThrow().dissolved()).isFalse();
    }

    @Test
    void aFormSentTwiceOrdersOnce() {
        UUID key = UUID.randomUUID();
        var typed = new Reorganising.Typed("MOVE", otherStreet.code(), today().toString());
        reorganising.order(ALL, base.id(), key, typed);
        reorganising.order(ALL, base.id(), key, typed);
        assertThat(reorganising.of(base.id())).hasSize(1);
        assertRefused(UnionRefusal.FORM_USED_BEFORE, () -> reorganising.order(ALL, street.id(), key, typed));
    }

    @Test
    void whatDoesNotFitIsRefusedAndChangesNothing() {
        UnionSummary joint = given.joint();
        UnionSummary namesake = given.union(unions.found(
                ALL,
                otherStreet.id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(base.name(), "", "BASE_UNION", LONG_AGO, "")));
        assertThat(namesake.name()).isEqualTo(base.name());
        refused(UnionRefusal.CITY_STAYS, given.city(), "MOVE", there);
        refused(UnionRefusal.JOINT_UNION_STAYS, joint, "MOVE", otherStreet);
        refused(UnionRefusal.JOINT_UNION_STAYS, joint, "DISSOLVE", null);
        refused(UnionRefusal.INTO_ITSELF, here, "MOVE", street);
        refused(UnionRefusal.THERE_ALREADY, base, "MOVE", street);
        refused(UnionRefusal.KIND_DOES_NOT_FIT, street, "MOVE", otherStreet);
        refused(UnionRefusal.KIND_DOES_NOT_FIT, base, "MERGE", otherStreet);
        refused(UnionRefusal.NAME_TAKEN, base, "MOVE", otherStreet);
        refused(UnionRefusal.NAME_TAKEN, street, "MERGE", otherStreet);
        refused(UnionRefusal.UNIONS_BELOW, street, "DISSOLVE", null);
        assertThat(parentOf(base)).isEqualTo(street.id());
        admit(base);
        assertThatThrownBy(() -> order(base, "DISSOLVE", null, today()))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.refusal().key()).isEqualTo("refusal.member.members-left"));
        assertThat(unions.named(base.id()).orElseThrow().dissolved()).isFalse();
    }

    @Test
    void nonsenseIsRefusedAtItsField() {
        String day = today().toString();
        String lastMonth = today().withDayOfMonth(1).minusDays(1).toString();
        for (var wrong : List.of(
                new Reorganising.Typed(null, null, null),
                new Reorganising.Typed("EXPLODE", otherStreet.code(), day),
                new Reorganising.Typed("MOVE", "", day),
                new Reorganising.Typed("MOVE", "no-such-code", day),
                new Reorganising.Typed("MOVE", otherStreet.code(), "2023-02-30"),
                new Reorganising.Typed("MOVE", otherStreet.code(), lastMonth),
                new Reorganising.Typed(
                        "MERGE", base.code(), today().minusDays(1).toString()),
                new Reorganising.Typed("DISSOLVE", "", today().minusDays(1).toString()),
                new Reorganising.Typed(
                        "MOVE", otherStreet.code(), today().plusYears(2).toString()))) {
            assertThatThrownBy(() -> reorganising.order(ALL, base.id(), UUID.randomUUID(), wrong))
                    .as(wrong.toString())
                    .isInstanceOf(BadInput.class);
        }
    }

    @Test
    void onlyWhoeverIsOverBothSuperiorsDecides() {
        refusedTo(officer(there), base, "MOVE", otherStreet);
        refusedTo(officer(Role.BASE_OFFICER, base), base, "DISSOLVE", null);
        assertRefused(
                UnionRefusal.SUPERIOR_DECIDES,
                () -> order(officer(Role.STREET_OFFICER, street), street, "MOVE", there, today()));
        refusedTo(given.officer(Role.AUDITOR, given.city()), base, "DISSOLVE", null);
        refusedTo(Actor.nobody(), base, "DISSOLVE", null);
        assertThatThrownBy(() -> reorganising.order(
                        officer(here),
                        base.id(),
                        UUID.randomUUID(),
                        new Reorganising.Typed("MOVE", otherStreet.code(), today().toString())))
                .as("there is no such union for whoever is not over it")
                .isInstanceOf(BadInput.class);
        assertThat(parentOf(base)).isEqualTo(street.id());
    }

    @Test
    void aMoveIsNotBackdatedBeforeAnotherOne() {
        order(base, "MOVE", otherStreet, today());
        UnionSummary moved = given.union(base.id());
        if (today().getDayOfMonth() > 1) {
            assertThatThrownBy(() -> order(moved, "MOVE", street, today().minusDays(1)))
                    .isInstanceOf(BadInput.class);
        }
        UUID planned = order(moved, "MOVE", street, today().plusDays(2));
        jdbc.sql("update org_reorganisation set effective_on = :day where id = :id")
                .param("day", today().minusDays(9))
                .param("id", planned)
                .update();
        reorganising.applyDue();
        assertThat(reorganising.of(base.id()).getFirst().failure()).isEqualTo(UnionRefusal.MOVED_LATER.key());
    }

    @Test
    void whatHasLeftAStreetSinceIsNotMovedWithItAfterwards() {
        order(base, "MOVE", otherStreet, today());
        UUID planned = order(street, "MOVE", there, today().plusDays(2));
        jdbc.sql("update org_reorganisation set effective_on = :day where id = :id")
                .param("day", today().minusDays(1))
                .param("id", planned)
                .update();
        reorganising.applyDue();
        assertThat(reorganising.of(street.id()).getFirst().failure()).isEqualTo(UnionRefusal.MOVED_LATER.key());
        assertThat(parentOf(street)).isEqualTo(here.id());
    }

    @Test
    void theTreeIsAFileAsItStoodOnADay() {
        order(street, "MOVE", there, today());
        Visitor officer = visitors.signedIn("city@demo");
        String then = officer.get("/desk/unions/" + here.id() + "/export?format=CSV&tree=" + today().minusDays(1))
                .body();
        String now = officer.get("/desk/unions/" + here.id() + "/export?format=CSV&tree=" + today())
                .body();
        assertThat(then).contains(base.name(), street.code()).contains("\"" + here.code() + "\"");
        assertThat(now).doesNotContain(base.name()).contains(here.name());
        assertThat(officer.get("/desk/unions/" + here.id() + "/export?format=XLSX&tree=" + today())
                        .statusCode())
                .isEqualTo(200);
        for (String wrong : List.of(
                "?tree=",
                "?format=PDF&tree=2023-12-01",
                "?format=CSV&tree=2023-02-30",
                "?format=CSV&tree=2099-01-01")) {
            assertThat(officer.get("/desk/unions/" + here.id() + "/export" + wrong)
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(visitors.signedIn("street@demo")
                        .get("/desk/unions/" + here.id() + "/export?format=CSV&tree=" + today())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoeverJoinsDuringAMoveIsCountedWhereTheUnionStands() throws Exception {
        List<UnionSummary> places = List.of(otherStreet, street);
        try (ExecutorService hands = Executors.newFixedThreadPool(4)) {
            List<Future<?>> joining = new ArrayList<>();
            for (int hand = 0; hand < 3; hand++) {
                joining.add(hands.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        admit(base);
                    }
                }));
            }
            for (int i = 0; i < 10; i++) {
                order(base, "MOVE", places.get(i % 2), today());
            }
            for (Future<?> each : joining) {
                each.get();
            }
        }
        assertThat(total(street, today())).isEqualTo(60);
        assertThat(total(there, today())).isZero();
    }

    private UUID admit(UnionSummary union) {
        return ((Admission.Admitted) members.admit(ALL, union.id(), Given.freshPerson(REGULAR), Optional.empty()))
                .membership();
    }

    private UUID order(UnionSummary union, String kind, @Nullable UnionSummary target, LocalDate from) {
        return order(ALL, union, kind, target, from);
    }

    private UUID order(Actor actor, UnionSummary union, String kind, @Nullable UnionSummary target, LocalDate from) {
        return reorganising
                .order(
                        actor,
                        union.id(),
                        UUID.randomUUID(),
                        new Reorganising.Typed(kind, target == null ? "" : target.code(), from.toString()))
                .id();
    }

    private void refused(UnionRefusal why, UnionSummary union, String kind, @Nullable UnionSummary target) {
        assertRefused(why, () -> order(union, kind, target, today()));
    }

    private void refusedTo(Actor actor, UnionSummary union, String kind, @Nullable UnionSummary target) {
        assertRefused(UnionRefusal.NO_SUCH_UNION, () -> order(actor, union, kind, target, today()));
    }

    /** Lets the day of something planned be today. */
    private void comes(UUID planned) {
        jdbc.sql("update org_reorganisation set effective_on = :today where id = :id")
                .param("today", today())
                .param("id", planned)
                .update();
    }

    private UnionSummary found(UnionSummary below, UnionKind kind) {
        return given.union(unions.found(
                ALL,
                below.id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", kind.name(), LONG_AGO, "")));
    }

    private long total(UnionSummary union, LocalDate tree) {
        TreeView view = unions.asOf(ALL, Right.FIGURE_READ, tree);
        return counters.of(view.get(union.id()).path(), tree.getYear(), tree, List.of(Members.TOTAL), view.reach())
                .upTo(0, Members.TOTAL.kind(), tree.getMonthValue());
    }

    private UnionId parentOf(UnionSummary union) {
        return unions.above(given.union(union.id())).getLast().id();
    }

    private Actor officer(UnionSummary union) {
        Role role = union.kind() == UnionKind.DISTRICT_FEDERATION ? Role.DISTRICT_OFFICER : Role.STREET_OFFICER;
        return officer(role, union);
    }

    private Actor officer(Role role, UnionSummary union) {
        return given.officer(role, given.union(union.id()));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}

package org.gonghui.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertFault;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Employers;
import org.gonghui.joining.JoiningCodes;
import org.gonghui.joining.TakingDown;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Employment;
import org.gonghui.member.Person;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A meeting from the plan to what it brought, and every no on the way. */
@CityTest
class MeetingsTests {

    @Autowired
    private Meetings meetings;

    @Autowired
    private Minutes minutes;

    @Autowired
    private MeetingLists lists;

    @Autowired
    private Employers employers;

    @Autowired
    private JoiningCodes codes;

    @Autowired
    private TakingDown takingDown;

    @Autowired
    private Counters counters;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    private Actor officer = Actor.nobody();
    private String title = "";
    private LocalDate today = LocalDate.EPOCH;

    @BeforeEach
    void aStreetsOfficer() {
        officer = given.streetOfficer();
        title = "沟通会" + UUID.randomUUID().toString().substring(0, 8);
        today = LocalDate.now(clock);
    }

    @Test
    void fromThePlanToWhatItBrought() {
        long before = counted(given.district(), OutreachMeasures.MEETINGS);
        long people = counted(given.city(), OutreachMeasures.PEOPLE);
        MeetingId id = plan(today);
        assertThat(plan(id, today)).as("sent twice").isEqualTo(id);
        Meeting planned = file(id).meeting();
        String code = planned.code().orElseThrow().text();
        assertThat(visitors.fresh().get("/meetings").body()).doesNotContain(title);
        meetings.announce(officer, id);
        meetings.announce(officer, id);
        assertThat(visitors.fresh()
                        .get("/meetings?district=" + given.district().code())
                        .body())
                .contains(title, "/j/" + code);

        Person worker = Given.freshPerson(new Employment("courier", true));
        takingDown.takeDown(
                officer,
                code,
                UUID.randomUUID(),
                new TakingDown.Typed(worker.name(), worker.identity().text(), "", "courier", "", ""));
        assertThat(file(id).came().sent()).isEqualTo(1);
        assertThat(codes.brought(officer, code))
                .extracting(JoiningCodes.Brought::name)
                .containsExactly(worker.name());
        assertThat(codes.brought(given.otherDistrictOfficer(), code)).isEmpty();

        assertThat(counted(given.district(), OutreachMeasures.MEETINGS)).isEqualTo(before);
        hold(id, "30", "120.50");
        hold(id, "31", "120.50");
        hold(id, "31", "120.50");
        assertThat(counted(given.district(), OutreachMeasures.MEETINGS)).isEqualTo(before + 1);
        assertThat(counted(given.city(), OutreachMeasures.PEOPLE)).isEqualTo(people + 31);
        meetings.close(officer, id);
        meetings.close(officer, id);
        assertThat(codes.find(code).ended())
                .as("closed, nobody joins by it any more")
                .isTrue();
        assertRefused(OutreachRefusal.NOT_FROM_HERE, () -> hold(id, "40", ""));
        meetings.reopen(officer, id);
        meetings.reopen(officer, id);
        hold(id, "32", "");
        assertThat(file(id).meeting().outcome()).contains(new Meeting.Outcome(32, new Money(0)));
        assertThat(counted(given.city(), OutreachMeasures.PEOPLE)).isEqualTo(people + 32);
        assertThat(list("outreach.worker")).contains(id);
        assertThat(list("outreach.site")).contains(id);
        assertThat(list("outreach.enterprise")).doesNotContain(id);
        assertThat(list("outreach.district")).doesNotContain(id);
    }

    @Test
    void theListHoldsAsManyAsTheFigure() {
        hold(plan(today), "3", "");
        for (Measure measure : OutreachMeasures.ALL.subList(0, 6)) {
            MeetingLists.Question question =
                    lists.question(officer, given.street().id(), measure.key(), Integer.toString(today.getYear()));
            assertThat(lists.list(officer, question, Optional.empty()).meetings())
                    .as(measure.key())
                    .hasSize(Math.toIntExact(Math.min(MeetingLists.PAGE, counted(given.street(), measure))));
        }
    }

    @Test
    void aDistrictHoldsItsOwnWithoutACode() {
        Actor district = given.districtOfficer();
        var id = new MeetingId(UUID.randomUUID());
        long before = counted(given.district(), OutreachMeasures.of(Meeting.Level.DISTRICT));
        long street = counted(given.street(), OutreachMeasures.MEETINGS);
        meetings.plan(district, given.district().id(), id, typed("ENTERPRISE", "DISTRICT", today, ""));
        assertThat(lists.file(district, id).meeting().code()).isEmpty();
        minutes.hold(district, id, new Minutes.Held("80", "", ""));
        assertThat(counted(given.district(), OutreachMeasures.of(Meeting.Level.DISTRICT)))
                .isEqualTo(before + 1);
        assertThat(counted(given.street(), OutreachMeasures.MEETINGS)).isEqualTo(street);
        assertRefused(OutreachRefusal.NO_SUCH_MEETING, () -> file(id));
    }

    @Test
    void whatWasAskedIsSettledBeforeItIsClosed() {
        MeetingId id = plan(today);
        Employer employer = employer();
        minutes.putGuest(officer, id, employer.code().orElseThrow().text(), "");
        assertThat(file(id).guests()).extracting(Meeting.Guest::people).containsExactly(Optional.empty());
        UUID own = UUID.randomUUID();
        assertRefused(OutreachRefusal.NOT_FROM_HERE, () -> minutes.ask(officer, id, own, "什么时候发？", ""));
        minutes.putGuest(officer, id, employer.code().orElseThrow().text(), "4");
        assertFault("people", () -> hold(id, "3", ""));
        hold(id, "5", "");
        assertFault(
                "came",
                () -> minutes.putGuest(
                        officer, id, employer.code().orElseThrow().text(), "6"));
        minutes.ask(officer, id, own, "什么时候发？", "");
        minutes.ask(officer, id, own, "什么时候发？", "");
        UUID need = UUID.randomUUID();
        minutes.ask(officer, id, need, "想办安全培训", employer.id().toString());
        assertFault(
                "of",
                () -> minutes.ask(
                        officer, id, UUID.randomUUID(), "问", UUID.randomUUID().toString()));
        assertFault("asked", () -> minutes.ask(officer, id, UUID.randomUUID(), " ", ""));
        assertThat(file(id).questions()).hasSize(2);
        assertThat(lists.waiting(officer, given.street().id(), given.street().path()))
                .extracting(OpenWork.Waiting::label)
                .contains("outreach.open-questions");
        assertRefused(OutreachRefusal.QUESTIONS_OPEN, () -> meetings.close(officer, id));
        assertFault("answer", () -> minutes.answer(officer, id, own, ""));
        minutes.answer(officer, id, own, "下周");
        minutes.answer(officer, id, own, "下周");
        assertRefused(OutreachRefusal.NOT_FROM_HERE, () -> minutes.answer(officer, id, own, "下下周"));
        assertRefused(OutreachRefusal.NOT_FROM_HERE, () -> minutes.becomesNeed(officer, id, own));
        assertRefused(OutreachRefusal.NO_SUCH_MEETING, () -> minutes.answer(officer, id, UUID.randomUUID(), "别处的"));
        minutes.becomesNeed(officer, id, need);
        minutes.becomesNeed(officer, id, need);
        assertThat(visitors.signedIn("street@demo")
                        .get("/desk/employers/of/" + employer.id())
                        .body())
                .containsOnlyOnce("想办安全培训");
        meetings.close(officer, id);
        assertRefused(OutreachRefusal.NOT_FROM_HERE, () -> minutes.ask(officer, id, UUID.randomUUID(), "再问", ""));
        assertRefused(OutreachRefusal.NOT_FROM_HERE, () -> minutes.removeGuest(officer, id, employer.id()));
    }

    @Test
    void whatWasTypedWronglyIsToldFieldByField() {
        for (String[] wrong : new String[][] {
            {"kind", "PARTY", "SITE", title, "某处", "", today.toString(), "10:00", "11:00"},
            {"level", "WORKER", "DISTRICT", title, "某处", "", today.toString(), "10:00", "11:00"},
            {"title", "WORKER", "SITE", "", "某处", "", today.toString(), "10:00", "11:00"},
            {"title", "WORKER", "SITE", "长".repeat(41), "某处", "", today.toString(), "10:00", "11:00"},
            {"place", "WORKER", "SITE", title, " ", "", today.toString(), "10:00", "11:00"},
            {"employer", "WORKER", "SITE", title, "某处", "91350100M000100Y43", today.toString(), "10:00", "11:00"},
            {"on", "WORKER", "SITE", title, "某处", "", "2023-02-30", "10:00", "11:00"},
            {"on", "WORKER", "SITE", title, "某处", "", today.minusDays(60).toString(), "10:00", "11:00"},
            {"from", "WORKER", "SITE", title, "某处", "", today.toString(), "25:00", "11:00"},
            {"to", "WORKER", "SITE", title, "某处", "", today.toString(), "10:00", ""},
            {"to", "WORKER", "SITE", title, "某处", "", today.toString(), "10:00", "10:00"},
            {"to", "WORKER", "SITE", title, "某处", "", today.toString(), "10:00:00.0000001", "10:00:00.0000002"}
        }) {
            assertFault(
                    wrong[0],
                    () -> meetings.plan(
                            officer,
                            given.street().id(),
                            new MeetingId(UUID.randomUUID()),
                            new Meetings.Typed(
                                    wrong[1], wrong[2], wrong[3], wrong[4], wrong[5], wrong[6], wrong[7], wrong[8])));
        }
        MeetingId id = plan(today);
        assertFault("people", () -> hold(id, "", ""));
        assertFault("people", () -> hold(id, "-1", ""));
        assertFault("people", () -> hold(id, "100001", ""));
        assertFault("cost", () -> hold(id, "1", "一百"));
        assertFault("cost", () -> hold(id, "1", "0.001"));
        assertFault("note", () -> meetings.cancel(officer, id, ""));
        assertThat(file(id).meeting().stage()).isEqualTo(Meeting.Stage.PLANNED);
    }

    @Test
    void noMeetingIsPlannedTwiceButWhatWasCancelledIsPlannedAnew() {
        MeetingId first = plan(today.plusDays(3));
        assertRefused(OutreachRefusal.PLANNED_ALREADY, () -> plan(today.plusDays(3)));
        MeetingId other = plan(today.plusDays(4));
        assertRefused(
                OutreachRefusal.PLANNED_ALREADY,
                () -> meetings.change(officer, other, typed("WORKER", "SITE", today.plusDays(3), "")));
        meetings.cancel(officer, first, "下雨");
        meetings.cancel(officer, first, "下雨");
        assertThat(codes.find(file(first).meeting().code().orElseThrow().text()).ended())
                .isTrue();
        assertRefused(OutreachRefusal.NOT_FROM_HERE, () -> meetings.announce(officer, first));
        assertRefused(OutreachRefusal.NOT_FROM_HERE, () -> hold(first, "1", ""));
        meetings.change(officer, other, typed("WORKER", "SITE", today.plusDays(3), ""));
        assertThat(file(other).meeting().on()).isEqualTo(today.plusDays(3));
    }

    @Test
    void aFormIsNotUsedForAnotherMeeting() {
        MeetingId id = plan(today.plusDays(1));
        assertRefused(OutreachRefusal.FORM_USED_BEFORE, () -> plan(id, today.plusDays(2)));
        assertThat(file(id).meeting().on()).isEqualTo(today.plusDays(1));
        MeetingId now = plan(today);
        hold(now, "1", "");
        UUID question = UUID.randomUUID();
        minutes.ask(officer, now, question, "什么时候发？", "");
        assertRefused(OutreachRefusal.FORM_USED_BEFORE, () -> minutes.ask(officer, now, question, "在哪里发？", ""));
        assertThat(file(now).questions()).hasSize(1);
    }

    @Test
    void meetingsCalledAlikeFromTheStartHaveACodeEachAndOneThatIsMovedIsCalledByItsNewDay() {
        String begins = "长".repeat(30);
        List<MeetingId> alike = Stream.of("甲", "乙")
                .map(end -> {
                    title = begins + UUID.randomUUID().toString().substring(0, 7) + end;
                    return plan(today.plusDays(5));
                })
                .toList();
        assertThat(alike.stream()
                        .map(id -> file(id).meeting().code().orElseThrow().text())
                        .distinct())
                .hasSize(2);
        MeetingId moved = plan(today.plusDays(6));
        meetings.change(officer, moved, typed("WORKER", "SITE", today.plusDays(7), ""));
        assertThat(codes.find(file(moved).meeting().code().orElseThrow().text()).label())
                .contains(" %02d-%02d 10:00"
                        .formatted(
                                today.plusDays(7).getMonthValue(),
                                today.plusDays(7).getDayOfMonth()));
    }

    @Test
    void itIsWrittenDownOnItsDayOrSoonAfter() {
        MeetingId tomorrow = plan(today.plusDays(1));
        assertRefused(OutreachRefusal.NOT_YET, () -> hold(tomorrow, "1", ""));
        String code = employer().code().orElseThrow().text();
        minutes.putGuest(officer, tomorrow, code, "");
        assertRefused(OutreachRefusal.NOT_YET, () -> minutes.putGuest(officer, tomorrow, code, "1"));
        MeetingId before = plan(today.minusDays(31));
        MeetingId late = plan(today.minusDays(30));
        hold(before, "1", "");
        assertThat(file(before).meeting().wasHeld()).isTrue();
        for (MeetingId each : List.of(before, late)) {
            jdbc.sql("update outreach_meeting set on_day = on_day - 40 where id = :id")
                    .param("id", each.value())
                    .update();
        }
        assertRefused(OutreachRefusal.TOO_LATE, () -> hold(late, "1", ""));
        assertRefused(OutreachRefusal.TOO_LATE, () -> minutes.putGuest(officer, late, code, "1"));
        meetings.close(officer, before);
        assertRefused(OutreachRefusal.TOO_LATE, () -> meetings.reopen(officer, before));
        assertRefused(OutreachRefusal.NOT_FROM_HERE, () -> meetings.close(officer, tomorrow));
        assertRefused(OutreachRefusal.NOT_FROM_HERE, () -> meetings.reopen(officer, tomorrow));
        assertRefused(
                OutreachRefusal.NOT_FROM_HERE,
                () -> meetings.change(officer, before, typed("WORKER", "SITE", today, "")));
    }

    @Test
    void othersSeeNothingOfItAndChangeNothing() {
        MeetingId id = plan(today);
        UUID question = UUID.randomUUID();
        hold(id, "1", "");
        minutes.ask(officer, id, question, "问", "");
        for (Actor stranger : List.of(given.otherDistrictOfficer(), Actor.nobody())) {
            assertRefused(OutreachRefusal.NO_SUCH_MEETING, () -> lists.file(stranger, id));
            assertThat(lists.history(stranger, id)).isEmpty();
            for (ThrowingCallable act : List.<ThrowingCallable>of(
                    () -> meetings.change(stranger, id, typed("WORKER", "SITE", today, "")),
                    () -> meetings.announce(stranger, id),
                    () -> meetings.cancel(stranger, id, "不办了"),
                    () -> minutes.hold(stranger, id, new Minutes.Held("9", "", "")),
                    () -> meetings.close(stranger, id),
                    () -> meetings.reopen(stranger, id),
                    () -> minutes.putGuest(stranger, id, "", ""),
                    () -> minutes.removeGuest(stranger, id, new EmployerId(UUID.randomUUID())),
                    () -> minutes.ask(stranger, id, UUID.randomUUID(), "问", ""),
                    () -> minutes.becomesNeed(stranger, id, question),
                    () -> minutes.answer(stranger, id, question, "答"))) {
                assertRefused(OutreachRefusal.NO_SUCH_MEETING, act);
            }
            assertThatThrownBy(() -> meetings.plan(
                            stranger,
                            given.street().id(),
                            new MeetingId(UUID.randomUUID()),
                            typed("WORKER", "SITE", today, "")))
                    .isInstanceOf(Refused.class);
        }
        Actor city = given.cityOfficer();
        assertThat(lists.file(city, id).mayEdit()).as("the city reads").isFalse();
        assertRefused(OutreachRefusal.NO_SUCH_MEETING, () -> meetings.close(city, id));
        assertThat(codes.brought(
                        given.otherDistrictOfficer(),
                        file(id).meeting().code().orElseThrow().text()))
                .isEmpty();
    }

    private Employer employer() {
        var id = new EmployerId(UUID.randomUUID());
        employers.record(
                officer,
                given.street().id(),
                id,
                new Employers.Typed(
                        Given.freshEmployer(),
                        Given.freshCode(),
                        "某路 1 号",
                        "INFORMATION",
                        "PRIVATE",
                        "50",
                        "",
                        today.toString()));
        return employers.get(officer, id);
    }

    private MeetingId plan(LocalDate on) {
        return plan(new MeetingId(UUID.randomUUID()), on);
    }

    private MeetingId plan(MeetingId id, LocalDate on) {
        return meetings.plan(officer, given.street().id(), id, typed("WORKER", "SITE", on, ""));
    }

    private Meetings.Typed typed(String kind, String level, LocalDate on, String employer) {
        return new Meetings.Typed(kind, level, title, "某商场一层", employer, on.toString(), "10:00", "11:30");
    }

    private void hold(MeetingId id, String people, String cost) {
        minutes.hold(officer, id, new Minutes.Held(people, cost, ""));
    }

    private MeetingLists.File file(MeetingId id) {
        return lists.file(officer, id);
    }

    private List<MeetingId> list(String of) {
        return lists
                .list(
                        officer,
                        lists.question(officer, given.street().id(), of, Integer.toString(today.getYear())),
                        Optional.empty())
                .meetings()
                .stream()
                .map(Meeting::id)
                .toList();
    }

    private long counted(UnionSummary union, Measure measure) {
        Actor city = given.cityOfficer();
        return counters.of(union.path(), today.getYear(), today, List.of(measure), city.reach(Right.OUTREACH_READ))
                .upTo(0, Measure.Kind.FLOW, 12);
    }
}

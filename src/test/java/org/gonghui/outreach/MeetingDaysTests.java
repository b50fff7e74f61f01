package org.gonghui.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertFault;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Employers;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What comes again is planned ahead, once, and changed one by one. */
@CityTest
class MeetingDaysTests {

    @Autowired
    private MeetingDays days;

    @Autowired
    private Meetings meetings;

    @Autowired
    private MeetingLists lists;

    @Autowired
    private Minutes minutes;

    @Autowired
    private Employers employers;

    @Autowired
    private MeetingStore store;

    @Autowired
    private Given given;

    @Autowired
    private Clock clock;

    @Test
    void eightWeeksArePlannedOnceAndStayAsTheyWereChanged() {
        Actor officer = given.streetOfficer();
        UUID id = UUID.randomUUID();
        String title = "沟通日" + id.toString().substring(0, 8);
        days.set(officer, given.street().id(), id, typed(title, "0"));
        days.set(officer, given.street().id(), id, typed(title, "0"));
        List<Meeting> planned = planned(officer, title);
        assertThat(planned).hasSize(8).allMatch(each -> each.on().getDayOfWeek() == DayOfWeek.WEDNESDAY);
        meetings.cancel(officer, planned.get(1).id(), "节日");
        meetings.announce(officer, planned.get(2).id());
        days.planAhead();
        assertThat(planned(officer, title))
                .as("what was cancelled stays cancelled")
                .hasSize(7);
        assertThat(lists.file(officer, planned.get(2).id()).meeting().code())
                .as("announced, it has a code")
                .isPresent();
        Actor stranger = given.otherDistrictOfficer();
        assertRefused(OutreachRefusal.NO_SUCH_MEETING, () -> days.end(stranger, id));
        assertThat(days.of(stranger, given.street())).isEmpty();
        days.end(officer, id);
        days.planAhead();
        assertThat(planned(officer, title))
                .as("announced, it takes place")
                .extracting(Meeting::id)
                .containsExactly(planned.get(2).id());
        assertRefused(OutreachRefusal.NO_SUCH_MEETING, () -> days.end(officer, id));
    }

    @Test
    void whatIsMovedToAnotherDateIsNotPlannedAgain() {
        Actor officer = given.streetOfficer();
        String title = "沟通日" + UUID.randomUUID().toString().substring(0, 8);
        days.set(officer, given.street().id(), UUID.randomUUID(), typed(title, "0"));
        List<Meeting> planned = planned(officer, title);
        move(officer, planned.get(1), planned.get(1).on().plusDays(1), "10:00");
        move(officer, planned.get(2), planned.get(3).on(), "14:00");
        days.planAhead();
        assertThat(planned(officer, title))
                .extracting(Meeting::id)
                .containsExactlyInAnyOrderElementsOf(
                        planned.stream().map(Meeting::id).toList());
    }

    private void move(Actor officer, Meeting meeting, LocalDate on, String from) {
        meetings.change(
                officer,
                meeting.id(),
                new Meetings.Typed(
                        "WORKER", "SITE", meeting.title(), meeting.place(), "", on.toString(), from, "16:00"));
        assertThat(lists.file(officer, meeting.id()).meeting().on()).isEqualTo(on);
    }

    @Test
    void aFormOfADayIsNotUsedForAnother() {
        Actor officer = given.streetOfficer();
        UUID id = UUID.randomUUID();
        String title = "沟通日" + id.toString().substring(0, 8);
        days.set(officer, given.street().id(), id, typed(title, "0"));
        assertRefused(
                OutreachRefusal.FORM_USED_BEFORE,
                () -> days.set(officer, given.street().id(), id, typed(title, "1")));
        assertThat(planned(officer, title)).hasSize(8);
    }

    @Test
    void whatSomebodyIsInvitedToGoesWithItsDayUnlessItIsAnnounced() {
        Actor officer = given.streetOfficer();
        UUID id = UUID.randomUUID();
        String title = "沟通日" + id.toString().substring(0, 8);
        days.set(officer, given.street().id(), id, typed(title, "0"));
        List<Meeting> planned = planned(officer, title);
        String code = employer(officer).code().orElseThrow().text();
        minutes.putGuest(officer, planned.get(0).id(), code, "");
        minutes.putGuest(officer, planned.get(1).id(), code, "");
        meetings.announce(officer, planned.get(1).id());
        days.end(officer, id);
        assertThat(planned(officer, title))
                .extracting(Meeting::id)
                .containsExactly(planned.get(1).id());
        assertThat(lists.file(officer, planned.get(1).id()).guests()).hasSize(1);
    }

    private Employer employer(Actor officer) {
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
                        LocalDate.now(clock).toString()));
        return employers.get(officer, id);
    }

    @Test
    void aDayOfTheMonthFallsWhereTheCalendarSays() {
        LocalDate from = LocalDate.of(2023, 1, 1);
        assertThat(day(1, DayOfWeek.SUNDAY).days(from, LocalDate.of(2023, 3, 1)))
                .containsExactly(LocalDate.of(2023, 1, 1), LocalDate.of(2023, 2, 5));
        assertThat(day(5, DayOfWeek.TUESDAY).days(from, LocalDate.of(2023, 3, 1)))
                .containsExactly(LocalDate.of(2023, 1, 31), LocalDate.of(2023, 2, 28));
        assertThat(day(4, DayOfWeek.MONDAY).days(from, from)).isEmpty();
        assertThat(day(0, DayOfWeek.SUNDAY).days(from, LocalDate.of(2023, 1, 9)))
                .containsExactly(from, LocalDate.of(2023, 1, 8));
        assertThat(day(0, DayOfWeek.SUNDAY).days(LocalDate.of(2022, 1, 1), LocalDate.of(2023, 1, 2)))
                .as("not before it was set")
                .containsExactly(from);
    }

    @Test
    void whatWasTypedWronglySetsNothing() {
        Actor officer = given.streetOfficer();
        UUID id = UUID.randomUUID();
        Map<MeetingDays.Typed, String> all = Map.of(
                typed("", "0"),
                "title",
                typed("某日", "6"),
                "week",
                typed("某日", ""),
                "week",
                new MeetingDays.Typed("WORKER", "DISTRICT", "某日", "某处", "MONDAY", "0", "10:00", "11:00"),
                "level",
                new MeetingDays.Typed("WORKER", "SITE", "某日", "某处", "SOMEDAY", "0", "10:00", "11:00"),
                "weekday",
                new MeetingDays.Typed("WORKER", "SITE", "某日", "某处", "MONDAY", "0", "11:00", "10:00"),
                "to");
        all.forEach((wrong, field) ->
                assertFault(field, () -> days.set(officer, given.street().id(), id, wrong)));
        assertThatThrownBy(() ->
                        days.set(given.otherDistrictOfficer(), given.street().id(), id, typed("某日", "0")))
                .isInstanceOf(Refused.class);
        assertThat(days.of(officer, given.street())).noneMatch(each -> each.id().equals(id));
    }

    private static MeetingDay day(int week, DayOfWeek weekday) {
        return new MeetingDay(
                UUID.randomUUID(),
                new UnionId(UUID.randomUUID()),
                new Occasion(
                        Meeting.Kind.WORKER, Meeting.Level.SITE, "某日", "某处", LocalTime.of(10, 0), LocalTime.of(11, 0)),
                weekday,
                week,
                LocalDate.of(2023, 1, 1));
    }

    private List<Meeting> planned(Actor officer, String title) {
        return store
                .toCome(given.street().path(), officer.reach(Right.OUTREACH_READ), LocalDate.now(clock), 1_000)
                .stream()
                .filter(each -> each.title().equals(title))
                .toList();
    }

    private static MeetingDays.Typed typed(String title, String week) {
        return new MeetingDays.Typed("WORKER", "SITE", title, "某驿站", "WEDNESDAY", week, "10:00", "11:00");
    }
}

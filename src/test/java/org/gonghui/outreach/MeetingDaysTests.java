package org.gonghui.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
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
        assertThat(meetings.file(officer, planned.get(2).id()).meeting().code())
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
        for (MeetingDays.Typed wrong : List.of(
                typed("", "0"),
                typed("某日", "6"),
                typed("某日", ""),
                new MeetingDays.Typed("WORKER", "DISTRICT", "某日", "某处", "MONDAY", "0", "10:00", "11:00"),
                new MeetingDays.Typed("WORKER", "SITE", "某日", "某处", "SOMEDAY", "0", "10:00", "11:00"),
                new MeetingDays.Typed("WORKER", "SITE", "某日", "某处", "MONDAY", "0", "11:00", "10:00"))) {
            assertThatThrownBy(() -> days.set(officer, given.street().id(), id, wrong))
                    .isInstanceOf(BadInput.class);
        }
        assertThatThrownBy(() ->
                        days.set(given.otherDistrictOfficer(), given.street().id(), id, typed("某日", "0")))
                .isInstanceOf(Refused.class);
        assertThat(days.of(officer, given.street())).noneMatch(each -> each.id().equals(id));
    }

    private static MeetingDay day(int week, DayOfWeek weekday) {
        return new MeetingDay(
                UUID.randomUUID(),
                new UnionId(UUID.randomUUID()),
                Meeting.Kind.WORKER,
                Meeting.Level.SITE,
                "某日",
                "某处",
                weekday,
                week,
                LocalTime.of(10, 0),
                LocalTime.of(11, 0),
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

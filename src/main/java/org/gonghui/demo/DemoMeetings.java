package org.gonghui.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Money;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.outreach.ManyMeetings;
import org.gonghui.outreach.MeetingId;
import org.springframework.stereotype.Component;

/** The shown district's year of meetings: 207 with enterprises and 982 with workers, and what is to come. */
@Component
class DemoMeetings {

    /** How many of a year, by kind and level. */
    private record Share(String kind, String level, int count) {}

    private static final List<Share> YEAR_OF_A_DISTRICT = List.of(
            new Share("ENTERPRISE", "DISTRICT", 12),
            new Share("ENTERPRISE", "STREET", 45),
            new Share("ENTERPRISE", "SITE", 150),
            new Share("WORKER", "DISTRICT", 6),
            new Share("WORKER", "STREET", 76),
            new Share("WORKER", "SITE", 900));

    private static final List<String> WORKER_PLACES =
            List.of("快递网点", "外卖站点", "商场一层", "产业园大厅", "建筑工地", "地铁口", "写字楼大堂", "货运停车场", "家政门店", "暖心驿站");
    private static final List<String> ENTERPRISE_PLACES = List.of("会议室", "产业园会客厅", "企业服务大厅", "商会会议室", "街道二层会议室");
    private static final int YEAR = 2023;
    private static final int LAST_DAY = 360;
    private static final int SMALL_CITYS_PART = 12;
    private static final int FEWEST_FOR_A_WHOLE_YEAR = 1_000;
    private static final int TO_COME_A_STREET = 2;
    private static final int MOST_PEOPLE = 60;
    private static final long MOST_COST = 40_000;

    private final ManyMeetings meetings;
    private final Unions unions;
    private final Clock clock;
    private final Random random = new Random(YEAR);
    private final List<ManyMeetings.Established> made = new ArrayList<>();

    DemoMeetings(ManyMeetings meetings, Unions unions, Clock clock) {
        this.meetings = meetings;
        this.unions = unions;
        this.clock = clock;
    }

    void make(Actor platform, CityPlan plan) {
        UnionSummary district = unions.named(plan.shownDistrict().id()).orElseThrow();
        List<UnionSummary> streets = unions.below(district).stream()
                .filter(union -> !union.kind().isBase())
                .toList();
        boolean whole = plan.unions().size() >= FEWEST_FOR_A_WHOLE_YEAR;
        for (Share share : YEAR_OF_A_DISTRICT) {
            for (int i = 0; i < (whole ? share.count() : Math.max(1, share.count() / SMALL_CITYS_PART)); i++) {
                UnionSummary by =
                        share.level().equals("DISTRICT") ? district : streets.get(random.nextInt(streets.size()));
                add(share, by, LocalDate.ofYearDay(YEAR, 3 + random.nextInt(LAST_DAY - 3)), true);
            }
        }
        for (UnionSummary street : streets) {
            for (int i = 0; i < TO_COME_A_STREET; i++) {
                add(
                        new Share("WORKER", "SITE", 1),
                        street,
                        LocalDate.of(YEAR, 12, 30).plusDays(random.nextInt(12)),
                        false);
            }
        }
        meetings.establish(platform, unions.city().orElseThrow(), made);
        made.clear();
    }

    private void add(Share share, UnionSummary by, LocalDate on, boolean held) {
        boolean worker = share.kind().equals("WORKER");
        List<String> places = worker ? WORKER_PLACES : ENTERPRISE_PLACES;
        String place = places.get(random.nextInt(places.size()));
        String near = by.shortName().isEmpty() ? by.name() : by.shortName();
        made.add(new ManyMeetings.Established(
                new MeetingId(Ids.next(clock)),
                by.id(),
                share.kind(),
                share.level(),
                near + place + (worker ? "职工沟通会" : "企业沟通会"),
                near + place,
                on,
                LocalTime.of(9 + made.size() % 9, random.nextInt(60)),
                held ? Optional.of(5 + random.nextInt(MOST_PEOPLE)) : Optional.empty(),
                new Money(held ? random.nextLong(MOST_COST / 1_000) * 1_000 : 0)));
    }
}

package org.gonghui.demo;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.Members.Enrolled;
import org.gonghui.member.Membership.Beginning;
import org.jspecify.annotations.Nullable;

/**
 * The invented members of a generated city. What must be exact is shared out in whole people first; then each person is
 * made from a number, so that the same city has the same people every time it is asked.
 */
final class Rosters implements Consumer<Consumer<Enrolled>> {

    /** A year of one part of the city, in people. */
    record Year(int now, int newFormNow, int joined, int joinedNewForm, int gone, int goneNewForm) {}

    /** People of one base union who have the same story. */
    private record Batch(
            CityPlan.Base base,
            int people,
            boolean joined,
            @Nullable String endedBy) {}

    /**
     * The year of the shown district, to the last member: with the five whom {@link DemoDoubles} takes in a second time, three of
     * them in new forms, 173,400 members, 20,834 in new forms, 23,600 joined, 6,084 of these in new forms.
     */
    static final Year SHOWN = new Year(173_395, 20_831, 23_595, 6_081, 1_723, 312);

    private static final int YEAR = 2023;
    /** What was there before the first year on record. */
    private static final LocalDate OPENING = LocalDate.of(YEAR - 2, 12, 31);
    /** Of a hundred who are members since before this year, how many joined last year. */
    private static final int LAST_YEAR = 10;

    private static final int LAST_YEAR_NEW_FORM = 30;
    private static final int LAST_DAY_OF_DECEMBER = 27;
    private static final double[] MONTHS = {5, 4, 11, 9, 8, 9, 7, 7, 11, 8, 9, 9};
    private static final String[] NEW_FORMS = {
        "courier",
        "courier",
        "courier",
        "food-delivery",
        "food-delivery",
        "food-delivery",
        "food-delivery",
        "ride-hailing",
        "ride-hailing",
        "truck-driver",
        "truck-driver",
        "home-services",
        "home-services",
        "live-streaming",
        "other-new-form"
    };

    private final List<Batch> batches = new ArrayList<>();
    private final Runnable tick;
    private final int people;
    private final Map<UnionId, Integer> now;

    /**
     * Plans the members of a city.
     *
     * @param members how many live members the city has
     * @param tick called once for each person that is made
     */
    Rosters(CityPlan plan, int members, Runnable tick) {
        this.tick = tick;
        UnionPath shown = plan.shownDistrict().path();
        int shownNow = members >= SHOWN.now() * 2 ? SHOWN.now() : members / 4;
        Year year = shownNow == SHOWN.now() ? SHOWN : ordinary(shownNow);
        share(plan, base -> shown.covers(base.path()), year);
        share(plan, base -> !shown.covers(base.path()), ordinary(members - shownNow));
        people = batches.stream().mapToInt(Batch::people).sum();
        now = batches.stream()
                .filter(batch -> batch.endedBy() == null)
                .collect(Collectors.groupingBy(batch -> batch.base().id(), Collectors.summingInt(Batch::people)));
    }

    /** How many people there are, those who are members no more included. */
    int people() {
        return people;
    }

    /** How many members a base union has now. */
    int now(UnionId base) {
        return now.getOrDefault(base, 0);
    }

    /** A year like any other: 12 in 100 joined, one of them in four in a new form. */
    private static Year ordinary(int now) {
        return new Year(now, now * 11 / 100, now * 12 / 100, now * 3 / 100, now / 100, now / 500);
    }

    private void share(CityPlan plan, Predicate<CityPlan.Base> part, Year year) {
        var random = new Random(year.now());
        List<CityPlan.Base> within = plan.bases().stream().filter(part).toList();
        List<CityPlan.Base> newForm =
                within.stream().filter(CityPlan.Base::forNewForm).toList();
        List<CityPlan.Base> others =
                within.stream().filter(base -> !base.forNewForm()).toList();
        int openingNewForm = year.newFormNow() - year.joinedNewForm() + year.goneNewForm();
        int opening = year.now() - year.joined() + year.gone();
        share(newForm, random, openingNewForm - year.goneNewForm(), year.joinedNewForm(), year.goneNewForm());
        share(
                others,
                random,
                opening - openingNewForm - (year.gone() - year.goneNewForm()),
                year.joined() - year.joinedNewForm(),
                year.gone() - year.goneNewForm());
    }

    private void share(List<CityPlan.Base> bases, Random random, int stayed, int joined, int gone) {
        double[] size = new double[bases.size()];
        double[] drive = new double[bases.size()];
        for (int i = 0; i < size.length; i++) {
            // A few large unions and many small ones, and joining that does not follow size alone.
            size[i] = 0.15 + Math.pow(random.nextDouble(), 4) * 4;
            drive[i] = size[i] * (0.4 + random.nextDouble());
        }
        int[] stayedAt = Apportion.of(stayed, size);
        int[] joinedAt = Apportion.of(joined, drive);
        int[] goneFrom = Apportion.of(gone, size);
        for (int i = 0; i < size.length; i++) {
            CityPlan.Base base = bases.get(i);
            batches.add(new Batch(base, stayedAt[i], false, null));
            batches.add(new Batch(base, joinedAt[i], true, null));
            int[] byEnding = Apportion.of(goneFrom[i], new double[] {7, 2, 1});
            batches.add(new Batch(base, byEnding[0], false, "left"));
            batches.add(new Batch(base, byEnding[1], false, "retired"));
            batches.add(new Batch(base, byEnding[2], false, "died"));
        }
    }

    @Override
    public void accept(Consumer<Enrolled> consumer) {
        int number = 0;
        for (Batch batch : batches) {
            for (int i = 0; i < batch.people(); i++) {
                consumer.accept(person(number++, batch));
                tick.run();
            }
        }
    }

    /** The first member on these rosters who never went, of a union of this kind. */
    Enrolled first(Predicate<CityPlan.Base> of) {
        int number = 0;
        for (Batch batch : batches) {
            if (batch.people() > 0 && batch.endedBy() == null && of.test(batch.base())) {
                return person(number, batch);
            }
            number += batch.people();
        }
        throw new IllegalStateException("no such member in a city this small");
    }

    private static Enrolled person(int number, Batch batch) {
        var random = new Random(number * 0x9E3779B97F4A7C15L + 11);
        boolean newForm = batch.base().forNewForm();
        boolean joinedLastYear = !batch.joined() && random.nextInt(100) < (newForm ? LAST_YEAR_NEW_FORM : LAST_YEAR);
        LocalDate beganOn = later(
                batch.base().foundedOn(),
                batch.joined() ? dayOf(YEAR, random) : joinedLastYear ? dayOf(YEAR - 1, random) : OPENING);
        LocalDate endedOn = batch.endedBy() == null ? null : dayOf(YEAR, random);
        long millis = beganOn.atStartOfDay(ZoneOffset.ofHours(8)).toInstant().toEpochMilli();
        return new Enrolled(
                Ids.of(millis, random.nextLong(), random.nextLong()),
                Ids.of(millis, random.nextLong(), random.nextLong()),
                batch.base().id(),
                InventedNames.person(random),
                identity(number, random),
                "100%08d".formatted(number),
                newForm ? NEW_FORMS[random.nextInt(NEW_FORMS.length)] : "regular",
                beganOn,
                batch.joined() || joinedLastYear ? Beginning.JOINED : Beginning.OPENING,
                endedOn,
                batch.endedBy());
    }

    /** A number that belongs to nobody: no region's code begins with 98 or 99. */
    private static IdentityNumber identity(int number, Random random) {
        LocalDate birth = LocalDate.of(1964, 1, 1).plusDays(random.nextInt(41 * 365));
        int sex = random.nextInt(2); // the parity of the last digit but one
        String digits = "%02d%04d%04d%02d%02d%03d"
                .formatted(
                        99 - number / 5_000_000,
                        number % 10_000,
                        birth.getYear(),
                        birth.getMonthValue(),
                        birth.getDayOfMonth(),
                        number / 10_000 % 500 * 2 + sex);
        return IdentityNumber.complete(digits);
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate dayOf(int year, Random random) {
        double at = random.nextDouble() * 97;
        int month = 0;
        while (at >= MONTHS[month]) {
            at -= MONTHS[month++];
        }
        int days = month == 11
                ? LAST_DAY_OF_DECEMBER
                : LocalDate.of(year, month + 1, 1).lengthOfMonth();
        return LocalDate.of(year, month + 1, 1 + random.nextInt(days));
    }
}

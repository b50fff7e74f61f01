package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.junit.jupiter.api.Test;

/**
 * In cities of chance, somebody puts together all that is shown to whoever may not read people: every union, year and month,
 * with all that members, joining and leaving have to do with each other. No count of one to four follows.
 */
class DisclosureTests {

    private static final int CITIES = Boolean.getBoolean("gonghui.deep") ? 400 : 40;
    private static final int YEARS = 3;
    private static final int MONTHS = 12;

    /** What happened in a month, and who stood there at its end. */
    private record Month(long newForm, long other, long joinedNew, long joinedOther, long goneNew, long goneOther) {

        private static final Month NOTHING = new Month(0, 0, 0, 0, 0, 0);

        private Month plus(Month more) {
            return new Month(
                    newForm + more.newForm,
                    other + more.other,
                    joinedNew + more.joinedNew,
                    joinedOther + more.joinedOther,
                    goneNew + more.goneNew,
                    goneOther + more.goneOther);
        }
    }

    /** Everything that may be asked about, and of what it consists. */
    private enum Count {
        TOTAL(true, month -> month.newForm + month.other),
        NEW_FORM(true, Month::newForm),
        OTHER(true, Month::other),
        JOINED(false, month -> month.joinedNew + month.joinedOther),
        JOINED_NEW(false, Month::joinedNew),
        JOINED_OTHER(false, Month::joinedOther),
        GONE(false, month -> month.goneNew + month.goneOther),
        GONE_NEW(false, Month::goneNew),
        GONE_OTHER(false, Month::goneOther);

        private final boolean isStock;

        @SuppressWarnings("ImmutableEnumChecker")
        private final ToLongFunction<Month> of;

        Count(boolean isStock, ToLongFunction<Month> of) {
            this.isStock = isStock;
            this.of = of;
        }
    }

    private static final Map<Measure, Count> SHOWN = Map.of(
            Members.TOTAL, Count.TOTAL,
            Members.NEW_FORM, Count.NEW_FORM,
            Members.JOINED, Count.JOINED,
            Members.GONE, Count.GONE,
            Members.JOINED_NEW_FORM, Count.JOINED_NEW);

    /** A union with those below it: what happened in each month of all years. */
    private record Union(int number, List<Union> below, List<Month> months, boolean hasMonths) {

        private long value(Count count, int year, int month) {
            return count.of.applyAsLong(months.get(year * MONTHS + month));
        }

        private long value(Count count, int year) {
            return count.isStock
                    ? value(count, year, MONTHS - 1)
                    : IntStream.range(0, MONTHS)
                            .mapToLong(month -> value(count, year, month))
                            .sum();
        }
    }

    @Test
    void noCountOfAFewFollowsFromAllThatIsShown() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var known = new int[2];
        for (int city = 0; city < CITIES; city++) {
            Union top = city(random);
            var reader = new Reader(top);
            reader.read();
            reader.reckon();
            reader.assertKnowsNoFew("seed %d, city %d".formatted(seed, city));
            known[0] += reader.shown;
            known[1] += reader.hidden;
        }
        assertThat(known[0]).as("shown").isGreaterThan(CITIES * 50); // chance brings some twice as many
        assertThat(known[1]).as("hidden").isGreaterThan(CITIES * 50); // chance brings some twice as many
    }

    private static Union city(Random random) {
        int size = 1 << random.nextInt(7);
        var numbers = new int[1];
        List<Union> streets = IntStream.rangeClosed(0, 1 + random.nextInt(6))
                .mapToObj(street -> {
                    List<Union> bases = IntStream.rangeClosed(0, random.nextInt(6))
                            .mapToObj(base -> new Union(++numbers[0], List.of(), months(random, size), false))
                            .toList();
                    return sum(++numbers[0], bases);
                })
                .toList();
        return sum(0, streets);
    }

    private static Union sum(int number, List<Union> below) {
        List<Month> months = IntStream.range(0, YEARS * MONTHS)
                .mapToObj(
                        at -> below.stream().map(each -> each.months().get(at)).reduce(Month.NOTHING, Month::plus))
                .toList();
        return new Union(number, below, months, true);
    }

    private static List<Month> months(Random random, int size) {
        List<Month> months = new ArrayList<>();
        int often = 1 + random.nextInt(8);
        int couriers = random.nextInt(3);
        var last =
                new Month(couriers > 0 ? 1 + random.nextInt(size * couriers) : 0, 1 + random.nextInt(size), 0, 0, 0, 0);
        for (int at = 0; at < YEARS * MONTHS; at++) {
            boolean happens = random.nextInt(often) == 0;
            long joinedNew = happens && couriers > 0 ? random.nextInt(size * couriers) : 0;
            long joinedOther = happens && couriers < 2 ? random.nextInt(size) : 0;
            boolean leave = happens && random.nextInt(3) > 0;
            long goneNew = leave ? gone(random, size, last.newForm) : 0;
            long goneOther = leave ? gone(random, size, last.other) : 0;
            last = new Month(
                    last.newForm + joinedNew - goneNew,
                    last.other + joinedOther - goneOther,
                    joinedNew,
                    joinedOther,
                    goneNew,
                    goneOther);
            months.add(last);
        }
        return months;
    }

    /** Some, or nearly all. */
    private static long gone(Random random, int size, long members) {
        return random.nextInt(6) == 0
                ? Math.max(0, members - random.nextInt(4))
                : Math.min(members, random.nextInt(size));
    }

    /** Somebody who looks at everything and knows between which limits each number lies. */
    private static final class Reader {

        /** What is asked about; month -1 is the year's value. */
        private record Unknown(int union, Count count, int year, int month) {}

        private record Sum(int whole, int[] parts) {}

        private final Union top;
        private final Map<Unknown, Integer> numbers = new HashMap<>();
        private final List<Sum> sums = new ArrayList<>();
        private final List<Long> truths = new ArrayList<>();
        private final List<long[]> limits = new ArrayList<>();
        private int shown;
        private int hidden;

        Reader(Union top) {
            this.top = top;
        }

        void read() {
            relate(top);
            var disclosure = new Disclosure(MONTHS);
            List<Disclosure.Hidden> open = Stream.generate(Disclosure.Hidden::nothing)
                    .limit(YEARS + 1L)
                    .toList();
            List<Disclosure.Hidden> decided =
                    disclosure.decide(List.of(counted(top)), 1, 1, open).getFirst();
            see(top, decided);
            readBelow(disclosure, top, decided);
        }

        private void readBelow(Disclosure disclosure, Union union, List<Disclosure.Hidden> above) {
            if (union.below().isEmpty()) {
                return;
            }
            List<List<Counters.Year>> cells = Stream.concat(
                            union.below().stream().map(DisclosureTests::counted),
                            Stream.of(counted(new Union(
                                    -1,
                                    List.of(),
                                    Stream.generate(() -> Month.NOTHING)
                                            .limit(YEARS * MONTHS)
                                            .toList(),
                                    false))))
                    .toList();
            int parts = union.below().size();
            List<List<Disclosure.Hidden>> decided =
                    disclosure.decide(cells, parts, union.equals(top) ? parts : 0, above);
            for (int part = 0; part < parts; part++) {
                see(union.below().get(part), decided.get(part));
                readBelow(disclosure, union.below().get(part), decided.get(part));
            }
        }

        private void see(Union union, List<Disclosure.Hidden> decided) {
            for (int year = 0; year < YEARS; year++) {
                Disclosure.Hidden not = decided.get(year + 1);
                int in = year;
                SHOWN.forEach((measure, count) -> {
                    if (not.values().contains(measure)) {
                        hidden++;
                    } else {
                        shown++;
                        know(union, count, in, -1);
                    }
                    if (union.hasMonths() && !not.months().contains(measure)) {
                        IntStream.range(0, MONTHS).forEach(month -> know(union, count, in, month));
                    }
                });
            }
        }

        private void know(Union union, Count count, int year, int month) {
            int number = number(union, count, year, month);
            long truth = truths.get(number);
            assertThat(SmallCounts.isSmall(truth)).as("%s is shown", count).isFalse();
            limits.set(number, new long[] {truth, truth});
        }

        private int number(Union union, Count count, int year, int month) {
            // The last month's stock is the year's.
            int at = count.isStock && month == MONTHS - 1 ? -1 : month;
            return numbers.computeIfAbsent(new Unknown(union.number(), count, year, at), fresh -> {
                truths.add(at < 0 ? union.value(count, year) : union.value(count, year, at));
                limits.add(new long[] {0, Long.MAX_VALUE / 4});
                return truths.size() - 1;
            });
        }

        /** All that the numbers have to do with each other. */
        private void relate(Union union) {
            for (int year = 0; year < YEARS; year++) {
                for (int month = -1; month < (union.hasMonths() ? MONTHS : 0); month++) {
                    relate(union, year, month);
                }
                if (union.hasMonths()) {
                    for (Count flow : List.of(Count.JOINED, Count.JOINED_NEW, Count.JOINED_OTHER, Count.GONE)) {
                        int in = year;
                        sum(
                                number(union, flow, year, -1),
                                IntStream.range(0, MONTHS)
                                        .map(month -> number(union, flow, in, month))
                                        .toArray());
                    }
                }
            }
            union.below().forEach(this::relate);
        }

        private void relate(Union union, int year, int month) {
            for (Count[] each : new Count[][] {
                {Count.TOTAL, Count.NEW_FORM, Count.OTHER},
                {Count.JOINED, Count.JOINED_NEW, Count.JOINED_OTHER},
                {Count.GONE, Count.GONE_NEW, Count.GONE_OTHER}
            }) {
                sum(
                        number(union, each[0], year, month),
                        number(union, each[1], year, month),
                        number(union, each[2], year, month));
            }
            for (Count[] each : new Count[][] {
                {Count.TOTAL, Count.JOINED, Count.GONE},
                {Count.NEW_FORM, Count.JOINED_NEW, Count.GONE_NEW},
                {Count.OTHER, Count.JOINED_OTHER, Count.GONE_OTHER}
            }) {
                int isNow = number(union, each[0], year, month);
                int joined = number(union, each[1], year, month);
                int gone = number(union, each[2], year, month);
                if (year > 0 || month > 0) {
                    int before =
                            month <= 0 ? number(union, each[0], year - 1, -1) : number(union, each[0], year, month - 1);
                    int both = both(before, joined);
                    sum(both, before, joined);
                    sum(both, isNow, gone);
                }
            }
            if (!union.below().isEmpty() && (month < 0 || union.equals(top))) {
                for (Count count : Count.values()) {
                    sum(
                            number(union, count, year, month),
                            union.below().stream()
                                    .mapToInt(part -> number(part, count, year, month))
                                    .toArray());
                }
            }
        }

        /** A number that nobody shows: of two together. */
        private int both(int one, int other) {
            truths.add(truths.get(one) + truths.get(other));
            limits.add(new long[] {0, Long.MAX_VALUE / 4});
            return truths.size() - 1;
        }

        private void sum(int whole, int... parts) {
            assertThat(truths.get(whole))
                    .isEqualTo(Arrays.stream(parts).mapToLong(truths::get).sum());
            sums.add(new Sum(whole, parts));
        }

        /** Draws the limits closer as long as that goes. */
        void reckon() {
            boolean closer = true;
            for (int round = 0; closer && round < 200; round++) {
                closer = false;
                for (Sum sum : sums) {
                    closer |= reckon(sum);
                }
            }
        }

        private boolean reckon(Sum sum) {
            long least = 0;
            long most = 0;
            for (int part : sum.parts()) {
                least += limits.get(part)[0];
                most = Math.min(Long.MAX_VALUE / 4, most + limits.get(part)[1]);
            }
            long[] whole = limits.get(sum.whole());
            boolean closer = draw(whole, least, most);
            for (int part : sum.parts()) {
                long[] own = limits.get(part);
                closer |= draw(
                        own,
                        most == Long.MAX_VALUE / 4 ? 0 : whole[0] - (most - own[1]),
                        whole[1] == Long.MAX_VALUE / 4 ? own[1] : whole[1] - (least - own[0]));
            }
            return closer;
        }

        private static boolean draw(long[] limits, long least, long most) {
            boolean closer = least > limits[0] || most < limits[1];
            limits[0] = Math.max(limits[0], least);
            limits[1] = Math.min(limits[1], most);
            return closer;
        }

        void assertKnowsNoFew(String what) {
            numbers.forEach((unknown, number) -> {
                long[] between = limits.get(number);
                long truth = truths.get(number);
                assertThat(truth).isBetween(between[0], between[1]);
                assertThat(between[0] == between[1] && SmallCounts.isSmall(truth))
                        .as("%s: %s is %d", what, unknown, truth)
                        .isFalse();
            });
        }
    }

    /** As the counters count it, a year before all years included. */
    private static List<Counters.Year> counted(Union union) {
        return Stream.concat(
                        Stream.of(Counters.empty(Disclosure.ALL.size())),
                        IntStream.range(0, YEARS).mapToObj(year -> {
                            Counters.Year counted = Counters.empty(Disclosure.ALL.size());
                            SHOWN.forEach((measure, count) -> {
                                long[] months = counted.byMonth().get(Disclosure.ALL.indexOf(measure));
                                Arrays.setAll(months, month -> union.value(count, year, month));
                            });
                            return counted;
                        }))
                .toList();
    }
}

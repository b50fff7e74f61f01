package org.gonghui.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Employment;
import org.gonghui.member.MemberId;
import org.gonghui.member.Members;
import org.gonghui.member.Members.Admission;
import org.gonghui.member.Membership;
import org.gonghui.member.MergePeople;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * Whatever is moved, merged, dissolved and founded while people join and leave: a figure that was read for a tree stays
 * what it was, on every tree it is a recount of the records, and the city's total is the same on all of them. In a city
 * of its own, for months pass in it.
 */
@CityTest
@TestPropertySource(properties = {"gonghui.city.unions=200", "gonghui.city.members=2000"})
@DirtiesContext
class ReorganisingPropertyTests {

    private static final int STEPS = 180;
    private static final int REMEMBERED = 60;
    private static final List<Measure> MEASURES =
            List.of(Members.TOTAL, Members.JOINED, Members.NEW_FORM, Members.GONE);
    private static final Actor ALL = Actor.platform("test");

    /** What a figure said of a closed month on the tree of its last day. */
    private record Said(YearMonth month, UnionId union, int measure, long value) {}

    @Autowired
    private Unions unions;

    @Autowired
    private Reorganising reorganising;

    @Autowired
    private Members members;

    @Autowired
    private MergePeople merging;

    @Autowired
    private Counters counters;

    @Autowired
    private Given given;

    @Autowired
    private TestTime time;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    private final List<UnionId> made = new ArrayList<>();
    private final List<UUID> memberships = new ArrayList<>();
    private final List<MemberId> people = new ArrayList<>();
    private final List<UUID> merges = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private Random random = new Random(0);

    private void makeTwoDistricts() {
        for (int district = 0; district < 2; district++) {
            UnionId above = found(given.city().id(), UnionKind.DISTRICT_FEDERATION);
            for (int street = 0; street < 2; street++) {
                UnionId below = found(above, UnionKind.STREET_FEDERATION);
                found(below, UnionKind.BASE_UNION);
                found(below, UnionKind.BASE_UNION);
            }
        }
    }

    @Test
    void figuresOfEveryTreeAreARecount() {
        live(20231228);
        if (Boolean.getBoolean("gonghui.deep")) {
            LongStream.of(1, 42, 777, System.nanoTime()).forEach(this::live);
        }
    }

    private void live(long seed) {
        random = new Random(seed);
        List.of(made, memberships, people, merges, said).forEach(List::clear);
        makeTwoDistricts();
        for (int step = 0; step < STEPS; step++) {
            try {
                act();
            } catch (Refused | BadInput no) {
                // What is refused changes nothing: that is what is compared below.
            }
            if (step % 12 == 11) {
                closeTheMonth();
                check("seed " + seed + ", step " + step);
            }
        }
        assertThat(said).hasSizeGreaterThan(200);
        assertThat(jdbc.sql("select count(*) from org_reorganisation where state = 'done'")
                        .query(Integer.class)
                        .single())
                .isGreaterThan(10);
    }

    private void act() {
        UnionId union = made.get(random.nextInt(made.size()));
        List<Employment> employments = members.employments();
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> {
                if (members.admit(
                                ALL,
                                union,
                                Given.freshPerson(employments.get(random.nextInt(employments.size()))),
                                Optional.empty())
                        instanceof Admission.Admitted admitted) {
                    memberships.add(admitted.membership());
                    people.add(admitted.member());
                }
            }
            case 12 -> merge();
            case 13 -> {
                if (!merges.isEmpty()) {
                    merging.undo(ALL, merges.get(random.nextInt(merges.size())));
                }
            }
            case 4 -> members.end(ALL, membership(), Membership.Ending.LEFT, "");
            case 5 -> members.changeEmployment(ALL, membership(), "courier");
            case 6 -> memberships.add(members.transfer(ALL, membership(), Members.Arrival.at(union)));
            case 7 -> found(union, random.nextBoolean() ? UnionKind.BASE_UNION : UnionKind.STREET_FEDERATION);
            case 8, 9 -> order(union, "MOVE", oneOf(UnionKind.STREET_FEDERATION, UnionKind.DISTRICT_FEDERATION));
            case 10 ->
                order(union, "MERGE", oneOf(unions.named(union).orElseThrow().kind()));
            default -> order(union, "DISSOLVE", union);
        }
    }

    private void merge() {
        if (people.size() < 2) {
            return;
        }
        MemberId survivor = people.get(random.nextInt(people.size()));
        MemberId absorbed = people.get(random.nextInt(people.size()));
        List<UUID> live = Stream.of(survivor, absorbed)
                .flatMap(each -> merging.side(ALL, each).stream())
                .flatMap(side -> side.live().stream())
                .map(spell -> spell.membership().id())
                .toList();
        UUID merge = UUID.randomUUID();
        merging.merge(
                ALL,
                merge,
                new MergePeople.Choice(
                        survivor,
                        absorbed,
                        random.nextBoolean(),
                        random.nextBoolean(),
                        live.isEmpty() ? Optional.empty() : Optional.of(live.get(random.nextInt(live.size())))));
        merges.add(merge);
    }

    private void order(UnionId union, String kind, UnionId target) {
        String code = unions.named(target).orElseThrow().code();
        LocalDate from = today().plusDays(random.nextInt(40) - 10);
        reorganising.order(ALL, union, UUID.randomUUID(), new Reorganising.Typed(kind, code, from.toString()));
    }

    /** One of these kinds, dissolved ones too: then it is refused. */
    private UnionId oneOf(UnionKind... kinds) {
        List<UnionId> fitting = made.stream()
                .filter(id ->
                        List.of(kinds).contains(unions.named(id).orElseThrow().kind()))
                .toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    private UUID membership() {
        return memberships.isEmpty() ? UUID.randomUUID() : memberships.get(random.nextInt(memberships.size()));
    }

    private UnionId found(UnionId below, UnionKind kind) {
        UnionId union = unions.found(
                ALL,
                below,
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", kind.name(), today().toString(), ""));
        made.add(union);
        return union;
    }

    /** Remembers what the figures of the month say on its last day, and goes on into the next. */
    private void closeTheMonth() {
        YearMonth month = YearMonth.from(today());
        LocalDate last = month.atEndOfMonth();
        time.pass(Duration.ofDays(last.toEpochDay() - today().toEpochDay()));
        reorganising.applyDue();
        for (UnionId union : List.copyOf(made)) {
            TreeView tree = unions.asOf(ALL, Right.FIGURE_READ, last);
            tree.find(union).ifPresent(of -> {
                for (int i = 0; i < MEASURES.size(); i++) {
                    said.add(new Said(month, union, i, value(of.path(), month, last, i)));
                }
            });
        }
        time.pass(Duration.ofDays(1 + random.nextInt(20)));
        reorganising.applyDue();
    }

    private void check(String what) {
        assertThat(members.recount()).as(what).isEmpty();
        List<Said> some = new ArrayList<>(said);
        Collections.shuffle(some, random);
        for (Said each : some.subList(0, Math.min(some.size(), REMEMBERED))) {
            LocalDate last = each.month().atEndOfMonth();
            UnionSummary union =
                    unions.asOf(ALL, Right.FIGURE_READ, last).find(each.union()).orElseThrow();
            assertThat(value(union.path(), each.month(), last, each.measure()))
                    .as("%s: %s of %s in %s", what, MEASURES.get(each.measure()).key(), union.name(), each.month())
                    .isEqualTo(each.value());
        }
        YearMonth asked = said.get(random.nextInt(said.size())).month();
        LocalDate end = asked.atEndOfMonth();
        LocalDate day = end.plusDays(random.nextInt((int) (today().toEpochDay() - end.toEpochDay()) + 1));
        TreeView tree = unions.asOf(ALL, Right.FIGURE_READ, day);
        long whole = 0;
        for (UnionSummary district : tree.children(tree.get(given.city().id()))) {
            whole += value(district.path(), asked, day, 0);
        }
        assertThat(whole)
                .as("%s: everybody on the tree of %s", what, day)
                .isEqualTo(living(asked, day, UnionPath.root()));
        for (UnionId id : made) {
            tree.find(id)
                    .ifPresent(union -> assertThat(value(union.path(), asked, day, 0))
                            .as("%s: total of %s in %s on the tree of %s", what, union.name(), asked, day)
                            .isEqualTo(living(asked, day, union.path())));
        }
    }

    private long value(UnionPath path, YearMonth month, LocalDate tree, int measure) {
        return counters.of(path, month.getYear(), tree, List.of(MEASURES.get(measure)), ALL.reach(Right.FIGURE_READ))
                .byMonth()
                .getFirst()[month.getMonthValue() - 1];
    }

    /** Members at the end of a month, from the records alone, where their unions or those unions' heirs stood on a day. */
    private long living(YearMonth month, LocalDate day, UnionPath path) {
        return jdbc.sql("""
                        select count(*) from member_membership held
                          join org_placement place on place.union_id = held.union_id and place.valid_from <= :day
                               and (place.valid_to is null or place.valid_to > :day)
                         where began_on <= :end and (ended_on is null or ended_on > :end)
                           and place.path >= :low and place.path < :high
                        """)
                .param("day", day)
                .param("end", month.atEndOfMonth())
                .param("low", path.low())
                .param("high", path.high())
                .query(Long.class)
                .single();
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}

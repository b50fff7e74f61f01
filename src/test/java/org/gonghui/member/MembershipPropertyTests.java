package org.gonghui.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Refused;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whatever is done to a few people in a few unions, in whatever order: the counters are what the records say, and nobody
 * belongs to two unions.
 */
@CityTest
class MembershipPropertyTests {

    private static final int PEOPLE = 8;
    private static final int STEPS = 150;

    @Autowired
    private Members members;

    @Autowired
    private MemberStore store;

    @Autowired
    private Enlisting enlisting;

    @Autowired
    private MergePeople merging;

    @Autowired
    private Clock clock;

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(longs = {1, 20231228, 777})
    void countersAreARecountAndOnePersonIsOneMember(long seed) {
        live(seed);
    }

    @Test
    void theSameFromASeedNobodyHasTried() {
        live(System.nanoTime());
    }

    private void live(long seed) {
        var random = new Random(seed);
        var all = Actor.platform("test");
        List<UnionSummary> unions = List.of(given.base(), given.joint(), given.otherBase());
        List<Employment> employments = members.employments();
        List<Person> people = new ArrayList<>();
        List<UUID> memberships = new ArrayList<>();
        List<UUID> merges = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(Given.freshPerson(employments.get(random.nextInt(employments.size()))));
        }
        for (int step = 0; step < STEPS; step++) {
            String what = "seed " + seed + ", step " + step;
            try {
                act(random, all, unions, employments, people, memberships, merges);
            } catch (Refused no) {
                // A refusal changes nothing; that is what the comparison below is about.
            }
            if (step % 10 == 9) {
                assertThat(members.recount()).as(what).isEmpty();
            }
        }
        assertThat(jdbc.sql("""
                        select count(*) from (select member_id from member_membership
                                               where ended_on is null group by member_id having count(*) > 1) twice
                        """).query(Integer.class).single())
                .as("seed " + seed)
                .isZero();
    }

    private UUID enlist(Actor all, UnionSummary union, List<Person> people) {
        UUID list = UUID.randomUUID();
        enlisting.put(list, into -> {
            for (int i = 0; i < people.size(); i++) {
                Person person = people.get(i);
                into.accept(new Enlisting.Candidate(
                        i,
                        union.id(),
                        person.name(),
                        person.identity(),
                        person.phone(),
                        person.employment().code()));
            }
        });
        enlisting.admit(all, list, union.id(), people.size() % 2 == 0 ? Enlisting.As.OPENING : Enlisting.As.JOINING);
        return list;
    }

    private void act(
            Random random,
            Actor all,
            List<UnionSummary> unions,
            List<Employment> employments,
            List<Person> people,
            List<UUID> memberships,
            List<UUID> merges) {
        Person person = people.get(random.nextInt(people.size()));
        UnionSummary union = unions.get(random.nextInt(unions.size()));
        Optional<UUID> membership = store.byIdentity(person.identity()).stream()
                .flatMap(member -> store.memberships(member).stream())
                .map(Membership::id)
                .findFirst();
        switch (random.nextInt(16)) {
            case 9 -> {
                UUID list = enlist(all, union, people.subList(random.nextInt(PEOPLE), PEOPLE));
                if (random.nextBoolean()) {
                    enlisting.takeBack(all, list, union.id(), LocalDate.now(clock), List.of(union.id()));
                }
            }
            case 10 -> enlist(all, union, List.of(person, person));
            case 11 ->
                merge(random, all, person, people.get(random.nextInt(PEOPLE))).ifPresent(merges::add);
            case 12 -> {
                Recorded before = Recorded.of(jdbc);
                Optional<UUID> merge = merge(random, all, person, people.get(random.nextInt(PEOPLE)));
                if (merge.isPresent()) {
                    assertThat(members.recount()).isEmpty();
                    merging.undo(all, merge.get());
                    assertThat(Recorded.of(jdbc)).isEqualTo(before);
                }
            }
            case 13 -> {
                if (!merges.isEmpty()) {
                    merging.undo(all, merges.get(random.nextInt(merges.size())));
                }
            }
            case 14 -> { // the whole crowd, under whatever numbers they have
                UUID list = enlist(all, union, people);
                if (random.nextBoolean()) {
                    enlisting.takeBack(all, list, union.id(), LocalDate.now(clock), List.of(union.id()));
                }
            }
            case 0, 1 -> {
                if (members.admit(all, union.id(), person, Optional.empty())
                        instanceof Members.Admission.Admitted admitted) {
                    memberships.add(admitted.membership());
                }
            }
            case 2 -> membership.ifPresent(of -> members.end(all, of, Membership.Ending.LEFT, ""));
            case 3 -> membership.ifPresent(of -> members.end(all, of, Membership.Ending.RETIRED, ""));
            case 4 -> membership.ifPresent(of -> members.transfer(all, of, arrival(random, union, employments)));
            case 5 -> membership.ifPresent(of -> members.takeBack(all, of));
            case 6 ->
                membership.ifPresent(of -> members.changeEmployment(
                        all,
                        of,
                        employments.get(random.nextInt(employments.size())).code()));
            case 7 -> membership.ifPresent(of -> members.undoTransfer(all, of));
            default -> {
                if (!memberships.isEmpty()) { // something older, which may have been undone or moved on
                    members.takeBack(all, memberships.get(random.nextInt(memberships.size())));
                }
            }
        }
    }

    /** Merges two of the people, unless they are one already. */
    private Optional<UUID> merge(Random random, Actor all, Person one, Person two) {
        Optional<MemberId> survivor = store.byIdentity(one.identity());
        Optional<MemberId> absorbed = store.byIdentity(two.identity());
        if (survivor.isEmpty() || absorbed.isEmpty() || survivor.equals(absorbed)) {
            return Optional.empty();
        }
        List<UUID> live = Stream.of(survivor.get(), absorbed.get())
                .flatMap(each -> store.live(each).stream())
                .map(Membership::id)
                .toList();
        UUID id = UUID.randomUUID();
        merging.merge(
                all,
                id,
                new MergePeople.Choice(
                        survivor.get(),
                        absorbed.get(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        live.isEmpty() ? Optional.empty() : Optional.of(live.get(random.nextInt(live.size())))));
        return Optional.of(id);
    }

    private static Members.Arrival arrival(Random random, UnionSummary union, List<Employment> employments) {
        Optional<Employment> other = Optional.of(employments.get(random.nextInt(employments.size())));
        return new Members.Arrival(
                union.id(), random.nextBoolean() ? other : Optional.empty(), Optional.empty(), Optional.empty());
    }
}

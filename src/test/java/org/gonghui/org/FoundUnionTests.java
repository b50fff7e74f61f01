package org.gonghui.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.gonghui.access.Role;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@CityTest
class FoundUnionTests {

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private Clock clock;

    @Test
    void aFoundedUnionIsInTheTreeAtOnceAndIsFound() {
        int before = given.street().below();
        String name = Given.freshName();
        UnionId id = found(given.streetOfficer(), given.street().id(), name);
        assertThat(given.street().below()).isEqualTo(before + 1);
        assertThat(unions.search(given.streetOfficer(), Spelling.of(name).initials(), 10))
                .extracting(UnionSummary::id)
                .contains(id);
        assertThat(unions.file(given.districtOfficer(), id).history())
                .singleElement()
                .satisfies(entry -> assertThat(entry.action()).isEqualTo("org.found"));
    }

    @Test
    void whoeverFoundsAUnionSeesItAtOnceHoweverManyOthersDo() throws Exception {
        Actor officer = given.streetOfficer();
        UnionId street = given.street().id();
        Callable<Boolean> foundAndLook = () -> {
            for (int i = 0; i < 25; i++) {
                UnionId id = found(officer, street, Given.freshName());
                unions.get(officer, id, Right.UNION_READ); // refused if it is not there
            }
            return true;
        };
        try (ExecutorService hands = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> one :
                    hands.invokeAll(List.of(foundAndLook, foundAndLook, foundAndLook, foundAndLook))) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    @Test
    void theSameFormSentTwiceFoundsOnce() {
        UnionId proposed = new UnionId(UUID.randomUUID());
        String name = Given.freshName();
        int before = given.street().below();
        unions.found(given.streetOfficer(), given.street().id(), proposed, founding(name));
        assertThat(unions.found(given.streetOfficer(), given.street().id(), proposed, founding(name)))
                .isEqualTo(proposed);
        assertThat(given.street().below()).isEqualTo(before + 1);
        assertRefused(
                UnionRefusal.FORM_USED_BEFORE,
                () -> unions.found(given.streetOfficer(), given.street().id(), proposed, founding(Given.freshName())));
    }

    @Test
    void pressedTwiceAtOnceItFoundsOnce() throws Exception {
        UnionId proposed = new UnionId(UUID.randomUUID());
        String name = Given.freshName();
        int before = given.street().below();
        try (ExecutorService hands = Executors.newFixedThreadPool(4)) {
            List<Callable<UnionId>> presses = IntStream.range(0, 4)
                    .<Callable<UnionId>>mapToObj(i -> () ->
                            unions.found(given.streetOfficer(), given.street().id(), proposed, founding(name)))
                    .toList();
            for (Future<UnionId> press : hands.invokeAll(presses)) {
                assertThat(press.get()).isEqualTo(proposed);
            }
        }
        assertThat(given.street().below()).isEqualTo(before + 1);
    }

    @Test
    void manyFoundingsAtOnceGetPlacesOfTheirOwn() throws Exception {
        try (ExecutorService hands = Executors.newFixedThreadPool(8)) {
            List<Callable<UnionId>> foundings = IntStream.range(0, 16)
                    .<Callable<UnionId>>mapToObj(i ->
                            () -> found(given.streetOfficer(), given.street().id(), Given.freshName()))
                    .toList();
            Set<String> paths = new HashSet<>();
            for (Future<UnionId> founding : hands.invokeAll(foundings)) {
                paths.add(given.union(founding.get()).path().value());
            }
            assertThat(paths).hasSize(16);
        }
    }

    @Test
    void aNameStandsOnceBelowOneSuperior() {
        String name = Given.freshName();
        found(given.streetOfficer(), given.street().id(), name);
        assertRefused(
                UnionRefusal.NAME_TAKEN,
                () -> found(given.streetOfficer(), given.street().id(), name));
    }

    @Test
    void pastedSpacesAndFullWidthLettersAreMended() {
        UnionId id = found(given.streetOfficer(), given.street().id(), "　云帆ＡＢ" + UUID.randomUUID() + " 　工会 ");
        assertThat(given.union(id).name()).startsWith("云帆AB").endsWith(" 工会");
    }

    @Test
    void rareCharactersAreKept() {
        UnionId id = found(given.streetOfficer(), given.street().id(), "𠮷䶮" + UUID.randomUUID() + "工会");
        assertThat(given.union(id).name()).startsWith("𠮷䶮");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 　", "云帆😀工会", "<script>alert(1)</script>", "\uD800工会"})
    void suchNamesAreNotTaken(String name) {
        int before = given.street().below();
        assertThatThrownBy(() -> found(given.streetOfficer(), given.street().id(), name))
                .isInstanceOf(BadInput.class);
        assertThat(given.street().below()).isEqualTo(before);
    }

    @Test
    void aNameIsAtMostEightyCharacters() {
        String longest = "𠮷".repeat(40) + UUID.randomUUID() + "工工会会";
        UnionId id = found(given.streetOfficer(), given.street().id(), longest);
        assertThat(given.union(id).name()).isEqualTo(longest);
        assertThatThrownBy(() -> found(given.streetOfficer(), given.street().id(), longest + "会"))
                .isInstanceOf(BadInput.class);
    }

    @ParameterizedTest
    @CsvSource({"2023-02-30", "''", "not-a-day", "2999-01-01", "1900-01-01"})
    void suchDaysAreNotTaken(String day) {
        assertThatThrownBy(() -> unions.found(
                        given.streetOfficer(),
                        given.street().id(),
                        new UnionId(UUID.randomUUID()),
                        new Unions.Founding(Given.freshName(), "", "BASE_UNION", day, "")))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void tomorrowIsNotYet() {
        String tomorrow = LocalDate.now(clock).plusDays(1).toString();
        assertThatThrownBy(() -> unions.found(
                        given.streetOfficer(),
                        given.street().id(),
                        new UnionId(UUID.randomUUID()),
                        new Unions.Founding(Given.freshName(), "", "BASE_UNION", tomorrow, "")))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void aDistrictStandsBelowNoStreetAndNothingBelowABaseUnion() {
        assertRefused(
                UnionRefusal.KIND_DOES_NOT_FIT,
                () -> unions.found(
                        given.streetOfficer(),
                        given.street().id(),
                        new UnionId(UUID.randomUUID()),
                        founding(Given.freshName(), "DISTRICT_FEDERATION")));
        assertRefused(
                UnionRefusal.KIND_DOES_NOT_FIT,
                () -> found(given.streetOfficer(), given.base().id(), Given.freshName()));
    }

    @Test
    void theTreeGrowsNoDeeperThanEightLevels() {
        Actor city = given.cityOfficer();
        UnionId below = given.city().id();
        for (int depth = 2; depth <= 8; depth++) {
            below = unions.found(
                    city, below, new UnionId(UUID.randomUUID()), founding(Given.freshName(), "GROUP_UNION"));
        }
        UnionId deepest = below;
        assertRefused(
                UnionRefusal.TOO_DEEP,
                () -> unions.found(
                        city, deepest, new UnionId(UUID.randomUUID()), founding(Given.freshName(), "GROUP_UNION")));
    }

    @Test
    void nobodyFoundsOutsideTheirPartOfTheTree() {
        assertRefused(
                UnionRefusal.NO_SUCH_UNION,
                () -> found(given.streetOfficer(), given.otherDistrict().id(), Given.freshName()));
        assertRefused(
                UnionRefusal.NO_SUCH_UNION,
                () -> found(given.streetOfficer(), given.district().id(), Given.freshName()));
        assertRefused(
                UnionRefusal.NO_SUCH_UNION,
                () -> found(
                        given.officer(Role.AUDITOR, given.city()),
                        given.street().id(),
                        Given.freshName()));
        assertRefused(
                UnionRefusal.NO_SUCH_UNION,
                () -> found(Actor.nobody(), given.street().id(), Given.freshName()));
    }

    @Test
    void whatIsOutsideIsNotEvenKnown() {
        Actor street = given.streetOfficer();
        assertRefused(
                UnionRefusal.NO_SUCH_UNION,
                () -> unions.get(street, given.otherDistrict().id(), Right.UNION_READ));
        assertRefused(
                UnionRefusal.NO_SUCH_UNION,
                () -> unions.file(street, given.otherDistrict().id()));
        assertRefused(
                UnionRefusal.NO_SUCH_UNION,
                () -> unions.children(street, given.district().id()));
        assertThat(unions.search(street, "朝阳", 10)).isEmpty();
        assertThat(unions.above(street, given.base().id()))
                .extracting(UnionSummary::id)
                .containsExactly(given.street().id());
    }

    private UnionId found(Actor actor, UnionId below, String name) {
        return unions.found(actor, below, new UnionId(UUID.randomUUID()), founding(name));
    }

    private static Unions.Founding founding(String name) {
        return founding(name, "BASE_UNION");
    }

    private static Unions.Founding founding(String name, String kind) {
        return new Unions.Founding(name, "", kind, "2023-12-01", "");
    }
}

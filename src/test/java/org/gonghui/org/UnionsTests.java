package org.gonghui.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gonghui.access.Role;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.UnionId;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Renaming, officers, committees and branches. */
@CityTest
class UnionsTests {

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private Clock clock;

    @Test
    void aNewNameLeavesTheOldOneInTheHistory() {
        UnionId id = fresh();
        String before = given.union(id).name();
        String after = Given.freshName();
        unions.rename(given.streetOfficer(), id, new Unions.Renaming(after, "新名", today()));
        assertThat(given.union(id).name()).isEqualTo(after);
        assertThat(given.union(id).shortName()).isEqualTo("新名");
        UnionFile file = unions.file(given.streetOfficer(), id);
        assertThat(file.names()).extracting(UnionFile.Name::name).containsExactly(after, before);
        assertThat(file.names().getLast().to())
                .isEqualTo(file.names().getFirst().from());
        assertThat(unions.search(given.streetOfficer(), Spelling.of(after).pinyin(), 5))
                .extracting(UnionSummary::id)
                .contains(id);
        assertThat(unions.search(given.streetOfficer(), before, 5)).isEmpty();
    }

    @Test
    void aNameOfTheSameDayIsCorrected() {
        UnionId id = fresh();
        unions.rename(given.streetOfficer(), id, new Unions.Renaming(Given.freshName(), "", today()));
        String right = Given.freshName();
        unions.rename(given.streetOfficer(), id, new Unions.Renaming(right, "", today()));
        assertThat(given.union(id).name()).isEqualTo(right);
        assertThat(unions.file(given.streetOfficer(), id).names()).hasSize(2);
    }

    @Test
    void aNameBeginsNeitherBeforeThePresentOneNorInTheFuture() {
        UnionId id = fresh();
        for (String day :
                new String[] {"2023-11-30", LocalDate.now(clock).plusDays(1).toString()}) {
            assertThatThrownBy(() ->
                            unions.rename(given.streetOfficer(), id, new Unions.Renaming(Given.freshName(), "", day)))
                    .isInstanceOf(BadInput.class);
        }
    }

    @Test
    void aNameThatANeighbourHasIsRefused() {
        UnionId id = fresh();
        String neighbour = given.union(fresh()).name();
        assertRefused(
                UnionRefusal.NAME_TAKEN,
                () -> unions.rename(given.streetOfficer(), id, new Unions.Renaming(neighbour, "", today())));
    }

    @Test
    void twoNeighboursRenamedAtOnceDoNotGetOneName() throws Exception {
        for (int round = 0; round < 5; round++) {
            String name = Given.freshName();
            List<UnionId> neighbours = List.of(fresh(), fresh(), fresh());
            int renamed = 0;
            try (ExecutorService hands = Executors.newFixedThreadPool(3)) {
                List<Future<?>> renamings = new ArrayList<>();
                for (UnionId id : neighbours) {
                    renamings.add(hands.submit(
                            () -> unions.rename(given.streetOfficer(), id, new Unions.Renaming(name, "", today()))));
                }
                for (Future<?> renaming : renamings) {
                    try {
                        renaming.get();
                        renamed++;
                    } catch (ExecutionException refused) {
                        assertThat(refused.getCause()).hasMessage("refusal.org.name-taken");
                    }
                }
            }
            assertThat(renamed).isEqualTo(1);
        }
    }

    @Test
    void aFormsKeyIsForOneUnionAndTellsTheHistoryOnce() {
        UnionId id = fresh();
        UUID key = UUID.randomUUID();
        var chair = new Unions.NewStaff("CHAIR", "周宁", "", "2023-12-02");
        unions.addStaff(given.streetOfficer(), id, key, chair);
        unions.addStaff(given.streetOfficer(), id, key, chair);
        assertThat(unions.file(given.streetOfficer(), id).history())
                .filteredOn(entry -> entry.action().equals("org.staff.add"))
                .hasSize(1);
        UnionId other = fresh();
        assertRefused(UnionRefusal.FORM_USED_BEFORE, () -> unions.addStaff(given.streetOfficer(), other, key, chair));
    }

    @Test
    void onlyItsOwnOfficersRenameAUnion() {
        UnionId id = fresh();
        assertRefused(
                UnionRefusal.NO_SUCH_UNION,
                () -> unions.rename(
                        given.officer(Role.DISTRICT_OFFICER, given.otherDistrict()),
                        id,
                        new Unions.Renaming(Given.freshName(), "", today())));
        assertRefused(
                UnionRefusal.NO_SUCH_UNION,
                () -> unions.rename(
                        given.officer(Role.AUDITOR, given.city()),
                        id,
                        new Unions.Renaming(Given.freshName(), "", today())));
    }

    @Test
    void officersComeAndGoAndStayOnRecord() {
        UnionId id = fresh();
        UUID key = UUID.randomUUID();
        var chair = new Unions.NewStaff("CHAIR", "林𠮷", "", "2023-12-02");
        unions.addStaff(given.streetOfficer(), id, key, chair);
        unions.addStaff(given.streetOfficer(), id, key, chair);
        assertThat(unions.file(given.streetOfficer(), id).staff()).hasSize(1);
        unions.endStaff(given.streetOfficer(), id, key);
        assertThat(unions.file(given.streetOfficer(), id).staff())
                .singleElement()
                .satisfies(staff -> assertThat(staff.to()).isEqualTo(today()));
        assertRefused(UnionRefusal.ALREADY_ENDED, () -> unions.endStaff(given.streetOfficer(), id, key));
    }

    @Test
    void aBodyThatBeganAndEndedTheSameDayNeverWas() {
        UnionId id = fresh();
        UUID key = UUID.randomUUID();
        unions.addBody(given.streetOfficer(), id, key, new Unions.NewBody("BRANCH", "三号工地分会", today()));
        assertThat(unions.file(given.streetOfficer(), id).bodies()).hasSize(1);
        unions.endBody(given.streetOfficer(), id, key);
        assertThat(unions.file(given.streetOfficer(), id).bodies()).isEmpty();
        assertRefused(UnionRefusal.ALREADY_ENDED, () -> unions.endBody(given.streetOfficer(), id, key));
    }

    @Test
    void nothingBeginsBeforeTheUnionDid() {
        UnionId id = fresh();
        assertThatThrownBy(() -> unions.addBody(
                        given.streetOfficer(),
                        id,
                        UUID.randomUUID(),
                        new Unions.NewBody("WOMEN_WORKERS_COMMITTEE", "女职工委员会", "2023-11-30")))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void aForeignUnionsOfficerIsNotEnded() {
        UnionId id = fresh();
        UUID key = UUID.randomUUID();
        unions.addStaff(given.streetOfficer(), id, key, new Unions.NewStaff("CHAIR", "周宁", "", "2023-12-02"));
        UnionId other = fresh();
        assertRefused(UnionRefusal.ALREADY_ENDED, () -> unions.endStaff(given.streetOfficer(), other, key));
    }

    @Test
    void aUnionOfATerritoryMayBelongToAnIndustryToo() {
        UnionSummary industry = unions.industries().getFirst();
        UnionId id = new UnionId(UUID.randomUUID());
        unions.found(
                given.streetOfficer(),
                given.street().id(),
                id,
                new Unions.Founding(
                        Given.freshName(),
                        "",
                        "BASE_UNION",
                        "2023-12-01",
                        industry.id().toString()));
        assertThat(unions.file(given.streetOfficer(), id).affiliations())
                .extracting(UnionSummary::id)
                .containsExactly(industry.id());
    }

    private UnionId fresh() {
        return unions.found(
                given.streetOfficer(),
                given.street().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "BASE_UNION", "2023-12-01", ""));
    }

    private String today() {
        return LocalDate.now(clock).toString();
    }
}

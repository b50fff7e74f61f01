package org.gonghui.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gonghui.access.Role;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Members.Admission;
import org.gonghui.member.Members.Admission.Admitted;
import org.gonghui.org.UnionSummary;
import org.gonghui.seal.Sealer;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two records of one person become one and two again: nothing is lost, nothing counted twice, no closed month changes. */
@CityTest
class MergePeopleTests {

    private static final Employment COURIER = new Employment("courier", true);
    private static final Employment REGULAR = new Employment("regular", false);

    @Autowired
    private MergePeople merging;

    @Autowired
    private MergeStore merges;

    @Autowired
    private Members members;

    @Autowired
    private MemberStore store;

    @Autowired
    private MemberFiles files;

    @Autowired
    private OwnRecords own;

    @Autowired
    private Corrections corrections;

    @Autowired
    private Enlisting enlisting;

    @Autowired
    private Sealer sealer;

    @Autowired
    private Audit audit;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    private Actor district = Actor.nobody();
    private Actor city = Actor.nobody();
    private UnionSummary base;
    private UnionSummary joint;

    @BeforeEach
    void places() {
        district = given.districtOfficer();
        city = given.cityOfficer();
        base = given.base();
        joint = given.joint();
    }

    @AfterEach
    void theCountersAreARecount() {
        assertThat(members.recount()).isEmpty();
    }

    private record Two(Person one, Admitted first, Person two, Admitted second) {

        MergePeople.Choice keepFirst() {
            return new MergePeople.Choice(
                    first.member(), second.member(), false, false, Optional.of(first.membership()));
        }
    }

    /** Two members of different unions of the street, each with a phone. */
    private Two two() {
        return two(base, joint);
    }

    private Two two(UnionSummary here, UnionSummary there) {
        Person one = Given.freshPerson(REGULAR);
        Person two = Given.freshPerson(COURIER);
        return new Two(one, admit(here, one), two, admit(there, two));
    }

    private Admitted admit(UnionSummary union, Person person) {
        return (Admitted) members.admit(Actor.platform("test"), union.id(), person, Optional.empty());
    }

    private UUID merge(MergePeople.Choice choice) {
        UUID id = UUID.randomUUID();
        merging.merge(district, id, choice);
        return id;
    }

    private long total(UnionSummary union) {
        return jdbc.sql("""
                        select coalesce(sum(opening + joined + rejoined + transferred_in - transferred_out + merged_in
                                            - merged_out + separated - doubled - left_union - retired - died), 0)
                          from member_month where union_id = :union
                        """)
                .param("union", union.id().value())
                .query(Long.class)
                .single();
    }

    @Test
    void ofTwoMembersOneGoesOnAndTheUnionOfTheOtherHasOneLess() {
        Two two = two();
        long here = total(base);
        long there = total(joint);
        merge(two.keepFirst());
        assertThat(total(base)).isEqualTo(here);
        assertThat(total(joint)).isEqualTo(there - 1);
        List<Membership> all = store.memberships(two.first().member());
        assertThat(all)
                .extracting(Membership::id)
                .containsExactly(two.first().membership(), two.second().membership());
        assertThat(all.getLast().endedBy()).contains(Membership.Ending.DOUBLED);
    }

    @Test
    void theMembershipOfTheOtherRecordMayBeTheOneThatGoesOn() {
        Two two = two(base, base);
        long before = total(base);
        UUID merge = merge(new MergePeople.Choice(
                two.first().member(),
                two.second().member(),
                true,
                true,
                Optional.of(two.second().membership())));
        assertThat(total(base)).isEqualTo(before - 1);
        assertThat(store.live(two.first().member()).map(Membership::id))
                .contains(two.second().membership());
        MemberFiles.MemberFile file = files.file(district, two.first().member());
        assertThat(file.name()).isEqualTo(two.two().name());
        assertThat(file.phone()).isEqualTo(two.two().phone().orElseThrow().masked());
        assertThat(file.identity()).isEqualTo(two.one().identity().masked());
        merging.undo(district, merge);
        assertThat(total(base)).isEqualTo(before);
    }

    @Test
    void undoneEverythingIsAsBefore() {
        Two two = two();
        members.changeEmployment(district, two.second().membership(), "regular");
        for (boolean other : List.of(true, false)) {
            for (UUID goesOn : List.of(two.first().membership(), two.second().membership())) {
                Recorded before = Recorded.of(jdbc);
                UUID merge = merge(new MergePeople.Choice(
                        two.first().member(), two.second().member(), other, other, Optional.of(goesOn)));
                assertThat(Recorded.of(jdbc)).isNotEqualTo(before);
                merging.undo(district, merge);
                merging.undo(district, merge); // pressed twice
                assertThat(Recorded.of(jdbc)).isEqualTo(before);
            }
        }
        assertThat(merges.of(two.second().member())).hasSize(4).noneMatch(MergeStore.Merge::stands);
    }

    @Test
    void whatLedToTheOtherRecordLeadsToThePerson() {
        Two two = two();
        Actor byFirst = account(two.first());
        Actor bySecond = account(two.second());
        UUID merge = merge(two.keepFirst());
        MemberId person = two.first().member();
        assertThat(files.file(district, two.second().member()).id()).isEqualTo(person);
        assertThat(store.byIdentity(two.two().identity())).contains(person);
        assertThat(store.byPhone(two.two().phone().orElseThrow(), Reach.everywhere()))
                .contains(person);
        assertThat(store.byNumber(number(two.second()), Reach.everywhere())).contains(person);
        for (Actor self : List.of(byFirst, bySecond)) {
            assertThat(members.cardOf(self).map(Members.Card::member)).contains(person);
            assertThat(own.of(self).orElseThrow().number()).isEqualTo(number(two.first()));
            assertThat(members.isMember(self)).isTrue();
        }
        assertThat(store.accountOf(person)).isEqualTo(byFirst.account());
        assertThat(members.admit(district, base.id(), two.two(), Optional.empty()))
                .isEqualTo(new Admission.MemberHere(person));
        own.claim(bySecond, two.two().phone().orElseThrow(), end(two.one()));
        assertThat(members.cardOf(byFirst).map(Members.Card::member))
                .as("claiming takes no other way away")
                .contains(person);
        assertThat(members.alike(district, two.two()))
                .as("one person is told once")
                .hasSize(1);
        Visitor officer = visitors.signedIn("district@demo");
        assertThat(Visitor.location(officer.get("/m/" + two.second().member()))).endsWith("/people/" + person);
        assertThat(Visitor.location(
                        officer.get("/desk/members/people/" + two.second().member())))
                .endsWith("/people/" + person);
        merging.undo(district, merge);
        assertThat(members.cardOf(bySecond).map(Members.Card::member))
                .contains(two.second().member());
    }

    @Test
    void whoeverIsOnAListByBothNumbersIsEnteredOnce() {
        Two two = two();
        merge(two.keepFirst());
        members.end(district, two.first().membership(), Membership.Ending.LEFT, "");
        UUID list = UUID.randomUUID();
        enlisting.put(list, into -> {
            into.accept(candidate(1, two.two()));
            into.accept(candidate(2, two.one()));
        });
        assertThat(enlisting.outcomes(list))
                .containsEntry(Enlisting.Outcome.AGAIN, 1L)
                .containsEntry(Enlisting.Outcome.TWICE, 1L);
        assertThat(enlisting
                        .admit(district, list, base.id(), Enlisting.As.JOINING)
                        .again())
                .isEqualTo(1);
        assertThat(store.live(two.first().member())).isPresent();
        enlisting.takeBack(district, list, base.id(), LocalDate.now(clock), List.of(base.id()));
        assertThat(store.live(two.first().member()))
                .as("merged records are not taken apart by a list")
                .isPresent();
    }

    private Enlisting.Candidate candidate(int row, Person person) {
        return new Enlisting.Candidate(
                row,
                base.id(),
                person.name(),
                person.identity(),
                person.phone(),
                person.employment().code());
    }

    @Test
    void recordsThatLedToTheOtherLeadOnAndBack() {
        Two two = two();
        Admitted third = admit(base, Given.freshPerson(REGULAR));
        UUID first = merge(two.keepFirst());
        Recorded before = Recorded.of(jdbc);
        UUID second = merge(new MergePeople.Choice(
                third.member(), two.first().member(), false, true, Optional.of(third.membership())));
        assertThat(store.person(two.second().member()).map(MemberStore.Row::id)).contains(third.member());
        assertRefused(MemberRefusal.MERGED_AGAIN, () -> merging.undo(district, first));
        merging.undo(district, second);
        assertThat(Recorded.of(jdbc)).isEqualTo(before);
        UUID later = merge(new MergePeople.Choice(
                two.first().member(),
                third.member(),
                false,
                false,
                Optional.of(two.first().membership())));
        assertRefused(MemberRefusal.MERGED_AGAIN, () -> merging.undo(district, first));
        merging.undo(district, later);
        merging.undo(district, first);
    }

    @Test
    void bothMembersWantAWordAboutWhichMembershipGoesOn() {
        Two two = two();
        for (Optional<UUID> said : List.of(Optional.<UUID>empty(), Optional.of(UUID.randomUUID()))) {
            assertThatThrownBy(() -> merge(new MergePeople.Choice(
                            two.first().member(), two.second().member(), false, false, said)))
                    .isInstanceOf(BadInput.class);
        }
    }

    @Test
    void whoIsNotReachedIsNotMerged() {
        Two two = two(base, given.otherBase());
        MergePeople.Choice choice = two.keepFirst();
        for (Actor officer :
                List.of(district, given.otherDistrictOfficer(), given.officer(Role.AUDITOR, given.city()))) {
            assertRefused(MemberRefusal.NO_SUCH_MEMBER, () -> merging.merge(officer, UUID.randomUUID(), choice));
        }
        assertRefused(
                MemberRefusal.NO_SUCH_MEMBER,
                () -> merging.merge(
                        city,
                        UUID.randomUUID(),
                        new MergePeople.Choice(
                                two.first().member(), two.first().member(), false, false, Optional.empty())));
        for (UUID goesOn : List.of(two.first().membership(), two.second().membership())) {
            UUID merge = UUID.randomUUID();
            merging.merge(
                    city,
                    merge,
                    new MergePeople.Choice(
                            two.first().member(), two.second().member(), false, false, Optional.of(goesOn)));
            for (Actor officer : List.of(district, given.otherDistrictOfficer())) {
                assertRefused(MemberRefusal.NO_SUCH_MERGE, () -> merging.undo(officer, merge));
            }
            merging.undo(city, merge);
        }
        assertRefused(MemberRefusal.NO_SUCH_MERGE, () -> merging.undo(city, UUID.randomUUID()));
    }

    /** Two again, each is somebody else's: neither file tells the other's number or name, nor does what is left of the merge. */
    @Test
    void whoeverIsTwoAgainIsNobodyToTheOthersUnion() {
        Two two = two(base, given.otherBase());
        for (UUID goesOn : List.of(two.first().membership(), two.second().membership())) {
            UUID merge = UUID.randomUUID();
            merging.merge(
                    city,
                    merge,
                    new MergePeople.Choice(
                            two.first().member(), two.second().member(), true, true, Optional.of(goesOn)));
            assertThat(merging.done(city, merge).other()).isPresent();
            merging.undo(city, merge);
        }
        String firstNumber = Long.toString(number(two.first()));
        String secondNumber = Long.toString(number(two.second()));
        Visitor here = visitors.signedIn("district@demo");
        assertThat(here.get("/desk/members/people/" + two.first().member()).body())
                .contains("另一份档案曾并入本档案", two.one().name())
                .doesNotContain(two.two().name(), secondNumber);
        UUID merge = merges.of(two.first().member()).getFirst().id();
        assertThat(here.get("/desk/duplicates/merges/" + merge).body())
                .contains(two.one().name(), firstNumber)
                .doesNotContain(two.two().name(), secondNumber);
        assertThat(files.file(given.otherDistrictOfficer(), two.second().member())
                        .merges())
                .hasSize(2)
                .allMatch(merged -> merged.other().isEmpty());
        assertThat(files.file(city, two.second().member()).merges())
                .hasSize(2)
                .allMatch(merged -> merged.other()
                        .equals(Optional.of(new MergePeople.Other(
                                number(two.first()), two.one().name()))));
    }

    @Test
    void whatIsMergedIsNotMergedAgainAndAFormMergesOnce() {
        Two two = two();
        Two others = two();
        UUID merge = merge(two.keepFirst());
        merging.merge(district, merge, two.keepFirst());
        assertRefused(MemberRefusal.MERGE_USED_BEFORE, () -> merging.merge(district, merge, others.keepFirst()));
        assertRefused(MemberRefusal.MERGED_ALREADY, () -> merge(two.keepFirst()));
        merging.undo(district, merge);
        assertRefused(MemberRefusal.MERGE_USED_BEFORE, () -> merging.merge(district, merge, two.keepFirst()));
    }

    @Test
    void nobodyIsDeadAndAMember() {
        Two two = two();
        members.end(district, two.second().membership(), Membership.Ending.DIED, "");
        assertRefused(MemberRefusal.ONE_DIED, () -> merge(two.keepFirst()));
        assertRefused(
                MemberRefusal.ONE_DIED,
                () -> merge(new MergePeople.Choice(
                        two.second().member(), two.first().member(), false, false, Optional.empty())));
        members.end(district, two.first().membership(), Membership.Ending.LEFT, "");
        merge(two.keepFirst());
    }

    @Test
    void whatWasThereWhenMergedIsNotTakenBackByItself() {
        Two two = two();
        UUID merge = merge(two.keepFirst());
        assertRefused(
                MemberRefusal.MERGED_SINCE,
                () -> members.takeBack(district, two.first().membership()));
        members.end(district, two.first().membership(), Membership.Ending.LEFT, "");
        members.takeBackEnd(district, two.first().membership());
        assertThat(store.live(two.first().member())).isPresent();
        merging.undo(district, merge);
        members.takeBack(district, two.first().membership());
        assertThat(store.person(two.first().member())).isEmpty();
    }

    @Test
    void anEndIsNotTakenBackWhileTheOtherRecordGoesOn() {
        Two two = two();
        members.end(district, two.second().membership(), Membership.Ending.LEFT, "");
        merge(two.keepFirst());
        assertRefused(
                MemberRefusal.CHANGED_SINCE,
                () -> members.takeBackEnd(district, two.second().membership()));
    }

    @Test
    void aTransferBeforeTheMergeIsUndoneAfterItAndOneSinceFindsItsWayBack() {
        Two two = two();
        UUID arrived = members.transfer(district, two.second().membership(), Members.Arrival.at(base.id()));
        UUID merge = merge(two.keepFirst());
        assertRefused(MemberRefusal.CHANGED_SINCE, () -> members.undoTransfer(district, arrived));
        UUID since = members.transfer(district, two.first().membership(), Members.Arrival.at(joint.id()));
        assertRefused(MemberRefusal.BEGUN_SINCE, () -> merging.undo(district, merge));
        members.undoTransfer(district, since);
        assertThat(store.live(two.first().member()).map(Membership::id))
                .contains(two.first().membership());
        merging.undo(district, merge);
        members.undoTransfer(district, arrived);
        UUID again = members.transfer(district, two.second().membership(), Members.Arrival.at(base.id()));
        merge(new MergePeople.Choice(two.first().member(), two.second().member(), false, false, Optional.of(again)));
        assertRefused(MemberRefusal.MERGED_SINCE, () -> members.undoTransfer(district, again));
    }

    @Test
    void whatWasPutRightSinceStays() {
        Two two = two();
        UUID merge = merge(new MergePeople.Choice(
                two.first().member(),
                two.second().member(),
                true,
                true,
                Optional.of(two.first().membership())));
        assertRefused(
                MemberRefusal.MERGED_IDENTITY,
                () -> corrections.correct(
                        district,
                        two.first().membership(),
                        new Corrections.Correction("改名", two.two().identity().text(), null, null)));
        PhoneNumber phone = Given.freshPhone();
        corrections.correct(
                district, two.first().membership(), new Corrections.Correction("改过的名", null, phone.text(), null));
        merging.undo(district, merge);
        MemberFiles.MemberFile file = files.file(district, two.first().member());
        assertThat(file.name()).isEqualTo("改过的名");
        assertThat(file.phone()).isEqualTo(phone.masked());
    }

    /** What is sealed is bound to its row: everything of both must open, before, between and after. */
    @Test
    void everythingSealedStillOpens() {
        Two two = two();
        UUID merge = merge(new MergePeople.Choice(
                two.first().member(),
                two.second().member(),
                true,
                true,
                Optional.of(two.second().membership())));
        everythingOpens();
        merging.undo(district, merge);
        everythingOpens();
    }

    private void everythingOpens() {
        for (var column : List.of(store.sealedColumns(), merges.sealedColumns()).stream()
                .flatMap(List::stream)
                .toList()) {
            jdbc.sql("select %s as row, %s as sealed from %s where %2$s is not null"
                            .formatted(column.row(), column.column(), column.table()))
                    .query((row, number) ->
                            sealer.open(row.getBytes("sealed"), column.of(row.getObject("row", UUID.class))))
                    .list();
        }
    }

    @Test
    void noMembershipLivesAgainAtAUnionThatIsNoMore() {
        Visitor officer = visitors.signedIn("district@demo");
        List<UnionId> bases = given.mergedBases(officer, LocalDate.now(clock));
        UnionSummary standing = given.union(bases.getLast());
        Two two = two(base, standing);
        UUID merge = merge(two.keepFirst());
        given.reorganise(officer, standing.id(), "MERGE", base, LocalDate.now(clock));
        assertRefused(MemberRefusal.UNION_IS_NO_MORE, () -> merging.undo(district, merge));
    }

    @Test
    void eachMergeAndEachUndoingIsARowOfTheTrailForEachRecordByItsOwnName() {
        Two two = two();
        UUID merge = merge(new MergePeople.Choice(
                two.first().member(),
                two.second().member(),
                true,
                false,
                Optional.of(two.first().membership())));
        merging.undo(district, merge);
        merging.recordTwo(district, two.first().member(), two.second().member(), "同名");
        Map<Admitted, String> names =
                Map.of(two.first(), two.one().name(), two.second(), two.two().name());
        names.forEach((each, name) -> assertThat(audit.historyOf(each.member().value(), Reach.everywhere()))
                .allSatisfy(entry -> assertThat(entry.facts()).containsEntry("name", name))
                .extracting(Audit.Entry::action)
                .containsExactlyInAnyOrder("member.admit", "member.merge", "member.unmerge", "member.two-people"));
    }

    @Test
    void ofTwoOfficersWhoMergeTheSameTwoOneDoes() throws Exception {
        for (int round = 0; round < 8; round++) {
            Two two = two();
            MergePeople.Choice turned = new MergePeople.Choice(
                    two.second().member(),
                    two.first().member(),
                    false,
                    false,
                    Optional.of(two.first().membership()));
            List<Boolean> done = atOnce(() -> merge(two.keepFirst()), () -> merge(turned));
            assertThat(done).containsExactlyInAnyOrder(true, false);
            assertThat(store.memberships(two.first().member())).hasSize(2);
        }
    }

    @Test
    void aMergeBesideATransferAnEndOrAnAdmissionIsOneAfterTheOther() throws Exception {
        for (int round = 0; round < 8; round++) {
            Two two = two();
            UUID second = two.second().membership();
            atOnce(
                    () -> merge(two.keepFirst()),
                    () -> members.transfer(district, second, Members.Arrival.at(base.id())));
            Two ended = two();
            atOnce(() -> merge(ended.keepFirst()), () -> end(ended.second().membership()));
            Two again = two();
            end(again.second().membership());
            atOnce(
                    () -> merge(again.keepFirst()),
                    () -> members.admit(district, joint.id(), again.two(), Optional.empty()));
            Two undone = two();
            UUID merge = merge(undone.keepFirst());
            atOnce(() -> undo(merge), () -> members.admit(district, base.id(), undone.two(), Optional.empty()));
        }
        assertThat(jdbc.sql("""
                        select count(*) from member_membership held join member on member.id = held.member_id
                         where member.merged_into is not null
                        """).query(Long.class).single())
                .as("nobody's memberships stay behind")
                .isZero();
    }

    private UUID end(UUID membership) {
        members.end(district, membership, Membership.Ending.LEFT, "");
        return membership;
    }

    private UUID undo(UUID merge) {
        merging.undo(district, merge);
        return merge;
    }

    /** Who was not refused. */
    private static List<Boolean> atOnce(Callable<?> one, Callable<?> other) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Boolean> done = new ArrayList<>();
            List<Callable<Boolean>> both = new ArrayList<>();
            for (Callable<?> each : List.of(one, other)) {
                both.add(() -> {
                    try {
                        each.call();
                        return true;
                    } catch (Refused | BadInput no) {
                        return false;
                    }
                });
            }
            for (Future<Boolean> each : threads.invokeAll(both)) {
                done.add(each.get());
            }
            return done;
        }
    }

    private Actor account(Admitted admitted) {
        var account = new AccountId(UUID.randomUUID());
        store.setAccount(admitted.member(), account);
        return new Actor(Optional.of(account), "", List.of());
    }

    private long number(Admitted admitted) {
        return jdbc.sql("select number from member where id = :id")
                .param("id", admitted.member().value())
                .query(Long.class)
                .single();
    }

    private static String end(Person person) {
        return person.identity().text().substring(12);
    }
}

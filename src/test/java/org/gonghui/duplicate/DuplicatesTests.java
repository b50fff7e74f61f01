package org.gonghui.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.member.Employment;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.Likenesses;
import org.gonghui.member.MemberId;
import org.gonghui.member.Members;
import org.gonghui.member.Members.Admission.Admitted;
import org.gonghui.member.Person;
import org.gonghui.member.PhoneNumber;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.gonghui.support.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Who is proposed, to whom, and what becomes of it. */
@CityTest
class DuplicatesTests {

    private static final Employment REGULAR = new Employment("regular", false);

    private static final AtomicInteger NEXT = new AtomicInteger();

    @Autowired
    private Duplicates duplicates;

    @Autowired
    private DuplicateStore store;

    @Autowired
    private Members members;

    @Autowired
    private Audit audit;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    private Actor district = Actor.nobody();
    private UnionSummary base;
    private UnionSummary joint;

    @BeforeEach
    void places() {
        district = given.districtOfficer();
        base = given.base();
        joint = given.joint();
    }

    @AfterEach
    void theCountersAreARecount() {
        assertThat(members.recount()).isEmpty();
    }

    private Admitted admit(UnionSummary union, Person person) {
        return (Admitted) members.admit(Actor.platform("test"), union.id(), person, Optional.empty());
    }

    /** Somebody whose number no slip makes that of anybody else's test. */
    private static Person fresh() {
        int number = NEXT.incrementAndGet();
        return person("重复的试验员" + number, "96%04d19900307512".formatted(number));
    }

    private static Person person(String name, String seventeen) {
        return new Person(name, IdentityNumber.complete(seventeen), Optional.of(Given.freshPhone()), REGULAR);
    }

    private static Person like(Person person, String seventeen) {
        return person(person.name(), seventeen);
    }

    private static String digits(Person person) {
        return person.identity().text().substring(0, 17);
    }

    /** The number with another digit at a place. */
    private static String slip(String digits, int place) {
        char other = digits.charAt(place) == '9' ? '8' : (char) (digits.charAt(place) + 1);
        return digits.substring(0, place) + other + digits.substring(place + 1);
    }

    private void compare() {
        int rounds = 0;
        while (duplicates.compareSome()) { // some at a time, until nobody is left
            assertThat(++rounds).isLessThan(1000);
        }
    }

    private Optional<Pair> pair(MemberId one, MemberId other) {
        compare();
        return jdbc.sql(
                        "select id from duplicate_pair where first_id in (:one, :other) and second_id in (:one, :other)")
                .param("one", one.value())
                .param("other", other.value())
                .query(UUID.class)
                .optional()
                .flatMap(store::pair);
    }

    private record Two(Person person, Admitted first, Admitted second, Pair pair) {

        Duplicates.Chosen keepFirst() {
            String first = first().member().toString();
            return new Duplicates.Chosen(
                    first, first, first, first().membership().toString());
        }
    }

    /** Two records of the same name whose numbers are a slip apart. */
    private Two two(UnionSummary here, UnionSummary there) {
        Person person = fresh();
        Admitted first = admit(here, person);
        Admitted second = admit(there, like(person, slip(digits(person), 15)));
        return new Two(
                person, first, second, pair(first.member(), second.member()).orElseThrow());
    }

    private List<UUID> listed(Actor officer, UnionSummary at, Duplicates.Of of) {
        return duplicates.pairs(officer, at.id(), of).stream()
                .map(line -> line.pair().id())
                .toList();
    }

    @Test
    void aSlipInTheNumberOfTheSameNameIsProposed() {
        Person person = fresh();
        String digits = digits(person);
        MemberId first = admit(base, person).member();
        MemberId region = admit(base, like(person, slip(digits, 3))).member();
        MemberId birthDay = admit(base, like(person, slip(digits, 13))).member();
        String exchanged = digits.substring(0, 14) + "152";
        assertThat(pair(first, region).orElseThrow().alike())
                .containsExactly(Pair.Likeness.NEAR_NUMBER, Pair.Likeness.SAME_NAME_AND_BIRTH_DATE);
        assertThat(pair(first, birthDay).orElseThrow().alike()).containsExactly(Pair.Likeness.NEAR_NUMBER);
        MemberId neighbours = admit(base, like(person, exchanged)).member();
        assertThat(pair(first, neighbours).orElseThrow().alike()).contains(Pair.Likeness.NEAR_NUMBER);
        MemberId another =
                admit(base, person("另一个" + person.name(), slip(digits, 16))).member();
        assertThat(pair(first, another))
                .as("another name, a slip apart: a neighbour of the register")
                .isEmpty();
    }

    @Test
    void theSameNameAndBirthDateIsProposedWhateverTheNumber() {
        Person person = fresh();
        MemberId first = admit(base, person).member();
        MemberId second =
                admit(joint, like(person, slip(slip(digits(person), 3), 15))).member();
        assertThat(pair(first, second).orElseThrow().alike()).containsExactly(Pair.Likeness.SAME_NAME_AND_BIRTH_DATE);
    }

    @Test
    void theSamePhoneIsProposedUnlessManyHaveIt() {
        PhoneNumber phone = Given.freshPhone();
        MemberId first = admit(base, withPhone(phone)).member();
        MemberId second = admit(base, withPhone(phone)).member();
        assertThat(pair(first, second).orElseThrow().alike()).containsExactly(Pair.Likeness.SAME_PHONE);
        MemberId third = admit(base, withPhone(phone)).member();
        MemberId fourth = admit(base, withPhone(phone)).member();
        for (MemberId each : List.of(second, third, fourth)) {
            assertThat(pair(first, each)).as("a phone of four").isPresent();
        }
        MemberId fifth = admit(base, withPhone(phone)).member();
        assertThat(pair(fourth, fifth)).as("a phone of five").isEmpty();
        jdbc.sql("insert into member_comparing (member_id) values (:id)")
                .param("id", first.value())
                .update();
        for (MemberId each : List.of(second, third, fourth, fifth)) {
            assertThat(pair(first, each)).as("compared once more").isEmpty();
        }
    }

    /** A number that does not open is compared with none; everybody else is. */
    @Test
    void oneSealedNumberThatDoesNotOpenStopsNobody() {
        Person person = fresh();
        MemberId broken = admit(base, person).member();
        byte[] sealed = jdbc.sql("select identity_sealed from member where id = :id")
                .param("id", broken.value())
                .query(byte[].class)
                .single();
        seal(broken, new byte[] {1, 2, 3});
        MemberId like = admit(base, like(person, slip(digits(person), 15))).member();
        Two others = two(base, joint);
        assertThat(others.pair().nearNumber()).isTrue();
        assertThat(pair(broken, like).orElseThrow().alike()).containsExactly(Pair.Likeness.SAME_NAME_AND_BIRTH_DATE);
        seal(broken, sealed);
    }

    private void seal(MemberId member, byte[] sealed) {
        jdbc.sql("update member set identity_sealed = :sealed where id = :id")
                .param("sealed", sealed)
                .param("id", member.value())
                .update();
    }

    private static Person withPhone(PhoneNumber phone) {
        Person person = fresh();
        return new Person(person.name(), person.identity(), Optional.of(phone), REGULAR);
    }

    @Test
    void twoPeopleAreNotProposedAgainUntilOneRecordChanges() {
        Two two = two(base, joint);
        assertThat(listed(district, given.street(), Duplicates.Of.OPEN))
                .contains(two.pair().id());
        for (String none : List.of(" ", "另一个是 " + two.person().identity().text(), "电话 139 1234 5678 不同")) {
            assertThatThrownBy(() -> duplicates.dismiss(district, two.pair().id(), none))
                    .as(none)
                    .isInstanceOf(BadInput.class);
        }
        duplicates.dismiss(district, two.pair().id(), "双胞胎");
        duplicates.dismiss(district, two.pair().id(), "双胞胎");
        assertThat(listed(district, given.street(), Duplicates.Of.OPEN))
                .doesNotContain(two.pair().id());
        assertThat(listed(district, given.street(), Duplicates.Of.DISMISSED))
                .contains(two.pair().id());
        again(two);
        Pair dismissed = pair(two.first().member(), two.second().member()).orElseThrow();
        assertThat(dismissed.state()).isEqualTo(Pair.State.DISMISSED);
        assertThat(dismissed.reason()).isEqualTo("双胞胎");
        assertThat(dismissed.decidedBy()).isEqualTo(district.name());
        assertThat(audit.historyOf(two.pair().one().value(), Reach.everywhere()))
                .filteredOn(entry -> entry.action().equals("member.two-people"))
                .hasSize(1);
        correct(two.second(), two.first().member(), Given.freshPhone());
        assertThat(pair(two.first().member(), two.second().member())
                        .orElseThrow()
                        .state())
                .isEqualTo(Pair.State.OPEN);
    }

    private void again(Two two) {
        jdbc.sql("insert into member_comparing (member_id) values (:one), (:other)")
                .param("one", two.first().member().value())
                .param("other", two.second().member().value())
                .update();
    }

    /** Puts a phone right at the desk, as an officer does. */
    private void correct(Admitted whose, MemberId like, PhoneNumber phone) {
        Visitor officer = visitors.signedIn("district@demo");
        officer.get("/desk/members/people/" + whose.member());
        HttpResponse<String> answer = officer.post(
                "/desk/members/people/" + whose.member() + "/memberships/" + whose.membership() + "/correction",
                Map.of("name", members.nameOf(like), "phone", phone.text()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    }

    @Test
    void whatIsAlikeNoMoreIsNotProposed() {
        Two two = two(base, joint);
        Visitor officer = visitors.signedIn("district@demo");
        officer.get("/desk/members/people/" + two.second().member());
        officer.post(
                "/desk/members/people/" + two.second().member() + "/memberships/"
                        + two.second().membership() + "/correction",
                Map.of("name", "改了名" + UUID.randomUUID().toString().substring(0, 4)));
        assertThat(pair(two.first().member(), two.second().member())).isEmpty();
    }

    @Test
    void whoeverAnswersForOneLearnsNothingOfTheOther() {
        UnionSummary far = given.otherBase();
        Two two = two(base, far);
        UUID id = two.pair().id();
        Actor other = given.otherDistrictOfficer();
        assertThat(listed(district, given.district(), Duplicates.Of.OPEN)).doesNotContain(id);
        assertThat(listed(district, given.district(), Duplicates.Of.ELSEWHERE)).contains(id);
        assertThat(listed(other, given.otherDistrict(), Duplicates.Of.ELSEWHERE))
                .contains(id);
        assertThat(listed(given.cityOfficer(), given.city(), Duplicates.Of.OPEN))
                .contains(id);
        for (Actor officer : List.of(district, other)) {
            assertRefused(DuplicateRefusal.ONE_IS_ELSEWHERE, () -> duplicates.beside(officer, id));
            assertRefused(DuplicateRefusal.ONE_IS_ELSEWHERE, () -> duplicates.dismiss(officer, id, "不是"));
            assertRefused(
                    DuplicateRefusal.ONE_IS_ELSEWHERE,
                    () -> duplicates.merge(officer, id, UUID.randomUUID(), two.keepFirst()));
        }
        Visitor officer = visitors.signedIn("district@demo");
        String page = officer.get("/desk/duplicates/" + given.district().id() + "?of=ELSEWHERE")
                .body();
        String number = jdbc.sql("select number from member where id = :id")
                .param("id", two.second().member().value())
                .query(String.class)
                .single();
        assertThat(page)
                .contains("另一份档案不在您负责的范围内")
                .doesNotContain(far.name(), number, two.second().member().toString(), "/pairs/" + id);
        assertThat(officer.get("/desk/duplicates/pairs/" + id).statusCode()).isEqualTo(403);
        duplicates.merge(given.cityOfficer(), id, UUID.randomUUID(), two.keepFirst());
    }

    @Test
    void ofAPairElsewhereThereIsNothing() {
        Two two = two(base, joint);
        Actor other = given.otherDistrictOfficer();
        UUID id = two.pair().id();
        assertThat(listed(other, given.otherDistrict(), Duplicates.Of.ELSEWHERE))
                .doesNotContain(id);
        for (UUID each : List.of(id, UUID.randomUUID())) {
            assertRefused(DuplicateRefusal.NO_SUCH_PAIR, () -> duplicates.beside(other, each));
            assertRefused(DuplicateRefusal.NO_SUCH_PAIR, () -> duplicates.dismiss(other, each, "不是"));
            assertRefused(
                    DuplicateRefusal.NO_SUCH_PAIR,
                    () -> duplicates.merge(other, each, UUID.randomUUID(), two.keepFirst()));
            assertRefused(DuplicateRefusal.NO_SUCH_PAIR, () -> duplicates.open(other, each, "VERIFY", ""));
        }
    }

    @Test
    void aMergeIsUndoneAndTheTwoAreNotProposedByThemselves() {
        Two two = two(base, joint);
        UUID id = two.pair().id();
        UUID merge = UUID.randomUUID();
        duplicates.merge(district, id, merge, two.keepFirst());
        duplicates.merge(district, id, merge, two.keepFirst()); // the same form, sent twice
        assertRefused(
                DuplicateRefusal.DECIDED_ALREADY,
                () -> duplicates.merge(district, id, UUID.randomUUID(), two.keepFirst()));
        assertRefused(DuplicateRefusal.DECIDED_ALREADY, () -> duplicates.dismiss(district, id, "不是"));
        assertThat(duplicates.merges(district, given.street().id()))
                .anyMatch(done -> done.id().equals(merge));
        compare();
        assertThat(listed(district, given.street(), Duplicates.Of.OPEN)).doesNotContain(id);
        duplicates.undo(district, merge);
        compare();
        assertThat(listed(district, given.street(), Duplicates.Of.OPEN)).doesNotContain(id);
        assertThat(listed(district, given.street(), Duplicates.Of.DISMISSED)).contains(id);
        UUID second = UUID.randomUUID();
        duplicates.merge(district, id, second, two.keepFirst());
        duplicates.undo(district, second);
    }

    /** Whoever compared before a merge and writes after it does not open it again. */
    @Test
    void whatIsMergedStaysMergedWhateverIsFound() {
        Two two = two(base, joint);
        duplicates.merge(district, two.pair().id(), UUID.randomUUID(), two.keepFirst());
        Pair pair = two.pair();
        var found = new Likenesses.Pair(pair.one(), pair.other(), true, true, true, new byte[32]);
        store.keep(
                new Likenesses.Compared(Set.of(pair.one(), pair.other()), List.of(found)),
                pair.foundAt().plusSeconds(1));
        assertThat(store.pair(pair.id()).orElseThrow().state()).isEqualTo(Pair.State.MERGED);
    }

    /** What nobody proposes any more by the time it is merged stays as it is. */
    @Test
    void aPairThatIsNoneAnyMoreIsNotMerged() throws Exception {
        Two two = two(base, joint);
        UUID merge = UUID.randomUUID();
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> merging = Objects.requireNonNull(transaction.execute(status -> {
                jdbc.sql("select id from member where id = :id for update")
                        .param("id", two.first().member().value())
                        .query(UUID.class)
                        .single();
                Future<?> begun =
                        hands.submit(() -> duplicates.merge(district, two.pair().id(), merge, two.keepFirst()));
                Waiting.untilSomebodyWaits(jdbc);
                jdbc.sql("delete from duplicate_pair where id = :id")
                        .param("id", two.pair().id())
                        .update();
                return begun;
            }));
            assertThatThrownBy(merging::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            Refused.class, no -> assertThat(no.refusal()).isEqualTo(DuplicateRefusal.NO_SUCH_PAIR));
        }
        for (Admitted each : List.of(two.first(), two.second())) {
            assertThat(members.liveOf(List.of(each.membership()))).isNotEmpty();
        }
    }

    @Test
    void aPairOfAMergedRecordIsNoPair() {
        Two two = two(base, joint);
        Admitted third = admit(base, like(two.person(), slip(digits(two.person()), 14)));
        Pair other = pair(third.member(), two.second().member()).orElseThrow();
        duplicates.merge(district, two.pair().id(), UUID.randomUUID(), two.keepFirst());
        assertThat(listed(district, given.street(), Duplicates.Of.OPEN)).doesNotContain(other.id());
        assertRefused(DuplicateRefusal.DECIDED_ALREADY, () -> duplicates.beside(district, other.id()));
        Visitor officer = visitors.signedIn("district@demo");
        assertThat(Visitor.location(
                        officer.get("/desk/duplicates/pairs/" + two.pair().id())))
                .contains("/desk/duplicates/merges/");
    }

    @Test
    void whatIsOpenIsWorkThatWaits() {
        Two two = two(base, joint);
        List<OpenWork.Waiting> waiting =
                duplicates.waiting(district, given.street().id(), given.street().path());
        assertThat(waiting).hasSize(1);
        assertThat(waiting.getFirst().count())
                .isEqualTo(duplicates.count(district, given.street().id()))
                .isPositive();
        duplicates.dismiss(district, two.pair().id(), "不是一个人");
        assertThat(duplicates.count(district, given.street().id()))
                .isEqualTo(waiting.getFirst().count() - 1);
        assertThat(duplicates.waiting(
                        Actor.nobody(), given.street().id(), given.street().path()))
                .isEmpty();
    }

    @Test
    void atTheDeskNothingIsMergedUnlessItIsSaidWhatStays() {
        Two two = two(base, joint);
        Visitor officer = visitors.signedIn("street@demo");
        String list = officer.get("/desk/duplicates/" + given.street().id()).body();
        assertThat(list).contains("/desk/duplicates/pairs/" + two.pair().id());
        String here = "/desk/duplicates/pairs/" + two.pair().id();
        assertThat(officer.get(here).body())
                .contains("合并后会怎样", "本月“合并档案减少”加 1")
                .doesNotContain(
                        IdentityNumber.complete("98000019900307001").text().substring(6, 14));
        String merge = UUID.randomUUID().toString();
        HttpResponse<String> refused = officer.post(here + "/merge", Map.of("key", merge, "shownAt", here));
        assertThat(refused.statusCode()).isEqualTo(422);
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : List.of("survivor", "name", "phone")) {
            form.put(field, two.first().member().toString());
        }
        form.put("key", merge);
        form.put("shownAt", here);
        HttpResponse<String> lacking = officer.post(here + "/merge", form);
        assertThat(lacking.statusCode()).as("both are members").isEqualTo(422);
        form.put("goesOn", two.first().membership().toString());
        form.put("name", UUID.randomUUID().toString());
        assertThat(officer.post(here + "/merge", form).statusCode()).isEqualTo(422);
        form.put("name", two.first().member().toString());
        HttpResponse<String> done = officer.post(here + "/merge", form);
        assertThat(Visitor.location(done)).endsWith("/desk/duplicates/merges/" + merge);
        assertThat(officer.get("/desk/duplicates/merges/" + merge).body()).contains("已合并为一人", "撤销合并");
        String file =
                officer.get("/desk/members/people/" + two.first().member()).body();
        assertThat(file).contains("合并记录", "并入本档案");
        officer.post("/desk/duplicates/merges/" + merge + "/undoing", Map.of());
        assertThat(officer.get("/desk/duplicates/merges/" + merge).body()).contains("合并已撤销");
        assertThat(officer.get("/desk/members/people/" + two.second().member()).body())
                .contains("曾并入档案");
    }

    @Test
    void whoLooksAtTheNumbersIsWrittenDownForBoth() {
        Two two = two(base, joint);
        Visitor officer = visitors.signedIn("street@demo");
        String here = "/desk/duplicates/pairs/" + two.pair().id();
        officer.get(here);
        assertThat(officer.post(here + "/looks", Map.of("shownAt", here)).statusCode())
                .isEqualTo(422);
        String page = officer.post(here + "/looks", Map.of("purpose", "VERIFY")).body();
        assertThat(page).contains("这次查看已记录");
        for (Admitted each : List.of(two.first(), two.second())) {
            assertThat(audit.historyOf(each.member().value(), Reach.everywhere()))
                    .extracting(Audit.Entry::action)
                    .contains("member.look");
        }
    }
}

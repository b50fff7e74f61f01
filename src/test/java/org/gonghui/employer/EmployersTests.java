package org.gonghui.employer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.gonghui.access.Role;
import org.gonghui.audit.Audit;
import org.gonghui.database.TransactionLocks;
import org.gonghui.founding.FoundingId;
import org.gonghui.founding.Foundings;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Employers on record: once each, counted by date, seen by those whose streets they lie in. */
@CityTest
class EmployersTests {

    @Autowired
    private Employers employers;

    @Autowired
    private EmployerLists lists;

    @Autowired
    private EmployerFiles files;

    @Autowired
    private ManyEmployers many;

    @Autowired
    private Foundings foundings;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private TransactionLocks locks;

    @Autowired
    private EmployerFileStore store;

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private Audit audit;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void aFormSentTwiceMakesOne() {
        Actor officer = given.streetOfficer();
        var id = new EmployerId(UUID.randomUUID());
        var typed = typed(Given.freshEmployer(), Given.freshCode(), "120", "48");
        assertThat(employers.record(officer, given.street().id(), id, typed)).isEqualTo(id);
        assertThat(employers.record(officer, given.street().id(), id, typed)).isEqualTo(id);
        Employer employer = employers.get(officer, id);
        assertThat(employer.workers()).isEqualTo(120);
        assertThat(employer.staff().orElseThrow().women()).isEqualTo(48);
        assertRefused(
                EmployerRefusal.FORM_USED_BEFORE,
                () -> employers.record(
                        officer, given.street().id(), id, typed(Given.freshEmployer(), Given.freshCode(), "", "")));
    }

    @Test
    void oneEmployerIsOnRecordOnce() {
        Actor officer = given.streetOfficer();
        String name = Given.freshEmployer();
        String code = Given.freshCode();
        EmployerId first = record(officer, name, code, "30");
        assertRefused(EmployerRefusal.CODE_TAKEN, () -> record(officer, Given.freshEmployer(), code, ""));
        assertRefused(EmployerRefusal.NAME_TAKEN, () -> record(officer, name, "", ""));
        EmployerId other = record(officer, Given.freshEmployer(), "", "");
        assertRefused(EmployerRefusal.CODE_TAKEN, () -> employers.correct(officer, other, typed("别的名称", code, "", "")));
        employers.close(officer, first);
        assertRefused(EmployerRefusal.CLOSED, () -> files.ask(officer, first, UUID.randomUUID(), "体检"));
        assertRefused(
                EmployerRefusal.CLOSED, () -> employers.count(officer, first, count("2023-01-01", "9", "", Map.of())));
        EmployerId again = record(officer, name, "", "");
        assertRefused(EmployerRefusal.NAME_TAKEN, () -> employers.open(officer, first));
        employers.close(officer, again);
        employers.open(officer, first);
        assertThat(employers.get(officer, first).closedOn()).isEmpty();
    }

    @Test
    void whereSomebodyWorksTowardsAUnionNothingIsClosed() {
        Actor officer = given.streetOfficer();
        EmployerId id = record(officer, Given.freshEmployer(), Given.freshCode(), "30");
        var founding = new FoundingId(UUID.randomUUID());
        foundings.begin(officer, id, founding, "");
        assertRefused(EmployerRefusal.UNION_UNDER_WAY, () -> employers.close(officer, id));
        assertThat(employers.get(officer, id).closedOn()).isEmpty();
        foundings.go(officer, founding, "GIVEN_UP", "单位要搬走");
        employers.close(officer, id);
        assertThat(employers.get(officer, id).closedOn()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "code, 91350100M000100Y44, credit-code-digit",
        "code, 123, credit-code-form",
        "workers, 三十, no-number",
        "workers, 9999999, number-at-most",
        "women, 31, number-at-most",
        "countedOn, 2023-02-30, day-limits",
        "countedOn, 2199-01-01, day-limits",
        "trade, X, no-such-choice",
        "ownership, '', empty",
        "name, '', empty"
    })
    void whatIsTypedWronglyIsToldAtItsField(String field, String value, String key) {
        Map<String, String> all = new HashMap<>(Map.of(
                "name",
                Given.freshEmployer(),
                "code",
                "",
                "trade",
                "CONSTRUCTION",
                "ownership",
                "PRIVATE",
                "workers",
                "30",
                "women",
                "10",
                "countedOn",
                "2023-01-01"));
        all.put(field, value);
        var id = new EmployerId(UUID.randomUUID());
        assertThatThrownBy(() -> employers.record(
                        given.streetOfficer(),
                        given.street().id(),
                        id,
                        new Employers.Typed(
                                all.get("name"),
                                all.get("code"),
                                "",
                                all.get("trade"),
                                all.get("ownership"),
                                all.get("workers"),
                                all.get("women"),
                                all.get("countedOn"))))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults()).anySatisfy(fault -> {
                            assertThat(fault.field()).isEqualTo(field);
                            assertThat(fault.key()).isEqualTo(key);
                        }));
        assertRefused(EmployerRefusal.NO_SUCH_EMPLOYER, () -> employers.get(given.streetOfficer(), id));
    }

    /** The latest day counts, whatever was written down last; a day that is counted again is counted anew. */
    @Test
    void headcountsAreByDayAndForm() {
        Actor officer = given.streetOfficer();
        EmployerId id = record(officer, Given.freshEmployer(), "", "");
        assertThat(employers.get(officer, id).staff()).isEmpty();
        employers.count(officer, id, count("2023-06-01", "100", "", Map.of("courier", "30", "food-delivery", "10")));
        employers.count(officer, id, count("2023-01-01", "80", "20", Map.of()));
        assertThat(employers.get(officer, id).staff())
                .hasValue(new Employer.Staff(LocalDate.of(2023, 6, 1), 100, null, 40));
        employers.count(officer, id, count("2023-06-01", "1,000", "7", Map.of("courier", "30", "no-such-form", "9")));
        assertThat(employers.get(officer, id).staff())
                .hasValue(new Employer.Staff(LocalDate.of(2023, 6, 1), 1_000, 7, 30));
        List<Headcount> counts = employers.headcounts(officer, id);
        assertThat(counts).extracting(Headcount::workers).containsExactly(1_000, 80);
        assertThat(counts.getFirst().byForm()).containsEntry("courier", 30).hasSize(2);
        assertThatThrownBy(() -> employers.count(
                        officer, id, count("2023-07-01", "10", "", Map.of("courier", "6", "food-delivery", "5"))))
                .isInstanceOf(BadInput.class);
        assertThat(employers.get(officer, id).workers()).isEqualTo(1_000);
    }

    @Test
    void aListIsCutByUnionSizeAndNameAndPaged() {
        Actor officer = given.streetOfficer();
        String mark = "页" + UUID.randomUUID().toString().substring(0, 6);
        for (int i = 0; i < EmployerLists.PAGE + 2; i++) {
            record(officer, mark + "第" + i + "有限公司", "", i == 0 ? "" : Integer.toString(i * 10));
        }
        List<Integer> workers = new ArrayList<>();
        Optional<EmployerLists.Mark> after = Optional.empty();
        do {
            EmployerLists.Answer page = lists.list(officer, question(officer, mark, "", "WORKERS"), after);
            assertThat(page.sums().employers()).isEqualTo(EmployerLists.PAGE + 2);
            assertThat(page.sums().counted()).isEqualTo(EmployerLists.PAGE + 1);
            page.rows().forEach(row -> workers.add(row.workers()));
            after = page.next().flatMap(next -> EmployerLists.Mark.of(next.text()));
        } while (after.isPresent());
        assertThat(workers).hasSize(EmployerLists.PAGE + 2).isSortedAccordingTo((a, b) -> b - a);
        assertThat(lists.list(officer, question(officer, mark, "SMALL", "NEWEST"), Optional.empty())
                        .rows())
                .isNotEmpty()
                .allMatch(row -> row.workers() >= 25 && row.workers() < 100);
        assertThat(lists.list(officer, question(officer, mark + "第7有", "", "NEWEST"), Optional.empty())
                        .rows())
                .hasSize(1);
        assertThat(lists.list(officer, question(officer, mark + "%", "", "NEWEST"), Optional.empty())
                        .rows())
                .as("a sign of the query language is a sign like any other")
                .isEmpty();
        for (String none : List.of("x", "2_" + new UUID(0, 0), "2147483648_" + new UUID(0, 0), "-3_x")) {
            assertThat(EmployerLists.Mark.of(none)).as(none).isEmpty();
        }
    }

    private EmployerLists.Question question(Actor officer, String text, String size, String sort) {
        return lists.question(officer, given.street().id(), "WITHOUT", size, text, sort);
    }

    /** By a person under the bar is under the bar; without workers there is no rate; who may not read members learns none. */
    @Test
    void theMembershipRateNamesItsDenominatorAndIsNotRoundedUp() {
        assertThat(EmployerLists.MembersBeside.rate(84_999, 100_000)).hasValue("84.9");
        assertThat(EmployerLists.MembersBeside.rate(85_000, 100_000)).hasValue("85.0");
        assertThat(EmployerLists.MembersBeside.rate(3, 2)).hasValue("150.0");
        assertThat(EmployerLists.MembersBeside.rate(0, 0)).isEmpty();
        Actor officer = given.streetOfficer();
        long members =
                lists.membersBeside(officer, given.street()).orElseThrow().members();
        assertThat(members)
                .isEqualTo(jdbc.sql("""
                                select count(*) from member_membership membership
                                  join org_place place on place.union_id = membership.union_id and place.valid_to is null
                                 where ended_on is null and path >= :low and path < :high
                                """)
                        .param("low", given.street().path().low())
                        .param("high", given.street().path().high())
                        .query(Long.class)
                        .single());
        assertThat(lists.membersBeside(given.officer(Role.AUDITOR, given.city()), given.street()))
                .isEmpty();
        String page = visitors.signedIn("street@demo")
                .get("/desk/employers/" + given.street().id())
                .body();
        assertThat(page).contains("入会率");
        assertThat(visitors.signedIn("street@demo")
                        .get("/desk/employers/" + given.street().id() + "?organised=WITHOUT")
                        .body())
                .doesNotContain("入会率");
    }

    /** A base union's officers read the files of their own employers, and change nothing. */
    @Test
    void everybodySeesTheirOwnPart() {
        Actor officer = given.streetOfficer();
        EmployerId id = record(officer, Given.freshEmployer(), Given.freshCode(), "30");
        Actor base = given.officer(Role.BASE_OFFICER, given.base());
        for (Actor outside : List.of(given.otherDistrictOfficer(), base, given.officer(Role.AUDITOR, given.city()))) {
            assertRefused(EmployerRefusal.NO_SUCH_EMPLOYER, () -> employers.get(outside, id));
            assertRefused(EmployerRefusal.NO_SUCH_EMPLOYER, () -> employers.headcounts(outside, id));
            assertRefused(EmployerRefusal.NO_SUCH_EMPLOYER, () -> employers.close(outside, id));
            assertRefused(EmployerRefusal.NO_SUCH_EMPLOYER, () -> employers.open(outside, id));
            assertRefused(
                    EmployerRefusal.NO_SUCH_EMPLOYER,
                    () -> employers.count(outside, id, count("2023-01-01", "1", "", Map.of())));
            assertRefused(
                    EmployerRefusal.NO_SUCH_EMPLOYER, () -> employers.correct(outside, id, typed("改名", "", "", "")));
            assertRefused(
                    EmployerRefusal.NO_SUCH_EMPLOYER,
                    () -> files.addContact(
                            outside, id, UUID.randomUUID(), new EmployerFiles.NewContact("甲", "", "13800000000")));
            assertRefused(EmployerRefusal.NO_SUCH_EMPLOYER, () -> files.phone(outside, id, UUID.randomUUID()));
            assertThat(employers.byCode(
                            outside,
                            employers.get(officer, id).code().orElseThrow().text()))
                    .isEmpty();
        }
        employers.joins(officer, id, given.base().code());
        assertThat(employers.get(base, id).union()).hasValue(given.base().id());
        assertThat(lists.list(base, lists.question(base, given.base().id(), "", "", "", ""), Optional.empty())
                        .rows())
                .extracting(Employer::id)
                .contains(id);
        assertRefused(EmployerRefusal.NO_SUCH_EMPLOYER, () -> employers.close(base, id));
        assertRefused(
                EmployerRefusal.NOT_BY_BASE_UNIONS,
                () -> employers.record(
                        officer, given.base().id(), new EmployerId(UUID.randomUUID()), typed("某某公司", "", "", "")));
    }

    /** Of many that are entered at once all are, or none: none that is on record by now, none outside the officer's part. */
    @Test
    void manyAreEnteredTogetherOrNotAtAll() {
        Actor officer = given.streetOfficer();
        String code = Given.freshCode();
        String first = Given.freshCode();
        var entries =
                List.of(entry(given.street().id(), first), entry(given.street().id(), code));
        EmployerId there = record(officer, Given.freshEmployer(), code, "");
        assertRefused(EmployerRefusal.ENTERED_MEANWHILE, () -> enter(officer, entries));
        assertThat(employers.byCode(officer, first)).isEmpty();
        assertThat(employers.byCode(officer, code)).map(Employer::id).hasValue(there);
        assertRefused(
                EmployerRefusal.ENTERED_MEANWHILE,
                () -> enter(officer, List.of(entry(given.otherDistrict().id(), Given.freshCode()))));
        EmployerId elsewhere = employers.record(
                given.otherDistrictOfficer(),
                given.otherDistrict().id(),
                new EmployerId(UUID.randomUUID()),
                typed(Given.freshEmployer(), "", "", ""));
        Employer changed = entry(given.otherDistrict().id(), Given.freshCode()).employer();
        assertRefused(
                EmployerRefusal.ENTERED_MEANWHILE,
                () -> enter(
                        officer,
                        List.of(new ManyEmployers.Entry(
                                new Employer(
                                        elsewhere,
                                        changed.code(),
                                        changed.name(),
                                        changed.street(),
                                        "",
                                        changed.trade(),
                                        changed.ownership(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                false,
                                Optional.empty(),
                                Optional.empty()))));
    }

    private void enter(Actor officer, List<ManyEmployers.Entry> entries) {
        transactions.executeWithoutResult(status -> many.enter(officer, entries));
    }

    private static ManyEmployers.Entry entry(UnionId street, String code) {
        return new ManyEmployers.Entry(
                new Employer(
                        new EmployerId(UUID.randomUUID()),
                        CreditCode.find(code),
                        Given.freshEmployer(),
                        street,
                        "",
                        Trade.EDUCATION,
                        Ownership.PRIVATE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                true,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void anEmployerHasOneUnion() {
        Actor officer = given.streetOfficer();
        EmployerId id = record(officer, Given.freshEmployer(), "", "");
        for (String none : new String[] {
            "", "999999999", given.street().code(), given.otherBase().code()
        }) {
            assertThatThrownBy(() -> employers.joins(officer, id, none)).isInstanceOf(BadInput.class);
        }
        employers.joins(officer, id, given.base().code());
        employers.joins(officer, id, given.base().code());
        assertRefused(
                EmployerRefusal.HAS_UNION,
                () -> employers.joins(officer, id, given.joint().code()));
        employers.leaves(officer, id);
        employers.leaves(officer, id);
        assertThat(employers.get(officer, id).union()).isEmpty();
        assertRefused(EmployerRefusal.NO_SUCH_EMPLOYER, () -> employers.leaves(given.otherDistrictOfficer(), id));
    }

    /** With its union dissolved an employer has none. */
    @Test
    void theEndOfAUnionIsNotTheEndOfTheEmployer() {
        Actor officer = given.streetOfficer();
        EmployerId id = record(officer, Given.freshEmployer(), "", "");
        UnionSummary union = given.union(found(given.street(), "BASE_UNION"));
        employers.joins(officer, id, union.code());
        Visitor desk = visitors.signedIn("district@demo");
        String form = "/desk/unions/" + union.id() + "/reorganisations";
        String today = LocalDate.now(clock).toString();
        desk.get(form);
        var ordered = desk.post(
                form, Map.of("key", UUID.randomUUID().toString(), "kind", "DISSOLVE", "code", "", "from", today));
        assertThat(ordered.statusCode()).isEqualTo(302);
        assertThat(employers.get(officer, id).union()).isEmpty();
    }

    /** Where its union goes up in another one, an employer's workers belong to that one; the trail tells it once. */
    @Test
    void anEmployerGoesAlongWithItsUnion() {
        Actor officer = given.streetOfficer();
        UnionSummary union = given.union(found(given.street(), "BASE_UNION"));
        UnionSummary other = given.union(found(given.street(), "BASE_UNION"));
        List<EmployerId> ids =
                List.of(record(officer, Given.freshEmployer(), "", ""), record(officer, Given.freshEmployer(), "", ""));
        ids.forEach(id -> employers.joins(officer, id, union.code()));
        given.reorganise(visitors.signedIn("district@demo"), union.id(), "MERGE", other, LocalDate.now(clock));
        assertThat(ids)
                .allSatisfy(id -> assertThat(employers.get(officer, id).union()).hasValue(other.id()));
        assertThat(audit.historyOf(other.id().value(), officer.reach(Right.EMPLOYER_READ)))
                .filteredOn(entry -> entry.action().equals("employer.union-merge"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.facts())
                        .containsEntry("count", "2")
                        .containsEntry("before", union.name())
                        .containsEntry("name", other.name()));
    }

    /** Two of one name without codes are no reason against a merger: one of them waits until somebody tells them apart. */
    @Test
    void ofOneNameInTwoStreetsThatMergeOneWaits() {
        Actor officer = given.districtOfficer();
        UnionSummary street = given.union(found(given.district(), "STREET_FEDERATION"));
        UnionSummary heir = given.union(found(given.district(), "STREET_FEDERATION"));
        String name = Given.freshEmployer();
        EmployerId there = recordIn(officer, heir, name, "");
        EmployerId clashing = recordIn(officer, street, name, "");
        EmployerId coded = recordIn(officer, street, Given.freshEmployer(), Given.freshCode());
        EmployerId closed = recordIn(officer, street, Given.freshEmployer(), "");
        employers.close(officer, closed);
        given.reorganise(visitors.signedIn("district@demo"), street.id(), "MERGE", heir, LocalDate.now(clock));
        assertThat(streets(coded, closed, there)).containsOnly(heir.id());
        assertThat(streets(clashing)).containsOnly(street.id());
        assertThat(lists.list(officer, lists.question(officer, heir.id(), "", "", name, ""), Optional.empty())
                        .rows())
                .extracting(Employer::id)
                .containsExactlyInAnyOrder(there, clashing);
        assertRefused(EmployerRefusal.NAME_TAKEN, () -> employers.correct(officer, clashing, typed(name, "", "", "")));
        employers.correct(officer, clashing, typed(Given.freshEmployer(), "", "", ""));
        assertThat(streets(clashing)).containsOnly(heir.id());
        assertThat(audit.historyOf(heir.id().value(), officer.reach(Right.EMPLOYER_READ)))
                .filteredOn(entry -> entry.action().equals("employer.street-merge"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.facts()).containsEntry("count", "2"));
    }

    @Test
    void whatLayInAStreetThatIsNoMoreLiesInTheDistricts() {
        Actor officer = given.districtOfficer();
        UnionSummary street = given.union(found(given.district(), "STREET_FEDERATION"));
        EmployerId id = recordIn(officer, street, Given.freshEmployer(), "");
        Visitor desk = visitors.signedIn("district@demo");
        given.reorganise(desk, street.id(), "DISSOLVE", given.district(), LocalDate.now(clock));
        assertThat(streets(id)).containsOnly(given.district().id());
    }

    /** While unions change their places, nobody says in whose streets an employer lies or to which union its workers belong. */
    @Test
    void nobodyJoinsAUnionThatIsJustGoingUpInAnother() throws Exception {
        Actor officer = given.streetOfficer();
        EmployerId id = record(officer, Given.freshEmployer(), "", "");
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Runnable command : List.<Runnable>of(
                    () -> employers.joins(officer, id, given.base().code()),
                    () -> employers.correct(officer, id, typed(Given.freshEmployer(), "", "", "")),
                    () -> record(officer, Given.freshEmployer(), "", ""))) {
                Future<?> waiting = Objects.requireNonNull(transactions.execute(status -> {
                    locks.alone("org.places");
                    Future<?> begun = hands.submit(command);
                    assertThatThrownBy(() -> begun.get(300, TimeUnit.MILLISECONDS))
                            .isInstanceOf(TimeoutException.class);
                    return begun;
                }));
                waiting.get();
            }
        }
        assertThat(employers.get(officer, id).union()).hasValue(given.base().id());
    }

    private EmployerId recordIn(Actor officer, UnionSummary street, String name, String code) {
        return employers.record(officer, street.id(), new EmployerId(UUID.randomUUID()), typed(name, code, "", ""));
    }

    private List<UnionId> streets(EmployerId... of) {
        return Stream.of(of)
                .map(id -> employers.get(given.cityOfficer(), id).street())
                .toList();
    }

    private UnionId found(UnionSummary below, String kind) {
        return unions.found(
                given.cityOfficer(),
                below.id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", kind, "2023-01-01", ""));
    }

    @Test
    void aContactsNumberIsSealedMaskedAndOpenedOnRecord() {
        Actor officer = given.streetOfficer();
        EmployerId id = record(officer, Given.freshEmployer(), "", "");
        UUID contact = UUID.randomUUID();
        String phone = Given.freshPhone().text();
        for (int twice = 0; twice < 2; twice++) {
            files.addContact(officer, id, contact, new EmployerFiles.NewContact("欧阳若川", "人事经理", phone));
        }
        Employer employer = employers.get(officer, id);
        assertThat(files.contacts(employer)).singleElement().satisfies(each -> {
            assertThat(each.name()).isEqualTo("欧阳若川");
            assertThat(each.phone()).contains("****").isNotEqualTo(phone);
        });
        byte[] kept = jdbc.sql("select phone_sealed from employer_contact where id = :id")
                .param("id", contact)
                .query(byte[].class)
                .single();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain(phone);
        assertThat(files.phone(officer, id, contact)).isEqualTo(phone);
        assertThat(audit.historyOf(id.value(), officer.reach(Right.EMPLOYER_READ)))
                .extracting(Audit.Entry::action)
                .contains("employer.contact-look");
        assertThat(audit.historyOf(id.value(), officer.reach(Right.EMPLOYER_READ)))
                .as("no private person's name stays in the trail for good")
                .allSatisfy(entry -> assertThat(entry.facts().values()).doesNotContain("欧阳若川"));
        files.endContact(officer, id, contact);
        assertThat(store.contacts(id)).isEmpty();
        assertRefused(EmployerRefusal.NO_SUCH_LINE, () -> files.endContact(officer, id, contact));
        assertRefused(EmployerRefusal.NO_SUCH_LINE, () -> files.phone(officer, id, contact));
        assertThat(jdbc.sql("select count(*) from employer_contact where phone_sealed is not null and id = :id")
                        .param("id", contact)
                        .query(Long.class)
                        .single())
                .as("the number is forgotten")
                .isZero();
    }

    @Test
    void whatWasAskedIsPromisedAndDone() {
        Actor officer = given.streetOfficer();
        EmployerId id = record(officer, Given.freshEmployer(), "", "");
        LocalDate today = LocalDate.now(clock);
        UUID service = UUID.randomUUID();
        files.ask(officer, id, service, "给夜班职工体检");
        files.ask(officer, id, service, "给夜班职工体检");
        assertThatThrownBy(() -> files.promise(
                        officer, id, service, "安排", today.minusDays(1).toString()))
                .isInstanceOf(BadInput.class);
        files.promise(officer, id, service, "三月前安排体检车", today.plusDays(30).toString());
        files.fulfil(officer, id, service, "46 人已体检");
        assertRefused(EmployerRefusal.NO_SUCH_LINE, () -> files.fulfil(officer, id, service, "又一次"));
        assertRefused(
                EmployerRefusal.NO_SUCH_LINE,
                () -> files.promise(officer, id, service, "再", today.plusDays(1).toString()));
        assertThat(files.services(employers.get(officer, id))).singleElement().satisfies(each -> {
            assertThat(each.asked()).isEqualTo("给夜班职工体检");
            assertThat(each.doneOn()).hasValue(today);
            assertThat(each.isLate(today.plusDays(99))).isFalse();
        });
    }

    @Test
    void anOfficerKeepsTheFileAtTheDesk() {
        Visitor officer = visitors.signedIn("street@demo");
        String list = "/desk/employers/" + given.street().id();
        officer.get(list + "/new");
        String name = Given.freshEmployer();
        UUID key = UUID.randomUUID();
        var made = officer.post(
                list + "/new",
                Map.of(
                        "key",
                        key.toString(),
                        "name",
                        name,
                        "trade",
                        "CONSTRUCTION",
                        "ownership",
                        "PRIVATE",
                        "workers",
                        "260",
                        "countedOn",
                        "2023-05-01"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(302);
        String file = Visitor.location(made);
        assertThat(officer.get(file).body()).contains(name, "260", "未建会", "/desk/foundings/for/" + key);
        var wrong = officer.post(
                file + "/headcounts",
                Map.of("form", "count", "shownAt", file, "workers", "x", "courier", "5", "countedOn", "2023-06-01"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("请填整数", "value=\"x\"", "value=\"5\"");
        assertThat(officer.get(list + "?q=" + name.substring(0, 6)).body()).contains(name, "用人单位（家）");
        assertThat(officer.get(list + "/export?format=CSV&q=" + name).body()).contains(name, "建筑业", "260");
        assertThat(officer.get("/desk/employers").statusCode()).isEqualTo(302);
        assertThat(officer.get("/desk/employers/" + given.base().id() + "/new").statusCode())
                .as("no form that would be refused")
                .isEqualTo(409);
        assertThat(visitors.signedIn("auditor@demo").get(file).statusCode()).isEqualTo(403);
    }

    private EmployerId record(Actor officer, String name, String code, String workers) {
        return employers.record(
                officer, given.street().id(), new EmployerId(UUID.randomUUID()), typed(name, code, workers, ""));
    }

    private static Employers.Typed typed(String name, String code, String workers, String women) {
        return new Employers.Typed(name, code, "某路 1 号", "CONSTRUCTION", "PRIVATE", workers, women, "2023-05-01");
    }

    private static Employers.Count count(String on, String workers, String women, Map<String, String> byForm) {
        return new Employers.Count(on, workers, women, byForm);
    }
}

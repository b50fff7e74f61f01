package org.gonghui.founding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gonghui.access.Role;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Employers;
import org.gonghui.employer.UnionsUnderWay;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.org.UnionKind;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From an employer without a union to an approved one, and every no on the way. */
@CityTest
class FoundingTests {

    private static final byte[] PAPER = "%PDF-1.7 a paper".getBytes(StandardCharsets.UTF_8);

    @Autowired
    private Foundings foundings;

    @Autowired
    private FoundingLists lists;

    @Autowired
    private UnionsUnderWay underWay;

    @Autowired
    private ApproveFounding approving;

    @Autowired
    private Papers papers;

    @Autowired
    private Employers employers;

    @Autowired
    private Unions unions;

    @Autowired
    private Counters counters;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    /** A union stands in the tree, its officers are on record, the workers belong to it, it is counted: all or nothing. */
    @Test
    void theWholeRoad() {
        Actor officer = given.streetOfficer();
        EmployerId employer = employer(officer, 640, "PRIVATE");
        long[] before = counted(given.district());
        var id = new FoundingId(UUID.randomUUID());
        for (int twice = 0; twice < 2; twice++) {
            assertThat(foundings.begin(officer, employer, id, "走访过")).isEqualTo(id);
        }
        assertThat(foundings.open(officer, employer)).hasValue(id);
        for (String stage : new String[] {"CONTACTED", "CONTACTED", "PREPARING"}) {
            foundings.go(officer, id, stage, "");
        }
        assertThat(foundings.steps(id)).as("pressed twice").hasSize(3);
        attach(officer, id);
        Foundings.Applying application = applying(officer, employer, Map.of("grant", "3,000.50"));
        foundings.apply(officer, id, application);
        foundings.apply(officer, id, application);
        Foundings.File applied = foundings.file(officer, id);
        assertThat(applied.founding().stage()).isEqualTo(Stage.APPLIED);
        assertThat(applied.founding().application().orElseThrow().grant()).hasValue(new Money(300_050));
        assertThat(applied.mayDecide()).isTrue();

        UnionId union = approve(officer, id).union();
        assertThat(approve(officer, id).union()).isEqualTo(union);
        UnionSummary founded = given.union(union);
        assertThat(founded.kind()).isEqualTo(UnionKind.BASE_UNION);
        assertThat(given.street().path().covers(founded.path())).isTrue();
        assertThat(employers.get(officer, employer).union()).hasValue(union);
        assertThat(jdbc.sql("select position || ' ' || name from org_staff where union_id = :union order by position")
                        .param("union", union.value())
                        .query(String.class)
                        .list())
                .containsExactly("CHAIR 欧阳若川", "VICE_CHAIR 买买提·艾力");
        Founding.Approval approval = foundings.get(officer, id).approval().orElseThrow();
        assertThat(approval.foundingClass()).isEqualTo(FoundingClass.MEDIUM);
        assertThat(approval.on()).isEqualTo(LocalDate.now(clock));
        long[] after = counted(given.district());
        assertThat(more(before, after))
                .isEqualTo(Map.of("founding.founded", 1L, "founding.medium", 1L, "founding.workers", 640L));
        assertThat(foundings.file(officer, id).steps())
                .extracting(Founding.Step::stage)
                .containsExactly(Stage.APPROVED, Stage.APPLIED, Stage.PREPARING, Stage.CONTACTED, Stage.VERIFIED);
        assertThat(foundings.open(officer, employer)).isEmpty();
        assertNotFromHere(() -> foundings.go(officer, id, "GIVEN_UP", "不做了"));
        assertNotFromHere(() -> foundings.reject(officer, id, seen(officer, id), "太晚"));
        assertNotFromHere(() -> papers.attach(officer, id, UUID.randomUUID(), "OTHER", "a.pdf", PAPER));
        assertRefused(
                FoundingRefusal.HAS_UNION,
                () -> foundings.begin(officer, employer, new FoundingId(UUID.randomUUID()), ""));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, PRIVATE, LARGE",
        "999, FOREIGN, MEDIUM",
        "100, HONG_KONG_MACAO_TAIWAN, MEDIUM",
        "99, PRIVATE, SMALL",
        "25, INDIVIDUAL, SMALL",
        "24, PRIVATE, TINY",
        "1, PRIVATE, TINY",
        "1500, STATE, PUBLIC",
        "30, PUBLIC_INSTITUTION, PUBLIC",
        "30, SOCIAL_ORGANISATION, PUBLIC"
    })
    void aUnionIsCountedOnceAndInItsClass(int workers, String ownership, FoundingClass as) {
        Actor officer = given.streetOfficer();
        long[] before = counted(given.street());
        FoundingId id = applied(officer, employer(officer, workers, ownership));
        approve(officer, id);
        assertThat(more(before, counted(given.street())))
                .isEqualTo(Map.of(
                        "founding.founded", 1L, FoundingMeasures.of(as).key(), 1L, "founding.workers", (long) workers));
        FoundingLists.Question question = lists.question(
                officer,
                given.street().id(),
                FoundingMeasures.of(as).key(),
                LocalDate.now(clock).toString().substring(0, 7),
                "");
        assertThat(lists.list(officer, question, Optional.empty()).lines())
                .extracting(line -> line.founding().id())
                .contains(id);
    }

    @Test
    void smallEmployersFoundOneTogether() {
        Actor officer = given.streetOfficer();
        EmployerId first = employer(officer, 12, "PRIVATE");
        EmployerId second = employer(officer, 24, "INDIVIDUAL");
        EmployerId large = employer(officer, 25, "PRIVATE");
        EmployerId never = employer(officer, 0, "PRIVATE");
        FoundingId id = begun(officer, first);
        for (EmployerId other : List.of(large, never)) {
            assertRefused(FoundingRefusal.NOT_SMALL, () -> foundings.add(officer, id, code(officer, other)));
        }
        assertThatThrownBy(() -> foundings.add(officer, id, "91350100M000100Y43"))
                .isInstanceOf(BadInput.class);
        foundings.add(officer, id, code(officer, second));
        foundings.add(officer, id, code(officer, second));
        assertThat(foundings.file(officer, id).employers()).hasSize(2);
        foundings.remove(officer, id, second);
        assertThat(foundings.get(officer, id).joint()).isFalse();
        assertRefused(FoundingRefusal.TOO_FEW_EMPLOYERS, () -> foundings.remove(officer, id, first));
        foundings.add(officer, id, code(officer, second));
        assertRefused(
                FoundingRefusal.BEGUN_ALREADY,
                () -> foundings.begin(officer, second, new FoundingId(UUID.randomUUID()), ""));
        long[] before = counted(given.street());
        applied(officer, id, first);
        assertNotFromHere(() -> foundings.remove(officer, id, second));
        UnionId union = approve(officer, id).union();
        assertThat(given.union(union).kind()).isEqualTo(UnionKind.JOINT_BASE_UNION);
        assertThat(more(before, counted(given.street())))
                .isEqualTo(Map.of("founding.founded", 1L, "founding.joint", 1L, "founding.workers", 36L));
        assertThat(employers.get(officer, second).union()).hasValue(union);
    }

    @Test
    void anEmployerOfAnotherStreetDoesNotJoin() {
        Actor officer = given.districtOfficer();
        UnionSummary other = unions.children(officer, given.district().id()).stream()
                .filter(union -> !union.kind().isBase()
                        && !union.id().equals(given.street().id()))
                .findFirst()
                .orElseThrow();
        FoundingId id = begun(officer, employer(officer, 12, "PRIVATE"));
        EmployerId elsewhere = employer(officer, other, 12, "PRIVATE");
        assertRefused(FoundingRefusal.OTHER_STREET, () -> foundings.add(officer, id, code(officer, elsewhere)));
    }

    /** Of two streets that have become one, employers are of one street. */
    @Test
    void anEmployerOfAStreetThatJoinedThisOneJoins() {
        Actor officer = given.districtOfficer();
        UnionSummary street = street();
        UnionSummary heir = street();
        FoundingId id = begun(officer, employer(officer, street, 12, "PRIVATE"));
        EmployerId other = employer(officer, heir, 12, "PRIVATE");
        assertRefused(FoundingRefusal.OTHER_STREET, () -> foundings.add(officer, id, code(officer, other)));
        given.reorganise(visitors.signedIn("district@demo"), street.id(), "MERGE", heir, LocalDate.now(clock));
        foundings.add(officer, id, code(officer, other));
        assertThat(foundings.file(officer, id).employers()).hasSize(2);
    }

    private UnionSummary street() {
        return given.union(unions.found(
                given.cityOfficer(),
                given.district().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "STREET_FEDERATION", "2023-01-01", "")));
    }

    @Test
    void whatIsRejectedIsPutRightAndAppliedForAgain() {
        Actor officer = given.streetOfficer();
        EmployerId employer = employer(officer, 30, "PRIVATE");
        FoundingId id = applied(officer, employer);
        assertThatThrownBy(() -> foundings.reject(officer, id, seen(officer, id), " "))
                .isInstanceOf(BadInput.class);
        for (int twice = 0; twice < 2; twice++) {
            foundings.reject(officer, id, seen(officer, id), "选举人数不足");
        }
        assertThat(foundings.file(officer, id).steps().getFirst().note()).isEqualTo("选举人数不足");
        UUID paper = foundings.file(officer, id).papers().getFirst().id();
        assertRefused(FoundingRefusal.PAPER_STAYS, () -> papers.remove(officer, id, paper));
        assertNotFromHere(() -> approve(officer, id));
        foundings.apply(officer, id, applying(officer, employer, Map.of()));
        foundings.go(officer, id, "PREPARING", "撤回");
        assertRefused(FoundingRefusal.PAPER_STAYS, () -> papers.remove(officer, id, paper));
        foundings.apply(officer, id, applying(officer, employer, Map.of()));
        approve(officer, id);
        assertThat(foundings.get(officer, id).stage()).isEqualTo(Stage.APPROVED);
    }

    @Test
    void whatIsGivenUpMayBeTakenUpAgainByOne() {
        Actor officer = given.streetOfficer();
        EmployerId employer = employer(officer, 30, "PRIVATE");
        FoundingId id = begun(officer, employer);
        assertThatThrownBy(() -> foundings.go(officer, id, "GIVEN_UP", "")).isInstanceOf(BadInput.class);
        foundings.go(officer, id, "GIVEN_UP", "单位搬走");
        FoundingId other = begun(officer, employer);
        assertRefused(FoundingRefusal.BEGUN_ALREADY, () -> foundings.go(officer, id, "CONTACTED", ""));
        foundings.go(officer, other, "GIVEN_UP", "又搬走");
        foundings.go(officer, id, "CONTACTED", "");
        assertThat(foundings.open(officer, employer)).hasValue(id);
        foundings.go(officer, id, "GIVEN_UP", "再次");
        employers.joins(officer, employer, given.base().code());
        assertRefused(FoundingRefusal.HAS_UNION, () -> foundings.go(officer, id, "CONTACTED", ""));
    }

    @Test
    void nothingIsAppliedForBeforeItIsReady() {
        Actor officer = given.streetOfficer();
        EmployerId uncounted = employer(officer, 0, "PRIVATE");
        FoundingId id = begun(officer, uncounted);
        assertNotFromHere(() -> foundings.apply(officer, id, applying(officer, uncounted, Map.of())));
        assertNotFromHere(() -> foundings.go(officer, id, "APPLIED", ""));
        assertNotFromHere(() -> foundings.go(officer, id, "APPROVED", ""));
        foundings.go(officer, id, "PREPARING", "");
        assertRefused(
                FoundingRefusal.NOT_COUNTED,
                () -> foundings.apply(officer, id, applying(officer, uncounted, Map.of())));
        assertThat(ApplicationRules.words(foundings.file(officer, id)))
                .containsExactly("count", "paper.APPLICATION", "paper.ELECTION");
        employers.count(officer, uncounted, new Employers.Count("2023-01-01", "9", "", Map.of()));
        assertRefused(
                FoundingRefusal.PAPERS_MISSING,
                () -> foundings.apply(officer, id, applying(officer, uncounted, Map.of())));
        attach(officer, id);
        assertRefused(
                FoundingRefusal.SUPERIOR_DOES_NOT_FIT,
                () -> foundings.apply(
                        officer,
                        id,
                        applying(
                                officer,
                                uncounted,
                                Map.of("superior", given.base().code()))));
        assertRefused(
                FoundingRefusal.SUPERIOR_DOES_NOT_FIT,
                () -> foundings.apply(
                        officer,
                        id,
                        applying(
                                officer,
                                uncounted,
                                Map.of("superior", given.otherDistrict().code()))));
        assertThat(foundings.get(officer, id).stage()).isEqualTo(Stage.PREPARING);

        EmployerId nameless = employers.record(
                officer,
                given.street().id(),
                new EmployerId(UUID.randomUUID()),
                new Employers.Typed(Given.freshEmployer(), "", "", "FINANCE", "PRIVATE", "9", "", "2023-01-01"));
        FoundingId other = begun(officer, nameless);
        foundings.go(officer, other, "PREPARING", "");
        attach(officer, other);
        assertRefused(
                FoundingRefusal.NO_CREDIT_CODE,
                () -> foundings.apply(officer, other, applying(officer, nameless, Map.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "name, '', name, empty",
        "superior, 000, superior, no-such-union",
        "electedOn, 2199-01-01, electedOn, day-limits",
        "grant, -1, grant, no-amount",
        "grant, 0, grant, no-amount",
        "grant, 99999999999, grant, no-amount",
        "officer-0, '', officer-0, one-chair",
        "position-1, CHAIR, officer-0, one-chair",
        "position-1, KING, officer-1, no-such-choice",
        "officer-1, <b>, officer-1, odd-character",
        "login-0, 主席, officer-0, login-form",
        "login-5, somebody, officer-5, empty"
    })
    void whatIsTypedWronglyIsToldAtItsField(String field, String value, String at, String key) {
        Actor officer = given.streetOfficer();
        EmployerId employer = employer(officer, 30, "PRIVATE");
        FoundingId id = begun(officer, employer);
        foundings.go(officer, id, "PREPARING", "");
        attach(officer, id);
        assertThatThrownBy(() -> foundings.apply(officer, id, applying(officer, employer, Map.of(field, value))))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .extracting(fault -> fault.field() + " " + fault.key())
                                .contains(at + " " + key));
        assertThat(foundings.get(officer, id).application()).isEmpty();
    }

    /** By its bytes, not by its name. */
    @ParameterizedTest
    @ValueSource(strings = {"<html>", "PK\u0003\u0004", "%PD", "MZ", "GIF89a", "<svg/>"})
    void whatIsNoPaperIsNotTaken(String content) {
        Actor officer = given.streetOfficer();
        FoundingId id = begun(officer, employer(officer, 30, "PRIVATE"));
        assertRefused(
                FoundingRefusal.NO_PAPER,
                () -> papers.attach(
                        officer,
                        id,
                        UUID.randomUUID(),
                        "OTHER",
                        "paper.pdf",
                        content.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(foundings.file(officer, id).papers()).isEmpty();
    }

    @Test
    void papersAreSealedCountedAndOfASize() {
        Actor officer = given.streetOfficer();
        FoundingId id = begun(officer, employer(officer, 30, "PRIVATE"));
        UUID paper = UUID.randomUUID();
        for (int twice = 0; twice < 2; twice++) {
            papers.attach(officer, id, paper, "LICENCE", "..\\x/营业执照.html", PAPER);
        }
        assertThat(foundings.file(officer, id).papers())
                .singleElement()
                .satisfies(sent -> assertThat(sent.fileName()).doesNotContain("html"));
        assertThat(papers.open(officer, id, paper).bytes()).isEqualTo(PAPER);
        byte[] kept = jdbc.sql("select content_sealed from founding_paper where id = :id")
                .param("id", paper)
                .query(byte[].class)
                .single();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("a paper");
        byte[] large = new byte[Papers.LARGEST + 1];
        System.arraycopy(PAPER, 0, large, 0, PAPER.length);
        assertRefused(
                FoundingRefusal.NO_PAPER,
                () -> papers.attach(officer, id, UUID.randomUUID(), "OTHER", "large.pdf", large));
        assertThatThrownBy(() -> papers.attach(officer, id, UUID.randomUUID(), "OTHER", "empty.pdf", new byte[0]))
                .isInstanceOf(BadInput.class);
        for (int more = 1; more < 20; more++) {
            papers.attach(officer, id, UUID.randomUUID(), "OTHER", "x.pdf", PAPER);
        }
        assertRefused(
                FoundingRefusal.TOO_MANY_PAPERS,
                () -> papers.attach(officer, id, UUID.randomUUID(), "OTHER", "x.pdf", PAPER));
        papers.remove(officer, id, paper);
        assertRefused(FoundingRefusal.NO_SUCH_PAPER, () -> papers.open(officer, id, paper));
        assertRefused(FoundingRefusal.NO_SUCH_PAPER, () -> papers.remove(officer, id, paper));
    }

    /** Whoever reaches neither the street nor the superior learns nothing and changes nothing. */
    @Test
    void everybodyReachesTheirOwnPart() {
        Actor officer = given.streetOfficer();
        EmployerId employer = employer(officer, 30, "PRIVATE");
        FoundingId id = applied(officer, employer);
        UUID paper = foundings.file(officer, id).papers().getFirst().id();
        String seen = seen(officer, id);
        for (Actor outside : List.of(
                given.otherDistrictOfficer(),
                given.officer(Role.BASE_OFFICER, given.base()),
                given.officer(Role.AUDITOR, given.city()),
                given.officer(Role.ADMINISTRATOR, given.city()))) {
            assertNone(() -> foundings.file(outside, id));
            assertNone(() -> papers.open(outside, id, paper));
            assertNone(() -> foundings.go(outside, id, "PREPARING", ""));
            assertNone(() -> foundings.apply(outside, id, applying(officer, employer, Map.of())));
            assertNone(() -> papers.attach(outside, id, UUID.randomUUID(), "OTHER", "x.pdf", PAPER));
            assertNone(() -> papers.remove(outside, id, paper));
            assertNone(() -> foundings.add(outside, id, code(officer, employer)));
            assertNone(() -> foundings.remove(outside, id, employer));
        }
        for (Actor outside : List.of(
                given.otherDistrictOfficer(),
                given.officer(Role.BASE_OFFICER, given.base()),
                given.officer(Role.ADMINISTRATOR, given.city()))) {
            assertNone(() -> foundings.reject(outside, id, seen, "不行"));
            assertNone(() -> approving.approve(outside, id, seen, Map.of()));
        }
        assertThat(foundings.get(officer, id).stage()).isEqualTo(Stage.APPLIED);
    }

    /** Whoever applied is told, by whoever decides further up; the successor of an officer finds what is open. */
    @Test
    void whoeverAppliedIsTold() {
        AccountId account = new AccountId(jdbc.sql("select id from access_account where login = 'street@demo'")
                .query(UUID.class)
                .single());
        Actor officer =
                new Actor(Optional.of(account), "周以宁", given.streetOfficer().grants());
        EmployerId employer = employer(officer, 30, "PRIVATE");
        FoundingId id = applied(officer, employer);
        UnionSummary street = given.street();
        assertThat(lists.waiting(officer, street.id(), street.path()))
                .extracting(OpenWork.Waiting::label)
                .contains("founding.open-decisions");
        foundings.reject(given.districtOfficer(), id, seen(officer, id), "到会人数不足");
        assertThat(lists.waiting(officer, street.id(), street.path()))
                .extracting(OpenWork.Waiting::label)
                .contains("founding.open-work");
        assertThat(lists.waiting(given.otherDistrictOfficer(), street.id(), street.path()))
                .isEmpty();
        foundings.apply(officer, id, applying(officer, employer, Map.of()));
        approve(given.districtOfficer(), id);
        String name = employers.get(officer, employer).name();
        assertThat(visitors.signedIn("street@demo").get("/desk/notices").body())
                .contains("没有批准建会：" + name, "到会人数不足", "已批准建会：" + name);
    }

    /** The file and the list say that somebody is at work, whoever wants to close it is told so, and nobody else learns of it. */
    @Test
    void anEmployerOnItsWayIsNotClosed() {
        Actor officer = given.streetOfficer();
        EmployerId employer = employer(officer, 46, "PRIVATE");
        FoundingId id = begun(officer, employer);
        Visitor desk = visitors.signedIn("street@demo");
        String name = employers.get(officer, employer).name();
        assertThat(desk.get("/desk/employers/of/" + employer).body())
                .contains("建会中：已核实", "/desk/foundings/of/" + id)
                .doesNotContain("/desk/foundings/for/" + employer);
        assertThat(desk.get("/desk/employers/" + given.street().id() + "?sort=NEWEST&q=" + name)
                        .body())
                .contains("建会中：已核实", "/desk/foundings/of/" + id);
        var refused = desk.post(
                "/desk/employers/of/" + employer + "/closing", Map.of("shownAt", "/desk/employers/of/" + employer));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains(name + "正在推动建会");
        assertThat(employers.get(officer, employer).closedOn()).isEmpty();
        assertThat(underWay.at(List.of(employer), given.otherDistrictOfficer().reach(Right.EMPLOYER_READ)))
                .isEmpty();
        foundings.go(officer, id, "GIVEN_UP", "单位要搬走");
        employers.close(officer, employer);
        assertThat(employers.get(officer, employer).closedOn()).isPresent();
    }

    /** A list's total is the figure; it goes in each order, by pages, and along as a table. */
    @Test
    void aListIsCountedOrderedAndTakenAlong() {
        Actor officer = given.districtOfficer();
        LocalDate today = LocalDate.now(clock);
        for (FoundingClass each : FoundingClass.values()) {
            FoundingLists.Question question = lists.question(
                    officer,
                    given.district().id(),
                    FoundingMeasures.of(each).key(),
                    Integer.toString(today.getYear()),
                    "");
            Counters.Year year = counters.of(
                    given.district().path(),
                    today.getYear(),
                    today,
                    List.of(FoundingMeasures.of(each)),
                    Reach.everywhere());
            assertThat(lists.list(officer, question, Optional.empty()).sums().foundings())
                    .isEqualTo(year.upTo(0, Measure.Kind.FLOW, 12));
        }
        for (FoundingLists.Sort sort : FoundingLists.Sort.values()) {
            FoundingLists.Question question = lists.question(
                    officer, given.district().id(), "founding.founded", Integer.toString(today.getYear()), sort.name());
            List<FoundingListStore.Line> lines = new ArrayList<>();
            Optional<FoundingLists.Mark> after = Optional.empty();
            FoundingLists.Answer page;
            do {
                page = lists.list(officer, question, after);
                lines.addAll(page.lines());
                after = page.next().flatMap(next -> FoundingLists.Mark.of(next.text()));
            } while (after.isPresent());
            assertThat(lines).hasSize((int) page.sums().foundings());
            assertThat(lines.stream().mapToLong(FoundingListStore.Line::workers).sum())
                    .isEqualTo(page.sums().workers());
            Comparator<FoundingListStore.Line> order = switch (sort) {
                case OLDEST -> Comparator.comparing(line -> line.founding().stageAt());
                case NEWEST -> Comparator.comparing(line -> line.founding().stageAt(), Comparator.reverseOrder());
                case WORKERS -> Comparator.comparing(FoundingListStore.Line::workers, Comparator.reverseOrder());
            };
            assertThat(lines).isSortedAccordingTo(order);
            assertThat(lines).doesNotHaveDuplicates();
        }
        assertThat(FoundingLists.Mark.of("x")).isEmpty();
        EmployerId employer = employer(given.streetOfficer(), 46, "PRIVATE");
        begun(given.streetOfficer(), employer);
        String name = employers.get(officer, employer).name();
        Visitor desk = visitors.signedIn("street@demo");
        String list = "/desk/foundings/" + given.street().id() + "/list";
        assertThat(desk.get(list + "?of=VERIFIED&sort=NEWEST").body())
                .contains(name, "共 ", list + "/export?of=VERIFIED");
        assertThat(desk.get(list + "/export?of=VERIFIED&format=CSV").body()).contains(name, "46", "已核实");
        assertThat(desk.file(list + "/export?of=VERIFIED")).startsWith('P', 'K');
        assertThat(visitors.signedIn("base@demo")
                        .get(list + "/export?of=VERIFIED&format=CSV")
                        .statusCode())
                .isIn(403, 404);
    }

    /** Whoever is nearest to decide is told, once an application; nobody who may not, nobody farther away, nobody who knows. */
    @Test
    void whoeverDecidesIsToldThatSomethingWaits() {
        Actor officer = given.streetOfficer();
        EmployerId employer = employer(officer, 46, "PRIVATE");
        FoundingId id = prepared(officer, employer);
        String name = employers.get(officer, employer).name() + "工会";
        for (int twice = 0; twice < 2; twice++) {
            foundings.apply(officer, id, applying(officer, employer, Map.of()));
        }
        assertThat(told(name)).containsExactly("street@demo");
        foundings.go(officer, id, "PREPARING", "");
        foundings.apply(officer, id, applying(officer, employer, Map.of("shortName", "另报")));
        assertThat(told(name)).as("another application is told anew").containsExactly("street@demo", "street@demo");
        assertThat(visitors.signedIn("street@demo").get("/desk/notices").body())
                .contains("申请建会，等您审批：" + name, "/desk/foundings/of/" + id);

        // At a union where nobody decides, the nearest above it do.
        UnionId group = unions.found(
                given.cityOfficer(),
                given.street().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "GROUP_UNION", "2023-01-01", ""));
        EmployerId other = employer(officer, 46, "PRIVATE");
        FoundingId below = prepared(officer, other);
        foundings.apply(
                officer,
                below,
                applying(officer, other, Map.of("superior", given.union(group).code())));
        assertThat(told(employers.get(officer, other).name() + "工会")).containsExactly("street@demo");

        // Whoever applied knows.
        Actor who = whoSignsIn();
        EmployerId own = employer(who, 46, "PRIVATE");
        foundings.apply(who, prepared(who, own), applying(who, own, Map.of()));
        assertThat(told(employers.get(who, own).name() + "工会")).isEmpty();
    }

    private List<String> told(String union) {
        return jdbc.sql("""
                        select login from notice_notice join access_account on access_account.id = account_id
                         where kind = 'FOUNDING_APPLIED' and facts[1] = :union and login like '%@demo' order by login
                        """).param("union", union).query(String.class).list();
    }

    /** Whoever is elected and works at the desk can, from the approval on; a name that is taken approves nothing. */
    @Test
    void theElectedTakeOfficeWithTheApproval() {
        Visitor street = visitors.signedIn("street@demo");
        Actor officer = whoSignsIn();
        EmployerId employer = employer(officer, 30, "PRIVATE");
        FoundingId id = applied(officer, employer);
        String page = "/desk/foundings/of/" + id;
        String body = street.get(page).body();
        Founding.Officer chair = foundings.file(officer, id).officers().getFirst();
        assertThat(body).contains("批准建会", chair.name(), "25–99 人");
        HttpResponse<String> taken = street.post(
                page + "/approval",
                Map.of(
                        "form",
                        "approval",
                        "seen",
                        seen(officer, id),
                        "login-" + chair.id(),
                        "city@demo",
                        "shownAt",
                        page));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(409);
        assertThat(foundings.get(officer, id).stage()).isEqualTo(Stage.APPLIED);
        assertThat(employers.get(officer, employer).union()).isEmpty();

        HttpResponse<String> odd = street.post(
                page + "/approval",
                Map.of("form", "approval", "seen", seen(officer, id), "login-" + chair.id(), "主席", "shownAt", page));
        assertThat(odd.statusCode()).isEqualTo(422);
        assertThat(odd.body()).contains("id=\"field-login-" + chair.id() + "-fault\"");
        String login = "chair-" + UUID.randomUUID().toString().substring(0, 8);
        HttpResponse<String> approved = street.post(
                page + "/approval", Map.of("seen", seen(officer, id), "login-" + chair.id(), login, "shownAt", page));
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        assertThat(approved.body()).contains("/invitations/", login);
        UnionId union = foundings.get(officer, id).approval().orElseThrow().union();
        assertThat(jdbc.sql("""
                        select role from access_appointment join access_account on access_account.id = account_id
                         where login = :login and union_id = :union
                        """)
                        .param("login", login)
                        .param("union", union.value())
                        .query(String.class)
                        .list())
                .containsExactly("BASE_OFFICER");
        assertThat(street.get(page).body()).contains("已建会");
    }

    /** Withdrawn and sent anew, it is another application: nobody decides about what they have not seen. */
    @Test
    void theSuperiorDecidesAboutWhatWasShown() {
        Actor officer = given.streetOfficer();
        EmployerId employer = employer(officer, 30, "PRIVATE");
        FoundingId id = applied(officer, employer);
        String before = seen(officer, id);
        foundings.go(officer, id, "PREPARING", "撤回");
        foundings.apply(officer, id, applying(officer, employer, Map.of("name", Given.freshName())));
        assertNotFromHere(() -> approving.approve(officer, id, before, Map.of()));
        assertNotFromHere(() -> approving.approve(officer, id, null, Map.of()));
        assertNotFromHere(() -> foundings.reject(officer, id, before, "不行"));
        approve(officer, id);
    }

    /** What an application required is looked at again when it is decided. */
    @Test
    void whatHasChangedSinceIsNotApproved() {
        Actor officer = given.streetOfficer();
        EmployerId employer = employer(officer, 30, "PRIVATE");
        FoundingId id = applied(officer, employer);
        employers.count(
                officer, employer, new Employers.Count(LocalDate.now(clock).toString(), "0", "", Map.of()));
        assertRefused(FoundingRefusal.NOT_COUNTED, () -> approve(officer, id));
        assertThatThrownBy(() -> employers.close(officer, employer)).hasMessageContaining("union-under-way");
        employers.count(
                officer, employer, new Employers.Count(LocalDate.now(clock).toString(), "31", "", Map.of()));
        approve(officer, id);
    }

    /** A union elsewhere that decides finds it on its own board; once founded, its officers read what led to it. */
    @Test
    void whoeverDecidesFindsItAndSoDoesTheNewUnion() {
        Actor officer =
                new Actor(Optional.empty(), "区工会", given.districtOfficer().grants());
        EmployerId employer = employer(officer, 30, "PRIVATE");
        FoundingId id = begun(officer, employer);
        foundings.go(officer, id, "PREPARING", "");
        attach(officer, id);
        UnionId group = unions.found(
                given.cityOfficer(),
                given.district().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "GROUP_UNION", "2023-01-01", ""));
        UnionSummary above = given.union(group);
        foundings.apply(officer, id, applying(officer, employer, Map.of("superior", above.code())));
        Actor decides = given.officer(Role.STREET_OFFICER, above);
        assertThat(lists.board(decides, above).at(Stage.APPLIED)).isOne();
        assertThat(lists.list(decides, lists.question(decides, group, "APPLIED", "", ""), Optional.empty())
                        .lines())
                .hasSize(1);
        UnionId union = approve(decides, id).union();
        assertThat(above.path().covers(given.union(union).path())).isTrue();
        Actor base = given.officer(Role.BASE_OFFICER, given.union(union));
        assertThat(foundings.file(base, id).founding().stage()).isEqualTo(Stage.APPROVED);
    }

    /** Nothing of a founding that was undone is left in the tree that everybody sees. */
    @Test
    void anApprovalThatIsUndoneLeavesNothing() {
        Actor officer = whoSignsIn();
        FoundingId id = applied(officer, employer(officer, 30, "PRIVATE"));
        List<Founding.Officer> elected = foundings.file(officer, id).officers();
        String login = "a" + UUID.randomUUID().toString().substring(0, 8);
        int before = unions.below(given.street()).size();
        assertThatThrownBy(() -> approving.approve(
                        officer,
                        id,
                        seen(officer, id),
                        Map.of(
                                "login-" + elected.getFirst().id(),
                                login,
                                "login-" + elected.getLast().id(),
                                "city@demo")))
                .hasMessageContaining("login-taken");
        given.union(unions.found(
                given.cityOfficer(),
                given.otherDistrict().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "GROUP_UNION", "2023-01-01", "")));
        assertThat(unions.below(given.street())).hasSize(before);
        assertThat(jdbc.sql("select count(*) from access_account where login = :login")
                        .param("login", login)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** What was founded goes where its union goes; figures and lists agree wherever they are asked. */
    @Test
    void figuresGoWithTheUnion() {
        Actor officer = given.districtOfficer();
        UnionSummary other = unions.children(officer, given.district().id()).stream()
                .filter(union -> union.kind() == given.street().kind()
                        && !union.id().equals(given.street().id()))
                .findFirst()
                .orElseThrow();
        UnionId union = approve(officer, applied(officer, employer(officer, 30, "PRIVATE")))
                .union();
        long[] there = counted(other);
        long[] district = counted(given.district());
        given.reorganise(visitors.signedIn("district@demo"), union, "MOVE", other, LocalDate.now(clock));
        assertThat(more(there, counted(other)))
                .isEqualTo(Map.of("founding.founded", 1L, "founding.small", 1L, "founding.workers", 30L));
        assertThat(counted(given.district())).isEqualTo(district);
        for (UnionSummary each : List.of(other, given.street(), given.district(), given.city())) {
            long listed = 0;
            Optional<FoundingLists.Mark> after = Optional.empty();
            Actor city = given.cityOfficer();
            do {
                FoundingLists.Answer page = lists.list(
                        city,
                        lists.question(
                                city,
                                each.id(),
                                "founding.founded",
                                Integer.toString(LocalDate.now(clock).getYear()),
                                ""),
                        after);
                listed += page.lines().size();
                after = page.next();
            } while (after.isPresent());
            assertThat(listed).as(each.name()).isEqualTo(counted(each)[0]);
        }
    }

    /** Where a page begins stands in addresses, which anybody can write. */
    @ParameterizedTest
    @ValueSource(strings = {"-9223372036854775808", "-1", "9223372036854775807", "7258118400000001", "x", ""})
    void aMarkThatNoListHasBeginsAtTheBeginning(String rank) {
        String mark = rank + "_00000000-0000-0000-0000-000000000000";
        assertThat(FoundingLists.Mark.of(mark)).isEmpty();
        for (String sort : List.of("OLDEST", "NEWEST", "WORKERS")) {
            assertThat(visitors.signedIn("street@demo")
                            .get("/desk/foundings/" + given.street().id() + "/list?of=VERIFIED&sort=" + sort + "&after="
                                    + mark)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Whoever asks for a period that is none is told so, and shown no other one. */
    @ParameterizedTest
    @ValueSource(strings = {"2023-13", "1999", "2999", "somewhen"})
    void aPeriodThatIsNoneIsNotAllTimes(String period) {
        Actor officer = given.streetOfficer();
        assertThatThrownBy(() -> lists.question(officer, given.street().id(), "founding.founded", period, ""))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .singleElement()
                                .satisfies(fault -> assertThat(fault.field() + " " + fault.key())
                                        .isEqualTo("period period-limits")));
        HttpResponse<String> page = visitors.signedIn("street@demo")
                .get("/desk/foundings/" + given.street().id() + "/list?of=founding.founded&period=" + period);
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body())
                .contains("不是这里能看的月份或年份", "value=\"" + period + "\"")
                .doesNotContain("<tbody>");
    }

    @Test
    void aPeriodIsReadAsEverywhereAndNoneIsAllTimes() {
        Actor officer = given.streetOfficer();
        UnionId street = given.street().id();
        assertThat(lists.question(officer, street, "founding.founded", " ", "").period())
                .isEmpty();
        assertThat(lists.question(officer, street, "founding.founded", "2023年3月", "")
                        .period()
                        .orElseThrow()
                        .text())
                .isEqualTo("2023-03");
    }

    @Test
    void theBoardTellsWhatWaits() {
        Actor officer = given.streetOfficer();
        Visitor street = visitors.signedIn("street@demo");
        FoundingLists.Board before = lists.board(officer, given.street());
        EmployerId employer = employer(officer, 30, "PRIVATE");
        FoundingId id = begun(officer, employer);
        FoundingLists.Board after = lists.board(officer, given.street());
        assertThat(after.at(Stage.VERIFIED)).isEqualTo(before.at(Stage.VERIFIED) + 1);
        assertThat(after.came(Stage.VERIFIED)).isEqualTo(before.came(Stage.VERIFIED) + 1);
        assertThat(street.get("/desk/foundings/" + given.street().id()).body()).contains("待批准", "已核实");
        assertThat(street.get("/desk/foundings/" + given.street().id() + "/list?of=VERIFIED")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Visitor.location(street.get("/desk/foundings/for/" + employer)))
                .isEqualTo("/desk/foundings/of/" + id);
        assertThat(street.get("/desk/figures/" + given.street().id()).body()).contains("新建基层工会", "card-founding-large");
    }

    /** A year of a district: 94 = 1 + 9 + 84, by the platform's own commands. */
    @Test
    void aYearOfFoundings() {
        Actor officer = given.officer(Role.DISTRICT_OFFICER, given.otherDistrict());
        UnionSummary street = unions.children(officer, given.otherDistrict().id()).stream()
                .filter(union -> !union.kind().isBase())
                .findFirst()
                .orElseThrow();
        long[] before = counted(given.otherDistrict());
        for (int i = 0; i < 94; i++) {
            int workers = i == 0 ? 1_200 : i < 10 ? 100 + i * 99 : 25 + (i * 7) % 75;
            EmployerId employer = employer(officer, street, workers, "PRIVATE");
            approve(officer, applied(officer, employer));
        }
        Map<String, Long> more = more(before, counted(given.otherDistrict()));
        assertThat(more).containsEntry("founding.founded", 94L);
        assertThat(more).containsEntry("founding.large", 1L);
        assertThat(more).containsEntry("founding.medium", 9L);
        assertThat(more).containsEntry("founding.small", 84L);
        assertThat(more).hasSize(5);
    }

    /** When the application was sent that a page would show now. */
    private String seen(Actor officer, FoundingId id) {
        return foundings.get(officer, id).stageAt().toString();
    }

    private ApproveFounding.Approved approve(Actor officer, FoundingId id) {
        return approving.approve(officer, id, seen(officer, id), Map.of());
    }

    /** The street's officer with the account by which one signs in. */
    private Actor whoSignsIn() {
        UUID account = jdbc.sql("select id from access_account where login = 'street@demo'")
                .query(UUID.class)
                .single();
        return new Actor(
                Optional.of(new AccountId(account)),
                "周以宁",
                given.streetOfficer().grants());
    }

    private long[] counted(UnionSummary union) {
        LocalDate today = LocalDate.now(clock);
        Counters.Year year = counters.of(
                given.union(union.id()).path(), today.getYear(), today, FoundingMeasures.ALL, Reach.everywhere());
        return FoundingMeasures.ALL.stream()
                .mapToLong(measure ->
                        year.upTo(FoundingMeasures.ALL.indexOf(measure), measure.kind(), today.getMonthValue()))
                .toArray();
    }

    private static Map<String, Long> more(long[] before, long[] after) {
        Map<String, Long> more = new HashMap<>();
        for (int i = 0; i < before.length; i++) {
            if (after[i] != before[i]) {
                more.put(FoundingMeasures.ALL.get(i).key(), after[i] - before[i]);
            }
        }
        return more;
    }

    private EmployerId employer(Actor officer, int workers, String ownership) {
        return employer(officer, given.street(), workers, ownership);
    }

    private EmployerId employer(Actor officer, UnionSummary street, int workers, String ownership) {
        return employers.record(
                officer,
                street.id(),
                new EmployerId(UUID.randomUUID()),
                new Employers.Typed(
                        Given.freshEmployer(),
                        Given.freshCode(),
                        "",
                        "CONSTRUCTION",
                        ownership,
                        workers == 0 ? "" : Integer.toString(workers),
                        "",
                        "2023-05-01"));
    }

    private String code(Actor officer, EmployerId employer) {
        return employers.get(officer, employer).code().orElseThrow().text();
    }

    private FoundingId begun(Actor officer, EmployerId employer) {
        return foundings.begin(officer, employer, new FoundingId(UUID.randomUUID()), "");
    }

    private FoundingId applied(Actor officer, EmployerId employer) {
        return applied(officer, begun(officer, employer), employer);
    }

    private FoundingId applied(Actor officer, FoundingId id, EmployerId employer) {
        foundings.go(officer, id, "PREPARING", "");
        attach(officer, id);
        foundings.apply(officer, id, applying(officer, employer, Map.of()));
        return id;
    }

    private FoundingId prepared(Actor officer, EmployerId employer) {
        FoundingId id = begun(officer, employer);
        foundings.go(officer, id, "PREPARING", "");
        attach(officer, id);
        return id;
    }

    private void attach(Actor officer, FoundingId id) {
        papers.attach(officer, id, UUID.randomUUID(), "APPLICATION", "建会申请.pdf", PAPER);
        papers.attach(officer, id, UUID.randomUUID(), "ELECTION", "选举结果.pdf", PAPER);
    }

    private Foundings.Applying applying(Actor officer, EmployerId employer, Map<String, String> otherwise) {
        Employer of = employers.get(officer, employer);
        Map<String, String> typed = new HashMap<>(Map.of(
                "name", of.name() + "工会",
                "superior", unions.living(of.street()).code(),
                "electedOn", LocalDate.now(clock).toString(),
                "position-0", "CHAIR",
                "officer-0", "欧阳若川",
                "position-1", "VICE_CHAIR",
                "officer-1", "买买提·艾力"));
        typed.putAll(otherwise);
        return Foundings.Applying.of(typed);
    }

    private static void assertNotFromHere(ThrowingCallable command) {
        assertRefused(FoundingRefusal.NOT_FROM_HERE, command);
    }

    private static void assertNone(ThrowingCallable command) {
        assertRefused(FoundingRefusal.NO_SUCH_FOUNDING, command);
    }
}

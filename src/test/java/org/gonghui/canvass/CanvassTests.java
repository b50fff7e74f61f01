package org.gonghui.canvass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gonghui.support.Refusals.assertRefused;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.gonghui.access.Role;
import org.gonghui.audit.Audit;
import org.gonghui.canvass.CanvassLine.Outcome;
import org.gonghui.employer.CreditCode;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.Employers;
import org.gonghui.employer.Headcount;
import org.gonghui.employer.ManyEmployers;
import org.gonghui.employer.Ownership;
import org.gonghui.employer.Trade;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Language;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.gonghui.support.Workbooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Employers from a table: looked through, entered once, and nothing told of what lies elsewhere. */
@CityTest
class CanvassTests {

    private static final String HEAD = "单位名称,统一社会信用代码,所在街道、乡镇,行业,经济类型,地址,统计日期,职工人数,女职工,快递员,联系人,联系人手机号\n";

    @Autowired
    private Canvasses canvasses;

    @Autowired
    private Employers employers;

    @Autowired
    private ManyEmployers many;

    @Autowired
    private Unions unions;

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

    @Test
    void aTableIsLookedThroughAndEnteredOnce() {
        Actor officer = given.streetOfficer();
        String name = Given.freshEmployer();
        String code = Given.freshCode();
        String phone = Given.freshPhone().text();
        UUID kept = keep(
                officer,
                given.street(),
                "2023年摸排表,,,,,\n" + HEAD + name + "," + code + ",,C,民营企业,某路 1 号,2023/5/6,120,50,20,欧阳若川," + phone
                        + "\n");
        assertThat(look(officer, kept).lines()).extracting(CanvassLine::outcome).containsExactly(Outcome.NEW);
        assertThat(employers.byCode(officer, code)).as("looking enters nothing").isEmpty();
        int before = entries(officer).size();

        assertThat(enter(officer, kept)).isEqualTo(new CanvassStore.Entered(1, 0));
        assertThat(enter(officer, kept)).as("sent twice").isEqualTo(new CanvassStore.Entered(1, 0));

        Employer employer = employers.byCode(officer, code).orElseThrow();
        assertThat(employer.name()).isEqualTo(name);
        assertThat(employer.street()).isEqualTo(given.street().id());
        assertThat(employer.trade()).isEqualTo(Trade.MANUFACTURING);
        assertThat(employer.ownership()).isEqualTo(Ownership.PRIVATE);
        assertThat(employer.staff().orElseThrow()).isEqualTo(new Employer.Staff(LocalDate.of(2023, 5, 6), 120, 50, 20));
        ManyEmployers.Known known = known(officer, code);
        assertThat(known.headcounts().getFirst().byForm()).isEqualTo(Map.of("courier", 20, "regular", 100));
        assertThat(known.contacts()).singleElement().satisfies(contact -> {
            assertThat(contact.name()).isEqualTo("欧阳若川");
            assertThat(contact.phone().orElseThrow().text()).isEqualTo(phone);
        });
        List<Audit.Entry> entries = entries(officer);
        assertThat(entries).as("one row in the trail for all").hasSize(before + 1);
        assertThat(entries.getFirst().action()).isEqualTo("employer.import");
        assertThat(entries.getFirst().facts()).containsEntry("count", "1").containsEntry("changed", "0");
        assertThat(jdbc.sql("select content_sealed is null from canvass where id = :id")
                        .param("id", kept)
                        .query(Boolean.class)
                        .single())
                .as("what was entered is let go")
                .isTrue();
    }

    private List<Audit.Entry> entries(Actor officer) {
        return audit.historyOf(given.street().id().value(), officer.reach(Right.EMPLOYER_READ));
    }

    private ManyEmployers.Known known(Actor officer, String code) {
        Employer employer = employers.byCode(officer, code).orElseThrow();
        return many.known(
                        officer,
                        new ManyEmployers.Sought(
                                List.of(new CreditCode(code)),
                                List.of(),
                                List.of(),
                                employer.staff().stream()
                                        .map(Employer.Staff::countedOn)
                                        .toList()))
                .getFirst();
    }

    @Test
    void theSameTableAgainChangesNothing() {
        Actor officer = given.streetOfficer();
        String rows = HEAD + Given.freshEmployer() + "," + Given.freshCode() + ",,制造业,私营企业,某路,2023-05-06,120,50,20,甲甲,"
                + Given.freshPhone().text() + "\n" + Given.freshEmployer() + ",,,建筑业,国有企业,,20230607,8,,,,\n"
                + Given.freshEmployer() + "," + Given.freshCode() + ",,Finance,Private enterprise,,,,,,,\n";
        assertThat(enter(officer, keep(officer, given.street(), rows))).isEqualTo(new CanvassStore.Entered(3, 0));
        UUID again = keep(officer, given.street(), rows);
        assertThat(look(officer, again).lines())
                .extracting(CanvassLine::outcome)
                .containsOnly(Outcome.SAME);
        assertRefused(CanvassRefusal.NOTHING_TO_ENTER, () -> enter(officer, again));
    }

    /** What is exported finds nothing to change when it comes back. */
    @Test
    void anExportedListComesBackWithoutADifference() {
        Visitor desk = visitors.signedIn("street@demo");
        byte[] exported = desk.file("/desk/employers/" + given.street().id() + "/export?format=XLSX");
        Actor officer = given.streetOfficer();
        UUID kept = UUID.randomUUID();
        canvasses.keep(officer, given.street().id(), kept, "导出.xlsx", exported, Language.CHINESE);
        assertThat(look(officer, kept).lines())
                .isNotEmpty()
                .filteredOn(line -> line.outcome() != Outcome.SAME)
                .allSatisfy(line -> assertThat(line.notes())
                        .as("only namesakes of other tests, told apart by their codes")
                        .allMatch(note -> note.key().equals("canvass.several")
                                || note.key().equals("canvass.name-twice")));
    }

    /** After two streets have become one, its list comes back without a difference, sent by the street or by the district. */
    @Test
    void theListOfAStreetThatAnotherHasJoinedComesBackWithoutADifference() {
        Actor officer = given.districtOfficer();
        UnionSummary street = street();
        UnionSummary heir = street();
        String code = Given.freshCode();
        EmployerId known = record(officer, street, Given.freshEmployer(), code, "100", "40");
        record(officer, street, Given.freshEmployer(), "", "30", "");
        record(officer, heir, Given.freshEmployer(), "", "20", "");
        Visitor desk = visitors.signedIn("district@demo");
        given.reorganise(desk, street.id(), "MERGE", heir, LocalDate.now(clock));
        byte[] exported = desk.file("/desk/employers/" + heir.id() + "/export?format=XLSX");
        for (UnionSummary sender : List.of(given.union(heir.id()), given.district())) {
            UUID kept = UUID.randomUUID();
            canvasses.keep(officer, sender.id(), kept, "导出.xlsx", exported, Language.CHINESE);
            assertThat(canvasses
                            .look(officer, sender.id(), kept, Language.CHINESE)
                            .plan()
                            .lines())
                    .hasSize(3)
                    .extracting(CanvassLine::outcome)
                    .containsOnly(Outcome.SAME);
        }
        assertThat(employers.get(officer, known).street()).isEqualTo(heir.id());
    }

    private UnionSummary street() {
        return given.union(unions.found(
                given.cityOfficer(),
                given.district().id(),
                new UnionId(UUID.randomUUID()),
                new Unions.Founding(Given.freshName(), "", "STREET_FEDERATION", "2023-01-01", "")));
    }

    @Test
    void whatIsOnRecordIsBroughtUpToDateAndEmptyCellsSayNothing() {
        Actor officer = given.streetOfficer();
        String name = Given.freshEmployer();
        String code = Given.freshCode();
        EmployerId id = record(officer, given.street(), name, "", "100", "40");
        employers.count(officer, id, new Employers.Count("2023-05-01", "100", "40", Map.of("courier", "30")));
        String other = Given.freshEmployer();
        UUID kept = keep(
                officer,
                given.street(),
                HEAD + name + "," + code + ",,,,,2023-08-01,150,,,甲甲,\n" + other + ",,,教育,事业单位,,,,,,,\n");
        CanvassPlan plan = look(officer, kept);
        CanvassLine line = plan.lines().getFirst();
        assertThat(line.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(line.notes())
                .extracting(CanvassLine.Note::key)
                .containsExactly("canvass.fills-in", "canvass.count-newer", "canvass.contact-new");
        assertThat(line.notes().get(1).facts()).containsExactly("100", "2023-05-01", "150", "2023-08-01");
        assertThat(enter(officer, kept)).isEqualTo(new CanvassStore.Entered(1, 1));
        Employer employer = employers.get(officer, id);
        assertThat(employer.code()).hasValue(new CreditCode(code));
        assertThat(employer.trade()).isEqualTo(Trade.CONSTRUCTION);
        assertThat(employer.address()).isEqualTo("某路 1 号");
        assertThat(employer.workers()).isEqualTo(150);
        assertThat(employers.byCode(officer, code)).map(Employer::id).hasValue(id);

        // An older one goes into the history and is not the latest; the same day is counted anew, what is left empty
        // stays.
        enter(
                officer,
                keep(officer, given.street(), HEAD + name + "," + code + ",,,,,2023-01-01,90,,,甲甲,13900000001\n"));
        assertThat(employers.get(officer, id).workers()).isEqualTo(150);
        UUID sameDay =
                keep(officer, given.street(), HEAD + name + "," + code + ",,,,,2023-08-01,150,60,,甲甲,13900000002\n");
        assertThat(look(officer, sameDay).lines().getFirst().notes())
                .extracting(CanvassLine.Note::key)
                .containsExactly("canvass.count-again", "canvass.phone-changes");
        enter(officer, sameDay);
        ManyEmployers.Known known = known(officer, code);
        assertThat(known.headcounts()).extracting(Headcount::women).containsExactly(60);
        assertThat(known.contacts())
                .singleElement()
                .satisfies(contact ->
                        assertThat(contact.phone().orElseThrow().text()).isEqualTo("13900000002"));
    }

    @ParameterizedTest
    @CsvSource({
        "'甲公司,91350100M000100Y44,,C,私营企业,,,,,,,', code, input.credit-code-digit",
        "'甲公司,9.1350100M,,C,私营企业,,,,,,,', code, input.credit-code-form",
        "'甲公司,9.13501E+17,,C,私营企业,,,,,,,', code, canvass.code-rounded",
        "',,,C,私营企业,,,,,,,,', name, input.empty",
        "'甲公司,,没有这个街道,C,私营企业,,,,,,,', street, canvass.no-such-street",
        "'甲公司,,,开矿,私营企业,,,,,,,', trade, canvass.unknown.trade",
        "'甲公司,,,C,幼儿园,,,,,,,', ownership, canvass.unknown.ownership",
        "'甲公司,,,,私营企业,,,,,,,', trade, input.empty",
        "'甲公司,,,C,私营企业,,,30,,,,', counted-on, input.empty",
        "'甲公司,,,C,私营企业,,2023-02-30,30,,,,', counted-on, input.day-limits",
        "'甲公司,,,C,私营企业,,2023-02-03,三十,,,,', workers, input.no-number",
        "'甲公司,,,C,私营企业,,2023-02-03,30,31,,,', women, input.number-at-most",
        "'甲公司,,,C,私营企业,,2023-02-03,30,,31,,', courier, input.number-at-most",
        "'甲公司,,,C,私营企业,,2023-02-03,,3,,,', workers, input.empty",
        "'甲公司,,,C,私营企业,,,,,,,13800000000', contact, input.empty",
        "'甲公司,,,C,私营企业,,,,,,甲,1380000', phone, input.phone"
    })
    void whatIsWrongIsToldAtItsCell(String row, String column, String key) {
        Actor officer = given.streetOfficer();
        UUID kept = keep(officer, given.street(), HEAD + row + "\n");
        assertThat(look(officer, kept).lines()).singleElement().satisfies(line -> {
            assertThat(line.outcome()).isEqualTo(Outcome.BAD);
            assertThat(line.notes()).singleElement().satisfies(note -> {
                assertThat(note.column()).isEqualTo(column);
                assertThat(note.key()).isEqualTo(key);
            });
        });
        assertRefused(CanvassRefusal.HAS_FAULTS, () -> enter(officer, kept));
    }

    /** A code of digits that a spreadsheet took for a number has lost its end: told, and nothing is guessed. */
    @Test
    void aCodeThatASpreadsheetRoundedIsToldWithItsCure() {
        Actor officer = given.streetOfficer();
        byte[] workbook = Workbooks.of(Workbooks.row(1, "", "单位名称", "信用代码", "行业", "单位性质")
                + Workbooks.row(2, "", "甲公司", "#9.1110108000000016E17", "制造业", "私企")
                + Workbooks.row(3, " hidden=\"1\"", "=A2", "", "制造业", "私企"));
        UUID kept = UUID.randomUUID();
        canvasses.keep(officer, given.street().id(), kept, "表.xlsx", workbook, Language.CHINESE);
        Canvasses.Looked looked = canvasses.look(officer, given.street().id(), kept, Language.CHINESE);
        assertThat(looked.plan().lines())
                .flatExtracting(CanvassLine::notes)
                .extracting(CanvassLine.Note::key)
                .contains("canvass.code-rounded", "input.formula")
                .doesNotContain("input.credit-code-form");
        assertThat(looked.hidden()).isEqualTo(1);
        assertThat(visitors.signedIn("street@demo")
                        .get("/desk/canvasses/" + given.street().id())
                        .body())
                .contains("先把这一列设为“文本”");
    }

    @Test
    void rowsThatAreTheSameEmployerAreToldApartOrRefused() {
        Actor officer = given.streetOfficer();
        String code = Given.freshCode();
        String name = Given.freshEmployer();
        String rest = ",,C,私营企业,,,,,,,\n";
        CanvassPlan plan = look(
                officer,
                keep(
                        officer,
                        given.street(),
                        HEAD + Given.freshEmployer() + "," + code + rest + Given.freshEmployer() + "," + code + rest
                                + name
                                + "," + rest + name + "," + Given.freshCode() + rest + Given.freshEmployer() + ","
                                + Given.freshCode() + rest));
        assertThat(plan.lines())
                .extracting(CanvassLine::outcome)
                .containsExactly(Outcome.BAD, Outcome.BAD, Outcome.BAD, Outcome.BAD, Outcome.NEW);
        assertThat(plan.lines())
                .flatExtracting(CanvassLine::notes)
                .extracting(CanvassLine.Note::key)
                .containsExactly(
                        "canvass.code-twice", "canvass.code-twice", "canvass.name-twice", "canvass.name-twice");
        // Two of one name on record: a name alone tells neither.
        record(officer, given.street(), name, Given.freshCode(), "", "");
        record(officer, given.street(), name, Given.freshCode(), "", "");
        assertThat(look(officer, keep(officer, given.street(), HEAD + name + "," + rest))
                        .lines())
                .flatExtracting(CanvassLine::notes)
                .extracting(CanvassLine.Note::key)
                .containsExactly("canvass.several");
        // A record without a code that two rows could be.
        String twice = Given.freshEmployer();
        record(officer, given.street(), twice, "", "", "");
        assertThat(look(
                                officer,
                                keep(
                                        officer,
                                        given.street(),
                                        HEAD + twice + "," + Given.freshCode() + rest + twice + "," + Given.freshCode()
                                                + rest))
                        .lines())
                .flatExtracting(CanvassLine::notes)
                .extracting(CanvassLine.Note::key)
                .containsOnly("canvass.same-twice");
    }

    /** A table gives nobody the name of another whose code is not known: it may be the same one. */
    @Test
    void aNameThatAnotherOneHasIsNotGiven() {
        Actor officer = given.streetOfficer();
        String name = Given.freshEmployer();
        record(officer, given.street(), name, "", "", "");
        String code = Given.freshCode();
        EmployerId id = record(officer, given.street(), Given.freshEmployer(), code, "", "");
        CanvassPlan plan = look(officer, keep(officer, given.street(), HEAD + name + "," + code + ",,,,,,,,,,\n"));
        assertThat(plan.lines().getFirst().known()).hasValue(id);
        assertThat(plan.lines().getFirst().notes())
                .extracting(CanvassLine.Note::key)
                .containsExactly("refusal.employer.name-taken");
    }

    /** Of what lies elsewhere no more is told than the form of one employer tells: that the city knows the code. */
    @Test
    void nothingIsToldOrChangedOutsideTheOfficersPart() {
        Actor officer = given.streetOfficer();
        Actor elsewhere = given.otherDistrictOfficer();
        String code = Given.freshCode();
        String name = Given.freshEmployer();
        EmployerId there = record(elsewhere, given.otherDistrict(), name, code, "300", "");
        CanvassLine line = look(
                        officer, keep(officer, given.street(), HEAD + "换个名字," + code + ",,C,私营企业,,2023-05-06,1,,,甲,\n"))
                .lines()
                .getFirst();
        assertThat(line.outcome()).isEqualTo(Outcome.BAD);
        assertThat(line.known()).isEmpty();
        assertThat(line.notes()).singleElement().satisfies(note -> {
            assertThat(note.key()).isEqualTo("refusal.employer.code-taken");
            assertThat(note.facts()).containsExactly(code);
        });
        // A name that another district has is free here, and a union elsewhere is no union.
        UnionSummary other = given.otherDistrict();
        assertThat(look(officer, keep(officer, given.street(), HEAD + name + ",,,C,私营企业,,,,,,,\n"))
                        .lines())
                .extracting(CanvassLine::outcome)
                .containsExactly(Outcome.NEW);
        assertThat(look(
                                officer,
                                keep(
                                        officer,
                                        given.street(),
                                        HEAD + Given.freshEmployer() + ",," + other.name() + ",C,私营企业,,,,,,,\n"))
                        .lines()
                        .getFirst()
                        .notes())
                .extracting(CanvassLine.Note::key)
                .containsExactly("canvass.no-such-street");
        assertThat(employers.get(elsewhere, there).workers()).isEqualTo(300);

        UUID mine = keep(officer, given.street(), HEAD + Given.freshEmployer() + ",,,C,私营企业,,,,,,,\n");
        for (Actor outside : List.of(
                elsewhere,
                given.officer(Role.STREET_OFFICER, given.street()),
                given.officer(Role.AUDITOR, given.city()))) {
            assertThat(refusedKey(() -> look(outside, mine))).contains("no-such");
            assertThat(refusedKey(() -> enter(outside, mine, "", true))).contains("no-such");
        }
        assertThat(refusedKey(() -> keep(officer, other, HEAD))).contains("no-such");
        assertThat(refusedKey(() -> keep(officer, given.base(), HEAD)))
                .isEqualTo("refusal.employer.not-by-base-unions");
        assertRefused(
                CanvassRefusal.NO_SUCH_CANVASS,
                () -> canvasses.look(officer, given.street().id(), UUID.randomUUID(), Language.CHINESE));
    }

    private static String refusedKey(Runnable command) {
        try {
            command.run();
        } catch (Refused refused) {
            return refused.refusal().key();
        }
        return "done";
    }

    /** In a district each row says where; one of another of its streets stays where it is. */
    @Test
    void aDistrictSaysInWhichStreetEachLies() {
        Actor officer = given.districtOfficer();
        UnionSummary street = given.street();
        UnionSummary second = unions.below(given.district()).stream()
                .filter(union -> !union.kind().isBase() && !union.id().equals(street.id()))
                .findFirst()
                .orElseThrow();
        String code = Given.freshCode();
        record(officer, street, Given.freshEmployer(), code, "", "");
        String rest = ",C,私营企业,,,,,,,\n";
        String ours = Given.freshCode();
        UUID kept = UUID.randomUUID();
        String rows = HEAD + "甲公司" + Given.freshName() + "," + ours + "," + second.name() + rest + Given.freshEmployer()
                + ",," + rest + "," + code + "," + second.code() + rest;
        canvasses.keep(
                officer, given.district().id(), kept, "表.csv", rows.getBytes(StandardCharsets.UTF_8), Language.CHINESE);
        CanvassPlan plan = canvasses
                .look(officer, given.district().id(), kept, Language.CHINESE)
                .plan();
        assertThat(plan.lines())
                .extracting(CanvassLine::outcome)
                .containsExactly(Outcome.NEW, Outcome.BAD, Outcome.BAD);
        assertThat(plan.lines().get(1).notes().getFirst().key()).isEqualTo("input.empty");
        assertThat(plan.lines().get(2).notes().getFirst())
                .isEqualTo(new CanvassLine.Note("street", "canvass.other-street", List.of(street.name())));
        canvasses.enter(officer, given.district().id(), kept, plan.fingerprint(), true, Language.CHINESE);
        assertThat(employers.byCode(officer, ours)).map(Employer::street).hasValue(second.id());
    }

    @Test
    void whoeverConfirmsConfirmsWhatThePageShowed() {
        Actor officer = given.streetOfficer();
        String code = Given.freshCode();
        String name = Given.freshEmployer();
        UUID kept = keep(officer, given.street(), HEAD + name + "," + code + ",,C,私营企业,,2023-05-06,80,,,,\n");
        String seen = look(officer, kept).fingerprint();
        EmployerId id = record(officer, given.street(), name, code, "70", "");
        assertRefused(CanvassRefusal.OVERTAKEN, () -> enter(officer, kept, seen, false));
        assertThat(employers.get(officer, id).workers()).isEqualTo(70);
        assertThat(enter(officer, kept)).isEqualTo(new CanvassStore.Entered(0, 1));
        employers.close(officer, id);
        assertThat(look(officer, keep(officer, given.street(), HEAD + name + "," + code + ",,,,,,,,,,\n"))
                        .lines()
                        .getFirst()
                        .notes())
                .extracting(CanvassLine.Note::key)
                .containsExactly("refusal.employer.closed");
    }

    @Test
    void whileItIsKeptATableIsSealed() {
        Actor officer = given.streetOfficer();
        String phone = Given.freshPhone().text();
        UUID kept = keep(officer, given.street(), HEAD + "甲公司,,,C,私营企业,,,,,,欧阳若川," + phone + "\n");
        byte[] content = jdbc.sql("select content_sealed from canvass where id = :id")
                .param("id", kept)
                .query(byte[].class)
                .single();
        assertThat(new String(content, StandardCharsets.UTF_8)).doesNotContain(phone, "欧阳若川");
    }

    /** A file is called as whoever sends it likes: what shows nothing goes, and of a long name the beginning stays. */
    @Test
    void whateverAFileIsCalledItIsKept() {
        Actor officer = given.streetOfficer();
        UUID kept = UUID.randomUUID();
        canvasses.keep(
                officer, given.street().id(), kept, "\0" + "𠮷".repeat(120) + ".csv", oneRow(), Language.CHINESE);
        assertThat(canvasses
                        .look(officer, given.street().id(), kept, Language.CHINESE)
                        .fileName())
                .isEqualTo("𠮷".repeat(100));
    }

    @ParameterizedTest
    @CsvSource({"%00, 400", "%01, 302"})
    void aFileNameThatNoFileCanHaveIsBadInput(String sign, int status) {
        Visitor desk = visitors.signedIn("street@demo");
        String address = "/desk/canvasses/" + given.street().id();
        desk.get(address);
        var sent = desk.upload(
                address, UUID.randomUUID().toString(), "x\"; filename*=UTF-8''a" + sign + "b.csv; y=\"", oneRow());
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(status);
    }

    private static byte[] oneRow() {
        return (HEAD + "甲公司,,,C,私营企业,,,,,,,\n").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void soManyTablesAreEnoughForADay() {
        Actor officer = given.officer(Role.STREET_OFFICER, given.street());
        for (int i = 0; i < 40; i++) {
            keep(officer, given.street(), HEAD + "甲公司,,,C,私营企业,,,,,,,\n");
        }
        assertRefused(
                CanvassRefusal.TOO_MANY_TABLES, () -> keep(officer, given.street(), HEAD + "甲公司,,,C,私营企业,,,,,,,\n"));
    }

    @Test
    void anOfficerSendsATableAtTheDesk() throws IOException {
        Visitor officer = visitors.signedIn("street@demo");
        String address = "/desk/canvasses/" + given.street().id();
        assertThat(officer.get("/desk/employers/" + given.street().id()).body()).contains(address);
        assertThat(officer.get(address).body()).contains("multipart/form-data", "5,000");
        assertThat(officer.get(address + "/template?format=CSV").body())
                .contains("单位名称", "统一社会信用代码", "外卖送餐员", "联系人手机号");
        String good = Given.freshEmployer();
        byte[] rows = (HEAD + good + ",,,制造业,私营企业,,2023-05-06,30,,,,\n坏公司,123,,开矿,私营企业,,,,,,,13800000000\n")
                .getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> sent = officer.upload(address, UUID.randomUUID().toString(), "单位.csv", rows);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(302);
        String here = Visitor.location(sent);
        assertThat(officer.get(here).body()).contains("单位.csv", "坏公司", "信用代码是 18 位", "没有这个行业");
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(officer.file(here + "/faults")))) {
            assertThat(book.getFirstSheet().read()).hasSize(2);
            assertThat(book.getFirstSheet().read().get(1).getCellText(0)).isEqualTo("坏公司");
        }
        var refused = officer.post(here + "/employers", Map.of("shownAt", here, "seen", "x", "goodOnly", "true"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("请再看一遍结果");
        String seen = officer.get(here).body().replaceAll("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
        assertThat(officer.post(here + "/employers", Map.of("shownAt", here, "seen", seen, "goodOnly", "true"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(officer.get(here).body()).contains("已登记 1 家");
        assertThat(officer.get("/desk/employers/" + given.street().id() + "?sort=NEWEST&q=" + good)
                        .body())
                .contains(good);
        assertThat(visitors.signedIn("base@demo").get(address).statusCode()).isIn(403, 404);
        assertThat(officer.get("/desk/canvasses/" + given.base().id()).statusCode())
                .isEqualTo(409);
    }

    private EmployerId record(
            Actor officer, UnionSummary street, String name, String code, String workers, String women) {
        return employers.record(
                officer,
                street.id(),
                new EmployerId(UUID.randomUUID()),
                new Employers.Typed(name, code, "某路 1 号", "CONSTRUCTION", "PRIVATE", workers, women, "2023-05-01"));
    }

    private UUID keep(Actor officer, UnionSummary union, String rows) {
        UUID id = UUID.randomUUID();
        canvasses.keep(officer, union.id(), id, "单位.csv", rows.getBytes(StandardCharsets.UTF_8), Language.CHINESE);
        return id;
    }

    private CanvassPlan look(Actor officer, UUID kept) {
        return canvasses
                .look(officer, given.street().id(), kept, Language.CHINESE)
                .plan();
    }

    private CanvassStore.Entered enter(Actor officer, UUID kept) {
        return enter(officer, kept, look(officer, kept).fingerprint(), false);
    }

    private CanvassStore.Entered enter(Actor officer, UUID kept, String seen, boolean goodOnly) {
        return canvasses.enter(officer, given.street().id(), kept, seen, goodOnly, Language.CHINESE);
    }
}

package org.gonghui.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.gonghui.access.Role;
import org.gonghui.enrolment.EnrolmentList.State;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.member.Enlisting.Outcome;
import org.gonghui.member.Members;
import org.gonghui.org.UnionSummary;
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

/** Lists of members, from the file to the members and back. */
@CityTest
class EnrolmentsTests {

    private static final String HEAD = "姓名,身份证号,手机号,从业形态,所属工会\n";

    @Autowired
    private Enrolments enrolments;

    @Autowired
    private EnrolmentStore store;

    @Autowired
    private Members members;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    @Test
    void aListIsLookedThroughThenEnteredThenTakenBack() {
        Actor officer = given.streetOfficer();
        String rows = row("𠮷田·买买提", "") + row("欧阳若川", "快递员") + "错,123,,,\n";
        UUID list = send(officer, given.base(), HEAD + rows);
        Enrolments.Looked looked = looked(officer, list, State.READ);
        assertThat(looked.enters()).isEqualTo(2);
        assertThat(looked.list().rowsBad()).isOne();
        assertThat(store.faults(list, 9)).singleElement().satisfies(bad -> {
            assertThat(bad.row()).isEqualTo(4);
            assertThat(bad.cells()).containsExactly("错", "123", "", "", "");
        });
        assertRefused(EnrolmentRefusal.HAS_FAULTS, () -> enrolments.enter(officer, list, false));
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.READ);

        enrolments.enter(officer, list, true);
        enrolments.enter(officer, list, true); // pressed twice
        assertThat(looked(officer, list, State.ENTERED)).satisfies(entered -> {
            assertThat(entered.list().entered()).isEqualTo(2);
            assertThat(entered.mayTakeBack()).isTrue();
        });
        assertThat(members.recount()).isEmpty();
        assertThat(leftOvers(list))
                .as("neither file nor faults nor people on their way")
                .isZero();
        assertRefused(EnrolmentRefusal.OVER, () -> {
            enrolments.cancel(officer, list);
            enrolments.takeBack(officer, list);
            enrolments.enter(officer, list, true);
        });
        assertThat(looked(officer, list, State.TAKEN_BACK).list().leftAfter()).isZero();
        assertThat(members.recount()).isEmpty();
    }

    @Test
    void theSameFileAgainEntersNobody() {
        Actor officer = given.streetOfficer();
        String rows = HEAD + row("甲", "") + row("乙", "");
        UUID list = send(officer, given.base(), rows);
        looked(officer, list, State.READ);
        enrolments.enter(officer, list, false);
        UUID again = send(officer, given.base(), rows);
        assertThat(looked(officer, again, State.READ).outcomes())
                .containsEntry(Outcome.HERE, 2L)
                .containsEntry(Outcome.NEW, 0L);
        assertRefused(EnrolmentRefusal.NOBODY_TO_ENTER, () -> enrolments.enter(officer, again, false));
        assertThat(enrolments.get(officer, again).state()).isEqualTo(State.READ);
    }

    @Test
    void aStreetsListNamesTheUnionsByCodeOrName() {
        Actor officer = given.streetOfficer();
        UnionSummary base = given.base();
        UUID list = send(
                officer,
                given.street(),
                HEAD
                        + row("甲", "", base.code())
                        + row("乙", "", base.name())
                        + row("丙", "", "")
                        + row("丁", "", given.otherBase().code()));
        assertThat(looked(officer, list, State.READ).enters()).isEqualTo(2);
        assertThat(store.faults(list, 9))
                .extracting(bad -> bad.faults().getFirst())
                .containsExactly("union\u001fempty", "union\u001fno-such-base-union");
        enrolments.enter(officer, list, true);
        assertThat(enrolments.get(officer, list).enteredUnions()).containsExactly(base.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",%s,,,              | name       | empty",
                "甲<b>,%s,,,         | name       | odd-character",
                "甲,,,,              | identity   | empty",
                "甲,1.10105E+17,,,   | identity   | identity-rounded",
                "甲,110105194912310021,,, | identity | identity-check",
                "甲,%s,1234,,        | phone      | phone",
                "甲,%s,,宇航员,      | employment | no-such-employment",
                "甲,%s,,,没有的工会  | union      | no-such-base-union",
                "甲,=%s,,,           | identity   | formula"
            })
    void aFaultStandsAtItsCell(String row, String column, String key) {
        Actor officer = given.streetOfficer();
        UUID list = send(
                officer,
                given.base(),
                HEAD + row.strip().formatted(Given.freshIdentity().text()) + "\n");
        Enrolments.Looked looked = looked(officer, list, State.READ);
        assertThat(looked.list().rowsBad()).isOne();
        assertThat(store.faults(list, 9).getFirst().faults())
                .anySatisfy(fault -> assertThat(fault).startsWith(column + "\u001f" + key));
    }

    /** What spreadsheets do to numbers: kept as a number, an identity number has lost its end, whatever its check says. */
    @Test
    void aNumberThatASpreadsheetHasRoundedIsToldWithItsCure() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var workbook = new Workbook(out, "x", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("名单");
            sheet.value(0, 0, "  会员名单（2023） ");
            sheet.value(1, 0, "姓 名");
            sheet.value(1, 1, "身份证号码");
            sheet.value(2, 0, "甲");
            sheet.value(2, 1, 1.10105199003071e17);
            sheet.value(3, 0, "乙");
            sheet.value(3, 1, Given.freshIdentity().text());
        }
        Actor officer = given.streetOfficer();
        UUID list = send(officer, given.base(), out.toByteArray());
        assertThat(looked(officer, list, State.READ).enters()).isOne();
        assertThat(store.faults(list, 9).getFirst().faults()).containsExactly("identity\u001fidentity-rounded");
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        Actor officer = given.streetOfficer();
        for (String broken : List.of("甲,乙\n1,2\n", "姓名,姓名,身份证号\n甲,乙,1\n", "姓名,身份证号\n\"甲,1\n")) {
            UUID list = send(officer, given.base(), broken);
            assertThat(looked(officer, list, State.BROKEN).list().broken()).startsWith("refusal.sheet.");
            assertRefused(EnrolmentRefusal.OVER, () -> enrolments.enter(officer, list, true));
            assertThat(leftOvers(list)).isZero();
        }
        assertThatThrownBy(() -> enrolments.send(
                        officer, given.base().id(), UUID.randomUUID(), "NOBODY", "x", bytes(HEAD + row("甲", ""))))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void aListIsForThoseWhoAnswerForItsUnion() {
        Actor officer = given.streetOfficer();
        UUID list = send(officer, given.base(), HEAD + row("甲", ""));
        looked(officer, list, State.READ);
        Actor stranger = given.officer(Role.DISTRICT_OFFICER, given.otherDistrict());
        assertRefused(EnrolmentRefusal.NO_SUCH_LIST, () -> enrolments.look(stranger, list));
        assertRefused(EnrolmentRefusal.NO_SUCH_LIST, () -> enrolments.faults(stranger, list, 9));
        assertRefused(EnrolmentRefusal.NO_SUCH_LIST, () -> enrolments.takeFaults(stranger, list));
        assertRefused(EnrolmentRefusal.NO_SUCH_LIST, () -> enrolments.enter(stranger, list, true));
        assertRefused(EnrolmentRefusal.NO_SUCH_LIST, () -> enrolments.cancel(stranger, list));
        assertRefused(EnrolmentRefusal.NO_SUCH_LIST, () -> enrolments.takeBack(stranger, list));
        assertThat(enrolments.latest(stranger, given.base().id())).isEmpty();
        // The id of somebody else's list is none to send another by.
        assertRefused(
                EnrolmentRefusal.NO_SUCH_LIST,
                () -> enrolments.send(
                        officer, given.joint().id(), list, "OPENING", "x.csv", bytes(HEAD + row("乙", ""))));
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.READ);
    }

    @Test
    void aListCanBeGivenUpBeforeItIsEntered() {
        Actor officer = given.streetOfficer();
        UUID list = send(officer, given.base(), HEAD + row("甲", "") + "乙,1,,,\n");
        looked(officer, list, State.READ);
        enrolments.cancel(officer, list);
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.CANCELLED);
        assertThat(leftOvers(list)).isZero();
        assertRefused(EnrolmentRefusal.OVER, () -> enrolments.enter(officer, list, true));
    }

    @Test
    void whileSomebodyEntersItNobodyElseDoes() throws Exception {
        Actor officer = given.streetOfficer();
        UUID list = send(officer, given.base(), HEAD + row("甲", ""));
        looked(officer, list, State.READ);
        var held = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = hands.submit(() -> transactions.executeWithoutResult(status -> {
                enrolments.enter(officer, list, false);
                held.countDown();
                await(done);
            }));
            held.await();
            assertRefused(EnrolmentRefusal.BUSY, () -> enrolments.enter(officer, list, false));
            done.countDown();
            first.get();
        }
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.ENTERED);
    }

    @Test
    void whatIsLeftLyingIsForgotten() {
        Actor officer = given.streetOfficer();
        UUID list = send(officer, given.base(), HEAD + row("甲", ""));
        UUID entered = send(officer, given.base(), HEAD + row("乙", ""));
        looked(officer, list, State.READ);
        looked(officer, entered, State.READ);
        enrolments.enter(officer, entered, false);
        jdbc.sql("update enrolment_list set sent_at = sent_at - interval '8 days' where id in (:ids)")
                .param("ids", List.of(list, entered))
                .update();
        enrolments.forgetOld();
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.CANCELLED);
        assertThat(leftOvers(list)).isZero();
        assertThat(enrolments.get(officer, entered).state()).isEqualTo(State.ENTERED);
        jdbc.sql("update enrolment_list set entered_on = entered_on - 3 where id = :id")
                .param("id", entered)
                .update();
        assertRefused(EnrolmentRefusal.TOO_LATE, () -> enrolments.takeBack(officer, entered));
    }

    @Test
    void nothingOfAListLiesOpen() {
        Actor officer = given.streetOfficer();
        String identity = Given.freshIdentity().text();
        UUID list = send(officer, given.base(), HEAD + "某人,%s,12,,\n".formatted(identity));
        looked(officer, list, State.READ);
        for (String table : List.of("enrolment_list", "enrolment_fault", "enrolment_part", "member_enlisted")) {
            assertThat(jdbc.sql("select count(*) from %1$s where position(:text in cast(%1$s as text)) > 0"
                                    .formatted(table))
                            .param("text", identity)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void anOfficerDoesItAtTheDesk() {
        Visitor officer = visitors.signedIn("street@demo");
        String form = "/desk/enrolments/" + given.base().id();
        assertThat(officer.get(form).body()).contains("按名单登记会员", "身份证号", "multipart/form-data");
        UUID key = UUID.randomUUID();
        HttpResponse<String> sent = officer.upload(
                form,
                Map.of("key", key.toString(), "people", "JOINING"),
                "名单.csv",
                bytes(HEAD + row("甲", "") + "乙,12,,,\n"));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(302);
        String page = Visitor.location(sent);
        looked(given.streetOfficer(), key, State.READ);
        assertThat(officer.get(page + "/progress").headers().firstValue("HX-Refresh"))
                .hasValue("true");
        assertThat(officer.get(page).body()).contains("名单.csv", "登记 1 人", "身份证号是 18 位");
        assertThat(officer.get(form + "/template?format=CSV").body()).contains("姓名", "所属工会");
        HttpResponse<String> faults = officer.get(page + "/faults");
        assertThat(faults.headers().firstValue("Content-Disposition").orElse(""))
                .contains(".xlsx");
        assertThat(faults.body()).startsWith("PK");
        officer.get(page);
        assertThat(officer.post(page + "/members", Map.of("goodOnly", "true")).statusCode())
                .isEqualTo(302);
        assertThat(officer.get(page).body()).contains("已登记 1 人", "撤回这份名单");
        assertThat(officer.post(page + "/taking-back", Map.of()).statusCode()).isEqualTo(302);
        assertThat(officer.get(page).body()).contains("已撤回，1 人不再是会员");
        assertThat(officer.get(form).body()).contains("名单.csv", "已撤回");
        assertThat(jdbc.sql("select action from audit_entry where subject_id = :union and action like 'enrolment.%'")
                        .param("union", given.base().id().value())
                        .query(String.class)
                        .list())
                .contains("enrolment.send", "enrolment.faults");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String row(String name, String employment) {
        return row(name, employment, "");
    }

    private static String row(String name, String employment, String union) {
        return "%s,%s,%s,%s,%s\n"
                .formatted(
                        name, Given.freshIdentity().text(), Given.freshPhone().text(), employment, union);
    }

    private UUID send(Actor officer, UnionSummary union, String file) {
        return send(officer, union, bytes(file));
    }

    private UUID send(Actor officer, UnionSummary union, byte[] file) {
        UUID list = UUID.randomUUID();
        enrolments.send(officer, union.id(), list, "JOINING", "名单", file);
        return list;
    }

    /** The list once it stands there, which it does when somebody has read it. */
    private Enrolments.Looked looked(Actor officer, UUID list, State state) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (enrolments.get(officer, list).state() == State.SENT
                && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        Enrolments.Looked looked = enrolments.look(officer, list);
        assertThat(looked.list().state()).as(looked.list().broken()).isEqualTo(state);
        return looked;
    }

    private long leftOvers(UUID list) {
        return Stream.of("enrolment_part", "enrolment_fault", "member_enlisted")
                .collect(Collectors.summingLong(
                        table -> jdbc.sql("select count(*) from " + table + " where list_id = :list")
                                .param("list", list)
                                .query(Long.class)
                                .single()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

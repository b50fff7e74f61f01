package org.gonghui.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.enrolment.SentLists.await;
import static org.gonghui.enrolment.SentLists.bytes;
import static org.gonghui.enrolment.SentLists.row;
import static org.gonghui.support.Refusals.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
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
import org.gonghui.audit.Audit;
import org.gonghui.database.TransactionLocks;
import org.gonghui.enrolment.EnrolmentList.State;
import org.gonghui.enrolment.Enrolments.Sending;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Right;
import org.gonghui.layout.Language;
import org.gonghui.layout.Texts;
import org.gonghui.member.Enlisting;
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
    private ListReading reading;

    @Autowired
    private TransactionLocks locks;

    @Autowired
    private Audit audit;

    @Autowired
    private Texts texts;

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
        assertThat(store.faults(list, 0, 9)).singleElement().satisfies(bad -> {
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

    /** Whatever order and how often they come: what was kept is the file. */
    @Test
    void aFileComesInParts() {
        Actor officer = given.streetOfficer();
        String rows = Stream.generate(() -> row("甲" + "很长".repeat(15), "快递员"))
                .limit(8_000)
                .collect(Collectors.joining());
        byte[] file = bytes(HEAD + rows);
        int count = file.length / Enrolments.PART_BYTES + 1;
        assertThat(count).isGreaterThan(1);
        UUID list = UUID.randomUUID();
        for (int again = 0; again < 2; again++) {
            enrolments.begin(officer, Sending.of(given.base().id(), list, "JOINING", "名单.csv"));
        }
        assertRefused(EnrolmentRefusal.NOT_WHOLE, () -> enrolments.whole(officer, list, 0));
        for (int number = count - 1; number >= 0; number--) {
            int from = number * Enrolments.PART_BYTES;
            byte[] part = Arrays.copyOfRange(file, from, Math.min(file.length, from + Enrolments.PART_BYTES));
            assertRefused(EnrolmentRefusal.NOT_WHOLE, () -> enrolments.whole(officer, list, count));
            enrolments.keepPart(officer, list, number, count, part);
            enrolments.keepPart(officer, list, number, count, part);
        }
        assertRefused(EnrolmentRefusal.NOT_WHOLE, () -> enrolments.keepPart(officer, list, -1, count, file));
        assertRefused(EnrolmentRefusal.NOT_WHOLE, () -> enrolments.keepPart(officer, list, 0, count, bytes("short")));
        assertRefused(EnrolmentRefusal.NOT_WHOLE, () -> enrolments.keepPart(officer, list, 0, 1, new byte[0]));
        assertRefused(EnrolmentRefusal.NOT_WHOLE, () -> enrolments.keepPart(officer, list, 500, 501, new byte[1]));
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.COMING);
        assertRefused(EnrolmentRefusal.OVER, () -> enrolments.enter(officer, list, true));
        enrolments.whole(officer, list, count);
        assertThat(looked(officer, list, State.READ).enters()).isEqualTo(8_000);
        enrolments.whole(officer, list, count); // its answer had been lost
        assertRefused(EnrolmentRefusal.OVER, () -> enrolments.keepPart(officer, list, 0, count, bytes("x")));
        assertThat(store.part(list, 0)).hasSize(Enrolments.PART_BYTES);
    }

    /** The page that sends the parts shows the sentence itself: an answer of its own would take the file from the form. */
    @Test
    void aRefusalIsSaidToThePageThatSendsTheParts() {
        Visitor officer = visitors.signedIn("street@demo");
        String form = "/desk/enrolments/" + given.base().id();
        officer.get(form);
        HttpResponse<String> answer =
                officer.script(form + "/beginnings", "key=" + UUID.randomUUID() + "&name=x.csv&people=NOBODY");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"field\":\"people\"");
    }

    @Test
    void anOldWorkbookIsToldWhenItHasCome() {
        Actor officer = given.streetOfficer();
        UUID list = UUID.randomUUID();
        enrolments.begin(officer, Sending.of(given.base().id(), list, "JOINING", "名单.xls"));
        enrolments.keepPart(officer, list, 0, 1, HexFormat.of().parseHex("d0cf11e0a1b11ae1"));
        assertThatThrownBy(() -> enrolments.whole(officer, list, 1)).hasMessageContaining("old-or-locked");
        enrolments.begin(officer, Sending.of(given.base().id(), list, "OPENING", "名单.csv"));
        assertThat(enrolments.get(officer, list)).satisfies(anew -> {
            assertThat(anew.fileName()).isEqualTo("名单.csv");
            assertThat(anew.people()).isEqualTo(Enlisting.As.OPENING);
        });
        assertThat(store.parts(list)).as("another file from the same page").isZero();
        enrolments.cancel(officer, list);
        assertThat(leftOvers(list)).isZero();
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

    /** By them whoever sent it sees whether the columns were understood. */
    @Test
    void theFirstRowsAreShownAsTheyWouldBeEntered() throws IOException {
        Actor officer = given.officer(Role.STREET_OFFICER, given.street());
        String known = row("甲", "快递员");
        UUID before = send(officer, given.base(), HEAD + known);
        looked(officer, before, State.READ);
        enrolments.enter(officer, before, false);
        String twice = row("丙", "");
        UUID list = send(
                officer,
                given.base(),
                HEAD + known + "错,1,,,\n" + row("𠮷田·乙", "网约车司机") + twice + twice + "甲".repeat(9));
        List<Enlisting.Entry> first = looked(officer, list, State.READ).first();
        assertThat(first).extracting(Enlisting.Entry::row).containsExactly(2, 4, 5, 6);
        assertThat(first)
                .extracting(Enlisting.Entry::outcome)
                .containsExactly(Outcome.HERE, Outcome.NEW, Outcome.NEW, Outcome.TWICE);
        assertThat(first.get(1)).satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("𠮷田·乙");
            assertThat(entry.identity()).matches("\\d{6}\\*{12}");
            assertThat(entry.employment()).isEqualTo("ride-hailing");
            assertThat(entry.union()).isEqualTo(given.base().id());
        });
        String page = visitors.signedIn("street@demo")
                .get("/desk/enrolments/lists/" + list)
                .body();
        assertThat(page).contains("𠮷田·乙", first.get(1).identity(), given.base().name());
        assertThat(page).doesNotContain(twice.split(",", -1)[1]);
        UUID many = send(officer, given.base(), HEAD + row("丁", "").repeat(11));
        assertThat(looked(officer, many, State.READ).first()).hasSize(10);
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
        assertThat(store.faults(list, 0, 9))
                .extracting(bad -> bad.faults().getFirst())
                .containsExactly(
                        new BadInput.Fault("union", "empty"), new BadInput.Fault("union", "no-such-base-union"));
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
        assertThat(store.faults(list, 0, 9).getFirst().faults()).anySatisfy(fault -> {
            assertThat(fault.field()).isEqualTo(column);
            assertThat(fault.key()).isEqualTo(key);
        });
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
        assertThat(store.faults(list, 0, 9).getFirst().faults())
                .containsExactly(new BadInput.Fault("identity", "identity-rounded"));
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        Actor officer = given.streetOfficer();
        for (String broken : List.of("姓名,身份证号\n\"甲,1\n", ",,\n")) {
            UUID list = send(officer, given.base(), broken);
            assertThat(looked(officer, list, State.BROKEN).list().broken()).startsWith("refusal.sheet.");
            assertRefused(EnrolmentRefusal.OVER, () -> enrolments.enter(officer, list, true));
            assertThat(leftOvers(list)).isZero();
        }
        assertThatThrownBy(() -> Sending.of(given.base().id(), UUID.randomUUID(), "NOBODY", "x"))
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
        assertRefused(EnrolmentRefusal.NO_SUCH_LIST, () -> enrolments.keepPart(stranger, list, 0, 1, bytes("x")));
        assertRefused(EnrolmentRefusal.NO_SUCH_LIST, () -> enrolments.whole(stranger, list, 1));
        assertRefused(EnrolmentRefusal.NO_SUCH_LIST, () -> enrolments.takeBack(stranger, list));
        assertThat(enrolments.latest(stranger, given.base().id())).isEmpty();
        // The id of somebody else's list is none to send another by.
        assertRefused(
                EnrolmentRefusal.NO_SUCH_LIST,
                () -> enrolments.send(
                        officer, Sending.of(given.joint().id(), list, "OPENING", "x.csv"), bytes(HEAD + row("乙", ""))));
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
                hold(done);
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
        UUID coming = UUID.randomUUID();
        enrolments.begin(officer, Sending.of(given.base().id(), coming, "JOINING", "x"));
        enrolments.keepPart(officer, coming, 0, 1, bytes(HEAD));
        enrolments.forgetOld();
        assertThat(enrolments.get(officer, coming).state()).isEqualTo(State.COMING);
        jdbc.sql("update enrolment_list set sent_at = sent_at - interval '8 days' where id in (:ids)")
                .param("ids", List.of(list, entered, coming))
                .update();
        enrolments.forgetOld();
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.CANCELLED);
        assertThat(leftOvers(list)).isZero();
        assertThat(enrolments.get(officer, coming).state()).isEqualTo(State.CANCELLED);
        assertThat(leftOvers(coming)).isZero();
        assertThat(enrolments.get(officer, entered).state()).isEqualTo(State.ENTERED);
        jdbc.sql("update enrolment_list set entered_on = entered_on - 3 where id = :id")
                .param("id", entered)
                .update();
        assertRefused(EnrolmentRefusal.TOO_LATE, () -> enrolments.takeBack(officer, entered));
    }

    @Test
    void whatIsWrittenWhileSomebodyGivesItUpIsForgotten() {
        Actor officer = given.streetOfficer();
        UUID list = send(officer, given.base(), HEAD + "某人,12,34,,\n".repeat(60_000));
        await(() -> enrolments.get(officer, list).rowsRead() > 0);
        enrolments.cancel(officer, list);
        await(() -> !reads(list));
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.CANCELLED);
        assertThat(leftOvers(list)).isZero();
    }

    @Test
    void aListThatNobodyReadsToItsEndIsGivenUp() {
        Actor officer = given.streetOfficer();
        UUID list = UUID.randomUUID();
        transactions.executeWithoutResult(status -> {
            store.insert(list, given.base().id(), "x", "x", Enlisting.As.JOINING);
            store.insertPart(list, 0, bytes(HEAD + row("甲", "")));
            store.markSent(list);
            jdbc.sql("update enrolment_list set attempts = :most where id = :id")
                    .param("most", ListReading.MOST_ATTEMPTS)
                    .param("id", list)
                    .update();
        });
        assertThat(looked(officer, list, State.BROKEN).list().broken()).isEqualTo("enrolment.unreadable");
        assertThat(leftOvers(list)).isZero();
    }

    @Test
    void aListThatWasTriedRestsTheLongerTheMoreOften() {
        UUID list = UUID.randomUUID();
        transactions.executeWithoutResult(status -> {
            store.insert(list, given.base().id(), "x", "x", Enlisting.As.JOINING);
            store.markSent(list);
            assertThat(store.waiting()).contains(list);
            assertThat(store.tried(list)).contains(1);
            assertThat(store.waiting()).contains(list);
            assertThat(store.tried(list)).contains(2);
            assertThat(store.waiting()).doesNotContain(list);
            jdbc.sql("update enrolment_list set tried_at = tried_at - interval '11 seconds' where id = :id")
                    .param("id", list)
                    .update();
            assertThat(store.waiting()).contains(list);
            status.setRollbackOnly();
        });
    }

    /** A crash of the database empties the table of people on their way. */
    @Test
    void aListWhosePeopleAreLostIsReadOnceMore() {
        Actor officer = given.streetOfficer();
        UUID list = send(officer, given.base(), HEAD + row("甲", "") + "乙,1,,,\n");
        looked(officer, list, State.READ);
        jdbc.sql("delete from member_enlisted where list_id = :list")
                .param("list", list)
                .update();
        assertThat(enrolments.look(officer, list).enters()).isZero();
        reading.findLost();
        await(() -> enrolments.get(officer, list).state() == State.READ
                && enrolments.look(officer, list).enters() == 1);
        assertThat(store.faults(list, 0, 9)).hasSize(1);
    }

    @Test
    void whatHasChangedMeanwhileIsNeitherBrokenNorGivenUp() {
        Actor officer = given.streetOfficer();
        UUID list = send(officer, given.base(), HEAD + row("甲", ""));
        looked(officer, list, State.READ);
        assertThat(store.markBroken(list, "x", List.of())).isFalse();
        enrolments.enter(officer, list, false);
        assertThat(store.readTo(list, 1)).isFalse();
        assertThat(store.markRead(list, new EnrolmentStore.Counts(1, 0, 0), List.of(), ""))
                .isFalse();
        store.readAgain(list);
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.ENTERED);
    }

    /** Who would ask for a thousand strangers by list is held up, and leaves a trace. */
    @Test
    void nobodyMakesASearchOfLists() {
        Actor curious = given.officer(Role.STREET_OFFICER, given.street());
        UUID first = UUID.randomUUID();
        for (int i = 0; i < 3; i++) { // pressed thrice
            enrolments.send(
                    curious, Sending.of(given.base().id(), first, "JOINING", "试探.csv"), bytes(HEAD + row("甲", "")));
        }
        for (int i = 1; i < 40; i++) {
            send(curious, given.base(), HEAD);
        }
        assertRefused(EnrolmentRefusal.TOO_MANY_LISTS, () -> send(curious, given.base(), HEAD));
        looked(curious, first, State.READ);
        Map<String, String> facts =
                audit.historyOf(given.base().id().value(), curious.reach(Right.MEMBER_APPROVE)).stream()
                        .filter(entry -> entry.action().equals("enrolment.read"))
                        .filter(entry -> entry.facts().containsValue("试探.csv"))
                        .findFirst()
                        .orElseThrow()
                        .facts();
        assertThat(facts).containsEntry("rows", "1").containsEntry("known", "0");
        send(given.streetOfficer(), given.base(), HEAD); // nobody else is held up
    }

    @Test
    void everyRowWithAFaultIsTakenAlong() throws IOException {
        Visitor officer = visitors.signedIn("street@demo");
        UUID list = send(given.streetOfficer(), given.base(), HEAD + "某人,12,34,,\n".repeat(2_500));
        looked(given.streetOfficer(), list, State.READ);
        List<Integer> rows = new ArrayList<>();
        enrolments.eachFault(given.streetOfficer(), list, bad -> rows.add(bad.row()));
        assertThat(rows).hasSize(2_500).isSorted();
        enrolments.cancel(given.streetOfficer(), list);
        assertThat(officer.get("/desk/enrolments/lists/" + list + "/faults").statusCode())
                .isEqualTo(409);
        assertRefused(EnrolmentRefusal.OVER, () -> enrolments.eachFault(given.streetOfficer(), list, bad -> {}));
    }

    @Test
    void nothingOfAListLiesOpen() {
        Actor officer = given.streetOfficer();
        String identity = Given.freshIdentity().text();
        UUID list = send(officer, given.base(), HEAD + "某人,%s,12,,\n".formatted(identity));
        looked(officer, list, State.READ);
        for (String table :
                List.of("enrolment_list", "enrolment_fault", "enrolment_first", "enrolment_part", "member_enlisted")) {
            assertThat(SentLists.open(jdbc, table, identity)).as(table).isZero();
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
        assertThat(officer.get(form).body()).contains("名单.csv", "已撤回", "1 人");
        assertThat(jdbc.sql("select action from audit_entry where subject_id = :union and action like 'enrolment.%'")
                        .param("union", given.base().id().value())
                        .query(String.class)
                        .list())
                .contains("enrolment.send", "enrolment.read", "enrolment.faults");
        List<String> told =
                audit.historyOf(given.base().id().value(), given.streetOfficer().reach(Right.MEMBER_APPROVE)).stream()
                        .map(entry -> texts.told(Language.CHINESE, entry))
                        .toList();
        assertThat(told)
                .contains("上传会员名单：名单.csv", "名单“名单.csv”核对了 2 行，其中 0 人已在档案中", "下载名单“名单.csv”里有错误的 1 行", "按名单登记会员 1 人");
    }

    /** True while somebody reads the list. */
    private boolean reads(UUID list) {
        return Boolean.FALSE.equals(transactions.execute(status -> locks.aloneIfFree("enrolment.read." + list)));
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private UUID send(Actor officer, UnionSummary union, String file) {
        return send(officer, union, bytes(file));
    }

    private UUID send(Actor officer, UnionSummary union, byte[] file) {
        return SentLists.send(enrolments, officer, union, file);
    }

    private Enrolments.Looked looked(Actor officer, UUID list, State state) {
        return SentLists.looked(enrolments, officer, list, state);
    }

    private long leftOvers(UUID list) {
        return Stream.of("enrolment_part", "enrolment_first", "enrolment_fault", "member_enlisted")
                .collect(Collectors.summingLong(
                        table -> jdbc.sql("select count(*) from " + table + " where list_id = :list")
                                .param("list", list)
                                .query(Long.class)
                                .single()));
    }
}

package org.gonghui.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Workbooks.row;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.gonghui.access.Role;
import org.gonghui.enrolment.EnrolmentList.State;
import org.gonghui.kernel.Actor;
import org.gonghui.member.Enlisting.Outcome;
import org.gonghui.member.Members;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Workbooks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Workbooks as nobody should send them: for each a clear answer. */
@CityTest
class TortureTests {

    private static final boolean DEEP = Boolean.getBoolean("gonghui.deep");

    @Autowired
    private Enrolments enrolments;

    @Autowired
    private EnrolmentStore store;

    @Autowired
    private Members members;

    @Autowired
    private Given given;

    private @Nullable Actor officer;

    /**
     * Merged cells above the headings, hidden rows, formulas, dates as text, identity numbers and phones as numbers, blank
     * lines, 𠮷.
     */
    @Test
    void everyRowIsReadAsPeopleSeeIt() {
        UUID list = send(Workbooks.torture());
        Enrolments.Looked looked = looked(list, State.READ);
        assertThat(looked.list()).satisfies(read -> {
            assertThat(read.rowsGood()).isEqualTo(Workbooks.TORTURE_GOOD);
            assertThat(read.rowsBad()).isEqualTo(Workbooks.TORTURE_BAD);
            assertThat(read.rowsHidden()).as("read, and told").isEqualTo(2);
            assertThat(read.unread())
                    .as("the birth date follows from the identity number")
                    .containsExactly("出生日期", "备注");
        });
        assertThat(looked.first().stream().map(entry -> entry.row() + entry.name()))
                .containsExactly("4𠮷田·买买提", "6隐去者", "9丙", "12己", "1000辛");
        assertThat(looked.outcomes()).containsEntry(Outcome.NEW, (long) Workbooks.TORTURE_GOOD);
        Map<Integer, String> faults = new LinkedHashMap<>();
        store.faults(list, 0, 99)
                .forEach(bad -> faults.put(
                        bad.row(),
                        bad.faults().stream()
                                .map(fault -> fault.field() + " " + fault.key())
                                .distinct()
                                .collect(Collectors.joining(", "))));
        assertThat(faults)
                .containsExactly(
                        Map.entry(7, "identity identity-rounded"),
                        Map.entry(8, "name formula"),
                        Map.entry(10, "identity formula, identity identity-length"),
                        Map.entry(11, "identity identity-length"),
                        Map.entry(900, "identity identity-rounded"));
        enrolments.cancel(officer(), list);
    }

    @Test
    void headingsMergedOverTwoRowsAreToldApartBySomebody() {
        UUID list = send(Workbooks.of(row(1, "", "姓名", "证件", "")
                + row(2, "", "", "身份证号", "有效期")
                + row(3, "", "甲", Given.freshIdentity().text(), "2033-01-01")));
        assertThat(looked(list, State.UNCLEAR).list()).satisfies(unclear -> {
            assertThat(unclear.broken()).isEqualTo("enrolment.unclear.no-headings");
            assertThat(unclear.brokenFacts()).containsExactly("identity");
        });
    }

    @Test
    void aColumnThatStandsTwiceIsToldApartBySomebody() {
        UUID list = send(Workbooks.of(row(1, "", "姓名", "身份证号", "身份证号码")
                + row(2, "", "甲", Given.freshIdentity().text(), "")));
        assertThat(looked(list, State.UNCLEAR).list()).satisfies(unclear -> {
            assertThat(unclear.broken()).isEqualTo("enrolment.unclear.heading-twice");
            assertThat(unclear.brokenFacts()).containsExactly("身份证号码");
        });
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        byte[] whole = Workbooks.torture();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("broken", Arrays.copyOf(whole, whole.length / 2));
        files.put("empty", Workbooks.of(row(1, "", "", "")));
        files.put("not-a-table", HexFormat.of().parseHex("89504e470d0a1a0a0000000dffff"));
        files.forEach((why, file) ->
                assertThat(looked(send(file), State.BROKEN).list().broken()).isEqualTo("refusal.sheet." + why));
    }

    /** A megabyte that unpacks to more than the list of a million people needs. */
    @Test
    void aBombIsNotUnpacked() {
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        byte[] bomb = Workbooks.with(out -> {
            out.write("<worksheet><sheetData>".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 1_000; i++) {
                out.write(blanks);
            }
        });
        assertThat(bomb.length).isLessThan(2 << 20);
        UUID list = send(bomb);
        SentLists.await(() -> enrolments.get(officer(), list).state() != State.SENT, Duration.ofMinutes(2));
        assertThat(looked(list, State.BROKEN).list().broken()).isEqualTo("refusal.sheet.too-big");
    }

    @Test
    void anOldWorkbookIsRefusedWhateverItsName() {
        byte[] old = Arrays.copyOf(HexFormat.of().parseHex("d0cf11e0a1b11ae1"), 4_096);
        assertThatThrownBy(() -> send(old)).hasMessage("refusal.sheet.old-or-locked");
    }

    @Test
    void headingsAloneAreNobody() {
        UUID list = send(Workbooks.of(row(1, "", "姓名", "身份证号")));
        assertThat(looked(list, State.READ)).satisfies(looked -> {
            assertThat(looked.enters()).isZero();
            assertThat(looked.first()).isEmpty();
        });
    }

    /** Twenty thousand people, in the deep run two hundred thousand: entered in one press, and taken back in one. */
    @Test
    void aLongListIsReadEnteredAndTakenBack() throws IOException {
        int rows = DEEP ? 200_000 : 20_000;
        var out = new ByteArrayOutputStream();
        try (var workbook = new Workbook(out, "x", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("名单");
            List<String> head = List.of("姓名", "身份证号", "手机号");
            for (int i = 0; i < head.size(); i++) {
                sheet.value(0, i, head.get(i));
            }
            for (int row = 1; row <= rows; row++) {
                sheet.value(row, 0, "长单" + row);
                sheet.value(row, 1, Given.freshIdentity().text());
                sheet.value(row, 2, Given.freshPhone().text());
            }
            sheet.value(rows + 1, 0, "末行");
            sheet.value(rows + 1, 1, 1.10105199003071e17);
        }
        UUID list = send(out.toByteArray());
        SentLists.await(() -> enrolments.get(officer(), list).state() != State.SENT, Duration.ofMinutes(5));
        Enrolments.Looked looked = looked(list, State.READ);
        assertThat(looked.enters()).isEqualTo(rows);
        assertThat(store.faults(list, 0, 9)).singleElement().satisfies(bad -> {
            assertThat(bad.row()).isEqualTo(rows + 2);
            assertThat(bad.faults().getFirst().key()).isEqualTo("identity-rounded");
        });
        enrolments.enter(officer(), list, true);
        assertThat(enrolments.get(officer(), list).entered()).isEqualTo(rows);
        enrolments.takeBack(officer(), list);
        assertThat(enrolments.get(officer(), list)).satisfies(back -> {
            assertThat(back.takenBack()).isEqualTo(rows);
            assertThat(back.leftAfter()).isZero();
        });
        assertThat(members.recount()).isEmpty();
    }

    /** Of this test alone: an account sends so many lists a day and no more. */
    private Actor officer() {
        if (officer == null) {
            officer = given.officer(Role.STREET_OFFICER, given.street());
        }
        return officer;
    }

    private UUID send(byte[] file) {
        return SentLists.send(enrolments, officer(), given.base(), file);
    }

    private Enrolments.Looked looked(UUID list, State state) {
        return SentLists.looked(enrolments, officer(), list, state);
    }
}

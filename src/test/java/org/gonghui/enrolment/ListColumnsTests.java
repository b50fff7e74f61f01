package org.gonghui.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.enrolment.SentLists.bytes;
import static org.gonghui.support.Refusals.assertRefused;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gonghui.access.Role;
import org.gonghui.audit.Audit;
import org.gonghui.enrolment.EnrolmentList.State;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Right;
import org.gonghui.layout.Language;
import org.gonghui.layout.Texts;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Headings that nobody understands, or understands wrongly: an officer says which column is which. */
@CityTest
class ListColumnsTests {

    @Autowired
    private Enrolments enrolments;

    @Autowired
    private ListColumns columns;

    @Autowired
    private EnrolmentStore store;

    @Autowired
    private Audit audit;

    @Autowired
    private Texts texts;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    /** An account sends so many lists a day and no more. */
    private Actor officer = Actor.nobody();

    @BeforeEach
    void anOfficer() {
        officer = given.officer(Role.STREET_OFFICER, given.street());
    }

    @Test
    void whatIsChosenIsReadAndRememberedForTheUnion() {
        String head = head();
        UUID list = send(given.base(), "某公司花名册,,,\n" + head + person("甲") + person("乙"));
        assertThat(looked(list, State.UNCLEAR).list().brokenFacts()).containsExactly("name · identity");
        assertThat(columns.look(officer, list, null)).satisfies(asked -> {
            assertThat(asked.row()).isEqualTo(2);
            assertThat(asked.places()).isEmpty();
            assertThat(asked.columns()).extracting(ListColumns.Column::letters).containsExactly("A", "B", "C", "D");
            assertThat(asked.columns().get(1).cells()).allMatch(cell -> cell.matches("\\d{6}\\*{12}"));
            assertThat(asked.columns().get(2).cells()).allMatch(cell -> cell.matches("199\\*{4}\\d{4}"));
        });
        choose(list, 2, Map.of("name", "0", "identity", "1"));
        Enrolments.Looked looked = looked(list, State.READ);
        assertThat(looked.enters()).isEqualTo(2);
        assertThat(looked.list().chosenBy()).isEqualTo(officer.name());
        assertThat(looked.list().broken()).isEmpty();
        assertThat(looked.list().unread()).hasSize(2);

        // The same headings, written a little otherwise and below no title: nobody is asked.
        UUID later = send(given.base(), head.replace(",", " ,") + person("丙"));
        assertThat(looked(later, State.READ)).satisfies(again -> {
            assertThat(again.enters()).isOne();
            assertThat(again.list().chosenBy()).isEqualTo(officer.name());
        });
        assertThat(columns.look(officer, later, null).places()).isEqualTo(Map.of("name", 0, "identity", 1));

        // Another union has said nothing yet.
        UUID elsewhere = send(given.joint(), head + person("丁"));
        looked(elsewhere, State.UNCLEAR);
    }

    @Test
    void whatWasChosenCanBeChanged() {
        String head = head();
        UUID list = send(given.base(), head + person("甲"));
        looked(list, State.UNCLEAR);
        choose(list, 1, Map.of("name", "0", "identity", "2"));
        assertThat(looked(list, State.READ).list().rowsBad()).isOne();
        assertThat(store.faults(list, 0, 9)).hasSize(1);
        choose(list, 1, Map.of("name", "0", "identity", "1", "phone", "2"));
        assertThat(looked(list, State.READ).enters()).isOne();
        assertThat(store.faults(list, 0, 9)).isEmpty();
        assertThat(looked(send(given.base(), head + person("乙")), State.READ).enters())
                .isOne();
    }

    /** Of a list that was understood too: its phones may be somebody else's. */
    @Test
    void aColumnThatWasUnderstoodNeedNotBeRead() {
        UUID list = send(given.base(), "姓名,身份证号,手机号," + mark() + "\n" + person("甲"));
        assertThat(looked(list, State.READ).list().chosenBy()).isEmpty();
        assertThat(columns.look(officer, list, null).places()).isEqualTo(Map.of("name", 0, "identity", 1, "phone", 2));
        choose(list, 1, Map.of("name", "0", "identity", "1", "phone", ""));
        assertThat(looked(list, State.READ).list().unread()).contains("手机号");
        assertThat(jdbc.sql("select phone_sealed is null from member_enlisted where list_id = :list")
                        .param("list", list)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void ofTwoHeadingsForOneColumnSomebodyChooses() {
        UUID list = send(given.base(), "姓名,身份证号,会员姓名," + mark() + "\n" + person("甲"));
        assertThat(looked(list, State.UNCLEAR).list().brokenFacts()).containsExactly("会员姓名");
        assertThat(columns.look(officer, list, null).places()).isEqualTo(Map.of("name", 0, "identity", 1));
        choose(list, 1, Map.of("name", "0", "identity", "1"));
        assertThat(looked(list, State.READ).enters()).isOne();
    }

    @Test
    void aColumnWithoutAHeadingCanBeChosen() {
        UUID list = send(
                given.base(),
                "职工,证件,\n,号码" + mark() + ",有效期\n甲," + Given.freshIdentity().text() + ",\n");
        looked(list, State.UNCLEAR);
        assertThat(columns.look(officer, list, 2).columns())
                .extracting(ListColumns.Column::heading)
                .startsWith("");
        choose(list, 2, Map.of("name", "0", "identity", "1"));
        assertThat(looked(list, State.READ)).satisfies(read -> {
            assertThat(read.enters()).isOne();
            assertThat(read.list().rowsBad()).isZero();
        });
    }

    @Test
    void whatIsNeededIsChosenOnceAndFromTheFile() {
        UUID list = send(given.base(), head() + person("甲"));
        looked(list, State.UNCLEAR);
        assertFault(list, 1, Map.of("name", "0"), "identity", "empty");
        assertFault(list, 1, Map.of("name", "0", "identity", "0"), "identity", "column-twice");
        assertFault(list, 1, Map.of("name", "0", "identity", "1", "phone", "4"), "phone", "no-such-choice");
        assertFault(list, 1, Map.of("name", "x", "identity", "1"), "name", "no-such-choice");
        assertFault(list, 7, Map.of("name", "0", "identity", "1"), "row", "no-such-choice");
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.UNCLEAR);
    }

    private void assertFault(UUID list, int row, Map<String, String> typed, String field, String key) {
        assertThatThrownBy(() -> choose(list, row, typed))
                .isInstanceOfSatisfying(
                        BadInput.class, bad -> assertThat(bad.faults()).contains(new BadInput.Fault(field, key)));
    }

    /** A file without headings begins with somebody: their number is no heading, and nothing to remember. */
    @Test
    void aPersonIsNoHeadings() {
        UUID list = send(given.base(), person("甲") + person("乙"));
        looked(list, State.UNCLEAR);
        long chosen = choices();
        assertRefused(EnrolmentRefusal.NO_HEADINGS, () -> choose(list, 1, Map.of("name", "0", "identity", "1")));
        assertThat(choices()).isEqualTo(chosen);
        assertThat(columns.look(officer, list, 1).columns())
                .extracting(ListColumns.Column::heading)
                .noneMatch(heading -> heading.matches(".*\\d{7}.*"));
    }

    private long choices() {
        return jdbc.sql("select count(*) from enrolment_choice")
                .query(Long.class)
                .single();
    }

    @Test
    void columnsAreForThoseWhoAnswerForTheUnion() {
        UUID list = send(given.base(), head() + person("甲"));
        looked(list, State.UNCLEAR);
        Actor stranger = given.officer(Role.DISTRICT_OFFICER, given.otherDistrict());
        assertRefused(EnrolmentRefusal.NO_SUCH_LIST, () -> columns.look(stranger, list, null));
        assertRefused(
                EnrolmentRefusal.NO_SUCH_LIST,
                () -> columns.choose(stranger, list, 1, Map.of("name", "0", "identity", "1")));
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.UNCLEAR);
    }

    @Test
    void pressedTwiceItIsChosenOnceAndOfAListThatIsOverNothingIs() {
        UUID list = send(given.base(), head() + person("甲"));
        looked(list, State.UNCLEAR);
        transactions.executeWithoutResult(status -> {
            choose(list, 1, Map.of("name", "0", "identity", "1"));
            assertRefused(EnrolmentRefusal.BUSY, () -> choose(list, 1, Map.of("name", "3", "identity", "1")));
            assertRefused(EnrolmentRefusal.BUSY, () -> columns.look(officer, list, null));
            status.setRollbackOnly();
        });
        transactions.executeWithoutResult(status -> {
            choose(list, 1, Map.of("name", "0", "identity", "1"));
            choose(list, 1, Map.of("name", "0", "identity", "1"));
        });
        looked(list, State.READ);
        enrolments.enter(officer, list, false);
        assertRefused(EnrolmentRefusal.OVER, () -> columns.look(officer, list, null));
        assertThat(store.first(list).rows()).isEmpty();
        UUID other = send(given.base(), head() + person("甲"));
        looked(other, State.UNCLEAR);
        enrolments.cancel(officer, other);
        assertRefused(EnrolmentRefusal.OVER, () -> columns.look(officer, other, null));
        assertThat(store.first(other).rows()).isEmpty();
    }

    @Test
    void nothingOfTheFirstRowsLiesOpen() {
        String identity = Given.freshIdentity().text();
        UUID list = send(given.base(), head() + "某人," + identity + ",,\n");
        looked(list, State.UNCLEAR);
        for (String table : List.of("enrolment_list", "enrolment_first", "enrolment_part")) {
            assertThat(SentLists.open(jdbc, table, identity)).as(table).isZero();
        }
        assertThat(store.first(list).rows().getLast().cells()).contains(identity);
    }

    @Test
    void aListOfWhichNobodyTellsTheColumnsIsForgotten() {
        UUID list = send(given.base(), head() + person("甲"));
        looked(list, State.UNCLEAR);
        jdbc.sql("update enrolment_list set sent_at = sent_at - interval '8 days' where id = :id")
                .param("id", list)
                .update();
        enrolments.forgetOld();
        assertThat(enrolments.get(officer, list).state()).isEqualTo(State.CANCELLED);
        assertThat(store.first(list).rows()).isEmpty();
        assertThat(store.parts(list)).isZero();
    }

    @Test
    void anOfficerDoesItAtTheDesk() {
        String head = head();
        UUID list = send(given.base(), head + person("甲"));
        looked(list, State.UNCLEAR);
        Visitor visitor = visitors.signedIn("street@demo");
        String page = "/desk/enrolments/lists/" + list;
        assertThat(visitor.get(page).body()).contains("还不知道哪一列是什么", page + "/columns");
        assertThat(visitor.get(page + "/columns").body()).contains("人员", "A（人员", "第 1 行：", "表头没有说清哪一列是：姓名、身份证号。");
        assertThat(visitor.get(page + "/columns?row=2").body()).contains("A（甲）").doesNotContain("A（人员");
        visitor.get(page + "/columns");
        HttpResponse<String> refused = visitor.post(page + "/columns", Map.of("row", "1", "name", "3"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("请填写这一项").containsPattern("value=\"3\"\\s+selected");
        HttpResponse<String> chosen =
                visitor.post(page + "/columns", Map.of("row", "1", "name", "0", "identity", "1", "phone", ""));
        assertThat(Visitor.location(chosen)).isEqualTo(page);
        looked(list, State.READ);
        assertThat(visitor.get(page).body()).contains("选定的读", "改选", "前 1 行会这样登记");
        assertThat(audit.historyOf(given.base().id().value(), officer.reach(Right.MEMBER_APPROVE)).stream()
                        .map(entry -> texts.told(Language.CHINESE, entry)))
                .contains("选定名单“名单”的列，以后照此读");
    }

    /** Headings that no other list has, so that nobody's choice is found. */
    private static String head() {
        return "人员" + mark() + ",证件,联络,备考\n";
    }

    /** Of letters alone: a heading of many digits is none. */
    private static String mark() {
        return UUID.randomUUID()
                .toString()
                .replace("-", "")
                .chars()
                .map(c -> Character.isDigit(c) ? c - '0' + 'p' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String person(String name) {
        return "%s,%s,%s,无\n"
                .formatted(
                        name, Given.freshIdentity().text(), Given.freshPhone().text());
    }

    private UUID send(UnionSummary union, String file) {
        return SentLists.send(enrolments, officer, union, bytes(file));
    }

    private void choose(UUID list, int row, Map<String, String> typed) {
        columns.choose(officer, list, row, typed);
    }

    private Enrolments.Looked looked(UUID list, State state) {
        return SentLists.looked(enrolments, officer, list, state);
    }
}

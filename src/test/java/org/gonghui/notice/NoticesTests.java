package org.gonghui.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.Appointed;
import org.gonghui.access.AppointmentEnded;
import org.gonghui.access.Role;
import org.gonghui.joining.ApplicationDecided;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Language;
import org.gonghui.layout.Texts;
import org.gonghui.measure.RecountDiffered;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.org.ReorganisationFailed;
import org.gonghui.org.UnionSummary;
import org.gonghui.phone.Phones;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens is told to whom it concerns, once; what staff write stays within its part of the tree. */
@CityTest
class NoticesTests {

    private static final Employment REGULAR = new Employment("regular", false);

    @Autowired
    private Notices notices;

    @Autowired
    private Circulars circulars;

    @Autowired
    private Phones phones;

    @Autowired
    private Members members;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Texts texts;

    private Actor worker = Actor.nobody();

    @BeforeEach
    void someoneWithAPhone() {
        worker = someone();
    }

    @Test
    void everyFactThatConcernsSomeoneIsTold() {
        AccountId account = worker.account().orElseThrow();
        UnionSummary base = given.base();
        UUID appointment = UUID.randomUUID();
        tell(decided(Optional.of(account), base.id(), ApplicationDecided.Outcome.REFUSED, "材料不全"));
        tell(decided(Optional.of(account), base.id(), ApplicationDecided.Outcome.UNDONE, ""));
        tell(decided(Optional.empty(), base.id(), ApplicationDecided.Outcome.REFUSED, "")); // nobody to tell
        tell(new Appointed(appointment, account, Role.BASE_OFFICER, base.id()));
        tell(new AppointmentEnded(appointment, account, Role.BASE_OFFICER, base.id()));
        tell(new ReorganisationFailed(UUID.randomUUID(), base.id(), account, "refusal.org.moved-later"));
        assertThat(inbox(worker))
                .extracting(this::title)
                .containsExactlyInAnyOrder(
                        "您的入会申请没有通过", "您的入会申请重新等待审批", "您有了新的任职：基层工会干部", "您的任职已结束：基层工会干部", "计划的组织变动没有办成：" + base.name());
        assertThat(inbox(worker))
                .extracting(this::text)
                .contains(base.name() + "：材料不全", texts.say(Language.CHINESE, "refusal.org.moved-later"));
        assertThat(inbox(worker))
                .extracting(notice -> title(notice, Language.ENGLISH))
                .anyMatch("Your application was not approved"::equals);
    }

    @Test
    void aNoticeIsThereWithTheFactAndNotWithoutIt() {
        var event = new Appointed(
                UUID.randomUUID(),
                worker.account().orElseThrow(),
                Role.AUDITOR,
                given.city().id());
        transaction.executeWithoutResult(status -> {
            events.publishEvent(event);
            status.setRollbackOnly();
        });
        assertThat(inbox(worker)).isEmpty();
        assertThat(waiting(worker)).isZero();
        tell(event);
        tell(event); // nobody is told the same thing twice
        assertThat(inbox(worker)).hasSize(1);
        assertThat(waiting(worker)).isEqualTo(1);
    }

    @Test
    void aMemberWhoIsTransferredIsToldAndAlsoWhenItIsUndone() {
        Actor member = member(given.base());
        UUID membership =
                members.cardOf(member).orElseThrow().live().orElseThrow().id();
        UnionSummary to = given.otherBase();
        Actor platform = Actor.platform("test");
        UUID arrived = members.transfer(platform, membership, Members.Arrival.at(to.id()));
        assertThat(inbox(member)).extracting(this::title).containsExactly("您的会籍转到了" + to.name());
        members.undoTransfer(platform, arrived);
        assertThat(inbox(member))
                .extracting(this::title)
                .containsExactlyInAnyOrder(
                        "您的会籍转到了" + to.name(), "您的会籍转到了" + given.base().name());
    }

    @Test
    void whoReadsTheWholeCitysFiguresIsToldOfADifference() {
        Actor city = account("city@demo");
        Actor auditor = account("auditor@demo");
        Actor district = account("district@demo");
        int before = notices.unread(district);
        tell(new RecountDiffered(UUID.randomUUID(), "member", 3));
        for (Actor reader : List.of(city, auditor)) {
            assertThat(title(inbox(reader).getFirst())).isEqualTo("数字与记录不一致：会员");
            assertThat(text(inbox(reader).getFirst())).contains("3 个数");
        }
        assertThat(notices.unread(district)).isEqualTo(before);
    }

    @Test
    void theBellCountsWhatWasNotBeforeOnesEyes() {
        assertThat(notices.unread(worker)).isZero();
        tell(new Appointed(
                UUID.randomUUID(),
                worker.account().orElseThrow(),
                Role.AUDITOR,
                given.city().id()));
        assertThat(notices.unread(worker)).isEqualTo(1);
        assertThat(notices.open(worker, Optional.empty()).notices()).allMatch(Notice::fresh);
        assertThat(notices.unread(worker)).isZero();
        assertThat(notices.open(worker, Optional.empty()).notices()).noneMatch(Notice::fresh);
        assertThat(notices.unread(Actor.nobody())).isZero();
    }

    @Test
    void theInboxIsReadPageByPage() {
        for (int i = 0; i < 45; i++) {
            tell(new Appointed(
                    UUID.randomUUID(),
                    worker.account().orElseThrow(),
                    Role.AUDITOR,
                    given.city().id()));
        }
        Notices.Inbox first = notices.open(worker, Optional.empty());
        Notices.Inbox second =
                notices.open(worker, Mark.of(first.next().orElseThrow().text()));
        Notices.Inbox third = notices.open(worker, second.next());
        assertThat(third.next()).isEmpty();
        assertThat(List.of(first, second, third).stream().flatMap(page -> page.notices().stream()))
                .extracting(Notice::id)
                .doesNotHaveDuplicates()
                .hasSize(45);
        assertThat(Mark.of("1-x")).isEmpty();
        assertThat(Mark.of("9".repeat(30) + "-" + UUID.randomUUID())).isEmpty();
    }

    @Test
    void aCircularStaysInItsPartOfTheTreeAndIsReadByWhomItIsFor() {
        Actor here = member(given.base());
        Actor there = member(given.otherBase());
        Actor staffHere = given.officer(Role.BASE_OFFICER, given.base());
        String forMembers = send(given.street(), "MEMBERS");
        String forStaff = send(given.street(), "STAFF");
        assertThat(titles(here)).contains(forMembers).doesNotContain(forStaff);
        assertThat(titles(there)).doesNotContain(forMembers, forStaff);
        assertThat(titles(worker)).doesNotContain(forMembers, forStaff);
        Actor ofHere = withAccount(staffHere);
        assertThat(titles(ofHere)).contains(forMembers, forStaff);
        assertThat(titles(withAccount(given.officer(Role.MEMBER, given.base()))))
                .as("who holds no office is no staff")
                .doesNotContain(forStaff);
        assertThat(titles(withAccount(given.officer(Role.DISTRICT_OFFICER, given.otherDistrict()))))
                .doesNotContain(forMembers, forStaff);
    }

    /** The records of a union that has ended stand at its heir's place: its notices were not for the heir's people. */
    @Test
    void aCircularOfAUnionThatEndedIsNotForItsHeirsPeople() {
        Actor heir = member(given.otherBase());
        String title = send(given.base(), "MEMBERS");
        transaction.executeWithoutResult(status -> {
            jdbc.sql(
                            "update org_placement set path = :path, estate = true where union_id = :union and valid_to is null")
                    .param("path", given.otherBase().path().value())
                    .param("union", given.base().id().value())
                    .update();
            assertThat(titles(heir)).doesNotContain(title);
            status.setRollbackOnly();
        });
    }

    @Test
    void aCircularIsReadWithdrawnAndOnRecord() {
        Actor member = member(given.base());
        Actor officer = withAccount(given.streetOfficer());
        UUID id = UUID.randomUUID();
        inbox(member); // what others wrote to the same street
        var writing = new Circulars.Writing("MEMBERS", "高温安排 " + id.toString().substring(0, 8), "第一行\n\n\n\n第二行");
        circulars.send(officer, given.street().id(), id, writing);
        circulars.send(officer, given.street().id(), id, writing); // the button pressed twice
        assertThat(inbox(officer)).filteredOn(notice -> notice.id().equals(id)).noneMatch(Notice::fresh);
        assertThat(notices.unread(member)).isEqualTo(1);
        Notice read = inbox(member).getFirst();
        assertThat(text(read)).isEqualTo("第一行\n\n第二行");
        assertThat(notices.unread(member)).isZero();
        assertThat(sent(officer, id).readBy()).isEqualTo(1);
        Actor elsewhere = withAccount(given.officer(Role.DISTRICT_OFFICER, given.otherDistrict()));
        assertRefused(NoticeRefusal.NO_SUCH_CIRCULAR, () -> circulars.withdraw(elsewhere, id));
        circulars.withdraw(officer, id);
        circulars.withdraw(officer, id);
        assertThat(inbox(member)).extracting(Notice::id).doesNotContain(id);
        assertThat(sent(officer, id).withdrawnAt()).isPresent();
        assertThat(jdbc.sql("select count(*) from audit_entry where subject_id = :id")
                        .param("id", id)
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void aCircularGoesNowhereElse() {
        Actor officer = withAccount(given.streetOfficer());
        var writing = new Circulars.Writing("MEMBERS", "标题", "内容");
        assertThatThrownBy(() -> circulars.send(officer, given.otherDistrict().id(), UUID.randomUUID(), writing))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> circulars.sent(officer, given.city().id())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> circulars.send(
                        officer,
                        given.street().id(),
                        UUID.randomUUID(),
                        new Circulars.Writing("ALL", " ", "字".repeat(2_001))))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.faults())
                                .extracting(BadInput.Fault::field)
                                .containsExactly("audience", "title", "text"));
    }

    @Test
    void whoWritesTooManyIsStopped() {
        Actor officer = withAccount(given.officer(Role.STREET_OFFICER, given.street()));
        for (int i = 0; i < 50; i++) {
            circulars.send(
                    officer, given.street().id(), UUID.randomUUID(), new Circulars.Writing("STAFF", "第 " + i, "内容"));
        }
        assertRefused(
                NoticeRefusal.TOO_MANY_CIRCULARS,
                () -> circulars.send(
                        officer, given.street().id(), UUID.randomUUID(), new Circulars.Writing("STAFF", "再来", "内容")));
    }

    @Test
    void scriptInANoticeIsText() {
        Visitor officer = visitors.signedIn("street@demo");
        String page = Visitor.location(officer.get("/desk/circulars"));
        officer.get(page);
        String mark = UUID.randomUUID().toString().substring(0, 8);
        var answer = officer.post(
                page,
                Map.of(
                        "key",
                        UUID.randomUUID().toString(),
                        "audience",
                        "STAFF",
                        "title",
                        "通知" + mark,
                        "text",
                        "<script>alert('" + mark + "')</script>"));
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(officer.get("/desk/notices").body())
                .contains("通知" + mark)
                .doesNotContain("<script>alert('" + mark)
                .contains("&lt;script&gt;");
    }

    @Test
    void oneReadsOnesOwnByProgram() {
        String phone = Given.freshPhone().text();
        String token = visitors.fresh().token(phone);
        Actor own = new Actor(Optional.of(phones.accountOf(Phones.read(phone))), "", List.of());
        tell(new Appointed(
                UUID.randomUUID(),
                own.account().orElseThrow(),
                Role.AUDITOR,
                given.city().id()));
        Visitor program = visitors.fresh();
        assertThat(program.program("GET", "/api/v1/notices/unread", "", "Authorization", "Bearer " + token)
                        .body())
                .isEqualTo("{\"unread\":1}");
        assertThat(program.program("GET", "/api/v1/notices", "", "Authorization", "Bearer " + token)
                        .body())
                .contains("\"kind\":\"APPOINTED\"", "\"fresh\":true", "\"link\":\"/desk\"");
        assertThat(program.program("GET", "/api/v1/notices", "").statusCode()).isEqualTo(401);
    }

    private void tell(Object event) {
        transaction.executeWithoutResult(status -> events.publishEvent(event));
    }

    private int waiting(Actor of) {
        return jdbc.sql("select count(*) from message_outgoing where account_id = :account")
                .param("account", of.account().orElseThrow().value())
                .query(Integer.class)
                .single();
    }

    private String send(UnionSummary to, String audience) {
        String title = "通知 " + UUID.randomUUID();
        circulars.send(
                withAccount(given.officer(Role.STREET_OFFICER, to)),
                to.id(),
                UUID.randomUUID(),
                new Circulars.Writing(audience, title, "内容"));
        return title;
    }

    private Circular sent(Actor officer, UUID id) {
        return circulars.sent(officer, given.street().id()).stream()
                .filter(circular -> circular.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Notice> inbox(Actor reader) {
        return notices.open(reader, Optional.empty()).notices();
    }

    private List<String> titles(Actor reader) {
        return inbox(reader).stream().map(this::title).toList();
    }

    private String title(Notice notice) {
        return title(notice, Language.CHINESE);
    }

    private String title(Notice notice, Language language) {
        return notice.title(texts, language);
    }

    private String text(Notice notice) {
        return notice.text(texts, Language.CHINESE);
    }

    private static ApplicationDecided decided(
            Optional<AccountId> applicant, UnionId at, ApplicationDecided.Outcome outcome, String reason) {
        return new ApplicationDecided(UUID.randomUUID(), UUID.randomUUID(), applicant, "", at, outcome, reason);
    }

    private Actor someone() {
        return new Actor(Optional.of(phones.accountOf(Given.freshPhone())), "", List.of());
    }

    private Actor withAccount(Actor actor) {
        return new Actor(someone().account(), "测试员", actor.grants());
    }

    private Actor member(UnionSummary union) {
        Actor self = someone();
        members.admit(Actor.platform("test"), union.id(), Given.freshPerson(REGULAR), self.account());
        return self;
    }

    /** One of the demonstration's people, with their own account and rights. */
    private Actor account(String login) {
        var id = new AccountId(jdbc.sql("select id from access_account where login = :login")
                .param("login", login)
                .query(UUID.class)
                .single());
        return new Actor(Optional.of(id), login, List.of());
    }
}

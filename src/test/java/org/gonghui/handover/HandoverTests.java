package org.gonghui.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.access.Accounts;
import org.gonghui.access.Role;
import org.gonghui.access.Sessions;
import org.gonghui.access.SignIn;
import org.gonghui.access.Token;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.UnionId;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A change of officer: appointment, list and notice go together, to the successor and to nobody else. */
@CityTest
class HandoverTests {

    private static final Pattern ADDRESS = Pattern.compile("/desk/handovers/([0-9a-f-]{36})");

    @Autowired
    private Accounts accounts;

    @Autowired
    private Sessions sessions;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Handovers handovers;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    private String leaving = "";
    private String password = "";
    private UUID appointment = new UUID(0, 0);

    @BeforeEach
    void somebodyWhoLeaves() {
        password = visitors.fresh().get("/site/development/password").body();
        leaving = "l" + UUID.randomUUID().toString().substring(0, 10);
        establish(leaving, "离任者" + leaving.substring(1, 4), given.street().id());
        appointment = appointmentOf(leaving);
    }

    @Test
    void theSuccessorHasTheRoleAndTheListAndTheHolderNoMore() {
        String coming = somebody();
        Visitor district = visitors.signedIn("district@demo");
        String form = "/desk/appointments/" + appointment + "/handover";
        assertThat(district.get(form).body()).contains("现在未办完的工作", "入会申请");
        HttpResponse<String> answer = district.post(form, typed(coming, today()));
        assertThat(answer.statusCode()).isEqualTo(302);
        String address = Visitor.location(answer);
        assertThat(address).matches("/desk/handovers/[0-9a-f-]{36}");
        assertThat(district.get(address).body())
                .contains("等待接手", "交接时未办完的工作", "入会申请")
                .doesNotContain("我已接手");
        assertThat(validTo(appointment)).contains(today());
        Visitor successor = signedIn(coming);
        assertThat(successor.get("/me/notices").body()).contains("把工作交给您").doesNotContain("您有了新的任职");
        assertThat(successor.get(address).body()).contains("我已接手", "/desk/joining/");
        assertThat(successor.post(address + "/taking", Map.of()).statusCode()).isEqualTo(302);
        assertThat(successor.get(address).body()).contains("已接手").doesNotContain("我已接手");
        assertThat(successor.post(address + "/taking", Map.of()).statusCode())
                .as("pressed twice")
                .isEqualTo(302);
        assertThat(district.get("/desk/handovers").body()).contains(address);
        assertThat(jdbc.sql("select count(*) from audit_entry where action like 'handover.%' and subject_id = :account")
                        .param("account", accountOf(coming))
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        Visitor left = signedIn(leaving);
        assertThat(left.get("/desk/joining").statusCode()).isEqualTo(403);
        assertThat(left.get(address).statusCode()).isEqualTo(403);
        assertThat(left.get("/me/notices").body()).contains("您的工作交给了").doesNotContain("您的任职已结束");
    }

    @Test
    void onADayToComeBothHoldTheirOwnUntilThen() {
        String coming = somebody();
        LocalDate on = today().plusDays(20);
        Visitor district = visitors.signedIn("district@demo");
        district.get("/desk/appointments/" + appointment + "/handover");
        assertThat(district.post("/desk/appointments/" + appointment + "/handover", typed(coming, on))
                        .statusCode())
                .isEqualTo(302);
        assertThat(validTo(appointment)).contains(on);
        assertThat(jdbc.sql("select valid_from from access_appointment where id = :id")
                        .param("id", appointmentOf(coming))
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(on);
    }

    @Test
    void whatCannotBeHandedOverChangesNothing() {
        String coming = somebody();
        Visitor district = visitors.signedIn("district@demo");
        String form = "/desk/appointments/" + appointment + "/handover";
        district.get(form);
        for (Map<String, String> bad : List.of(
                typed(coming, today().minusDays(1)),
                typed(coming, today().plusYears(3)),
                Map.of("login", coming, "name", "", "on", today().toString()),
                Map.of("login", "", "name", "某人", "on", today().toString()))) {
            assertThat(district.post(form, bad).statusCode()).as("%s", bad).isEqualTo(422);
        }
        assertThat(district.post(form, typed(leaving, today())).statusCode())
                .as("to oneself")
                .isEqualTo(409);
        assertThat(district.post(form, Map.of("login", coming, "name", "另一个名字", "on", today().toString()))
                        .statusCode())
                .as("a sign-in name that is somebody else's")
                .isEqualTo(409);
        assertThat(validTo(appointment)).isEmpty();
        assertThat(jdbc.sql("select count(*) from handover where appointment_id = :id")
                        .param("id", appointment)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void itIsNobodyElses() {
        String coming = somebody();
        Visitor district = visitors.signedIn("district@demo");
        String form = "/desk/appointments/" + appointment + "/handover";
        district.get(form);
        String address = Visitor.location(district.post(form, typed(coming, today())));
        for (String login : new String[] {"base@demo", "auditor@demo"}) {
            Visitor other = visitors.signedIn(login);
            other.get("/desk/handovers");
            assertThat(other.get(address).statusCode()).as(login).isEqualTo(404);
            assertThat(other.post(address + "/taking", Map.of()).statusCode())
                    .as(login)
                    .isEqualTo(404);
            assertThat(other.get("/desk/handovers").body()).doesNotContain(address);
        }
        district.get(address);
        assertThat(district.post(address + "/taking", Map.of()).statusCode())
                .as(HandoverRefusal.NOT_THE_SUCCESSOR.name())
                .isEqualTo(403);
        // Whoever may not end the appointment may not hand it over.
        Visitor base = visitors.signedIn("base@demo");
        assertThat(base.get(form).statusCode()).isEqualTo(403);
        establish("x" + leaving, "外区人", given.otherDistrict().id());
        UUID elsewhere = appointmentOf("x" + leaving);
        assertThat(district.get("/desk/appointments/" + elsewhere + "/handover").statusCode())
                .as(HandoverRefusal.NO_SUCH_HANDOVER.name())
                .isEqualTo(404);
    }

    @Test
    void whoHasGoneElsewhereReadsTheListAsItWasAndNothingOfToday() {
        jdbc.sql("""
                        insert into access_appointment (id, account_id, role, union_id, valid_from)
                        values (gen_random_uuid(), :account, 'STREET_OFFICER', :union, :today)
                        """)
                .param("account", accountOf(leaving))
                .param("union", given.otherDistrict().id().value())
                .param("today", today())
                .update();
        Visitor district = visitors.signedIn("district@demo");
        String form = "/desk/appointments/" + appointment + "/handover";
        district.get(form);
        String address = Visitor.location(district.post(form, typed(somebody(), today())));
        String nothing = "\"现在还有\"><span class=\"muted\">—</span>";
        assertThat(district.get(address).body()).contains("现在还有").doesNotContain(nothing);
        assertThat(signedIn(leaving).get(address).body()).contains("交接时未办完的工作", nothing);
    }

    @Test
    void somebodyNewGetsALinkThatIsShownOnce() {
        String coming = "n" + UUID.randomUUID().toString().substring(0, 10);
        Visitor district = visitors.signedIn("district@demo");
        String form = "/desk/appointments/" + appointment + "/handover";
        district.get(form);
        HttpResponse<String> answer = district.post(form, typed(coming, today()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("/invitations/");
        String list = district.get("/desk/handovers").body();
        Matcher made = ADDRESS.matcher(list);
        assertThat(made.find()).isTrue();
        assertThat(list).doesNotContain("/invitations/");
        assertThat(district.get(made.group()).body()).doesNotContain("/invitations/");
    }

    @Test
    void theListIsOfTheUnionsOwnPartOfTheTree() {
        assertThat(handovers.openWork(Role.STREET_OFFICER, given.street().id())).anySatisfy(work -> {
            assertThat(work.label()).isEqualTo("joining.open-work");
            assertThat(work.count()).isPositive();
            assertThat(work.oldest()).isPresent();
        });
        assertThat(handovers.openWork(Role.AUDITOR, given.street().id()))
                .as("of what the role does")
                .isEmpty();
    }

    /** Someone who signed in somehow. */
    private Visitor signedIn(String login) {
        Token token = transaction.execute(status -> sessions.begin(new AccountId(accountOf(login)), SignIn.SESSION));
        return visitors.fresh().goOnIn(Objects.requireNonNull(token).text());
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private void establish(String login, String name, UnionId at) {
        accounts.establish(Actor.platform("test"), login, name, password, "JBSWY3DPEHPK3PXP", Role.STREET_OFFICER, at);
    }

    /** Someone on the staff already, elsewhere in the district. */
    private String somebody() {
        String login = "c" + UUID.randomUUID().toString().substring(0, 10);
        accounts.establish(
                Actor.platform("test"),
                login,
                "接任者",
                password,
                "JBSWY3DPEHPK3PXP",
                Role.BASE_OFFICER,
                given.base().id());
        return login;
    }

    private static Map<String, String> typed(String login, LocalDate on) {
        return Map.of("login", login, "name", "接任者", "on", on.toString());
    }

    private UUID appointmentOf(String login) {
        return jdbc.sql("""
                        select appointment.id from access_appointment appointment
                          join access_account account on account.id = account_id
                         where login = :login order by valid_from desc, appointment.id desc limit 1
                        """).param("login", login).query(UUID.class).single();
    }

    private UUID accountOf(String login) {
        return jdbc.sql("select id from access_account where login = :login")
                .param("login", login)
                .query(UUID.class)
                .single();
    }

    private Optional<LocalDate> validTo(UUID id) {
        return jdbc.sql("select valid_to from access_appointment where id = :id")
                .param("id", id)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single();
    }
}

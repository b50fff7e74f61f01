package org.gonghui.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.gonghui.member.IdentityNumber;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.ModelAndView;

/** Every request is in the log, found again by its id; nothing that anybody typed is. */
@CityTest
@ExtendWith(OutputCaptureExtension.class)
class RequestLogTests {

    private static final String IDENTITY =
            IdentityNumber.complete("97123419910219456").text();
    private static final String NAME = "丌官某某";
    private static final String PHONE = "10099776655";
    private static final String PASSWORD = "MySecretPassphrase";

    @Autowired
    private Errors errors;

    @Autowired
    private Visitors visitors;

    @Autowired
    private Given given;

    @Autowired
    private TestTime time;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void whatPeopleTypeIsNotInTheLog(CapturedOutput output) throws Exception {
        Visitor officer = visitors.signedIn("street@demo");
        officer.get("/desk/members/people");
        officer.post("/desk/members/people", Map.of("what", IDENTITY));
        officer.post("/desk/members/people", Map.of("what", PHONE));
        officer.get("/desk/unions?q=%E4%B8%8C%E5%AE%98%E6%9F%90%E6%9F%90");
        officer.get("/desk/members/" + given.street().id() + "?q=%E4%B8%8C%E5%AE%98%E6%9F%90%E6%9F%90");
        officer.get("/desk/members/people/" + IDENTITY);
        officer.get("/nowhere/" + IDENTITY);
        officer.ask("X" + PHONE, "/" + PHONE);

        Visitor worker = visitors.fresh().signInByPhone(PHONE);
        String code = worker.get("/site/development/message?to=" + PHONE).body();
        worker.get("/join/" + IDENTITY);

        Visitor guesser = visitors.fresh();
        guesser.get("/sign-in");
        guesser.post("/sign-in", Map.of("login", PHONE, "password", PASSWORD));

        fail();

        awaitLine(output, "POST /sign-in 401 in ");
        assertThat(output)
                .contains("POST /desk/members/people ", "POST /sign-in/phone/code 302 in ", "GET /desk/unions 200 in ")
                .contains("OTHER none 4")
                .doesNotContain(IDENTITY, NAME, "%E4%B8%8C", PHONE, PASSWORD);
        assertThat(output.getOut()).doesNotContainPattern("(?<!\\d)" + code + "(?!\\d)");
    }

    @Test
    void aFaultIsInTheLogByItsKindsAndPlaceAndWithoutItsWords(CapturedOutput output) throws Exception {
        fail();
        assertThat(output)
                .contains("GET none failed", "DataIntegrityViolationException", "java.sql.SQLException 23505")
                .contains("at org.gonghui.site.RequestLogTests.fail")
                .doesNotContain(IDENTITY);
    }

    @Test
    void theDatabaseDoesNotQuoteWhatWasWritten() {
        UUID twice = UUID.randomUUID();
        String insert = "insert into limit_attempt (id, subject, at) values ('%s', '', now())".formatted(twice);
        jdbc.sql(insert).update();
        assertThatThrownBy(() -> jdbc.sql(insert).update())
                .rootCause()
                .hasMessageContaining("limit_attempt_pkey")
                .hasMessageNotContaining(twice.toString());
    }

    /** The line is written after the answer has gone out. */
    private static void awaitLine(CapturedOutput output, String pattern) throws InterruptedException {
        Pattern line = Pattern.compile(pattern);
        for (int i = 0; i < 100 && !line.matcher(output.getOut()).find(); i++) {
            Thread.sleep(50);
        }
        assertThat(output.getOut()).containsPattern(line);
    }

    private void fail() throws Exception {
        var cause = new SQLException("Key (number)=(" + IDENTITY + ") already exists", "23505");
        errors.anythingElse(
                new DataIntegrityViolationException("insert " + IDENTITY, cause),
                new MockHttpServletRequest("GET", "/" + IDENTITY),
                new MockHttpServletResponse());
    }

    @Test
    void theIdOfARequestStandsInTheAnswerOnThePageAndInTheLog(CapturedOutput output) throws Exception {
        HttpResponse<String> page = visitors.fresh().get("/nowhere");
        String id = page.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(id).matches("[0-9A-HJKMNP-TV-Z]{8}");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains(id);
        awaitLine(output, "INFO +" + id + " .*GET none 404 in \\d+ ms, account none");

        HttpResponse<String> problem = visitors.fresh().get("/api/v1/unions");
        assertThat(problem.body())
                .contains("\"request\":\""
                        + problem.headers().firstValue("X-Request-Id").orElseThrow() + "\"");
    }

    @Test
    void theAccountIsInTheLogAndARefusedFormByItsOwnAddress(CapturedOutput output) throws Exception {
        Visitor officer = visitors.signedIn("street@demo");
        String form = "/desk/unions/" + given.street().id() + "/unions";
        officer.get(form);
        assertThat(officer.post(form, Map.of("key", UUID.randomUUID().toString(), "name", ""))
                        .statusCode())
                .isEqualTo(422);
        awaitLine(output, "POST /desk/unions/\\{id}/unions 422 in \\d+ ms, account [0-9a-f-]{36}");
    }

    @Test
    void aRefusalIsInTheLogByItsReason(CapturedOutput output) throws Exception {
        Visitor guesser = visitors.fresh();
        guesser.get("/sign-in");
        HttpResponse<String> answer = guesser.post("/sign-in", Map.of("login", PHONE, "password", PASSWORD));
        String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        awaitLine(output, id + " .*Refused: access.wrong-password");
        Visitor officer = visitors.signedIn("street@demo");
        String form = "/desk/unions/" + given.street().id() + "/unions";
        officer.get(form);
        String refused = officer.post(form, Map.of("key", UUID.randomUUID().toString(), "name", "<" + NAME))
                .headers()
                .firstValue("X-Request-Id")
                .orElseThrow();
        awaitLine(output, refused + " .*Typed wrongly: .*name odd-character");
        assertThat(output).doesNotContain(PHONE, PASSWORD, NAME);
    }

    @Test
    void aClosedDoorIsInTheLogWithWhoStoodBeforeIt(CapturedOutput output) throws Exception {
        Visitor member = visitors.signedIn("member@demo");
        HttpResponse<String> answer = member.get("/desk/unions");
        assertThat(answer.statusCode()).isEqualTo(403);
        String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        awaitLine(output, id + " .*GET /desk/unions 403 in \\d+ ms, account [0-9a-f-]{36}");
    }

    @Test
    void everyLineSaysItsDayAndItsOffset(CapturedOutput output) throws Exception {
        String id =
                visitors.fresh().get("/").headers().firstValue("X-Request-Id").orElseThrow();
        awaitLine(output, "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INFO +" + id + " ");
    }

    @Test
    void aFaultToldToSomebodyHasNoneOfItsWords() throws Exception {
        for (String address : new String[] {"/api/v1/unions", "/"}) {
            var response = new MockHttpServletResponse();
            var request = new MockHttpServletRequest("GET", address);
            ModelAndView page = errors.anythingElse(
                    new DataIntegrityViolationException("insert " + IDENTITY, new SQLException(IDENTITY, "23505")),
                    request,
                    response);
            if (page != null) {
                Objects.requireNonNull(page.getView()).render(Map.of(), request, response);
            }
            assertThat(response.getStatus()).isEqualTo(500);
            assertThat(response.getContentAsString())
                    .as(address)
                    .isNotEmpty()
                    .doesNotContain(IDENTITY, "Exception", "insert", "org.gonghui", "23505");
        }
    }

    @Test
    void whoTriesTooOftenIsToldTheTimeThatIsLeft() {
        Visitor guesser = visitors.fresh();
        String login = "guessed-" + UUID.randomUUID();
        guesser.get("/sign-in");
        for (int i = 0; i < 5; i++) {
            guesser.post("/sign-in", Map.of("login", login, "password", PASSWORD));
        }
        assertThat(waitOf(guesser, login)).isBetween(14 * 60L, 15 * 60L);
        time.pass(Duration.ofMinutes(10));
        assertThat(waitOf(guesser, login)).isBetween(4 * 60L, 5 * 60L);
    }

    private static long waitOf(Visitor guesser, String login) {
        HttpResponse<String> answer = guesser.post("/sign-in", Map.of("login", login, "password", PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(429);
        long seconds = Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
        assertThat(answer.body()).contains("请过 " + (seconds + 59) / 60 + " 分钟再试");
        return seconds;
    }
}

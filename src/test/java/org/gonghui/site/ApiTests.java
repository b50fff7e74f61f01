package org.gonghui.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as programs meet it: one errand, requests sent twice, and nonsense for every operation of its description. */
@CityTest
class ApiTests {

    private static final String[] NONSENSE = {
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        "{\"code\":{}}",
        "{\"phone\":123,\"identity\":[1]}",
        "{\"reason\":\"\\u0000\"}"
    };

    @Autowired
    private Given given;

    @Autowired
    private JsonMapper json;

    @Autowired
    private Visitors visitors;

    private Visitor program = new Visitor("");
    private String token = "";

    @BeforeEach
    void signIn() {
        program = visitors.fresh();
        token = program.token(Given.freshPhone().text());
    }

    @Test
    void aCourierJoinsByTheApi() {
        String street = given.street().code();
        assertThat(program.get("/api/v1/codes/" + street).body()).contains("\"takesApplications\":true");
        assertThat(program.get("/api/v1/codes/999999").statusCode()).isEqualTo(404);
        assertThat(program.get("/api/v1/employments").body()).contains("food-delivery");
        HttpResponse<String> sent = apply(street, Given.freshIdentity().text(), UUID.randomUUID());
        assertThat(sent.statusCode()).isEqualTo(201);
        assertThat(json.readTree(sent.body()).get("state").asString()).isEqualTo("waiting");
        HttpResponse<String> card = get("/api/v1/me/card");
        assertThat(card.statusCode()).isEqualTo(404);
        assertThat(card.body()).contains("urn:gonghui:refusal.joining.not-a-member");
        assertThat(get("/api/v1/me/application").body()).contains("waiting", "联合工会");
        assertThat(program.program("DELETE", "/api/v1/me/application", "", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(204);
        assertThat(get("/api/v1/me/application").body()).contains("withdrawn");
    }

    @Test
    void whatIsSentTwiceIsDoneOnceAndAnsweredAlike() throws Exception {
        UUID key = UUID.randomUUID();
        String identity = Given.freshIdentity().text();
        List<Callable<HttpResponse<String>>> same = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            same.add(() -> apply(given.street().code(), identity, key));
        }
        String first = "";
        try (ExecutorService hands = Executors.newFixedThreadPool(6)) {
            for (Future<HttpResponse<String>> one : hands.invokeAll(same)) {
                HttpResponse<String> answer = one.get();
                if (answer.statusCode() == 201) {
                    assertThat(first).isIn("", answer.body());
                    first = answer.body();
                } else {
                    assertThat(answer.statusCode()).isEqualTo(409);
                    assertThat(answer.body()).contains("urn:gonghui:refusal.idempotency.still-running");
                }
            }
        }
        assertThat(apply(given.street().code(), identity, key).body()).isEqualTo(first);
        HttpResponse<String> other = apply(given.base().code(), identity, key);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("urn:gonghui:refusal.idempotency.key-used-otherwise");
        HttpResponse<String> without =
                program.program("POST", "/api/v1/applications", "{}", "Authorization", "Bearer " + token);
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(without.body()).contains("urn:gonghui:refusal.idempotency.key-missing", "Idempotency-Key");
    }

    @Test
    void whatWasRefusedIsTriedAgainWithTheSameKey() {
        UUID key = UUID.randomUUID();
        HttpResponse<String> bad = apply(given.street().code(), "123", key);
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body()).contains("\"field\":\"identity\"");
        assertThat(apply(given.street().code(), Given.freshIdentity().text(), key)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void theListIsReadPageAfterPageAndOnlyWithinOnesReach() {
        Visitor officer = visitors.signedIn("street@demo");
        String members = "/api/v1/unions/" + given.street().id() + "/members?sort=NUMBER&limit=3";
        JsonNode first = json.readTree(officer.get(members).body());
        assertThat(first.get("members").size()).isEqualTo(3);
        JsonNode second = json.readTree(
                officer.get(members + "&after=" + first.get("next").asString()).body());
        assertThat(second.get("members").get(0).get("number").asLong())
                .isGreaterThan(first.get("members").get(2).get("number").asLong());
        assertThat(officer.get(members).body()).doesNotContain("identity", "phone");
        assertThat(officer.get(members.replace("limit=3", "limit=-1") + "&after=nonsense&of=x")
                        .statusCode())
                .isEqualTo(200);
        assertThat(officer.get("/api/v1/unions/" + given.otherDistrict().id() + "/members")
                        .statusCode())
                .isEqualTo(404);
        assertThat(program.get(members).statusCode()).isEqualTo(401);
    }

    @Test
    void employersAreListedRecordedAndCounted() {
        Visitor officer = visitors.signedIn("street@demo");
        officer.get("/desk/employers/" + given.street().id() + "/new"); // for the token against forged requests
        String list = "/api/v1/unions/" + given.street().id() + "/employers";
        JsonNode first =
                json.readTree(officer.get(list + "?limit=2&sort=WORKERS").body());
        assertThat(first.get("employers").size()).isEqualTo(2);
        assertThat(first.get("total").asInt()).isGreaterThan(2);
        JsonNode second = json.readTree(officer.get(list + "?limit=2&sort=WORKERS&after="
                        + first.get("next").asString())
                .body());
        assertThat(second.get("employers").get(0).get("workers").asInt())
                .isLessThanOrEqualTo(
                        first.get("employers").get(1).get("workers").asInt());
        assertThat(officer.get("/api/v1/unions/" + given.otherDistrict().id() + "/employers")
                        .statusCode())
                .isEqualTo(404);

        String bearer = officerToken();
        String name = Given.freshEmployer();
        String body = """
                {"name":"%s","code":"%s","trade":"EDUCATION","ownership":"PRIVATE","workers":30,"women":12,"countedOn":"2023-05-01"}
                """.formatted(name, Given.freshCode());
        String key = UUID.randomUUID().toString();
        HttpResponse<String> made = send("POST", list, body, bearer, key);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(send("POST", list, body, bearer, key).body()).isEqualTo(made.body());
        HttpResponse<String> again =
                send("POST", list, body, bearer, UUID.randomUUID().toString());
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("refusal.employer.code-taken");
        String id = json.readTree(made.body()).at("/employer/id").asString();
        HttpResponse<String> counted = send(
                "POST",
                "/api/v1/employers/" + id + "/headcounts",
                "{\"countedOn\":\"2023-08-01\",\"workers\":40,\"byForm\":{\"courier\":5}}",
                bearer,
                UUID.randomUUID().toString());
        assertThat(counted.statusCode()).as(counted.body()).isEqualTo(201);
        JsonNode file = json.readTree(
                send("GET", "/api/v1/employers/" + id, "", bearer, "").body());
        assertThat(file.at("/employer/workers").asInt()).isEqualTo(40);
        assertThat(file.at("/employer/newForm").asInt()).isEqualTo(5);
        assertThat(file.get("headcounts").size()).isEqualTo(2);
        assertThat(send(
                                "POST",
                                list,
                                "{\"workers\":-1}",
                                bearer,
                                UUID.randomUUID().toString())
                        .body())
                .contains("\"field\":\"name\"", "\"field\":\"workers\"");

        HttpResponse<String> begun = send(
                "POST",
                "/api/v1/employers/" + id + "/foundings",
                "",
                bearer,
                UUID.randomUUID().toString());
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        String founding =
                "/api/v1/foundings/" + json.readTree(begun.body()).get("id").asString();
        assertThat(json.readTree(begun.body()).get("missing").toString()).contains("paper.APPLICATION");
        assertThat(send(
                                "POST",
                                founding + "/steps",
                                "{\"stage\":\"PREPARING\"}",
                                bearer,
                                UUID.randomUUID().toString())
                        .body())
                .contains("\"stage\":\"PREPARING\"");
        HttpResponse<String> apply = send(
                "POST",
                founding + "/application",
                """
                {"name":"%s工会","superior":"%s","electedOn":"2023-12-01","officers":[{"position":"CHAIR","name":"林若川"},null]}
                """.formatted(name, given.street().code()),
                bearer,
                UUID.randomUUID().toString());
        assertThat(apply.statusCode()).isEqualTo(409);
        assertThat(apply.body()).contains("refusal.founding.papers-missing");
        String foundings = "/api/v1/unions/" + given.street().id() + "/foundings?of=PREPARING&limit=200";
        assertThat(send("GET", foundings, "", bearer, "").body()).contains(name, "\"total\":");
        assertThat(send("GET", foundings.replace("limit=200", "sort=WORKERS&limit=1"), "", bearer, "")
                        .statusCode())
                .isEqualTo(200);
        // Outside one's part it is not there; without the right nothing is.
        Visitor elsewhere = visitors.signedIn("base@demo");
        assertThat(elsewhere.get(founding).statusCode()).isEqualTo(404);
        assertThat(elsewhere.get("/api/v1/employers/" + id).statusCode()).isEqualTo(404);
        assertThat(get(founding).statusCode()).isEqualTo(403);
        assertThat(program.get("/api/v1/employers/" + id).statusCode()).isEqualTo(401);
    }

    private String officerToken() {
        Visitor officer = visitors.signedIn("street@demo");
        return officer.session();
    }

    private HttpResponse<String> send(String method, String address, String body, String bearer, String key) {
        return key.isEmpty()
                ? program.program(method, address, body, "Authorization", "Bearer " + bearer)
                : program.program(method, address, body, "Authorization", "Bearer " + bearer, "Idempotency-Key", key);
    }

    @Test
    void theDescriptionNamesEveryOperationAndWhoMay() {
        JsonNode api = json.readTree(program.get("/v3/api-docs").body());
        assertThat(api.get("paths").propertyNames())
                .contains(
                        "/api/v1/applications",
                        "/api/v1/sessions",
                        "/api/v1/unions/{id}/applications",
                        "/api/v1/unions/{id}/employers",
                        "/api/v1/foundings/{founding}/application");
        assertThat(api.at("/components/schemas/EmployersBody/properties").propertyNames())
                .contains("total", "employers", "next");
        assertThat(program.get("/v3/api-docs").body()).doesNotContain("\"actor\"", "localhost:8080");
        assertThat(api.at("/paths/~1api~1v1~1unions~1{id}~1applications/get/x-right")
                        .asString())
                .isEqualTo("MEMBER_APPROVE");
    }

    @Test
    void nonsenseIsAnsweredWithAProblemEverywhere() {
        JsonNode paths = json.readTree(program.get("/v3/api-docs").body()).get("paths");
        var random = new Random(20231228);
        for (String path : paths.propertyNames()) {
            for (String method : paths.get(path).propertyNames()) {
                for (String body : NONSENSE) {
                    String address = path.replaceAll(
                            "\\{[a-z]+}",
                            random.nextBoolean()
                                    ? UUID.randomUUID().toString()
                                    : List.of("0", "%20", "x", "-1").get(random.nextInt(4)));
                    HttpResponse<String> answer = program.program(
                            method.toUpperCase(Locale.ROOT),
                            address
                                    + List.of("", "?after=x", "?q=%F0%9F", "?after=")
                                            .get(random.nextInt(4)),
                            body,
                            "Authorization",
                            "Bearer " + token,
                            "Idempotency-Key",
                            UUID.randomUUID().toString());
                    String what = method + " " + address + " " + body + " -> " + answer.body();
                    assertThat(answer.statusCode()).as(what).isLessThan(500);
                    if (answer.statusCode() >= 400) {
                        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                                .as(what)
                                .startsWith("application/problem+json");
                    }
                }
            }
        }
    }

    private HttpResponse<String> apply(String code, String identity, UUID key) {
        return program.program(
                "POST",
                "/api/v1/applications",
                """
                {"code":"%s","name":"林若川","identity":"%s","employment":"courier","employer":"快跑速递"}
                """.formatted(code, identity),
                "Authorization",
                "Bearer " + token,
                "Idempotency-Key",
                key.toString());
    }

    private HttpResponse<String> get(String address) {
        return program.program("GET", address, "", "Authorization", "Bearer " + token);
    }
}

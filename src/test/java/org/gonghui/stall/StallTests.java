package org.gonghui.stall;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.gonghui.joining.JoiningCodes;
import org.gonghui.kernel.Actor;
import org.gonghui.member.Employment;
import org.gonghui.member.Person;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a phone sealed where there was no network arrives once; nobody but the server opens it. */
@CityTest
class StallTests {

    private static final Employment COURIER = new Employment("courier", true);
    private static final Pattern KEY = Pattern.compile("data-key=\"([^\"]+)\"");

    @Autowired
    private Stalls stalls;

    @Autowired
    private JoiningCodes codes;

    @Autowired
    private StallKeyStore keys;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private JsonMapper json;

    private Visitor officer = new Visitor("");
    private Runnable closed = () -> {};
    private String code = "";
    private byte[] key = new byte[0];

    @BeforeEach
    void aStall() {
        Actor street = given.streetOfficer();
        JoiningCodes.Code stall = codes.give(
                street, given.street().id(), "摊位" + UUID.randomUUID().toString().substring(0, 8));
        code = stall.code();
        closed = () -> codes.end(street, stall.id());
        officer = visitors.signedIn("street@demo");
        key = key(visitors.fresh().get("/j/" + code + "/stall"));
        officer.get("/j/" + code); // has a token
    }

    @Test
    void thePagesHoldNothingAboutAnybodyAndAreForEveryone() {
        for (String page : List.of("/stall", "/later")) {
            HttpResponse<String> seen = officer.get("/j/" + code + page);
            assertThat(seen.body())
                    .isEqualTo(visitors.fresh().get("/j/" + code + page).body())
                    .doesNotContain("_csrf", officer.session());
            assertThat(key(seen)).isEqualTo(key);
        }
        assertThat(visitors.fresh()
                        .get("/j/" + given.district().code() + "/stall")
                        .statusCode())
                .as("nobody joins at a district")
                .isEqualTo(StallRefusal.CHOOSE_A_PLACE.status());
        assertThat(visitors.fresh().get("/j/ZZZZZZZ/later").statusCode()).isEqualTo(404);
    }

    @Test
    void whatWasTypedAtTheStallIsSentOnce() {
        Person person = Given.freshPerson(COURIER);
        UUID id = UUID.randomUUID();
        String parcel = parcel(id, typed(person));
        assertThat(results(send(officer, parcel))).containsExactly("WAITS");
        assertThat(results(send(officer, parcel))).containsExactly("WAITS");
        assertThat(results(send(officer, parcel(UUID.randomUUID(), typed(person)))))
                .containsExactly("TWICE");
        assertThat(applications()).isEqualTo(1);
        assertThat(officer.get("/desk/joining/" + given.street().id()).body()).contains(person.name());
    }

    @Test
    void oneThatIsWrongDoesNotHoldUpTheOthers() {
        Person person = Given.freshPerson(COURIER);
        UUID moved = UUID.randomUUID();
        List<String> answers = results(send(
                officer,
                parcel(UUID.randomUUID(), Map.of("name", "某人", "identity", "1", "employment", "courier")),
                parcel(moved, typed(Given.freshPerson(COURIER)))
                        .replace(moved.toString(), UUID.randomUUID().toString()),
                parcel(UUID.randomUUID(), "no json"),
                parcel(UUID.randomUUID(), typed(person))));
        assertThat(answers).containsExactly("FAULTY", "UNREADABLE", "UNREADABLE", "WAITS");
        assertThat(applications()).isEqualTo(1);
    }

    @Test
    void whatIsNoParcelIsRefusedAndChangesNothing() {
        String good = parcel(UUID.randomUUID(), typed(Given.freshPerson(COURIER)));
        List<String> many =
                IntStream.rangeClosed(0, Stalls.AT_ONCE).mapToObj(i -> good).toList();
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"parcels\":[]}",
                "{\"parcels\":[null]}",
                "{\"parcels\":[{}]}",
                "{\"parcels\":[{\"id\":\"x\"}]}",
                "{\"parcels\":[" + good.replaceAll("\"nonce\":\"[^\"]*\"", "\"nonce\":\"***\"") + "]}",
                "{\"parcels\":[" + String.join(",", many) + "]}")) {
            assertThat(officer.scriptJson("/j/" + code + "/stall", body).statusCode())
                    .as(body)
                    .isIn(400, 422);
        }
        for (String odd : List.of("", "AAAA", Base64.getEncoder().encodeToString(new byte[91]))) {
            String body = good.replaceAll("\"key\":\"[^\"]*\"", "\"key\":\"" + odd + "\"");
            assertThat(results(officer.scriptJson("/j/" + code + "/stall", "{\"parcels\":[" + body + "]}")))
                    .containsExactly("UNREADABLE");
        }
        assertThat(applications()).isZero();
    }

    @Test
    void onlyWhoDecidesThereSendsFromTheStall() {
        String parcel = parcel(UUID.randomUUID(), typed(Given.freshPerson(COURIER)));
        Visitor nobody = visitors.fresh();
        nobody.get("/j/" + code);
        assertThat(send(nobody, parcel).statusCode()).isEqualTo(302);
        Visitor worker = visitors.fresh().signInByPhone(Given.freshPhone().text());
        worker.get("/j/" + code);
        assertThat(send(worker, parcel).statusCode()).isEqualTo(403);
        Visitor base = visitors.signedIn("base@demo");
        assertThat(base.get("/j/" + code + "/sending").body()).contains("\"signedIn\":true,\"mayTakeDown\":false");
        base.get("/j/" + code);
        assertThat(send(base, parcel).statusCode()).isEqualTo(404);
        assertThat(officer.get("/j/" + code + "/sending").body()).contains("\"mayTakeDown\":true");
        assertThat(applications()).isZero();
    }

    @Test
    void oneWhoTriesNumbersOutIsStopped() {
        var answers = new ArrayList<String>();
        for (int i = 0; i < Stalls.TAKEN_DOWN.most() / Stalls.AT_ONCE + 1; i++) {
            answers.addAll(results(send(
                    officer,
                    IntStream.range(0, Stalls.AT_ONCE)
                            .mapToObj(n -> parcel(UUID.randomUUID(), Map.of("name", "某人")))
                            .toArray(String[]::new))));
        }
        assertThat(answers).contains("LATER");
        assertThat(answers.indexOf("LATER")).isLessThanOrEqualTo(Stalls.TAKEN_DOWN.most());
        jdbc.sql("delete from limit_attempt").update(); // the others in this city go on
    }

    @Test
    void aWorkersOwnGoesOnceThePhoneIsProved() {
        Person person = Given.freshPerson(COURIER);
        String parcel = parcel(UUID.randomUUID(), typed(person));
        Visitor worker = visitors.fresh();
        worker.get("/j/" + code);
        assertThat(worker.scriptJson("/j/" + code + "/later", parcel).statusCode())
                .isEqualTo(302);
        worker.signInByPhone(Given.freshPhone().text());
        assertThat(worker.get("/j/" + code + "/sending").body()).contains("\"phone\":\"1");
        worker.get("/j/" + code);
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = worker.scriptJson("/j/" + code + "/later", parcel);
            assertThat(answer.body()).contains("WAITS");
        }
        assertThat(applications()).isEqualTo(1);
        String another = parcel(UUID.randomUUID(), typed(Given.freshPerson(COURIER)));
        assertThat(worker.scriptJson("/j/" + code + "/later", another).statusCode())
                .as("one at a time")
                .isEqualTo(409);
        Visitor thief = visitors.fresh().signInByPhone(Given.freshPhone().text());
        thief.get("/j/" + code);
        assertThat(thief.scriptJson("/j/" + code + "/later", parcel).statusCode())
                .as("another's application")
                .isEqualTo(404);
    }

    @Test
    void whatAPhoneKeepsGoesToACodeThatHasEnded() {
        Person atTheStall = Given.freshPerson(COURIER);
        Person byOwnPhone = Given.freshPerson(COURIER);
        String taken = parcel(UUID.randomUUID(), typed(atTheStall));
        String own = parcel(UUID.randomUUID(), typed(byOwnPhone));
        closed.run();
        for (String page : List.of("/stall", "/later")) {
            HttpResponse<String> seen = visitors.fresh().get("/j/" + code + page);
            assertThat(seen.statusCode()).as(page).isEqualTo(200);
            assertThat(seen.body())
                    .as("nothing new is typed; what is there is sent")
                    .contains("已经停用", "id=\"entries\"", "data-code=\"" + code + "\"")
                    .doesNotContain("id=\"typing\"");
        }
        assertThat(officer.get("/j/" + code + "/sending").body()).contains("\"mayTakeDown\":true");
        assertThat(results(send(officer, taken))).containsExactly("WAITS");
        Visitor worker = visitors.fresh().signInByPhone(Given.freshPhone().text());
        worker.get("/me"); // has a token
        assertThat(worker.scriptJson("/j/" + code + "/later", own).body()).contains("WAITS");
        assertThat(applications()).isEqualTo(2);
    }

    @Test
    void whatIsWrongIsToldInWords() {
        String wrong = parcel(UUID.randomUUID(), Map.of("name", "小明😀", "identity", "1", "employment", "courier"));
        JsonNode outcome = json.readTree(send(officer, wrong).body()).get(0);
        assertThat(outcome.get("fields").toString()).isEqualTo("[\"name\",\"identity\"]");
        assertThat(outcome.get("why").asString()).contains("“😀”", "18");
    }

    @Test
    void moreThanAFewPeopleIsNotRead() {
        String much = "{\"parcels\":[\"" + "x".repeat(StallPages.LONGEST_BODY) + "\"]}";
        Visitor worker = visitors.fresh().signInByPhone(Given.freshPhone().text());
        worker.get("/j/" + code);
        for (HttpResponse<String> answer : List.of(
                officer.scriptJson("/j/" + code + "/stall", much), worker.scriptJson("/j/" + code + "/later", much))) {
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("提交的内容太大");
        }
        String parcel = parcel(UUID.randomUUID(), typed(Given.freshPerson(COURIER)));
        for (String field : List.of("key", "nonce", "box")) {
            String tooLong =
                    parcel.replaceAll("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"" + "A".repeat(5000) + "\"");
            assertThat(send(officer, tooLong).statusCode()).as(field).isEqualTo(422);
        }
        assertThat(applications()).isZero();
    }

    @Test
    void theKeyOfACodeIsSealedAndStaysTheSame() {
        JoiningCodes.Scanned scanned = codes.scan(code);
        assertThat(stalls.publicKey(scanned)).isEqualTo(key);
        byte[] own = keys.find(code).orElseThrow().privateKey();
        byte[] stored = jdbc.sql("select private_sealed from stall_key where code = :code")
                .param("code", code)
                .query(byte[].class)
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(own, StandardCharsets.ISO_8859_1));
        assertThat(keys.find(code).orElseThrow()).hasToString("StallKey");
    }

    private static Map<String, String> typed(Person person) {
        return Map.of(
                "name", person.name(),
                "identity", person.identity().text(),
                "employment", person.employment().code());
    }

    private HttpResponse<String> send(Visitor by, String... parcels) {
        return by.scriptJson("/j/" + code + "/stall", "{\"parcels\":[" + String.join(",", parcels) + "]}");
    }

    private List<String> results(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var results = new ArrayList<String>();
        for (JsonNode outcome : json.readTree(answer.body())) {
            results.add(outcome.get("result").asString());
        }
        return results;
    }

    private int applications() {
        return jdbc.sql("select count(*) from joining_application where scanned = :code and state = 'waiting'")
                .param("code", code)
                .query(Integer.class)
                .single();
    }

    private static byte[] key(HttpResponse<String> page) {
        Matcher found = KEY.matcher(page.body());
        assertThat(found.find()).isTrue();
        return Base64.getDecoder().decode(found.group(1).replace("&#43;", "+"));
    }

    /** As stall.js seals it. */
    private String parcel(UUID id, Object typed) {
        try {
            byte[] about = ("gonghui stall " + code + " " + id).getBytes(StandardCharsets.UTF_8);
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair own = pairs.generateKeyPair();
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(own.getPrivate());
            agreement.doPhase(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key)), true);
            var secret = new SecretKeySpec(agreement.generateSecret(), "Generic");
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = new byte[12];
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    KDF.getInstance("HKDF-SHA256")
                            .deriveKey(
                                    "AES",
                                    HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(about, 32)),
                    new GCMParameterSpec(128, nonce));
            cipher.updateAAD(about);
            byte[] box = cipher.doFinal(json.writeValueAsBytes(typed));
            Base64.Encoder base64 = Base64.getEncoder();
            return json.writeValueAsString(Map.of(
                    "id", id,
                    "key", base64.encodeToString(own.getPublic().getEncoded()),
                    "nonce", base64.encodeToString(nonce),
                    "box", base64.encodeToString(box)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

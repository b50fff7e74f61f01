package org.gonghui.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.gonghui.layout.LocalAddress;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What no honest browser sends: answered clearly, never with a 5xx, and nothing of it is written into the log. */
@CityTest
@ExtendWith(OutputCaptureExtension.class)
class BadRequestsTests {

    private static @Nullable Visitor officer;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @LocalServerPort
    private int port;

    @Test
    void parametersThatNobodyCanReadAreRefusedAndNotLogged(CapturedOutput output) throws Exception {
        for (String body : new String[] {
            "login=x&password=MySecretPassword%C3%28", "password=MySecretPassword%FF", "password=MySecretPassword%zz"
        }) {
            for (String page : new String[] {"/sign-in", "/invitations/MySecretToken", "/set-up/MySecretToken"}) {
                assertThat(send(page, body)).as("%s %s", page, body).isBetween(400, 499);
            }
        }
        for (String query : new String[] {"%FF", "%ED%A0%80", "%C0%AF", "%0A03:00%20INFO%20forged%FF"}) {
            assertThat(send("/sign-in?to=" + query, null)).as(query).isBetween(400, 499);
        }
        assertThat(send("/sign-in", "x=1&".repeat(2_000))).isBetween(400, 499);
        assertThat(send("/sign-in", "x=" + "y".repeat(300_000))).isBetween(400, 499);
        assertThat(output).doesNotContain("MySecret", "forged");
    }

    @Test
    void fieldsThatAreNoFieldsAreNotRead() {
        Visitor visitor = signedIn();
        String page = "/desk/unions/" + given.street().id() + "/names";
        visitor.get(page);
        assertThat(visitor.post(page, Map.of("name[x]", "1", "name.y", "2")).statusCode())
                .isBetween(400, 499);
    }

    @Test
    void aFieldThatIsSentTwiceIsRefusedWhereverItStands() {
        Visitor visitor = signedIn();
        String page = "/desk/unions/" + given.street().id() + "/names";
        visitor.get(page);
        assertThat(visitor.raw(page, "name=A&name=B").statusCode()).isEqualTo(400);
        assertThat(visitor.raw(page + "?name=A", "name=B").statusCode()).isEqualTo(400);
        assertThat(visitor.get("/desk/unions?q=a&q=b").statusCode()).isEqualTo(400);
        assertThat(visitor.raw(page, "name=A&shownAt=/desk&shownAt=/desk/unions")
                        .statusCode())
                .isEqualTo(400);
        // Of what is a list there may be several, and what was refused is shown again all the same.
        assertThat(visitor.raw("/desk/tokens", "rights=UNION_READ&rights=FIGURE_READ")
                        .statusCode())
                .isEqualTo(422);
        assertThat(visitor.get("/desk/unions?q=a").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/desk/members?columns=PHONE&columns=ENDED").statusCode())
                .as("led on as it came")
                .isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%",
                "/%zz",
                "/..",
                "/;x",
                "/a\\b",
                "//evil.example/",
                "/desk/unions?q=%zz",
                "/site/ready",
                "\u0000"
            })
    void aRefusedFormIsShownAtAPageOfTheDeskOnly(String shownAt) {
        Visitor visitor = signedIn();
        visitor.get("/sign-in/code");
        var answer = visitor.post(
                "/desk/unions/" + given.street().id() + "/bodies",
                Map.of("key", "00000000-0000-7000-8000-000000000000", "shownAt", shownAt));
        assertThat(answer.statusCode()).as(shownAt).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/{x}",
                "/\n/evil",
                "//evil.example/",
                "/\t/evil.example",
                "/.//evil.example",
                "/\\evil.example",
                "https://evil.example/"
            })
    void nobodyIsLedElsewhere(String address) {
        assertThat(LocalAddress.is(address)).isFalse();
        var visitor = new Visitor("http://localhost:" + port);
        visitor.get("/sign-in");
        var answer = visitor.post("/site/preferences", Map.of("language", "en", "back", address));
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(Visitor.location(answer)).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/desk",
                "/desk/unions?at=0&q=%E4%B8%9C",
                "/desk/overview/00401ad3-e000-7158-b08c-97f76a4394b2?year=2023"
            })
    void addressesOfOurOwnAreTaken(String address) {
        assertThat(LocalAddress.is(address)).isTrue();
    }

    @Test
    void onlyABearerTokenStandsForTheFormsToken() throws Exception {
        for (String header : new String[] {"Basic eDp5", "Bearer"}) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sign-in"))
                    .header("Authorization", header)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("login=x&password=y"))
                    .build();
            assertThat(status(request)).as(header).isEqualTo(403);
        }
    }

    /** One sign-in for all: codes of the second factor come only so often. */
    private Visitor signedIn() {
        if (officer == null) {
            officer = visitors.signedIn("city@demo");
        }
        return officer;
    }

    /** Sends bytes as they stand, with a form's token so that the security chain lets them through. */
    private int send(String page, @Nullable String body) throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:" + port + page.replace("%zz", "%25zz"));
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (body == null) {
            return status(request.GET().build());
        }
        var visitor = new Visitor("http://localhost:" + port);
        visitor.get("/sign-in");
        return visitor.raw(page, body).statusCode();
    }

    private static int status(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}

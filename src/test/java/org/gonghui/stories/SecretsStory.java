package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.gonghui.member.IdentityNumber;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.Test;

/** Whoever gets hold of the city's files, database, log and all, finds nobody's identity number and nobody's phone. */
class SecretsStory {

    private static final String PHONE = "10099887766";
    private static final String IDENTITY =
            IdentityNumber.complete("97123419920229456").text();
    private static final String DRAFT_PHONE = "10099887755";
    private static final String DRAFT_IDENTITY =
            IdentityNumber.complete("97123419880229457").text();
    private static final String TYPED_WRONG = "971234199202294560";
    private static final String NAME = "planted-name-to-be-found";

    @Test
    void whatIsSealedIsNowhereInTheOpen() {
        Platform city = Platform.small();
        try (city) {
            String street = street(city);
            Visitor member = begin(city, street, PHONE, IDENTITY);
            member.get("/join/work");
            member.post("/join/work", Map.of("employment", "courier", "employer", NAME));
            member.get("/join/check");
            member.post("/join/check", Map.of());
            Visitor officer = city.visitor("street@demo");
            String queue = Visitor.location(officer.get("/desk/joining"));
            String page = officer.get(queue).body();
            String application = page.replaceAll("(?s).*name=\"application\" value=\"([0-9a-f-]{36})\".*", "$1");
            String union = queue.substring(queue.lastIndexOf('/') + 1);
            assertThat(officer.post("/desk/joining/applications", Map.of("at", union, "application", application))
                            .statusCode())
                    .isEqualTo(302);
            assertThat(member.get("/me").body()).contains("member-card");

            Visitor draft = begin(city, street, DRAFT_PHONE, DRAFT_IDENTITY);
            draft.post("/join/" + street + "/who", Map.of("name", "错", "identity", TYPED_WRONG));
        }
        assertThat(city.filesThatContain(NAME))
                .as("what is not sealed is found")
                .isNotEmpty();
        for (String secret : List.of(PHONE, IDENTITY, DRAFT_PHONE, DRAFT_IDENTITY, TYPED_WRONG)) {
            assertThat(city.filesThatContain(secret)).as(secret).isEmpty();
            assertThat(city.filesThatContain(secret.substring(3))).as(secret).isEmpty();
        }
    }

    private static Visitor begin(Platform city, String street, String phone, String identity) {
        Visitor someone = new Visitor(city.address()).signInByPhone(phone);
        String who = "/join/" + street + "/who";
        someone.get(who);
        assertThat(someone.post(who, Map.of("name", "林若川", "identity", identity))
                        .statusCode())
                .isEqualTo(302);
        return someone;
    }

    /** The code of the street whose officer signs in as street@demo. */
    private static String street(Platform city) {
        Visitor officer = city.visitor("street@demo");
        String queue = Visitor.location(officer.get("/desk/joining"));
        return officer.get(queue + "/poster").body().replaceAll("(?s).*/j/([0-9]+)<.*", "$1");
    }
}

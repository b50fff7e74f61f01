package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A city of the first release, opened with today's platform: what was there is there, is right, and goes on. */
class UpgradeStory {

    private static final Path RELEASES = Path.of("src", "test", "resources", "releases");

    /** A base union that an officer founded by hand, then. */
    private static final String FOUNDED = "018cadf1-3f8a-7afb-8e9d-d6d1e4491e0c";

    private static final DatabaseAlone DATABASE = new DatabaseAlone();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void aCityOfTheFirstReleaseGoesOn() throws IOException {
        DATABASE.command(
                "org.gonghui.database.Restore",
                "--gonghui.data=" + DATABASE.folder().resolve("data"),
                "--gonghui.backup.file=" + RELEASES.resolve("first.backup").toAbsolutePath(),
                "--gonghui.command.new-city=true");
        Path key = DATABASE.folder().resolve("city.key");
        Files.copy(RELEASES.resolve("first.keyring"), key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        long entries = DATABASE.count("select count(*) from audit_entry");
        try (Platform city = Platform.node(DATABASE, 0)) {
            Visitor officer =
                    new Visitor(city.address()).signIn("city@demo"); // with the password and the secret of then
            String overview = Visitor.location(officer.get("/desk/overview"));
            String id = overview.replaceAll(".*/([0-9a-f-]{36}).*", "$1");
            assertThat(members(officer, overview)).isEqualTo("2,000");
            assertThat(officer.get(overview + "?year=2022").statusCode()).isEqualTo(200);
            assertThat(officer.get("/desk/members/" + id).body()).contains("2,000");
            assertThat(officer.get("/desk/unions/" + FOUNDED).body()).contains("第一版基层工会", "2023-12-20");
            assertThat(officer.get("/desk/unions?q=dybjcgh").body()).contains("第一版基层工会");

            officer.get(Visitor.location(officer.get("/desk/figures")));
            assertThat(officer.post("/desk/figures/recounts", Map.of()).statusCode())
                    .isEqualTo(302);
            assertThat(DATABASE.count("select count(*) from measure_recount where differences = 0"))
                    .isPositive();
            assertThat(DATABASE.count("select count(*) from measure_recount where differences > 0"))
                    .isZero();

            // A person's file of then opens, its sealed number too, and is looked for by it.
            String person = first(officer.get("/desk/members/" + id).body(), "/desk/members/people/([0-9a-f-]{36})");
            assertThat(officer.get("/desk/members/people/" + person).statusCode())
                    .isEqualTo(200);

            // What came later works: a way in that did not exist, the chain over what was written before there was one.
            assertThat(officer.get("/me/sign-in").body()).contains("city@demo");
            String said = DATABASE.command(
                    "org.gonghui.audit.AuditVerify",
                    "--gonghui.data=" + DATABASE.folder().resolve("data"));
            assertThat(said).contains(" 0 findings");
            assertThat(DATABASE.count("select count(*) from audit_link")).isGreaterThanOrEqualTo(entries);
        }
    }

    private static String members(Visitor officer, String overview) {
        return first(officer.get(overview).body(), JoiningStory.VALUE.pattern());
    }

    private static String first(String page, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(page);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }
}

package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.stories.Person.Screen;
import org.junit.jupiter.api.Test;

/** A new city: the link from the log, a password, an authenticator app, and the first district is founded. */
class EmptyCityStory {

    private static final Pattern LINK = Pattern.compile("(/set-up/\\S+)");

    @Test
    void theFirstAdministratorSetsTheCityUp() throws Exception {
        try (Platform city = Platform.empty();
                var administrator = new Person(city, Screen.DESK, "zh")) {
            Matcher matcher = LINK.matcher(city.log());
            assertThat(matcher.find()).isTrue();
            String link = matcher.group(1);
            Page page = administrator.go(link).page;
            administrator.look("set-up");
            String secret = page.locator(".secret").first().textContent().replaceAll("\\s", "");
            var phone = new Authenticator(secret);
            page.locator("input[name=city]").fill("示范市总工会");
            page.locator("input[name=foundedOn]").fill("1950-05-01");
            page.locator("input[name=login]").fill("admin");
            page.locator("input[name=name]").fill("方知远");
            page.locator("input[name=password]").fill("correct horse battery");
            page.locator("input[name=again]").fill("correct horse battery");
            page.locator("input[name=code]").fill(phone.code());
            page.locator("main form button[type=submit]").last().click();
            page.waitForURL("**/sign-in");

            page.locator("input[name=login]").fill("admin");
            page.locator("input[name=password]").fill("correct horse battery");
            page.locator("main form button[type=submit]").last().click();
            page.waitForURL("**/sign-in/code**");
            page.locator("input[name=code]").fill(phone.code()); // each counts once
            page.locator("main form button[type=submit]").last().click();
            page.waitForURL("**/desk/unions**");
            assertThat(administrator.main()).contains("示范市总工会");
            administrator.look("empty-city");

            // The link worked once.
            assertThat(administrator.go(link).page.locator("input[name=city]").count())
                    .isZero();
            // Nothing of the demonstration is open in a real city.
            for (String closed : new String[] {"/site/development", "/site/development/password", "/site/kit"}) {
                assertThat(page.navigate(city.address() + closed).status()).isEqualTo(404);
            }
            assertThat(city.log()).doesNotContain(secret);
        }
    }
}

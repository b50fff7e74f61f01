package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.UUID;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What goes wrong every day: two clicks for one, the back button, a second tab, no script, large type, an old link. */
@ResourceLock(value = Platform.DEMONSTRATION, mode = ResourceAccessMode.READ)
class TroubleStory {

    private static final String PASSWORD = "a sentence that is easy to keep";

    private final Platform city = Platform.demonstration();

    @Test
    void aUnionIsFoundedOnceHoweverOftenItsFormIsSent() {
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            Page page = officer.signedIn("street@demo").page;
            String form = foundingForm(page);
            String twice = name();
            officer.go(form);
            fill(page, twice);
            page.locator("main form button[type=submit]").last().dblclick();
            page.waitForURL(address -> address.matches(".*/desk/unions/[0-9a-f-]{36}$"));
            assertThat(count(officer, twice)).isEqualTo(1);

            officer.go(form);
            String back = name();
            fill(page, back);
            page.locator("main form button[type=submit]").last().click();
            page.waitForURL(address -> address.matches(".*/desk/unions/[0-9a-f-]{36}$"));
            page.goBack();
            fill(page, back);
            page.locator("main form button[type=submit]").last().click();
            page.waitForLoadState();
            assertThat(count(officer, back)).as("after the back button").isEqualTo(1);

            // Two tabs with the same form: the second one is told, and what was typed there stays.
            Page other = page.context().newPage();
            String tabs = name();
            for (Page tab : new Page[] {page, other}) {
                tab.navigate(city.address() + form);
                fill(tab, tabs);
            }
            page.locator("main form button[type=submit]").last().click();
            page.waitForURL(address -> address.matches(".*/desk/unions/[0-9a-f-]{36}$"));
            other.locator("main form button[type=submit]").last().click();
            other.locator(".refusal").waitFor();
            assertThat(other.locator("input[name=name]").inputValue()).isEqualTo(tabs);
            assertThat(count(officer, tabs)).as("after a second tab").isEqualTo(1);
        }
    }

    @Test
    void withoutScriptTheErrandIsDoneAllTheSame() {
        try (var officer = Person.withoutScript(city)) {
            Page page = officer.signedIn("street@demo").page;
            officer.go("/desk/unions?q=zgc");
            assertThat(officer.main()).contains("中关村街道");
            String name = name();
            officer.go(foundingForm(page));
            fill(page, name);
            page.locator("main form button[type=submit]").last().click();
            page.waitForURL(address -> address.matches(".*/desk/unions/[0-9a-f-]{36}$"));
            assertThat(officer.main()).contains(name);
            officer.go("/desk/overview");
            assertThat(officer.main()).contains(name);
        }
    }

    @Test
    void largeTypeFitsThePhone() {
        try (var officer = new Person(city, Screen.PHONE, "zh")) {
            officer.signedIn("district@demo").go("/desk/overview");
            officer.page
                    .locator("form:has([name=type]) button[value=large]")
                    .first()
                    .evaluate("button => button.form.requestSubmit(button)");
            officer.page.waitForSelector("html.large-type");
            for (String address : new String[] {"/desk/overview", "/desk/figures", "/desk/joining", "/desk/unions"}) {
                officer.go(address).look("large" + address.replace('/', '-'));
            }
        }
    }

    @Test
    void anInvitationOpensOnce() throws Exception {
        String login = "t" + UUID.randomUUID().toString().substring(0, 8);
        try (var officer = new Person(city, Screen.DESK, "zh");
                var invited = new Person(city, Screen.PHONE, "zh")) {
            officer.signedIn("district@demo").go("/desk/appointments/new");
            officer.page.locator("input[name=login]").fill(login);
            officer.page.locator("input[name=name]").fill("林知夏");
            officer.page.locator("select[name=role]").selectOption("BASE_OFFICER");
            officer.page.locator("main form button[type=submit]").last().click();
            String link = officer.page.locator("#link").inputValue();
            officer.look("invited");

            invited.page.navigate(link);
            invited.look("invitation");
            invited.page.locator("input[name=password]").fill(PASSWORD);
            invited.page.locator("input[name=again]").fill(PASSWORD + "!");
            invited.page.locator("input[name=code]").fill("000000");
            invited.page.locator("main form button[type=submit]").last().click();
            invited.page.locator(".refusal").waitFor();
            invited.look("invitation-refused");
            var phone = new Authenticator(invited.page.locator(".secret").textContent());
            invited.page.locator("input[name=password]").fill(PASSWORD);
            invited.page.locator("input[name=again]").fill(PASSWORD);
            invited.page.locator("input[name=code]").fill(phone.code());
            invited.page.locator("main form button[type=submit]").last().click();
            invited.page.waitForURL("**/sign-in");

            assertThat(new Visitor(city.address())
                            .get(link.substring(city.address().length()))
                            .statusCode())
                    .isEqualTo(410);
            invited.page.locator("input[name=login]").fill(login);
            invited.page.locator("input[name=password]").fill(PASSWORD);
            invited.page.locator("main form button[type=submit]").last().click();
            invited.page.waitForURL("**/sign-in/code**");
            invited.page.locator("input[name=code]").fill(phone.code());
            invited.page.locator("main form button[type=submit]").last().click();
            invited.page.waitForURL("**/desk/**");
            assertThat(invited.main()).contains("海淀");
        }
    }

    private String foundingForm(Page page) {
        page.navigate(city.address() + "/desk/overview");
        return "/desk/unions/" + page.url().replaceAll(".*/([0-9a-f-]{36}).*", "$1") + "/unions";
    }

    private static void fill(Page page, String name) {
        page.locator("input[name=name]").fill(name);
        page.locator("select[name=kind]").selectOption("BASE_UNION");
    }

    private static int count(Person officer, String name) {
        officer.go("/desk/unions?q=" + name);
        return officer.page
                .locator("main tbody tr")
                .filter(new Locator.FilterOptions().setHasText(name))
                .count();
    }

    private static String name() {
        return "晨" + UUID.randomUUID().toString().substring(0, 8) + "工会";
    }
}

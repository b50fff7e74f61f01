package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.UUID;
import org.gonghui.stories.Person.Look;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A street writes to its people, who read it; someone chooses how else to be told. */
@ResourceLock(value = Platform.DEMONSTRATION, mode = ResourceAccessMode.READ)
class NoticesStory {

    private static final String BELL = ".bell-count";

    private final Platform city = Platform.demonstration();

    static List<String> languages() {
        return Look.languages();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aStreetWritesAndItsPeopleRead(String language) {
        String title = "高温天气户外作业和配送安全提醒：请各单位把防暑物品发到每一位职工手中 "
                + UUID.randomUUID().toString().substring(0, 4);
        try (var street = new Person(city, Screen.DESK, language);
                var base = new Person(city, Screen.PHONE, language)) {
            street.signedIn("street@demo").go("/desk/circulars");
            Locator send = street.page
                    .locator("form[action*=circulars] button[type=submit]")
                    .first();
            street.look("circulars");
            street.page.locator("input[name=title]").fill(title);
            send.click();
            street.page.locator(".refusal").waitFor();
            assertThat(street.page.locator("input[name=title]").inputValue()).isEqualTo(title);
            street.look("circulars-refused");
            street.page.locator("textarea[name=text]").fill("气温超过 35 ℃ 时停止露天作业。\n\n联系人：街道总工会，每天 9:00 到 17:00。");
            send.click();
            Locator sent = street.page.locator(".inbox-item").filter(new Locator.FilterOptions().setHasText(title));
            sent.waitFor();
            street.look("circulars-sent");

            base.signedIn("base@demo").go("/desk");
            base.page.locator(BELL).waitFor();
            base.page.locator(".bell").click();
            base.page.waitForURL("**/desk/notices");
            assertThat(base.main()).contains(title, "每天 9:00 到 17:00");
            base.look("notices-desk");
            base.go("/desk/notices");
            assertThat(base.page.locator(BELL).count()).isZero();

            sent.locator("button").click();
            street.page
                    .locator(".inbox-item")
                    .filter(new Locator.FilterOptions().setHasText(title))
                    .locator("button")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
            assertThat(base.go("/desk/notices").main()).doesNotContain(title);
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void someoneChoosesHowToBeTold(String language) {
        String phone = Given.freshPhone().text();
        String address = "a-rather-long-name.of-a-courier+" + phone + "@mail.example.org";
        Visitor session = new Visitor(city.address()).signInByPhone(phone);
        try (var person = new Person(city, Screen.PHONE, language)) {
            person.signedIn(session).go("/me/notices").look("notices-none");
            Page page = person.page;
            page.locator("a[href='/me/notices/settings']").click();
            page.waitForURL("**/settings");
            person.look("notices-settings");
            page.locator("input[name=email]").fill("nobody@nowhere");
            page.locator("form[action$='/email'] button").click();
            page.locator(".fault").waitFor();
            person.look("notices-settings-refused");
            page.locator("input[name=email]").fill(address);
            page.locator("form[action$='/email'] button").click();
            page.locator("input[name=code]").fill("000");
            page.locator("form[action$='/code'] button").click();
            page.locator(".refusal").waitFor();
            String text = new Visitor(city.address())
                    .get("/site/development/message?to=" + address.replace("+", "%2B"))
                    .body();
            page.locator("input[name=code]").fill(text.replaceAll("[^0-9]*([0-9]{6}).*", "$1"));
            page.locator("form[action$='/code'] button").click();
            page.locator(".chip-good").waitFor();
            person.look("notices-settings-proved");
            page.locator("select[name=byPhone]").selectOption("NONE");
            page.locator("form[action$='/settings'] button").click();
            page.waitForURL("**/me/notices");
            person.go("/me/notices/settings");
            assertThat(page.locator("select[name=byPhone]").inputValue()).isEqualTo("NONE");
        }
    }
}

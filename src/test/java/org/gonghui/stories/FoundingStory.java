package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.UUID;
import org.gonghui.stories.Person.Screen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A district officer finds a street by the initials of its pinyin and founds a union below it. */
@ResourceLock(value = Platform.DEMONSTRATION, mode = ResourceAccessMode.READ)
class FoundingStory {

    private final Platform city = Platform.demonstration();

    @Test
    void aUnionIsFoundedAndIsThere() {
        String name = "澄光" + UUID.randomUUID().toString().substring(0, 6) + "科技有限公司工会";
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            Page page = officer.signedIn("district@demo").go("/desk/unions").page;

            page.keyboard().press("/");
            page.keyboard().type("zgcjdzgh");
            page.keyboard().press("Enter");
            page.waitForURL("**/desk/unions?**q=zgcjdzgh**");
            assertThat(officer.main()).contains("中关村街道总工会");
            officer.look("unions-search");
            page.locator("main tbody tr")
                    .filter(new Locator.FilterOptions().setHasText("中关村街道总工会"))
                    .first()
                    .locator("td a")
                    .last()
                    .click();
            page.waitForURL(address -> address.matches(".*/desk/unions/[0-9a-f-]{36}.*"));
            String street = page.url().replaceAll(".*/desk/unions/([0-9a-f-]{36}).*", "$1");
            int before = below(page);
            officer.look("union-file");

            officer.go("/desk/unions/" + street + "/unions");
            officer.look("founding");
            // Refused first: what was typed is still there, and the fault stands at its field.
            page.locator("input[name=name]").fill("   ");
            page.locator("input[name=shortName]").fill("澄光");
            page.locator("main form button[type=submit]").last().click();
            assertThat(page.locator("input[name=shortName]").inputValue()).isEqualTo("澄光");
            assertThat(page.locator("input[name=name]").getAttribute("aria-invalid"))
                    .isEqualTo("true");
            officer.look("founding-refused");

            page.locator("input[name=name]").fill("　" + name + " ");
            page.locator("select[name=kind]").selectOption("BASE_UNION");
            page.locator("main form button[type=submit]").last().click();
            page.waitForURL(address -> address.matches(".*/desk/unions/[0-9a-f-]{36}$"));
            assertThat(officer.main()).contains(name);

            officer.go("/desk/unions?at=" + street);
            assertThat(officer.main()).contains(name);
            assertThat(below(page)).isEqualTo(before + 1);
            officer.go("/desk/overview/" + street);
            assertThat(officer.main()).contains(name);
            officer.look("overview-street");
        }
    }

    /** How many unions stand below, as the scope at the top says. */
    private static int below(Page page) {
        return Integer.parseInt(page.locator(".scope")
                .first()
                .innerText()
                .replaceAll("(?s).*?([\\d,]+)\\s*个.*", "$1")
                .replace(",", ""));
    }
}

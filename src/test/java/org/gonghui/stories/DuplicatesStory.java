package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import org.gonghui.stories.Person.Look;
import org.gonghui.stories.Person.Screen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A district's officer finds two records of one person, compares them, merges them, and undoes it. */
@ResourceLock(Platform.DEMONSTRATION)
class DuplicatesStory {

    private static final List<Look> LOOKS = List.of(new Look(Screen.DESK, "zh"), new Look(Screen.PHONE, "en"));

    private final Platform city = Platform.demonstration();

    @Test
    void onePersonOnce() {
        for (Look look : LOOKS) {
            try (var officer = new Person(city, look.screen(), look.language())) {
                officer.signedIn("district@demo").go("/desk/duplicates");
                officer.page.locator("a[href*='/pairs/']").first().waitFor();
                officer.look("duplicates");
                int open = officer.page.locator("a[href*='/pairs/']").count();
                officer.page.locator("a[href*='/pairs/']").first().click();
                officer.page.waitForURL("**/pairs/**");
                officer.look("duplicate-beside");
                officer.page.locator("#merge button[type=submit]").click();
                officer.page.locator(".fault").first().waitFor();
                officer.look("duplicate-what-stays");
                for (String field : List.of("survivor", "name", "phone", "goesOn")) {
                    Locator choices = officer.page.locator("input[type=radio][name=" + field + "]");
                    if (choices.count() > 0) {
                        choices.first().check();
                    }
                }
                officer.page.locator("details:has(form[action$=looks]) summary").click();
                officer.page.locator("[name=purpose]").selectOption("VERIFY");
                officer.look("duplicate-looking");
                officer.page.locator("#merge button[type=submit]").click();
                officer.page.waitForURL("**/merges/**");
                assertThat(officer.main()).contains(officer.says("duplicate.done.undo"));
                officer.look("duplicate-merged");
                String merge = officer.page.url();
                officer.page.locator("a[href*='/people/']").first().click();
                officer.page.waitForURL("**/people/**");
                assertThat(officer.main()).contains(officer.says("member.merges"));
                officer.look("duplicate-file");
                officer.page.navigate(merge);
                officer.page.locator("form[action$=undoing] button").click();
                officer.page.locator("[role=status]").first().waitFor();
                officer.look("duplicate-undone");
                officer.go("/desk/duplicates");
                assertThat(officer.page.locator("a[href*='/pairs/']").count()).isEqualTo(open - 1);
                for (String of : List.of("ELSEWHERE", "DISMISSED", "MERGED")) {
                    officer.page.locator("a[href$='of=" + of + "']").click();
                    officer.page.waitForURL("**of=" + of);
                    officer.look("duplicates-" + of);
                }
                officer.page.goBack();
                officer.page.locator("a[href*='/pairs/']").first().click();
                officer.page.waitForURL("**/pairs/**");
                officer.look("duplicate-two-people");
            }
        }
    }
}

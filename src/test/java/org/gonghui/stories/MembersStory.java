package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import org.gonghui.member.Employment;
import org.gonghui.stories.Person.Look;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A street's officer goes about the members: a transfer each way, someone at the counter, a name put right. */
@ResourceLock(Platform.DEMONSTRATION)
class MembersStory {

    private final Platform city = Platform.demonstration();

    static List<String> languages() {
        return Look.languages();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aTransferEachWay(String language) {
        try (var officer = new Person(city, Screen.DESK, language)) {
            String elsewhere = officer.says("joining.alike.SAME_IDENTITY.elsewhere");
            officer.signedIn("street@demo").go("/desk/joining");
            Locator applicant = officer.page
                    .locator(".applicant")
                    .filter(new Locator.FilterOptions().setHasText(elsewhere))
                    .first();
            applicant.locator("form[action$=applications] button").first().click();
            officer.page.waitForURL("**asked=1**");
            officer.look("transfer-asked");

            officer.go("/desk/transfers").look("transfers");
            officer.page.locator("form[action$=agreement] button").first().click();
            officer.page.locator(".chip-good").waitFor();
            assertThat(officer.main())
                    .contains(officer.says("transfer.state.AGREED"), officer.says("transfer.another-union"));
            officer.look("transfer-agreed");
            officer.page.locator("form[action$=undoing] button").first().click();
            officer.page.locator("form[action$=agreement]").waitFor();
            officer.page.locator("form[action$=withdrawal] button").first().click();
            officer.page.locator(".chip").first().waitFor();
            officer.go("/desk/joining");
            assertThat(officer.main()).contains(elsewhere);
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void whomTheCounterTookInWronglyIsSentOutAgain(String language) {
        org.gonghui.member.Person person = Given.freshPerson(new Employment("courier", true));
        try (var officer = new Person(city, Screen.DESK, language)) {
            takeIn(officer, person);
            officer.page.waitForURL("**/desk/members/people/*");
            assertThat(officer.main()).contains(person.name());
            takeIn(officer, person);
            officer.page.waitForURL("**/desk/members/people/*already*");
            assertThat(officer.main()).contains(officer.says("member.already"));
            officer.look("entry-already");
            officer.go("/desk/joining").look("joining-entered");
            officer.page
                    .locator(".applicant", new Page.LocatorOptions().setHasText(person.name()))
                    .locator("form[action$=undoing] button")
                    .click();
            officer.page
                    .locator(".applicant", new Page.LocatorOptions().setHasText(person.name()))
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        }
    }

    private static void takeIn(Person officer, org.gonghui.member.Person person) {
        officer.signedIn("street@demo").go("/desk/joining");
        officer.page.locator("a[href$='/people']").first().click();
        officer.page.locator("[name=name]").fill(person.name());
        officer.page.locator("[name=identity]").fill(person.identity().text());
        officer.page.locator("[name=employment]").selectOption("courier");
        officer.page.locator("[name=union]").selectOption(new SelectOption().setIndex(1));
        officer.page.locator("main form button[type=submit]").last().click();
    }

    @Test
    void everyPageAboutMembers() {
        for (Look look : Look.every()) {
            try (var officer = new Person(city, look.screen(), look.language())) {
                officer.signedIn("street@demo").go("/desk/members").look("members");
                officer.go("/desk/members?of=member.gone&name=zhang&columns=PHONE&columns=ENDED");
                assertThat(officer.page.locator("thead th").count()).isEqualTo(3);
                officer.look("members-gone");
                officer.go("/desk/members?name=nobody-of-this-name").look("members-none");
                assertThat(officer.page.locator("tbody tr").count()).isZero();
                officer.go("/desk/members/people").look("members-find");
                officer.go("/desk/transfers").look("transfers");
                officer.go("/desk/joining").look("joining");
                officer.page.locator("a[href$='/people']").first().click();
                officer.page.waitForURL("**/people");
                officer.page.locator("main form button[type=submit]").last().click();
                officer.page.locator(".fault").first().waitFor();
                officer.look("entry-refused");
                officer.go("/desk/members");
                officer.page.locator("tbody a").first().click();
                officer.page.waitForURL("**/people/**");
                for (String act : List.of("correction", "looks")) {
                    officer.page
                            .locator("details:has(form[action$=" + act + "]) summary")
                            .click();
                }
                officer.look("member-file");
                officer.page.locator("a[href*=memberships]").click();
                officer.page.waitForURL("**/memberships/**");
                officer.page.locator("[name=code]").fill("100001");
                officer.page.locator("main form button").click();
                officer.page.locator(".fault").waitFor();
                officer.look("transfer-giving");
            }
        }
    }
}

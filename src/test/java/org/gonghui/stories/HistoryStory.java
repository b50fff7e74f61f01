package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.regex.Pattern;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The city reorganises: a street goes to another district, two unions merge, and last year's figures stay. */
@ResourceLock(Platform.DEMONSTRATION)
class HistoryStory {

    private static final Pattern CHILD = Pattern.compile(
            "\"id\":\"([0-9a-f-]{36})\",\"code\":\"(\\d+)\",\"kind\":\"([A-Z_]+)\",\"name\":\"([^\"]+)\"");

    private record Union(String id, String code, String kind, String name) {}

    private final Platform city = Platform.demonstration();
    private final Visitor officer = city.visitor("city@demo");

    @Test
    void lastYearStaysWhatItWas() {
        Union from = named(below(top()), "密云区总工会");
        Union to = named(below(top()), "延庆区总工会");
        Union street = below(from).stream()
                .filter(union -> union.kind().matches("(STREET|TOWN)_FEDERATION"))
                .findFirst()
                .orElseThrow();
        List<Union> bases = below(street).stream()
                .filter(union -> union.kind().equals("BASE_UNION"))
                .toList();
        try (var person = new Person(city, Screen.DESK, "zh")) {
            person.signedIn("city@demo");
            String before = total(person, from, "?year=2022");
            String beforeThere = total(person, to, "?year=2022");

            Page page = person.go("/desk/unions/" + bases.get(0).id()).page;
            page.locator("a[href$='/reorganisations']").click();
            page.locator("main form button[type=submit]").last().click();
            page.locator(".fault").first().waitFor();
            person.look("reorganising-refused");
            order(page, "MERGE", bases.get(1).code(), "");
            page.waitForURL("**/desk/unions/" + bases.get(0).id());
            assertThat(person.main()).contains("已撤销", bases.get(1).name());
            person.look("union-dissolved");

            person.go("/desk/unions/" + street.id() + "/reorganisations");
            order(page, "MOVE", to.code(), "2024-01-01");
            page.waitForURL("**/desk/unions/" + street.id());
            assertThat(person.main()).contains("待生效", to.name());
            person.look("union-planned");
            page.locator("details:has(form[action$=cancellation]) summary").click();
            page.locator("form[action$=cancellation] button").click();
            page.locator("form[action$=cancellation]")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));

            person.go("/desk/unions/" + street.id() + "/reorganisations");
            order(page, "MOVE", to.code(), "");
            page.waitForURL("**/desk/unions/" + street.id());
            assertThat(person.main()).contains(to.name());
            person.look("union-moved");

            assertThat(total(person, from, "?year=2022")).isEqualTo(before);
            assertThat(total(person, to, "?year=2022")).isEqualTo(beforeThere);
            page.locator(".tree-day summary").click();
            person.look("overview-of-a-closed-year");
            assertThat(total(person, from, "?year=2022&tree=today")).isNotEqualTo(before);
            person.look("overview-on-todays-tree");
            assertThat(officer.get("/desk/overview/" + bases.get(0).id() + "?year=2022")
                            .statusCode())
                    .as("it was there then")
                    .isEqualTo(200);
            assertThat(officer.get("/desk/overview/" + bases.get(0).id()).statusCode())
                    .isEqualTo(404);
            person.go("/desk/members/" + street.id() + "?period=2022").look("members-on-a-tree");
        }
        try (var person = new Person(city, Screen.PHONE, "en")) {
            person.signedIn("city@demo").go("/desk/unions/" + bases.get(2).id() + "/reorganisations");
            person.look("reorganising");
            person.go("/desk/overview/" + to.id() + "?year=2022");
            person.page.locator(".tree-day summary").click();
            person.look("overview-of-a-closed-year");
            person.go("/desk/unions/" + street.id()).look("union-moved");
        }
    }

    private static void order(Page page, String kind, String code, String from) {
        page.locator("[name=kind]").selectOption(kind);
        page.locator("main [name=code]").fill(code);
        if (!from.isEmpty()) {
            page.locator("main [name=from]").fill(from);
        }
        page.locator("main form button[type=submit]").last().click();
    }

    private static String total(Person person, Union union, String query) {
        person.go("/desk/overview/" + union.id() + query);
        return person.page.locator(".figure-cards .value").first().innerText();
    }

    private Union top() {
        return unions(officer.get("/api/v1/unions").body()).getFirst();
    }

    private List<Union> below(Union union) {
        return unions(officer.get("/api/v1/unions/" + union.id() + "/children").body());
    }

    private static Union named(List<Union> unions, String name) {
        return unions.stream()
                .filter(union -> union.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Union> unions(String json) {
        return CHILD.matcher(json)
                .results()
                .map(found -> new Union(found.group(1), found.group(2), found.group(3), found.group(4)))
                .toList();
    }
}

package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gonghui.stories.Person.Look;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Each page looked at: a phone in Chinese and an office screen in English, axe and the content policy on both. */
@ResourceLock(value = Platform.DEMONSTRATION, mode = ResourceAccessMode.READ)
class EveryPageStory {

    private final Platform city = Platform.demonstration();

    @Test
    void everyPageOfThePortal() {
        for (Look look : Look.every()) {
            try (var visitor = new Person(city, look.screen(), look.language())) {
                for (String address : List.of(
                        "/",
                        "/j/100001",
                        "/meetings",
                        "/meetings?district=no-such-district",
                        "/sign-in/phone",
                        "/sign-in",
                        "/sign-in/code",
                        "/site/development",
                        "/site/kit",
                        "/no-such-page")) {
                    visitor.go(address).look("portal" + address.replace('/', '-'));
                }
            }
        }
    }

    @Test
    void everyPageOfTheDesk() {
        Visitor officer = city.visitor("city@demo");
        String cityPage = Visitor.location(officer.get("/desk/overview"));
        String id = cityPage.substring(cityPage.lastIndexOf('/') + 1);
        String accountPage = officer.get("/desk/appointments")
                .body()
                .replaceAll("(?s).*?(/desk/appointments/[0-9a-f-]+/account).*", "$1");
        List<String> addresses = List.of(
                cityPage,
                cityPage + "?year=2022",
                cityPage + "?card=member.joined-new-form&sort=JOINED",
                "/desk/wall/" + id,
                "/desk/figures/" + id,
                "/desk/figures/" + id + "/comparison?of=member.joined-new-form&period=2023-03&level=STREETS",
                "/desk/figures/" + id + "/comparison?period=2022",
                "/desk/unions",
                "/desk/unions?q=nothing-like-this",
                "/desk/unions/" + id,
                "/desk/unions/" + id + "/unions",
                "/desk/unions/" + id + "/names",
                "/desk/unions/" + id + "/imports",
                "/desk/enrolments/" + id,
                "/desk/employers/" + id,
                "/desk/employers/" + id + "?organised=WITHOUT&size=LARGE&q=nothing-like-this",
                "/desk/employers/" + id + "/new",
                "/desk/canvasses/" + id,
                "/desk/foundings/" + id,
                "/desk/foundings/" + id + "/list?of=REJECTED",
                "/desk/foundings/" + id + "/list?of=founding.joint&period=2023-03",
                "/desk/outreach/" + id,
                "/desk/outreach/" + id + "/list?of=outreach.enterprise&period=2023",
                "/desk/outreach/" + id + "/list?period=2022",
                "/desk/outreach/" + id + "/proposals",
                "/desk/outreach/" + id + "/days",
                "/desk/groupings/" + id,
                "/desk/groupings/" + id + "/making",
                "/desk/appointments",
                "/desk/why?union=" + id,
                "/desk/appointments/new",
                "/desk/tokens",
                "/desk/handovers",
                "/me/sign-in",
                "/me/sign-in/password",
                "/me/sign-in/factor",
                "/me/sign-in/confirmation?to=/desk/tokens",
                accountPage,
                "/desk/circulars/" + id,
                "/desk/notices",
                "/desk/members/" + id + "/export?period=2023");
        for (Look look : Look.every()) {
            try (var person = new Person(city, look.screen(), look.language())) {
                person.signedIn("city@demo");
                for (int i = 0; i < addresses.size(); i++) {
                    person.go(addresses.get(i));
                    assertThat(person.main()).isNotBlank();
                    person.look("desk-" + i);
                }
            }
        }
    }

    @Test
    void everyPageOfWhoSignsInByPhone() {
        Visitor member = new Visitor(city.address()).signInByPhone("10017654321");
        for (Look look : Look.every()) {
            try (var person = new Person(city, look.screen(), look.language())) {
                person.signedIn(member);
                for (String address : List.of(
                        "/me/sign-in",
                        "/me/phone",
                        "/me/phone/confirmation?to=/me/phone",
                        "/me/phone/confirmation?to=/me/phone&sent=yes")) {
                    person.go(address);
                    assertThat(person.main()).isNotBlank();
                    person.look(address.replaceAll("[^a-z]+", "-").replaceFirst("-", ""));
                }
            }
        }
    }

    @Test
    void everyPageOfAnAuditor() {
        Visitor auditor = city.visitor("auditor@demo");
        String trail = Visitor.location(auditor.get("/desk/trail"));
        String overview = trail.replace("/trail/", "/overview/");
        for (Look look : Look.every()) {
            try (var person = new Person(city, look.screen(), look.language())) {
                person.signedIn("auditor@demo");
                person.go(trail).look("auditor-trail");
                person.go(trail + "?from=2021-01-01&to=2021-01-02").look("auditor-trail-nothing");
                person.go("/desk/messages").look("auditor-messages");
                person.go(overview).look("auditor-overview");
                assertThat(person.main()).contains(person.says("figure.hidden"));
            }
        }
    }

    @Test
    void languageAndLargeTypeAreKept() {
        try (var visitor = new Person(city, Screen.PHONE, "zh")) {
            visitor.go("/");
            visitor.page
                    .locator(
                            "form[action='/site/preferences'] [name=type][value=large], form:has([name=type][value=large]) button")
                    .first()
                    .click();
            visitor.page.waitForSelector("html.large-type");
            visitor.go("/sign-in");
            assertThat(visitor.page.locator("html.large-type").count()).isEqualTo(1);
            visitor.look("portal-large-type");
        }
    }
}

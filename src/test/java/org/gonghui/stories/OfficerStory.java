package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A district officer opens the desk: the year stands there to the last member. A street officer sees the street only. */
@ResourceLock(value = Platform.DEMONSTRATION, mode = ResourceAccessMode.READ)
class OfficerStory {

    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*");

    private final Platform city = Platform.demonstration();

    @Test
    void theDistrictsYearStandsOnItsFirstPage() {
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            officer.signIn("district@demo").go("/desk");
            assertThat(officer.main()).contains("173,400", "23,600", "6,084", "20,834", "1,723");
            officer.look("overview-district");
            officer.page.locator("main a[href*='card=member.new-form']").first().click();
            officer.page.waitForFunction("() => document.querySelector('.definition').innerText.includes('new_form')");
            assertThat(officer.page.locator(".definition").innerText()).contains("20,834");
        }
    }

    @Test
    void everyNumberOpensItsPeople() {
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            officer.signedIn("city@demo").go("/desk/overview");
            String overview = officer.page.url();
            for (String number : List.of(".bars-wide a", ".district b a", ".bridge dd a", ".below-table td a")) {
                officer.page.navigate(overview);
                Locator opens = officer.page.locator(number).first();
                Matcher shown = NUMBER.matcher(opens.textContent());
                assertThat(shown.find()).as(number).isTrue();
                opens.click();
                officer.page.waitForURL(address -> address.contains("/desk/members/"));
                assertThat(officer.page.locator(".page-head").innerText())
                        .as(number)
                        .contains(shown.group());
            }
        }
    }

    /** How many new-form workers joined in March, in which streets, who are they, and how was it a year ago? */
    @Test
    void theQuestionOfTheDistrictIsAnsweredInFourSteps() {
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            officer.signedIn("district@demo").go("/desk/overview");
            Page page = officer.page;
            page.locator(".page-tools a[href*=comparison]").click();
            page.locator("[name=of]").selectOption("member.joined-new-form");
            page.locator("[name=period]").selectOption("2023-03");
            page.locator(".filters button").click();
            page.waitForURL("**period=2023-03**");
            assertThat(officer.main()).contains("2023 年 3 月", "2022 年 3 月", "中关村街道总工会");
            officer.look("question-where");
            String march = page.locator(".bridge dd").first().innerText();
            long streets = page.locator(".below-table tbody td:nth-child(3)").allInnerTexts().stream()
                    .mapToLong(count -> Long.parseLong(count.replace(",", "")))
                    .sum();
            assertThat(streets).isEqualTo(Long.parseLong(march.replace(",", "")));

            Locator first = page.locator(".below-table tbody td:nth-child(3) a").first();
            String count = first.innerText();
            first.click();
            page.waitForURL("**/desk/members/**period=2023-03**");
            assertThat(page.locator(".page-head").innerText()).contains(count);
            officer.look("question-who");
        }
    }

    /** The same from the overview: a figure, the bar of March, its people; from there to the streets and the year before. */
    @Test
    void theListOfAMonthLeadsToItsStreetsAndTheYearBefore() {
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            officer.signedIn("district@demo").go("/desk/overview");
            Page page = officer.page;
            page.locator("#look-member-joined-new-form").click();
            page.locator(".bars-wide a[href*='of=member.joined-new-form&period=2023-03']")
                    .click();
            page.waitForURL("**/desk/members/**period=2023-03**");
            String march = page.locator(".page-head b").innerText();
            page.locator(".page-head a[href$='#both-years']").click();
            page.waitForURL("**/comparison**period=2023-03**");
            assertThat(page.locator(".bridge dd").first().innerText()).isEqualTo(march);
            assertThat(officer.main()).contains("2022 年 3 月", "甘家口街道");
        }
    }

    /** The same on a phone: what is chosen comes into view, and the streets stand before the definition. */
    @Test
    void onAPhoneAChosenFigureComesIntoViewAndStreetsStandFirst() {
        try (var officer = new Person(city, Screen.PHONE, "zh")) {
            officer.signedIn("district@demo").go("/desk/overview");
            Page page = officer.page;
            page.locator("#look-member-joined-new-form").click();
            page.waitForFunction("() => document.querySelector('#chosen').innerText.includes('新发展新就业形态会员')"
                    + " && document.querySelector('#chosen').getBoundingClientRect().top < innerHeight / 4"
                    + " && document.querySelector('#chosen').getBoundingClientRect().top >= 0");
            assertThat(page.locator("#chosen").innerText()).contains("6,084");
            assertThat(page.locator(".below-table thead th:visible").allInnerTexts())
                    .hasSize(4)
                    .contains("新发展新就业形态会员");
            officer.look("overview-chosen");

            page.locator("#chosen a[href*=comparison]").click();
            page.waitForURL("**/comparison**");
            page.locator("[name=period]").selectOption("2023-03");
            page.locator(".filters button").click();
            page.waitForURL("**period=2023-03**");
            assertThat(page.locator(".below-table").boundingBox().y)
                    .isLessThan(page.locator(".definition").boundingBox().y);
            officer.look("question-where-phone");
            page.locator(".bridge dd a").first().click();
            page.waitForURL("**/desk/members/**");
            assertThat(page.locator("h1").innerText()).contains("新发展新就业形态会员", "2023 年 3 月");
            officer.look("question-who-phone");
            page.locator(".page-head a[href*=comparison]").first().click();
            page.waitForURL("**/comparison**period=2023-03**");
        }
    }

    /** What cannot be shown is said on the page, with what was typed; a day is chosen without unfolding anything. */
    @Test
    void aDayOrYearThatIsNoneIsSaidOnThePage() {
        try (var officer = new Person(city, Screen.DESK, "zh")) {
            officer.signedIn("district@demo").go("/desk/unions");
            assertThat(officer.page.locator("input[name=on]").isVisible()).isTrue();
            officer.look("unions-day");
            officer.go("/desk/unions?on=BAD");
            assertThat(officer.page.locator("input[name=on]").inputValue()).isEqualTo("BAD");
            officer.look("unions-bad-day");
            officer.go("/desk/overview?year=2023");
            officer.page.navigate(officer.page.url() + "?year=1850");
            assertThat(officer.main()).contains("“1850”");
            officer.look("overview-bad-year");
            officer.page.navigate(officer.page
                    .url()
                    .replace("/overview/", "/figures/")
                    .replace("?year=1850", "/comparison?period=2023-13"));
            assertThat(officer.main()).contains("“2023-13”");
            officer.look("comparison-bad-period");
        }
    }

    @Test
    void aStreetOfficerMeetsNothingOutsideTheStreet() {
        Visitor district = city.visitor("district@demo");
        Visitor street = city.visitor("street@demo");
        String districtPage = Visitor.location(district.get("/desk/overview"));
        String streetPage = Visitor.location(street.get("/desk/overview"));
        String districtId = districtPage.substring(districtPage.lastIndexOf('/') + 1);
        String streetId = streetPage.substring(streetPage.lastIndexOf('/') + 1);
        assertThat(districtId).isNotEqualTo(streetId);
        assertThat(street.get(streetPage).statusCode()).isEqualTo(200);
        for (String address : new String[] {
            "/desk/overview/" + districtId,
            "/desk/unions/" + districtId,
            "/desk/unions?at=" + districtId,
            "/desk/unions/picker?at=" + districtId,
            "/desk/unions/" + districtId + "/unions",
            "/desk/unions/" + districtId + "/names",
            "/api/v1/unions/" + districtId,
            "/api/v1/unions/" + districtId + "/children",
            "/api/v1/unions/" + districtId + "/above"
        }) {
            assertThat(street.get(address).statusCode()).as(address).isEqualTo(404);
            assertThat(district.get(address).statusCode()).as(address).isEqualTo(200);
        }
        String found = street.get("/api/v1/unions?q=zgh").body();
        assertThat(found).contains("中关村街道总工会").doesNotContain("海淀区总工会", "北京市总工会", "朝阳");
        assertThat(street.get("/desk/unions?q=chaoyang").body()).doesNotContain("朝阳区总工会");
    }

    @Test
    void someoneWithoutASessionIsSentToSignInAndComesBack() {
        try (var officer = new Person(city, Screen.PHONE, "zh")) {
            officer.go("/desk/unions");
            assertThat(officer.page.url()).contains("/sign-in?to=%2Fdesk%2Funions");
        }
    }
}

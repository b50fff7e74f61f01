package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gonghui.member.IdentityNumber;
import org.gonghui.stories.Person.Look;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A courier scans a poster and joins on a phone, an officer approves, three levels of figures grow by one. */
@ResourceLock(Platform.DEMONSTRATION)
class JoiningStory {

    private static final String LONG_NAME = "古丽巴哈尔·阿卜杜热合曼·𠮷买买提";

    /** A figure on a card of the overview. */
    static final Pattern VALUE = Pattern.compile("class=\"value\">(?:<a[^>]*>)?([\\d,]+)");

    private final Platform city = Platform.demonstration();

    static List<String> languages() {
        return Look.languages();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void fromThePosterToTheCitysFigure(String language) {
        String phone = "1001" + digits(7);
        String identity = IdentityNumber.complete("97" + digits(4) + "19910412" + digits(3))
                .text();
        String station = language.equals("en") ? "Couriers' rest stop, Dongqiao" : "东桥快递小哥服务驿站";
        try (var officer = new Person(city, Screen.DESK, language);
                var worker = new Person(city, Screen.PHONE, language)) {
            officer.signedIn("street@demo").go("/desk/joining");
            officer.look("joining-queue");
            officer.page.locator("a[href$=codes]").click();
            officer.page.waitForURL("**/codes");
            String codes = officer.page.url().substring(city.address().length());
            officer.look("joining-codes-before");
            officer.page.locator("main input[name=label]").fill(station);
            officer.page.locator("main form button.btn-primary").click();
            officer.page.waitForURL("**/poster");
            officer.look("joining-poster");
            String poster = officer.page.locator(".poster-address").innerText().replaceAll("^https?://[^/]+", "");

            Visitor[] officers = Stream.of("street@demo", "district@demo", "city@demo")
                    .map(city::visitor)
                    .toArray(Visitor[]::new);
            long[] before = totals(officers);
            Page page = worker.go(poster).page;
            worker.look("joining-place");
            page.locator("main a.btn-primary").click();
            signInByPhone(worker, phone);
            page.waitForURL("**/who");
            worker.look("joining-who");

            // Weak network: the form stays with everything in it, and goes when the network is back.
            page.locator("input[name=name]").fill(LONG_NAME);
            page.locator("input[name=identity]").fill("97000019910431123X");
            page.context().setOffline(true);
            page.locator("main form[data-keep] button").click();
            page.locator("#away").waitFor(new Locator.WaitForOptions().setTimeout(12_000));
            assertThat(page.locator("input[name=name]").inputValue()).isEqualTo(LONG_NAME);
            page.context().setOffline(false);
            page.locator("main form[data-keep] button").click();
            page.locator("#field-identity-fault").waitFor(); // the thirty-first of April
            assertThat(page.locator("input[name=name]").inputValue()).isEqualTo(LONG_NAME);
            worker.look("joining-who-refused");

            page.locator("input[name=identity]").fill(" " + identity.toLowerCase(Locale.ROOT) + " ");
            page.locator("main form[data-keep] button").click();
            page.waitForURL("**/join/work");
            worker.look("joining-work");
            page.locator("input[value=courier]").check();
            page.locator("input[name=employer]").fill("快跑速递中关村站");
            page.locator("main form[data-keep] button").click();
            page.waitForURL("**/join/check");
            assertThat(worker.main()).contains(identity, phone, LONG_NAME, "联合工会");
            worker.look("joining-check");
            page.locator("main form button").dblclick();
            page.waitForURL("**/me");
            worker.look("joining-me-waiting");
            page.goBack();
            page.waitForURL("**/me"); // what has been sent is not shown as a form again

            theAnswersToAStrangerAre("the same as to anybody", poster, identity, phone);

            officer.go("/desk/joining");
            Locator applicant = officer.page
                    .locator(".applicant")
                    .filter(new Locator.FilterOptions().setHasText(LONG_NAME))
                    .filter(new Locator.FilterOptions().setHasText("****" + phone.substring(7)));
            assertThat(applicant.innerText()).contains(LONG_NAME).doesNotContain(identity, phone);
            officer.look("joining-queue-one");
            applicant.locator("details.pop > summary").click();
            applicant.locator("details.pop form button").click();
            officer.page.locator("details[open] #field-reason-fault").waitFor(); // no refusal without a reason
            officer.look("joining-refusal-without-reason");
            applicant.locator("button").first().click();
            officer.page.waitForURL("**approved=1**");
            officer.look("joining-approved");

            assertThat(totals(officers)).containsExactly(before[0] + 1, before[1] + 1, before[2] + 1);
            officer.go(codes).look("joining-codes");
            assertThat(officer.main()).contains(station);
            officer.page.goBack();
            worker.go("/me");
            assertThat(worker.main()).contains(LONG_NAME, "联合工会");
            assertThat(page.locator(".member-card .qr").count()).isEqualTo(1);
            worker.look("joining-card");

            // A press of the wrong button is no misfortune: it is undone, and done again.
            officer.page
                    .locator(".applicant form[action$=undoing] button")
                    .first()
                    .click();
            officer.page.waitForURL(address -> !address.contains("approved="));
            assertThat(totals(officers)).containsExactly(before);
        }
    }

    /** Somebody else, with this identity number or nothing at all, finds out nothing. */
    private void theAnswersToAStrangerAre(String same, String poster, String identity, String phone) {
        var nobody = new Visitor(city.address());
        for (String address : new String[] {"/me", "/m/" + UUID.randomUUID(), "/desk/joining", "/join/check"}) {
            assertThat(nobody.get(address).statusCode()).as(address).isIn(302, 404);
        }
        Visitor stranger = new Visitor(city.address()).signInByPhone("1001" + digits(7));
        String who = poster.replace("/j/", "/join/") + "/who";
        stranger.get(who);
        HttpResponse<String> known = stranger.post(who, Map.of("name", "别人", "identity", identity));
        HttpResponse<String> unknown = stranger.post(
                who,
                Map.of(
                        "name",
                        "别人",
                        "identity",
                        IdentityNumber.complete("97" + digits(4) + "19910412" + digits(3))
                                .text()));
        assertThat(known.statusCode() + Visitor.location(known))
                .as(same)
                .isEqualTo(unknown.statusCode() + Visitor.location(unknown));
        assertThat(stranger.get("/me").body()).doesNotContain(LONG_NAME, phone);
    }

    private void signInByPhone(Person worker, String phone) {
        Page page = worker.page;
        page.waitForURL("**/sign-in/phone**");
        worker.look("phone-number");
        page.locator("input[name=phone]").fill(phone);
        page.locator("main form button").first().click();
        page.waitForURL("**/sign-in/phone/code**");
        worker.look("phone-code");
        page.locator("input[name=code]").fill("12345");
        page.locator("main form button").first().click();
        page.locator(".refusal").waitFor();
        worker.look("phone-code-refused");
        page.locator("input[name=code]")
                .fill(new Visitor(city.address())
                        .get("/site/development/message?to=" + phone)
                        .body());
        page.locator("main form button").first().click();
    }

    private static long[] totals(Visitor[] officers) {
        return Stream.of(officers).mapToLong(JoiningStory::total).toArray();
    }

    /** The members that an officer's overview says. */
    private static long total(Visitor officer) {
        String page =
                officer.get(Visitor.location(officer.get("/desk/overview"))).body();
        Matcher value = VALUE.matcher(page);
        assertThat(value.find()).isTrue();
        return Long.parseLong(value.group(1).replace(",", ""));
    }

    private static String digits(int count) {
        String random = Long.toString(UUID.randomUUID().getMostSignificantBits() & Long.MAX_VALUE);
        return "0".repeat(20).concat(random).substring(20 + random.length() - count);
    }
}

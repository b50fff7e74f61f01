package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.gonghui.member.IdentityNumber;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A street's social worker plans a worker meeting and prints its poster; twenty-one people scan, four of them without a network
 * or twice, one belongs to another union; all are approved on one screen, and three levels of figures move.
 */
class StallStory {

    private static final int BY_OWN_PHONE = 12;
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(40_000);

    private static final String LIES_FOR_NO_CODE = """
            () => new Promise(resolve => {
              const asked = indexedDB.open('gonghui-stall');
              asked.onsuccess = () => {
                const change = asked.result.transaction('entry', 'readwrite');
                change.objectStore('entry').put({ id: crypto.randomUUID(), code: 'ZZZZZZZ', kind: 'stall', name: 'Nobody',
                  at: 1, result: 'WAITING', parcel: { key: 'AA==', nonce: 'AA==', box: 'AA==' } });
                change.oncomplete = resolve;
              };
            })""";

    private static final String BATCHES_FAIL = """
            () => {
              const fetch = window.fetch;
              window.fetch = (address, how) => how && how.method === 'POST' && JSON.parse(how.body).parcels.length > 1
                ? Promise.resolve(new Response('{"type":"urn:gonghui:status"}', { status: 409 }))
                : fetch(address, how);
            }""";

    private static final String KEEPER = """
            async status => {
              const heard = {};
              const self = { addEventListener: (what, how) => { heard[what] = how; }, location: window.location, clients: {} };
              const caches = { match: async () => 'kept' };
              const fetch = async () => new Response('', { status });
              KEEPER;
              return new Promise(resolve => heard.fetch({
                request: { method: 'GET', mode: 'navigate', url: self.location.origin + '/j/1101/stall' },
                waitUntil: later => later.catch(() => 0),
                respondWith: answer => answer.then(page => resolve(page.status || page))
              }));
            }""";

    private final Platform city = Platform.small();
    private final String surname = "摊" + (char) ('一' + (int) (Math.random() * 2000));
    private int people;

    /** Somebody at the stall. */
    private record Scanned(String name, String identity) {}

    @AfterEach
    void theCityCloses() {
        city.close();
    }

    @Test
    void twentyOneScanAndThreeLevelsOfFiguresMove() {
        Visitor[] officers = Stream.of("street@demo", "district@demo", "city@demo")
                .map(city::visitor)
                .toArray(Visitor[]::new);
        try (var officer = new Person(city, Screen.DESK, "zh");
                var worker = new Person(city, Screen.PHONE, "zh");
                var stall = new Person(city, Screen.PHONE, "en")) {
            String code = planned(officer);
            String meeting =
                    officer.page.url().substring(city.address().length()).replace("/poster", "");
            Scanned elsewhere = memberOfAnotherStreet();
            long[] before = totals(officers);
            long[] meetingsBefore = meetings(officers);

            // Two phones have the page and lose the network.
            Page own = worker.go("/j/" + code).page;
            own.waitForSelector("html[data-kept]");
            Page staff = stall.signedIn("street@demo").go("/j/" + code + "/stall").page;
            Stream.of(own, staff)
                    .forEach(phone -> phone.emulateMedia( // a finger does not hit what still moves
                            new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE)));
            staff.waitForSelector("html[data-kept]");
            stall.look("stall-empty");
            own.context().setOffline(true);
            staff.context().setOffline(true);

            Scanned offline = someone();
            own.reload(); // the code scanned again, without a network: the form that was kept
            own.locator("#typing button[type=submit]").click();
            assertThat(own.locator("#typing .fault").count()).isEqualTo(3);
            worker.look("later-refused");
            nonsenseIsToldOnThePhone(own);
            fill(own, offline);
            own.locator("#typing button[type=submit]").click();
            own.locator("#saved:not([hidden])").waitFor();
            worker.look("later-saved");
            nothingReadableLiesOn(own, offline);

            var atTheStall = new ArrayList<Scanned>();
            for (int i = 0; i < 3; i++) {
                atTheStall.add(someone());
                takeDown(staff, atTheStall.getLast());
            }
            takeDown(staff, elsewhere);
            takeDown(staff, atTheStall.getFirst()); // typed twice, at a loss who was there already
            assertThat(staff.locator("[data-waiting]").innerText()).isEqualTo("5");
            stall.look("stall-offline");
            staff.reload(); // the phone was put away: everything is still there
            staff.locator("#entries li").nth(4).waitFor();
            nothingReadableLiesOn(staff, atTheStall.getFirst());

            // Meanwhile twelve others scan with phones that work; one sends twice, one was typed at the stall too.
            var scanning = new ArrayList<Scanned>();
            for (int i = 0; i < BY_OWN_PHONE; i++) {
                Scanned each = i == 0 ? atTheStall.getLast() : someone();
                scanning.add(each);
                apply(code, each, i == 1);
            }

            // The network is back: everything goes, once, and what is there already is told.
            staff.context().setOffline(false);
            staff.locator("#send").click();
            waitFor(staff, "[data-waiting]", "0");
            assertThat(results(staff))
                    .containsExactlyInAnyOrder("WAITS", "WAITS", "TWICE", "TWICE", "WAITS_MEMBER_ELSEWHERE");
            stall.look("stall-sent");
            for (int i = 0; i < 5; i++) {
                atTheStall.add(someone());
                takeDown(staff, atTheStall.getLast());
                waitFor(staff, "[data-waiting]", "0");
            }
            own.context().setOffline(false);
            own.reload(); // the place again: it leads to what waits on this phone
            own.locator("[data-unsent]:not([hidden]) a").click();
            own.waitForURL("**/later");
            own.locator("#held [data-go]:not([hidden])").waitFor();
            worker.look("later-prove");
            own.locator("#held [data-go]").click();
            proveThePhone(own);
            own.waitForURL("**/later");
            sendAsShown(own, worker, "later-as");
            PlaywrightAssertions.assertThat(own.locator("#entries")).containsText("等待审批", PATIENTLY);
            worker.look("later-sent");
            own.reload();
            assertThat(results(own)).containsExactly("WAITS");

            // All on one screen.
            officer.go("/desk/joining");
            List<Scanned> all = Stream.of(List.of(offline, elsewhere), atTheStall, scanning.subList(1, BY_OWN_PHONE))
                    .flatMap(List::stream)
                    .toList();
            assertThat(all).hasSize(21);
            Locator ours = officer.page
                    .locator(".applicant:has(input[name=application])")
                    .filter(new Locator.FilterOptions().setHasText(surname));
            assertThat(ours.count()).as("each once").isEqualTo(21);
            for (Locator box : ours.locator("input[type=checkbox]").all()) {
                box.check();
            }
            officer.look("stall-queue");
            officer.page.locator("button[data-count=application]").click();
            officer.page.waitForURL("**approved=20&asked=1&left=0**");
            officer.look("stall-approved");

            assertThat(totals(officers)).containsExactly(before[0] + 20, before[1] + 20, before[2] + 20);
            officer.go(meeting);
            assertThat(officer.page.locator("#brought .chip-good").count()).isEqualTo(20);
            officer.page.fill("[name=people]", "三十");
            officer.page.locator("#held form button").click();
            officer.page.waitForSelector("#field-people-fault");
            officer.page.fill("[name=people]", "36");
            officer.page.fill("[name=cost]", "200.00");
            officer.page.locator("#held form button").click();
            officer.page.waitForSelector("#outcome");
            assertThat(officer.page.locator("#outcome").innerText()).contains("36", "21", "20", "200.00", "10.00");
            officer.page.locator("#questions details.adds > summary").click();
            officer.page.fill("[name=asked]", "站点没有地方热饭，能不能放一台微波炉？");
            officer.page.locator("#questions form button").click();
            officer.page.locator("form[action$='/closing'] button").click();
            officer.page.waitForSelector("main .refusal");
            assertThat(officer.main()).contains("还有 1 个问题没有答复");
            officer.page.locator("#questions details.adds > summary").first().click();
            officer.page.locator("[name=answer]").fill("下周由东桥驿站放一台，请大家去用。");
            officer.page.locator("#questions form[action$='/answer'] button").click();
            officer.page.waitForSelector("#questions .chip-good");
            officer.look("outreach-meeting-held");
            officer.page.locator("form[action$='/closing'] button").click();
            officer.page.waitForSelector("form[action$='/reopening']");
            officer.look("outreach-meeting-closed");

            assertThat(meetings(officers))
                    .containsExactly(meetingsBefore[0] + 1, meetingsBefore[1] + 1, meetingsBefore[2] + 1);
            officer.go("/desk/outreach");
            officer.look("outreach-board");
            officer.page.locator("main .opens").first().click();
            officer.page.waitForURL("**/list?of=outreach.meetings*");
            assertThat(officer.main()).contains("东桥商场职工沟通会" + surname, "10.00");
            officer.look("outreach-list");
            assertThat(new Visitor(city.address()).get("/j/" + code).statusCode())
                    .as("closed, its code has ended")
                    .isEqualTo(410);
            staffSendWhatTheyHaveStill(stall);
            aWorkerSendsWhatWasRefusedBefore(code, worker);
            assertThat(keeperAnswers(own, 200)).isEqualTo("200");
            assertThat(keeperAnswers(own, 404)).isEqualTo("404");
            assertThat(keeperAnswers(own, 503)).isEqualTo("kept");
        }
    }

    /** What the server would refuse is told before it is sealed: age, and signs that are in no name. */
    private static void nonsenseIsToldOnThePhone(Page page) {
        page.locator("[name=name]").fill("小明😀");
        page.locator("[name=identity]")
                .fill(IdentityNumber.complete("98000120200101123").text());
        page.locator("[name=employer]").fill("<b>");
        page.locator("#typing button[type=submit]").click();
        assertThat(String.join(" ", page.locator("#typing .fault").allInnerTexts()))
                .contains("“😀”", "16", "“<”");
        assertThat(page.locator("#typing .fault").count()).isEqualTo(4);
        page.locator("[name=employer]").fill("");
    }

    /** Nothing goes under a number that nobody has agreed to. */
    private static void sendAsShown(Page page, Person person, String picture) {
        page.locator("#held [data-do]:not([hidden])").waitFor();
        assertThat(page.locator("#held").innerText()).containsPattern("100\\*{4}\\d{4}");
        assertThat(results(page)).contains("WAITING");
        person.look(picture);
        page.locator("#held [data-do]").click();
    }

    /** The code has ended: what was typed goes all the same, each by itself where a batch fails, past a code that is none. */
    private void staffSendWhatTheyHaveStill(Person stall) {
        Page staff = stall.page;
        staff.context().setOffline(true);
        takeDown(staff, someone());
        takeDown(staff, someone());
        staff.evaluate(LIES_FOR_NO_CODE);
        staff.evaluate(BATCHES_FAIL);
        int sent = Integer.parseInt(staff.locator("[data-sent]").innerText());
        staff.context().setOffline(false);
        waitFor(staff, "[data-waiting]", "0");
        waitFor(staff, "[data-sent]", Integer.toString(sent + 2));
        assertThat(results(staff)).filteredOn("REFUSED"::equals).hasSize(1);
        staff.reload();
        PlaywrightAssertions.assertThat(staff.locator("#entries [data-again]:visible"))
                .hasCount(1);
        assertThat(staff.locator("#typing").count()).isZero();
        stall.look("stall-ended");
    }

    /** A member already, so it is refused and stays on the phone; under another's number, by hand, it goes. */
    private void aWorkerSendsWhatWasRefusedBefore(String code, Person worker) {
        Page own = worker.page;
        own.locator("#entries [data-sure]").click();
        own.context().setOffline(true);
        Scanned another = someone();
        fill(own, another);
        own.locator("#typing button[type=submit]").click();
        own.locator("#entries li").waitFor();
        own.context().setOffline(false);
        sendAsShown(own, worker, "later-as-member");
        PlaywrightAssertions.assertThat(own.locator("#entries li"))
                .hasAttribute("data-result", "REFUSED", new LocatorAssertions.HasAttributeOptions().setTimeout(40_000));
        worker.look("later-no");
        own.context().clearCookies();
        worker.go("/j/" + code); // ended: it leads to what is kept
        own.waitForURL("**/later");
        own.locator("#entries [data-again]").click();
        own.locator("#held [data-go]:not([hidden])").waitFor();
        worker.look("later-ended");
        own.locator("#held [data-go]").click();
        proveThePhone(own);
        own.waitForURL("**/later");
        sendAsShown(own, worker, "later-ended-as");
        PlaywrightAssertions.assertThat(own.locator("#entries")).containsText("等待审批", PATIENTLY);
    }

    /** What the keeper shows of a page that it has, when the server answers so. */
    private static String keeperAnswers(Page page, int status) {
        try {
            String keeper = Files.readString(Path.of("src/main/resources/static/stall-keeper.js"));
            return String.valueOf(page.evaluate(KEEPER.replace("KEEPER;", keeper), status));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plans it, with what can go wrong, announces it, and comes to its poster; the code. */
    private String planned(Person officer) {
        Page page = officer.signedIn("street@demo").go("/desk/outreach").page;
        officer.look("outreach-before");
        page.locator("main .page-tools .btn-primary").click();
        page.fill("[name=on]", "");
        page.locator("main form button[type=submit]").click();
        page.waitForSelector("main .refusal");
        officer.look("outreach-plan-refused");
        page.fill("[name=title]", "东桥商场职工沟通会" + surname);
        page.fill("[name=place]", "东桥商场一层东门，快递柜旁边");
        page.fill("[name=on]", today());
        page.fill("[name=from]", "00:10");
        page.fill("[name=to]", "23:50");
        page.locator("select[name=level]").selectOption("SITE");
        page.locator("main form button[type=submit]").click();
        page.waitForURL("**/desk/outreach/of/*");
        page.locator("form[action$='/announcement'] button").click();
        page.waitForSelector("main a[href='/meetings']");
        officer.look("outreach-meeting");
        var anybody = new Visitor(city.address());
        assertThat(anybody.get("/meetings").body()).contains("东桥商场职工沟通会" + surname);
        page.locator("main a[href$='/poster']").click();
        page.waitForURL("**/poster");
        officer.look("outreach-poster");
        String address = page.locator(".poster-address").innerText();
        return address.substring(address.lastIndexOf('/') + 1);
    }

    /** The city's day, as its own form says it. */
    private String today() {
        String page = city.visitor("street@demo")
                .get(Visitor.location(city.visitor("street@demo").get("/desk/outreach")) + "/new")
                .body();
        Matcher day = java.util.regex.Pattern.compile("name=\"on\"[^>]*value=\"(\\d{4}-\\d\\d-\\d\\d)\"")
                .matcher(page);
        assertThat(day.find()).isTrue();
        return LocalDate.parse(day.group(1)).toString();
    }

    /** Somebody whom an officer of the district takes into a union of another street. */
    private Scanned memberOfAnotherStreet() {
        Scanned someone = someone();
        Visitor district = city.visitor("district@demo");
        String people = Visitor.location(district.get("/desk/joining")) + "/people";
        String own = Visitor.location(city.visitor("street@demo").get("/desk/outreach"));
        String street = city.visitor("street@demo")
                .get(own.replace("/desk/outreach/", "/desk/joining/") + "/people")
                .body();
        String union = district.get(people)
                .body()
                .lines()
                .filter(line -> line.contains("<option value=") && line.contains("联合工会"))
                .map(line -> line.replaceAll(".*value=\"([0-9a-f-]{36})\".*", "$1"))
                .filter(id -> !street.contains(id))
                .findFirst()
                .orElseThrow();
        HttpResponse<String> entered = district.post(
                people,
                Map.of(
                        "name",
                        someone.name(),
                        "identity",
                        someone.identity(),
                        "employment",
                        "courier",
                        "union",
                        union));
        assertThat(entered.statusCode()).isEqualTo(302);
        return someone;
    }

    private Scanned someone() {
        return new Scanned(
                surname + "·" + (char) ('甲' + people++ % 10) + people,
                Given.freshIdentity().text());
    }

    private static void fill(Page page, Scanned someone) {
        page.locator("[name=name]").fill(someone.name());
        page.locator("[name=identity]").fill(someone.identity().toLowerCase(java.util.Locale.ROOT));
        page.locator("[name=employment][value=courier]").check();
    }

    private static void takeDown(Page page, Scanned someone) {
        int before = page.locator("#entries li").count();
        fill(page, someone);
        page.locator("#typing button[type=submit]").click();
        page.locator("#entries li").nth(before).waitFor();
    }

    /** Whoever finds the phone reads the name, and no number. */
    private static void nothingReadableLiesOn(Page page, Scanned someone) {
        Object kept = page.evaluate("""
                () => new Promise(resolve => {
                  const asked = indexedDB.open('gonghui-stall');
                  asked.onsuccess = () => {
                    const all = asked.result.transaction('entry').objectStore('entry').getAll();
                    all.onsuccess = () => resolve(JSON.stringify(all.result));
                  };
                })""");
        assertThat(String.valueOf(kept)).contains(someone.name()).doesNotContain(someone.identity());
    }

    private void apply(String code, Scanned someone, boolean twice) {
        Visitor phone = new Visitor(city.address()).signInByPhone("1001" + digits(7));
        String who = "/join/" + code + "/who";
        phone.get(who);
        phone.post(who, Map.of("name", someone.name(), "identity", someone.identity()));
        phone.get("/join/work");
        phone.post("/join/work", Map.of("employment", "courier", "employer", "快跑速递东桥站"));
        phone.get("/join/check");
        assertThat(Visitor.location(phone.post("/join/check", Map.of()))).isEqualTo("/me");
        if (twice) {
            assertThat(Visitor.location(phone.post("/join/check", Map.of()))).isEqualTo("/me");
            assertThat(phone.get(who).statusCode()).isEqualTo(302);
        }
    }

    private void proveThePhone(Page page) {
        String phone = "1001" + digits(7);
        page.locator("input[name=phone]").fill(phone);
        page.locator("main form button").first().click();
        page.waitForURL("**/sign-in/phone/code**");
        page.locator("input[name=code]")
                .fill(new Visitor(city.address())
                        .get("/site/development/message?to=" + phone)
                        .body());
        page.locator("main form button").first().click();
    }

    private static void waitFor(Page page, String what, String text) {
        PlaywrightAssertions.assertThat(page.locator(what))
                .hasText(text, new LocatorAssertions.HasTextOptions().setTimeout(40_000));
    }

    private static List<Object> results(Page page) {
        page.locator("#entries li").first().waitFor();
        return page.locator("#entries li").all().stream()
                .<Object>map(line -> line.getAttribute("data-result"))
                .toList();
    }

    private static long[] totals(Visitor[] officers) {
        return Stream.of(officers)
                .mapToLong(officer -> figure(officer, "/desk/overview"))
                .toArray();
    }

    private static long figure(Visitor officer, String of) {
        Matcher value = JoiningStory.VALUE.matcher(
                officer.get(Visitor.location(officer.get(of))).body());
        assertThat(value.find()).isTrue();
        return Long.parseLong(value.group(1).replace(",", ""));
    }

    /** The meetings of this year that an officer's page says. */
    private static long[] meetings(Visitor[] officers) {
        return Stream.of(officers)
                .mapToLong(officer -> {
                    String page = officer.get(Visitor.location(officer.get("/desk/outreach")))
                            .body();
                    Matcher value = java.util.regex.Pattern.compile(
                                    "of=outreach\\.meetings&(?:amp;)?period=\\d+\">([\\d,]+)<|<dd>()<span class=\"muted\">0</span>")
                            .matcher(page);
                    assertThat(value.find()).isTrue();
                    return value.group(1) == null
                            ? 0
                            : Long.parseLong(value.group(1).replace(",", ""));
                })
                .toArray();
    }

    private static String digits(int count) {
        String random = Long.toString(UUID.randomUUID().getMostSignificantBits() & Long.MAX_VALUE);
        return "0".repeat(20).concat(random).substring(20 + random.length() - count);
    }
}

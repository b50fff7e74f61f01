package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.stories.Person.Screen;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A screen hangs in a duty room: nobody touches it, and it says what is so, or since when it does not know. */
class WallStory {

    private static final Platform CITY = Platform.small();

    /** Someone in the queue whom nothing speaks against. */
    private static final Pattern APPLICATION =
            Pattern.compile("name=\"application\" value=\"([0-9a-f-]{36})\"[^\\n]*data-plain");

    private static final String SCROLLS =
            "() => document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth";
    /** What stands outside the panel that it belongs to. */
    private static final String CUT_OFF = """
            () => [...document.querySelectorAll('.wall-panel')].filter(panel => {
                const room = panel.getBoundingClientRect();
                return [...panel.querySelectorAll('li, svg.bars')].some(part => {
                    const place = part.getBoundingClientRect();
                    return place.bottom > room.bottom || place.right > room.right + 1 || place.height < 12;
                });
            }).map(panel => panel.innerText)""";

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void aJoiningApprovedElsewhereAppearsAndALostConnectionIsSaid() {
        Visitor officer = new Visitor(CITY.address()).signIn("street@demo");
        String wall = wall(officer);
        try (var room = new Person(CITY, Screen.DESK, "zh")) {
            Page page = room.signedIn("street@demo").page;
            room.go(wall);
            Locator total = page.locator("[data-live=TOTAL]");
            long before = Long.parseLong(total.innerText().replace(",", ""));
            approveOne(officer);
            page.waitForFunction(
                    "count => document.querySelector('[data-live=TOTAL]').innerText.replace(',', '') === count",
                    Long.toString(before + 1));
            assertThat(total.getAttribute("class")).contains("changed");
            assertThat(page.locator("[data-live=GONE].changed").count()).isZero();
            room.look("wall-street");

            CITY.kill();
            page.locator("[data-word=away]").waitFor();
            assertThat(page.locator("[data-word=away]").innerText())
                    .contains("连不上平台")
                    .containsPattern("12/28 \\d\\d:\\d\\d");
            assertThat(total.innerText().replace(",", "")).isEqualTo(Long.toString(before + 1));
            room.look("wall-away");

            CITY.startAgain();
            gone(page, "away");
            approveOne(officer);
            page.waitForFunction(
                    "count => document.querySelector('[data-live=TOTAL]').innerText.replace(',', '') === count",
                    Long.toString(before + 2));

            Visitor sameSession = CITY.visitor("street@demo");
            sameSession.get(wall.replace("/wall/", "/overview/"));
            assertThat(sameSession.post("/sign-out", Map.of()).statusCode()).isEqualTo(302);
            page.locator("[data-word=ended]").waitFor();
            assertThat(page.locator("input[name=login]").count()).isZero();
            assertThat(total.innerText().replace(",", "")).isEqualTo(Long.toString(before + 2));
            room.look("wall-ended");
        }
    }

    @Test
    void theWallFillsTheScreenAndDoesNotScroll() {
        Visitor officer = new Visitor(CITY.address()).signIn("city@demo");
        String wall = wall(officer);
        for (String language : List.of("zh", "en")) {
            try (var room = new Person(CITY, Screen.DESK, language)) {
                Page page = room.signedIn("city@demo").page;
                for (int[] size : new int[][] {{1920, 1080}, {1366, 768}, {3840, 2160}}) {
                    page.setViewportSize(size[0], size[1]);
                    room.go(wall);
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of("target", "pictures", "wall-" + size[0] + "-" + language + ".png")));
                    assertThat(page.evaluate(SCROLLS)).as("%d pixels", size[0]).isEqualTo(false);
                    assertThat(page.evaluate(CUT_OFF)).as("%d pixels", size[0]).isEqualTo(List.of());
                }
                page.setViewportSize(820, 1180);
                room.go(wall);
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of("target", "pictures", "wall-tablet-" + language + ".png")));
            }
        }
    }

    private static String wall(Visitor officer) {
        return Visitor.location(officer.get("/desk/overview")).replace("/overview/", "/wall/");
    }

    private static void gone(Page page, String word) {
        page.locator("[data-word=" + word + "]")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    private static void approveOne(Visitor officer) {
        String queue = Visitor.location(officer.get("/desk/joining"));
        Matcher waiting = APPLICATION.matcher(officer.get(queue).body());
        assertThat(waiting.find()).isTrue();
        assertThat(Visitor.location(officer.post(
                        "/desk/joining/applications",
                        Map.of("at", queue.substring(queue.lastIndexOf('/') + 1), "application", waiting.group(1)))))
                .contains("approved=1");
    }
}

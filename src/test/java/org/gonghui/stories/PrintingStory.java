package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.stories.Person.Look;
import org.gonghui.stories.Person.Screen;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Figures and lists go to a meeting on paper: the whole table, what it means and of which day it is; no buttons. */
@ResourceLock(value = Platform.DEMONSTRATION, mode = ResourceAccessMode.READ)
class PrintingStory {

    /** What is left of A4 within its margins, 12 mm upright and 10 mm lying, at 96 pixels an inch. */
    private static final int UPRIGHT = 703;

    private static final int LYING = 1046;

    /** How wide a sheet of a printed file is. */
    private static final Pattern SHEET = Pattern.compile("/MediaBox \\[0 0 ([0-9.]+) ");

    /** What of the page's main part a reader of paper can do nothing with: its words. */
    private static final String CONTROLS = """
            () => [...document.querySelectorAll("main form, main button, main .btn, main input, main select, main details, nav, header")]
                .filter(each => each.checkVisibility() && each.getBoundingClientRect().height > 0)
                .map(each => each.outerHTML.slice(0, 200))""";

    /** Which cells of a table do not stand on the paper. */
    private static final String CELLS_OUTSIDE = """
            width => [...document.querySelectorAll("main table th, main table td")]
                .filter(each => each.checkVisibility() && each.getBoundingClientRect().right > width)
                .map(each => each.innerText)""";

    private final Platform city = Platform.demonstration();

    static List<String> languages() {
        return Look.languages();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void allFiguresOfAllMonthsStandOnALyingSheet(String language) {
        try (var officer = new Person(city, Screen.DESK, language)) {
            officer.signedIn("city@demo").go("/desk/figures");
            print(officer, LYING, "paper-figures");
            Page page = officer.page;
            int sheets = page.locator(".sheet").count();
            assertThat(sheets)
                    .as("members, the founding of unions, and meetings")
                    .isEqualTo(3);
            assertThat(page.locator(".sheet thead th").count()).isEqualTo(14 * sheets);
            assertThat(page.locator("#recount").isVisible()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aComparisonIsItsTableItsDayAndItsDefinition(String language) {
        try (var officer = new Person(city, Screen.DESK, language)) {
            officer.signedIn("city@demo").go("/desk/overview");
            officer.page.locator(".page-tools a[href*=comparison]").click();
            officer.page.waitForURL("**/comparison**");
            String whole = officer.page.url();
            officer.page.navigate(whole + (whole.contains("?") ? "&" : "?") + "level=STREETS");
            print(officer, UPRIGHT, "paper-comparison");
            assertThat(officer.main()).contains("2023-12-28");
            assertThat(officer.page.locator(".definition").isVisible()).isTrue();
            assertThat(officer.page.locator(".part-column").first().isVisible()).isTrue();
            assertThat(officer.page.locator(".below-table + .print-only").isVisible())
                    .as("says that it is cut")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aListOfMembersIsATableWhoseHeadsReturn(String language) {
        try (var officer = new Person(city, Screen.DESK, language)) {
            officer.signedIn("street@demo").go("/desk/members");
            print(officer, UPRIGHT, "paper-members");
            assertThat(officer.page
                            .locator("thead")
                            .evaluate("head => getComputedStyle(head).display + getComputedStyle(head).position"))
                    .isEqualTo("table-header-groupstatic");
            assertThat(officer.page.locator("tbody tr").count()).isEqualTo(50);
            assertThat(officer.main())
                    .contains(officer.says("member.roster.paper").replace("{0}", "50"), "2023-12-28");
        }
    }

    /** As a browser prints it: on a width of paper, which is narrower than the screen. */
    private static void print(Person officer, int width, String name) {
        Page page = officer.page;
        page.waitForLoadState();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.setViewportSize(width, 1400);
        byte[] paper = page.pdf(new Page.PdfOptions()
                .setPreferCSSPageSize(true)
                .setPrintBackground(true)
                .setPath(Path.of("target", "pictures", name + ".pdf")));
        Matcher sheet = SHEET.matcher(new String(paper, StandardCharsets.ISO_8859_1));
        assertThat(sheet.find()).as(name).isTrue();
        assertThat(Math.round(Double.parseDouble(sheet.group(1))))
                .as("width of the sheet of %s, in points", name)
                .isEqualTo(width == LYING ? 842 : 595);
        assertThat(page.evaluate(CONTROLS)).as(name).isEqualTo(List.of());
        assertThat(page.evaluate(CELLS_OUTSIDE, width)).as(name).isEqualTo(List.of());
        Object wide = page.evaluate("() => document.documentElement.scrollWidth");
        assertThat(((Number) wide).intValue())
                .as("%s is wider than paper", name)
                .isLessThanOrEqualTo(width);
    }
}

package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.gonghui.support.Visitor;

/**
 * Someone in front of a real browser. Notices what a person would be hurt by: script errors, anything the content policy
 * stopped, pages wider than the screen, and what axe finds.
 */
final class Person implements AutoCloseable {

    /** A cheap phone and an office screen. */
    enum Screen {
        PHONE(390, 844),
        DESK(1440, 900);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    /** How a page is looked at; in the deep run on the other screen too, each time. */
    record Look(Screen screen, String language) {

        /** A phone in Chinese and an office screen in English. */
        static List<Look> every() {
            return List.of(new Look(Screen.PHONE, "zh"), new Look(Screen.DESK, "en"));
        }

        /** The languages an errand is done in: Chinese; in the deep run in English too. */
        static List<String> languages() {
            return DEEP ? List.of("zh", "en") : List.of("zh");
        }
    }

    private static final boolean DEEP = Boolean.getBoolean("gonghui.deep");

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** The processor is shared with other stories and their cities: what is slow is not wrong. */
    private static final double PATIENCE_MILLIS = 120_000;

    /** Opens each panel of the page's main part for a moment: the words on the buttons of those that do not fit. */
    private static final String PANELS_OUTSIDE = """
            () => [...document.querySelectorAll("main details.pop")].filter(pop => {
                const was = pop.open;
                pop.open = true;
                const panel = pop.querySelector(".pop-panel").getBoundingClientRect();
                pop.open = was;
                return panel.left < 0 || panel.right > window.innerWidth || panel.width === 0;
            }).map(pop => pop.querySelector("summary").innerText)""";

    private static final AxeRunOptions VIOLATIONS_ONLY = new AxeRunOptions();

    static {
        VIOLATIONS_ONLY.setResultTypes(List.of("violations"));
    }

    /** One a thread: Playwright serves the thread that made it. */
    private static final ThreadLocal<Browser> BROWSER = ThreadLocal.withInitial(Person::launch);

    private final Platform platform;
    private final Screen screen;
    private final String language;
    private final BrowserContext context;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    final Page page;

    Person(Platform platform, Screen screen, String language) {
        this(platform, screen, language, true);
    }

    /** Someone whose browser runs no script. */
    static Person withoutScript(Platform platform) {
        return new Person(platform, Screen.PHONE, "zh", false);
    }

    private Person(Platform platform, Screen screen, String language, boolean script) {
        this.platform = platform;
        this.screen = screen;
        this.language = language;
        this.context = BROWSER.get()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(screen.width, screen.height)
                        .setJavaScriptEnabled(script)
                        .setLocale(language.equals("en") ? "en-GB" : "zh-CN")
                        .setTimezoneId("Asia/Shanghai"));
        context.addCookies(List.of(new Cookie("language", language).setUrl(platform.address())));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        this.page = context.newPage();
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (request.isNavigationRequest()) {
                answers.add("sent " + request.method() + " " + request.url());
            }
        });
        page.onResponse(answer -> {
            if (answer.request().isNavigationRequest()) {
                answers.add(answer.status() + " " + answer.request().method() + " " + answer.url());
            }
        });
        page.onRequestFailed(request -> answers.add(request.failure() + " " + request.method() + " " + request.url()));
        page.onConsoleMessage(message -> {
            // A refused form answers 4xx on purpose, a platform is stopped on purpose, and the browser remarks on both.
            if (message.type().equals("error")
                    && !message.text().contains("Failed to load resource")
                    && !message.text().matches("htmx:(sendError|afterRequest).*")) {
                complaints.add(message.text());
            }
        });
    }

    private static Browser launch() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        String chromium = System.getenv("GONGHUI_CHROMIUM");
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium == null ? "/usr/bin/chromium" : chromium))
                        .setArgs(FLAGS));
    }

    /** Signs in through the pages, as this person would. */
    Person signIn(String login) {
        go("/sign-in");
        page.locator("input[name=login]").fill(login);
        var guide = new Visitor(platform.address());
        page.locator("input[name=password]")
                .fill(guide.get("/site/development/password").body());
        page.locator("main button[type=submit]").click();
        synchronized (platform) { // a code counts once: nobody else may use it between reading and sending
            page.locator("input[name=code]").fill(guide.code(login));
            page.locator("main button[type=submit]").click();
            page.waitForURL(address -> !address.contains("/sign-in"));
        }
        return this;
    }

    /** Is signed in already: one session a login serves all stories that are not about signing in. */
    Person signedIn(String login) {
        context.addCookies(
                List.of(new Cookie(Visitor.SESSION, platform.visitor(login).session()).setUrl(platform.address())));
        return this;
    }

    /** Goes on in a session that was begun elsewhere. */
    Person signedIn(Visitor elsewhere) {
        context.addCookies(List.of(new Cookie(Visitor.SESSION, elsewhere.session()).setUrl(platform.address())));
        return this;
    }

    Person go(String address) {
        page.navigate(platform.address() + address);
        return this;
    }

    /** The text of the page's main part. */
    String main() {
        return page.locator("main").innerText();
    }

    /** What the platform says in this person's language, by the key of its messages. */
    String says(String key) {
        String module = key.substring(0, key.indexOf('.'));
        return ResourceBundle.getBundle(
                        "messages." + module,
                        language.equals("en") ? Locale.ENGLISH : Locale.ROOT,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
    }

    /** Looks at the page as a whole: keeps a picture and complains of what is wrong with it. */
    void look(String name) {
        page.waitForLoadState();
        if (DEEP) {
            Screen other = screen == Screen.PHONE ? Screen.DESK : Screen.PHONE;
            page.setViewportSize(other.width, other.height);
            look(name, other);
            page.setViewportSize(screen.width, screen.height);
        }
        look(name, screen);
    }

    private void look(String name, Screen screen) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "pictures", name + "-" + screen.width + "-" + language + ".png")));
        assertThat(complaints).as(name).isEmpty();
        Object wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
        assertThat(((Number) wide).intValue())
                .as("%s is wider than the screen", name)
                .isLessThanOrEqualTo(0);
        assertThat(page.evaluate(PANELS_OUTSIDE))
                .as("%s opens a panel outside the screen", name)
                .isEqualTo(List.of());
        // Without its way into frames, which our pages have none of: that takes as long again.
        List<Rule> violations = new AxeBuilder(page)
                .setLegacyMode(true)
                .options(VIOLATIONS_ONLY)
                .analyze()
                .getViolations();
        assertThat(violations)
                .as(
                        "%s: %s",
                        name,
                        violations.stream()
                                .map(rule -> rule.getId() + " "
                                        + rule.getNodes().stream()
                                                .map(node -> String.valueOf(node.getTarget()))
                                                .toList())
                                .toList())
                .isEmpty();
    }

    /** The page is noted before it closes: should the story fail, its reader has nothing else to go by. */
    @Override
    public void close() {
        LastSeen.note(page, answers, platform.log());
        context.close();
    }
}

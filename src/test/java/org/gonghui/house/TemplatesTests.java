package org.gonghui.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no page and no script of ours does, so that whatever somebody typed is text and nothing else. */
class TemplatesTests {

    private static final Path PAGES = Path.of("src/main/jte");
    private static final Pattern INLINE_SCRIPT =
            Pattern.compile("<script(?![^>]*\\ssrc=)|\\son[a-z]+\\s*=|javascript:");
    private static final Pattern INLINE_STYLE = Pattern.compile("<style|\\sstyle\\s*=");
    private static final Pattern FROM_ELSEWHERE = Pattern.compile("(?:src|href)=\"(?:https?:)?//");
    private static final Pattern MORE_THAN_TEXT = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\b|new Function|DOMParser|srcdoc"
                    + "|localStorage|sessionStorage|document\\.cookie|postMessage|'message'");

    /** Keeps what is sealed on the phone, where there is no network (decision 32). */
    private static final Path KEEPS = Path.of("src/main/resources/static/stall.js");

    @Test
    void nothingIsWrittenUnescaped() throws IOException {
        for (Path page : files(PAGES, ".jte")) {
            assertThat(Files.readString(page)).as(page.toString()).doesNotContain("$unsafe");
        }
    }

    @Test
    void noScriptAndNoStyleStandsInAPage() throws IOException {
        for (Path page : files(PAGES, ".jte")) {
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .doesNotContainPattern(INLINE_SCRIPT)
                    .doesNotContainPattern(INLINE_STYLE)
                    .doesNotContainPattern(FROM_ELSEWHERE);
        }
    }

    @Test
    void scriptsWriteTextAndNothingElse() throws IOException {
        List<Path> scripts = files(Path.of("src/main/resources/static"), ".js");
        assertThat(scripts).isNotEmpty();
        for (Path script : scripts) {
            String text = Files.readString(script);
            assertThat(text).as(script.toString()).doesNotContainPattern(MORE_THAN_TEXT);
            assertThat(text.contains("indexedDB")).as(script.toString()).isEqualTo(script.equals(KEEPS));
        }
    }

    @Test
    void passwordsAreMaskedAndManagersHelp() throws IOException {
        assertThat(Files.readString(PAGES.resolve("layout/password.jte")))
                .contains("type = \"password\"", "autocomplete = autocomplete");
        for (Path page : files(PAGES, ".jte")) {
            String text = Files.readString(page);
            assertThat(text)
                    .as("%s: a password has its own kind of field", page)
                    .doesNotContainPattern("layout\\.field\\([^)]*name = \"(password|again)\"")
                    .doesNotContain("onpaste", "data-no-paste");
        }
        assertThat(Files.readString(PAGES.resolve("access/signin.jte")))
                .contains("\"current-password\"", "\"username\"");
        assertThat(Files.readString(PAGES.resolve("access/enrolment.jte"))).contains("\"new-password\"");
    }

    @Test
    void everyFrameHasAWayOut() throws IOException {
        for (String frame : List.of("portal", "desk")) {
            assertThat(Files.readString(PAGES.resolve("layout/" + frame + ".jte")))
                    .as(frame)
                    .contains("method=\"post\" action=\"/sign-out\"");
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}

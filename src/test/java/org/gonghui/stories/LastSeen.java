package org.gonghui.stories;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Tells of a story that failed what its people had before them at the end: a time-out says what did not come, and not
 * what came instead.
 */
public final class LastSeen implements BeforeTestExecutionCallback, TestExecutionExceptionHandler {

    private static final int LONGEST_TEXT = 1_500;
    private static final int LAST_ANSWERS = 8;
    private static final int LAST_LINES = 15;

    /** One a thread, as the people are. */
    private static final ThreadLocal<List<String>> NOTES = ThreadLocal.withInitial(ArrayList::new);

    static void note(Page page, List<String> answers, String log) {
        String text;
        try {
            text = page.locator("body").innerText(new Locator.InnerTextOptions().setTimeout(1_000))
                    + page.evaluate("() => document.querySelector('form[data-sent]') ? ' (a form is on its way)' : ''");
        } catch (PlaywrightException gone) {
            text = "(" + gone.getMessage() + ")";
        }
        NOTES.get()
                .add("%s%n%s%nanswers: %s%nlog: %s"
                        .formatted(
                                page.url(),
                                text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + " …" : text,
                                last(answers, LAST_ANSWERS),
                                String.join("\n", last(log.lines().toList(), LAST_LINES))));
    }

    private static List<String> last(List<String> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        NOTES.remove();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        throw new AssertionError(failure + "\nlast seen: " + String.join("\nand: ", NOTES.get()), failure);
    }
}

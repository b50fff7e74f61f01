package org.gonghui.founding;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;

/** Who was elected, line by line as typed. */
final class Officers {

    /** What they can be elected to, words of {@code org.position}. */
    static final List<String> POSITIONS =
            List.of("CHAIR", "EXECUTIVE_VICE_CHAIR", "FULL_TIME_VICE_CHAIR", "VICE_CHAIR");

    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_LOGIN = 60;

    private Officers() {}

    /** Reads the lines that have a name; one chair has to be among them. */
    static List<Founding.Officer> read(Input input, Clock clock, Map<String, String> typed) {
        List<Founding.Officer> officers = new ArrayList<>();
        for (int line = 0; line < Foundings.MOST_OFFICERS; line++) {
            String field = "officer-" + line;
            if (CleanText.line(typed.get(field)).isEmpty()) {
                continue;
            }
            String name = input.name(field, typed.get(field), LONGEST_NAME);
            String position = CleanText.line(typed.get("position-" + line));
            if (!POSITIONS.contains(position)) {
                input.fault(field, "no-such-choice");
            }
            officers.add(new Founding.Officer(
                    Ids.next(clock), position, name, login(typed.getOrDefault("login-" + line, ""))));
        }
        long chairs = officers.stream()
                .filter(officer -> officer.position().equals("CHAIR"))
                .count();
        if (chairs != 1) {
            input.fault("officer-0", "one-chair");
        }
        return officers;
    }

    /** A sign-in name as it is kept. Whether it can be given is said at the approval. */
    static String login(String typed) {
        String login = CleanText.line(typed).toLowerCase(Locale.ROOT);
        return login.length() > LONGEST_LOGIN ? login.substring(0, LONGEST_LOGIN) : login;
    }
}

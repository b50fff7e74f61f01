package org.gonghui.founding;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gonghui.access.Accounts;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Input;

/** Who was elected, line by line as typed. */
final class Officers {

    /** What they can be elected to, words of {@code org.position}. */
    static final List<String> POSITIONS =
            List.of("CHAIR", "EXECUTIVE_VICE_CHAIR", "FULL_TIME_VICE_CHAIR", "VICE_CHAIR");

    private static final int LONGEST_NAME = 40;

    private Officers() {}

    /** Reads the lines that have a name; one chair has to be among them. */
    static List<Founding.Officer> read(Input input, Clock clock, Map<String, String> typed) {
        List<Founding.Officer> officers = new ArrayList<>();
        for (int line = 0; line < Foundings.MOST_OFFICERS; line++) {
            String field = "officer-" + line;
            String login = login(input, field, typed.getOrDefault("login-" + line, ""));
            if (CleanText.line(typed.get(field)).isEmpty()) {
                if (!login.isEmpty()) {
                    input.fault(field, "empty");
                }
                continue;
            }
            String name = input.name(field, typed.get(field), LONGEST_NAME);
            String position = CleanText.line(typed.get("position-" + line));
            if (!POSITIONS.contains(position)) {
                input.fault(field, "no-such-choice");
            }
            officers.add(new Founding.Officer(Ids.next(clock), position, name, login));
        }
        long chairs = officers.stream()
                .filter(officer -> officer.position().equals("CHAIR"))
                .count();
        if (chairs != 1) {
            input.fault("officer-0", "one-chair");
        }
        return officers;
    }

    /** The sign-in names as they stand in the form of the approval; none for whoever is not in it. */
    static Map<Founding.Officer, String> logins(List<Founding.Officer> officers, Map<String, String> typed) {
        var input = new Input();
        Map<Founding.Officer, String> logins = new LinkedHashMap<>();
        for (Founding.Officer officer : officers) {
            String field = "login-" + officer.id();
            logins.put(officer, login(input, field, typed.getOrDefault(field, "")));
        }
        input.check();
        return logins;
    }

    /** A sign-in name as it is kept. Whether it can be given is said at the approval. */
    private static String login(Input input, String field, String typed) {
        String login = CleanText.line(typed).toLowerCase(Locale.ROOT);
        if (!login.isEmpty() && !Accounts.isLogin(login)) {
            input.fault(field, "login-form");
            return "";
        }
        return login;
    }

    /** True when the same people were elected to the same. */
    static boolean areTheSame(List<Founding.Officer> some, List<Founding.Officer> others) {
        return words(some).equals(words(others));
    }

    private static List<String> words(List<Founding.Officer> officers) {
        return officers.stream()
                .map(officer -> String.join("|", officer.position(), officer.name(), officer.login()))
                .toList();
    }
}

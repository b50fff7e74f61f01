package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.gonghui.support.Visitor;

/** Those who wait to be approved at one place, as an officer's page shows them; who asks may be anybody there. */
record JoiningQueue(String address) {

    private static final Pattern APPLICATION = Pattern.compile("name=\"application\" value=\"([0-9a-f-]{36})\"");

    /** The queue that this officer comes to. */
    static JoiningQueue of(Visitor officer) {
        return new JoiningQueue(Visitor.location(officer.get("/desk/joining")));
    }

    /** The union whose queue it is. */
    String union() {
        return address.substring(address.lastIndexOf('/') + 1);
    }

    /** Everyone whom nothing speaks against, page after page. */
    List<String> applications(Visitor officer) {
        var all = new LinkedHashSet<String>();
        String page = address;
        for (int size = -1; all.size() > size; ) {
            size = all.size();
            String body = officer.get(page).body();
            body.lines().filter(line -> line.contains("data-plain")).forEach(line -> all.addAll(found(line)));
            List<String> shown = found(body);
            page = shown.isEmpty() ? address : address + "?after=" + shown.getLast();
        }
        return new ArrayList<>(all);
    }

    /** Approves one, and sees that it was done. */
    void approve(Visitor officer, String application) {
        HttpResponse<String> answer = decide(officer, application, true);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(Visitor.location(answer)).contains("approved=1");
    }

    /** Approves one, or takes that back; the answer as it comes. */
    HttpResponse<String> decide(Visitor officer, String application, boolean yes) {
        String to = "/desk/joining/applications";
        return yes
                ? officer.post(to, Map.of("at", union(), "application", application))
                : officer.post(to + "/" + application + "/undoing", Map.of("at", union()));
    }

    private static List<String> found(String text) {
        return APPLICATION
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}

package org.gonghui.layout;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gonghui.audit.Audit;

/** Entries of the audit trail as sentences, {@code audit.<action>}: which facts fill their places, and in which words. */
final class Told {

    private static final List<String> MEETING = List.of("title", "on");

    /** The facts that a sentence tells, in the order of its places; of an action not named here it is the name. */
    private static final Map<String, List<String>> PLACES = Map.ofEntries(
            Map.entry("org.found", List.of("name", "kind", "foundedOn")),
            Map.entry("org.rename", List.of("before", "name", "from")),
            Map.entry("org.move", List.of("before", "name", "from")),
            Map.entry("org.merge", List.of("before", "name", "from")),
            Map.entry("org.dissolve", List.of("before", "name", "from")),
            Map.entry("org.plan", List.of("what", "name", "from")),
            Map.entry("org.plan.cancel", List.of("what")),
            Map.entry("org.body.add", List.of("name", "kind")),
            Map.entry("org.staff.add", List.of("name", "position")),
            Map.entry("org.establish", List.of("count")),
            Map.entry("org.import", List.of("count", "file")),
            Map.entry("member.enrol", List.of("count")),
            Map.entry("member.enlist", List.of("count")),
            Map.entry("member.enlist-back", List.of("count")),
            Map.entry("enrolment.send", List.of("file")),
            Map.entry("enrolment.read", List.of("file", "rows", "known")),
            Map.entry("enrolment.faults", List.of("file", "count")),
            Map.entry("employer.count", List.of("workers", "on")),
            Map.entry("employer.union", List.of("union")),
            Map.entry("employer.union-merge", List.of("before", "name", "count")),
            Map.entry("employer.street-merge", List.of("before", "name", "count")),
            Map.entry("employer.contact", List.of("contact")),
            Map.entry("employer.contact-end", List.of("contact")),
            Map.entry("employer.contact-look", List.of("contact")),
            Map.entry("employer.promised", List.of("on")),
            Map.entry("employer.export", List.of("count")),
            Map.entry("founding.export", List.of("count")),
            Map.entry("employer.import", List.of("count", "changed")),
            Map.entry("employer.establish", List.of("count")),
            Map.entry("founding.establish", List.of("count")),
            Map.entry("founding.paper", List.of("paper")),
            Map.entry("founding.paper-look", List.of("paper")),
            Map.entry("founding.paper-remove", List.of("paper")),
            Map.entry("founding.step", List.of("stage")),
            Map.entry("founding.apply", List.of("name", "union")),
            Map.entry("enrolment.columns", List.of("file")),
            Map.entry("member.export", List.of("count")),
            Map.entry("joining.code", List.of("label", "code")),
            Map.entry("joining.code-end", List.of("label", "code")),
            Map.entry("access.appoint", List.of("login", "role", "from")),
            Map.entry("access.end", List.of("login", "role")),
            Map.entry("access.establish", List.of("login", "role")),
            Map.entry("access.accept", List.of("login")),
            Map.entry("access.set-up", List.of("login")),
            Map.entry("access.token", List.of("label", "days")),
            Map.entry("access.token-scoped", List.of("label", "days", "rights", "below")),
            Map.entry("access.token-end", List.of("label")),
            Map.entry("grouping.make", List.of("name", "from")),
            Map.entry("grouping.rename", List.of("before", "name")),
            Map.entry("grouping.add", List.of("name", "from")),
            Map.entry("grouping.remove", List.of("name", "until")),
            Map.entry("notice.send", List.of("name", "audience")),
            Map.entry("handover.make", List.of("before", "name", "role", "from")),
            Map.entry("handover.take", List.of("before", "role")),
            Map.entry("outreach.plan", MEETING),
            Map.entry("outreach.change", MEETING),
            Map.entry("outreach.announce", MEETING),
            Map.entry("outreach.cancel", MEETING),
            Map.entry("outreach.hold", MEETING),
            Map.entry("outreach.close", MEETING),
            Map.entry("outreach.reopen", MEETING),
            Map.entry("outreach.guest", List.of("title", "on", "employer")),
            Map.entry("outreach.guest-end", MEETING),
            Map.entry("outreach.ask", MEETING),
            Map.entry("outreach.settle", MEETING),
            Map.entry("outreach.day", List.of("title")),
            Map.entry("outreach.day-end", List.of("title", "count")),
            Map.entry("outreach.establish", List.of("count")),
            Map.entry("trail.export", List.of("name", "from", "until")));

    /** Facts that are words of ours, and the groups of messages in which their words stand. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "kind", List.of("org.kind.", "org.body."),
            "audience", List.of("notice.audience."),
            "what", List.of("org.reorganisation."),
            "position", List.of("org.position."),
            "role", List.of("access.role."),
            "rights", List.of("access.right."),
            "below", List.of("access.below."),
            "stage", List.of("founding.stage."),
            "paper", List.of("founding.paper."),
            "purpose", List.of("member.purpose."));

    private Told() {}

    static String sentence(Texts texts, Language language, Audit.Entry entry) {
        Object[] facts = PLACES.getOrDefault(entry.action(), List.of("name")).stream()
                .map(fact -> word(texts, language, fact, entry.facts().getOrDefault(fact, "")))
                .toArray();
        var sentence = new StringBuilder(texts.say(language, "audit." + entry.action(), facts));
        for (String more : List.of("purpose", "note")) {
            String fact = word(texts, language, more, entry.facts().getOrDefault(more, ""));
            if (!fact.isEmpty()) {
                sentence.append(" · ").append(fact);
            }
        }
        return sentence.toString();
    }

    private static String word(Texts texts, Language language, String fact, String value) {
        if (fact.equals("rights") && value.contains(" ")) {
            return Stream.of(value.split(" "))
                    .map(each -> word(texts, language, fact, each))
                    .collect(Collectors.joining(texts.say(language, "layout.and")));
        }
        return WORDS.getOrDefault(fact, List.of()).stream()
                .map(group -> group + value)
                .filter(key -> texts.has(language, key))
                .findFirst()
                .map(key -> texts.say(language, key))
                .orElse(value);
    }
}

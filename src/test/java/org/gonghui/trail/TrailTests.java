package org.gonghui.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gonghui.access.Role;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionPath;
import org.gonghui.layout.Language;
import org.gonghui.layout.Texts;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The audit trail is read by auditors: of their part of the tree, whole, and without people's names. */
@CityTest
class TrailTests {

    private static final Pattern ACTION = Pattern.compile(
            "(?:record\\(\\s*[A-Za-z.()]+,\\s*|String LOOK = )\"((?:org|member|joining|transfer|access|phone|grouping|measure|notice|trail)\\.[a-z.-]+)\"");

    @Autowired
    private Trail trail;

    @Autowired
    private Audit audit;

    @Autowired
    private Members members;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private Texts texts;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Clock clock;

    @Test
    void anAuditorReadsTheirPartOfTheTreeAndNothingElse() {
        String here = act(given.street());
        String there = act(given.otherBase());
        String nowhere = act(null);
        Actor district = given.officer(Role.AUDITOR, given.district());
        assertThat(read(district, given.district())).contains(here).doesNotContain(there, nowhere);
        Actor city = given.officer(Role.AUDITOR, given.city());
        assertThat(read(city, given.city())).contains(here, there, nowhere);
        assertThat(read(city, given.district())).contains(here).doesNotContain(there, nowhere);
        assertThatThrownBy(() -> question(district, given.otherBase(), ""))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.refusal().status()).isEqualTo(404));
    }

    /** The part of the tree that is asked for was checked before: here it is the whole city, and the reach is not. */
    @Test
    void theQueryItselfKeepsWithinTheReach() {
        String here = act(given.street());
        String there = act(given.otherBase());
        String nowhere = act(null);
        var everything = new Audit.Search(
                UnionPath.root(),
                clock.instant().minus(Duration.ofHours(1)),
                clock.instant().plus(Duration.ofHours(1)),
                "",
                "");
        Actor district = given.officer(Role.AUDITOR, given.district());
        assertThat(audit.find(everything, district.reach(Right.AUDIT_READ), Optional.empty(), 100_000))
                .extracting(entry -> entry.facts().getOrDefault("mark", ""))
                .contains(here)
                .doesNotContain(there, nowhere);
        assertThat(audit.find(everything, Actor.nobody().reach(Right.AUDIT_READ), Optional.empty(), 100_000))
                .isEmpty();
    }

    @Test
    void ofPeopleOnlyTheFirstCharacterIsShown() {
        var person = Given.freshPerson(new Employment("regular", false));
        members.admit(given.streetOfficer(), given.joint().id(), person, Optional.empty());
        Visitor auditor = visitors.signedIn("auditor@demo");
        String page = auditor.get("/desk/trail/" + given.street().id() + "?subject=member")
                .body();
        assertThat(page).contains("成为会员：试＊＊").doesNotContain(person.name());
        assertThat(auditor.get("/desk/trail/" + given.street().id() + "?subject=org")
                        .body())
                .doesNotContain("成为会员");
    }

    /** A list of one employer's three members is a count of a few as well. */
    @Test
    void howManyWereOnAListIsSaidToThoseAloneWhoMayReadThem() {
        transaction.executeWithoutResult(status -> audit.record(
                given.streetOfficer(),
                "member.export",
                given.joint().id().value(),
                given.joint().path(),
                Audit.facts("count", "3", "measure", "member.total")));
        Visitor auditor = visitors.signedIn("auditor@demo");
        for (String door : List.of("/desk/trail/", "/desk/unions/")) {
            assertThat(auditor.get(door + given.joint().id()).body())
                    .contains("导出会员名单：＊ 人")
                    .doesNotContain("导出会员名单：3 人");
        }
        assertThat(visitors.signedIn("street@demo")
                        .get("/desk/unions/" + given.joint().id())
                        .body())
                .contains("导出会员名单：3 人");
    }

    @Test
    void whoActsForThemselvesIsNotNamedEither() {
        String name = "自" + UUID.randomUUID();
        Actor self = new Actor(Optional.empty(), name, List.of());
        transaction.executeWithoutResult(status -> {
            for (String action : List.of("joining.send", "notice.email", "transfer.ask")) {
                audit.record(self, action, UUID.randomUUID(), given.street().path(), Audit.facts("name", name));
            }
        });
        Actor auditor = given.officer(Role.AUDITOR, given.city());
        List<Trail.Row> rows = trail.read(auditor, question(auditor, given.street(), name), Optional.empty())
                .rows();
        assertThat(rows).hasSize(3).allSatisfy(row -> {
            assertThat(row.entry().actor()).isEqualTo("自＊＊");
            assertThat(row.entry().facts()).containsEntry("name", "自＊＊");
        });
        Actor officer = new Actor(
                Optional.empty(),
                "",
                List.of(
                        new Actor.Grant(Role.AUDITOR.rights(), given.city().path()),
                        new Actor.Grant(Role.CITY_OFFICER.rights(), given.city().path())));
        assertThat(trail.read(officer, question(officer, given.street(), name), Optional.empty())
                        .rows())
                .as("for whoever may read the people")
                .allSatisfy(row -> assertThat(row.entry().actor()).isEqualTo(name));
    }

    @Test
    void eachPageBeginsWhereTheOneBeforeEnds() {
        Set<String> written = new HashSet<>();
        String actor = "翻页" + UUID.randomUUID();
        for (int i = 0; i < 120; i++) {
            written.add(act(given.street(), actor));
        }
        Actor auditor = given.officer(Role.AUDITOR, given.city());
        Trail.Question question = question(auditor, given.street(), actor);
        List<String> found = new ArrayList<>();
        Optional<Mark> after = Optional.empty();
        for (int page = 1; page <= 3; page++) {
            Trail.Answer answer = trail.read(auditor, question, after);
            answer.rows().forEach(row -> found.add(row.entry().facts().get("mark")));
            after = answer.next().map(Mark::text).flatMap(Mark::of);
            assertThat(after.isPresent()).isEqualTo(page < 3);
        }
        assertThat(found).hasSize(120).containsExactlyInAnyOrderElementsOf(written);
        List<String> exported = new ArrayList<>();
        trail.each(auditor, question, row -> exported.add(row.entry().facts().get("mark")));
        assertThat(exported).isEqualTo(found);
    }

    @Test
    void whatIsTakenOutAsAFileIsOnRecord() {
        Visitor auditor = visitors.signedIn("auditor@demo");
        String here = "/desk/trail/" + given.street().id();
        String mark = UUID.randomUUID().toString();
        act(given.street(), mark);
        auditor.get(here);
        String file = auditor.post(here + "/export", Map.of("format", "CSV", "actor", mark))
                .body();
        assertThat(file.lines().filter(line -> line.contains(mark))).hasSize(1);
        assertThat(auditor.get(here + "?subject=trail").body()).contains("导出审计记录");
        assertThat(auditor.post(here + "/export", Map.of("format", "PDF")).statusCode())
                .isEqualTo(422);
    }

    @Test
    void daysThatAreNoneStandForTheUsualOnes() {
        Actor auditor = given.officer(Role.AUDITOR, given.city());
        LocalDate today = LocalDate.now(clock);
        assertThat(days(auditor, "yesterday", "2023-02-30")).isEqualTo(List.of(today.minusDays(6), today));
        assertThat(days(auditor, "2023-05-02", "2023-05-01"))
                .isEqualTo(List.of(LocalDate.of(2023, 5, 1), LocalDate.of(2023, 5, 2)));
        assertThat(days(auditor, "1900-01-01", "2023-05-01"))
                .isEqualTo(List.of(LocalDate.of(2022, 5, 1), LocalDate.of(2023, 5, 1)));
        for (String mark : List.of("", "x", "1-2", "12-" + "z".repeat(36), "-" + UUID.randomUUID(), "\u0000")) {
            assertThat(Mark.of(mark)).isEmpty();
        }
    }

    @Test
    void everyActionIsToldInBothLanguages() throws IOException {
        Set<String> actions = new HashSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher matcher = ACTION.matcher(Files.readString(source));
                while (matcher.find()) {
                    actions.add(matcher.group(1));
                }
            }
        }
        assertThat(actions).hasSizeGreaterThan(30);
        assertThat(actions).allSatisfy(action -> {
            for (Language language : Language.values()) {
                assertThat(texts.has(language, "audit." + action)).as(action).isTrue();
            }
            assertThat(Trail.SUBJECTS).contains(action.substring(0, action.indexOf('.')));
        });
    }

    private List<LocalDate> days(Actor auditor, String from, String to) {
        Trail.Question question =
                trail.question(auditor, given.city().id(), new Trail.Asked(from, to, "nothing", null));
        assertThat(question.subject()).isEmpty();
        return List.of(question.from(), question.to());
    }

    private Trail.Question question(Actor auditor, UnionSummary union, String actor) {
        return trail.question(auditor, union.id(), new Trail.Asked("", "", "", actor));
    }

    private List<String> read(Actor auditor, UnionSummary union) {
        List<String> found = new ArrayList<>();
        trail.each(
                auditor,
                question(auditor, union, "test"),
                row -> found.add(row.entry().facts().getOrDefault("mark", "")));
        return found;
    }

    private String act(@Nullable UnionSummary where) {
        return act(where, "test");
    }

    private String act(@Nullable UnionSummary where, String actor) {
        String mark = UUID.randomUUID().toString();
        transaction.executeWithoutResult(status -> {
            if (where == null) {
                audit.record(Actor.platform(actor), "access.sign-in", UUID.randomUUID(), Audit.facts("mark", mark));
            } else {
                audit.record(
                        Actor.platform(actor),
                        "org.found",
                        UUID.randomUUID(),
                        where.path(),
                        Audit.facts("mark", mark, "name", mark));
            }
        });
        return mark;
    }
}

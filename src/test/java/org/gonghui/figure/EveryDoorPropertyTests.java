package org.gonghui.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.measure.Measure;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.member.Members.Admission;
import org.gonghui.member.Membership;
import org.gonghui.member.Person;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionKind;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.TestTime;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever people do and wherever unions go: the list of the people, the rows of its file, the figure of the overview, the
 * row of the comparison and the answer to a program are one number. In a city of its own, for months pass in it.
 */
@CityTest
@TestPropertySource(properties = {"gonghui.city.unions=200", "gonghui.city.members=2000"})
@DirtiesContext
class EveryDoorPropertyTests {

    private static final int STEPS = 120;
    private static final int QUESTIONS = 6;
    private static final Actor ALL = Actor.platform("test");
    private static final Pattern TOTAL = Pattern.compile("<b class=\"num\">([\\d,]+)");

    /** What is asked, as an address has it. */
    private record Question(UnionSummary union, Measure measure, String period, String tree) {

        String query() {
            return "?of=%s&period=%s&tree=%s".formatted(measure.key(), period, tree);
        }

        int year() {
            return Integer.parseInt(period.substring(0, 4));
        }

        Optional<Integer> month() {
            return period.length() > 4 ? Optional.of(YearMonth.parse(period).getMonthValue()) : Optional.empty();
        }
    }

    @Autowired
    private Members members;

    @Autowired
    private Unions unions;

    @Autowired
    private Overview overview;

    @Autowired
    private Comparing comparing;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private TestTime time;

    @Autowired
    private Clock clock;

    @Autowired
    private JsonMapper json;

    private final List<Person> people = new ArrayList<>();
    private final List<UUID> memberships = new ArrayList<>();
    private final long seed = Boolean.getBoolean("gonghui.deep") ? System.nanoTime() : 20231228;
    private final Random random = new Random(seed);
    private Visitor officer = new Visitor("");

    @Test
    void everyDoorSaysTheSame() {
        officer = visitors.fresh().signIn("city@demo");
        int moved = 0;
        int counting = 0;
        for (int step = 0; step < STEPS; step++) {
            try {
                moved += act();
            } catch (Refused no) {
                // What is refused changes nothing: that is compared below.
            }
            if (step % 20 == 19) {
                for (int i = 0; i < QUESTIONS; i++) {
                    counting += ask(question()) > 0 ? 1 : 0;
                }
                time.pass(Duration.ofDays(1 + random.nextInt(20)));
                officer = visitors.fresh().signIn("city@demo"); // the session is over by then
            }
        }
        assertThat(moved).as("seed %d: unions that moved", seed).isPositive();
        assertThat(counting).as("seed %d: questions about somebody", seed).isPositive();
    }

    /** How many unions moved by it: 0 or 1. */
    private int act() {
        List<Employment> employments = members.employments();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                Person person = Given.freshPerson(oneOf(employments));
                people.add(person);
                admit(person);
            }
            case 3 ->
                members.end(
                        ALL,
                        membership(),
                        oneOf(List.of(Membership.Ending.values()).subList(0, 3)),
                        "");
            case 4 -> {
                if (!people.isEmpty()) {
                    admit(oneOf(people)); // joins again, or is refused
                }
            }
            case 5 -> memberships.add(members.transfer(ALL, membership(), Members.Arrival.at(base().id())));
            case 6 -> members.takeBack(ALL, membership());
            case 7 ->
                members.changeEmployment(ALL, membership(), oneOf(employments).code());
            case 8 -> members.undoTransfer(ALL, membership());
            default -> {
                return move();
            }
        }
        return 0;
    }

    private void admit(Person person) {
        if (members.admit(ALL, base().id(), person, Optional.empty()) instanceof Admission.Admitted admitted) {
            memberships.add(admitted.membership());
        }
    }

    private int move() {
        UnionSummary union = base();
        String form = "/desk/unions/" + union.id() + "/reorganisations";
        officer.get(form);
        return officer.post(
                                        form,
                                        Map.of(
                                                "key",
                                                UUID.randomUUID().toString(),
                                                "kind",
                                                oneOf(List.of("MOVE", "MOVE", "MERGE")),
                                                "code",
                                                random.nextBoolean() ? street().code() : base().code(),
                                                "from",
                                                LocalDate.now(clock).toString()))
                                .statusCode()
                        == 302
                ? 1
                : 0;
    }

    private Question question() {
        LocalDate today = LocalDate.now(clock);
        int year = 2022 + random.nextInt(today.getYear() - 2021);
        int months = year == today.getYear() ? today.getMonthValue() : 12;
        boolean ofMonth = random.nextBoolean();
        String period = ofMonth ? YearMonth.of(year, 1 + random.nextInt(months)).toString() : Integer.toString(year);
        LocalDate end = year == today.getYear() ? today : LocalDate.of(year, 12, 31);
        LocalDate day = end.plusDays(random.nextInt((int) (today.toEpochDay() - end.toEpochDay()) + 1));
        String tree = oneOf(List.of("today", day.toString(), end.toString()));
        TreeView then = unions.asOf(ALL, Right.FIGURE_READ, tree.equals("today") ? today : LocalDate.parse(tree));
        List<UnionSummary> all = then.subtree(then.get(given.city().id()));
        UnionSummary union = random.nextInt(4) == 0
                ? oneOf(all.stream().filter(each -> each.path().depth() < 4).toList())
                : oneOf(all);
        return new Question(union, oneOf(Members.MEASURES), period, tree);
    }

    private long ask(Question asked) {
        String what = "seed %d: %s of %s%s"
                .formatted(seed, asked.measure().key(), asked.union().name(), asked.query());
        Comparison found =
                comparing.of(ALL, asked.union().id(), asked.measure().key(), asked.period(), false, asked.tree());
        long value = found.whole().now();
        assertThat(listed(asked)).as("list, %s", what).isEqualTo(value);
        assertThat(exported(asked)).as("file, %s", what).isEqualTo(value);
        assertThat(answered(asked)).as("program, %s", what).isEqualTo(value);
        TreeView tree = found.tree();
        if (!tree.above(asked.union()).isEmpty()) {
            assertThat(comparing
                            .of(
                                    ALL,
                                    tree.above(asked.union()).getLast().id(),
                                    asked.measure().key(),
                                    asked.period(),
                                    false,
                                    asked.tree())
                            .rows())
                    .filteredOn(row -> row.union().id().equals(asked.union().id()))
                    .singleElement()
                    .satisfies(row ->
                            assertThat(row.pair().now()).as("row, %s", what).isEqualTo(value));
        }
        if (Overview.MEASURES.contains(asked.measure())) {
            Overview.Figures figures = overview.of(
                            ALL, asked.union().id(), asked.year(), overview.tree(asked.year(), asked.tree()))
                    .figures();
            assertThat(asked.month()
                            .map(month -> figures.monthsOf(asked.measure())[month - 1])
                            .orElseGet(() -> figures.of(asked.measure())))
                    .as("overview, %s", what)
                    .isEqualTo(value);
        }
        return value;
    }

    private long listed(Question asked) {
        String page = officer.get("/desk/members/" + asked.union().id() + asked.query())
                .body();
        Matcher total = TOTAL.matcher(page);
        assertThat(total.find()).as(asked.query()).isTrue();
        return Long.parseLong(total.group(1).replace(",", ""));
    }

    private long exported(Question asked) {
        String address = "/desk/members/" + asked.union().id() + "/export";
        officer.get(address + asked.query());
        String file =
                new String(officer.file(address, asked.query().substring(1) + "&format=CSV"), StandardCharsets.UTF_8);
        assertThat(file).as(asked.toString()).doesNotContain("<html");
        return file.lines().count() - 1; // the headings
    }

    private long answered(Question asked) {
        JsonNode answer = json.readTree(officer.get("/api/v1/figures/%s?year=%d&tree=%s"
                        .formatted(asked.union().id(), asked.year(), asked.tree()))
                .body());
        assertThat(answer.has("figures")).as("%s: %s", asked, answer).isTrue();
        for (JsonNode figure : answer.get("figures")) {
            if (figure.get("measure").asString().equals(asked.measure().key())) {
                return asked.month()
                        .map(month -> figure.get("months").get(month - 1))
                        .orElseGet(() -> figure.get("value"))
                        .asLong();
            }
        }
        throw new AssertionError(asked.measure().key() + " is missing");
    }

    private UUID membership() {
        return memberships.isEmpty() ? UUID.randomUUID() : oneOf(memberships);
    }

    private UnionSummary base() {
        return oneOf(today(UnionKind.BASE_UNION));
    }

    private UnionSummary street() {
        return oneOf(today(UnionKind.STREET_FEDERATION));
    }

    private List<UnionSummary> today(UnionKind kind) {
        TreeView tree = unions.asOf(ALL, Right.FIGURE_READ, LocalDate.now(clock));
        return tree.subtree(tree.get(given.city().id())).stream()
                .filter(union -> union.kind() == kind)
                .toList();
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}

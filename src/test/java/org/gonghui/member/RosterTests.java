package org.gonghui.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.measure.Measure;
import org.gonghui.org.UnionSummary;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One question, four answers that agree: the figure, the list, its total and its export. */
@CityTest
class RosterTests {

    @Autowired
    private Roster roster;

    @Autowired
    private Members members;

    @Autowired
    private MemberFiles files;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private Audit audit;

    @Test
    void listTotalAndExportAreTheFigure() {
        for (UnionSummary union : List.of(given.city(), given.district(), given.street(), given.joint())) {
            for (Measure measure : Members.MEASURES) {
                for (String period : List.of("2023", "2023-03", "2022")) {
                    Roster.Question question = ask(union, measure.key(), period, null, null, null, null);
                    long total = roster.list(given.cityOfficer(), question, Optional.empty())
                            .total();
                    List<Roster.Row> exported = new ArrayList<>();
                    roster.export(given.cityOfficer(), question, exported::add);
                    assertThat(exported)
                            .as("%s %s %s", measure.key(), union.name(), period)
                            .hasSize((int) total);
                    assertThat(exported.stream().map(Roster.Row::membership).distinct())
                            .hasSize((int) total);
                }
            }
        }
    }

    @Test
    void pagesLoseNobodyAndShowNobodyTwice() {
        for (Roster.Sort sort : Roster.Sort.values()) {
            for (String measure : List.of("member.total", "member.joined", "member.gone")) {
                Roster.Question question = ask(given.district(), measure, "2023", null, null, null, sort.name());
                var seen = new HashSet<Object>();
                List<Comparable<?>> keys = new ArrayList<>();
                Optional<String> after = Optional.empty();
                long total = 0;
                do {
                    Roster.Answer page = roster.list(given.districtOfficer(), question, after);
                    page.rows().forEach(row -> {
                        assertThat(seen.add(row.membership())).isTrue();
                        keys.add(row.spelling());
                    });
                    total = page.total();
                    after = page.next();
                } while (after.isPresent());
                assertThat((long) seen.size()).as(measure + " by " + sort).isEqualTo(total);
                if (sort == Roster.Sort.NAME) {
                    assertThat(keys.stream().map(Object::toString).toList()).isSortedAccordingTo(String::compareTo);
                }
            }
        }
    }

    @Test
    void pagesOfANameInCharactersLoseNobody() {
        List<Roster.Row> all = new ArrayList<>();
        roster.export(given.cityOfficer(), ask(given.district(), null, null, null, null, null, null), all::add);
        List<Object> expected = all.stream()
                .filter(row -> row.name().startsWith("王"))
                .<Object>map(Roster.Row::membership)
                .toList();
        assertThat(expected).hasSizeGreaterThan(Roster.PAGE);
        for (UnionSummary union : List.of(given.district(), given.city())) {
            Roster.Question question = ask(union, null, null, "王", null, null, null);
            List<Object> seen = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                Roster.Answer page = roster.list(given.cityOfficer(), question, after);
                page.rows().forEach(row -> {
                    assertThat(row.name()).startsWith("王");
                    seen.add(row.membership());
                });
                after = page.next();
            } while (after.isPresent());
            assertThat(seen).doesNotHaveDuplicates().containsAll(expected);
        }
    }

    @Test
    void aRareCharacterIsFoundByWhatStandsBeforeIt() {
        Person person = new Person("欧阳𠮷䶮", Given.freshIdentity(), Optional.empty(), new Employment("courier", true));
        members.admit(given.streetOfficer(), given.joint().id(), person, Optional.empty());
        for (String name : List.of("欧阳", "欧阳𠮷", "欧阳𠮷䶮")) {
            assertThat(names(ask(given.street(), null, null, name, null, null, null)))
                    .as(name)
                    .contains(person.name());
        }
    }

    @Test
    void theListIsNarrowedByNamePinyinEmploymentAndSex() {
        Person person = new Person(
                "澹台明月" + System.nanoTime() % 1000,
                Given.freshIdentity(),
                Optional.empty(),
                new Employment("courier", true));
        members.admit(given.streetOfficer(), given.joint().id(), person, Optional.empty());
        for (String name : List.of("澹台", "tantai", "Tan Tai Ming")) {
            assertThat(names(ask(
                            given.street(),
                            null,
                            null,
                            name,
                            "courier",
                            person.identity().sex(),
                            null)))
                    .as(name)
                    .contains(person.name());
        }
        assertThat(ask(given.street(), null, null, "澹台", null, null, "NUMBER").sort())
                .isEqualTo(Roster.Sort.NAME);
        assertThat(names(ask(given.street(), null, null, "澹台", "regular", null, null)))
                .isEmpty();
        assertThat(names(ask(given.street(), null, null, "%", null, null, null)))
                .isEmpty();
        String other = person.identity().sex().equals("F") ? "M" : "F";
        assertThat(names(ask(given.street(), null, null, person.name(), null, other, null)))
                .isEmpty();
    }

    @Test
    void whatIsElsewhereIsNotInTheList() {
        assertThatThrownBy(() -> roster.question(
                        given.streetOfficer(), given.otherBase().id(), asked(null, null, null, null, null, null)))
                .isInstanceOf(Refused.class);
        Roster.Question everything = ask(given.city(), null, null, null, null, null, null);
        for (Actor stranger : List.of(given.streetOfficer(), given.otherDistrictOfficer(), Actor.nobody())) {
            assertThat(roster.list(stranger, everything, Optional.empty()).rows())
                    .isEmpty();
            assertThat(roster.run(stranger, everything, Optional.empty(), 20).rows())
                    .isEmpty();
        }
    }

    @Test
    void whatIsTypedIntoTheAddressIsNoError() {
        Visitor officer = visitors.signedIn("district@demo");
        String list = Visitor.location(officer.get("/desk/members"));
        assertThat(Visitor.location(officer.get("/desk/members?of=member.gone&name=zhang")))
                .isEqualTo(list + "?of=member.gone&name=zhang");
        for (String query : List.of(
                "?of=nothing&period=&sort=x&sex=q&employment=zz",
                "?after=%20%20",
                "?after=AAAA",
                "?period=2023-12&name=%25%5C_'%22",
                "?name=" + "x".repeat(500))) {
            assertThat(officer.get(list + query).statusCode()).as(query).isEqualTo(200);
        }
    }

    @Test
    void aFileThatIsBrokenOffIsOnRecordToo() {
        Roster.Question question = ask(given.district(), "member.total", "2023", null, null, null, null);
        Actor officer = given.districtOfficer();
        assertThatThrownBy(() -> roster.export(officer, question, row -> {
                    throw new IllegalStateException("the reader has gone");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(audit.historyOf(given.district().id().value(), Reach.everywhere()))
                .first()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("member.export");
                    assertThat(entry.actor()).isEqualTo(officer.name());
                });
    }

    @Test
    void aCursorThatIsNotOursBeginsAtTheBeginning() {
        Roster.Question question = ask(given.district(), "member.total", "2023", null, null, null, null);
        String nul = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((UUID.randomUUID() + "a\0b").getBytes(StandardCharsets.UTF_8));
        for (String after : List.of(nul, "nonsense", "%%%")) {
            assertThat(roster.list(given.districtOfficer(), question, Optional.of(after)))
                    .isEqualTo(roster.list(given.districtOfficer(), question, Optional.empty()));
        }
    }

    @Test
    void theFileHasTheRowsOfThePageAndTheColumnsChosen() throws IOException {
        Visitor officer = visitors.signedIn("district@demo");
        String list = Visitor.location(officer.get("/desk/members"));
        String form =
                officer.get(list + "/export?of=member.joined&period=2023-03").body();
        assertThat(form).contains("name=\"period\" value=\"2023-03\"");
        HttpResponse<String> csv = officer.raw(
                list + "/export", "of=member.joined&period=2023-03&format=CSV&columns=NUMBER&columns=IDENTITY");
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.headers().firstValue("Content-Disposition").orElse(""))
                .contains(URLEncoder.encode(given.district().name() + "-新发展会员-2023-03.csv", StandardCharsets.UTF_8));
        assertThat(csv.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(csv.body()).startsWith("\ufeff\"姓名\",\"会员号\",\"身份证号\"\r\n");
        assertThat(csv.body().lines().skip(1)).allMatch(line -> line.matches(".*\"\\d{6}[*]{12}\""));
        long rows = csv.body().lines().count() - 1;
        Roster.Question question = ask(given.district(), "member.joined", "2023-03", null, null, null, null);
        assertThat(rows)
                .isEqualTo(roster.list(given.districtOfficer(), question, Optional.empty())
                        .total());
        officer.get(list + "/export");
        byte[] xlsx = officer.file(list + "/export", "of=member.joined&period=2023-03&format=XLSX");
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
            assertThat(workbook.getFirstSheet().read()).hasSize((int) rows + 1);
        }
        for (String bad : List.of("", "format=PDF", "format=CSV&open=true", "format=CSV&open=true&purpose=OTHER")) {
            assertThat(officer.raw(list + "/export", bad).statusCode()).as(bad).isEqualTo(422);
        }
    }

    @Test
    void wholeNumbersAreGivenForAPurposeThatEachPersonReads() {
        var person = Given.freshPerson(new Employment("courier", true));
        var admitted = (Members.Admission.Admitted)
                members.admit(given.streetOfficer(), given.joint().id(), person, Optional.empty());
        Roster.Question question = ask(given.joint(), null, null, person.name(), null, null, null);
        assertThat(roster.open(given.streetOfficer(), question, "CONTACT", "回访"))
                .filteredOn(row -> row.member().equals(admitted.member()))
                .extracting(row -> row.numbers().orElseThrow().identity())
                .containsExactly(person.identity().text());
        assertThat(files.file(given.streetOfficer(), admitted.member()).history())
                .filteredOn(entry -> entry.facts().getOrDefault("note", "").equals("回访"))
                .hasSize(1);
        members.end(given.streetOfficer(), admitted.membership(), Membership.Ending.LEFT, "");
        Roster.Question gone = ask(given.joint(), "member.gone", null, person.name(), null, null, null);
        assertThat(roster.open(given.streetOfficer(), gone, "CONTACT", "再次回访"))
                .filteredOn(row -> row.member().equals(admitted.member()))
                .extracting(row -> row.numbers().orElseThrow().identity())
                .containsExactly(person.identity().masked());
        assertThat(files.file(given.streetOfficer(), admitted.member()).history())
                .noneMatch(entry -> entry.facts().getOrDefault("note", "").equals("再次回访"));
    }

    @Test
    void wholeNumbersAreNotForThoseWhoMayOnlyReadNorForTooManyAtOnce() {
        Roster.Question street = ask(given.street(), null, null, null, null, null, null);
        var reader = new Actor(
                Optional.empty(),
                "",
                List.of(new Actor.Grant(Set.of(Right.MEMBER_READ), given.city().path())));
        assertThat(roster.mayOpen(reader, street)).isFalse();
        assertThatThrownBy(() -> roster.open(reader, street, "CONTACT", "")).isInstanceOf(Refused.class);
        Roster.Question city = ask(given.city(), null, null, null, null, null, null);
        assertThatThrownBy(() -> roster.open(given.streetOfficer(), city, "CONTACT", ""))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> roster.open(given.cityOfficer(), city, "CONTACT", ""))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.refusal()).isEqualTo(MemberRefusal.TOO_MANY_TO_OPEN));
        for (String purpose : new String[] {"", "CURIOSITY", "OTHER"}) {
            assertThatThrownBy(() -> roster.open(given.cityOfficer(), street, purpose, ""))
                    .isInstanceOf(BadInput.class);
        }
    }

    private List<String> names(Roster.Question question) {
        return roster.list(given.streetOfficer(), question, Optional.empty()).rows().stream()
                .map(Roster.Row::name)
                .toList();
    }

    private Roster.Question ask(
            UnionSummary union,
            @Nullable String of,
            @Nullable String period,
            @Nullable String name,
            @Nullable String employment,
            @Nullable String sex,
            @Nullable String sort) {
        return roster.question(given.cityOfficer(), union.id(), asked(of, period, name, employment, sex, sort));
    }

    @Test
    void aMonthIsReadHoweverItIsWritten() {
        LocalDate today = LocalDate.of(2023, 12, 28);
        for (String text : List.of("2023-03", "2023-3", "2023/03", "2023.3", "202303", "2023年3月", "2023 年 03 月")) {
            assertThat(period(text, today)).as(text).isEqualTo("2023-03");
        }
        for (String text : List.of("2022", "2022年")) {
            assertThat(period(text, today)).as(text).isEqualTo("2022");
        }
        assertThat(period("", today)).isEqualTo("2023");
        for (String text :
                List.of("2023-13", "三月", "1999", "2021", "2021-12", "2024-01", "20233", "2023-00", "2023-03-01")) {
            assertThatThrownBy(() -> period(text, today))
                    .as(text)
                    .isInstanceOfSatisfying(
                            BadInput.class,
                            bad -> assertThat(bad.faults())
                                    .containsExactly(
                                            new BadInput.Fault("period", "period-limits", text, "2022", "2023-12")));
        }
    }

    private static String period(String text, LocalDate today) {
        var input = new Input();
        Roster.Period period = Roster.Period.read(input, "period", text, 2022, today);
        input.check();
        return period.text();
    }

    /** Who they are, in which unions, and how it was a year ago: from the list there, and from there back to the list. */
    @Test
    void theListOfAFigureIsHeadedWithItAndLeadsToItsComparisonAndBack() {
        Visitor officer = visitors.signedIn("district@demo");
        String list = "/desk/members/" + given.district().id();
        String question = "?of=member.joined-new-form&period=2023-03";
        String comparison = "/desk/figures/" + given.district().id() + "/comparison" + question;
        assertThat(officer.get(list + question).body())
                .containsPattern("<h1>新发展新就业形态会员 · <span[^>]*>2023 年 3 月</span></h1>")
                .contains(given.district().name())
                .contains("href=\"" + comparison.replace("&", "&amp;"))
                .containsPattern("/comparison[^\"]*#both-years\"");
        assertThat(officer.get(comparison).body())
                .contains("id=\"both-years\"", "id=\"ranked\"", "2022 年 3 月")
                .contains("href=\"" + list + question);
        assertThat(officer.get(list + "?of=member.total&period=2021").body())
                .as("months of that year are not on record")
                .doesNotContain("/comparison");
    }

    @Test
    void aPeriodThatIsNoneIsSaidOnThePageWithWhatWasTyped() {
        Visitor officer = visitors.signedIn("district@demo");
        String list = "/desk/members/" + given.district().id();
        for (String text : List.of("2023-13", "1850", "2024-01", "BAD")) {
            HttpResponse<String> page = officer.get(list + "?of=member.joined&period=" + text);
            assertThat(page.statusCode()).as(text).isEqualTo(422);
            assertThat(page.body())
                    .contains("“" + text + "”不是这里能看的月份或年份：从 2000 到 2023-12")
                    .contains("value=\"" + text + "\"")
                    .doesNotContain("table-people");
            assertThat(officer.get(list + "/export?period=" + text).body()).contains("“" + text + "”不是这里能看的");
        }
    }

    private static Roster.Asked asked(
            @Nullable String of,
            @Nullable String period,
            @Nullable String name,
            @Nullable String employment,
            @Nullable String sex,
            @Nullable String sort) {
        return new Roster.Asked(of, period, null, name, employment, sex, sort, List.of());
    }
}

package org.gonghui.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gonghui.support.Refusals.assertRefused;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gonghui.access.Role;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Language;
import org.gonghui.org.ImportPlan.Outcome;
import org.gonghui.support.CityTest;
import org.gonghui.support.Given;
import org.gonghui.support.Visitor;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

/** Founding many unions from a file. */
@CityTest
class TreeImportsTests {

    private static final String HEAD = "编号,名称,简称,类型,建会日期,上级编号,上级工会\n";

    @Autowired
    private TreeImports imports;

    @Autowired
    private Unions unions;

    @Autowired
    private Given given;

    @Autowired
    private Visitors visitors;

    @Autowired
    private TransactionOperations transactions;

    @Test
    void aFileFoundsWhatItSaysInWhateverOrderOnce() {
        String street = fresh();
        String base = Given.freshName();
        String code = "00" + freshCode();
        Actor officer = given.districtOfficer();
        int before = given.district().below();
        UUID kept = keep(
                officer,
                "," + base + ",简,基层工会,2023/5/6,," + street + "\n" + code + "," + street
                        + ",,Street federation,2023年3月8日,,\n");
        assertThat(look(officer, kept).lines())
                .extracting(ImportPlan.Line::outcome)
                .containsOnly(Outcome.NEW);
        assertThat(given.district().below()).isEqualTo(before); // looking founds nothing

        assertThat(found(officer, kept, false)).isEqualTo(2);
        assertThat(found(officer, kept, false)).isEqualTo(2); // sent twice
        assertThat(given.district().below()).isEqualTo(before + 2);
        UnionSummary founded = unions.byCode(code).orElseThrow();
        assertThat(founded.name()).isEqualTo(street);
        assertThat(founded.kind()).isEqualTo(UnionKind.STREET_FEDERATION);
        assertThat(founded.foundedOn()).isEqualTo(LocalDate.of(2023, 3, 8));
        assertThat(unions.children(officer, founded.id())).singleElement().satisfies(union -> {
            assertThat(union.name()).isEqualTo(base);
            assertThat(union.shortName()).isEqualTo("简");
        });
        assertThat(unions.file(officer, given.district().id()).history().getFirst())
                .satisfies(entry -> assertThat(entry.action()).isEqualTo("org.import"))
                .satisfies(entry -> assertThat(entry.facts()).containsEntry("count", "2"));
        // The next number below a union that was founded so is free.
        UnionId next = new UnionId(UUID.randomUUID());
        unions.found(
                officer,
                founded.id(),
                next,
                new Unions.Founding(Given.freshName(), "", "BASE_UNION", "2023-12-01", ""));
        assertThat(given.union(next).path().depth()).isEqualTo(4);
    }

    @Test
    void theSameFileAgainChangesNothingWithCodesAndWithout() {
        String street = fresh();
        String rows = freshCode() + "," + street + ",,街道总工会,2023-03-08,,\n," + Given.freshName() + ",,基层工会,2023-03-09,,"
                + street + "\n," + fresh() + ",,乡镇总工会,2023-03-10,,\n";
        Actor officer = given.districtOfficer();
        assertThat(found(officer, keep(officer, rows), false)).isEqualTo(3);
        UUID again = keep(officer, rows);
        assertThat(look(officer, again).lines())
                .extracting(ImportPlan.Line::outcome)
                .containsOnly(Outcome.THERE);
        assertThat(look(officer, again).lines())
                .allSatisfy(line -> assertThat(line.notes()).isEmpty());
        assertRefused(UnionRefusal.NOTHING_TO_FOUND, () -> found(officer, again, true));
    }

    @Test
    void whatIsThereAlreadyIsNotChangedAndDifferencesAreTold() {
        UnionSummary base = given.base();
        Actor officer = given.districtOfficer();
        ImportPlan plan = look(officer, keep(officer, base.code() + ",别的名字,,联合基层工会,2001-01-01,," + fresh() + "\n"));
        ImportPlan.Line line = plan.lines().getFirst();
        assertThat(line.outcome()).isEqualTo(Outcome.THERE);
        assertThat(line.notes())
                .extracting(ImportPlan.Note::column)
                .containsExactly("name", "kind", "founded-on", "superior");
        assertThat(line.notes().getFirst().facts()).containsExactly(base.name());
        assertThat(given.union(base.id()).name()).isEqualTo(base.name());
    }

    /** Whatever is exported finds nothing to change when it comes back, in whatever order. */
    @Test
    void anExportedTreeComesBackWithoutAnyDifference() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<UnionSummary> tops = new ArrayList<>(List.of(given.district(), given.street(), given.otherDistrict()));
        tops.addAll(unions.children(given.cityOfficer(), given.city().id()));
        Collections.shuffle(tops, random);
        for (UnionSummary top : tops.subList(0, 5)) {
            Actor officer = given.officer(Role.DISTRICT_OFFICER, top);
            String csv = visitors.signedIn("city@demo")
                    .get("/desk/unions/" + top.id() + "/export?format=CSV")
                    .body();
            assertThat(csv.lines().skip(1).findFirst().orElseThrow())
                    .as("codes are texts, how many stand below is a number")
                    .startsWith("\"" + top.code() + "\",")
                    .endsWith("," + top.below() + ",\"\"");
            byte[] exported = csv.getBytes(StandardCharsets.UTF_8);
            UUID kept = keep(officer, top, exported);
            ImportPlan plan = look(officer, top, kept);
            assertThat(plan.lines()).as("seed %d %s", seed, top.name()).hasSize(top.below() + 1);
            assertThat(plan.lines()).as("seed %d", seed).allSatisfy(line -> {
                assertThat(line.outcome()).isEqualTo(Outcome.THERE);
                assertThat(line.notes()).isEmpty();
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",,,基层工会,2023-03-08,,              | name         | input.empty",
                ",%s,,,2023-03-08,,                     | kind         | input.empty",
                ",%s,,工会,2023-03-08,,                 | kind         | org.import.kind-unknown",
                ",%s,,基层工会,,,                       | founded-on   | input.empty",
                ",%s,,基层工会,2023-02-30,,             | founded-on   | input.no-such-day",
                ",%s,,基层工会,去年,,                   | founded-on   | input.no-such-day",
                ",%s,,基层工会,2123-03-08,,             | founded-on   | input.in-future",
                ",%s,,基层工会,1901-03-08,,             | founded-on   | input.before",
                ",%s,,市总工会,2023-03-08,,             | kind         | refusal.org.kind-does-not-fit",
                ",%s,<b>,基层工会,2023-03-08,,          | short-name   | input.odd-character",
                ",=%s,,基层工会,2023-03-08,,            | name         | org.import.formula",
                "a b,%s,,基层工会,2023-03-08,,          | code         | org.import.code-form",
                ",%s,,基层工会,2023-03-08,99999999999,  | superior-code | org.import.superior-unknown",
                ",%s,,基层工会,2023-03-08,,没有这个工会 | superior     | org.import.superior-unknown"
            })
    void aFaultStandsAtItsCellAndFoundsNothing(String row, String column, String key) {
        Actor officer = given.districtOfficer();
        UUID kept = keep(officer, row.strip().formatted(Given.freshName()) + "\n");
        ImportPlan.Line line = look(officer, kept).lines().getFirst();
        assertThat(line.outcome()).isEqualTo(Outcome.BAD);
        assertThat(line.notes()).anySatisfy(note -> {
            assertThat(note.column()).isEqualTo(column);
            assertThat(note.key()).isEqualTo(key);
        });
        int before = given.district().below();
        assertRefused(UnionRefusal.IMPORT_HAS_FAULTS, () -> found(officer, kept, false));
        assertRefused(UnionRefusal.NOTHING_TO_FOUND, () -> found(officer, kept, true));
        assertThat(given.district().below()).isEqualTo(before);
    }

    @Test
    void namesAreMeasuredAndComparedAsInTheForm() {
        Actor officer = given.streetOfficer();
        String taken = given.base().name();
        assertThat(keysOf(officer, given.street(), "," + "名".repeat(81) + ",,基层工会,2023-03-08,,\n"))
                .containsExactly("input.too-long");
        assertThat(keysOf(officer, given.street(), freshCode() + "," + taken + ",,基层工会,2023-03-08,,\n"))
                .containsExactly("refusal.org.name-taken");
        String twice = "," + fresh() + ",,基层工会,2023-03-08,,\n";
        assertThat(keysOf(officer, given.street(), twice + twice))
                .containsExactly("org.import.name-twice", "org.import.name-twice");
    }

    @Test
    void aCodeIsGivenOnce() {
        Actor officer = given.districtOfficer();
        String code = freshCode();
        String row = code + ",%s,,街道总工会,2023-03-08,,\n";
        assertThat(keysOf(officer, given.district(), row.formatted(fresh()) + row.formatted(fresh())))
                .containsExactly("org.import.code-twice", "org.import.code-twice");
        assertThat(keysOf(
                        officer, given.district(), given.otherBase().code() + "," + fresh() + ",,街道总工会,2023-03-08,,\n"))
                .containsExactly("org.import.code-taken");
    }

    @Test
    void aCodeThatAFileGaveIsNotGivenAgain() {
        Actor officer = given.districtOfficer();
        UnionId one = founded(officer);
        long next = Long.parseLong(given.union(one).code()) + 1;
        String rows = IntStream.range(0, 3)
                .mapToObj(i -> (next + i) + "," + fresh() + ",,街道总工会,2023-03-08,,\n")
                .collect(Collectors.joining());
        found(officer, keep(officer, rows + "," + fresh() + ",,街道总工会,2023-03-08,,\n"), false);
        assertThat(Long.parseLong(given.union(founded(officer)).code())).isGreaterThan(next + 2);
    }

    @Test
    void aRowBelowABadOneIsBadAndCirclesAreTold() {
        Actor officer = given.districtOfficer();
        String bad = fresh();
        String a = fresh();
        String b = fresh();
        String rows = "," + Given.freshName() + ",,基层工会,2023-03-08,," + bad + "\n"
                + "," + bad + ",,街道总工会,去年,,\n"
                + "," + a + ",,集团工会,2023-03-08,," + b + "\n"
                + "," + b + ",,集团工会,2023-03-08,," + a + "\n"
                + "," + fresh() + ",,街道总工会,2023-03-08,,\n";
        UUID kept = keep(officer, rows);
        ImportPlan plan = look(officer, kept);
        assertThat(plan.lines().stream()
                        .map(line ->
                                line.notes().stream().map(ImportPlan.Note::key).toList()))
                .containsExactly(
                        List.of("org.import.superior-bad"),
                        List.of("input.no-such-day"),
                        List.of("org.import.circle"),
                        List.of("org.import.circle"),
                        List.of());
        assertThat(plan.lines().getFirst().notes().getFirst().facts()).containsExactly("3");
        assertThat(found(officer, kept, true)).isEqualTo(1); // only when asked
    }

    @Test
    void theTreeGrowsNotDeeperThanItMayByAFileEither() {
        Actor officer = given.districtOfficer();
        String top = fresh();
        var rows = new StringBuilder("," + top + ",,集团工会,2023-03-08,,\n");
        String above = top;
        for (int depth = 4; depth <= 9; depth++) {
            String next = fresh();
            rows.append(",")
                    .append(next)
                    .append(",,集团工会,2023-03-08,,")
                    .append(above)
                    .append("\n");
            above = next;
        }
        assertThat(keysOf(officer, given.district(), rows.toString())).containsExactly("refusal.org.too-deep");
    }

    @Test
    void aSuperiorOutsideTheReachIsAnsweredLikeNone() {
        UnionSummary outside = given.otherDistrict();
        Actor officer = given.districtOfficer();
        for (String superior : new String[] {outside.code() + ",", "," + outside.name()}) {
            assertThat(keysOf(officer, given.district(), "," + fresh() + ",,街道总工会,2023-03-08," + superior + "\n"))
                    .containsExactly("org.import.superior-unknown");
        }
        String street = given.street().name();
        assertThat(keysOf(
                        officer,
                        given.district(),
                        "," + fresh() + ",,基层工会,2023-03-08," + given.street().code() + ",别的名字\n"))
                .containsExactly("org.import.superior-differs");
        assertThat(keysOf(officer, given.district(), "," + fresh() + ",,基层工会,2023-03-08,," + street + "\n"))
                .isEmpty();
    }

    @Test
    void whatWasNotReadIsNamedInEitherLanguage() {
        Visitor officer = visitors.signedIn("district@demo");
        String address = "/desk/unions/" + given.district().id() + "/imports";
        officer.get(address);
        UUID key = UUID.randomUUID();
        String rows = "名称,联系人,类型,建会日期,电话\n" + fresh() + ",甲,街道总工会,2023-03-08,1\n";
        officer.upload(address, key.toString(), "街道.csv", rows.getBytes(StandardCharsets.UTF_8));
        assertThat(officer.get(address + "/" + key).body()).contains("这些列没有读：联系人 · 电话");
        officer.get(address);
        byte[] none = "编号,联系人\n1,甲\n".getBytes(StandardCharsets.UTF_8);
        assertThat(officer.upload(address, UUID.randomUUID().toString(), "街道.csv", none)
                        .body())
                .contains("缺少：名称 · 类型");
    }

    /** By code or by name, under whatever heading an officer expects it. */
    @ParameterizedTest
    @CsvSource({
        "上级, true",
        "上级, false",
        "上级工会, true",
        "上级编号, false",
        "上级代码, true",
        "上级工会（编号）, true",
        "上级工会名称：, false",
        "Superior code, true",
        "superior_code, false",
        "Superior, true",
        "Parent, true",
        "parent union, false"
    })
    void theSuperiorIsGivenByCodeOrNameUnderAnyOfItsHeadings(String heading, boolean byCode) {
        UnionSummary street = given.street();
        Actor officer = given.districtOfficer();
        String rows = "名称,类型,建会日期," + heading + "\n" + Given.freshName() + ",基层工会,2023-03-08,"
                + (byCode ? street.code() : street.name()) + "\n";
        UUID kept = keep(officer, given.district(), rows.getBytes(StandardCharsets.UTF_8));
        ImportPlan.Line line = look(officer, kept).lines().getFirst();
        assertThat(line.notes()).isEmpty();
        assertThat(line.superior().name()).isEqualTo(street.name());
    }

    @Test
    void codeAndNameOfTheSuperiorMayStandInEachOthersColumn() {
        UnionSummary street = given.street();
        Actor officer = given.districtOfficer();
        String row = "," + Given.freshName() + ",,基层工会,2023-03-08,";
        assertThat(keysOf(officer, given.district(), row + street.name() + "," + street.code() + "\n"))
                .isEmpty();
        assertThat(keysOf(
                        officer,
                        given.district(),
                        row + street.name() + "," + given.district().code() + "\n"))
                .containsExactly("org.import.superior-differs");
        UnionSummary base = given.base();
        String there = base.code() + "," + base.name() + ",,基层工会," + base.foundedOn() + "," + street.name() + "\n";
        assertThat(keysOf(officer, given.district(), there))
                .as("what is there already is not called different")
                .isEmpty();
    }

    @Test
    void aNameThatSeveralHaveIsNoSuperiorUnderAnyHeading() {
        String name = fresh();
        Actor officer = given.districtOfficer();
        String twice = "," + name + ",,集团工会,2023-03-08,,\n," + name + ",,集团工会,2023-03-08,,"
                + given.street().name() + "\n," + Given.freshName() + ",,基层工会,2023-03-08," + name + ",\n";
        assertThat(keysOf(officer, given.district(), twice)).contains("org.import.superior-several");
    }

    @ParameterizedTest
    @ValueSource(strings = {"上级工会组织机构码", "上一级", "所属上级", "Superior id", "PARENT_ID"})
    void aHeadingThatSoundsLikeTheSuperiorIsNotPassedOver(String heading) {
        String rows = "名称,类型,建会日期," + heading + "\n" + Given.freshName() + ",基层工会,2023-03-08,"
                + given.street().code() + "\n";
        assertRefused(
                UnionRefusal.SUPERIOR_HEADING_UNKNOWN,
                () -> keep(given.districtOfficer(), given.district(), rows.getBytes(StandardCharsets.UTF_8)));
        Visitor officer = visitors.signedIn("district@demo");
        String address = "/desk/unions/" + given.district().id() + "/imports";
        officer.get(address);
        HttpResponse<String> refused =
                officer.upload(address, UUID.randomUUID().toString(), "工会.csv", rows.getBytes(StandardCharsets.UTF_8));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("看不懂表头“" + heading + "”");
    }

    @Test
    void twoColumnsThatMeanTheSameAreNotChosenBetween() {
        String rows = "名称,类型,建会日期,上级,上级工会\n" + Given.freshName() + ",基层工会,2023-03-08,,\n";
        assertThatThrownBy(() -> keep(given.districtOfficer(), given.district(), rows.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("heading-twice");
    }

    @Test
    void aFileIsForWhoeverSentItAndForItsUnion() {
        Actor officer = given.districtOfficer();
        UUID kept = keep(officer, "," + fresh() + ",,街道总工会,2023-03-08,,\n");
        Actor colleague = given.districtOfficer();
        assertRefused(UnionRefusal.NO_SUCH_IMPORT, () -> look(colleague, kept));
        assertRefused(UnionRefusal.NO_SUCH_IMPORT, () -> found(colleague, kept, false));
        assertRefused(UnionRefusal.NO_SUCH_IMPORT, () -> look(officer, given.street(), kept));
        Actor moved = new Actor(
                officer.account(), "moved", given.otherDistrictOfficer().grants());
        assertRefused(UnionRefusal.NO_SUCH_UNION, () -> look(moved, kept));
        assertRefused(UnionRefusal.NO_SUCH_UNION, () -> found(moved, kept, false));
        assertRefused(
                UnionRefusal.NO_SUCH_UNION, () -> keep(given.otherDistrictOfficer(), "," + fresh() + ",,街道总工会,,,\n"));
        assertThat(found(officer, kept, false)).isEqualTo(1);
    }

    @Test
    void twentyThousandRowsAreQuick() {
        Actor officer = given.cityOfficer();
        String district = "大" + fresh();
        var rows = new StringBuilder(freshCode() + "," + district + ",,区总工会,2023-03-08,,\n");
        for (int street = 0; street < 100; street++) {
            String name = street + "号" + fresh();
            rows.append(",")
                    .append(name)
                    .append(",,街道总工会,2023-03-08,,")
                    .append(district)
                    .append("\n");
            for (int base = 0; base < 199; base++) {
                rows.append(",")
                        .append(base)
                        .append(Given.freshName())
                        .append(",,基层工会,2023-03-09,,")
                        .append(name)
                        .append("\n");
            }
        }
        long start = System.nanoTime();
        UUID kept = keep(officer, given.city(), (HEAD + rows).getBytes(StandardCharsets.UTF_8));
        long sent = System.nanoTime();
        ImportPlan plan = look(officer, given.city(), kept);
        long looked = System.nanoTime();
        assertThat(plan.lines(Outcome.NEW)).hasSize(20_001);
        transactions.executeWithoutResult(undone -> {
            imports.found(officer, given.city().id(), kept, false, Language.CHINESE);
            undone.setRollbackOnly(); // the other tests keep their small city
        });
        long founded = System.nanoTime();
        System.out.printf(
                "20,001 rows: sent %d ms, looked through %d ms, founded %d ms%n",
                (sent - start) / 1_000_000, (looked - sent) / 1_000_000, (founded - looked) / 1_000_000);
        assertThat(founded - start).isLessThan(60_000_000_000L);
    }

    @Test
    void whatIsFoundedMeanwhileIsSeenBeforeAnythingIsWritten() throws Exception {
        Actor officer = given.districtOfficer();
        String name = fresh();
        UUID kept = keep(officer, "," + name + ",,街道总工会,2023-03-08,,\n");
        var locked = new CountDownLatch(1);
        try (ExecutorService colleague = Executors.newSingleThreadExecutor()) {
            Future<?> founding = colleague.submit(() -> transactions.executeWithoutResult(status -> {
                unions.found(
                        officer,
                        given.district().id(),
                        new UnionId(UUID.randomUUID()),
                        new Unions.Founding(name, "", "STREET_FEDERATION", "2023-12-01", ""));
                locked.countDown();
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos()); // the file waits for the district's row
            }));
            locked.await();
            assertRefused(UnionRefusal.IMPORT_OVERTAKEN, () -> found(officer, kept, false));
            founding.get();
        }
        assertThat(look(officer, kept).lines())
                .extracting(ImportPlan.Line::outcome)
                .containsExactly(Outcome.THERE);
    }

    @Test
    void aFileGoesOverHttpIsLookedThroughAndFounded() {
        Visitor officer = visitors.signedIn("district@demo");
        String address = "/desk/unions/" + given.district().id() + "/imports";
        String name = fresh();
        assertThat(officer.get(address).body()).contains("multipart/form-data");
        assertThat(officer.get(address + "/template?format=CSV").body()).startsWith("\ufeff\"编号\",\"名称\"");
        UUID key = UUID.randomUUID();
        String rows = HEAD + "," + name + ",,街道总工会,2023-03-08,,\n,坏的,,街道总工会,去年,,\n";
        HttpResponse<String> sent =
                officer.upload(address, key.toString(), "街道.csv", rows.getBytes(StandardCharsets.UTF_8));
        assertThat(sent.statusCode()).isEqualTo(302);
        assertThat(Visitor.location(sent)).isEqualTo(address + "/" + key);
        assertThat(officer.get(address + "/" + key).body()).contains("街道.csv", "坏的", "没有这一天");
        assertThat(officer.get(address + "/" + key + "?shown=NEW").body()).contains(name);
        assertThat(officer.get(address + "/" + key + "/faults").headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(header -> assertThat(header).startsWith("attachment"));
        officer.get(address);
        HttpResponse<String> refused =
                officer.post(address + "/" + key + "/unions", Map.of("shownAt", address + "/" + key));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("没有建立任何工会", "坏的");
        assertThat(officer.post(address + "/" + key + "/unions", Map.of("goodOnly", "true"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(officer.get(address + "/" + key).body()).contains("已建立 1 个工会");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 40})
    void whatIsNoFileOrTooBigIsToldInTheForm(int megabytes) {
        Visitor officer = visitors.signedIn("district@demo");
        String address = "/desk/unions/" + given.district().id() + "/imports";
        officer.get(address);
        HttpResponse<String> answer =
                officer.upload(address, UUID.randomUUID().toString(), "大.xlsx", new byte[megabytes << 20]);
        assertThat(answer.statusCode()).isEqualTo(megabytes == 0 ? 422 : 413);
        assertThat(answer.body()).contains(megabytes == 0 ? "没有收到表格" : "提交的内容太大");
    }

    private UnionId founded(Actor officer) {
        var id = new UnionId(UUID.randomUUID());
        return unions.found(
                officer,
                given.district().id(),
                id,
                new Unions.Founding(fresh(), "", "STREET_FEDERATION", "2023-12-01", ""));
    }

    private List<String> keysOf(Actor officer, UnionSummary below, String rows) {
        UUID kept = keep(officer, below, (HEAD + rows).getBytes(StandardCharsets.UTF_8));
        return look(officer, below, kept).lines().stream()
                .flatMap(line -> line.notes().stream())
                .map(ImportPlan.Note::key)
                .toList();
    }

    @Test
    void whateverAFileIsCalledItIsKept() {
        Actor officer = given.districtOfficer();
        UnionId below = given.district().id();
        UUID kept = UUID.randomUUID();
        byte[] rows = (HEAD + "," + Given.freshName() + ",,基层工会,2023-03-08,,\n").getBytes(StandardCharsets.UTF_8);
        imports.keep(officer, below, kept, "a\0b" + "𠮷".repeat(120) + ".csv", rows, Language.CHINESE);
        assertThat(imports.look(officer, below, kept, Language.CHINESE).fileName())
                .isEqualTo("ab" + "𠮷".repeat(98));
    }

    private UUID keep(Actor officer, String rows) {
        return keep(officer, given.district(), (HEAD + rows).getBytes(StandardCharsets.UTF_8));
    }

    private UUID keep(Actor officer, UnionSummary below, byte[] content) {
        UUID id = UUID.randomUUID();
        imports.keep(officer, below.id(), id, "工会.csv", content, Language.CHINESE);
        return id;
    }

    private ImportPlan look(Actor officer, UUID kept) {
        return look(officer, given.district(), kept);
    }

    private ImportPlan look(Actor officer, UnionSummary below, UUID kept) {
        return imports.look(officer, below.id(), kept, Language.CHINESE).plan();
    }

    private int found(Actor officer, UUID kept, boolean goodOnly) {
        return imports.found(officer, given.district().id(), kept, goodOnly, Language.CHINESE);
    }

    private static String fresh() {
        return Given.freshName().replace("有限公司工会", "总工会");
    }

    private static String freshCode() {
        return Long.toString(
                900_000_000_000L + Math.abs(UUID.randomUUID().getLeastSignificantBits() % 100_000_000_000L));
    }
}

package org.gonghui.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.gonghui.employer.CreditCode;
import org.gonghui.employer.Employer;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.ManyEmployers;
import org.gonghui.employer.Ownership;
import org.gonghui.employer.Trade;
import org.gonghui.founding.FoundingId;
import org.gonghui.founding.ManyFoundings;
import org.gonghui.founding.Stage;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionKind;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.stereotype.Component;

/**
 * The employers of the demonstration city: one for each base union, the couriers' depots of each street, some without a
 * union; and the shown district's year of foundings.
 */
@Component
class DemoEmployers {

    /** The shown district's unions founded in the year, by size: 94 = 1 + 9 + 84. */
    private static final int[][] FOUNDED = {{1, 1_000, 2_400}, {9, 100, 700}, {84, 25, 99}};

    private static final int FEWEST_FOR_A_WHOLE_YEAR = 1_000;
    private static final int SMALL_CITYS_PART = 12;
    private static final int LAST_DAY = 355;
    private static final int FIRST_NUMBER = 9_000;
    private static final int YEAR = 2023;
    private static final ManyFoundings.Paper PAPER = new ManyFoundings.Paper(InventedPaper.pdf());
    private static final String OFFICER = "周以宁";
    private static final Stage[] UNDER_WAY = {
        Stage.VERIFIED,
        Stage.VERIFIED,
        Stage.VERIFIED,
        Stage.CONTACTED,
        Stage.CONTACTED,
        Stage.PREPARING,
        Stage.APPLIED,
        Stage.REJECTED,
        Stage.GIVEN_UP
    };
    private static final Ownership[] OWNERSHIPS = {
        Ownership.PRIVATE,
        Ownership.PRIVATE,
        Ownership.PRIVATE,
        Ownership.PRIVATE,
        Ownership.FOREIGN,
        Ownership.STATE,
        Ownership.PUBLIC_INSTITUTION
    };

    /** What an employer does, by what it is called; the first that fits. */
    private static final List<Map.Entry<String, Trade>> TRADES = List.of(
            Map.entry("环境工程", Trade.WATER_AND_ENVIRONMENT),
            Map.entry("汽车服务", Trade.RESIDENTS_SERVICES),
            Map.entry("家政", Trade.RESIDENTS_SERVICES),
            Map.entry("文化传媒", Trade.CULTURE_AND_SPORT),
            Map.entry("快递", Trade.TRANSPORT_AND_POST),
            Map.entry("物流", Trade.TRANSPORT_AND_POST),
            Map.entry("仓储", Trade.TRANSPORT_AND_POST),
            Map.entry("餐饮", Trade.LODGING_AND_CATERING),
            Map.entry("酒店", Trade.LODGING_AND_CATERING),
            Map.entry("物业", Trade.REAL_ESTATE),
            Map.entry("建筑", Trade.CONSTRUCTION),
            Map.entry("软件", Trade.INFORMATION),
            Map.entry("信息", Trade.INFORMATION),
            Map.entry("商贸", Trade.WHOLESALE_AND_RETAIL),
            Map.entry("医院", Trade.HEALTH_AND_SOCIAL_WORK),
            Map.entry("学校", Trade.EDUCATION),
            Map.entry("科技", Trade.RESEARCH_AND_TECHNOLOGY));

    private final ManyEmployers employers;
    private final ManyFoundings foundings;
    private final Unions unions;
    private final Clock clock;
    private final Random random = new Random(YEAR);
    private final List<ManyEmployers.Established> made = new ArrayList<>();
    private final List<ManyFoundings.Established> begun = new ArrayList<>();
    private int number = FIRST_NUMBER;
    private int code;

    DemoEmployers(ManyEmployers employers, ManyFoundings foundings, Unions unions, Clock clock) {
        this.employers = employers;
        this.foundings = foundings;
        this.unions = unions;
        this.clock = clock;
    }

    void make(Actor platform, CityPlan plan, Rosters rosters) {
        UnionSummary city = unions.city().orElseThrow();
        Map<String, UnionId> byPath = new HashMap<>();
        plan.unions().forEach(union -> byPath.put(union.path().value(), union.id()));
        Map<UnionId, String> names = new HashMap<>();
        plan.unions().forEach(union -> names.put(union.id(), union.name()));
        for (CityPlan.Base base : plan.bases()) {
            UnionId above = Objects.requireNonNull(
                    byPath.get(base.path().upTo(base.path().depth() - 1).value()));
            String name = Objects.requireNonNull(names.get(base.id()));
            int now = rosters.now(base.id());
            int workers = now + now * (5 + random.nextInt(30)) / 100 + 1;
            if (base.forNewForm()) {
                String place = name.substring(0, name.indexOf("新就业"));
                add("云程快递" + place + "营业部", above, workers, workers, Optional.of(base.id()), Ownership.PRIVATE);
            } else {
                Ownership ownership = OWNERSHIPS[random.nextInt(OWNERSHIPS.length)];
                add(name.substring(0, name.length() - 2), above, workers, 0, Optional.of(base.id()), ownership);
            }
        }
        List<UnionSummary> streets = streets(plan);
        boolean whole = plan.unions().size() >= FEWEST_FOR_A_WHOLE_YEAR;
        for (int[] some : FOUNDED) {
            for (int i = 0; i < (whole ? some[0] : Math.max(1, some[0] / SMALL_CITYS_PART)); i++) {
                found(
                        platform,
                        streets.get(random.nextInt(streets.size())),
                        some[1] + random.nextInt(some[2] - some[1]));
            }
        }
        for (UnionSummary street : streets) {
            for (Stage stage : UNDER_WAY) {
                begin(street, stage);
            }
        }
        for (Unions.Established union : plan.unions()) {
            if (union.kind() == UnionKind.STREET_FEDERATION || union.kind() == UnionKind.TOWN_FEDERATION) {
                withoutUnion(union.id());
                withoutUnion(union.id());
            }
        }
        employers.establish(platform, city, made);
        foundings.establish(platform, city, begun);
        made.clear();
        begun.clear();
    }

    private List<UnionSummary> streets(CityPlan plan) {
        UnionSummary district = unions.named(plan.shownDistrict().id()).orElseThrow();
        return unions.below(district).stream()
                .filter(union -> !union.kind().isBase())
                .toList();
    }

    /** A union of the year: its employer was worked on for some weeks before. */
    private void found(Actor platform, UnionSummary street, int workers) {
        LocalDate on = LocalDate.ofYearDay(YEAR, 20 + random.nextInt(LAST_DAY - 20));
        String name = enterprise();
        UnionId union = unions.found(
                platform,
                street.id(),
                new UnionId(Ids.next(clock)),
                new Unions.Founding(name + "工会", "", "BASE_UNION", on.toString(), ""));
        Employer employer = add(name, street.id(), workers, 0, Optional.of(union), Ownership.PRIVATE);
        establish(
                employer,
                Optional.of(union),
                List.of(
                        happened(Stage.VERIFIED, on.minusDays(19), "实地核实，没有工会"),
                        happened(Stage.CONTACTED, on.minusDays(15), "与人力负责人面谈"),
                        happened(Stage.PREPARING, on.minusDays(11), ""),
                        happened(Stage.APPLIED, on.minusDays(3), ""),
                        happened(Stage.APPROVED, on, "")));
    }

    private void begin(UnionSummary street, Stage stage) {
        Employer employer = withoutUnion(street.id());
        LocalDate first = LocalDate.of(YEAR, 12, 27).minusDays(8 + random.nextInt(60));
        List<ManyFoundings.Happened> steps = new ArrayList<>();
        steps.add(happened(Stage.VERIFIED, first, "实地核实，没有工会"));
        if (stage != Stage.VERIFIED) {
            steps.add(happened(Stage.CONTACTED, first.plusDays(2), "与人力负责人面谈"));
        }
        if (stage == Stage.GIVEN_UP) {
            steps.add(happened(Stage.GIVEN_UP, first.plusDays(5), "单位即将搬出本市"));
        } else if (stage != Stage.VERIFIED && stage != Stage.CONTACTED) {
            steps.add(happened(Stage.PREPARING, first.plusDays(4), ""));
        }
        if (stage == Stage.APPLIED || stage == Stage.REJECTED) {
            steps.add(happened(Stage.APPLIED, first.plusDays(6), ""));
        }
        if (stage == Stage.REJECTED) {
            steps.add(happened(Stage.REJECTED, first.plusDays(8), "选举结果报告没有到会人数，请补齐后再报"));
        }
        establish(employer, Optional.empty(), steps);
    }

    private Employer withoutUnion(UnionId street) {
        int workers = 8 + (int) (Math.pow(random.nextDouble(), 3) * 900);
        return add(enterprise(), street, workers, 0, Optional.empty(), Ownership.PRIVATE);
    }

    private String enterprise() {
        int of = number++;
        return "北京" + InventedNames.enterprise(of) + InventedNames.form(of);
    }

    private void establish(Employer employer, Optional<UnionId> union, List<ManyFoundings.Happened> steps) {
        begun.add(new ManyFoundings.Established(
                new FoundingId(Ids.next(clock)),
                employer.street(),
                employer.id(),
                employer.ownership(),
                employer.workers(),
                steps.size() > 3 ? employer.name() + "工会" : "",
                union,
                InventedNames.person(random),
                OFFICER,
                steps,
                PAPER));
    }

    private static ManyFoundings.Happened happened(Stage stage, LocalDate on, String note) {
        Instant at = on.atTime(10, 0).atZone(CityClock.ZONE).toInstant();
        return new ManyFoundings.Happened(stage, at, note);
    }

    private Employer add(
            String name, UnionId street, int workers, int newForm, Optional<UnionId> union, Ownership ownership) {
        var employer = new Employer(
                new EmployerId(Ids.next(clock)),
                Optional.of(CreditCode.complete("91110108MB%07d".formatted(++code))),
                name,
                street,
                "",
                trade(name),
                ownership,
                union,
                Optional.empty(),
                Optional.of(new Employer.Staff(
                        LocalDate.of(YEAR, 1 + random.nextInt(12), 1 + random.nextInt(20)),
                        workers,
                        workers * (20 + random.nextInt(50)) / 100,
                        newForm)));
        Map<String, Integer> byForm = new HashMap<>(Map.of("courier", newForm, "regular", workers - newForm));
        byForm.values().removeIf(of -> of == 0);
        made.add(new ManyEmployers.Established(employer, byForm));
        return employer;
    }

    private static Trade trade(String name) {
        return TRADES.stream()
                .filter(each -> name.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Trade.MANUFACTURING);
    }
}
